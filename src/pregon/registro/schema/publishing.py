"""What went out, what was measured, and the evidence of both."""

from __future__ import annotations

from decimal import Decimal

from pregon.figures.amount import Amount
from pregon.records.publishing import Evidence, Method, ObservationStatus, Publication, PublicationKind
from pregon.registro import vocabulary as words
from pregon.registro.composite import build_observation, observation_rows
from pregon.registro.kinds import Choice, Day, Figure, Link, Number, Span, Text
from pregon.registro.shape import Column, Sheet, building, rows_of, sample_day, sample_month

PUBLICATIONS = Sheet(
    "Publicaciones",
    "Una fila por cada cosa publicada en cada canal. La misma pieza en dos redes son dos filas.",
    (
        Column(
            "reference",
            "Referencia",
            Text(),
            "Escriba un número que no se repita, como PUB-001, y arrástrelo.",
            15,
            is_required=True,
            is_key=True,
            example="PUB-001",
        ),
        Column("channel", "Canal", Link("Canales"), "Elija el canal.", 13, is_required=True, example="facebook"),
        Column(
            "kind",
            "Tipo",
            Choice(words.KINDS),
            "Elija qué se publicó.",
            16,
            is_required=True,
            example=PublicationKind.POST,
        ),
        Column(
            "published_on", "Fecha", Day(), "Escriba el día en que salió.", 12, is_required=True, example=sample_day(5)
        ),
        Column(
            "title",
            "Título",
            Text(),
            "Escriba de qué trata, en una línea.",
            54,
            is_required=True,
            example="Charla de orientación vocacional con personeros estudiantiles",
        ),
        Column("campaign", "Campaña", Link("Campañas"), "La campaña a la que pertenece, si tiene.", 22),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia.", 14),
        Column("corrected_on", "Corregida el", Day(), "El día en que se corrigió después de publicarla.", 12),
        Column("withdrawn_on", "Retirada el", Day(), "El día en que se retiró después de publicarla.", 12),
        Column(
            "link",
            "Enlace",
            Text(wraps=False),
            "La dirección de la publicación.",
            58,
            example="facebook.com/personeriapenaclara/posts/1",
        ),
    ),
    rows_of(lambda dossier: dossier.publications),
    building(Publication),
)

OBSERVATIONS = Sheet(
    "Mediciones",
    "Las cifras de cada canal, como las da la plataforma. Si falta una, diga «sin dato»; si no existe, «no aplica».",
    (
        Column(
            "metric",
            "Métrica",
            Choice(words.METRICS),
            "Elija qué se midió.",
            20,
            is_required=True,
            is_key=True,
            example="views",
        ),
        Column(
            "channel",
            "Canal",
            Link("Canales"),
            "Elija el canal.",
            13,
            is_required=True,
            is_key=True,
            example="facebook",
        ),
        Column(
            "period",
            "Periodo",
            Span(),
            "Elija el mes, o el trimestre si la plataforma dio esa cifra.",
            23,
            is_required=True,
            is_key=True,
            example=sample_month,
        ),
        Column(
            "status",
            "Estado",
            Choice(words.STATUSES),
            "Valor, sin dato o no aplica. Vacío, manda la cifra.",
            11,
            example=ObservationStatus.VALUE,
        ),
        Column(
            "figure",
            "Cifra",
            Figure(),
            "Escriba la cifra sin puntos: 34811. Cero es cero; vacía no es cero.",
            12,
            example=Amount(Decimal(208800), ulp=Decimal(100)),
        ),
        Column(
            "ulp",
            "Redondeada a",
            Number(),
            "100 si la plataforma dio «208,8 mil». Vacía si la cifra es exacta.",
            15,
            example=Decimal(100),
        ),
        Column("unit", "Unidad", Text(), "Vacía cuando se cuenta; % o COP cuando no.", 9),
        Column(
            "method", "Método", Choice(words.METHODS, Method.EXPORT), "Elija de dónde sale.", 22, example=Method.PANEL
        ),
        Column("source", "Fuente", Text(), "El archivo o la pantalla de donde se tomó.", 26, example="Panel de Meta"),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia.", 14),
        Column("owed_by", "Quién la debe", Text(), "Quién entrega la cifra que falta.", 18),
        Column("due", "Llega el", Day(), "Cuándo la entrega.", 12),
        Column("note", "Nota", Text(), "Lo que haga falta explicar.", 34),
    ),
    observation_rows,
    build_observation,
)

EVIDENCE = Sheet(
    "Evidencias",
    "Los archivos y enlaces que prueban lo registrado. No escriba rutas de un servidor interno.",
    (
        Column(
            "reference",
            "Referencia",
            Text(),
            "Escriba un número que no se repita: EV-001.",
            14,
            is_required=True,
            is_key=True,
            example="EV-001",
        ),
        Column(
            "title",
            "Qué prueba",
            Text(),
            "Escriba qué es y qué prueba.",
            44,
            is_required=True,
            example="Captura del panel de Facebook",
        ),
        Column(
            "dated",
            "Fecha",
            Day(),
            "El día del archivo, o el último en que se vio el enlace.",
            13,
            example=sample_day(35),
        ),
        Column(
            "section",
            "Sección",
            Choice(words.SECTIONS, ""),
            "La sección del informe en que se muestra.",
            24,
            example="platform_statistics",
        ),
        Column("channel", "Canal", Link("Canales"), "El canal que muestra.", 13, example="facebook"),
        Column("month", "Mes", Span(), "El mes que muestra.", 20, example=sample_month),
        Column("file", "Archivo", Text(), "El nombre del archivo guardado.", 32, example="facebook-panel.png"),
        Column("link", "Enlace", Text(), "La dirección pública, si la tiene.", 26),
        Column("sha256", "Huella", Text(), "La huella SHA-256 del archivo; la calcula Pregón.", 37),
    ),
    rows_of(lambda dossier: dossier.evidence),
    building(Evidence),
)
