"""Characters that people do not see, or see as others, are handled alike in every reader."""

from __future__ import annotations

import io
import zipfile

import pytest

from pregon.document.model import Document
from pregon.readers import read_content
from pregon.readers.characters import clean_text

RAW = "O\ufb01cina: publica\u00adciones\u200b \u200e34\u2009811\ufeff"
CLEAN = "Oficina: publicaciones 34\u202f811"


def in_word(text: str) -> bytes:
    packed = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(packed, "w") as archive:
        body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return packed.getvalue()


def in_opendocument(text: str) -> bytes:
    packed = io.BytesIO()
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{names}office:1.0" xmlns:t="{names}text:1.0">'
            f"<o:body><o:text><t:p>{text}</t:p></o:text></o:body></o:document-content>",
        )
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (in_word(RAW), "a.docx"),
        (in_opendocument(RAW), "a.odt"),
        (f"<html><body><p>{RAW}</p>".encode(), "a.html"),
        (RAW.encode(), "a.txt"),
        (RAW.encode(), "a.md"),
        (f"{RAW};7\n".encode(), "a.csv"),
    ],
)
def test_every_reader_says_the_same(content: bytes, name: str) -> None:
    document = read_content(content, name)
    assert document.passages[0].prose.text == CLEAN


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("48,5\u00a0%", "48,5\u00a0%"),
        ("34\u202f811", "34\u202f811"),
        ("a\u2003b", "a b"),
        ("a\u2028b", "a\nb"),
        ("\ud800", "\ufffd"),
        ("\u202b273\u202c", "273"),
        ("a\x00b\x1bc", "abc"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("27\u200d3", "273"),
        ("línea\n\tuno", "línea\n\tuno"),
    ],
)
def test_each_kind_of_character(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_what_our_writers_print_is_clean_already(sample_document: Document) -> None:
    assert [clean_text(each.prose.text) for each in sample_document.passages] == [
        each.prose.text for each in sample_document.passages
    ]
