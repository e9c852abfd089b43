"""The first sheet of the registro: how to fill it in, said as to a colleague."""

from __future__ import annotations

TITLE = "Registro de comunicaciones"

STEPS: tuple[tuple[str, str], ...] = (
    ("Empiece por «Institución»", "Escriba de quién es el informe y de qué trimestre."),
    (
        "Siga con lo que poco cambia",
        "Dependencias, canales, campañas y riesgos. Las demás hojas los ofrecen en sus listas.",
    ),
    ("Anote lo que pasa, cuando pasa", "Una fila por publicación, medición, evento o solicitud."),
    ("Revise el registro", "Con «pregon registro check» sabrá qué celda está mal y qué escribir en ella."),
    (
        "Haga el informe",
        "Con «pregon report» sale en Word, PDF, HTML y Excel. Los totales se calculan: aquí no se escriben.",
    ),
)

RULES: tuple[tuple[str, str], ...] = (
    ("Título con *", "Es obligatorio: la fila no se lee sin ese valor."),
    ("Filas grises", "Son de muestra. Empiezan con «ejemplo:» y no se leen. Escriba debajo y bórrelas cuando quiera."),
    ("Fechas", "Día, mes y año: 6/10/2025."),
    ("Cifras", "Sin puntos ni espacios: 34811. Excel pone el punto de miles al mostrarla."),
    ("Celda vacía", "Quiere decir que no se sabe. Nunca vale cero."),
    ("0", "Quiere decir que se contó y no hubo."),
    ("Sin dato", "La cifra debería estar y no está. Diga quién la debe y cuándo llega."),
    ("No aplica", "La cifra no puede existir: la plataforma no la ofrece."),
    ("Redondeada a", "Si el panel dice «73,3 mil», escriba 73300 y redondeada a 100."),
    ("Listas", "Elija con la flecha de la celda. Si escribe, no importan mayúsculas ni tildes."),
    ("Varios nombres", "Sepárelos con punto y coma: facebook; instagram."),
    ("Plazos", "Se cuentan en días hábiles de Colombia, sin los de «Cierres locales»."),
    ("Orden", "Puede mover columnas y agregar otras. No cambie el texto de los títulos ni el nombre de las hojas."),
    ("Datos personales", "Cuente a las personas, no las nombre. Las listas de asistencia se guardan aparte."),
)
