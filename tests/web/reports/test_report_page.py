"""The report's preview, its own audit, and its four files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

import pregon
from pregon.audit.runner import audit_document
from pregon_web.reports import services
from tests.web.records import QUARTER, keep_registro, make_dossier
from tests.web.towns import Town

T4 = str(QUARTER)
PENACLARA = "Personería Municipal de Peñaclara"


@pytest.fixture
def recorded(town: Town) -> Town:
    keep_registro(town)
    return town


def fetch(client: Client, suffix: str) -> tuple[bytes, str, str]:
    response = client.get(reverse("download_report", args=[T4, suffix]))
    content = b"".join(response)
    return content, response.headers["Content-Type"], response.headers["Content-Disposition"]


@pytest.mark.usefixtures("recorded")
def test_the_preview_is_the_composed_report(editor: Client) -> None:
    page = editor.get(reverse("report", args=[T4])).content.decode()
    text = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "Informe del cuarto trimestre de 2025" in text
    assert "273 publicaciones en redes sociales: 94 en Facebook, 89 en Instagram y 90 en X." in text
    assert page.count('<article class="paper"') == 1
    assert (" style=" in page, "<style" in page, "<script" in page) == (False, False, False)


@pytest.mark.usefixtures("recorded")
def test_its_own_audit_stands_beside_it(editor: Client) -> None:
    page = editor.get(reverse("report", args=[T4])).content.decode()
    document = pregon.compose(make_dossier(PENACLARA))
    result = audit_document(document)
    contradictions = sum(finding.severity.value == "contradiction" for finding in result.findings)
    word = "contradicción" if contradictions == 1 else "contradicciones"
    assert f">{contradictions} {word}<" in page
    assert f">{len(result.consistent)} cuentas cuadran<" in page
    printed = [figure.kind.value for passage in document.passages for figure in passage.prose.figures()]
    assert f">{printed.count('number')} cifras hechas desde sus registros<" in page


@pytest.mark.usefixtures("recorded")
def test_what_is_missing_leads_to_its_section(editor: Client) -> None:
    page = editor.get(reverse("report", args=[T4])).content.decode()
    targets = set(re.findall(r'<p><a href="#([a-z-]+)">', page))
    assert "s-stories" in targets
    assert targets <= set(re.findall(r'\bid="([^"]+)"', page))


@pytest.mark.usefixtures("recorded")
def test_every_section_and_figure_of_the_quarter_leads_into_the_report(editor: Client) -> None:
    quarter = editor.get(reverse("quarter", args=[T4])).content.decode()
    report = editor.get(reverse("report", args=[T4])).content.decode()
    targets = set(re.findall(rf'href="{reverse("report", args=[T4])}#([^"]+)"', quarter))
    assert {"s-website", "s-social-posts", "s-internal-messages", "informe"} < targets
    assert targets <= set(re.findall(r'\bid="([^"]+)"', report))


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(
    ("suffix", "content_type", "opening"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("pdf", "application/pdf", b"%PDF-"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
    ],
)
def test_each_file_has_its_name_its_type_and_the_report_in_it(
    editor: Client, tmp_path: Path, suffix: str, content_type: str, opening: bytes
) -> None:
    content, kind, disposition = fetch(editor, suffix)
    assert (kind, disposition) == (content_type, f'attachment; filename="informe-2025-T4.{suffix}"')
    assert content[: len(opening)].lower() == opening.lower()
    path = tmp_path / f"informe-2025-T4.{suffix}"
    path.write_bytes(content)
    assert "273" in pregon.read(path).text


@pytest.mark.usefixtures("recorded")
def test_a_file_is_made_once_for_the_same_records(editor: Client, settings: Settings) -> None:
    first = fetch(editor, "html")
    made = list(Path(settings.CACHE_FOLDER).rglob("informe-2025-T4.html"))
    stamp = made[0].stat().st_mtime_ns
    assert fetch(editor, "html") == first
    assert [path.stat().st_mtime_ns for path in made] == [stamp]


def test_new_records_make_a_new_file(editor: Client, recorded: Town) -> None:
    before = services.make_report_file(recorded.access(), T4, "html")
    keep_registro(recorded, canary="Otra campaña")
    after = services.make_report_file(recorded.access(), T4, "html")
    assert before.path != after.path
    assert "Otra campaña" in after.path.read_text(encoding="utf-8")
    assert "Otra campaña" not in before.path.read_text(encoding="utf-8")
    assert "Otra campaña" in editor.get(reverse("report", args=[T4])).content.decode()


@pytest.mark.parametrize("suffix", ["exe", "odt", "doc", "..%2f"])
@pytest.mark.usefixtures("recorded")
def test_a_format_that_is_not_offered(editor: Client, suffix: str) -> None:
    assert editor.get(f"/trimestres/{T4}/informe/{suffix}/").status_code == 404


def test_a_quarter_without_records_has_no_report_and_leads_to_where_they_are_brought(editor: Client) -> None:
    answer = editor.get(reverse("report", args=["2019-T1"]))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("quarter", args=["2019-T1"]))
    assert editor.get(reverse("download_report", args=["2019-T1", "pdf"])).status_code == 404


def test_what_people_wrote_is_never_markup_in_the_preview(editor: Client, town: Town) -> None:
    canary = '<script>alert(1)</script> & "comillas"'
    keep_registro(town, canary=canary)
    page = editor.get(reverse("report", args=[T4])).content.decode()
    assert "alert(1)" in page
    assert "<script>alert" not in page
