"""The risks of the process, their follow-up, and the incidents."""

from __future__ import annotations

from pregon.records.risk import Incident, Risk, RiskFollowUp, RiskSignal
from pregon.registro import vocabulary as words
from pregon.registro.kinds import Choice, Count, Day, Link, Text, yes_no
from pregon.registro.shape import Column, Sheet, building, rows_of, sample_day

RISKS = Sheet(
    "Riesgos",
    "Los riesgos del proceso, como están en el mapa vigente.",
    (
        Column(
            "reference",
            "Riesgo",
            Text(),
            "Escriba un número que no se repita: R1.",
            12,
            is_required=True,
            is_key=True,
            example="R1",
        ),
        Column(
            "description",
            "Descripción",
            Text(),
            "Escriba el riesgo como está en el mapa.",
            64,
            is_required=True,
            example="Publicar información errada",
        ),
        Column("owner", "Quién responde", Text(), "Quién responde por el riesgo.", 26, example="Marcela Ríos"),
        Column(
            "signal",
            "Señal",
            Choice(words.SIGNALS, RiskSignal.NONE),
            "Qué registros lo dejan ver.",
            34,
            example=RiskSignal.CORRECTIONS,
        ),
        Column(
            "inherent_zone",
            "Zona inherente",
            Text(),
            "La zona del riesgo antes de los controles, como la llama la escala: Alto.",
            15,
            example="Alto",
            is_optional=True,
        ),
        Column(
            "residual_zone",
            "Zona residual",
            Text(),
            "La zona que queda después de los controles: Moderado.",
            15,
            example="Moderado",
            is_optional=True,
        ),
    ),
    rows_of(lambda dossier: dossier.risks),
    building(Risk),
)

FOLLOW_UPS = Sheet(
    "Seguimiento de riesgos",
    "Qué se encontró al revisar cada riesgo, con una fecha de este periodo.",
    (
        Column("risk", "Riesgo", Link("Riesgos"), "Elija el riesgo.", 12, is_required=True, example="R1"),
        Column(
            "checked_on",
            "Revisado el",
            Day(),
            "Escriba el día en que se revisó.",
            14,
            is_required=True,
            example=sample_day(70),
        ),
        Column(
            "materialised",
            "Se materializó",
            yes_no(empty=None),
            "Escriba sí o no.",
            16,
            is_required=True,
            example=False,
        ),
        Column("controls_run", "Controles hechos", Count(), "Cuántas veces se hizo el control.", 17, example=12),
        Column("controls_planned", "Controles previstos", Count(), "Cuántas veces debía hacerse.", 19, example=12),
        Column(
            "finding",
            "Qué se encontró",
            Text(),
            "Escriba qué se revisó y qué se vio.",
            54,
            example="Cada pieza pasó por la aprobación antes de salir.",
        ),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia, del mismo periodo.", 16),
        Column("next_action", "Qué sigue", Text(), "Lo que se hará.", 40),
        Column(
            "line_of_defence",
            "Línea de defensa",
            Count(),
            "Cuál línea hizo la revisión: 1, 2 o 3.",
            17,
            example=1,
            is_optional=True,
        ),
        Column(
            "despite",
            "Aunque los registros digan otra cosa",
            Text(),
            "Si los registros lo contradicen, diga por qué no se materializó.",
            40,
            is_optional=True,
        ),
    ),
    rows_of(lambda dossier: dossier.follow_ups),
    building(RiskFollowUp),
)

INCIDENTS = Sheet(
    "Incidentes",
    "Los usos indebidos de lo publicado: suplantación, alteración. Vacía quiere decir que no se registró ninguno.",
    (
        Column(
            "reference",
            "Referencia",
            Text(),
            "Escriba un número que no se repita: INC-01.",
            16,
            is_required=True,
            is_key=True,
            example="INC-01",
        ),
        Column(
            "happened_on", "Fecha", Day(), "Escriba el día en que pasó.", 13, is_required=True, example=sample_day(20)
        ),
        Column(
            "description",
            "Qué pasó",
            Text(),
            "Escriba qué pasó y qué se hizo.",
            64,
            is_required=True,
            example="Un perfil falso usó el nombre de la entidad; se denunció.",
        ),
        Column("risk", "Riesgo", Link("Riesgos"), "El riesgo al que corresponde.", 12, example="R1"),
        Column("evidence", "Evidencia", Link("Evidencias"), "La referencia de su evidencia.", 16),
    ),
    rows_of(lambda dossier: dossier.incidents),
    building(Incident),
)
