"""What is drawn on a page besides letters: the cells that ruling lines make, the rules alone, the bars of charts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pdfplumber

from pregon.readers.pdf_pages.letters import Letter, Page

_THIN: Final = 2.5
"""Points: what is drawn thinner is a line."""
_BAR: Final = 4.0
_BARS: Final = 2
"""So many bars on one base line make a chart."""
_AROUND_BARS: Final = 46.0
"""Points above and below a chart's bars in which its titles, values and names stand."""
_LEAST_PICTURE: Final = 40.0
_LEAST_WORDS: Final = 0.35
"""Of the cells of a table at least this part has words; the boxes of a drawing have none."""


class Box(NamedTuple):
    """A rectangle in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, letter: Letter) -> bool:
        """Whether the middle of a letter is inside."""
        across, down = (letter.left + letter.right) / 2, (letter.top + letter.bottom) / 2
        return self.left <= across <= self.right and self.top <= down <= self.bottom


@dataclass(slots=True)
class Shapes:
    """The drawing of one page: grids of cells, horizontal rules, charts and pictures."""

    grids: list[list[Box]] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    charts: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)


def find_shapes(content: bytes, pages: Sequence[Page]) -> list[Shapes]:
    """The shapes of every page, in the order of the pages."""
    found: list[Shapes] = []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for drawn, page in zip(pdf.pages, pages, strict=True):
            found.append(_find_on_page(drawn, page))
            drawn.close()
    return found


def _find_on_page(drawn: Any, page: Page) -> Shapes:  # noqa: ANN401 -- pdfplumber ships no types
    visible = [letter for letter in page.letters if letter.text.strip()]
    charts = list(_find_charts([_box(rect) for rect in _filled(drawn)], visible))
    rules = [_box(edge) for edge in drawn.edges if edge["orientation"] == "h"]
    pictures = [_box(image) for image in drawn.images]
    grids = [[Box(*map(float, cell)) for cell in table.cells] for table in drawn.find_tables()]
    return Shapes(
        grids=[grid for grid in grids if _is_table(grid, visible, charts)],
        rules=_join_rules(rules),
        charts=charts,
        pictures=[box for box in pictures if min(box.right - box.left, box.bottom - box.top) >= _LEAST_PICTURE],
    )


def _filled(drawn: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- pdfplumber ships no types
    return [shape for shape in [*drawn.rects, *drawn.curves] if shape.get("fill")]


def _box(shape: dict[str, Any]) -> Box:
    return Box(float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"]))


def _is_table(grid: Sequence[Box], visible: Sequence[Letter], charts: Sequence[Box]) -> bool:
    """Whether boxes are the cells of a table: several of them, most with words, and not the bars of a chart."""
    if len(grid) < 2 or any(_overlap(cell, chart) for cell in grid for chart in charts):
        return False
    worded = sum(any(cell.holds(letter) for letter in visible) for cell in grid)
    return worded >= 2 and worded >= len(grid) * _LEAST_WORDS


def _find_charts(filled: Sequence[Box], visible: Sequence[Letter]) -> Iterator[Box]:
    """The zones of bar charts: filled boxes without words in them, side by side on one base line."""
    bars = [
        box
        for box in filled
        if min(box.right - box.left, box.bottom - box.top) > _BAR and not any(box.holds(letter) for letter in visible)
    ]
    taken: set[int] = set()
    for at, bar in enumerate(bars):
        if at in taken:
            continue
        level = [other for other, box in enumerate(bars) if abs(box.bottom - bar.bottom) < 1]
        taken |= set(level)
        if len(level) >= _BARS:
            group = [bars[other] for other in level]
            # A month without datum has no bar: there may be room for one more on either side.
            beside = max(box.right - box.left for box in group) + _AROUND_BARS / 2
            yield Box(
                min(box.left for box in group) - beside,
                min(box.top for box in group) - _AROUND_BARS,
                max(box.right for box in group) + beside,
                bar.bottom + _AROUND_BARS / 2,
            )


def _join_rules(edges: Sequence[Box]) -> list[Box]:
    """Horizontal rules from the top down; pieces that touch are one, the two edges of a thin box too."""
    joined: list[Box] = []
    for edge in sorted(edges, key=lambda edge: (round(edge.top), edge.left)):
        last = joined[-1] if joined else None
        if last is not None and abs(last.top - edge.top) <= _THIN and edge.left <= last.right + _THIN:
            joined[-1] = Box(min(last.left, edge.left), last.top, max(last.right, edge.right), last.bottom)
        else:
            joined.append(edge)
    return joined


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0
