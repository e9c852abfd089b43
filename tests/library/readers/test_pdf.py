"""PDFs read: our own to the letter by their tags, anyone's by where its letters and rules stand."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import PIL.Image
import pytest
import typst
from hypothesis import HealthCheck, given, settings

from pregon.document.model import Cell, Document, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers.pdf import identify, read
from pregon.readers.pdf_pages.flow import join_tables
from pregon.writers import pdf
from pregon.writers.charts import ChartShelf
from pregon.writers.typeface import FONT_FOLDER, printable
from tests.property.documents import documents, draw_png

Shape = list[list[tuple[str, int, int, list["Shape"]]]]


def draw(source: str, *, tags: bool = False) -> bytes:
    """A stranger's PDF: typst set free of our page, by default without tags."""
    opening = '#set text(font: "Public Sans", lang: "es")\n#set document(title: "Ajeno")\n'
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONT_FOLDER)])
    compiler = typst.Compiler((opening + source).encode(), font_paths=fonts, ignore_system_fonts=True)
    drawn = compiler.compile(format="pdf", pdf_tags=tags)
    assert isinstance(drawn, bytes)
    return drawn


def untag(content: bytes) -> bytes:
    """The same pages without any tag or mark: what a program that knows nothing of tags would have made."""
    with pikepdf.open(io.BytesIO(content)) as document:
        del document.Root.StructTreeRoot
        del document.Root.MarkInfo
        for page in document.pages:
            kept = [
                instruction
                for instruction in pikepdf.parse_content_stream(page)
                if str(instruction.operator) not in {"BDC", "BMC", "EMC"}
            ]
            page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def headings(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in document.blocks if isinstance(block, Heading)]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def shape(table: Table, say: Callable[[str], str] = str) -> Shape:
    """What a table says: texts, spans and the tables inside, whatever its headers are."""
    return [
        [
            (say(cell.text), cell.row_span, cell.column_span, [shape(inner, say) for inner in cell.tables])
            for cell in row
        ]
        for row in table.rows
    ]


@pytest.fixture(scope="module")
def sample(sample_document: Document, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("pdf") / "informe.pdf"
    pdf.write(sample_document, path, charts=ChartShelf())
    return path.read_bytes()


@pytest.fixture(scope="module")
def back(sample: bytes) -> Document:
    return read(sample, "informe.pdf")


# ---------- our own ----------


def test_every_table_comes_back_equal(back: Document, sample_document: Document) -> None:
    assert back.tables == sample_document.tables


def test_headings_words_and_pictures_come_back(back: Document, sample_document: Document) -> None:
    assert headings(back) == headings(sample_document)
    assert paragraphs(back) == paragraphs(sample_document)
    assert [block for block in back.blocks if isinstance(block, Picture)] == [
        block for block in sample_document.blocks if isinstance(block, Picture)
    ]


def test_points_of_lists_and_sources_are_told(back: Document) -> None:
    roles = {block.text: block.role for block in back.blocks if isinstance(block, Paragraph)}
    assert roles["Facebook publicó 94 veces."] is Role.ITEM
    assert roles["Fuente: registro de publicaciones."] is Role.SOURCE


def test_properties_header_and_footer_come_back(back: Document, sample_document: Document) -> None:
    assert back.properties == sample_document.properties
    assert back.header == sample_document.header
    assert back.footer == sample_document.footer


def test_every_block_knows_its_page(back: Document) -> None:
    pages = [block.page for block in back.blocks]
    assert pages[0] == 1
    assert all(isinstance(page, int) for page in pages)
    assert pages == sorted(page for page in pages if page is not None)
    assert pages[-1] == 3


def test_without_its_tags_the_same_report_gives_the_same_figures(sample: bytes, sample_document: Document) -> None:
    found = read(untag(sample), "informe.pdf")
    posts = next(table for table in found.tables if table.number == 1)
    assert posts.caption == "Publicaciones por red y mes"
    assert rows(posts) == rows(sample_document.tables[2])
    assert (0, "Informe de comunicaciones") in headings(found)
    assert found.header == sample_document.header
    assert found.footer == sample_document.footer
    chart = next(block for block in found.blocks if isinstance(block, Picture) and block.number == 1)
    assert chart.caption == "Publicaciones por red y mes"


def test_a_hyphen_at_a_line_s_end_is_one_hyphen(tmp_path: Path) -> None:
    """In a cell of one letter's width typst repeats it where the next line begins, as Spanish asks."""
    inner = Table((tuple(Cell(Prose(text)) for text in ("", "", "", "0-<")),))
    outer = Table(
        (tuple(Cell(Prose(text)) for text in ("", "", "")), (Cell(), Cell(), Cell(Prose("0"), tables=(inner,))))
    )
    path = tmp_path / "informe.pdf"
    pdf.write(Document((Paragraph(Prose("Uno.")), outer)), path, charts=ChartShelf())
    found = read(path.read_bytes(), "informe.pdf").tables[0]
    assert found.rows[1][2].tables[0].rows[0][3].text == "0-<"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(document=documents(max_blocks=5))
def test_any_report_of_ours_is_read_back(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    path = tmp_path_factory.mktemp("pdf") / "informe.pdf"
    pdf.write(document, path, charts=ChartShelf())
    if not any(block.text.strip() if isinstance(block, Heading | Paragraph) else False for block in document.blocks):
        return  # a page without a word is refused, as it should be
    found = read(path.read_bytes(), "informe.pdf")

    def say(text: str) -> str:
        return "\n".join(printable(line) for line in text.split("\n"))

    assert [shape(table) for table in found.tables] == [shape(table, say) for table in document.tables]
    assert [block.text for block in found.blocks if isinstance(block, Heading | Paragraph)] == [
        say(block.text) for block in document.blocks if isinstance(block, Heading | Paragraph)
    ]


# ---------- anyone's ----------

GRID = """
#table(columns: (40%, 20%, 20%, 20%),
  table.cell(rowspan: 2)[Red], table.cell(colspan: 2)[Publicaciones], table.cell(rowspan: 2)[Total],
  [Octubre], [Noviembre],
  [Facebook], [44], [24], [68],
  [Instagram y las demás redes de la entidad en el municipio], [1.044], [22], [1.066])
"""


def test_ruled_tables_keep_their_merged_cells() -> None:
    (table,) = read(draw(GRID), "a.pdf").tables
    assert [[(cell.text, cell.row_span, cell.column_span) for cell in row] for row in table.rows[:2]] == [
        [("Red", 2, 1), ("Publicaciones", 1, 2), ("Total", 2, 1)],
        [("Octubre", 1, 1), ("Noviembre", 1, 1)],
    ]
    assert rows(table)[2:] == [
        ["Facebook", "44", "24", "68"],
        ["Instagram y las demás redes de la entidad en el municipio", "1.044", "22", "1.066"],
    ]


def test_a_table_without_rules_is_told_by_its_columns() -> None:
    source = """#table(columns: (40%, 20%, 20%, 20%), stroke: none, align: (left, right, right, right),
      [Red], [Octubre], [Noviembre], [Total], [Facebook], [44], [24], [68], [X], [46], [19], [65])"""
    (table,) = read(draw(source), "a.pdf").tables
    assert rows(table) == [
        ["Red", "Octubre", "Noviembre", "Total"],
        ["Facebook", "44", "24", "68"],
        ["X", "46", "19", "65"],
    ]


def test_a_table_over_pages_is_one_and_its_repeated_head_is_dropped() -> None:
    body = ", ".join(f"[Evento {at}], [{at}]" for at in range(1, 91))
    document = read(draw(f"#table(columns: 2, table.header([Evento], [Asistentes]), {body})"), "a.pdf")
    (table,) = document.tables
    assert table.header_rows == 1
    assert rows(table) == [["Evento", "Asistentes"], *([f"Evento {at}", str(at)] for at in range(1, 91))]


def test_a_row_that_the_page_end_cut_is_made_whole() -> None:
    above = Table(
        (
            (
                Cell(Prose("Riesgo 1")),
                Cell(Prose("Se revisó el")),
            ),
        )
    )
    below = Table(((Cell(), Cell(Prose("15 de diciembre."))), (Cell(Prose("Riesgo 2")), Cell(Prose("No se revisó.")))))
    joined = join_tables(above, below)
    assert joined is not None
    assert rows(joined) == [["Riesgo 1", "Se revisó el 15 de diciembre."], ["Riesgo 2", "No se revisó."]]


def test_two_tables_with_as_many_columns_stay_two() -> None:
    above = Table(((Cell(Prose("Red")), Cell(Prose("Total"))), (Cell(Prose("X")), Cell(Prose("90")))))
    below = Table(((Cell(Prose("Evento")), Cell(Prose("Asistentes"))), (Cell(Prose("Feria")), Cell(Prose("45")))))
    assert join_tables(above, below) is None


def test_headings_are_told_by_their_size_and_captions_by_their_words() -> None:
    source = """#set text(size: 11pt)
    #text(size: 24pt)[Informe de gestión]

    #text(size: 16pt)[1. Redes sociales]

    El trimestre tuvo 273 publicaciones.

    Cuadro 2. Publicaciones por red
    #table(columns: 2, [Red], [Total], [X], [90])
    #text(size: 16pt)[2. Eventos]

    Hubo seis eventos."""
    document = read(draw(source), "a.pdf")
    assert headings(document) == [(0, "Informe de gestión"), (1, "1. Redes sociales"), (1, "2. Eventos")]
    assert paragraphs(document) == ["El trimestre tuvo 273 publicaciones.", "Hubo seis eventos."]
    assert [(table.number, table.caption) for table in document.tables] == [(2, "Publicaciones por red")]


def test_running_lines_are_kept_apart_and_page_numbers_dropped() -> None:
    source = """#set page(header: [Personería de Peñaclara],
      footer: context [FO-COM-012 #h(1fr) Página #counter(page).display()])
    Primera página.
    #pagebreak()
    Segunda página.
    #pagebreak()
    Tercera página."""
    document = read(draw(source), "a.pdf")
    assert document.header == ("Personería de Peñaclara",)
    assert document.footer == ("FO-COM-012",)
    assert [(block.text, block.page) for block in document.blocks if isinstance(block, Paragraph)] == [
        ("Primera página.", 1),
        ("Segunda página.", 2),
        ("Tercera página.", 3),
    ]


def test_the_bars_of_a_chart_are_no_table() -> None:
    bars = " ".join(
        f"#place(bottom, dx: {60 * at}pt, rect(width: 50pt, height: {height}pt, fill: blue))"
        for at, height in enumerate((80, 40, 60))
    )
    source = f"Un párrafo antes.\n#v(40pt)\n#block(height: 120pt, width: 100%)[{bars}]\n#v(40pt)\nUn párrafo después."
    document = read(draw(source), "a.pdf")
    assert document.tables == ()
    assert paragraphs(document) == ["Un párrafo antes.", "Un párrafo después."]


def test_soft_hyphens_are_removed_and_lines_joined() -> None:
    source = """#set page(width: 180pt)
    #set text(hyphenate: true)
    #set par(justify: true)
    Responsabilidades institucionales de las dependencias administrativas, interinstitucionalmente."""
    words = "Responsabilidades institucionales de las dependencias administrativas, interinstitucionalmente."
    for tags in (True, False):
        assert paragraphs(read(draw(source, tags=tags), "a.pdf")) == [words]


def test_a_tagged_file_of_others_is_read_by_its_tags() -> None:
    source = """= Redes sociales
    Hubo *273* publicaciones.
    - Facebook: 94
    - X: 90
    #figure(kind: table, supplement: [Tabla], caption: [Por red], table(columns: 2, stroke: none,
      table.header([Red], [Total]), [Facebook], [94], [X], [90]))"""
    document = read(draw(source, tags=True), "a.pdf")
    assert headings(document) == [(1, "Redes sociales")]
    assert [(block.text, block.role) for block in document.blocks if isinstance(block, Paragraph)] == [
        ("Hubo 273 publicaciones.", Role.BODY),
        ("Facebook: 94", Role.ITEM),
        ("X: 90", Role.ITEM),
    ]
    (table,) = document.tables
    assert (table.number, table.caption, table.header_rows) == (1, "Por red", 1)
    assert rows(table) == [["Red", "Total"], ["Facebook", "94"], ["X", "90"]]


def test_tags_that_leave_out_the_text_are_not_believed(sample: bytes, sample_document: Document) -> None:
    with pikepdf.open(io.BytesIO(sample)) as document:
        document.Root.StructTreeRoot.K = pikepdf.Array([])
        out = io.BytesIO()
        document.save(out)
    found = read(out.getvalue(), "informe.pdf")
    assert rows(sample_document.tables[2]) in [rows(table) for table in found.tables]


def test_a_structure_tree_that_bites_its_tail_ends(sample: bytes) -> None:
    with pikepdf.open(io.BytesIO(sample)) as document:
        root = document.Root.StructTreeRoot.K
        first = root[0] if isinstance(root, pikepdf.Array) else root
        first.K.append(first)
        out = io.BytesIO()
        document.save(out)
    assert "Informe de comunicaciones" in read(out.getvalue(), "a.pdf").text


# ---------- what cannot be read ----------


def lock(content: bytes, *, opened_by: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="dueña", user=opened_by))
    return out.getvalue()


def refuse(content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read(content, "informe.pdf")
    return caught.value


def test_a_password_is_asked_to_be_taken_off(sample: bytes) -> None:
    error = refuse(lock(sample, opened_by="clave"))
    assert error.kind is Why.PASSWORD
    assert str(error) == "«informe.pdf» tiene contraseña. Pida una copia sin contraseña a quien lo hizo y súbala."


def test_a_file_that_only_forbids_changes_is_read(sample: bytes, sample_document: Document) -> None:
    content = lock(sample, opened_by="")
    assert read(content, "a.pdf").tables == sample_document.tables


@pytest.mark.parametrize("part", [0.02, 0.5, 0.97])
def test_a_file_cut_short_is_damaged(sample: bytes, part: float) -> None:
    error = refuse(sample[: int(len(sample) * part)])
    assert error.kind is Why.DAMAGED
    assert str(error).startswith("No pudimos leer «informe.pdf»: está dañado o incompleto.")


def test_a_scanned_page_asks_for_the_word_file() -> None:
    picture = io.BytesIO()
    PIL.Image.new("RGB", (800, 1000), "white").save(picture, "PDF")
    error = refuse(picture.getvalue())
    assert error.kind is Why.SCANNED
    assert str(error) == "«informe.pdf» es una imagen: no tiene texto para leer. Suba el Word original."


def test_a_blank_page_is_empty() -> None:
    assert refuse(draw("#v(1pt)")).kind is Why.EMPTY


def test_what_is_a_pdf_is_told_by_its_bytes(sample: bytes) -> None:
    assert identify(sample, "sin-nombre") is True
    assert identify(b"\r\n\r\n" + sample, "a.pdf") is True
    assert identify(draw_png(), "a.pdf") is False
