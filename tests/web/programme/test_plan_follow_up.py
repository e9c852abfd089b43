"""The follow-up of the plan: what each quarter asks for, what was done of it, and how the report's dossier reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pregon.records.dossier import Dossier
from pregon.records.programme import IndicatorKind, PlanActivity
from pregon.records.service import Satisfaction
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Evidence, PeriodLock
from pregon_web.ledger.services import add_record, change_record
from pregon_web.programme.models import Activity, ActivityFollowUp, Plan
from pregon_web.programme.selectors.plan import activities_of
from pregon_web.programme.services import plan as services
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.selectors import open_dossier
from tests.web.programme.plans import add, approve, make_plan
from tests.web.records import QUARTER, make_dossier
from tests.web.towns import Town

T4 = str(QUARTER)


@pytest.fixture
def planned(town: Town) -> Plan:
    plan = make_plan(town)
    add(town, plan, "PA-01", unit="mensajes", step="6.2/6", fourth_quarter=36, indicator="completion", owner="Marcela")
    add(town, plan, "PA-02", third_quarter=5, indicator="completion")  # of another quarter
    add(town, plan, "PA-03", indicator="formula", formula="asistentes ÷ convocados × 100", target=Decimal(80))
    approve(town, plan, date(2025, 1, 28))
    return plan


def prefix(reference: str) -> str:
    return "a" + reference.encode().hex()


def line(reference: str, **fields: str) -> dict[str, str]:
    return {f"{prefix(reference)}-{name}": value for name, value in {"reference": reference, **fields}.items()}


def save(client: Client, *lines: dict[str, str]) -> Any:
    sent = {name: value for each in lines for name, value in each.items()}
    return client.post(reverse("save_plan_follow_up", args=[T4]), sent)


def load(town: Town, new: Dossier, base: Dossier | None = None) -> tuple[str, ...]:
    now = open_dossier(town.institution, T4)
    with transaction.atomic():
        merges = load_dossier(access=town.access(), base=base, new=new, now=now)
    return tuple(collision for merge in merges for collision in merge.collisions)


def test_a_quarter_asks_for_what_the_plan_says_of_it(town: Town, planned: Plan) -> None:
    del planned
    assert activities_of(town.institution, T4) == (
        PlanActivity(
            "PA-01", "6.2/6", "Actividad PA-01", "mensajes", 36, None, IndicatorKind.COMPLETION, Decimal(90),
            owner="Marcela",
        ),
        PlanActivity(
            "PA-03", "", "Actividad PA-03", indicator=IndicatorKind.FORMULA, target=Decimal(80),
            formula="asistentes ÷ convocados × 100",
        ),
    )  # fmt: skip
    assert not ActivityFollowUp.objects.of(town.institution).exists()


def test_what_was_done_is_kept_with_its_entry_and_read_by_the_dossier(
    editor: Client, town: Town, planned: Plan
) -> None:
    del planned
    proof = add_record(access=town.access(), row=Evidence(period=T4, reference="EV-1", title="Capturas"))
    sent = line("PA-01", done="1.037", evidence=str(proof.pk), obstacles="Hubo corte de internet")
    assert save(editor, sent, line("PA-03")).status_code == 302
    row = ActivityFollowUp.objects.of(town.institution).get()
    assert (row.reference, row.planned, row.done, row.evidence_id, row.target) == (
        "PA-01",
        36,
        1037,
        proof.pk,
        Decimal(90),
    )
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject, entry.after["done"]) == (
        "create",
        f"programme.activityfollowup:{row.pk}",
        1037,
    )
    told = open_dossier(town.institution, T4).activities[0]
    assert (told.done, told.evidence, told.obstacles) == (1037, "EV-1", "Hubo corte de internet")


def test_a_later_edition_does_not_change_what_was_noted(town: Town, planned: Plan) -> None:
    entry = services.FollowUpEntry("PA-01", None, {"done": 30})
    assert services.save_follow_ups(access=town.access(), period=T4, entries=[entry]) == 1
    second = services.renew_plan(access=town.access(), plan=planned)
    copied = Activity.objects.of(town.institution).get(plan=second, reference="PA-01")
    change_record(access=town.access(), row=copied, fields={"fourth_quarter": 99, "title": "Otro nombre"})
    approve(town, second, date(2025, 12, 1))
    first = activities_of(town.institution, T4)[0]
    assert (first.title, first.planned, first.done) == ("Actividad PA-01", 36, 30)


def test_only_what_is_counted_asks_how_much(editor: Client, planned: Plan) -> None:
    del planned
    page = editor.get(reverse("plan_follow_up", args=[T4])).content.decode()
    assert [f"{prefix('PA-01')}-{name}" in page for name in ("done", "progress", "evidence")] == [True, False, True]
    assert [f"{prefix('PA-03')}-{name}" in page for name in ("done", "progress", "evidence")] == [False, False, True]
    assert "personas que asistieron ÷ personas convocadas × 100" in page
    assert "«personas convocadas»: anote en cada evento los convocados y los asistentes." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"done": "12,5"}, "«12,5» no es una cantidad: escriba un número entero, por ejemplo 45."),
        ({"evidence": "999999"}, "Elija uno de la lista."),
    ],
)
def test_a_line_that_cannot_be_taken_keeps_all_from_being_saved(
    editor: Client, town: Town, planned: Plan, typed: dict[str, str], sentence: str
) -> None:
    del planned
    answer = save(editor, line("PA-01", **typed), line("PA-03", obstacles="Sin lista"))
    assert (answer.status_code, sentence in answer.content.decode(), "Sin lista" in answer.content.decode()) == (
        422,
        True,
        True,
    )
    assert not ActivityFollowUp.objects.of(town.institution).exists()


def test_two_who_write_the_same_line_are_told_and_the_next_save_is_a_choice(
    editor: Client, town: Town, planned: Plan
) -> None:
    del planned
    services.save_follow_ups(
        access=town.access(), period=T4, entries=[services.FollowUpEntry("PA-01", None, {"done": 30})]
    )
    answer = save(editor, line("PA-01", done="33"))  # the page was opened before anything was noted
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Otra persona cambió esta actividad mientras usted escribía: ahora dice hecho 30." in page
    row = ActivityFollowUp.objects.of(town.institution).get()
    assert (row.done, f'name="{prefix("PA-01")}-version" value="1"' in page) == (30, True)
    assert save(editor, line("PA-01", done="33", version="1")).status_code == 302
    row.refresh_from_db()
    assert (row.done, row.version) == (33, 2)


def test_a_closed_quarter_takes_nothing(editor: Client, town: Town, planned: Plan) -> None:
    del planned
    PeriodLock.objects.create(institution=town.institution, period=T4)
    answer = save(editor, line("PA-01", done="3"))
    assert (answer.status_code, "está cerrado desde el" in answer.content.decode()) == (422, True)
    assert not ActivityFollowUp.objects.of(town.institution).exists()
    assert "Guardar el seguimiento" not in editor.get(reverse("plan_follow_up", args=[T4])).content.decode()


def test_what_was_noted_is_taken_back_and_the_plan_asks_again(editor: Client, town: Town, planned: Plan) -> None:
    del planned
    save(editor, line("PA-01", done="30"))
    row = ActivityFollowUp.objects.of(town.institution).get()
    editor.post(reverse("remove_plan_follow_up", args=[T4, row.pk]), {"reason": "Era de otro mes"})
    assert [(each.reference, each.done) for each in activities_of(town.institution, T4)] == [
        ("PA-01", None),
        ("PA-03", None),
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_database_the_same_however_long_the_plan_is(
    editor: Client, town: Town, count: int, django_assert_num_queries: Any
) -> None:
    plan = make_plan(town)
    for number in range(count):
        add(town, plan, f"PA-{number}", fourth_quarter=3)
    editor.get(reverse("plan_follow_up", args=[T4]))
    with django_assert_num_queries(29):
        editor.get(reverse("plan_follow_up", args=[T4]))


NOTED = PlanActivity(
    "PA-07", "6.1/7", "Seguimiento", "informes", 3, 2, IndicatorKind.FORMULA, Decimal("92.5"), "Nota",
    "(eventos + 1) ÷ eventos", "Beatriz", "Ninguno", "", Decimal("66.67"),
)  # fmt: skip


def test_a_workbooks_activities_and_surveys_become_rows_that_read_back_equal(town: Town) -> None:
    surveys = (Satisfaction("ENC-1", "Charla", 30, 27),)
    new = replace(make_dossier(town.institution.name), activities=(NOTED,), satisfaction=surveys)
    load(town, new)
    found = open_dossier(town.institution, T4)
    assert (found.activities, found.satisfaction) == ((NOTED,), surveys)
    load(town, replace(new, activities=(), satisfaction=()), base=new)
    found = open_dossier(town.institution, T4)
    assert (found.activities, found.satisfaction) == ((), ())


def test_a_workbook_and_the_office_change_the_same_quarter(town: Town) -> None:
    other = replace(NOTED, reference="PA-08", title="Otra")
    base = replace(make_dossier(town.institution.name), activities=(NOTED, other))
    load(town, base)
    row = ActivityFollowUp.objects.of(town.institution).get(reference="PA-07")
    change_record(access=town.access(), row=row, fields={"done": 3})
    # The workbook changes the other one alone: what the office changed stays.
    new = replace(base, activities=(NOTED, replace(other, done=1)))
    assert load(town, new, base=base) == ()
    assert [each.done for each in open_dossier(town.institution, T4).activities] == [3, 1]
    # It changes both: the workbook is taken, and it is told.
    again = replace(base, activities=(replace(NOTED, done=0), replace(other, done=1)))
    assert load(town, again, base=new) == (
        "actividad «Seguimiento»: cambió en la oficina y en el libro; quedó la del libro.",
    )
    assert [each.done for each in open_dossier(town.institution, T4).activities] == [0, 1]


def test_a_workbook_that_drops_what_only_the_plan_asks_for_leaves_it(town: Town, planned: Plan) -> None:
    del planned
    asked = open_dossier(town.institution, T4).activities
    base = replace(make_dossier(town.institution.name), activities=asked)
    load(town, base)
    assert not ActivityFollowUp.objects.of(town.institution).exists()
    load(town, replace(base, activities=()), base=base)
    assert open_dossier(town.institution, T4).activities == asked
    load(town, replace(base, activities=(replace(asked[0], done=36),)), base=base)
    assert [(each.reference, each.done) for each in open_dossier(town.institution, T4).activities] == [
        ("PA-01", 36),
        ("PA-03", None),
    ]
