"""What went out in October, November and December of 2025: each piece with its day, its campaign and where it did not go.

A piece without a day falls on a business day of its month; one goes to the three networks unless it says otherwise.
"""

from __future__ import annotations

from typing import NamedTuple

HEALTH, DISCRIMINATION, VIOLENCE, INFORMED = "salud-mental", "discriminacion", "violencia-institucional", "informarse"
RIGHTS_DAYS, GREEN_DAYS, INTEGRITY = "efemerides-ddhh", "efemerides-ambientales", "codigo-integridad"


class Piece(NamedTuple):
    """Something published: its title, campaign, day of the month, and the networks that did not carry it."""

    title: str
    campaign: str = ""
    day: int = 0
    not_in: tuple[str, ...] = ()


OCTOBER = (
    Piece("La salud mental es un derecho: conozca cómo se protege", HEALTH, 1),
    Piece("Qué puede pedirle a su EPS cuando necesita atención en salud mental", HEALTH, 3),
    Piece("Déficit de atención: señales que la escuela y la familia pueden notar", HEALTH, 7),
    Piece("Pedir ayuda a tiempo también es cuidarse", HEALTH, 9),
    Piece("Así se radica una queja por falta de atención en salud mental", HEALTH, 15),
    Piece("Salud mental en el trabajo: deberes de quien emplea", HEALTH, 20),
    Piece("Cuidar a quien cuida: apoyo para familias cuidadoras", HEALTH, 24),
    Piece("Rutas de atención en salud mental en Peñaclara", HEALTH, 29),
    Piece("La discriminación no es igual para todas las personas", DISCRIMINATION, 2),
    Piece("Qué es la discriminación múltiple y cómo se reconoce", DISCRIMINATION, 6),
    Piece("Trato digno a personas mayores en la atención al público", DISCRIMINATION, 8),
    Piece("Ninguna persona puede ser rechazada por su origen", DISCRIMINATION, 14),
    Piece("Orientación sexual e identidad: los derechos no se discuten", DISCRIMINATION, 17),
    Piece("Ajustes razonables: qué son y quién debe hacerlos", DISCRIMINATION, 22),
    Piece("Si lo discriminaron, la Personería lo escucha", DISCRIMINATION, 28),
    Piece("Día Mundial de la Salud Mental", RIGHTS_DAYS, 10),
    Piece("Día de la Diversidad Étnica y Cultural", RIGHTS_DAYS, 12),
    Piece("Día Mundial de la Lucha contra el Cáncer de Mama", RIGHTS_DAYS, 19),
    Piece("Día Mundial de los Animales", GREEN_DAYS, 4),
    Piece("Día Internacional contra el Cambio Climático", GREEN_DAYS, 24),
    Piece("Charla de orientación vocacional con personeros estudiantiles", "", 6),
    Piece("Así vivimos la charla de orientación vocacional", "", 7),
    Piece("Invitación a la capacitación de la Red Nacional de Veedurías", "", 14),
    Piece("La Red Nacional de Veedurías se capacitó en Peñaclara", "", 17),
    Piece("Personeros estudiantiles se forman en mediación escolar", "", 27),
    Piece("Rendición pública de cuentas: participe y pregunte", "", 21),
    Piece("Envíe sus preguntas para la rendición pública de cuentas", "", 23),
    Piece("Hoy rendimos cuentas a la ciudadanía", "", 28),
    Piece("Cómo redactar un derecho de petición"),
    Piece("Tutela: cuándo procede y cómo se presenta"),
    Piece("Horarios y puntos de atención de la Personería", not_in=("instagram",)),
    Piece("Conozca a su personera municipal"),
    Piece("Qué hace la Delegatura de Vigilancia Administrativa"),
    Piece("Acompañamiento a víctimas: qué trámites puede iniciar aquí"),
    Piece("Personeros estudiantiles: balance del año escolar"),
    Piece("Comité de derechos humanos del municipio: resultados de la sesión"),
    Piece("Jornada de atención en el corregimiento La Palma", not_in=("instagram",)),
    Piece("La Personería acompañó la entrega de ayudas en la vereda El Roble"),
    Piece("Veedurías ciudadanas: pasos para inscribir la suya"),
    Piece("Consejos para no caer en avisos falsos a nombre de la entidad", not_in=("facebook",)),
    Piece("Asesoría gratuita en trámites de salud"),
    Piece("Derechos de las personas detenidas: qué verifica la Personería"),
    Piece("Visita de seguimiento al hogar de paso municipal"),
    Piece("Servicios públicos: cómo reclamar por su factura", not_in=("facebook",)),
    Piece("Niñas y niños: rutas de protección en Peñaclara"),
    Piece("Gracias por participar en la rendición de cuentas", "", 30),
)
NOVEMBER = (
    Piece("Violencia institucional: cuando quien debe proteger vulnera", VIOLENCE, 5),
    Piece("Revictimizar también es violencia: qué no se debe preguntar", VIOLENCE, 10),
    Piece("Denuncie la violencia institucional: la Personería lo acompaña", VIOLENCE, 14),
    Piece("Atender con enfoque de género es un deber del servicio público", VIOLENCE, 20, ("x",)),
    Piece("Garantías para quien denuncia: conozca las suyas", VIOLENCE, 27),
    Piece("Día Universal de la Infancia", RIGHTS_DAYS, 20),
    Piece("Día Internacional de la Eliminación de la Violencia contra la Mujer", RIGHTS_DAYS, 25),
    Piece("Informarse es un derecho, no un privilegio", INFORMED, 6),
    Piece("Qué información debe publicar toda entidad pública", INFORMED, 13, ("x",)),
    Piece("Cómo pedir información pública y en qué plazo le responden", INFORMED, 21),
    Piece("Invitación: cumplir para prevenir, más que sancionar para corregir", "", 12),
    Piece("Servidores públicos se capacitaron en deber disciplinario", "", 19),
    Piece("Vea otra vez la rendición pública de cuentas", not_in=("instagram",)),
    Piece("Qué es una queja disciplinaria y cómo se presenta"),
    Piece("Atención descentralizada en el barrio Los Almendros"),
    Piece("Personeros estudiantiles: últimos encuentros del año", not_in=("x",)),
    Piece("Acceso a medicamentos: qué hacer si no se los entregan"),
    Piece("La Personería en el consejo de seguridad del municipio", not_in=("instagram",)),
    Piece("Ruido y convivencia: a quién acudir", not_in=("x",)),
    Piece("Conciliar es mejor: solicite su audiencia"),
    Piece("Derechos de las personas consumidoras en temporada de descuentos"),
    Piece("Seguimiento al plan de alimentación escolar"),
    Piece("Recorrido por la plaza de mercado con la comunidad", not_in=("x",)),
    Piece("Mujeres rurales: oferta institucional en su vereda"),
)
DECEMBER = (
    Piece("Transparencia activa: busque los contratos de su municipio", INFORMED, 2),
    Piece("Datos abiertos: para qué le sirven a la comunidad", INFORMED, 10),
    Piece("Día Internacional de las Personas con Discapacidad", RIGHTS_DAYS, 3),
    Piece("Día Internacional de los Derechos Humanos", RIGHTS_DAYS, 10),
    Piece("Día Mundial del Suelo", GREEN_DAYS, 5),
    Piece("Día Internacional de las Montañas", GREEN_DAYS, 11),
    Piece("Invitación al reconocimiento al mérito en derechos humanos", "", 4),
    Piece("Reconocimos el trabajo de quienes defienden los derechos humanos", "", 11),
    Piece("Servir con integridad: nuestro compromiso con usted", "", 9, ("instagram",)),
    Piece("Sin pólvora, la celebración es de todas las personas"),
    Piece("Alumbrados seguros: recomendaciones para las familias"),
    Piece("Horarios de atención en fin de año", "", 15),
    Piece("Derechos de quienes viajan: equipaje, retrasos y reembolsos"),
    Piece("Maltrato animal: cómo denunciarlo en temporada de fiestas"),
    Piece("Veedurías: balance del trabajo con la comunidad", not_in=("instagram",)),
    Piece("Novenas con las personas privadas de la libertad"),
    Piece("Cuidado del agua en vacaciones", not_in=("x",)),
    Piece("Personas mayores: compañía y buen trato en diciembre"),
    Piece("Niñez sin trabajo infantil también en vacaciones"),
    Piece("Qué hizo la Personería por usted este año"),
    Piece("Turnos de atención durante los festivos", "", 23),
    Piece("Feliz Navidad les desea la Personería de Peñaclara", "", 24),
    Piece("Balance de tutelas y derechos de petición del año", not_in=("instagram",)),
    Piece("Compras en línea: sus derechos si el producto no llega"),
    Piece("Rutas de atención por violencia intrafamiliar en fin de año"),
    Piece("Nos vemos en enero: canales que siguen abiertos", "", 30),
)
NEWS = (
    (
        Piece("Estudiantes de Peñaclara exploran su vocación con la Personería", "", 7),
        Piece("Veedores de la región se capacitaron en control social", "", 20),
        Piece("La Personería rindió cuentas ante la ciudadanía", "", 29),
    ),
    (Piece("Prevenir antes que sancionar: jornada con servidores públicos", "", 20),),
    (
        Piece("Peñaclara reconoció a quienes defienden los derechos humanos", "", 11),
        Piece("La Personería atenderá por turnos en los días festivos", "", 22),
    ),
)
MESSAGES = (
    (
        Piece("Recordatorio: actualice su hoja de vida en el sistema"),
        Piece("Invitación interna a la charla de orientación vocacional", "", 3),
        Piece("Jornada de salud visual para el equipo"),
        Piece("Nueva guía de atención al público"),
        Piece("Simulacro de evacuación: punto de encuentro"),
        Piece("Prepare los datos de su área para la rendición de cuentas", "", 16),
        Piece("Cumpleaños del mes"),
        Piece("Reglas de uso del correo institucional"),
        Piece("Pausas activas: horarios por dependencia"),
        Piece("Así se piden piezas gráficas a Comunicaciones"),
    ),
    (
        Piece("Cierre de vacaciones colectivas: plazo para solicitarlas"),
        Piece("Invitación a la jornada de deber disciplinario", "", 11),
        Piece("Política de datos personales: qué cambia en su trabajo"),
        Piece("Cumpleaños del mes"),
        Piece("Actualización del antivirus: reinicie su equipo"),
        Piece("Comité de convivencia: cómo presentar un caso"),
        Piece("Encuesta de clima laboral"),
        Piece("Reciclaje en la sede: qué va en cada caneca"),
        Piece("Formato vigente de actas de reunión"),
        Piece("Conmemoración interna contra la violencia hacia la mujer", "", 25),
        Piece("Entrega de informes de gestión por dependencia"),
        Piece("Brigada de emergencia: nuevos integrantes"),
        Piece("Horario de la jornada de integración"),
    ),
    (
        Piece("Código de Integridad: ¿qué haría usted? Honestidad", INTEGRITY, 9),
        Piece("Código de Integridad: ¿qué haría usted? Respeto", INTEGRITY, 10),
        Piece("Código de Integridad: ¿qué haría usted? Compromiso", INTEGRITY, 11),
        Piece("Código de Integridad: ¿qué haría usted? Diligencia", INTEGRITY, 12),
        Piece("Código de Integridad: ¿qué haría usted? Justicia", INTEGRITY, 15),
        Piece("Invitación interna a la conmemoración de los derechos humanos", "", 5),
        Piece("Turnos de atención de fin de año por dependencia", "", 16),
        Piece("Cumpleaños del mes"),
        Piece("Respaldo de archivos antes del cierre"),
        Piece("Novena del equipo: programación por áreas", "", 17),
        Piece("Entrega de inventarios individuales"),
        Piece("Cierre contable: fechas para legalizar gastos"),
        Piece("Resultados de la encuesta de clima laboral"),
        Piece("Feliz Navidad, equipo", "", 24),
    ),
)
WALLPAPERS = (
    Piece("Código de Integridad en acción: honestidad y respeto", INTEGRITY, 9),
    Piece("Código de Integridad en acción: compromiso", INTEGRITY, 11),
)
