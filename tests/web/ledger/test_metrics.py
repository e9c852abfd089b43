"""The grid of metrics: what it shows, what is typed in it, and what two people type at once."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.publishing import Method, ObservationStatus
from pregon_web.accounts.models import Role
from pregon_web.ledger.models import Observation
from pregon_web.ledger.selectors import current_rows, observations_of
from pregon_web.ledger.services import record_observations
from tests.web.records import QUARTER, keep_registro, observe
from tests.web.towns import Town

T4 = str(QUARTER)


@pytest.fixture
def recorded(town: Town) -> Town:
    keep_registro(town)
    return town


def open_grid(client: Client) -> dict[str, str]:
    """What the form of the page would send if nobody touched it."""
    page = client.get(reverse("metrics", args=[T4])).content.decode()
    inputs = re.findall(r"<input[^>]*>", page)
    sent = {}
    for each in inputs:
        name, value = re.search(r'name="([^"]*)"', each), re.search(r'value="([^"]*)"', each)
        if name and "/" in name[1]:
            sent[name[1]] = value[1] if value else ""
    return sent


def save(client: Client, sent: dict[str, str]) -> HttpResponse:
    return client.post(reverse("save_metrics", args=[T4]), sent)  # type: ignore[return-value]  # the test client's own


def value_of(town: Town, key: str) -> tuple[str, str]:
    row = current_rows(town.institution, T4)[key]
    return row.status, f"{row.value.normalize():f}" if row.value is not None else ""


def test_every_metric_of_every_channel_has_its_cells(editor: Client, recorded: Town) -> None:
    del recorded
    sent = open_grid(editor)
    assert (sent["sede/visits/2025-10"], sent["fb/posts/2025-11"], sent["ig/views/2025-12"]) == ("34.811", "24", "")
    page = editor.get(reverse("metrics", args=[T4])).content.decode()
    assert "94.196" in page  # 34.811 + 34.326 + 25.059
    assert 'href="/trimestres/2025-T4/publicaciones/?canal=sede&amp;mes=2025-10">3</a>' in page
    assert '<span class="no-data">falta dic</span>' in page
    assert '<span class="not-addable">no sumable</span>' in page


def test_saving_an_untouched_page_writes_nothing(editor: Client, recorded: Town) -> None:
    before = Observation.objects.of(recorded.institution).count()
    assert save(editor, open_grid(editor)).status_code == 302
    assert Observation.objects.of(recorded.institution).count() == before


def test_what_is_typed_is_kept_with_its_reading(editor: Client, recorded: Town) -> None:
    sent = open_grid(editor)
    sent["ig/views/2025-12"] = "28,6 mil"
    sent["ig/reach/2025-10"] = "5.700"
    sent["x/views/2025-10"] = "no aplica"
    sent["sede/visits/2025-12"] = ""
    save(editor, sent)
    assert value_of(recorded, "ig/views/2025-12") == ("value", "28600")
    assert value_of(recorded, "ig/reach/2025-10") == ("value", "5700")
    assert value_of(recorded, "x/views/2025-10") == ("not_applicable", "")
    assert value_of(recorded, "sede/visits/2025-12") == ("no_data", "")
    record = next(
        each
        for each in observations_of(recorded.institution, T4)
        if (each.metric, each.channel, each.period) == ("views", "ig", Period.month(2025, 12))
    )
    assert (record.amount, record.method, record.source) == (
        Amount(Amount.exact(28600).value, ulp=Amount.exact(100).value),
        Method.PANEL,
        "Panel",
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2.1oo", "«2.1oo» tiene letras. Escriba solo números, por ejemplo 2.100."),
        ("34,811", "¿«34,811» es treinta y cuatro mil ochocientos once, o treinta y cuatro con decimales? Elija una."),
        ("-5", "«-5» es menos que cero. Escriba 0 o más."),
    ],
)
def test_a_cell_that_cannot_be_read_keeps_all_from_being_saved(
    editor: Client, recorded: Town, typed: str, sentence: str
) -> None:
    sent = open_grid(editor)
    sent["ig/reach/2025-12"] = typed
    sent["ig/views/2025-12"] = "28.664"
    answer = save(editor, sent)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, 'value="28.664"' in page) == (422, True, True)
    assert value_of(recorded, "ig/views/2025-12") == ("no_data", "")


def test_two_who_type_at_once_are_told_and_what_one_did_not_touch_stays(editor: Client, recorded: Town) -> None:
    sent = open_grid(editor)
    other = recorded.access(Role.ADMINISTRATOR)
    changed = [
        *observe("visits", "sede", QUARTER, (1, 2, 25059)),
        *observe("views", "ig", QUARTER, (44600, 39300, 1830)),
    ]
    record_observations(access=other, period=T4, observations=changed)
    sent["ig/views/2025-12"] = "1.380"
    answer = save(editor, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (
        "Instagram, Visualizaciones, diciembre</a>: Administra de Personería Municipal de Peñaclara puso 1.830" in page
    )
    assert "Usted escribió 1.380." in page
    assert value_of(recorded, "ig/views/2025-12") == ("value", "1830")
    again = open_grid(editor) | {"ig/views/2025-12": "1.380"}
    save(editor, again)
    assert value_of(recorded, "ig/views/2025-12") == ("value", "1380")
    assert value_of(recorded, "sede/visits/2025-10") == ("value", "1")  # untouched here: the other's figure stays


def test_a_figure_opens_where_it_comes_from_and_what_it_said(editor: Client, recorded: Town) -> None:
    where = [T4, "sede", "visits", "2025-10"]
    form = {"figure": "34.812", "method": "export", "source": "Matomo", "reason": "Matomo lo corrigió"}
    assert editor.post(reverse("change_measure", args=where), form).status_code == 302
    page = editor.get(reverse("measure", args=where)).content.decode()
    assert page.index("34.812") < page.index("34.811")
    assert "Matomo lo corrigió" in page
    assert value_of(recorded, "sede/visits/2025-10") == (ObservationStatus.VALUE, "34812")


@pytest.mark.parametrize(
    "where",
    [
        ["sede", "visits", "2025-09"],
        ["sede", "magia", "2025-10"],
        ["otro", "visits", "2025-10"],
        ["sede", "visits", "ayer"],
    ],
)
def test_a_cell_that_does_not_exist_is_not_found(editor: Client, recorded: Town, where: list[str]) -> None:
    del recorded
    assert editor.get(reverse("measure", args=[T4, *where])).status_code == 404


def test_who_only_reads_has_no_cells_to_type_in(client: Client, recorded: Town) -> None:
    client.force_login(recorded.people[Role.REVIEWER])
    assert open_grid(client) == {}
    assert save(client, {"sede/visits/2025-10": "1"}).status_code == 403
