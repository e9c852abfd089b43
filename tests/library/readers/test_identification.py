"""Files are told by their content; one that cannot be read is refused in one sentence that says what to do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pregon.document.model import Document, Paragraph
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import MAXIMUM_BYTES, read_content, read_document
from pregon.readers.signatures import decode_text
from pregon.writers import write_document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def zip_of(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return packed.getvalue()


def refuse(content: bytes, name: str) -> tuple[Why, str]:
    with pytest.raises(UnreadableFile) as caught:
        read_content(content, name)
    return caught.value.kind, str(caught.value)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, sample_document: Document) -> Path:
    folder = tmp_path_factory.mktemp("written")
    for suffix in (".docx", ".xlsx", ".html", ".pdf"):
        write_document(sample_document, folder / f"informe{suffix}")
    return folder


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html"])
def test_a_file_is_read_by_its_content_whatever_its_name(written: Path, sample_document: Document, suffix: str) -> None:
    content = (written / f"informe{suffix}").read_bytes()
    assert read_content(content, "informe").properties == sample_document.properties
    assert read_content(content, "informe.bak").source == "informe.bak"


@pytest.mark.parametrize(
    ("real", "name", "sentence"),
    [
        (
            ".pdf",
            "informe.docx",
            (
                "«informe.docx» tiene nombre de Word y por dentro es PDF. "
                "Cámbiele el nombre a «informe.pdf» y súbalo de nuevo."
            ),
        ),
        (
            ".docx",
            "informe final.xlsx",
            (
                "«informe final.xlsx» tiene nombre de Excel y por dentro es Word. "
                "Cámbiele el nombre a «informe final.docx» y súbalo de nuevo."
            ),
        ),
        (
            ".html",
            "informe.docx",
            (
                "«informe.docx» tiene nombre de Word y por dentro es HTML. "
                "Cámbiele el nombre a «informe.html» y súbalo de nuevo."
            ),
        ),
    ],
)
def test_a_misnamed_file_is_told_what_it_is(written: Path, real: str, name: str, sentence: str) -> None:
    assert refuse((written / f"informe{real}").read_bytes(), name) == (Why.WRONG_KIND, sentence)


def test_a_report_under_the_name_of_another_program_is_misnamed_too() -> None:
    sentence = (
        "«informe.pptx» tiene nombre de PowerPoint y por dentro es texto. "
        "Cámbiele el nombre a «informe.txt» y súbalo de nuevo."
    )
    assert refuse(b"Publicaciones: 273\n", "informe.pptx") == (Why.WRONG_KIND, sentence)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\x00" * 512])
def test_an_empty_file(content: bytes) -> None:
    sentence = "«informe.docx» está vacío: no tiene nada para leer. Suba el archivo que tiene el informe."
    assert refuse(content, "informe.docx") == (Why.EMPTY, sentence)


@pytest.mark.parametrize(("suffix", "program"), [(".docx", "Word"), (".xlsx", "Excel")])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.98])
def test_a_truncated_file(written: Path, suffix: str, program: str, kept: float) -> None:
    content = (written / f"informe{suffix}").read_bytes()
    sentence = (
        f"No pudimos leer «informe{suffix}»: está dañado o incompleto. Ábralo en {program}, guárdelo otra vez y súbalo."
    )
    assert refuse(content[: int(len(content) * kept)], f"informe{suffix}") == (Why.DAMAGED, sentence)


@pytest.mark.parametrize("name", ["informe.docx", "informe.xlsx", "informe.pdf"])
def test_noise_under_a_known_name_is_a_damaged_file(name: str) -> None:
    assert refuse(b"\x01\x02\x03" + b"\xfe" * 900, name)[0] is Why.DAMAGED


def test_a_password() -> None:
    content = OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 64
    assert refuse(content, "informe.docx") == (
        Why.PASSWORD,
        "«informe.docx» tiene contraseña. Quítela en Word (Archivo, Información) y súbalo de nuevo.",
    )
    assert refuse(content, "cifras.xlsx") == (
        Why.PASSWORD,
        "«cifras.xlsx» tiene contraseña. Quítela en Excel (Archivo, Información) y súbalo de nuevo.",
    )


def test_a_password_that_no_office_program_takes_off(written: Path) -> None:
    import pikepdf

    locked = io.BytesIO()
    with pikepdf.open(written / "informe.pdf") as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="dueña", user="clave"))
    assert refuse(locked.getvalue(), "informe.pdf") == (
        Why.PASSWORD,
        "«informe.pdf» tiene contraseña. Pida una copia sin contraseña a quien lo hizo y súbala.",
    )
    # A presentation would be refused without its password too: its owner is told so at once.
    content = OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 64
    assert refuse(content, "charla.pptx")[0] is Why.WRONG_KIND


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("informe.pdf", "Pida el archivo otra vez a quien lo hizo y súbalo."),
        ("informe.html", "Pida el archivo otra vez a quien lo hizo y súbalo."),
        ("informe.docm", "Ábralo en Word, guárdelo otra vez y súbalo."),
        ("informe.xls", "Ábralo en Excel, guárdelo otra vez y súbalo."),
        ("informe.odt", "Ábralo en LibreOffice, guárdelo otra vez y súbalo."),
    ],
)
def test_the_remedy_of_a_damaged_file_names_the_program_that_makes_it(name: str, remedy: str) -> None:
    sentence = f"No pudimos leer «{name}»: está dañado o incompleto. {remedy}"
    assert refuse(b"\x01\x02\x03" + b"\xfe" * 900, name) == (Why.DAMAGED, sentence)


def test_a_spoilt_zip_is_damaged_and_not_a_zip_of_reports(written: Path) -> None:
    content = (written / "informe.docx").read_bytes()
    listing = content.rfind(b"PK\x01\x02")
    assert refuse(content[:listing] + b"\xff\xff" + content[listing + 2 :], "informe.docx")[0] is Why.DAMAGED
    renamed = content.replace(b"word/", b"wxyz/")
    assert refuse(renamed, "informe.docx")[0] is Why.DAMAGED
    assert refuse(zip_of(**{"informe.docx": "…"}), "todo.docx")[0] is Why.WRONG_KIND


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (zip_of(ppt__presentation="<p/>"), "charla.pptx", "PowerPoint"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "captura.png", "una imagen"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "foto.jpg", "una imagen"),
        (
            OLE + "PowerPoint Document".encode("utf-16-le"),
            "charla.ppt",
            "PowerPoint",
        ),
        (
            zip_of(**{"informe.docx": "…", "anexo.pdf": "…"}),
            "todo.zip",
            "un archivo comprimido: saque de él el informe y súbalo solo",
        ),
        (b'{"red": "Facebook"}', "cifras.json", "un archivo .json"),
        (
            zip_of(mimetype="application/vnd.oasis.opendocument.presentation", **{"content.xml": "<a/>"}),
            "charla.odp",
            "una presentación o un dibujo de OpenDocument",
        ),
        (b"\x01\x02\x03\x04" * 50, "cosa.bin", "un archivo de otra clase"),
    ],
)
def test_a_kind_that_no_reader_reads(content: bytes, name: str, kind: str) -> None:
    read = "Word, PDF, Excel, HTML, OpenDocument, CSV, Markdown y texto"
    assert refuse(content, name) == (Why.WRONG_KIND, f"Pregón lee {read}. «{name}» es {kind}.")


def test_a_file_that_weighs_too_much(tmp_path: Path) -> None:
    path = tmp_path / "grande.docx"
    path.write_bytes(b"PK")
    os.truncate(path, MAXIMUM_BYTES + 1)
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    assert str(caught.value) == (
        "«grande.docx» pesa 21 MB y el máximo es 20 MB. Comprima sus imágenes o súbalo por partes."
    )
    assert caught.value.kind is Why.TOO_LARGE


def test_a_small_zip_that_holds_a_large_file() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"word/part{number}.xml", bytes(80 * 1024 * 1024))
    assert refuse(packed.getvalue(), "bomba.docx") == (
        Why.TOO_LARGE,
        "«bomba.docx» pesa 320 MB al descomprimirlo y el máximo es 300 MB. Comprima sus imágenes o súbalo por partes.",
    )


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_document(tmp_path / "no-está.docx")
    assert (caught.value.kind, str(caught.value)) == (
        Why.MISSING,
        "No encontramos «no-está.docx». Revise el nombre y la carpeta.",
    )
    with pytest.raises(UnreadableFile) as caught:
        read_document(tmp_path)
    assert str(caught.value) == f"«{tmp_path.name}» es una carpeta. Elija un archivo que esté dentro de ella."


def test_the_owner_s_name_is_used_where_the_file_is_kept_under_another(tmp_path: Path) -> None:
    path = tmp_path / "a81f.upload"
    path.write_text("Hubo 273 publicaciones.", encoding="utf-8")
    document = read_document(path, name="informe.txt")
    assert (document.source, document.blocks) == ("informe.txt", (Paragraph(document.passages[0].prose),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_every_encoding_of_an_office(encoding: str) -> None:
    assert decode_text("Difusión: Itagüí, «año» – 48,5 %".encode(encoding)) == "Difusión: Itagüí, «año» – 48,5 %"


def test_reading_a_text_loads_no_document_library() -> None:
    script = (
        "import sys; from pregon.readers import read_content; read_content(b'Hubo 6 eventos.', 'a.txt');"
        "print(sorted({'lxml', 'openpyxl', 'pdfplumber', 'pypdfium2', 'docx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
