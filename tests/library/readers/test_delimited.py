"""Comma-separated values: the delimiter and the encoding are told by the file."""

from __future__ import annotations

import pytest

from pregon.document.model import Document, Paragraph, Table
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import read_content


def read(text: str, name: str = "cifras.csv", encoding: str = "utf-8") -> Document:
    return read_content(text.encode(encoding), name)


def texts(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    rows = [["Red", "Difusión", "Tasa"], ["Itagüí", "34811", "48.5"], ["X", "", "3"]]
    assert texts(read("\r\n".join(delimiter.join(row) for row in rows), encoding=encoding)) == rows


def test_decimal_commas_do_not_part_fields_of_semicolons() -> None:
    assert texts(read("Red;Tasa\nX;48,5\nFacebook;3,25\n")) == [["Red", "Tasa"], ["X", "48,5"], ["Facebook", "3,25"]]


def test_quoted_fields_keep_their_delimiters_and_lines() -> None:
    assert texts(read('Título,Vistas\n"Ley 2578, en ""breve""\nparte 2",7\n')) == [
        ["Título", "Vistas"],
        ['Ley 2578, en "breve"\nparte 2', "7"],
    ]


def test_a_line_that_names_the_delimiter_and_words_above_the_table() -> None:
    assert texts(read("sep=;\nRed;Oct\nX;1\n")) == [["Red", "Oct"], ["X", "1"]]
    document = read("Exportado el 6 de enero;;\n\nRed;Oct;Nov\nX;1;2\n")
    assert document.blocks[0] == Paragraph(Prose("Exportado el 6 de enero"))
    assert texts(document) == [["Red", "Oct", "Nov"], ["X", "1", "2"]]


def test_a_first_row_of_words_is_the_header() -> None:
    assert [table.header_rows for text in ("a,b\n1,2\n", "1,2\n3,4\n") for table in read(text).tables] == [1, 0]


def test_a_quote_that_never_ends() -> None:
    assert texts(read('a,b\n"1,2\n3,4\n' + "x" * 110_000))[0] == ["a", "b"]


def test_an_empty_one_and_one_too_large() -> None:
    for text, kind in ((";;\n;;\n", Why.EMPTY), ("1;2;3;4\n" * 70_000, Why.TOO_LARGE)):
        with pytest.raises(UnreadableFile) as caught:
            read(text)
        assert caught.value.kind is kind


def test_lone_words_are_paragraphs() -> None:
    assert read("Solo palabras\nsin tabla\n").blocks == (
        Paragraph(Prose("Solo palabras")),
        Paragraph(Prose("sin tabla")),
    )
    assert not any(isinstance(block, Table) for block in read("Solo").blocks)
