"""References between sheets: each must name a record, and is written as that record writes itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pregon.figures.spanish import fold
from pregon.registro.kinds import Link, Links
from pregon.registro.mistake import Mistake
from pregon.registro.rows import Row
from pregon.registro.shape import Sheet
from pregon.registro.vocabulary import nearest

_ALSO_KNOWN_BY: Mapping[str, str] = {"Canales": "name", "Dependencias": "aliases", "Campañas": "title"}
"""Sheets whose records answer to another field too: a channel to its name, an office to its aliases."""


class Directory:
    """The names of the records of a sheet: as they are, and folded for whoever typed them otherwise."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._exact: set[str] = set()
        self._folded: dict[str, str] = {}
        self.names: list[str] = []
        for row in rows:
            sheet = row.sheet
            name = row.values.get(sheet.columns[0].field) if isinstance(sheet, Sheet) else None
            if name:
                self.names.append(name)
                self._exact.add(name)
                self._folded.setdefault(fold(name), name)
        for row in rows:
            self._add_others(row)

    def _add_others(self, row: Row) -> None:
        """Let a record answer to its other names where no record has them for its own."""
        if not isinstance(row.sheet, Sheet) or row.sheet.name not in _ALSO_KNOWN_BY:
            return
        name = row.values.get(row.sheet.columns[0].field)
        others = row.values.get(_ALSO_KNOWN_BY[row.sheet.name])
        if name:
            for other in (others,) if isinstance(others, str) else others or ():
                self._folded.setdefault(fold(other), name)

    def find(self, text: str) -> str | None:
        """The name of the record that a text means; None when it means none."""
        return text if text in self._exact else self._folded.get(fold(text))


def resolve_links(rows_by_sheet: Mapping[str, Sequence[Row]]) -> list[Mistake]:
    """Give every reference the name of its record, in place; those that name nothing are mistakes."""
    directories = {name: Directory(rows) for name, rows in rows_by_sheet.items()}
    mistakes = []
    for rows in rows_by_sheet.values():
        for row in rows:
            if isinstance(row.sheet, Sheet):
                mistakes.extend(_resolve_row(row, row.sheet, directories))
    return mistakes


def _resolve_row(row: Row, sheet: Sheet, directories: Mapping[str, Directory]) -> list[Mistake]:
    mistakes = []
    for column in sheet.columns:
        kind = column.kind
        value = row.values[column.field]
        if not isinstance(kind, Link | Links) or not value or column.field in row.refused:
            continue
        directory = directories.get(kind.sheet)
        if directory is None:
            continue  # the sheet itself is missing, and that is told already
        found = []
        for text in (value,) if isinstance(value, str) else value:
            name = directory.find(text)
            if name is None and isinstance(kind, Link) and kind.may_be_elsewhere:
                mistakes.append(row.mistake(column.field, *_elsewhere(text, kind.sheet), is_remark=True))
                found.append(text)
            elif name is None:
                mistakes.append(row.mistake(column.field, *_unknown(text, kind.sheet, directory)))
                row.refused.add(column.field)
            else:
                found.append(name)
        if column.field not in row.refused:
            row.values[column.field] = found[0] if isinstance(kind, Link) else tuple(found)
    return mistakes


def _elsewhere(text: str, sheet: str) -> tuple[str, str]:
    return f"«{text}» no está en la hoja «{sheet}».", "Puede ser de otro trimestre; revise que esté bien escrita."


def _unknown(text: str, sheet: str, directory: Directory) -> tuple[str, str]:
    close = nearest(text, directory.names)
    problem = f"«{text}» no está en la hoja «{sheet}»."
    if close:
        return problem, f"¿Quiso decir «{close}»? Si es nuevo, agréguelo en esa hoja."
    return problem, "Agréguelo en esa hoja o escriba uno que ya esté."
