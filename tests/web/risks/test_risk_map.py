"""The risk map: risks added, valued step by step, controlled in order, changed by two at once, taken off the map."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pregon.records.risk import Risk as RiskValue
from pregon.records.risk import RiskSignal
from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import quarter_of
from pregon_web.risks.models import Risk, RiskControl, Scale
from pregon_web.risks.selectors import risks_of
from pregon_web.risks.services import add_control, add_risk, change_risk, move_control, value_risk_anew
from tests.web.towns import Town

PARTS = {
    "affectation": "reputational",
    "immediate_cause": "publicar información errada",
    "root_cause": "que las piezas salen sin una segunda revisión",
    "owner": "Marcela Ríos",
    "signal": "corrections",
    "since": "2025-T4",
}
TYPED = {**PARTS, "since": quarter_of(timezone.localdate())}
"""As the form is filled today: it offers the last quarters."""
WORDING = (
    "Posibilidad de afectación reputacional por publicar información errada debido a que las piezas salen sin una "
    "segunda revisión."
)
PREVENTIVE = {"description": "Lista de revisión", "kind": "preventive", "execution": "manual"}
DETECTIVE = {"description": "Revisión de lo publicado", "kind": "detective", "execution": "manual"}
CORRECTIVE = {"description": "Aclaración pública", "kind": "corrective", "execution": "manual"}


def make_risk(town: Town, **fields: object) -> Risk:
    return add_risk(access=town.access(), fields={**PARTS, "since": "2025-T1", **fields})


def value(town: Town, risk: Risk, times: int = 600, impact: int = 2) -> Risk:
    fields = {"times_a_year": times, "impact": impact}
    return value_risk_anew(access=town.access(), risk=risk, fields=fields, version=None)


def test_a_risk_is_added_in_its_three_parts_with_the_next_number(editor: Client, town: Town) -> None:
    answer = editor.post(reverse("add_risk"), {**TYPED, "is_active": "on"})
    row = Risk.objects.of(town.institution).get()
    assert (answer.status_code, row.reference, row.wording) == (302, "R1", WORDING)
    editor.post(reverse("add_risk"), {**TYPED, "is_active": "on"})
    assert [row.reference for row in Risk.objects.of(town.institution)] == ["R1", "R2"]
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.after["root_cause"]) == ("create", PARTS["root_cause"])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"root_cause": ""}, "Faltan partes: escriba qué afecta, por qué pasaría y debido a qué."),
        (
            {"root_cause": "", "immediate_cause": "", "affectation": ""},
            "Describa el riesgo: llene las tres partes o copie el texto del mapa.",
        ),
        ({"owner": ""}, "Escriba quién responde por el riesgo."),
        ({"since": "1999-T4"}, "Elija uno de la lista."),
        ({"reference": "r1"}, "Ya hay un riesgo «r1». Escriba otro número."),
    ],
)
def test_what_is_lacking_is_said_and_what_was_typed_stays(
    editor: Client, town: Town, typed: dict[str, str], sentence: str
) -> None:
    make_risk(town)
    answer = editor.post(reverse("add_risk"), {**TYPED, "causes": "Lo mío", **typed})
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, "Lo mío" in page) == (422, True, True)
    assert Risk.objects.of(town.institution).count() == 1


def test_its_value_is_explained_step_by_step(editor: Client, town: Town) -> None:
    risk = value(town, make_risk(town))
    for fields in (PREVENTIVE, CORRECTIVE, DETECTIVE):
        add_control(access=town.access(), risk=risk, fields=fields)
    page = editor.get(reverse("risk", args=[risk.pk])).content.decode().replace("\u00a0", " ")
    # By hand: 600 times a year is Alta, 80 %; Moderado is 60 %. 25 + 15 = 40; 10 + 15 = 25; 15 + 15 = 30.
    assert re.findall(r'class="account">([^<]+)<', page) == [
        "80 % × (1 − 40 %) = 48 %",
        "60 % × (1 − 25 %) = 45 %",
        "48 % × (1 − 30 %) = 33,6 %",
    ]
    assert "Probabilidad Alta, 80 %; impacto Moderado, 60 %" in page
    assert "Probabilidad Baja, 33,6 %; impacto Moderado, 45 %" in page
    assert re.findall(r'class="zone zone-\d">([^<]+)<', page) == ["Riesgo alto", "Riesgo moderado"]


def test_the_order_of_the_controls_is_the_offices_and_is_kept(editor: Client, town: Town) -> None:
    risk = value(town, make_risk(town))
    first = add_control(access=town.access(), risk=risk, fields=PREVENTIVE)
    add_control(access=town.access(), risk=risk, fields=DETECTIVE)
    move_control(access=town.access(), control=first, step=-1)  # the first stays the first
    editor.post(reverse("move_risk_control", args=[risk.pk, first.pk, "bajar"]))
    page = editor.get(reverse("risk", args=[risk.pk])).content.decode().replace("\u00a0", " ")
    # 80 × 0,70 = 56; 56 × 0,60 = 33,6: the same end by another way.
    assert re.findall(r'class="account">([^<]+)<', page) == [
        "80 % × (1 − 30 %) = 56 %",
        "56 % × (1 − 40 %) = 33,6 %",
    ]
    assert editor.post(reverse("move_risk_control", args=[risk.pk, first.pk, "lado"])).status_code == 404


def test_the_report_is_told_the_zones_of_before_and_after(town: Town) -> None:
    risk = value(town, make_risk(town))
    add_control(access=town.access(), risk=risk, fields=PREVENTIVE)
    assert risks_of(town.institution, "2025-T4") == (
        RiskValue("R1", WORDING, "Marcela Ríos", RiskSignal.CORRECTIONS, "Alto", "Moderado"),
    )


def test_a_risk_that_nobody_valued_is_not_in_the_matrix_and_it_is_said(editor: Client, town: Town) -> None:
    make_risk(town)
    page = editor.get(reverse("risks"))
    assert [row.reference for row in page.context["unvalued"]] == ["R1"]
    assert ("dibujo-matriz" in page.content.decode(), page.content.decode().count("sin valorar")) == (False, 3)
    assert risks_of(town.institution, "2025-T4")[0].residual_zone == ""


def test_the_matrix_says_every_place_in_words_and_in_a_table(editor: Client, town: Town) -> None:
    risk = value(town, make_risk(town))
    add_control(access=town.access(), risk=risk, fields=PREVENTIVE)
    page = editor.get(reverse("risks"))
    matrix = page.context["matrix"]
    assert matrix.title == ("Matriz de riesgos: R1 es de riesgo alto antes de los controles y moderado después")
    cells = {(row.name, place): cell for row in matrix.rows for place, cell in enumerate(row.cells)}
    assert (cells["Alta", 2].before, cells["Alta", 2].letter) == (("R1",), "A")
    assert (cells["Media", 2].after, cells["Media", 2].letter) == (("R1",), "M")
    assert sum(len(cell.before) + len(cell.after) for cell in cells.values()) == 2
    assert 'Moderado<span class="block">Después: R1</span>' in page.content.decode()


def test_a_cell_of_many_risks_draws_some_and_counts_the_rest(editor: Client, town: Town) -> None:
    for _ in range(6):
        value(town, make_risk(town))
    matrix = editor.get(reverse("risks")).context["matrix"]
    (cell,) = [cell for row in matrix.rows for cell in row.cells if cell.before]
    # Six before and, without controls, the same six after: three drawn, nine counted.
    assert (len(cell.marks), cell.more, len(cell.before), len(cell.after)) == (3, 9, 6, 6)


def count_queries(client: Client, path: str) -> int:
    """How many queries a page takes, once it has been asked before."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_map_asks_the_database_the_same_however_many_risks(editor: Client, town: Town) -> None:
    add_control(access=town.access(), risk=value(town, make_risk(town)), fields=PREVENTIVE)
    few = count_queries(editor, reverse("risks"))
    for _ in range(29):
        add_control(access=town.access(), risk=value(town, make_risk(town)), fields=PREVENTIVE)
    assert count_queries(editor, reverse("risks")) == few


def test_what_is_taken_away_says_the_zones(editor: Client, town: Town) -> None:
    value(town, make_risk(town, causes="=1+1"))
    taken = editor.get(reverse("export_risks", args=["csv"])).content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(taken), delimiter=";"))
    assert [(line["Número"], line["Otras causas"], line["Zona antes de los controles"]) for line in lines] == [
        ("R1", "'=1+1", "Alto")
    ]
    assert lines[0]["Escala"] == "DAFP, Guía para la administración del riesgo, versión 6"


def test_two_who_change_it_at_once_are_told_and_lose_nothing(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    seen = {**TYPED, "reference": "R1", "is_active": "on", "owner": "Yo", "version": risk.version}
    change_risk(access=town.access(Role.ADMINISTRATOR), risk=risk, fields={"owner": "Otra"}, version=None)
    answer = editor.post(reverse("change_risk", args=[risk.pk]), seen)
    assert (answer.status_code, "<td>Otra</td><td>Yo</td>" in answer.content.decode()) == (422, True)
    saved = editor.post(reverse("change_risk", args=[risk.pk]), {**seen, "version": risk.version + 1})
    risk.refresh_from_db()
    assert (saved.status_code, risk.owner, risk.version) == (302, "Yo", 3)


def test_a_level_may_be_chosen_where_nobody_knows_the_frequency(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    neither = editor.post(reverse("value_risk", args=[risk.pk]), {"impact": "2"})
    assert neither.status_code == 422
    assert "Escriba cuántas veces al año se hace la actividad, o elija la probabilidad." in neither.content.decode()
    answer = editor.post(reverse("value_risk", args=[risk.pk]), {"probability": "3", "impact": "2"})
    risk.refresh_from_db()
    assert (answer.status_code, risk.times_a_year, risk.probability, risk.impact) == (302, None, 3, 2)
    assert risk.scale_id == Scale.objects.of(town.institution).get().pk


def test_the_frequency_is_stronger_than_the_level_that_was_chosen(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    editor.post(reverse("value_risk", args=[risk.pk]), {"times_a_year": "1.000", "probability": "0", "impact": "0"})
    risk.refresh_from_db()
    assert (risk.times_a_year, risk.probability) == (1000, 3)


def test_a_control_is_changed_and_removed_and_the_residual_follows(editor: Client, town: Town) -> None:
    risk = value(town, make_risk(town))
    control = add_control(access=town.access(), risk=risk, fields=PREVENTIVE)
    changed = {**PREVENTIVE, "execution": "automatic", "frequency": "continuous", "version": control.version}
    editor.post(reverse("change_risk_control", args=[risk.pk, control.pk]), changed)
    page = editor.get(reverse("risk", args=[risk.pk])).content.decode().replace("\u00a0", " ")
    assert "80 % × (1 − 50 %) = 40 %" in page
    editor.post(reverse("remove_risk_control", args=[risk.pk, control.pk]), {"reason": "Ya no se hace"})
    assert not RiskControl.objects.of(town.institution).exists()
    assert risks_of(town.institution, "2025-T4")[0].residual_zone == "Alto"


def test_a_risk_that_leaves_the_map_is_in_no_new_report(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    editor.post(reverse("change_risk", args=[risk.pk]), {**TYPED, "reference": "R1", "version": risk.version})
    risk.refresh_from_db()
    assert (risk.is_active, risks_of(town.institution, "2025-T4")) == (False, ())


def test_a_risk_is_in_the_reports_from_its_quarter_on(town: Town) -> None:
    add_risk(access=town.access(), fields=PARTS)
    assert [len(risks_of(town.institution, period)) for period in ("2025-T3", "2025-T4", "2026-T1")] == [0, 1, 1]


def test_one_that_never_was_is_removed_with_its_controls(editor: Client, town: Town) -> None:
    risk = make_risk(town)
    add_control(access=town.access(), risk=risk, fields=PREVENTIVE)
    editor.post(reverse("remove_risk", args=[risk.pk]), {"reason": "Repetido"})
    assert (Risk.objects.of(town.institution).count(), RiskControl.objects.of(town.institution).count()) == (0, 0)
    entries = Entry.objects.of(town.institution).filter(action="delete").order_by("sequence")
    assert [(entry.before["description"], entry.after) for entry in entries] == [
        ("Lista de revisión", {"reason": "Repetido"}),
        ("", {"reason": "Repetido"}),
    ]


def test_who_only_reads_sees_it_and_changes_nothing(client: Client, town: Town) -> None:
    risk = value(town, make_risk(town))
    control = add_control(access=town.access(), risk=risk, fields=PREVENTIVE)
    client.force_login(town.people[Role.REVIEWER])
    page = client.get(reverse("risk", args=[risk.pk])).content.decode()
    assert ("Revaluar" in page, "Historia" in page) == (False, True)
    assert "Guardar los cambios" not in client.get(reverse("risk_control", args=[risk.pk, control.pk])).content.decode()
    for name, rest in (("change_risk", []), ("value_risk", []), ("change_risk_control", [control.pk])):
        assert client.post(reverse(name, args=[risk.pk, *rest])).status_code == 403
