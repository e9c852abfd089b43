"""The period that a document is of, by vote."""

from dataclasses import replace

import pytest

from pregon.audit.reading import Reading
from pregon.document.model import Properties
from pregon.figures.period import Period
from tests.rules.sketch import read_sketch

OCT_DEC = "| | Octubre | Noviembre | Diciembre |\n|---|---|---|---|\n| X | 1 | 2 | 4 |\n"


def _period(sketch: str) -> str:
    return str(Reading(read_sketch(sketch)).period)


@pytest.mark.parametrize(
    ("sketch", "period"),
    [
        ("# Informe del cuarto trimestre de 2025", "2025-T4"),
        ("# SEGUNDO TRIMESTRE 2025\n" + OCT_DEC, "2025-T4"),
        ("# Informe del primer semestre de 2025", "2025-S1"),
        ("# Informe de octubre de 2025\nEn octubre de 2025 hubo 3 eventos.", "2025-10"),
        ("# Informe de gestión\nPeriodo: 1 de abril al 30 de junio de 2025", "2025-T2"),
        ("# Informe de gestión\nDel 1/10/2025 al 31/12/2025.", "2025-T4"),
        ("# Informe de gestión\nLa feria fue del 6 de octubre al 15 de noviembre de 2025.", "None"),
        ("# Informe del cuarto trimestre de 2025\nEn el primer trimestre de 2026 se harán dos campañas.", "2025-T4"),
        ("Sin fechas.", "None"),
    ],
)
def test_the_period_by_vote(sketch: str, period: str) -> None:
    assert _period(sketch) == period


def test_what_the_document_states_of_itself_weighs_most() -> None:
    document = replace(read_sketch("En el tercer trimestre de 2025 hubo 3."), properties=Properties(period="2025-T4"))
    assert Reading(document).period == Period.quarter(2025, 4)


def test_no_year_anywhere() -> None:
    reading = Reading(read_sketch("## CUARTO TRIMESTRE\n" + OCT_DEC))
    assert (reading.timeline.has_year, reading.timeline.title) == (False, "cuarto trimestre")


def test_comparisons_do_not_vote() -> None:
    text = "En el cuarto trimestre de 2025 hubo 5. " + "Frente al tercer trimestre de 2025 hubo menos. " * 1
    claims = Reading(read_sketch(text)).timeline.claims
    assert [(str(claim.period), claim.is_comparison) for claim in claims][1] == ("2025-T3", True)
