"""What other offices asked of communications."""

from __future__ import annotations

from pregon.records.service import RequestKind, ServiceRequest
from pregon.registro import vocabulary as words
from pregon.registro.kinds import Choice, Count, Day, Link, Text
from pregon.registro.shape import Column, Sheet, building, rows_of, sample_day

REQUESTS = Sheet(
    "Solicitudes",
    "Lo que pidieron las dependencias: diseños, acompañamientos, noticias, videos, y en qué va cada cosa.",
    (
        Column(
            "reference",
            "Referencia",
            Text(),
            "Escriba un número que no se repita: SOL-001.",
            18,
            is_required=True,
            is_key=True,
            example="SOL-001",
        ),
        Column(
            "kind",
            "Tipo",
            Choice(words.REQUEST_KINDS),
            "Elija qué se pidió.",
            18,
            is_required=True,
            example=RequestKind.DESIGN,
        ),
        Column(
            "office",
            "Dependencia",
            Link("Dependencias"),
            "Elija la dependencia que lo pidió.",
            28,
            example="Derechos Humanos",
        ),
        Column(
            "title",
            "Asunto",
            Text(),
            "Escriba qué se pidió.",
            50,
            is_required=True,
            example="Pieza del Día Mundial de la Salud Mental",
        ),
        Column(
            "asked_on",
            "Pedida el",
            Day(),
            "Escriba el día en que se pidió.",
            13,
            is_required=True,
            example=sample_day(2),
        ),
        Column("due", "Para el", Day(), "El día acordado para entregarla.", 13, example=sample_day(7)),
        Column(
            "delivered_on",
            "Entregada el",
            Day(),
            "El día en que se entregó. Vacía si no se ha entregado.",
            13,
            example=sample_day(6),
        ),
        Column(
            "approved_on",
            "Aprobada el",
            Day(),
            "El día de la última aprobación antes de publicarla. Vacía si nadie la aprobó.",
            13,
            example=sample_day(6),
            is_optional=True,
        ),
        Column(
            "published",
            "Publicación",
            Link("Publicaciones", may_be_elsewhere=True),
            "La referencia de la publicación que salió de ella.",
            16,
            example="PUB-001",
            is_optional=True,
        ),
        Column(
            "returned",
            "Devuelta",
            Count(empty=0),
            "Cuántas veces se devolvió después de aprobada. Vacía si ninguna.",
            11,
            is_optional=True,
        ),
        Column(
            "cancelled_on",
            "Cancelada el",
            Day(),
            "El día en que se canceló. Vacía si sigue en pie.",
            13,
            is_optional=True,
        ),
    ),
    rows_of(lambda dossier: dossier.requests),
    building(ServiceRequest),
)
