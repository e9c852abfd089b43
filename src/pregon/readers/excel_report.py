"""A workbook of ours read back: the prose in its order, each table from its own sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pregon.document import sheet_words as words
from pregon.document.model import Block, Document, Heading, Paragraph, Picture, Table
from pregon.document.prose import Prose
from pregon.readers import refusals
from pregon.readers.excel_package import Sheet, Workbook
from pregon.readers.excel_regions import MAXIMUM_PLACES, lay_out

_NUMBERED: Final = re.compile(r"(?:Tabla|Gráfica|Imagen) (\d+)\.(?: (.*))?", re.DOTALL)
_ROLES: Final = {name: role for role, name in words.ROLE_NAMES.items()}
Line = tuple[str, str, str]


def read_report(workbook: Workbook) -> Document | None:
    """The report that the workbook holds; None where the sheet with its prose is no longer there."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    text = sheets.get(words.TEXT_SHEET)
    if text is None:
        return None
    lines = [
        (text.texts.get((row, 1), ""), text.texts.get((row, 2), ""), text.texts.get((row, 3), ""))
        for row in range(2, text.bottom + 1)
    ]
    return Document(
        tuple(_read_blocks(lines, sheets, workbook.name)),
        workbook.properties,
        tuple(said for kind, said, _ in lines if kind == words.HEADER),
        tuple(said for kind, said, _ in lines if kind == words.FOOTER),
        source=workbook.name,
    )


def _read_blocks(lines: list[Line], sheets: dict[str, Sheet], name: str) -> Iterator[Block]:
    for place, (kind, said, target) in enumerate(lines):
        level = words.level_of(kind)
        if level is not None:
            yield Heading(level, Prose(said))
        elif kind in _ROLES:
            yield Paragraph(Prose(said), _ROLES[kind])
        elif kind in {words.TABLE, words.INNER_TABLE}:
            if target in sheets:
                yield _read_table(sheets[target], said, name)
        elif kind in {words.CHART, words.IMAGE}:
            number, caption = _part_caption(said)
            after = lines[place + 1] if place + 1 < len(lines) else ("", "", "")
            yield Picture(after[1] if after[0] == words.ALTERNATIVE else "", caption, number)


def _read_table(sheet: Sheet, said: str, name: str) -> Table:
    """The table of a sheet: all that stands from `TABLE_ROW` on; its frozen rows and columns are its headers."""
    if sheet.bottom * sheet.right > MAXIMUM_PLACES:
        raise refusals.too_many(name, f"más de {MAXIMUM_PLACES // 1000} mil celdas")
    number, caption = _part_caption(said)
    rows = lay_out(sheet.texts, sheet.spans, (words.TABLE_ROW, 1, sheet.bottom, sheet.right))
    header_rows = min(max(sheet.frozen_rows - words.TABLE_ROW + 1, 0), len(rows))
    return Table(rows, header_rows, sheet.frozen_columns, caption, number)


def _part_caption(said: str) -> tuple[int | None, str]:
    found = _NUMBERED.fullmatch(said)
    return (None, said) if found is None else (int(found[1]), found[2] or "")
