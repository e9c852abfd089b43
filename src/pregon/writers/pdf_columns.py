"""How wide each column of a printed table is, and how small its type must be so that the table fits its page.

As a browser lays out a table: each column asks for the widest line it holds and cannot do with less than its widest
word; what room there is gets shared between the two. Lengths are points, and floats: lines on paper, never figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pregon.document.model import Layout
from pregon.writers.typeface import load_typeface

PORTRAIT: Final = 476.0
"""The text width of a letter page between margins of 24 mm."""
LANDSCAPE: Final = 656.0
SIZES: Final = (9.0, 8.0, 7.0)
"""The sizes of type that a table may have, the usual one first."""

_PADDING: Final = 10.0
_SLACK: Final = 1.5
"""Kerning and rounding: a column exactly as wide as its word would break it."""
_FIGURES_COLUMN: Final = 62.0
"""22 mm: columns of figures are at least this wide where there is room, so that tables on a page look alike."""
_LABEL_COLUMN: Final = 96.0
_LONGEST_WORD: Final = 24
"""Longer words (hashes, addresses, names of files) may be cut."""
_UNBROKEN: Final = 14
"""Shorter lines (a date, a name) stay whole where there is room."""
_PART: Final = 8
_DIGIT: Final = 700
"""The width of a figure among figures (tabular, semi-bold), in thousandths of the type's size."""
_DOT: Final = 75
"""How much wider a point is among figures."""
_BREAK_AFTER: Final = re.compile(r"(?<=[-/–_])(?=[^\W\d_])")
_ZERO_WIDTH_SPACE: Final = "\u200b"


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell's words and the columns that it covers, for measuring."""

    column: int
    span: int
    lines: tuple[str, ...]
    in_figures: bool
    is_bold: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths chosen, the size of type they are for, and whether the page must be turned."""

    widths: tuple[float, ...]
    size: float
    landscape: bool = False


def choose_columns(
    cells: Sequence[Placed], figures: Sequence[bool], layout: Layout, room: float = PORTRAIT, *, may_turn: bool = True
) -> Columns:
    """The widths of a table's columns; `figures` says which of them hold figures.

    The type shrinks before the page is turned, and the page is turned before words are cut.
    """
    if layout is Layout.HIGHLIGHTS:
        return _choose_highlights(cells, len(figures), room)
    rooms = [(room, False), (LANDSCAPE, True)] if may_turn else [(room, False)]
    for width, turned in rooms:
        for size in SIZES:
            for unbroken in (_UNBROKEN, 0):
                least, most = _measure_columns(cells, len(figures), size, unbroken)
                if sum(least) <= width:
                    return Columns(_share(least, most, figures, layout, width), size, landscape=turned)
    least, _ = _measure_columns(cells, len(figures), SIZES[-1], 0)
    width, turned = rooms[-1]
    return Columns(tuple(width * want / sum(least) for want in least), SIZES[-1], landscape=turned)


def cut_long_words(text: str, width: float = PORTRAIT, size: float = 11.0) -> str:
    """Let words wider than their line be cut, by invisible spaces that readers drop: after their hyphens and slashes,
    and anywhere in what is still too wide.
    """
    return re.sub(r"\S+", lambda found: _cut_word(found.group(), width - _PADDING - _SLACK, size), text)


def count_lines(lines: Sequence[str], width: float, size: float) -> int:
    """About how many lines these paragraphs take in a column."""
    usable = max(width - _PADDING, size)
    return sum(max(1, -int(-_measure(line, size) * 1.08 // usable)) for line in lines) or 1


def _cut_word(word: str, room: float, size: float) -> str:
    if len(word) <= _PART or _measure(word, size) <= room:
        return word
    pieces: list[str] = []
    for part in _BREAK_AFTER.split(word):
        fitting = len(part)
        if (width := _measure(part, size)) > room:
            fitting = max(1, min(_PART, int(len(part) * room / width)))
        pieces += [part[at : at + fitting] for at in range(0, len(part), fitting or 1)]
    return _ZERO_WIDTH_SPACE.join(pieces)


def _choose_highlights(cells: Sequence[Placed], count: int, room: float) -> Columns:
    """Equal columns, and type small enough for the widest of the big figures (2.45 times the table's size)."""
    width = room / max(count, 1)
    widest = max((_measure(word, 1) for cell in cells for line in cell.lines for word in line.split()), default=1)
    big = max((_measure(line, 2.45) for cell in cells if cell.in_figures for line in cell.lines), default=1)
    size = min(SIZES[0], (width - _PADDING) / max(big, widest, 0.1))
    return Columns((width,) * count, max(round(size, 2), 4.0))


def _measure_columns(
    cells: Sequence[Placed], count: int, size: float, unbroken: int
) -> tuple[list[float], list[float]]:
    """The least and the most that each column can use; cells over several columns widen them alike.

    Lines of up to `unbroken` letters are kept whole.
    """
    least = [0.0] * count
    most = [0.0] * count
    for cell in sorted(cells, key=lambda cell: cell.span):
        parts = [[line] if len(line) <= unbroken else _words(line) for line in cell.lines]
        words = max((_measure(part, size, cell) for line in parts for part in line), default=0.0) + _PADDING + _SLACK
        whole = max((_measure(line, size, cell) for line in cell.lines), default=0.0) + _PADDING + _SLACK
        columns = range(cell.column, min(cell.column + cell.span, count))
        for wanted, widths in ((words, least), (whole, most)):
            lacking = (wanted - sum(widths[column] for column in columns)) / max(len(columns), 1)
            for column in columns:
                widths[column] += max(lacking, 0.0)
    return least, [max(pair) for pair in zip(least, most, strict=True)]


def _words(line: str) -> list[str]:
    """The parts of a line that stay whole; of a very long word, as much as any column can hold."""
    parts: list[str] = []
    for word in line.split():
        parts += [word] if len(word) <= _LONGEST_WORD else _BREAK_AFTER.split(word)
    return [part if len(part) <= _LONGEST_WORD else part[:_PART] for part in parts]


def _measure(text: str, size: float, cell: Placed | None = None) -> float:
    is_bold = cell is not None and cell.is_bold
    face = load_typeface("PublicSans-SemiBold.ttf" if is_bold else "PublicSans-Regular.ttf")
    width = face.measure(text, size)
    if cell is not None and cell.in_figures:
        digits = [character for character in text if character in "0123456789"]
        width += (
            len(digits) * size * _DIGIT / 1000 - face.measure("".join(digits), size) + text.count(".") * size * 0.07
        )
    return width


def _share(
    least: list[float], most: list[float], figures: Sequence[bool], layout: Layout, room: float
) -> tuple[float, ...]:
    """Share the room out: all that each column asks for where it fits, else between its least and its most."""
    if layout is Layout.FACTS:
        return _share_facts(least, most, room)
    wanted = [max(most[at], _FIGURES_COLUMN) if is_figures else most[at] for at, is_figures in enumerate(figures)]
    if sum(wanted) > room:
        wanted = [max(least[at], min(most[at], room * 0.55)) for at in range(len(most))]
    if sum(wanted) > room:
        return _squeeze(least, wanted, room)
    spare = room - sum(wanted)
    texts = [at for at, is_figures in enumerate(figures) if not is_figures] or list(range(len(figures)))
    asked = sum(wanted[at] for at in texts)
    return tuple(width + (spare * width / asked if at in texts else 0.0) for at, width in enumerate(wanted))


def _share_facts(least: list[float], most: list[float], room: float) -> tuple[float, ...]:
    """A column of names, then the values; a third column (a date) takes what it needs, the second all the rest."""
    if len(least) == 1:
        return (room,)
    name = max(least[0], min(max(most[0], _LABEL_COLUMN), room * 0.38))
    rest = room - name
    values_least, values_most = least[1:], most[1:]
    if sum(values_most) <= rest:
        return (name, values_most[0] + rest - sum(values_most), *values_most[1:])
    if sum(values_least) > rest:
        return _squeeze(least, most, room)
    return (name, *_squeeze(values_least, [min(want, rest * 0.7) for want in values_most], rest))


def _squeeze(least: list[float], wanted: list[float], room: float) -> tuple[float, ...]:
    spare = room - sum(least)
    asked = sum(max(want - low, 0.0) for low, want in zip(least, wanted, strict=True))
    if not asked:
        return tuple(low + spare / len(least) for low in least)
    return tuple(low + spare * max(want - low, 0.0) / asked for low, want in zip(least, wanted, strict=True))
