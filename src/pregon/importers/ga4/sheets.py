"""The tables of an export of Google Analytics 4: remarks with «#» above each, a blank line below.

The remarks say the property, the audience («All Users») and the dates, which hold until others are said. A table whose
axis is «Nth day» counts days from the first date. What each table is worth is decided in `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pregon.figures.period import Period
from pregon.figures.words import fold
from pregon.importers.delimited import Delimited, Row
from pregon.importers.ga4.columns import read_day

_SAID: Final = re.compile(
    r"(account|cuenta|property|propiedad|start date|fecha de inicio|end date|fecha de [a-z]+): *(.*)"
)
_NAMES: Final = {
    "account": "",
    "cuenta": "",
    "property": "own",
    "propiedad": "own",
    "start date": "start",
    "fecha de inicio": "start",
}
_RANGE: Final = re.compile(r"(\d{8}) *- *(\d{8})$")
_EVERYBODY: Final = frozenset({"all users", "todos los usuarios"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What the remarks above a table say.

    Attributes:
        title: of the report or the exploration.
        own: the property's name.
        audiences: whose figures they are, as they are said: «All Users», «Mobile traffic».
        start, end: the dates, as they are written; "" where none are.
    """

    title: str = ""
    own: str = ""
    audiences: tuple[str, ...] = ()
    start: str = ""
    end: str = ""

    @property
    def audience(self) -> str:
        """Those that are not everybody; "" where there is none."""
        return ", ".join(each for each in self.audiences if fold(each) not in _EVERYBODY)

    @property
    def period(self) -> Period | None:
        """The days of the table; None where they are not said, or are no dates."""
        first, last = read_day(self.start), read_day(self.end)
        return Period.span(first, last) if first is not None and last is not None and first <= last else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with what is said above it: its header's fields, and its rows, blank fields at their ends cut off."""

    heading: Heading
    header: Row
    rows: tuple[Row, ...]


def part_sheets(table: Delimited) -> Iterator[Sheet]:
    """The tables of an export, in order."""
    heading, rows, is_new = Heading(), list[Row](), True
    for row in table.rows:
        told = _remark_of(row, table.separator)
        if told is None and not row.is_blank:
            rows.append(Row(row.line, row.told))
            continue
        if rows:
            yield Sheet(heading, rows[0], tuple(rows[1:]))
            rows, is_new = [], True
        if told:
            said = _read_remark(told, heading)
            if "audience" in said:
                # Those of one table are said together; the next table's take their place.
                audiences = (said["audience"],) if is_new else (*heading.audiences, said["audience"])
                heading, is_new = replace(heading, audiences=audiences), False
            else:
                heading = Heading(
                    title=said.get("title", heading.title),
                    own=said.get("own", heading.own),
                    audiences=heading.audiences,
                    start=said.get("start", heading.start),
                    end=said.get("end", heading.end),
                )
    if rows:
        yield Sheet(heading, rows[0], tuple(rows[1:]))


def _remark_of(row: Row, separator: str) -> str | None:
    """The text of a remark, without its «#»; None where a row is none."""
    if not row.fields or not row.fields[0].lstrip("\ufeff ").startswith("#"):
        return None
    return separator.join(row.fields).lstrip("\ufeff #").rstrip(f" {separator}")


def _read_remark(told: str, heading: Heading) -> dict[str, str]:
    """What a remark says, by the names of the heading; what is nothing else is the title, then an audience."""
    if not told.strip("- "):
        return {}
    if found := _RANGE.match(told):
        return {"start": found[1], "end": found[2]}
    if found := _SAID.match(fold(told)):
        name = _NAMES.get(found[1], "end")
        return {name: told.partition(":")[2].strip()} if name else {}
    return {"audience": told} if heading.title else {"title": told}
