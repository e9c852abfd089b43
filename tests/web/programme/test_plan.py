"""The plan and the procedure: written as a draft, approved with a minute, and then followed by another version."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.journal.selectors import verify_chain
from pregon_web.programme.models import Activity, Plan, Procedure
from pregon_web.programme.selectors.plan import is_scheduled, plan_in_force, steps_of
from pregon_web.programme.services import plan as services
from tests.web.programme.plans import add, approve, make_plan
from tests.web.towns import Town

HEAD = {"title": "Plan de comunicaciones", "code": "GC-PLA-01", "dated": "2025-01-20"}
MINUTE = {"approved_on": "2025-01-28", "committee": "Comité de Gestión", "minute": "Acta 01"}
ACTIVITY = {
    "reference": "PA-01",
    "title": "Difundir los mensajes aprobados",
    "unit": "mensajes",
    "fourth_quarter": "36",
    "indicator": "completion",
    "target": "90",
}


def last_entry(town: Town) -> Entry:
    return Entry.objects.of(town.institution).order_by("-sequence")[0]


def test_a_plan_is_written_approved_and_followed_by_another_version(editor: Client, town: Town) -> None:
    typed = {
        **HEAD,
        "fiscal_year": "2025",
        "objectives": "Que la ciudadanía conozca sus derechos\n\n  Informar a tiempo ",
    }
    assert editor.post(reverse("add_plan"), typed).status_code == 302
    plan = Plan.objects.of(town.institution).get()
    assert (plan.edition, plan.is_draft, plan.objectives) == (
        1,
        True,
        ["Que la ciudadanía conozca sus derechos", "Informar a tiempo"],
    )
    sent = {**ACTIVITY, "objective": "Informar a tiempo", "budget": "1.500.000,50"}
    assert editor.post(reverse("add_activity", args=[plan.pk]), sent).status_code == 302
    activity = Activity.objects.of(town.institution).get()
    assert (activity.targets, activity.budget, activity.target) == (
        (None, None, None, 36),
        Decimal("1500000.50"),
        Decimal(90),
    )
    assert editor.post(reverse("approve_plan", args=[plan.pk]), {**MINUTE, "version": 1}).status_code == 302
    assert (last_entry(town).action, last_entry(town).after["minute"]) == ("approve", "Acta 01")
    refused = editor.post(reverse("change_activity", args=[activity.pk]), {**ACTIVITY, "title": "Otra"})
    assert refused.status_code == 422
    assert "La versión 1 está aprobada y no cambia. Haga una versión nueva." in refused.content.decode()
    editor.post(reverse("renew_plan", args=[plan.pk]))
    draft = Plan.objects.of(town.institution).get(edition=2)
    copied = Activity.objects.of(town.institution).get(plan=draft)
    assert (draft.is_draft, draft.objectives, copied.title, copied.fourth_quarter, copied.budget) == (
        True,
        plan.objectives,
        ACTIVITY["title"],
        36,
        Decimal("1500000.50"),
    )
    again = editor.post(reverse("renew_plan", args=[plan.pk]), follow=True).content.decode()
    assert "Ya hay una versión 2 en borrador: siga en ella, o bórrela." in again
    assert Plan.objects.of(town.institution).count() == 2
    assert verify_chain(town.institution).broken is None


def test_a_draft_is_removed_with_its_activities_each_with_its_entry(editor: Client, town: Town) -> None:
    plan = make_plan(town)
    add(town, plan)
    editor.post(reverse("remove_plan", args=[plan.pk]), {"reason": "Era de prueba"})
    assert (Plan.objects.of(town.institution).count(), Activity.objects.of(town.institution).count()) == (0, 0)
    gone = Entry.objects.of(town.institution).filter(action="delete").order_by("sequence")
    assert [(each.subject.split(":")[0], each.after) for each in gone] == [
        ("programme.activity", {"reason": "Era de prueba"}),
        ("programme.plan", {"reason": "Era de prueba"}),
    ]


def test_an_approved_edition_is_not_removed_and_an_empty_one_not_approved(editor: Client, town: Town) -> None:
    plan = make_plan(town)
    empty = editor.post(reverse("approve_plan", args=[plan.pk]), MINUTE)
    assert empty.status_code == 422
    assert "El plan no tiene actividades: agréguelas antes de anotar su aprobación." in empty.content.decode()
    add(town, plan)
    lacking = editor.post(reverse("approve_plan", args=[plan.pk]), {**MINUTE, "minute": ""})
    assert (lacking.status_code, "Escriba el número del acta." in lacking.content.decode()) == (422, True)
    approve(town, plan, date(2025, 1, 28))
    editor.post(reverse("remove_plan", args=[plan.pk]), {"reason": "No"})
    assert Plan.objects.of(town.institution).count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Escriba la actividad."),
        ({"reference": "PA-00"}, "Ya hay una actividad «PA-00» en este plan. Escriba otra referencia."),
        ({"target": "muchos"}, "«muchos» tiene letras. Escriba solo números, por ejemplo 2.100."),
        ({"target": "-3"}, "no cabe aquí: escriba un número desde 0, por ejemplo 90."),
        ({"start": "2025-05-01", "end": "2025-04-01"}, "Termina antes de empezar. Revise las dos fechas."),
        ({"indicator": "formula"}, "Escriba la fórmula, o elija otro indicador."),
        ({"indicator": "formula", "formula": "asistentes ÷"}, "A la fórmula le falta lo que sigue"),
        ({"indicator": "formula", "formula": "2 × 2"}, "La fórmula no nombra ninguna cantidad"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    editor: Client, town: Town, typed: dict[str, str], sentence: str
) -> None:
    plan = make_plan(town)
    add(town, plan, "PA-00")
    answer = editor.post(reverse("add_activity", args=[plan.pk]), {**ACTIVITY, "owner": "Marcela Ríos", **typed})
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, "Marcela Ríos" in page) == (422, True, True)
    assert Activity.objects.of(town.institution).count() == 1


def test_one_plan_a_year_and_only_a_year(editor: Client, town: Town) -> None:
    make_plan(town)
    for year, sentence in (("2025", "Ya hay un plan de 2025."), ("25", "Escriba el año del plan, por ejemplo 2026.")):
        answer = editor.post(reverse("add_plan"), {**HEAD, "fiscal_year": year})
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_two_who_change_an_activity_at_once_are_told(editor: Client, town: Town) -> None:
    plan = make_plan(town)
    row = add(town, plan, fourth_quarter=36)
    fields = {"reference": "PA-01", "title": row.title, "fourth_quarter": 40}
    services.save_activity(access=town.access(), plan=plan, activity=row, fields=fields, version=1)
    answer = editor.post(reverse("change_activity", args=[row.pk]), {**ACTIVITY, "fourth_quarter": "38", "version": 1})
    assert answer.status_code == 422
    assert "<td>40</td><td>38</td>" in answer.content.decode()


def test_the_edition_in_force_is_the_last_approved_by_the_end_of_the_quarter(town: Town) -> None:
    def in_force(period: str) -> int | None:
        found = plan_in_force(town.institution, period)
        return found.edition if found else None

    assert in_force("2025-T1") is None
    first = make_plan(town)
    add(town, first)
    assert in_force("2025-T1") == 1  # a draft, where there is nothing else
    approve(town, first, date(2025, 2, 10))
    second = services.renew_plan(access=town.access(), plan=first)
    assert [in_force(f"2025-T{number}") for number in (1, 2, 3, 4)] == [1, 1, 1, 1]
    approve(town, second, date(2025, 8, 5))
    assert [in_force(f"2025-T{number}") for number in (1, 2, 3, 4)] == [1, 1, 2, 2]
    assert in_force("2026-T1") is None


@pytest.mark.parametrize(
    ("fields", "quarters"),
    [
        ({"first_quarter": 1, "fourth_quarter": 0}, [True, False, False, True]),
        ({}, [True, True, True, True]),
        ({"start": date(2025, 5, 1), "end": date(2025, 7, 1)}, [False, True, True, False]),
        ({"start": date(2025, 9, 30)}, [False, False, True, True]),
    ],
)
def test_an_activity_is_of_the_quarters_that_its_targets_or_dates_say(
    town: Town, fields: dict[str, Any], quarters: list[bool]
) -> None:
    row = add(town, make_plan(town), **fields)
    assert [is_scheduled(row, f"2025-T{number}") for number in (1, 2, 3, 4)] == quarters


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_the_plan_asks_the_same_however_long_it_is(
    editor: Client, town: Town, count: int, django_assert_num_queries: Any
) -> None:
    plan = make_plan(town)
    for number in range(count):
        add(town, plan, f"PA-{number}")
    editor.get(reverse("plan"))
    with django_assert_num_queries(13):
        editor.get(reverse("plan"))


def test_the_steps_of_the_procedure_are_lines_and_the_activities_choose_among_them(editor: Client, town: Town) -> None:
    typed = {
        "title": "Gestión de las comunicaciones",
        "dated": "2025-01-20",
        "steps": "6.1/7 Hacer  seguimiento\n6.2/6",
    }
    refused = editor.post(reverse("add_procedure"), typed)
    assert refused.status_code == 422
    assert "A la línea «6.2/6» le falta lo que pide." in refused.content.decode()
    twice = editor.post(reverse("add_procedure"), {**typed, "steps": "6.1/7 Uno\n6.1/7 Dos"})
    assert "El paso 6.1/7 está dos veces. Déjelo una sola." in twice.content.decode()
    editor.post(reverse("add_procedure"), {**typed, "steps": "6.1/7 Hacer  seguimiento\n\n6.2/6 Evaluar la eficacia"})
    row = Procedure.objects.of(town.institution).get()
    assert row.steps == [["6.1/7", "Hacer seguimiento"], ["6.2/6", "Evaluar la eficacia"]]
    approve(town, row, date(2025, 1, 28))
    draft = services.renew_procedure(access=town.access(), procedure=row)
    services.change_edition(access=town.access(), row=draft, fields={"steps": [["9.9/9", "Otro"]]}, version=None)
    assert steps_of(town.institution) == [("6.1/7", "Hacer seguimiento"), ("6.2/6", "Evaluar la eficacia")]
    plan = make_plan(town)
    page = editor.get(reverse("add_activity", args=[plan.pk])).content.decode()
    assert ("6.2/6 Evaluar la eficacia" in page, "9.9/9" in page) == (True, False)
    assert "<td>Hacer seguimiento</td>" in editor.get(reverse("procedure")).content.decode()


def test_who_only_reads_sees_it_and_changes_nothing(client: Client, town: Town, neighbour: Town) -> None:
    plan = make_plan(town)
    row = add(town, plan)
    client.force_login(town.people[Role.APPROVER])
    page = client.get(reverse("plan_edition", args=[plan.pk])).content.decode()
    assert ("Agregar una actividad" in page, row.title in page) == (False, True)
    assert client.post(reverse("change_activity", args=[row.pk]), ACTIVITY).status_code == 403
    client.force_login(neighbour.people[Role.EDITOR])
    assert client.get(reverse("plan_edition", args=[plan.pk])).status_code == 404
    assert client.get(reverse("activity", args=[row.pk])).status_code == 404
    assert "Todavía no hay plan" in client.get(reverse("plan")).content.decode()
