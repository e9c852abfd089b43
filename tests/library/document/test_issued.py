"""A figure changed by hand after a report was issued is found; words mended, added or taken away are not figures."""

from dataclasses import replace

import pytest

from pregon.document.issued import find_changed, read_issued, texts_of, write_issued
from pregon.document.model import Block, Cell, Document, Heading, Paragraph, Table
from pregon.document.prose import Prose


def paragraph(text: str) -> Paragraph:
    return Paragraph(Prose(text))


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(tuple(Cell(Prose(text)) for text in row) for row in rows), header_rows=1, header_columns=1)


ISSUED = Document(
    (
        Heading(1, Prose("4. Publicaciones")),
        paragraph("Hubo 273 publicaciones: 94 en Facebook."),
        table(("Red", "Octubre", "Total"), ("Facebook", "44", "94"), ("X", "sin dato", "no sumable")),
        paragraph("El corte fue el 7 de enero de 2026."),
    )
)


def changed(*blocks: Block) -> list[tuple[str, str, str]]:
    document = replace(ISSUED, blocks=blocks, issued=texts_of(ISSUED))
    return [(figure.passage.location.describe(), figure.was, figure.now) for figure in find_changed(document)]


def test_a_report_as_it_left_has_no_changed_figure() -> None:
    assert changed(*ISSUED.blocks) == []


def test_a_document_that_carries_no_copy_has_none() -> None:
    assert list(find_changed(ISSUED)) == []


def test_a_cell_changed_is_named() -> None:
    head, told, _, cut = ISSUED.blocks
    touched = table(("Red", "Octubre", "Total"), ("Facebook", "45", "94"), ("X", "sin dato", "no sumable"))
    assert changed(head, told, touched, cut) == [("tabla 1, fila «Facebook», columna «Octubre»", "44", "45")]


def test_a_figure_put_where_there_was_none_is_named() -> None:
    head, told, _, cut = ISSUED.blocks
    touched = table(("Red", "Octubre", "Total"), ("Facebook", "44", "94"), ("X", "0", "no sumable"))
    assert changed(head, told, touched, cut) == [("tabla 1, fila «X», columna «Octubre»", "sin dato", "0")]


def test_the_stretch_of_a_figure_in_a_sentence_is_told() -> None:
    head, _, figures, cut = ISSUED.blocks
    document = replace(
        ISSUED,
        blocks=(head, paragraph("Hubo 273 publicaciones: 49 en Facebook."), figures, cut),
        issued=texts_of(ISSUED),
    )
    (found,) = find_changed(document)
    assert (found.was, found.now, found.passage.prose.text[found.start : found.end]) == ("94", "49", "49")


def test_words_may_be_mended_and_paragraphs_added_or_taken_away() -> None:
    head, _, figures, cut = ISSUED.blocks
    mended = paragraph("Se hicieron 273 publicaciones; 94 de ellas en Facebook.")
    assert changed(head, mended, figures, cut) == []
    assert changed(head, mended, paragraph("Nota de 2 líneas."), figures, cut) == []
    assert changed(head, figures, cut) == []


def test_a_figure_changed_is_still_found_among_paragraphs_added() -> None:
    head, told, _, cut = ISSUED.blocks
    touched = table(("Red", "Octubre", "Total"), ("Facebook", "44", "95"), ("X", "sin dato", "no sumable"))
    assert [pair[1:] for pair in changed(head, paragraph("Nueva."), told, touched, cut)] == [("94", "95")]


def test_rows_and_paragraphs_moved_are_no_change() -> None:
    head, told, _, cut = ISSUED.blocks
    moved = table(("Red", "Octubre", "Total"), ("X", "sin dato", "no sumable"), ("Facebook", "44", "94"))
    assert changed(head, told, moved, cut) == []
    assert changed(head, cut, ISSUED.blocks[2], told) == []


def test_another_text_in_the_place_of_one_is_no_changed_figure() -> None:
    head, told, figures, _ = ISSUED.blocks
    assert changed(head, told, figures, paragraph("Firma: 3 copias.")) == []


def test_a_figure_in_a_sentence_whose_words_were_mended_too_is_found() -> None:
    head, _, figures, cut = ISSUED.blocks
    mended = paragraph("Hubo 283 publicaciones: 94 de ellas en Facebook.")
    assert [pair[1:] for pair in changed(head, mended, figures, cut)] == [("273", "283")]


def test_page_headers_and_footers_are_the_offices_to_set() -> None:
    document = replace(ISSUED, header=("Alcaldía 2026",), footer=("Página 3",), issued=texts_of(ISSUED))
    assert list(find_changed(document)) == []


@pytest.mark.parametrize("text", ["", "{}", "[1]", "not json", '{"a": []}'])
def test_anything_else_is_no_copy(text: str) -> None:
    assert read_issued(text) is None


def test_the_copy_reads_back() -> None:
    assert read_issued(write_issued(ISSUED)) == texts_of(ISSUED)
