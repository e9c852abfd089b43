"""Campaigns: listed, found, taken away; recorded with their channels and products, changed by two at once, removed."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Office, Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Channel, PeriodLock, Publication
from pregon_web.programme.models import Campaign, CampaignChannel, Deliverable
from pregon_web.programme.selectors import campaign_facts
from pregon_web.programme.services import save_campaign
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import Town

T4 = str(QUARTER)
NEW = {"title": "Hábleme claro", "reference": "hableme-claro", "aim": "Que se entienda", "start": "2025-10-06"}


@pytest.fixture
def recorded(town: Town) -> Town:
    keep_registro(town)
    return town


def address(name: str, *rest: object) -> str:
    return reverse(name, args=[T4, *rest])


def products(*rows: tuple[str, str, str], known: int = 0) -> dict[str, str]:
    """The rows of the products' table as a browser sends them, with its three empty ones."""
    sent = {"productos-TOTAL_FORMS": str(len(rows) + 3), "productos-INITIAL_FORMS": str(known)}
    for place, (product, promised, delivered) in enumerate((*rows, *[("", "", "")] * 3)):
        sent |= {
            f"productos-{place}-product": product,
            f"productos-{place}-promised": promised,
            f"productos-{place}-delivered": delivered,
        }
    return sent


def keep(town: Town, reference: str, **fields: Any) -> Campaign:
    given = {"period": T4, "reference": reference, "title": f"Campaña {reference}", **fields}
    return save_campaign(access=town.access(), campaign=None, fields=given, channels=[], products=[])


def fill(town: Town, count: int) -> None:
    channel = Channel.objects.of(town.institution).get(code="x")
    for number in range(count):
        given = {"period": T4, "reference": f"c-{number}", "title": f"Prueba {number}"}
        save_campaign(
            access=town.access(), campaign=None, fields=given, channels=[channel], products=[("volantes", 10, None)]
        )


def titles(client: Client, query: str = "") -> list[str]:
    return [row.title for row in client.get(address("campaigns") + query).context["listing"].rows]


def test_the_list_is_searched_filtered_and_sorted(editor: Client, recorded: Town) -> None:
    office = Office.objects.of(recorded.institution).get()
    keep(recorded, "agua", title="El agua es de todos", target_audience="Juntas de acción", office=office)
    keep(recorded, "casa", title="Puertas adentro", is_internal=True)
    assert titles(editor) == ["Código de Integridad", "El agua es de todos", "Puertas adentro"]
    assert titles(editor, "?buscar=juntas") == ["El agua es de todos"]
    assert titles(editor, "?alcance=interna") == ["Puertas adentro"]
    assert titles(editor, f"?dependencia={office.pk}") == ["Código de Integridad", "El agua es de todos"]
    assert titles(editor, "?orden=-campana")[0] == "Puertas adentro"
    assert titles(editor, "?dependencia=hackeo&orden=x") == titles(editor)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_database_the_same_however_much_there_is(
    editor: Client, recorded: Town, count: int, django_assert_num_queries: Any
) -> None:
    fill(recorded, count)
    editor.get(address("campaigns"))
    with django_assert_num_queries(13):
        editor.get(address("campaigns"))


def test_what_is_taken_away_has_products_and_publications_and_no_formula(editor: Client, recorded: Town) -> None:
    fill(recorded, 1)
    row = Campaign.objects.of(recorded.institution).get(reference="c-0")
    Publication.objects.of(recorded.institution).filter(reference__in=["N-1", "N-2"]).update(campaign="c-0")
    save_campaign(
        access=recorded.access(),
        campaign=row,
        fields={"title": "=1+1", "start": date(2025, 10, 6)},
        channels=list(Channel.objects.of(recorded.institution).filter(code__in=["fb", "ig"])),
        products=[("volantes", 10, 8), ("videos", 2, 2)],
    )
    taken = editor.get(address("export_campaigns", "csv") + "?buscar=c-0")
    lines = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";"))
    assert dict(zip(lines[0], lines[1], strict=True)) == {
        "Campaña": "'=1+1",
        "Nombre corto": "c-0",
        "Objetivo": "",
        "Público": "",
        "Dependencia": "",
        "Desde": "2025-10-06",
        "Hasta": "",
        "Canales": "Facebook e Instagram",
        "Productos prometidos": "12",
        "Productos entregados": "10",
        "Publicaciones": "2",
    }
    assert editor.get(address("export_campaigns", "pdf")).status_code == 404


def test_a_figure_that_is_not_known_leaves_no_total(editor: Client, recorded: Town) -> None:
    fill(recorded, 1)
    found = campaign_facts(recorded.access(), T4)["c-0"]
    assert (found.promised, found.delivered) == (10, None)
    page = editor.get(address("campaigns") + "?buscar=c-0").content.decode()
    assert '<span class="no-data">sin dato</span>' in page


def test_one_is_recorded_with_its_channels_its_products_and_its_entry(editor: Client, recorded: Town) -> None:
    first, second = Channel.objects.of(recorded.institution).filter(code__in=["fb", "ig"]).order_by("position")
    typed = {**NEW, "channels": [first.pk, second.pk], **products(("volantes", "1.200", ""), ("videos", "2", "0"))}
    assert editor.post(address("add_campaign"), typed).status_code == 302
    row = Campaign.objects.of(recorded.institution).get(reference="hableme-claro")
    kept = Deliverable.objects.of(recorded.institution).filter(campaign=row)
    assert list(kept.values_list("product", "promised", "delivered")) == [("volantes", 1200, None), ("videos", 2, 0)]
    entry = Entry.objects.of(recorded.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject) == ("create", f"programme.campaign:{row.pk}")
    assert entry.after["channels"] == [first.pk, second.pk]
    assert entry.after["products"] == [["volantes", 1200, None], ["videos", 2, 0]]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Escriba el nombre de la campaña."),
        ({"reference": "C-1"}, "Ya hay una campaña «C-1» en este trimestre. Escriba otro nombre corto."),
        ({"end": "2025-10-05"}, "Termina antes de empezar: desde el 6 de octubre de 2025."),
        ({"channels": "999999"}, "Elija los canales de la lista."),
        (products(("", "3", "")), "Escriba qué producto es."),
        (products(("volantes", "muchos", "")), "«muchos»"),
        ({"productos-TOTAL_FORMS": "x"}, "La tabla de productos no llegó completa."),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    editor: Client, recorded: Town, typed: dict[str, str], sentence: str
) -> None:
    sent = {**NEW, **products(("afiches", "7", "")), **typed}
    answer = editor.post(address("add_campaign"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Que se entienda" in page
    assert Campaign.objects.of(recorded.institution).count() == 1


def test_two_who_change_it_at_once_are_told_also_of_channels_and_products(editor: Client, recorded: Town) -> None:
    row = Campaign.objects.of(recorded.institution).get()
    fields = {"title": "El de otra persona"}
    networks = list(Channel.objects.of(recorded.institution).filter(code="x"))
    save_campaign(
        access=recorded.access(Role.ADMINISTRATOR),
        campaign=row,
        fields=fields,
        channels=networks,
        products=[("volantes", 5, None)],
    )
    mine = {"title": "El mío", "reference": "C-1", "version": row.version, **products(("volantes", "5", "5"))}
    answer = editor.post(address("change_campaign", row.pk), mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<td>El de otra persona</td><td>El mío</td>" in page
    assert "<td>X</td><td>vacío</td>" in page
    assert "<td>volantes: 5 prometidos, sin dato entregados</td><td>volantes: 5 prometidos, 5 entregados</td>" in page
    row.refresh_from_db()
    assert (row.title, row.version) == ("El de otra persona", 2)
    assert editor.post(address("change_campaign", row.pk), {**mine, "version": 2}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.version) == ("El mío", 3)
    assert not CampaignChannel.objects.of(recorded.institution).filter(campaign=row).exists()


def test_what_was_saved_as_it_was_writes_nothing(editor: Client, recorded: Town) -> None:
    by_code = {channel.code: channel for channel in Channel.objects.of(recorded.institution)}
    row = Campaign.objects.of(recorded.institution).get()
    channels = [by_code["x"], by_code["fb"]]  # not the office's order: the campaign has its own
    save_campaign(access=recorded.access(), campaign=row, fields={}, channels=channels, products=[("videos", 2, None)])
    page = editor.get(address("campaign", row.pk))
    sent = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    sent |= {"office": row.office_id, "channels": [by_code["fb"].pk, by_code["x"].pk]}
    del sent["is_internal"]
    before = Entry.objects.of(recorded.institution).count()
    assert editor.post(address("change_campaign", row.pk), {**sent, **products(("videos", "2", ""))}).status_code == 302
    row.refresh_from_db()
    assert (row.version, Entry.objects.of(recorded.institution).count() - before) == (2, 0)


def test_what_names_a_campaign_follows_its_new_short_name(editor: Client, recorded: Town) -> None:
    row = Campaign.objects.of(recorded.institution).get()
    Publication.objects.of(recorded.institution).filter(reference="N-1").update(campaign="C-1")
    sent = {"title": row.title, "reference": "integridad", "version": row.version, **products()}
    assert editor.post(address("change_campaign", row.pk), sent).status_code == 302
    named = Publication.objects.of(recorded.institution).exclude(campaign="")
    assert [(each.reference, each.campaign, each.version) for each in named] == [("N-1", "integridad", 2)]
    page = editor.get(address("campaign", row.pk)).content.decode()
    assert "1 publicación la nombra" in page


def test_a_closed_quarter_takes_nothing(editor: Client, recorded: Town) -> None:
    row = Campaign.objects.of(recorded.institution).get()
    PeriodLock.objects.create(institution=recorded.institution, period=T4)
    changed = editor.post(address("change_campaign", row.pk), {**NEW, **products()})
    assert (changed.status_code, "está cerrado desde el" in changed.content.decode()) == (422, True)
    assert editor.post(address("add_campaign"), {**NEW, **products()}).status_code == 422
    editor.post(address("remove_campaign", row.pk), {"reason": "Sobra"})
    assert list(Campaign.objects.of(recorded.institution).values_list("title", flat=True)) == ["Código de Integridad"]


def test_one_is_removed_and_the_journal_keeps_its_products(editor: Client, recorded: Town) -> None:
    fill(recorded, 1)
    row = Campaign.objects.of(recorded.institution).get(reference="c-0")
    editor.post(address("remove_campaign", row.pk), {"reason": "Era un borrador"})
    assert not Campaign.objects.of(recorded.institution).filter(pk=row.pk).exists()
    entry = Entry.objects.of(recorded.institution).order_by("-sequence")[0]
    assert (entry.action, entry.before["products"], entry.after) == (
        "delete",
        [["volantes", 10, None]],
        {"reason": "Era un borrador"},
    )


def test_who_only_reads_sees_it_and_changes_nothing(client: Client, recorded: Town, neighbour: Town) -> None:
    client.force_login(recorded.people[Role.REVIEWER])
    row = Campaign.objects.of(recorded.institution).get()
    page = client.get(address("campaign", row.pk)).content.decode()
    assert ("Guardar los cambios" in page, "Historia" in page) == (False, True)
    assert client.post(address("change_campaign", row.pk), NEW).status_code == 403
    client.force_login(neighbour.people[Role.EDITOR])
    assert client.get(address("campaign", row.pk)).status_code == 404
    assert client.post(address("remove_campaign", row.pk)).status_code == 404
