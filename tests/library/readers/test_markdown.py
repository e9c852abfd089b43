"""Markdown: what its marks say, without the marks."""

from __future__ import annotations

import time

import pytest

from pregon.document.model import Cell, Document, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile
from pregon.readers import read_content


def read(text: str) -> Document:
    return read_content(text.encode(), "informe.md")


def test_headings_lists_and_paragraphs() -> None:
    text = (
        "# Informe\n\n## Redes ##\nHubo 273\npublicaciones.\n\n- Facebook: 94\n  y más\n* X: 90\n1. uno\n\nFin\n---\n"
    )
    assert read(text).blocks == (
        Heading(0, Prose("Informe")),
        Heading(1, Prose("Redes")),
        Paragraph(Prose("Hubo 273 publicaciones.")),
        Paragraph(Prose("Facebook: 94 y más"), Role.ITEM),
        Paragraph(Prose("X: 90"), Role.ITEM),
        Paragraph(Prose("uno"), Role.ITEM),
        Heading(1, Prose("Fin")),
    )


def test_several_first_headings_are_sections() -> None:
    assert read("# Uno\n# Dos\n").blocks == (Heading(1, Prose("Uno")), Heading(1, Prose("Dos")))


def test_a_table_with_its_caption() -> None:
    text = "Tabla 2. Publicaciones\n\n| Red | **Oct** |\n|:----|----:|\n| X | 46 |\n| a\\|b |\n\nSigue\n"
    assert read(text).blocks == (
        Table(
            (
                (Cell(Prose("Red")), Cell(Prose("Oct"))),
                (Cell(Prose("X")), Cell(Prose("46"))),
                (Cell(Prose("a|b")), Cell(Prose(""))),
            ),
            header_rows=1,
            caption="Publicaciones",
            number=2,
        ),
        Paragraph(Prose("Sigue")),
    )


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**273** y _casi_ ~~179~~", "273 y casi"),
        ("[la red](https://a.b) y `código`", "la red y código"),
        ("un_nombre_largo y 2*3*4", "un_nombre_largo y 2*3*4"),
        ("> citado", "citado"),
        ("1\\. no es punto", "1. no es punto"),
        ("<b>44</b> notas", "44 notas"),
    ],
)
def test_marks_leave_their_words(marked: str, plain: str) -> None:
    assert read(marked).text == plain


def test_properties_on_top_and_pictures() -> None:
    assert read("---\ntitle: x\n---\n![La sede](a.png)\n\nFigura 1. Fachada\n").blocks == (
        Picture("La sede", "Fachada", 1),
    )


@pytest.mark.parametrize("piece", ["*a ", "[", "<a", "`", "| - ", "_a", "> ", "![", "- " * 50, "|-|\n", "#"])
def test_nothing_takes_long(piece: str) -> None:
    started = time.process_time()
    try:
        read(piece * 10_000)
    except UnreadableFile as error:
        assert "«informe.md»" in str(error)  # noqa: PT017 -- either answer is right
    assert time.process_time() - started < 5
