"""What a follow-up must hold to be kept, each thing amiss with its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pregon.figures.period import Period
from pregon_web.risks.checking import Claim, Setting, find_refusals, last_day_of

QUARTER = Period.quarter(2025, 4)
CUT = date(2026, 1, 9)
SETTING = Setting(QUARTER, CUT, today=date(2026, 1, 20))
CLAIM = Claim(date(2025, 12, 18), materialised=False, finding="Se miraron las 14 entregas del trimestre.")
SAID = "Los registros dicen: 2 entregas tardías de 14."
COPIED = (
    "Este texto es el del tercer trimestre de 2025. Escriba lo que se revisó ahora, o marque abajo que lo mismo vale "
    "para este trimestre."
)
OUTSIDE = (
    "está fuera de lo que cubre el cuarto trimestre de 2025: un seguimiento se fecha entre el 1 de octubre de 2025 "
    "y el 9 de enero de 2026."
)


def test_one_that_says_all_is_kept() -> None:
    assert find_refusals(replace(CLAIM, controls_run=12, controls_planned=14), SETTING) == []


@pytest.mark.parametrize("day", [date(2025, 10, 1), date(2025, 12, 31), CUT])
def test_it_may_be_dated_from_the_quarters_first_day_to_its_cut_off(day: date) -> None:
    assert find_refusals(replace(CLAIM, checked_on=day), SETTING) == []


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2025, 7, 4), "4 de julio de 2025"),
        (date(2025, 9, 30), "30 de septiembre de 2025"),
        (date(2026, 1, 10), "10 de enero de 2026"),
    ],
)
def test_a_note_of_another_quarter_is_refused_with_the_allowed_days(day: date, printed: str) -> None:
    # The reference report's three notes are dated 4 July in a report of the fourth quarter.
    (refusal,) = find_refusals(replace(CLAIM, checked_on=day), SETTING)
    assert (refusal.field, refusal.sentence) == ("checked_on", f"El {printed} {OUTSIDE}")


def test_without_a_cut_off_the_quarter_ends_with_its_last_day() -> None:
    assert (last_day_of(QUARTER, None), last_day_of(QUARTER, CUT), last_day_of(QUARTER, date(2025, 11, 1))) == (
        date(2025, 12, 31),
        CUT,
        date(2025, 12, 31),
    )


def test_a_day_that_has_not_come_is_refused() -> None:
    (refusal,) = find_refusals(CLAIM, replace(SETTING, today=date(2025, 12, 1)))
    assert refusal.sentence == "El 18 de diciembre de 2025 no ha llegado: escriba el día en que revisó."


def test_what_the_records_contradict_needs_its_reason() -> None:
    told = replace(SETTING, contradiction=SAID)
    (refusal,) = find_refusals(CLAIM, told)
    assert (refusal.field, refusal.sentence) == (
        "despite",
        f"{SAID} Escriba por qué no se materializó aunque los registros digan eso, o marque que se materializó.",
    )
    assert find_refusals(replace(CLAIM, despite="  "), told) == [refusal]
    assert find_refusals(replace(CLAIM, despite="Las dos las aplazó quien las pidió."), told) == []


def test_what_materialised_demands_incident_cause_and_correction() -> None:
    bare = replace(CLAIM, materialised=True)
    assert [each.field for each in find_refusals(bare, replace(SETTING, contradiction=SAID))] == [
        "happened",
        "cause",
        "correction",
    ]
    told = replace(bare, has_incident=True, cause="Un solo diseñador.", correction="Se repartieron los turnos.")
    assert find_refusals(told, SETTING) == []


@pytest.mark.parametrize(
    ("run", "planned", "field", "sentence"),
    [
        (None, 12, "controls_run", "Escriba las dos cifras: cuántas veces se hizo el control y cuántas debía hacerse."),
        (
            12,
            None,
            "controls_planned",
            "Escriba las dos cifras: cuántas veces se hizo el control y cuántas debía hacerse.",
        ),
        (13, 12, "controls_run", "Se hizo 13 veces y debía hacerse 12: revise las dos cifras."),
    ],
)
def test_controls_run_and_planned_go_together(run: int | None, planned: int | None, field: str, sentence: str) -> None:
    (refusal,) = find_refusals(replace(CLAIM, controls_run=run, controls_planned=planned), SETTING)
    assert (refusal.field, refusal.sentence) == (field, sentence)


def test_a_control_that_ran_no_time_of_none_is_a_count() -> None:
    assert find_refusals(replace(CLAIM, controls_run=0, controls_planned=0), SETTING) == []


def test_words_of_an_earlier_quarter_wait_for_a_tick() -> None:
    told = replace(SETTING, earlier=[("2025-T3", "Se miraron las 9 entregas del trimestre.")])
    (refusal,) = find_refusals(CLAIM, told)
    assert (refusal.field, refusal.sentence) == (
        "finding",
        COPIED,
    )
    assert find_refusals(replace(CLAIM, is_copy_confirmed=True), told) == []
