"""Every kind that people save a report in: templates, files with macros, ISO Strict. All are read alike."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pregon.document.model import Document
from pregon.readers import read_content
from pregon.writers import write_document

_STRICT = (
    (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    (
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    ),
)
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_EXCEL = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_KINDS = {
    ".docm": (_WORD, b"application/vnd.ms-word.document.macroEnabled.main+xml"),
    ".dotx": (_WORD, b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    ".dotm": (_WORD, b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ".xlsm": (_EXCEL, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    ".xltx": (_EXCEL, b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"),
}


def rewrite(content: bytes, changes: tuple[tuple[bytes, bytes], ...], **added: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for member in old.infolist():
            held = old.read(member)
            for before, after in changes:
                held = held.replace(before, after)
            new.writestr(member.filename, held)
        for name, held in added.items():
            new.writestr(name, held)
    return packed.getvalue()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, sample_document: Document) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("kinds")
    for suffix in (".docx", ".xlsx"):
        write_document(sample_document, folder / f"informe{suffix}")
    return {path.suffix: path.read_bytes() for path in Path(folder).iterdir()}


@pytest.mark.parametrize("suffix", _KINDS)
def test_templates_and_files_with_macros(written: dict[str, bytes], suffix: str) -> None:
    usual = ".docx" if suffix.startswith(".do") else ".xlsx"
    macros = {"word/vbaProject.bin" if usual == ".docx" else "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(900)}
    content = rewrite(written[usual], (_KINDS[suffix],), **macros)
    assert read_content(content, f"informe{suffix}") == read_content(written[usual], f"informe{usual}")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_iso_strict(written: dict[str, bytes], suffix: str) -> None:
    content = rewrite(written[suffix], _STRICT)
    assert content.count(b"purl.oclc.org/ooxml") > 3
    assert read_content(content, f"informe{suffix}") == read_content(written[suffix], f"informe{suffix}")
