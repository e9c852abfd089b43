"""Excel (.xlsx, .xlsm) → Document: what the sheets show, printed as their cells print it.

A workbook of ours gives its report back: the prose in order and each table from its sheet. In anyone's, each sheet is a
section and each block of filled cells a table. The values are those the file keeps; no formula is computed and no
macro or link is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pregon.document.model import Document, Properties
from pregon.readers import refusals
from pregon.readers.signatures import Content, recognise

if TYPE_CHECKING:
    from pregon.readers.excel_package import Workbook

NAME: Final = "Excel"
SUFFIXES: Final = (".xlsx", ".xlsm", ".xltx", ".xltm")


def identify(content: bytes, name: str) -> bool:  # noqa: ARG001 -- every reader has the same two arguments
    """Whether the bytes are an Excel workbook of 2007 or later."""
    return recognise(content) is Content.EXCEL


def read(content: bytes, name: str) -> Document:
    """The document that a workbook holds; `name` is what its owner calls the file.

    Raises:
        UnreadableFile: it has a password, is broken, has nothing in it, or more cells than can be read.
    """
    from pregon.readers.excel_package import Workbook
    from pregon.readers.excel_regions import read_sheets
    from pregon.readers.excel_report import read_report

    workbook = Workbook(content, name)
    report = read_report(workbook) if workbook.is_ours else None
    if report is not None:
        return report
    blocks = read_sheets(workbook.sheets, name)
    if not blocks:
        raise refusals.empty(name)
    properties = Properties(title=workbook.properties.title)
    return Document(blocks, properties, source=name, remarks=tuple(_remark(workbook)))


def _remark(workbook: Workbook) -> list[str]:
    """What a person must know of sheets that were not read, or not as they look."""
    remarks = [f"La hoja «{sheet}» está oculta y no se leyó." for sheet in workbook.hidden_sheets]
    for sheet in workbook.sheets:
        if sheet.has_hidden_lines:
            remarks.append(f"La hoja «{sheet.name}» tiene filas o columnas ocultas; también se leyeron.")
        if sheet.valueless:
            many = f"{sheet.valueless} fórmulas" if sheet.valueless > 1 else "una fórmula"
            remarks.append(
                f"La hoja «{sheet.name}» tiene {many} sin valor guardado. Abra el archivo en Excel y guárdelo otra vez."
            )
    return remarks
