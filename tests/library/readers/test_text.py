"""Plain text: paragraphs a line each, and tables of tab-led lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from pregon.document.model import Heading, Paragraph, Role, Table
from pregon.document.prose import Prose
from pregon.readers import read_document
from pregon.readers.text import read

REFERENCE = Path(__file__).parents[4] / "shared" / "reference"
needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference report in ../shared")


def cells_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def read_tables(text: str) -> list[list[list[str]]]:
    return [cells_of(table) for table in read(text.encode(), "informe.txt").tables]


def test_lines_are_paragraphs_headings_and_points() -> None:
    document = read("INFORME\r\nHubo 6 eventos.\n\n · Facebook: 94\n- X: 90\n# Método\n4/07/2025\n".encode(), "a.txt")
    assert document.blocks == (
        Heading(1, Prose("INFORME")),
        Paragraph(Prose("Hubo 6 eventos.")),
        Paragraph(Prose("Facebook: 94"), Role.ITEM),
        Paragraph(Prose("X: 90"), Role.ITEM),
        Heading(0, Prose("Método")),
        Paragraph(Prose("4/07/2025")),
    )


def test_rows_are_parted_by_an_empty_line_and_a_lone_tab_is_a_blank_cell() -> None:
    assert read_tables("\t\n\tOCT\n\tNOV\n\n\tX\n\t46\n\t\n") == [[["", "OCT", "NOV"], ["X", "46", ""]]]


def test_several_empty_lines_or_a_paragraph_part_two_tables() -> None:
    assert read_tables("\tA\n\t1\n\n\n\n\tB\n\t2\n") == [[["A", "1"]], [["B", "2"]]]
    assert read_tables("\tA\n\t1\n\nTexto\n\tB\n\t2\n") == [[["A", "1"]], [["B", "2"]]]


def test_a_line_without_a_tab_after_a_cell_is_its_next_paragraph() -> None:
    assert read_tables("\tPUBLICACIONES\nNOTICIAS\n\t3\n") == [[["PUBLICACIONES\nNOTICIAS", "3"]]]


def test_an_empty_paragraph_at_the_end_of_a_cell_does_not_part_its_row() -> None:
    assert read_tables("\tR1\n\tNo\n\n\tR2\n\n\n\tNo\n") == [[["R1", "No"], ["R2", "No"]]]


def test_a_short_row_is_a_merged_cell() -> None:
    table = read(b"\tVISITAS\n\n\t\n\tOCT\n\tNOV\n", "a.txt").tables[0]
    assert [[(cell.text, cell.column_span) for cell in row] for row in table.rows] == [
        [("VISITAS", 3)],
        [("", 1), ("OCT", 1), ("NOV", 1)],
    ]


def test_rows_typed_in_one_line() -> None:
    assert read_tables("Red\tOct\tNov\nX\t46\t19\n\nFin") == [[["Red", "Oct", "Nov"], ["X", "46", "19"]]]


def test_a_caption_is_given_to_the_table_under_it() -> None:
    table = read(b"Tabla 3. Visitas\n\tOct\n\t44\n", "a.txt").tables[0]
    assert (table.number, table.caption) == (3, "Visitas")


@needs_reference
def test_the_reference_text_has_the_tables_of_its_word_file() -> None:
    text = read_document(REFERENCE / "informe-2025-T4.txt")
    word = read_document(REFERENCE / "informe-2025-T4.docx")
    assert [table.rows for table in text.tables] == [table.rows for table in word.tables]
    assert cells_of(text.tables[0]) == [
        ["VISITAS SEDE ELECTRÓNICA"],
        ["", "OCTUBRE", "NOVIEMBRE", "DICIEMBRE"],
        ["VISITAS", "34.811", "34.326", "25.059"],
        ["PUBLICACIONES\nNOTICIAS", "3", "1", "2"],
    ]
    assert cells_of(text.tables[1])[2] == ["WhatsApp", "10", "13", "14", "36"]
    assert [len(table.rows) for table in text.tables] == [4, 4, 6, 6, 6, 3, 3, 1, 4, 2, 7, 3, 5]


@needs_reference
def test_the_reference_text_has_the_prose_of_its_word_file() -> None:
    blocks = read_document(REFERENCE / "informe-2025-T4.txt").blocks
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert "X(Twitter): 179 publicaciones" in texts
    assert "Para un total de 278 publicaciones en el cuarto trimestre del año 2025" in texts
    campaigns = [block.text for block in blocks if isinstance(block, Paragraph) and block.text.startswith("Campaña:")]
    assert len(campaigns) == 6  # the seventh is named without the word
    assert [block.text for block in blocks if isinstance(block, Heading)][:2] == [
        "FORMACIÓN PLAN DE ACCIÓN",
        "SEGUNDO TRIMESTRE 2025",
    ]
