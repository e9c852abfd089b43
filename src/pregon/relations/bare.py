"""A bare table, only texts in rows: which way of writing numbers it uses, its amounts and the names of its lines.

The way of writing is voted by the whole table: a group sign and a decimal sign, the pair under which most cells are
numbers. What an ordinary reader of documents knows already (labels, units) is guessed here from the texts alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.figures.amount import Amount

_FORMATS: Final = ((",", "."), (" ", ","), ("", "."), (".", ","), (" ", "."), ("", ","))
"""Group sign and decimal sign, likeliest first."""
_SPACES: Final = str.maketrans({"\xa0": " ", "\u2009": " ", "\u202f": " ", "−": "-", "–": "-"})
_NUMERIC: Final = re.compile(r"[-+(]?[$€£]? ?[-+]?[.,]?\d[\d., ]*(?:\)|%| %|[*A-Za-z†]| ?r)?$")
_MONEY: Final = re.compile(r"[$€£]|GBP|EUR|USD|COP")
_TAIL: Final = re.compile(r"(?:[*†]| ?[A-Za-z])$")
_NOTHING: Final = re.compile(r"[-—.…:*]{1,3}$")
"""What tables print where there is nothing: «-», «..»."""
_THOUSANDS: Final = re.compile(r"0{2,}$")
"""«$000»: the unit of what follows, no figure."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[.,]0+)?$")
_FEW_DECIMALS: Final = 4
"""A table that shows more of them in every number was dumped by a program: its zeros at the end say nothing."""


@dataclass(frozen=True, slots=True)
class BareTable:
    """What is read of a bare table. Labels have their parts, outermost first, on lines of their own."""

    amounts: tuple[tuple[Amount | None, ...], ...]
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    blanks: frozenset[tuple[int, int]]


def read_bare_table(cells: Sequence[Sequence[str]]) -> BareTable:
    """Read the numbers and the labels of a table of texts; ragged rows are taken as ending in blanks."""
    width = max(map(len, cells), default=0)
    texts = [[text.translate(_SPACES).strip() for text in row] + [""] * (width - len(row)) for row in cells]
    shapes = {text for row in texts for text in row if text and _NUMERIC.match(_MONEY.sub("", text).strip())}
    group, decimal = _vote(shapes, texts)
    pattern = _pattern(group, decimal)
    amounts: dict[str, Amount | None] = {text: _amount(text, pattern, group, decimal) for text in shapes}
    _strip_dump(amounts)
    grid = tuple(tuple(amounts.get(text) for text in row) for row in texts)
    top = _first_row_of_figures(grid, texts)
    blanks = frozenset(
        (row, column)
        for row, line in enumerate(texts)
        if row >= top
        for column, text in enumerate(line)
        if not text or _NOTHING.match(text)
    )
    return BareTable(grid, _row_labels(grid, texts, top), _column_labels(texts, width, top), blanks)


def _pattern(group: str, decimal: str) -> re.Pattern[str]:
    whole = rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d+" if group else r"\d+"
    return re.compile(rf"([-+(]?) ?([-+]?)((?:{whole})(?:{re.escape(decimal)}\d*)?|{re.escape(decimal)}\d+)\)? ?(%?)$")


def _vote(shapes: set[str], texts: list[list[str]]) -> tuple[str, str]:
    """The format under which most cells are numbers; the earlier one among equals."""
    counts: dict[str, int] = {}
    for row in texts:
        for text in row:
            if text in shapes:
                counts[text] = counts.get(text, 0) + 1
    best, most = _FORMATS[0], -1
    for group, decimal in _FORMATS:
        pattern = _pattern(group, decimal)
        votes = sum(count for text, count in counts.items() if pattern.match(_bare(text)))
        if votes > most:
            best, most = (group, decimal), votes
    return best


def _bare(text: str) -> str:
    clean = _MONEY.sub("", text).strip()
    return _TAIL.sub("", clean).strip()


def _amount(text: str, pattern: re.Pattern[str], group: str, decimal: str) -> Amount | None:
    match = pattern.match(_bare(text))
    if match is None or _THOUSANDS.match(match[3]):
        return None
    sign, second, digits, unit = match.groups()
    if group:
        digits = digits.replace(group, "")
    value = Decimal(digits.replace(decimal, "."))
    exponent = int(value.as_tuple().exponent)
    if sign in ("-", "(") or second == "-":
        value = -value
    return Amount(value, unit, Decimal(1).scaleb(exponent), text)


def _strip_dump(amounts: dict[str, Amount | None]) -> None:
    """Take the idle zeros from the numbers of a table that shows the same many decimals everywhere."""
    ulps = {amount.ulp for amount in amounts.values() if amount is not None}
    if len(ulps) != 1 or min(ulps) >= Decimal(1).scaleb(-_FEW_DECIMALS):
        return
    for text, amount in amounts.items():
        if amount is not None:
            value = amount.value.normalize() if amount.value else Decimal(0)
            amounts[text] = Amount(value, amount.unit, amount.ulp, text)


def _first_row_of_figures(grid: tuple[tuple[Amount | None, ...], ...], texts: list[list[str]]) -> int:
    """The first row with two figures that are not years, or the first with one."""
    first = len(grid)
    for row, line in enumerate(grid):
        figures = sum(
            amount is not None and not _YEAR.match(text) for amount, text in zip(line, texts[row], strict=True)
        )
        if figures >= 2:
            return row
        if figures and first == len(grid):
            first = row
    return first


def _row_labels(grid: tuple[tuple[Amount | None, ...], ...], texts: list[list[str]], top: int) -> tuple[str, ...]:
    labels = []
    for row, line in enumerate(grid):
        parts: list[str] = []
        for column, text in enumerate(texts[row]):
            if line[column] is not None:
                if not parts and row >= top and _YEAR.match(text):
                    parts.append(text)
                break
            if text:
                parts.append(text)
        labels.append("\n".join(parts))
    return tuple(labels)


def _column_labels(texts: list[list[str]], width: int, top: int) -> tuple[str, ...]:
    heads = texts[:top]
    # A row with one text is the table's title, or a note.
    heads = [row for row in heads if sum(map(bool, row)) > 1]
    filled = []
    for row in heads:
        carried, line = "", []
        for text in row:
            carried = text or carried
            line.append(carried)
        filled.append(line)
    labels = []
    for column in range(width):
        parts = [
            (row[column] or fill[column]) if position + 1 < len(heads) else row[column]
            for position, (row, fill) in enumerate(zip(heads, filled, strict=True))
        ]
        labels.append("\n".join(part for part in parts if part))
    return tuple(labels)
