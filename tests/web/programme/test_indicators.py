"""Indicators: worked out of the records of a quarter, told by their ranges, «no medible» with what they need."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.services import add_records
from pregon_web.programme.models import Event, IndicatorCard
from pregon_web.programme.readings import read_card, tell_ranges
from pregon_web.programme.selectors.plan import activities_of, programme_dossier
from pregon_web.programme.services import plan as services
from pregon_web.workflow.models import State
from tests.web.programme.plans import add, approve, make_plan
from tests.web.records import QUARTER
from tests.web.towns import Town
from tests.web.workflow.asking import ask, bring

T4, T3 = str(QUARTER), str(QUARTER.previous)
CALL = "asistentes ÷ convocados × 100"
TIMELY = "solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100"
NEW = {
    "name": "Convocatoria",
    "formula": CALL,
    "unit": "%",
    "sense": "at_least",
    "target": "80",
    "frequency": "quarterly",
}


def keep(town: Town, **fields: Any) -> IndicatorCard:
    told = {"name": "Convocatoria", "formula": CALL, "target": Decimal(80), **fields}
    return services.save_card(access=town.access(), card=None, fields=told)


def hold(town: Town, *counts: tuple[int | None, int | None], period: str = T4, month: int = 11) -> None:
    rows = [
        Event(
            period=period, reference=f"E-{n}", day=date(2025, month, 1 + n), title=f"Taller {n}", called=c, attended=a
        )
        for n, (c, a) in enumerate(counts)
    ]
    add_records(access=town.access(), rows=rows)


def reading(town: Town, card: IndicatorCard, period: str = T4) -> tuple[str, str, str]:
    found = read_card(card, programme_dossier(town.institution, period))
    return found.word, found.printed, found.told


def test_a_result_with_both_its_terms_and_the_quarter_before_beside_it(editor: Client, town: Town) -> None:
    card = keep(town)
    hold(town, (60, 45), (40, 38), (10, None))
    hold(town, (50, 20), period=T3, month=8)
    assert reading(town, card) == (
        "Satisfactorio",
        "83,0\N{NO-BREAK SPACE}%",
        "La meta es 80\N{NO-BREAK SPACE}% o más.",
    )
    page = editor.get(reverse("indicator", args=[card.pk]) + f"?trimestre={T4}").content.decode()
    assert "Numerador: 83" in page
    assert "Denominador: 100" in page
    assert "personas que asistieron ÷ personas convocadas × 100" in page
    assert "40,0\N{NO-BREAK SPACE}%, crítico" in page
    assert f'<a href="{reverse("events", args=[T4])}?buscar=E-0">Taller 0</a>' in page
    assert "Taller 2" not in page  # without its attendance it is in no term
    listed = editor.get(reverse("indicators") + f"?trimestre={T4}").content.decode()
    assert ("83,0\N{NO-BREAK SPACE}%" in listed, "40,0\N{NO-BREAK SPACE}%" in listed) == (True, True)


@pytest.mark.parametrize(
    ("fields", "word", "told"),
    [
        (
            {},
            "no medible",
            (
                "Faltan los datos de «personas que asistieron» y «personas convocadas»: "
                "anote en cada evento los convocados y los asistentes."
            ),
        ),
        (
            {"formula": "eventos", "unit": "eventos", "target": None},
            "no medible",
            "La cuenta da 2 eventos, pero falta la meta con qué compararla: escríbala en la ficha.",
        ),
        (
            {"formula": "eventos ÷ solicitudes_con_fecha"},
            "no medible",
            (
                "Falta el dato de «solicitudes con fecha»: registre las solicitudes con el día en que se pidieron y se "
                "entregaron."
            ),
        ),
    ],
)
def test_what_cannot_be_measured_says_what_it_needs(
    editor: Client, town: Town, fields: dict[str, Any], word: str, told: str
) -> None:
    card = keep(town, **fields)
    hold(town, (60, None), (None, 38))
    found = reading(town, card)
    assert (found[0], found[2].replace("\N{NO-BREAK SPACE}", " ")) == (word, told)
    page = editor.get(reverse("indicators") + f"?trimestre={T4}").content.decode()
    assert '<span class="no-data">no medible</span>' in page


@pytest.mark.parametrize(
    ("sense", "target", "tolerable", "attended", "word"),
    [
        ("at_least", 80, 60, 80, "Satisfactorio"),
        ("at_least", 80, 60, 79, "Aceptable"),
        ("at_least", 80, 60, 59, "Crítico"),
        ("at_least", 80, None, 79, "Crítico"),
        ("at_most", 2, 5, 2, "Satisfactorio"),
        ("at_most", 2, 5, 5, "Aceptable"),
        ("at_most", 2, 5, 6, "Crítico"),
    ],
)
def test_the_ranges_at_their_edges(
    town: Town, sense: str, target: int, tolerable: int | None, attended: int, word: str
) -> None:
    limit = None if tolerable is None else Decimal(tolerable)
    card = keep(town, sense=sense, target=Decimal(target), tolerable=limit)
    hold(town, (100, attended))
    assert reading(town, card)[0] == word


def test_the_ranges_are_told_in_words() -> None:
    card = IndicatorCard(target=Decimal(95), tolerable=Decimal("85.5"), unit="%")
    plain = [(word, told.replace("\N{NO-BREAK SPACE}", " ")) for word, told in tell_ranges(card)]
    assert plain == [
        ("Satisfactorio", "95 % o más"),
        ("Aceptable", "menos de 95 %, hasta 85,5 %"),
        ("Crítico", "menos de 85,5 %"),
    ]
    days = IndicatorCard(target=Decimal(3), unit="días hábiles", sense=IndicatorCard.Sense.AT_MOST)
    plain = [(word, told.replace("\N{NO-BREAK SPACE}", " ")) for word, told in tell_ranges(days)]
    assert plain == [("Satisfactorio", "3 días hábiles o menos"), ("Crítico", "más de 3 días hábiles")]


def test_one_delivery_moves_the_indicator_by_exactly_that_one(town: Town) -> None:
    card = keep(town, name="Oportunidad", formula=TIMELY, target=Decimal(95))

    def deliver(title: str, on: date) -> None:
        request = ask(town, title, on=date(2025, 11, 4))  # three business days: due on 7 November
        bring(
            town,
            request,
            *((state, on) for state in (State.IN_PROGRESS, State.IN_REVIEW, State.APPROVED, State.DELIVERED)),
        )

    deliver("Uno", date(2025, 11, 5))
    deliver("Tarde", date(2025, 12, 19))
    before = read_card(card, programme_dossier(town.institution, T4)).indicator
    deliver("Otro a tiempo", date(2025, 11, 5))
    after = read_card(card, programme_dossier(town.institution, T4)).indicator
    terms = [
        (each.numerator.value, each.denominator.value)
        for each in (before, after)
        if each.numerator is not None and each.denominator is not None
    ]
    assert terms == [(Decimal(1), Decimal(2)), (Decimal(2), Decimal(3))]
    assert after.result is not None
    assert after.result.value == Decimal("66.7")
    assert len(set(after.sources) - set(before.sources)) == 1


def test_a_card_is_written_and_a_formula_is_tried_without_saving_it(editor: Client, town: Town) -> None:
    hold(town, (60, 45))
    tried = editor.post(reverse("add_indicator") + f"?trimestre={T4}", {**NEW, "name": "", "probar": "1"})
    page = tried.content.decode()
    assert tried.status_code == 200
    assert "En el cuarto trimestre de 2025 esa fórmula da 75,0\N{NO-BREAK SPACE}%" in page
    assert "Crítico. La meta es 80\N{NO-BREAK SPACE}% o más." in page
    assert "Escriba el nombre del indicador." not in page
    assert not IndicatorCard.objects.of(town.institution).exists()
    assert editor.post(reverse("add_indicator"), {**NEW, "tolerable": "70,5"}).status_code == 302
    row = IndicatorCard.objects.of(town.institution).get()
    assert (row.formula, row.target, row.tolerable) == (CALL, Decimal(80), Decimal("70.5"))
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject) == ("create", f"programme.indicatorcard:{row.pk}")


@pytest.mark.parametrize(
    ("formula", "marked", "sentence"),
    [
        ("asistentes ÷ convocadas × 100", "convocadas", "«convocadas» no está en la lista. ¿Quiso decir «convocados»?"),
        ("(asistentes ÷ convocados", "(", "Este paréntesis se abre y no se cierra."),
        ("asistentes ÷", "▁", "A la fórmula le falta lo que sigue: una cantidad de la lista o un número."),
        ("asistentes <b> 1", "&lt;", "«&lt;» no se usa en una fórmula. Use + − × ÷ y paréntesis."),
    ],
)
def test_a_formula_that_cannot_be_read_is_marked_at_its_place(
    editor: Client, town: Town, formula: str, marked: str, sentence: str
) -> None:
    answer = editor.post(reverse("add_indicator"), {**NEW, "formula": formula})
    page = answer.content.decode()
    assert (answer.status_code, f"<mark>{marked}</mark>" in page, sentence in page) == (422, True, True)
    assert not IndicatorCard.objects.of(town.institution).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "  convocatoria "}, "Ya hay un indicador «convocatoria»."),
        ({"formula": ""}, "Escriba la fórmula."),
        ({"name": "Otro", "tolerable": "85"}, "Lo aceptable tiene que ser menor que la meta."),
        ({"name": "Otro", "tolerable": "3", "target": "5", "sense": "at_most"}, "tiene que ser mayor que la meta."),
        ({"name": "Otro", "target": "", "tolerable": "3"}, "Escriba primero la meta."),
        ({"name": "Otro", "formula": "100 ÷ 3"}, "La fórmula no nombra ninguna cantidad: elija al menos una"),
    ],
)
def test_what_cannot_be_taken_is_said(editor: Client, town: Town, typed: dict[str, str], sentence: str) -> None:
    keep(town)
    answer = editor.post(reverse("add_indicator"), {**NEW, **typed})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_the_catalogue_is_offered_with_what_each_quantity_is_now(editor: Client, town: Town) -> None:
    hold(town, (60, 45))
    groups = dict(editor.get(reverse("add_indicator") + f"?trimestre={T4}").context["catalogue"])
    offered = {each.code: each.value for group in groups.values() for each in group}
    assert (offered["convocados"], offered["eventos"], offered["solicitudes_recibidas"]) == ("60", "1", "")
    assert "visitas_sede" not in offered  # nobody measures them here


def test_the_cards_are_taken_away_with_their_results(editor: Client, town: Town) -> None:
    keep(town, owner="=1+1", tolerable=Decimal(60))
    hold(town, (60, 45))
    taken = editor.get(reverse("export_indicators", args=["csv"]) + f"?trimestre={T4}")
    lines = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";"))
    row = dict(zip(lines[0], lines[1], strict=True))
    assert [row[name].replace("\N{NO-BREAK SPACE}", " ") for name in (
        "Indicador", "Fórmula", "Numerador", "Denominador", "Resultado, cuarto trimestre de 2025", "Lectura", "Meta",
        "Aceptable hasta", "Quién responde", "Resultado, tercer trimestre de 2025",
    )] == [
        "Convocatoria", "personas que asistieron ÷ personas convocadas × 100", "45", "60", "75,0 %", "Aceptable",
        "80 % o más", "60", "'=1+1", "",
    ]  # fmt: skip
    assert editor.get(reverse("export_indicators", args=["xlsx"])).content[:2] == b"PK"


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_database_the_same_however_many_there_are(
    editor: Client, town: Town, count: int, django_assert_num_queries: Any
) -> None:
    rows = [IndicatorCard(name=f"Indicador {number}", formula=CALL) for number in range(count)]
    add_records(access=town.access(), rows=rows)
    address = reverse("indicators") + f"?trimestre={T4}"
    editor.get(address)
    with django_assert_num_queries(37):
        editor.get(address)


def test_a_quarter_that_is_none_is_as_if_nothing_was_asked(editor: Client, town: Town) -> None:
    hold(town, (60, 45))
    for asked in ("", "?trimestre=2025-11", "?trimestre=x", "?trimestre=2025-T9"):
        assert editor.get(reverse("indicators") + asked).context["quarter"] == T4


def test_a_card_measures_the_activity_that_has_no_indicator_of_its_own(town: Town) -> None:
    plan = make_plan(town)
    add(town, plan, "PA-01", indicator="none", target=None)
    approve(town, plan, date(2025, 1, 28))
    keep(town, activity="PA-01")
    (told,) = activities_of(town.institution, T4)
    assert (str(told.indicator), told.formula, told.target) == ("formula", CALL, Decimal(80))


def test_two_who_change_a_card_are_told_and_who_reads_changes_nothing(
    client: Client, town: Town, neighbour: Town
) -> None:
    card = keep(town)
    services.save_card(access=town.access(), card=card, fields={"name": card.name, "owner": "Carlos"}, version=1)
    client.force_login(town.people[Role.EDITOR])
    answer = client.post(reverse("change_indicator", args=[card.pk]), {**NEW, "owner": "Marcela", "version": 1})
    assert (answer.status_code, "<td>Carlos</td><td>Marcela</td>" in answer.content.decode()) == (422, True)
    client.force_login(town.people[Role.REVIEWER])
    page = client.get(reverse("indicator", args=[card.pk])).content.decode()
    assert ("Guardar los cambios" in page, "Probar la fórmula" in page, "Historia" in page) == (False, False, True)
    assert client.post(reverse("change_indicator", args=[card.pk]), NEW).status_code == 403
    client.force_login(neighbour.people[Role.EDITOR])
    assert client.get(reverse("indicator", args=[card.pk])).status_code == 404
