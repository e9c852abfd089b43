"""The workbook: numbers are numbers, totals are formulas that give what the report prints, and text is always text."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from pregon.document.model import Cell, Document, Heading, Paragraph, Table
from pregon.document.prose import Figure, Operator, Printed, Prose
from pregon.figures.amount import Amount
from pregon.readers.excel import read
from pregon.writers.charts import ChartShelf
from pregon.writers.excel import write
from pregon.writers.excel_figures import SheetNumber, read_printed


def figure_cell(text: str, key: str, operator: Operator = Operator.RECORDED, parts: tuple[str, ...] = ()) -> Cell:
    figure = Figure(key, amount=Amount(Decimal(1)), operator=operator, parts=parts)
    return Cell(Prose.of(Printed(text, figure)))


def words(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(Prose(text)) for text in texts)


def write_table(path: Path, *rows: tuple[Cell, ...], header_rows: int = 0) -> None:
    write(Document((Table(rows, header_rows, caption="Cifras", number=1),)), path, charts=ChartShelf())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, sample_document: Document) -> Path:
    path = tmp_path_factory.mktemp("excel") / "informe.xlsx"
    write(sample_document, path, charts=ChartShelf())
    return path


def test_a_sheet_for_each_table_and_an_index_that_leads_to_them(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    tables = [
        "Informe de comunicaciones",
        "Resumen",
        "1 Publicaciones por red y mes",
        "2 Alcance por red",
        "Evidencias",
        "Evidencias (2)",
    ]
    assert book.sheetnames == ["Índice", "Texto", *tables]
    index = book["Índice"]
    links = [row[0].hyperlink.location for row in index.iter_rows() if row[0].hyperlink is not None]
    assert links == [f"'{name}'!A1" for name in ("Texto", *tables)]


def test_totals_are_formulas_and_keep_their_value(path: Path) -> None:
    formulas = openpyxl.load_workbook(path)["1 Publicaciones por red y mes"]
    values = openpyxl.load_workbook(path, data_only=True)["1 Publicaciones por red y mes"]
    assert [cell.value for cell in formulas[5]] == ["Facebook", 44, 24, 26, "=SUM(B5:D5)"]
    assert [cell.value for cell in formulas[8]] == [
        "Total por mes",
        "=SUM(B5:B7)",
        "=SUM(C5:C7)",
        "=SUM(D5:D7)",
        "=SUM(E5:E7)",
    ]
    assert [cell.value for cell in values[8]] == ["Total por mes", 134, 65, 74, 273]
    assert {type(cell.value) for cell in values[8][1:]} == {int}


def test_headers_stay_in_sight_on_screen_and_on_paper(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["2 Alcance por red"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B6", "$4:$5")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (1, 0, 1)
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.right.text == "Página &P de &N"
    assert sorted(str(merged) for merged in sheet.merged_cells.ranges) == ["A4:A5", "B4:D4", "B7:C7", "E4:E5"]


def test_properties(path: Path) -> None:
    properties = openpyxl.load_workbook(path).properties
    assert (properties.title, properties.creator, properties.identifier) == (
        "Informe de comunicaciones",
        "Personería de Peñaclara",
        "FO-COM-012",
    )
    assert (properties.version, properties.subject, properties.language) == ("3", "2025-T4", "es-CO")


@pytest.mark.parametrize("text", ["=1+1", "+57 300 123", "-1 persona", "@todos", "=cmd|' /C calc'!A0", "\t=1+1", "%x"])
def test_text_that_looks_like_a_formula_is_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    write(Document((Heading(0, Prose("x")), Paragraph(Prose(text)))), path, charts=ChartShelf())
    cell = openpyxl.load_workbook(path)["Texto"]["B3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_formulas_of_every_operator(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(
        path,
        (figure_cell("134", "a"), figure_cell("273", "b"), figure_cell("250", "c")),
        (
            figure_cell("49,1\u00a0%", "share", Operator.SHARE, ("a", "b")),
            figure_cell("+23", "difference", Operator.DIFFERENCE, ("b", "c")),
            figure_cell("+9,2\u00a0%", "change", Operator.CHANGE, ("b", "c")),
        ),
        (
            figure_cell("219", "mean", Operator.MEAN, ("a", "b", "c")),
            figure_cell("273", "most", Operator.MAXIMUM, ("a", "b", "c")),
            figure_cell("384", "sum", Operator.SUM, ("a", "c")),
        ),
    )
    sheet = openpyxl.load_workbook(path)["1 Cifras"]
    assert [[cell.value for cell in row] for row in sheet["A5:C6"]] == [
        ["=A4/B4", "=B4-C4", "=(B4-C4)/C4"],
        ["=AVERAGE(A4:C4)", "=MAX(A4:C4)", "=SUM(A4,C4)"],
    ]
    table = read(path.read_bytes(), "a.xlsx").tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["134", "273", "250"],
        ["49,1\u00a0%", "+23", "+9,2\u00a0%"],
        ["219", "273", "384"],
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("95", ("a", "b")),  # the formula would print another number than the report
        ("94", ("a", "b", "elsewhere")),  # a part stands on no cell of this sheet
        ("94", ("a", "total")),  # itself
        ("44", ("a",)),  # nothing to add
    ],
)
def test_a_formula_is_written_only_where_it_gives_what_is_printed(
    tmp_path: Path, text: str, parts: tuple[str, ...]
) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, (figure_cell("44", "a"), figure_cell("50", "b"), figure_cell(text, "total", Operator.SUM, parts)))
    assert openpyxl.load_workbook(path)["1 Cifras"]["C4"].value == int(text)


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("34.811", "34811", "#,##0"),
        ("1830", "1830", "0"),
        ("183", "183", "#,##0"),
        ("48,5\u00a0%", "0.485", '#,##0.0"\u00a0"%'),
        ("1.234,50", "1234.50", "#,##0.00"),
        ("−1.046", "-1046", '#,##0;"−"#,##0;#,##0'),
        ("+12", "12", '"+"#,##0;"−"#,##0;#,##0'),
        ("≈\u00a02.106", "2106", '"≈\u00a0"#,##0'),
    ],
)
def test_what_is_a_number_for_a_sheet(text: str, value: str, code: str) -> None:
    assert read_printed(text) == SheetNumber(Decimal(value), code)


@pytest.mark.parametrize(
    "text",
    ["", "007", "1.23", "34,811.5", "6/10/2025", "2025-T4", "1e5", "+23 (+9,2\u00a0%)", "12345678901234567", "٣"],
)
def test_what_stays_text(text: str) -> None:
    assert read_printed(text) is None


def test_names_of_sheets_are_those_that_excel_takes(tmp_path: Path) -> None:
    caption = "Publicaciones [todas]: ¿redes? / sede * y más cosas"
    table = Table((words("1"),), caption=caption)
    path = tmp_path / "a.xlsx"
    write(Document((table, table, Table((words("2"),), caption="'Texto'"))), path, charts=ChartShelf())
    names = openpyxl.load_workbook(path).sheetnames[2:]
    assert names == ["Publicaciones todas ¿redes sede", "Publicaciones todas ¿redes (2)", "Texto (2)"]
    assert max(len(name) for name in names) <= 31


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pregon.document.prose import Prose;"
        "from pregon.document.model import Cell, Document, Properties, Table;"
        "from pregon.writers.charts import ChartShelf; from pregon.writers.excel import write;"
        "rows = tuple(tuple(Cell(Prose(t)) for t in r) for r in (('Red', 'Oct'), ('X', '46'), ('Z', 'sin dato')));"
        "write(Document((Table(rows, 1, 1),), Properties('Informe')), Path(sys.argv[1]), charts=ChartShelf())"
    )
    written = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.xlsx"
        environment = {"PYTHONHASHSEED": seed, "PATH": ""}
        subprocess.run([sys.executable, "-c", script, str(path)], check=True, env=environment)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_nothing_in_it_tells_when_or_where_it_was_written(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in archive.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")
