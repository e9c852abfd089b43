"""What those who were served said: counts of the surveys of satisfaction."""

from __future__ import annotations

from pregon.records.service import Satisfaction
from pregon.registro.kinds import Count, Text
from pregon.registro.shape import Column, Sheet, building, rows_of

SATISFACTION = Sheet(
    "Satisfacción",
    "Cuántas personas respondieron cada encuesta y cuántas dieron 4 o 5. Solo cuentas: ninguna respuesta ni nombre.",
    (
        Column(
            "reference",
            "Referencia",
            Text(),
            "Escriba un número que no se repita: ENC-01.",
            15,
            is_required=True,
            is_key=True,
            example="ENC-01",
        ),
        Column(
            "title",
            "De qué se preguntó",
            Text(),
            "Escriba el evento o el servicio.",
            44,
            is_required=True,
            example="Charla de orientación vocacional",
        ),
        Column("answers", "Respuestas", Count(), "Cuántas personas respondieron.", 14, is_required=True, example=30),
        Column("satisfied", "Satisfechas", Count(), "Cuántas dieron 4 o 5.", 14, is_required=True, example=27),
    ),
    rows_of(lambda dossier: dossier.satisfaction),
    building(Satisfaction),
    is_optional=True,
)
