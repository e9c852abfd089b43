"""Bring a document and see it audited: findings with their places, the account, and the document beside them."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import docx
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

import pregon
from pregon.document.model import Cell, Document, Heading, Paragraph, Table
from pregon.document.prose import Prose
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.audits.models import Audit, Decision, UploadedDocument
from pregon_web.audits.services import audit_upload
from pregon_web.journal.models import Entry
from tests.web.towns import Town


def line(*cells: str) -> tuple[Cell, ...]:
    return tuple(Cell(Prose(text)) for text in cells)


def report_with_total(total: str) -> Document:
    """A small report of a quarter whose one total is as given; 37 is right."""
    table = Table(
        rows=(
            line("Canal", "Octubre", "Noviembre", "Diciembre", "Total"),
            line("WhatsApp", "10", "13", "14", total),
            line("Facebook", "44", "24", "26", "94"),
        ),
        header_rows=1,
        header_columns=1,
        caption="Publicaciones por canal",
        number=1,
    )
    return Document(
        (
            Heading(0, Prose("Informe del cuarto trimestre de 2025")),
            Paragraph(Prose("Lo que se publicó <b>de octubre</b> a diciembre.")),
            table,
        )
    )


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "informe.docx"
    pregon.write(report_with_total("36"), path)
    return path


def bring(client: Client, content: bytes, name: str) -> HttpResponse:
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("upload_document"), {"document": upload}, follow=True)  # type: ignore[return-value]  # the test client's own


def words(response: HttpResponse) -> str:
    text = re.sub(r"<title.*?</title>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_wrong_total_is_shown_with_its_account_and_its_place(editor: Client, wrong: Path) -> None:
    response = bring(editor, wrong.read_bytes(), "informe.docx")
    page, raw = words(response), response.content.decode()
    assert "El documento se contradice en 1 punto" in page
    assert "WhatsApp: el total dice 36 y los tres meses suman 37." in page
    assert "10 octubre + 13 noviembre + 14 diciembre = 37 la cuenta ≠ no es igual a 36 el documento" in page
    assert '<a href="#c-1-2-5">Tabla 1 («Publicaciones por canal»), fila «WhatsApp», columna «Total»</a>' in raw
    marked = re.search(r'<td id="c-1-2-5"[^>]*>(.*?)</td>', raw, re.DOTALL)
    assert marked is not None
    assert marked[1] == ('<mark class="said is-bad">36</mark><a class="ref" href="#h1" aria-label="Hallazgo 1">1</a>')


def test_what_holds_is_counted_too(editor: Client, wrong: Path) -> None:
    page = words(bring(editor, wrong.read_bytes(), "informe.docx"))
    assert "Lo que sí cuadra: 1 cuenta" in page
    assert "44 + 24 + 26 = 94" in page


def test_a_right_report_has_no_findings(editor: Client, tmp_path: Path) -> None:
    path = tmp_path / "bien.html"
    pregon.write(report_with_total("37"), path)
    page = words(bring(editor, path.read_bytes(), "bien.html"))
    assert "El documento se contradice" not in page
    assert "Lo que sí cuadra: 2 cuentas" in page


def test_the_words_of_the_document_are_never_markup(editor: Client, wrong: Path) -> None:
    raw = bring(editor, wrong.read_bytes(), "<i>informe</i>.docx").content.decode()
    assert "Lo que se publicó &lt;b&gt;de octubre&lt;/b&gt; a diciembre." in raw
    assert "<i>informe</i>" not in raw


def test_the_document_and_its_result_are_kept_for_its_institution(editor: Client, town: Town, wrong: Path) -> None:
    bring(editor, wrong.read_bytes(), "informe.docx")
    document = UploadedDocument.objects.of(town.institution).get()
    audit = Audit.objects.of(town.institution).get()
    assert (document.name, document.size, document.uploaded_by) == (
        "informe.docx",
        wrong.stat().st_size,
        town.people[Role.EDITOR],
    )
    assert vault.path_of(town.institution.pk, document.sha256).read_bytes() == wrong.read_bytes()
    assert audit.result["counts"]["contradiction"] == 1
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.subject, entry.after) == (
        f"audits.audit:{audit.pk}",
        {"document": document.pk, "sha256": document.sha256, "findings": len(audit.result["findings"])},
    )


def test_findings_are_handed_over_as_the_command_line_prints_them(editor: Client, town: Town, wrong: Path) -> None:
    audit = audit_upload(access=town.access(), path=wrong, name="informe.docx")
    response = editor.get(reverse("download_findings", args=[audit.pk]))
    findings = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="hallazgos-{audit.pk}.json"'
    assert [finding["code"] for finding in findings["findings"]] == ["SUM001"]
    assert findings["document"] == "informe.docx"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "vacio.docx", "«vacio.docx» está vacío: no tiene nada para leer. Suba el archivo que tiene el informe."),
        (b"PK\x03\x04 cortado", "cortado.docx", "No pudimos leer «cortado.docx»: está dañado o incompleto."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "viejo.ppt", "«viejo.ppt»"),
        (b"MZ\x90\x00" + bytes(range(256)) * 4, "programa.exe", "«programa.exe»"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence_and_is_not_kept(
    editor: Client, town: Town, content: bytes, name: str, sentence: str
) -> None:
    response = bring(editor, content, name)
    assert response.status_code == 422
    assert sentence in words(response)
    assert UploadedDocument.objects.of(town.institution).count() == 0
    folder = vault.path_of(town.institution.pk, "0" * 64).parents[1]
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_without_a_file_the_form_asks_for_one(editor: Client) -> None:
    response = editor.post(reverse("upload_document"))
    assert (response.status_code, "Elija un archivo." in response.content.decode()) == (422, True)


def test_with_nothing_audited_the_page_says_what_will_be_there(editor: Client) -> None:
    assert "Aún no ha revisado ningún documento" in editor.get(reverse("audits")).content.decode()


@pytest.mark.parametrize("audits", [1, 3])
def test_the_history_asks_the_database_the_same_however_long_it_is(
    editor: Client, town: Town, wrong: Path, audits: int, django_assert_num_queries: object
) -> None:
    for number in range(audits):
        audit_upload(access=town.access(), path=wrong, name=f"informe-{number}.docx")
    with django_assert_num_queries(9):  # type: ignore[operator]  # pytest-django's own
        page = editor.get(reverse("audits")).content.decode()
    assert page.count(".docx</a>") == audits


@pytest.mark.parametrize("name", ["informe-2025-T4.txt", "informe-2025-T4.docx"])
def test_the_reference_report_is_audited_whole(editor: Client, name: str) -> None:
    path = Path(__file__).resolve().parents[4] / "shared" / "reference" / name
    if not path.exists():
        pytest.skip(f"the reference report is not beside the repository: {name}")
    page = words(bring(editor, path.read_bytes(), name))
    for said in ("el total dice 36 y los tres meses suman 37", "179", "278", "tres trimestres distintos"):
        assert said in page


def test_a_word_file_comes_back_with_its_comments(editor: Client, town: Town, wrong: Path, tmp_path: Path) -> None:
    audit = audit_upload(access=town.access(), path=wrong, name="informe de octubre.docx")
    page = editor.get(reverse("audit", args=[audit.pk])).content.decode()
    address = reverse("download_annotated", args=[audit.pk])
    assert f'href="{address}">Descargar el Word anotado</a>' in page
    response = editor.get(address)
    copy = tmp_path / "anotado.docx"
    copy.write_bytes(b"".join(response))
    assert response.headers["Content-Disposition"] == 'attachment; filename="informe de octubre-anotado.docx"'
    comments = [comment.text.split("\n")[0] for comment in docx.Document(str(copy)).comments]
    assert comments == ["≠ WhatsApp: el total dice 36 y los tres meses suman 37."]
    kept = vault.path_of(town.institution.pk, audit.document.sha256)
    assert kept.read_bytes() == wrong.read_bytes()


def test_what_is_no_word_file_has_no_annotated_copy(editor: Client, town: Town, tmp_path: Path) -> None:
    path = tmp_path / "informe.html"
    pregon.write(report_with_total("36"), path)
    audit = audit_upload(access=town.access(), path=path, name="informe.html")
    assert "Word anotado" not in editor.get(reverse("audit", args=[audit.pk])).content.decode()
    assert editor.get(reverse("download_annotated", args=[audit.pk])).status_code == 404


def decide(client: Client, audit: Audit, choice: str, reason: str = "", number: int = 1) -> HttpResponse:
    values = {"choice": choice, "reason": reason}
    return client.post(reverse("decide_finding", args=[audit.pk, number]), values, follow=True)  # type: ignore[return-value]  # the test client's own


def test_a_decision_is_remembered_when_the_same_document_comes_back(editor: Client, town: Town, wrong: Path) -> None:
    audit = audit_upload(access=town.access(), path=wrong, name="informe.docx")
    assert "Decidir sobre este hallazgo" in words(editor.get(reverse("audit", args=[audit.pk])))  # type: ignore[arg-type]  # as above
    shown = words(decide(editor, audit, "accepted", "Una pieza salió dos veces"))
    assert "Aceptado con motivo : Una pieza salió dos veces" in shown
    again = audit_upload(access=town.access(), path=wrong, name="otro nombre.docx")
    page = words(editor.get(reverse("audit", args=[again.pk])))  # type: ignore[arg-type]  # as above
    assert "Aceptado con motivo : Una pieza salió dos veces" in page
    decide(editor, again, "corrected")
    page = words(editor.get(reverse("audit", args=[audit.pk])))  # type: ignore[arg-type]  # as above
    assert "Cambiar la decisión" in page
    assert "Una pieza salió dos veces" not in page
    assert [each.choice for each in Decision.objects.of(town.institution)] == ["accepted", "corrected"]
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.after["code"], entry.after["choice"]) == ("decide", "SUM001", "corrected")


def test_a_changed_document_has_nothing_decided(editor: Client, town: Town, wrong: Path, tmp_path: Path) -> None:
    decide(editor, audit_upload(access=town.access(), path=wrong, name="informe.docx"), "no_error")
    path = tmp_path / "cambiado.docx"
    pregon.write(report_with_total("35"), path)
    other = audit_upload(access=town.access(), path=path, name="informe.docx")
    assert "Cambiar la decisión" not in words(editor.get(reverse("audit", args=[other.pk])))  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("choice", "reason", "sentence"),
    [
        ("accepted", " ", "Escriba el motivo: sin él, nadie sabrá por qué se aceptó."),
        ("", "", "Elija qué decide del hallazgo."),
        ("corrected", "a" * 301, "Escriba el motivo en 300 letras o menos."),
    ],
)
def test_a_decision_that_says_too_little_is_not_kept(
    editor: Client, town: Town, wrong: Path, choice: str, reason: str, sentence: str
) -> None:
    audit = audit_upload(access=town.access(), path=wrong, name="informe.docx")
    response = decide(editor, audit, choice, reason)
    assert (response.status_code, sentence in words(response)) == (422, True)
    assert Decision.objects.of(town.institution).count() == 0


def test_a_finding_that_is_not_there_cannot_be_decided(editor: Client, town: Town, wrong: Path) -> None:
    audit = audit_upload(access=town.access(), path=wrong, name="informe.docx")
    assert decide(editor, audit, "corrected", number=9).status_code == 404


def test_a_pdf_comes_back_with_its_highlights(editor: Client, town: Town, tmp_path: Path) -> None:
    path = tmp_path / "informe.pdf"
    pregon.write(report_with_total("36"), path)
    audit = audit_upload(access=town.access(), path=path, name="informe.pdf")
    assert "Descargar el PDF anotado</a>" in editor.get(reverse("audit", args=[audit.pk])).content.decode()
    response = editor.get(reverse("download_annotated", args=[audit.pk]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="informe-anotado.pdf"'
    with pikepdf.open(io.BytesIO(b"".join(response))) as pdf:
        told = [str(mark.Contents) for mark in pdf.pages[0].Annots if mark.Subtype == "/Highlight"]
    assert [text.split("\n")[0] for text in told] == ["≠ WhatsApp: el total dice 36 y los tres meses suman 37."]


def test_a_protected_pdf_says_so_on_its_page(editor: Client, town: Town, tmp_path: Path) -> None:
    path, closed = tmp_path / "informe.pdf", tmp_path / "cerrado.pdf"
    pregon.write(report_with_total("36"), path)
    with pikepdf.open(path) as pdf:
        pdf.save(closed, encryption=pikepdf.Encryption(owner="clave", user=""))
    audit = audit_upload(access=town.access(), path=closed, name="cerrado.pdf")
    response = editor.get(reverse("download_annotated", args=[audit.pk]))
    assert response.status_code == 422
    assert "Este PDF está protegido contra cambios: anote el Word del que salió." in response.content.decode()
