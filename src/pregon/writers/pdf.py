"""PDF: the report on letter pages, set by typst as one file that is both PDF/UA-1 and PDF/A-2a.

The words go to typst as data (pdf_sheet.py) for one fixed page (report.typ); its warnings are failures. Equal documents
give equal bytes. What typst cannot say from Python, that the first cells of a row are its header, is added afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pregon.document.model import Document, Table
from pregon.writers.charts import ChartShelf
from pregon.writers.pdf_sheet import Sheet, make_sheet, period_date
from pregon.writers.pdf_tables import drawn_header_rows, place_cells
from pregon.writers.typeface import FONT_FOLDER

if TYPE_CHECKING:
    import pikepdf
    import typst

SUFFIXES = (".pdf",)

_PAGE: Final = Path(__file__).with_name("report.typ")


def write(document: Document, path: Path, *, charts: ChartShelf, template: Path | None = None) -> None:  # noqa: ARG001 -- every format is called alike; a base file is Word's alone
    """Write a document as PDF.

    Raises:
        OSError: the file cannot be written.
    """
    stamp = datetime.combine(period_date(document.properties.period), time(), UTC)
    printed = _print_sheet(make_sheet(document, charts), stamp)
    _mark_row_headers(printed, document, path)


@cache
def _fonts() -> typst.Fonts:
    """The vendored faces alone, read once in a process."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])


def _print_sheet(sheet: Sheet, stamp: datetime) -> bytes:
    """Run typst in a folder that holds nothing but the report's pictures."""
    import typst

    with TemporaryDirectory(prefix="pregon-") as folder:
        for name, content in sheet.files.items():
            (Path(folder) / name).write_bytes(content)
        printed, warnings = typst.Compiler(
            _PAGE.read_bytes(),
            root=folder,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"sheet": json.dumps(sheet.values, ensure_ascii=False)},
            package_path=folder,
            package_cache_path=folder,
        ).compile_with_warnings(format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=stamp)
    if warnings:
        raise RuntimeError("report.typ: " + "; ".join(warning.message for warning in warnings))
    if not isinstance(printed, bytes):
        raise RuntimeError("report.typ: typst gave no file")  # noqa: TRY004 -- its promise broken, not our argument
    return printed


def _mark_row_headers(printed: bytes, document: Document, path: Path) -> None:
    """Turn the first cells of each row into headers of that row, where the document says that they are."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(printed)) as pdf:
        drawn = (table for table in document.tables if table.rows)
        for table, element in zip(drawn, _elements(pdf.Root.StructTreeRoot, "/Table"), strict=True):
            if table.header_columns:
                _mark_table(table, element)
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _mark_table(table: Table, element: pikepdf.Object) -> None:
    """Mark one table's row headers.

    typst names for each cell the headers above it; such a list outweighs every scope, so it goes, and the scopes of
    columns and rows together say the same and more.
    """
    import pikepdf

    name = pikepdf.Name
    cells = [cell for row in _own_rows(element) for cell in _children(row)]
    heads = drawn_header_rows(table)
    for place, cell in zip(place_cells(table), cells, strict=True):
        is_head = place.row >= heads and place.column < table.header_columns
        if is_head:
            cell.S = name.TH
        for attributes in cell.A:
            if attributes.O == "/Table":
                del attributes.Headers
                if is_head:
                    attributes.Scope = name.Row


def _elements(element: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    """Every structure element of a kind, in reading order, outer ones first."""
    if element.get("/S") == kind:
        yield element
    for child in _children(element):
        yield from _elements(child, kind)


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements right under one, without the pieces of page content among them."""
    import pikepdf

    below = element.get("/K")
    inside = list(below) if isinstance(below, pikepdf.Array) else [below]
    return [child for child in inside if isinstance(child, pikepdf.Dictionary) and "/S" in child]


def _own_rows(table: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """A table's rows, those of its head and body alike, without the rows of tables inside its cells."""
    for child in _children(table):
        if child.S == "/TR":
            yield child
        elif child.S != "/Caption":
            yield from _own_rows(child)
