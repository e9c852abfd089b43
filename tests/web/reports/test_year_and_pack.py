"""The report of a year out of its quarters, and the pack of what backs a quarter."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import pregon
from pregon.figures.period import Period
from pregon_web import vault
from pregon_web.ledger.models import Evidence
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import Town

THIRD = Period.quarter(2025, 3)
YEAR = QUARTER.end.year


@pytest.fixture
def recorded(town: Town) -> Town:
    keep_registro(town)
    keep_registro(town, THIRD)
    return town


def text_of(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.usefixtures("recorded")
def test_the_year_adds_its_quarters_and_names_those_it_lacks(editor: Client) -> None:
    page = text_of(editor, reverse("year_report", args=[YEAR]))
    # 134 + 65 + 74 posts a quarter, the same in both.
    assert "Total en redes 273 273 546" in page
    assert "No tiene registros de: primer trimestre de 2025, segundo trimestre de 2025." in page
    assert "No se contradice en nada." in page


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(("asked", "stem"), [("", "informe-anual-2025"), ("?para=concejo", "informe-concejo-2025")])
def test_the_years_file_has_its_name_and_its_figures(editor: Client, tmp_path: Path, asked: str, stem: str) -> None:
    response = editor.get(reverse("download_year_report", args=[YEAR, "html"]) + asked)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{stem}.html"'
    path = tmp_path / "anual.html"
    path.write_bytes(b"".join(response))
    document = pregon.read(path)
    posts = next(row for table in document.tables for row in table.rows if row[0].text == "Facebook")
    assert [cell.text for cell in posts] == ["Facebook", "94", "94", "188"]
    assert [finding.message for finding in pregon.audit(path).findings if finding.severity == "contradiction"] == []


@pytest.mark.usefixtures("recorded")
def test_the_councils_page_says_whom_it_is_for_and_leads_back(editor: Client) -> None:
    page = editor.get(reverse("year_report", args=[YEAR]) + "?para=concejo").content.decode()
    assert "Informar · para el Concejo" in page
    assert f'href="{reverse("year_report", args=[YEAR])}">Ver el de la entidad' in page
    assert f'href="{reverse("download_year_report", args=[YEAR, "docx"])}?para=concejo"' in page


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("address", ["/informe-anual/2019/", "/informe-anual/0/", "/informe-anual/2025/exe/"])
def test_a_year_or_a_format_that_is_not_there(editor: Client, address: str) -> None:
    assert editor.get(address).status_code == 404


@pytest.mark.usefixtures("recorded")
def test_the_report_of_the_quarter_leads_to_both(editor: Client) -> None:
    page = editor.get(reverse("report", args=[str(QUARTER)])).content.decode()
    assert f'href="{reverse("year_report", args=[YEAR])}"' in page
    assert f'href="{reverse("evidence_pack", args=[str(QUARTER)])}"' in page


def prove(town: Town, reference: str, content: bytes | None) -> None:
    """An evidence of the quarter; its file is kept where it has content."""
    digest = sha256(content or b"never came").hexdigest()
    if content is not None:
        vault.write_whole(vault.path_of(town.institution.pk, digest), content)
    Evidence.objects.create(
        institution=town.institution,
        period=str(QUARTER),
        reference=reference,
        title=f"Prueba {reference}",
        file=f"{reference}.pdf",
        sha256=digest,
        section="events",
    )


def test_the_pack_holds_the_files_that_are_kept_and_tells_of_those_that_are_not(
    editor: Client, recorded: Town, neighbour: Town
) -> None:
    prove(recorded, "EV-1", b"lista de asistencia")
    prove(recorded, "EV-2", None)
    prove(neighbour, "EV-3", b"of another institution")
    response = editor.get(reverse("evidence_pack", args=[str(QUARTER)]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="evidencias-2025-T4.zip"'
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response)))
    assert archive.namelist() == ["eventos/EV-1-EV-1.pdf", "indice.html", "indice.csv", "SHA256SUMS"]
    assert archive.read("eventos/EV-1-EV-1.pdf") == b"lista de asistencia"
    rows = list(csv.reader(io.StringIO(archive.read("indice.csv").decode("utf-8-sig")), delimiter=";"))
    assert [(row[0], row[10]) for row in rows[1:]] == [("EV-1", "incluida"), ("EV-2", "falta el archivo")]


def test_a_file_that_comes_later_is_in_the_next_pack(editor: Client, recorded: Town) -> None:
    prove(recorded, "EV-1", None)
    before = b"".join(editor.get(reverse("evidence_pack", args=[str(QUARTER)])))
    digest = sha256(b"never came").hexdigest()
    vault.write_whole(vault.path_of(recorded.institution.pk, digest), b"never came")
    after = b"".join(editor.get(reverse("evidence_pack", args=[str(QUARTER)])))
    assert "eventos/EV-1-EV-1.pdf" not in zipfile.ZipFile(io.BytesIO(before)).namelist()
    assert "eventos/EV-1-EV-1.pdf" in zipfile.ZipFile(io.BytesIO(after)).namelist()


@pytest.mark.usefixtures("recorded")
def test_a_quarter_without_records_has_no_pack(editor: Client) -> None:
    assert editor.get(reverse("evidence_pack", args=["2019-T1"])).status_code == 404
