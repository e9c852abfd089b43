"""Tables of a page without tags: from ruling lines that make cells, or from words that stand in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final

from pregon.document.model import Cell, Table
from pregon.document.prose import Prose
from pregon.readers.pdf_pages.letters import Letter
from pregon.readers.pdf_pages.lines import Line, part_lines, part_rows
from pregon.readers.pdf_pages.shapes import Box
from pregon.readers.pdf_pages.words import join_letters

_NEAR: Final = 3.0
"""Points: edges nearer than this are the same edge."""
_WORD_GAP: Final = 1.2
"""In a row of a table, words further apart than this many times their size stand in different columns."""
_COLUMN_GAP: Final = 0.7
"""A column ends where no row, or hardly one, has a letter over this many times the size."""
_LETTER_GAP: Final = 0.15
_ROW_GAP: Final = 2.2
"""Rows further apart than this many times their height belong to different tables."""
_TIGHT: Final = 0.9
_SPANNING: Final = 0.15
"""The part of a table's rows whose words may run over the gap between two columns."""
_PROSE: Final = 38
"""Letters: where the lines of the columns are on average longer, they are columns of prose."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table, where it stands, and the letters (by identity) that it holds."""

    table: Table
    box: Box
    letters: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Row:
    parts: tuple[Line, ...]

    @property
    def letters(self) -> list[Letter]:
        return [letter for part in self.parts for letter in part.letters]

    @property
    def box(self) -> Box:
        tops, bottoms = [part.top for part in self.parts], [part.bottom for part in self.parts]
        return Box(self.parts[0].left, min(tops), self.parts[-1].right, max(bottoms))

    @property
    def size(self) -> float:
        return max(part.size for part in self.parts)


def table_of_cells(cells: Sequence[Box], letters: Sequence[Letter], page: int) -> FoundTable:
    """The table that ruled cells make; a cell over several rows or columns is one."""
    columns, rows = _edges(cell.left for cell in cells), _edges(cell.top for cell in cells)
    box = Box(columns[0], rows[0], max(cell.right for cell in cells), max(cell.bottom for cell in cells))
    lines: list[list[tuple[int, Cell]]] = [[] for _ in rows]
    held: set[int] = set()
    for cell in cells:
        inside = [letter for letter in letters if cell.holds(letter) and id(letter) not in held]
        held |= {id(letter) for letter in inside}
        down = sum(cell.top + _NEAR < top < cell.bottom - _NEAR for top in rows) + 1
        across = sum(cell.left + _NEAR < left < cell.right - _NEAR for left in columns) + 1
        placed = (_nearest(columns, cell.left), Cell(Prose(_cell_text(inside)), down, across))
        lines[_nearest(rows, cell.top)].append(placed)
    made = tuple(tuple(cell for _, cell in sorted(line, key=lambda one: one[0])) for line in lines)
    return FoundTable(Table(tuple(line for line in made if line), page=page), box, frozenset(held))


def tables_of_words(letters: Sequence[Letter], rules: Sequence[Box], page: int) -> list[FoundTable]:
    """The tables that words standing in columns make; rules under the rows say which lines are one row."""
    rows = [_Row(tuple(parts)) for parts in part_rows(letters, gap=_WORD_GAP)]
    found = [_make_table(region, rules, page) for region in _find_regions(rows, rules)]
    return [table for table in found if table is not None]


def _find_regions(rows: Sequence[_Row], rules: Sequence[Box]) -> list[list[_Row]]:
    """Runs of rows with several parts. A row of one part between or under them may be a cell's second line."""
    regions: list[list[_Row]] = []
    region: list[_Row] = []
    waiting: list[_Row] = []
    for row in rows:
        last = (region + waiting)[-1] if region else None
        if last is not None and not _follows(row, last, region):
            regions.append(region + [one for one in waiting if _is_ruled(one, region, rules)])
            region, waiting = [], []
        if len(row.parts) > 1 or (region and _continues_cell(row, (region + waiting)[-1], region)):
            region += [*waiting, row]
            waiting = []
        elif region:
            waiting.append(row)
    if region:
        regions.append(region + [one for one in waiting if _is_ruled(one, region, rules)])
    tables = [region for region in regions if sum(len(row.parts) > 1 for row in region) > 1]
    return [[*_higher_heads(region, rows), *region] for region in tables]


def _higher_heads(region: Sequence[_Row], rows: Sequence[_Row]) -> list[_Row]:
    """Rows of one part tight above a table, over a column that is not its first: the first lines of a tall head."""
    heads: list[_Row] = []
    below = region[0]
    for row in reversed(rows[: rows.index(region[0])]):
        tight = below.box.top - row.box.bottom < 0.6 * (row.box.bottom - row.box.top)
        if len(row.parts) > 1 or not tight or row.box.left < region[0].parts[0].right:
            break
        heads.insert(0, row)
        below = row
    return heads


def _follows(row: _Row, last: _Row, region: Sequence[_Row]) -> bool:
    """Whether a row may go on with a table: near enough, in like type, and narrow where it has one part."""
    height = last.box.bottom - last.box.top
    if row.box.top - last.box.bottom > _ROW_GAP * height:
        return False
    if len(row.parts) > 1 or _continues_cell(row, last, region):
        return True
    width = max(one.box.right for one in region) - min(one.box.left for one in region)
    alike = abs(row.size - min(one.size for one in region)) < 0.7 or abs(row.size - region[-1].size) < 0.7
    return alike and row.box.right - row.box.left < 0.6 * width


def _continues_cell(row: _Row, last: _Row, region: Sequence[_Row]) -> bool:
    """Whether a row of one part is the next line of a cell: tight under the row above, where a later column begins."""
    if row.box.top - last.box.bottom > _TIGHT * (last.box.bottom - last.box.top):
        return False
    first = min(one.box.left for one in region)
    starts = (part.left for one in region for part in one.parts if part.left > first + _NEAR)
    return len(row.parts) == 1 and any(abs(start - row.box.left) < _NEAR for start in starts)


def _is_ruled(row: _Row, region: Sequence[_Row], rules: Sequence[Box]) -> bool:
    """Whether a rule right under a row shows that it still is the table's."""
    width = max(one.box.right for one in region) - min(one.box.left for one in region)
    return any(0 <= rule.top - row.box.bottom < 12 and rule.right - rule.left > width / 2 for rule in rules)


def _make_table(region: Sequence[_Row], rules: Sequence[Box], page: int) -> FoundTable | None:
    gaps = _column_gaps(region)
    texts = [part.text for row in region for part in row.parts]
    bands = _bands(region, rules, gaps) if gaps else []
    # Columns of prose are no table, unless rules part its rows.
    if not bands or (len(bands) == len(region) > 3 and mean(map(len, texts)) > _PROSE):
        return None
    lines: list[tuple[Cell, ...]] = []
    for band in bands:
        held: list[list[Letter]] = [[] for _ in range(len(gaps) + 1)]
        for row in band:
            for part in row.parts:
                _share_out(part, gaps, held)
        lines.append(tuple(Cell(Prose(_cell_text(inside))) for inside in held))
    boxes = [row.box for row in region]
    sides = min(box.left for box in boxes), max(box.right for box in boxes)
    box = Box(sides[0], boxes[0].top, sides[1], boxes[-1].bottom)
    letters = frozenset(id(letter) for row in region for letter in row.letters)
    return FoundTable(Table(tuple(lines), page=page), box, letters)


def _share_out(part: Line, gaps: Sequence[tuple[float, float]], held: list[list[Letter]]) -> None:
    """Put the words of a part into columns: no word is cut, and one goes on in the column in which its part began."""
    first = sum(start - 1 <= part.left for start, _ in gaps)
    for word in part_rows(part.letters, gap=_LETTER_GAP)[0]:
        held[max(first, sum(end - 1 <= word.left for _, end in gaps))].extend(word.letters)


def _column_gaps(region: Sequence[_Row]) -> list[tuple[float, float]]:
    """Where columns end and begin: the gaps, from left to right, that hardly any row's words cross."""
    size = max(row.size for row in region)
    left, right = min(row.box.left for row in region), max(row.box.right for row in region)
    covers = [0] * (int(right - left) + 2)
    for row in region:
        for part in part_rows(row.letters, gap=_COLUMN_GAP / 2)[0]:
            for at in range(int(part.left - left), int(part.right - left) + 1):
                covers[at] += 1
    allowed = int(len(region) * _SPANNING)
    gaps: list[tuple[float, float]] = []
    empty = 0
    for at, count in enumerate(covers):
        if count > allowed:
            if empty >= _COLUMN_GAP * size and at > empty:
                gaps.append((left + at - empty, left + at))
            empty = 0
        else:
            empty += 1
    return gaps


def _bands(region: Sequence[_Row], rules: Sequence[Box], gaps: Sequence[tuple[float, float]]) -> list[list[_Row]]:
    """The rows of text that make each row of the table: those between two rules, or those that go on another."""
    left = min(row.box.left for row in region)
    width = max(row.box.right for row in region) - left
    levels = sorted(rule.top for rule in rules if rule.right - rule.left > width / 2 and rule.left < left + _NEAR)
    inside = [level for level in levels if region[0].box.bottom - 1 < level < region[-1].box.bottom]
    bands: list[list[_Row]] = []
    for row in region:
        middle = (row.box.top + row.box.bottom) / 2
        same_band = bool(bands) and _count_left(inside, middle) == _count_left(inside, _middle(bands[-1][-1]))
        if bands and ((len(inside) > 1 and same_band) or (len(inside) < 2 and _goes_on(row, bands[-1][-1], gaps))):
            bands[-1].append(row)
        else:
            bands.append([row])
    return bands


def _goes_on(row: _Row, last: _Row, gaps: Sequence[tuple[float, float]]) -> bool:
    """Without rules: whether a row is the second line of the one above, because its first column is empty and tight."""
    starts_later = row.box.left > gaps[0][0]
    return starts_later and row.box.top - last.box.bottom < 0.5 * (last.box.bottom - last.box.top)


def _middle(row: _Row) -> float:
    return (row.box.top + row.box.bottom) / 2


def _cell_text(letters: Sequence[Letter]) -> str:
    lines = part_lines(letters, columns=False)
    return join_letters([letter for line in lines for letter in line.letters])


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _count_left(edges: Sequence[float], value: float) -> int:
    return sum(edge <= value for edge in edges)
