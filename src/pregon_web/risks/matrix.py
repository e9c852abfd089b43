"""The map's matrix as a picture and as a table: each cell with its zone, and each risk before and after its controls.

The picture is drawn here, geometry alone; colour and type come from the style sheet, by the zone's place in the scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pregon.figures.spanish import join_words
from pregon.records.risk_scale import Position, Scale, Valuation

LEFT: Final = 80
CELL_WIDTH: Final = 86
CELL_HEIGHT: Final = 68
FOOT: Final = 34
SHOWN: Final = 4
"""How many marks a cell has room for; the table has them all."""
TONES: Final = 4
"""The style sheet's tones, from the mildest zone to the gravest."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A risk of the map: its number and its value."""

    reference: str
    valued: Valuation


@dataclass(frozen=True, slots=True)
class Mark:
    """A risk in a cell of the picture: a ring before its controls, a full square after."""

    text: str
    x: int
    y: int
    is_residual: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its zone, where it is drawn, and which risks are in it before and after their controls."""

    letter: str
    zone: str
    tone: int
    x: int
    y: int
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row: its level of probability, and its cells."""

    name: str
    y: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix, the highest probability first; `title` says every risk's place, for who does not see the picture."""

    rows: tuple[MatrixRow, ...]
    columns: tuple[tuple[str, int], ...]
    zones: tuple[tuple[str, str, int], ...]
    width: int
    height: int
    title: str
    cell_width: int = field(default=CELL_WIDTH)
    cell_height: int = field(default=CELL_HEIGHT)


def draw_matrix(scale: Scale, risks: Iterable[Placed]) -> Matrix:
    """The matrix of a scale with the risks valued by it, or by another of the same size."""
    placed = [each for each in risks if _fits(scale, each.valued)]
    rows = []
    for place, level in enumerate(reversed(scale.probabilities)):
        row = len(scale.probabilities) - 1 - place
        y = place * CELL_HEIGHT
        cells = tuple(_cell(scale, placed, row, column, y) for column in range(len(scale.impacts)))
        rows.append(MatrixRow(level.name, y, cells))
    columns = tuple((level.name, LEFT + place * CELL_WIDTH) for place, level in enumerate(scale.impacts))
    return Matrix(
        rows=tuple(rows),
        columns=columns,
        zones=tuple((zone.letter, zone.name, tone_of(scale, zone.letter)) for zone in scale.zones),
        width=LEFT + CELL_WIDTH * len(scale.impacts),
        height=CELL_HEIGHT * len(scale.probabilities) + FOOT,
        title=_tell(placed),
    )


def _fits(scale: Scale, valued: Valuation) -> bool:
    return all(
        each.row < len(scale.probabilities) and each.column < len(scale.impacts)
        for each in (valued.inherent, valued.residual)
    )


def _cell(scale: Scale, placed: Sequence[Placed], row: int, column: int, y: int) -> Cell:
    letter = scale.matrix[row][column]
    zone = next(each for each in scale.zones if each.letter == letter)
    x = LEFT + column * CELL_WIDTH
    before = tuple(each.reference for each in placed if _is_at(each.valued.inherent, row, column))
    after = tuple(each.reference for each in placed if _is_at(each.valued.residual, row, column))
    told = [*((text, False) for text in before), *((text, True) for text in after)]
    shown = told if len(told) <= SHOWN else told[: SHOWN - 1]
    marks = tuple(
        Mark(text, x + 23 + (place % 2) * 40, y + 34 + (place // 2) * 22, is_residual)
        for place, (text, is_residual) in enumerate(shown)
    )
    return Cell(letter, zone.name, tone_of(scale, letter), x, y, before, after, marks, len(told) - len(shown))


def _is_at(position: Position, row: int, column: int) -> bool:
    return (position.row, position.column) == (row, column)


def tone_of(scale: Scale, letter: str) -> int:
    """From 1, the mildest, to the gravest: a scale of more zones than tones shares the last."""
    place = next(place for place, zone in enumerate(scale.zones) if zone.letter == letter)
    return min(place, TONES - 1) + 1


def _tell(placed: Sequence[Placed]) -> str:
    if not placed:
        return "Matriz de riesgos, sin riesgos valorados"
    told = [
        f"{each.reference} es de riesgo {each.valued.inherent.zone.name.lower()} antes de los controles "
        f"y {each.valued.residual.zone.name.lower()} después"
        for each in placed
    ]
    return f"Matriz de riesgos: {join_words(told)}"
