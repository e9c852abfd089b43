"""Excel of 97 to 2003 (.xls) → Document: what the sheets show. A reader of our own over the records of the file.

The values are those the file keeps; no formula is computed and no macro or link is looked at. Excel 5 and 95 wrote
another format, which is asked to be saved anew.
"""

from __future__ import annotations

from typing import Final

from pregon.document.model import Document
from pregon.readers import refusals
from pregon.readers.signatures import Content, recognise

NAME: Final = "Excel"
SUFFIXES: Final = (".xls", ".xlt")


def identify(content: bytes, name: str) -> bool:  # noqa: ARG001 -- every reader has the same two arguments
    """Whether the bytes are an Excel workbook of before 2007."""
    return recognise(content) is Content.EXCEL_97


def read(content: bytes, name: str) -> Document:
    """The document that a workbook holds.

    Raises:
        UnreadableFile: it has a password, is broken or older than 97, has nothing in it, or too many cells.
    """
    from pregon.readers.excel97_records import OldWorkbook
    from pregon.readers.excel_regions import read_sheets

    workbook = OldWorkbook(content, name)
    blocks = read_sheets(workbook.sheets, name)
    if not blocks:
        raise refusals.empty(name)
    remarks = [f"La hoja «{sheet}» está oculta y no se leyó." for sheet in workbook.hidden_sheets]
    remarks += [
        f"La hoja «{sheet.name}» tiene filas o columnas ocultas; también se leyeron."
        for sheet in workbook.sheets
        if sheet.has_hidden_lines
    ]
    return Document(blocks, source=name, remarks=tuple(remarks))
