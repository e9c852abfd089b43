"""What was planned and done: campaigns, commemorations, events, activities of the plan."""

from __future__ import annotations

from decimal import Decimal

from pregon.records.programme import Campaign, Commemoration, Event, IndicatorKind, PlanActivity
from pregon.registro import vocabulary as words
from pregon.registro.composite import build_product, product_rows
from pregon.registro.kinds import Choice, Count, Day, Link, Links, Number, Text, yes_no
from pregon.registro.shape import Column, Sheet, building, rows_of, sample_day

CAMPAIGNS = Sheet(
    "Campañas",
    "Las campañas del periodo. Sin fechas, corre todo el año en sus días.",
    (
        Column(
            "reference",
            "Campaña",
            Text(),
            "Escriba un nombre corto que no cambie: salud-mental.",
            22,
            is_required=True,
            is_key=True,
            example="salud-mental",
        ),
        Column(
            "title",
            "Título",
            Text(),
            "Escriba el nombre completo.",
            34,
            is_required=True,
            example="La salud mental es de todos",
        ),
        Column(
            "aim",
            "Objetivo",
            Text(),
            "Para qué se hace.",
            44,
            example="Dar a conocer cómo se pide atención en salud mental.",
        ),
        Column("target_audience", "Público", Text(), "A quién se dirige.", 26, example="Comunidad en general"),
        Column(
            "channels",
            "Canales",
            Links("Canales"),
            "Los canales, separados con punto y coma.",
            24,
            example=("facebook",),
        ),
        Column(
            "office",
            "Dependencia",
            Link("Dependencias"),
            "Elija la dependencia con que se coordina.",
            24,
            example="Derechos Humanos",
        ),
        Column("start", "Desde", Day(), "El primer día.", 12, example=sample_day(0)),
        Column("end", "Hasta", Day(), "El último día.", 12, example=sample_day(30)),
        Column(
            "is_internal", "Interna", yes_no(), "Escriba sí cuando va solo a la gente de la entidad.", 11, example=False
        ),
        Column("owed_by", "Quién debe lo que falta", Text(), "Quién entrega los productos que faltan.", 20),
        Column("due", "Llega el", Day(), "Cuándo los entrega.", 12),
    ),
    rows_of(lambda dossier: dossier.campaigns),
    building(Campaign),
)

PRODUCTS = Sheet(
    "Productos",
    "Lo que cada campaña prometió y lo que entregó. Vacía quiere decir que no se sabe; 0, que no hubo.",
    (
        Column(
            "campaign", "Campaña", Link("Campañas"), "Elija la campaña.", 24, is_required=True, example="salud-mental"
        ),
        Column(
            "product",
            "Producto",
            Text(),
            "Escriba qué producto es, en plural.",
            34,
            is_required=True,
            example="publicaciones",
        ),
        Column("promised", "Prometidos", Count(), "Cuántos se prometieron.", 14, example=8),
        Column("delivered", "Entregados", Count(), "Cuántos se entregaron.", 14, example=8),
    ),
    product_rows,
    build_product,
)

COMMEMORATIONS = Sheet(
    "Efemérides",
    "Los días que se conmemoraron.",
    (
        Column(
            "name",
            "Efeméride",
            Text(),
            "Escriba el nombre del día.",
            56,
            is_required=True,
            example="Día Mundial de la Salud Mental",
        ),
        Column("day", "Fecha", Day(), "Escriba qué día es.", 13, is_required=True, example=sample_day(9)),
        Column(
            "campaign",
            "Campaña",
            Link("Campañas"),
            "La campaña a la que pertenece, si tiene.",
            24,
            example="salud-mental",
        ),
        Column(
            "publication",
            "Publicación",
            Link("Publicaciones"),
            "La referencia de la publicación con que se conmemoró.",
            18,
        ),
    ),
    rows_of(lambda dossier: dossier.commemorations),
    building(Commemoration),
)

EVENTS = Sheet(
    "Eventos",
    "Los eventos que la oficina convocó o acompañó. Asistencia vacía no es cero: es que no se sabe.",
    (
        Column(
            "reference",
            "Referencia",
            Text(),
            "Escriba un número que no se repita: EVE-01.",
            15,
            is_required=True,
            is_key=True,
            example="EVE-01",
        ),
        Column("day", "Fecha", Day(), "Escriba qué día fue.", 12, is_required=True, example=sample_day(5)),
        Column(
            "title",
            "Evento",
            Text(),
            "Escriba el nombre del evento.",
            44,
            is_required=True,
            example="Charla de orientación vocacional",
        ),
        Column(
            "office",
            "Dependencia",
            Link("Dependencias"),
            "Elija la dependencia que lo hizo.",
            24,
            example="Derechos Humanos",
        ),
        Column("called", "Convocados", Count(), "A cuántas personas se invitó.", 15, example=60),
        Column("attended", "Asistentes", Count(), "Cuántas personas fueron.", 14, example=45),
        Column(
            "method",
            "Cómo se contó",
            Text(),
            "Lista de asistencia, conteo, registro.",
            20,
            example="Lista de asistencia",
        ),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia.", 14),
        Column("has_minors", "Con menores", yes_no(), "Escriba sí cuando asisten menores de edad.", 13, example=True),
        Column("owed_by", "Quién debe la asistencia", Text(), "Quién entrega el número que falta.", 20),
        Column("due", "Llega el", Day(), "Cuándo lo entrega.", 12),
    ),
    rows_of(lambda dossier: dossier.events),
    building(Event),
)

ACTIVITIES = Sheet(
    "Plan",
    "Las actividades del plan: lo planeado, lo hecho y con qué se mide.",
    (
        Column(
            "reference",
            "Referencia",
            Text(),
            "Escriba un número que no se repita: PA-01.",
            14,
            is_required=True,
            is_key=True,
            example="PA-01",
        ),
        Column("step", "Paso", Link("Pasos"), "El paso del procedimiento al que responde.", 12, example="6.1/7"),
        Column(
            "title",
            "Actividad",
            Text(),
            "Escriba la actividad.",
            54,
            is_required=True,
            example="Publicar los mensajes internos aprobados",
        ),
        Column(
            "unit",
            "Se cuenta en",
            Text(),
            "En qué se cuenta: publicaciones, mensajes, informes.",
            20,
            example="mensajes",
        ),
        Column("planned", "Planeado", Count(), "Cuánto se planeó para el periodo.", 12, example=36),
        Column("done", "Hecho", Count(), "Cuánto se hizo.", 12, example=37),
        Column(
            "indicator",
            "Indicador",
            Choice(words.INDICATORS, IndicatorKind.NONE),
            "Elija con qué se mide.",
            40,
            example=IndicatorKind.COMPLETION,
        ),
        Column("target", "Meta (%)", Number(), "La meta, en porcentaje: 90.", 12, example=Decimal(90)),
        Column("note", "Nota", Text(), "Por qué no se midió, o lo que haga falta explicar.", 46),
        Column(
            "formula",
            "Fórmula",
            Text(),
            "Solo con «Fórmula propia»: solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100.",
            44,
            is_optional=True,
        ),
        Column("owner", "Quién responde", Text(), "Quién responde por la actividad.", 24, is_optional=True),
        Column("obstacles", "Obstáculos", Text(), "Lo que impidió cumplirla, si algo hubo.", 40, is_optional=True),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia.", 14, is_optional=True),
        Column(
            "progress",
            "Avance (%)",
            Number(),
            "Cuánto se avanzó, en porcentaje, si la actividad no se cuenta en unidades.",
            12,
            is_optional=True,
        ),
    ),
    rows_of(lambda dossier: dossier.activities),
    building(PlanActivity),
)
