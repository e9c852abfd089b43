"""Evidence: kept by its content, once, within its room; handed over and never shown; its link looked at; where used."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django.fixtures import Settings

from pregon.figures.metric import metric
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.evidence import print_size
from pregon_web.ledger.models import Channel, Evidence, Observation, PeriodLock, Publication
from pregon_web.ledger.services import add_records, change_record
from tests.web.ledger.furniture import furnish
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import Town

T4 = str(QUARTER)


@pytest.fixture
def recorded(town: Town) -> Town:
    keep_registro(town)
    return town


def address(name: str, *rest: object) -> str:
    return reverse(name, args=[T4, *rest])


def picture(colour: str = "navy", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, form)
    return out.getvalue()


def add(client: Client, content: bytes | None = None, name: str = "captura.png", query: str = "", **typed: str) -> str:
    """Add one as a person does; answers the words of the page that follows."""
    fields: dict[str, object] = {"title": "Panel de Instagram, diciembre", **typed}
    if content is not None:
        fields["document"] = SimpleUploadedFile(name, content)
    answer = client.post(address("add_evidence") + query, fields, follow=True)
    return words(answer.content.decode())


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&nbsp;", " ").split())


def only(town: Town) -> Evidence:
    return Evidence.objects.of(town.institution).get()


def last_entry(town: Town) -> Entry:
    return Entry.objects.of(town.institution).order_by("-sequence")[0]


def test_a_file_is_kept_with_its_hash_its_number_and_its_entry(editor: Client, recorded: Town) -> None:
    channel = Channel.objects.of(recorded.institution).get(code="ig")
    told = add(
        editor,
        picture(),
        section="platform_statistics",
        channel=str(channel.pk),
        month="2025-12",
        dated="2026-01-02",
        series="Informes de gestión",
    )
    assert "Se guardó EV-2025-001: «Panel de Instagram, diciembre»." in told
    row = only(recorded)
    sha256 = hashlib.sha256(picture()).hexdigest()
    assert (row.sha256, row.size, row.content_type, row.is_stored) == (sha256, len(picture()), "image/png", True)
    assert (row.section, row.channel_id, row.month, row.dated) == (
        "platform_statistics",
        channel.pk,
        "2025-12",
        date(2026, 1, 2),
    )
    assert vault.path_of(recorded.institution.pk, sha256).read_bytes() == picture()
    assert (last_entry(recorded).action, last_entry(recorded).subject) == ("create", f"ledger.evidence:{row.pk}")


def test_a_capture_stands_in_the_report_s_table_of_captures(editor: Client, recorded: Town) -> None:
    channel = Channel.objects.of(recorded.institution).get(code="ig")
    add(editor, picture(), section="platform_statistics", channel=str(channel.pk), month="2025-12")
    page = editor.get(reverse("report", args=[T4])).content.decode()
    table = page[page.index("Capturas de las estadísticas por red y mes") :]
    assert "EV-2025-001" in table[: table.index("</table>")]
    row = only(recorded)
    report = reverse("report", args=[T4])
    assert (
        f'<a href="{report}#s-platform-statistics">' in editor.get(address("evidence_record", row.pk)).content.decode()
    )
    listed = editor.get(reverse("evidence", args=[T4])).content.decode()
    assert ("En uso" in listed, "Sin usar" in listed) == (True, False)


@pytest.mark.usefixtures("recorded")
def test_what_a_name_says_proves_nothing(editor: Client, town: Town) -> None:
    told = add(editor, b"<!doctype html><script>alert(1)</script>", "captura.png")
    assert "«captura.png» es una página web o un dibujo SVG" in told
    assert Evidence.objects.of(town.institution).count() == 0
    assert add(editor, b"MZ\x90\x00" + bytes(100), "informe.pdf").count("es un programa y no se guarda") == 1
    assert "Elija un archivo o escriba un enlace" in add(editor)
    assert not Evidence.objects.of(town.institution).exists()


@pytest.mark.usefixtures("recorded")
def test_the_same_content_is_kept_once_and_said(editor: Client, town: Town) -> None:
    add(editor, picture())
    assert "Ya está guardado como EV-2025-001: «Panel de Instagram, diciembre». Use esa evidencia." in add(
        editor, picture(), "otro nombre.png"
    )
    assert Evidence.objects.of(town.institution).count() == 1
    keep_registro(town, QUARTER.previous)
    typed = {"title": "La misma", "document": SimpleUploadedFile("x.png", picture())}
    answer = editor.post(reverse("add_evidence", args=[str(QUARTER.previous)]), typed, follow=True)
    assert "El mismo archivo está también en 2025-T4 como EV-2025-001." in words(answer.content.decode())
    assert {row.reference for row in Evidence.objects.of(town.institution)} == {"EV-2025-001", "EV-2025-002"}


@pytest.mark.usefixtures("recorded")
def test_the_room_of_an_institution_is_told_when_near_and_refuses_when_full(
    editor: Client, town: Town, settings: Settings
) -> None:
    settings.EVIDENCE_QUOTA_MB = 1
    text = b"Mes;Vistas\n" * 80_000
    add(editor, text, "vistas.csv")
    assert "Las evidencias ocupan 860 KB de 1 MB" in words(editor.get(address("evidence")).content.decode())
    assert "y no cabe: las evidencias ocupan 860 KB de 1 MB. Pida más espacio" in add(editor, b"x" + text, "mas.csv")
    assert Evidence.objects.of(town.institution).count() == 1


def test_sizes_are_printed_as_people_compare_them() -> None:
    printed = [print_size(size) for size in (1, 2048, 1_572_864, 20 * 1024**2, 5 * 1024**3, 1_825_361_101)]
    assert printed == ["1 KB", "2 KB", "1,5 MB", "20 MB", "5 GB", "1,7 GB"]


@pytest.mark.usefixtures("recorded")
def test_a_file_is_handed_over_and_never_shown(editor: Client, town: Town) -> None:
    add(editor, b"Mes;Vistas\n1;2\n", "tabla.html")
    answer = editor.get(address("download_evidence", only(town).pk))
    assert b"".join(answer) == b"Mes;Vistas\n1;2\n"
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tabla.html.txt"'


@pytest.mark.usefixtures("recorded")
def test_the_picture_shown_is_ours_and_a_damaged_one_has_none(editor: Client, town: Town) -> None:
    add(editor, picture(form="JPEG"))
    row = only(town)
    shown = editor.get(address("preview_evidence", row.pk))
    content = b"".join(shown)
    assert (shown.headers["Content-Type"], content[:4]) == ("image/png", b"\x89PNG")
    assert address("preview_evidence", row.pk) in editor.get(address("evidence_record", row.pk)).content.decode()
    add(editor, b"\x89PNG\r\n\x1a\n" + bytes(50), "rota.png")
    broken = Evidence.objects.of(town.institution).get(file="rota.png")
    assert editor.get(address("preview_evidence", broken.pk)).status_code == 404
    assert "<img" not in editor.get(address("evidence_record", broken.pk)).content.decode()


def test_the_list_is_searched_filtered_and_taken_away(editor: Client, recorded: Town) -> None:
    add(editor, picture(), section="platform_statistics", month="2025-12")
    add(editor, b"Mes;Vistas\n", "vistas.csv", title="=Vistas", month="2025-11")
    add(editor, link="https://example.com/nota", title="Nota de prensa")

    def found(query: str) -> list[str]:
        return [row.reference for row in editor.get(address("evidence") + query).context["listing"].rows]

    assert found("") == ["EV-2025-001", "EV-2025-002", "EV-2025-003"]
    assert found("?mes=2025-12") == ["EV-2025-001"]
    assert found("?seccion=platform_statistics") == ["EV-2025-001"]
    assert [found(f"?tipo={kind}") for kind in ("imagen", "otro", "enlace", "pdf")] == [
        ["EV-2025-001"],
        ["EV-2025-002"],
        ["EV-2025-003"],
        [],
    ]
    assert found("?buscar=prensa") == ["EV-2025-003"]
    taken = editor.get(address("export_evidence", "csv")).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(taken), delimiter=";"))
    assert lines[2][:3] == ["'=Vistas", "EV-2025-002", "tabla CSV o texto"]
    assert lines[1][7] == only_hash(recorded)


def only_hash(town: Town) -> str:
    return Evidence.objects.of(town.institution).get(reference="EV-2025-001").sha256


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_asks_the_database_the_same_however_much_there_is(
    editor: Client, recorded: Town, count: int, django_assert_num_queries: object
) -> None:
    channel = Channel.objects.of(recorded.institution).get(code="x")
    rows = [
        Evidence(period=T4, reference=f"EV-{number}", title=f"Prueba {number}", link="https://x.co", channel=channel)
        for number in range(count)
    ]
    add_records(access=recorded.access(), rows=rows)
    editor.get(address("evidence"))
    with django_assert_num_queries(20):  # type: ignore[operator]  # pytest-django's own
        editor.get(address("evidence"))


def test_a_file_that_was_only_named_is_kept_if_it_is_that_very_one(editor: Client, recorded: Town) -> None:
    sha256 = hashlib.sha256(picture()).hexdigest()
    row = Evidence(period=T4, reference="EV-2025-041", title="Del registro", file="captura.png", sha256=sha256)
    add_records(access=recorded.access(), rows=[row])
    row = only(recorded)

    def bring(content: bytes) -> str:
        data = {"document": SimpleUploadedFile("captura.png", content)}
        return words(editor.post(address("attach_evidence", row.pk), data, follow=True).content.decode())

    assert "ya está anotado como EV-2025-041, sin guardar" in add(editor, picture())
    assert "no es el archivo que se anotó en EV-2025-041: su huella es otra." in bring(picture("red"))
    assert "El archivo de EV-2025-041 quedó guardado." in bring(picture())
    assert "ya tiene su archivo guardado" in bring(picture())
    assert (only(recorded).is_stored, last_entry(recorded).action) == (True, "attach")
    data = {"document": ""}
    assert "Elija un archivo." in words(
        editor.post(address("attach_evidence", row.pk), data, follow=True).content.decode()
    )


def test_a_link_is_looked_at_and_what_it_said_is_kept_also_after_closing(
    editor: Client, recorded: Town, settings: Settings, site: tuple[str, list[str]]
) -> None:
    add(editor, link=f"{site[0]}/va")
    row = only(recorded)

    def check() -> str:
        return words(editor.post(address("check_evidence", row.pk), follow=True).content.decode())

    assert "Enlace revisado: Es una dirección interna: no se revisa." in check()
    settings.LINK_CHECK_LOOPBACK = True
    PeriodLock.objects.create(institution=recorded.institution, period=T4)
    assert "Enlace revisado: Responde." in check()
    kept = only(recorded)
    assert (kept.check_result, kept.checked_at is not None, last_entry(recorded).action) == ("Responde", True, "check")


def test_where_it_is_used_is_listed_and_holds_it(editor: Client, town: Town) -> None:
    own = furnish(town, "ALGUNO")
    row = Evidence.objects.of(town.institution).get()
    page = editor.get(address("evidence_record", row.pk)).content.decode()
    publication = Publication.objects.of(town.institution).get()
    assert reverse("publication", args=[T4, publication.pk]) in page
    assert reverse("measure", args=[T4, own["channel"], "views", "2025-11"]) in page
    assert "1 publicación Publicación ALGUNO" in words(page)
    assert f"1 medición {metric('views').name}, Canal ALGUNO, 2025-11" in words(page)
    refused = editor.post(address("remove_evidence", row.pk), {"reason": "x"}, follow=True)
    assert "No se puede borrar" in words(refused.content.decode())


@pytest.mark.usefixtures("recorded")
def test_who_adds_one_from_a_record_comes_back_with_it_chosen(editor: Client, recorded: Town) -> None:
    row = Publication.objects.of(recorded.institution).order_by("pk")[0]
    own = address("publication", row.pk)
    assert f"{address('add_evidence')}?section=social_posts&amp;channel=sede&amp;volver={own}" in (
        editor.get(own).content.decode()
    )
    answer = editor.post(
        f"{address('add_evidence')}?volver={own}", {"title": "Captura", "link": "https://example.com"}, follow=True
    )
    evidence = only(recorded)
    assert answer.redirect_chain == [(f"{own}?evidencia={evidence.pk}", 302)]
    assert f'<option value="{evidence.pk}" selected>' in answer.content.decode()
    away = editor.post(
        f"{address('add_evidence')}?volver=//malo.example/", {"title": "Otra", "link": "https://example.com"}
    )
    assert away.headers["Location"].startswith("/trimestres/2025-T4/evidencias/")
    measure = reverse("measure", args=[T4, "ig", "views", "2025-12"])
    assert (
        f'<option value="{evidence.pk}" selected>' in editor.get(f"{measure}?evidencia={evidence.pk}").content.decode()
    )


@pytest.mark.usefixtures("recorded")
def test_it_is_changed_once_collides_and_stays_in_a_closed_quarter(editor: Client, town: Town) -> None:
    add(editor, link="https://example.com/a")
    row = only(town)
    change_record(access=town.access(), row=row, fields={"check_result": "Responde"})
    typed = {"title": "Nueva", "link": "https://example.com/b", "version": "2"}
    assert editor.post(address("change_evidence", row.pk), typed).status_code == 302
    assert (only(town).title, only(town).check_result) == ("Nueva", "")
    collided = editor.post(address("change_evidence", row.pk), {**typed, "title": "Mía"})
    assert (collided.status_code, "cambió este registro" in collided.content.decode()) == (422, True)
    assert editor.post(address("change_evidence", row.pk), {"title": "x", "version": "3"}).status_code == 422
    PeriodLock.objects.create(institution=town.institution, period=T4)
    closed = editor.post(address("change_evidence", row.pk), {**typed, "title": "Tarde", "version": "3"})
    assert "está cerrado desde el" in closed.content.decode()
    assert "está cerrado desde el" in add(editor, picture())
    assert only(town).title == "Nueva"


def test_only_who_writes_writes_and_others_rows_are_not_there(client: Client, town: Town, neighbour: Town) -> None:
    furnish(town, "PROPIO")
    furnish(neighbour, "AJENO")
    foreign = Evidence.objects.of(neighbour.institution).get().pk
    client.force_login(town.people[Role.REVIEWER])
    assert client.get(address("evidence")).status_code == 200
    assert client.post(address("add_evidence"), {"title": "x"}).status_code == 403
    assert [
        client.get(address(name, foreign)).status_code
        for name in ("evidence_record", "download_evidence", "preview_evidence")
    ] == [404, 404, 404]
    assert Observation.objects.of(town.institution).count() == 1
