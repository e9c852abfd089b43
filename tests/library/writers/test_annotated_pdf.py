"""Highlights in somebody's own PDF: on the very words, and nothing else is changed."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import pregon
from pregon.document.annotation import Annotation
from pregon.document.location import Location, LocationKind
from pregon.document.model import Cell, Document, Heading, Paragraph, Table
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile
from pregon.readers.file_anchors import read_anchored
from pregon.writers.annotated import annotate


def line(*cells: str) -> tuple[Cell, ...]:
    return tuple(Cell(Prose(text)) for text in cells)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page with a sentence, and two rows that say the same."""
    table = Table(
        (line("Red", "Octubre", "Total"), line("Otra", "3", "3"), line("Facebook", "44", "45"), line("Otra", "3", "3")),
        header_rows=1,
        header_columns=1,
        caption="Publicaciones",
        number=1,
    )
    blocks = (
        Heading(0, Prose("Informe oficial")),
        Heading(1, Prose("Resumen")),
        Paragraph(Prose("Se hicieron 278 publicaciones en el tercer trimestre de 2025.")),
        table,
    )
    path = tmp_path_factory.mktemp("pdf") / "informe.pdf"
    pregon.write(Document(blocks), path)
    return path.read_bytes()


def place_of(document: Document, words: str, row: int | None = None, column: int | None = None) -> Location:
    """The first place that says these words, in that row and column where told."""
    for passage in document.passages:
        place = passage.location
        if words in passage.prose.text and row in {None, place.row} and column in {None, place.column}:
            start = place.text.index(words)
            return Location(
                place.kind,
                section=place.section,
                paragraph=place.paragraph,
                table=place.table,
                row=place.row,
                column=place.column,
                page=place.page,
                text=place.text,
                start=start,
                end=start + len(words),
            )
    raise AssertionError(words)


def held(content: bytes) -> list[tuple[str, str, str]]:
    """Each annotation by its kind, the words of the page inside its rectangle and what it says, read by PDFium."""
    told = []
    pages = pypdfium2.PdfDocument(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            text = pages[number].get_textpage()
            for each in page.get("/Annots", []):
                if each.Subtype == "/Link":
                    continue
                left, bottom, right, top = (float(length) for length in each.Rect)
                inside = text.get_text_bounded(left - 0.5, bottom - 0.5, right + 0.5, top + 0.5)
                told.append((str(each.Subtype), inside.strip(), str(each.Contents)))
    pages.close()
    return told


def remark(content: bytes, *places: Location) -> bytes:
    document, anchors = read_anchored(content, "informe.pdf")
    return annotate(content, document, anchors, [Annotation(place, ("≠ Algo.",)) for place in places])


def test_the_very_words_are_held(content: bytes) -> None:
    document = read_anchored(content, "informe.pdf")[0]
    answer = remark(content, place_of(document, "278"), place_of(document, "tercer trimestre"))
    assert held(answer) == [("/Highlight", "278", "≠ Algo."), ("/Highlight", "tercer trimestre", "≠ Algo.")]


def test_a_cell_is_held_in_its_own_row(content: bytes) -> None:
    document = read_anchored(content, "informe.pdf")[0]
    answer = remark(content, place_of(document, "45"), place_of(document, "3", row=4, column=3))
    assert [(kind, words) for kind, words, _ in held(answer)] == [("/Highlight", "45"), ("/Highlight", "3")]
    with pikepdf.open(io.BytesIO(answer)) as pdf:
        heights = [float(each.Rect[1]) for each in pdf.pages[0].Annots if each.Subtype == "/Highlight"]
    assert heights[1] < heights[0]  # the second of the two equal rows, below Facebook's


def test_what_stands_nowhere_is_said_at_the_top_of_the_page(content: bytes) -> None:
    answer = remark(content, Location(LocationKind.HEADER, text="Versión 2"))
    assert held(answer) == [("/Text", "", "≠ Algo.\nDónde: encabezado de página.")]


def test_its_author_and_its_text_are_whole(content: bytes) -> None:
    document = read_anchored(content, "informe.pdf")[0]
    with pikepdf.open(io.BytesIO(remark(content, place_of(document, "278")))) as pdf:
        (mark,) = (each for each in pdf.pages[0].Annots if each.Subtype == "/Highlight")
        assert (str(mark["/T"]), len(mark.QuadPoints)) == ("Pregón", 8)


def test_the_same_file_gives_the_same_bytes_and_reads_the_same(content: bytes) -> None:
    document = read_anchored(content, "informe.pdf")[0]
    answer = remark(content, place_of(document, "278"))
    assert answer == remark(content, place_of(document, "278"))
    assert read_anchored(answer, "informe.pdf")[0] == document
    assert remark(content) == content


def test_a_protected_file_is_left_alone(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cerrado.pdf"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="clave", user=""))
    with pytest.raises(UnreadableFile, match="protegido contra cambios"):
        remark(path.read_bytes(), Location(LocationKind.DOCUMENT))
