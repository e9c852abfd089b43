"""The PDF: accessible and archivable in one file, words never code, the same bytes each time, tables over pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pregon.document.model import (
    Cell,
    CellState,
    Document,
    Heading,
    Image,
    Layout,
    Paragraph,
    Picture,
    Properties,
    Role,
    Table,
)
from pregon.document.prose import Prose
from pregon.writers import pdf, typeface
from pregon.writers.charts import ChartShelf
from pregon.writers.pdf_columns import LANDSCAPE, PORTRAIT
from pregon.writers.pdf_tables import drawn_header_rows, place_cells, set_table

Write = Callable[[Document], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_it(document: Document) -> Path:
        path = tmp_path / "informe.pdf"
        pdf.write(document, path, charts=ChartShelf())
        return path

    return write_it


@pytest.fixture(scope="module")
def sample(sample_document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "informe.pdf"
    pdf.write(sample_document, path, charts=ChartShelf())
    return path


def page_texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def printed(path: Path) -> str:
    return " ".join(" ".join(page_texts(path)).split())


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    below = element.get("/K")
    for child in list(below) if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield from elements(child)


def tagged(document: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    tree = document.Root.StructTreeRoot.K
    roots = list(tree) if isinstance(tree, pikepdf.Array) else [tree]
    return [found for root in roots for found in elements(root) if str(found.S) == f"/{kind}"]


def table_of(*rows: tuple[str, ...], **more: object) -> Table:
    return Table(tuple(tuple(Cell(Prose(text)) for text in row) for row in rows), **more)  # type: ignore[arg-type]  # its fields


def document_of(*blocks: Heading | Paragraph | Table | Picture) -> Document:
    return Document(blocks, Properties(title="Informe", institution="Personería", period="2025-T4"))


def test_one_file_is_both_accessible_and_archivable(sample: Path) -> None:
    with pikepdf.open(sample) as document, document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert str(document.Root.Lang) == "es-CO"
        assert bool(document.Root.MarkInfo.Marked) is True
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle) is True


def test_what_the_document_says_of_itself_is_kept(sample: Path) -> None:
    with pikepdf.open(sample) as document:
        facts = {key: str(value) for key, value in document.docinfo.items()}
    assert facts["/Title"] == "Informe de comunicaciones"
    assert facts["/Author"] == "Personería de Peñaclara"
    assert facts["/Keywords"] == "código FO-COM-012, versión 3, periodo 2025-T4"
    assert facts["/CreationDate"].startswith("D:20251231")


def test_equal_documents_give_equal_bytes(sample: Path, sample_document: Document, write: Write) -> None:
    assert write(sample_document).read_bytes() == sample.read_bytes()


def test_another_figure_gives_other_bytes(write: Write) -> None:
    first = write(document_of(Paragraph(Prose("Hubo 94.")))).read_bytes()
    assert write(document_of(Paragraph(Prose("Hubo 95.")))).read_bytes() != first


def test_every_face_is_the_vendored_one_and_inside_the_file(sample: Path) -> None:
    with pikepdf.open(sample) as document:
        fonts = [font for page in document.pages for font in page.obj.Resources.Font.values()]
        named = {str(font.BaseFont).partition("+")[2].split("-")[0] for font in fonts}
        assert named <= {"SourceSerif4", "PublicSans", "PregonSignos", "NotoEmoji"}
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert descriptors
        assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)


def test_first_cells_of_a_row_are_its_headers(sample: Path) -> None:
    with pikepdf.open(sample) as document:
        scopes = [
            str(attributes.Scope)
            for cell in tagged(document, "TH")
            for attributes in cell.A
            if str(attributes.O) == "/Table"
        ]
        named = [attributes for cell in tagged(document, "TD") for attributes in cell.A if attributes.get("/Headers")]
        # A list of headers outweighs every scope, so only the table without row headers (inside a cell) keeps its own.
        assert len(named) == 2
    # Facts 2, posts 4 rows, reach 2 rows; columns: posts 5, reach 6, the table inside a cell 2.
    assert (scopes.count("/Row"), scopes.count("/Column")) == (8, 13)


def test_every_figure_says_what_it_shows(sample: Path) -> None:
    with pikepdf.open(sample) as document:
        assert [str(figure.Alt) for figure in tagged(document, "Figure")] == [
            "Facebook: 44, 24 y 26. Instagram: 44, 22 y 23. X: 46, 19 y 25.",
            "Captura de la página en octubre",
            "Una imagen que no se pudo dibujar",
        ]


def test_pages_carry_header_footer_and_number(sample: Path) -> None:
    pages = page_texts(sample)
    for number, text in enumerate(pages, 1):
        assert "FO-COM-012 · versión 3" in text
        assert "Informe de comunicaciones, cuarto trimestre de 2025" in text
        assert f"Página {number} de {len(pages)}" in text


def test_captions_stand_with_their_label_and_number(sample: Path) -> None:
    text = printed(sample)
    assert "Tabla 1. Publicaciones por red y mes" in text
    assert "Gráfica 1. Publicaciones por red y mes" in text
    assert "Imagen 2. Sede electrónica" in text


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "#panic() *negrita* _cursiva_ `código` $x^2$ = Título",
        "\\ #set page(fill: red) // comentario /* otro */",
        '<etiqueta> @referencia [corchetes] {llaves} "comillas" ~ -- ---',
        '#import "@preview/cetz:0.1.0"',
        "<script>alert(1)</script> &amp; %0A",
    ],
)
def test_words_of_a_record_are_printed_and_never_run(words: str, write: Write) -> None:
    path = write(
        document_of(
            Heading(0, Prose(words)),
            Heading(1, Prose(words)),
            Paragraph(Prose(words)),
            Paragraph(Prose(words), Role.ITEM),
            table_of(("Dicho", words), ("Figura", "94"), caption=words, number=1, header_rows=1),
        )
    )
    assert printed(path).count(" ".join(words.split())) == 6


def test_the_page_asks_for_no_package_and_reads_no_file() -> None:
    source = Path(pdf.__file__).with_name("report.typ").read_text()
    assert "@preview" not in source
    assert not any(call in source for call in ("read(", "include ", "plugin(", "import "))


def test_a_warning_of_typst_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write: Write) -> None:
    page = tmp_path / "warned.typ"
    page.write_text('#set document(title: "x")\n#set text(font: "No existe")\nHola')
    monkeypatch.setattr(pdf, "_PAGE", page)
    with pytest.raises(RuntimeError, match="unknown font family"):
        write(document_of(Paragraph(Prose("Hola."))))


def test_a_long_table_repeats_its_head_on_each_page(write: Write) -> None:
    rows = [("Evento", "Asistentes"), *((f"Evento {at}", str(at)) for at in range(1, 121))]
    pages = page_texts(write(document_of(table_of(*rows, header_rows=1, caption="Eventos", number=1))))
    assert len(pages) > 2
    assert [text.count("Asistentes") for text in pages] == [1] * len(pages)
    assert sum(text.count("Tabla 1. Eventos") for text in pages) == 1


def test_a_short_table_is_never_parted(write: Write) -> None:
    filler = [Paragraph(Prose("Una frase que llena la página. " * 12)) for _ in range(9)]
    table = table_of(("Red", "Total"), *((f"Red {at}", str(at)) for at in range(8)), header_rows=1)
    pages = page_texts(write(document_of(*filler, table)))
    holding = [text for text in pages if "Red 0" in text or "Red 7" in text]
    assert len(holding) == 1


def test_no_word_of_a_table_is_hyphenated(write: Write) -> None:
    words = "Responsabilidades institucionales interadministrativas"
    table = table_of(*[(words,) * 5] * 2, header_rows=1)
    assert "\u00ad" not in printed(write(document_of(table)))
    assert printed(write(document_of(table))).count("interadministrativas") == 10


def test_a_hyphen_at_a_line_end_is_not_printed_twice(write: Write) -> None:
    name = "asistencia-orientacion-vocacional-para-personeros-estudiantiles.pdf"
    text = printed(write(document_of(table_of(("E-1", name, name, name), ("E-2", "b", "c", "d")))))
    assert "".join(text.replace("\u200b", "").split()).count(name) == 3


def test_a_code_can_be_searched_for_as_it_is_written(write: Write) -> None:
    path = write(document_of(Paragraph(Prose("Use el formato FO-COM-012 de la oficina. " * 9))))
    assert printed(path).count("FO-COM-012") == 9


def test_a_hash_is_cut_rather_than_run_out_of_its_column(write: Write) -> None:
    digest = "9f2c41d7a81b2f96" * 4
    path = write(
        document_of(table_of(("Evidencia", "Huella", "Fecha"), ("E-041", digest, "2 ene 2026"), header_rows=1))
    )
    document = pypdfium2.PdfDocument(path)
    try:
        texts = document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
        assert max(text.get_bounds()[2] for text in texts) <= 612 - 24 * 72 / 25.4
    finally:
        document.close()
    assert digest in "".join(printed(path).replace("\u200b", "").split())


def test_what_no_face_can_print_is_replaced_and_emoji_are_printed(write: Write) -> None:
    text = printed(write(document_of(Paragraph(Prose("Día del 中 agua 😀 ½ ≠ → Ω ш")))))
    assert "Día del ? agua 😀 ½ ≠ → Ω ш" in text


def test_a_document_that_skips_levels_or_has_no_title_is_still_printed(write: Write) -> None:
    path = write(Document((Heading(3, Prose("Tercero")), Heading(1, Prose("Primero")), Heading(4, Prose("Cuarto")))))
    with pikepdf.open(path) as document:
        assert [len(tagged(document, kind)) for kind in ("H1", "H2", "H3", "H4")] == [2, 1, 0, 0]


def test_an_empty_document_is_an_empty_page(write: Write) -> None:
    assert len(page_texts(write(Document(())))) == 1


def test_a_picture_that_cannot_be_drawn_is_described(write: Write) -> None:
    broken = Picture("El tablero de octubre", "Tablero", 1, Image(b"\x89PNG\r\n\x1a\nroto"))
    assert "Imagen 1. Tablero El tablero de octubre" in printed(write(document_of(broken)))


def test_the_four_faces_of_nothing_look_different() -> None:
    states = (CellState.NO_DATA, CellState.NOT_APPLICABLE, CellState.NOT_ADDABLE, CellState.NOT_MEASURABLE)
    cells = tuple((Cell(Prose("Red")), Cell(Prose(state.value), state=state)) for state in states)
    values, _ = set_table(Table(cells))
    assert [cell["state"] for cell in values["cells"] if cell["x"] == 1] == [state.value for state in states]


def test_a_state_that_did_not_travel_is_told_by_its_words() -> None:
    values, _ = set_table(table_of(("Red", "sin dato"), ("X", "No sumable"), ("Y", "12")))
    assert [cell["state"] for cell in values["cells"] if cell["x"] == 1] == ["no_data", "not_addable", ""]


def test_columns_of_figures_stand_at_the_right_and_the_rest_at_the_left() -> None:
    values, _ = set_table(
        table_of(
            ("Red", "Total", "Cambio", "Diciembre", "Nota"),
            ("X", "≈ 1.830", "+2 (+9,2 %)", "sin dato", "8 ene 2026"),
            ("Y", "48,5 %", "−1 (−1,1 %)", "falta diciembre", "sin fecha"),
            header_rows=1,
        )
    )
    sides = {(cell["x"], cell["side"]) for cell in values["cells"]}
    assert sides == {(0, "left"), (1, "right"), (2, "right"), (3, "right"), (4, "left")}


def test_a_wide_table_fits_its_page_in_smaller_type() -> None:
    months = tuple(f"{at:02d}/2025" for at in range(1, 10))
    values, _ = set_table(table_of(("Canal", *months), ("Sede electrónica", *(["34.811"] * 9)), header_rows=1))
    assert sum(values["columns"]) <= PORTRAIT + 0.01
    assert values["size"] < 9
    assert values["landscape"] is False


def test_a_very_wide_table_turns_its_page(write: Write) -> None:
    table = table_of(*[tuple(f"Columna{at}" for at in range(20))] * 3, header_rows=1)
    values, _ = set_table(table)
    assert values["landscape"] is True
    assert sum(values["columns"]) <= LANDSCAPE + 0.01
    document = pypdfium2.PdfDocument(write(document_of(Paragraph(Prose("Antes.")), table, Paragraph(Prose("Luego.")))))
    try:
        assert [page.get_width() for page in document] == [612, 792, 612]
    finally:
        document.close()


def test_merged_cells_are_placed_and_short_rows_filled() -> None:
    table = Table(
        (
            (Cell(Prose("Red"), row_span=2), Cell(Prose("Alcance"), column_span=2)),
            (Cell(Prose("Octubre")), Cell(Prose("Noviembre"))),
            (Cell(Prose("Facebook")),),
        ),
        header_rows=1,
    )
    places = [(place.row, place.column, place.height, place.width, place.cell.text) for place in place_cells(table)]
    assert places == [
        (0, 0, 2, 1, "Red"),
        (0, 1, 1, 2, "Alcance"),
        (1, 1, 1, 1, "Octubre"),
        (1, 2, 1, 1, "Noviembre"),
        (2, 0, 1, 1, "Facebook"),
        (2, 1, 1, 1, ""),
        (2, 2, 1, 1, ""),
    ]
    assert drawn_header_rows(table) == 2  # a cell of the head reaches into the second row


def test_a_total_is_set_apart_and_big_figures_are_big() -> None:
    posts, _ = set_table(table_of(("Red", "Total"), ("X", "90"), ("Total", "90"), header_rows=1, total_rows=1))
    assert [cell["face"] for cell in posts["cells"] if cell["x"] == 0] == ["head", "", "total"]
    highlights, _ = set_table(table_of(("publicaciones",), ("273",), layout=Layout.HIGHLIGHTS))
    assert [cell["face"] for cell in highlights["cells"]] == ["caption", "figure"]


def test_sums_and_counts_stand_out_in_running_text_alone(sample_document: Document) -> None:
    from pregon.writers.pdf_sheet import make_sheet

    values = make_sheet(sample_document, ChartShelf()).values
    strong = [
        run[0] for block in values["blocks"] if block["kind"] == "paragraph" for run in block["runs"] if len(run) == 2
    ]
    assert strong == ["273"]


def test_widths_and_cover_of_a_face_are_those_of_its_file() -> None:
    face = typeface.load_typeface("PublicSans-Regular.ttf")
    # From the font's own tables, read with fontTools by hand: «zero» 1224 of 2000 units, «space» 461.
    assert face.measure("0", 1000) == 612
    assert face.measure(" ", 1000) == 230
    assert ord("≈") in typeface.printable_characters()
    assert ord("中") not in typeface.printable_characters()


def test_invisible_marks_are_not_printed() -> None:
    assert typeface.printable("a\u00adb\u200bc\u202ed\x00e\tf\ng") == "abcde f g"


def test_every_vendored_face_has_its_licence_beside_it() -> None:
    names = {path.name for path in typeface.FONT_FOLDER.iterdir()}
    assert {"LICENSE-public-sans.txt", "LICENSE-source-serif-4.txt", "LICENSE-noto-emoji.txt"} <= names
    assert all(
        name.startswith(("PublicSans", "SourceSerif4", "PregonSignos", "NotoEmoji", "LICENSE")) for name in names
    )


def test_the_date_is_the_last_day_of_the_period(write: Write) -> None:
    document = replace(document_of(Paragraph(Prose("Hola."))), properties=Properties(title="Informe", period="2026-T1"))
    with pikepdf.open(write(document)) as found:
        assert str(found.docinfo["/CreationDate"]).startswith("D:20260331")
