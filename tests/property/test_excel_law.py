"""The law of Excel: every cell and every text that the writer writes, the reader reads back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pregon.document.model import Block, Cell, Document, Table
from pregon.readers.excel import read
from pregon.writers.charts import ChartShelf
from pregon.writers.excel import write
from pregon.writers.excel_figures import read_printed
from tests.property.documents import documents


def _flatten(document: Document) -> Document:
    """As a workbook holds it: a table inside a cell has its own sheet, after that of its holder."""
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            inner = [table for row in block.rows for cell in row for table in cell.tables]
            rows = tuple(tuple(Cell(cell.prose, cell.row_span, cell.column_span) for cell in row) for row in block.rows)
            blocks += [replace(block, rows=rows), *inner]
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks))


@given(documents())
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back_equal(document: Document) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "informe.xlsx"
        write(document, path, charts=ChartShelf())
        assert read(path.read_bytes(), path.name) == _flatten(document)


@given(st.integers(-999_999_999, 999_999_999), st.integers(0, 4), st.sampled_from(("", "%", "\u00a0%", " %")))
def test_every_number_that_a_sheet_takes_prints_as_it_was(value: int, decimals: int, unit: str) -> None:
    whole, part = divmod(abs(value), 10**decimals)
    text = f"{whole:,}".replace(",", ".") + (f",{part:0{decimals}d}" if decimals else "")
    text = ("−" if value < 0 else "") + text + unit
    number = read_printed(text)
    # `read_printed` gives a number only where its format prints the text again, so that it gives one is the proof.
    assert number is not None
    assert number.value == Decimal(value).scaleb(-decimals) / (100 if unit else 1)
