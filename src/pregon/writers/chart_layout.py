"""How a chart is laid out: a Chart becomes one Vega-Lite specification, as a plain dictionary.

Small panels, one for each series, side by side as many as fit; where the names of the places are too long to stand
under bars (events, campaigns), the bars lie down and the names stand at their left. Everything is measured in the
drawing's own units, so that the drawing comes out the same on every machine.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Any, Final

from pregon.document.model import Chart, Series
from pregon.document.prose import Figure
from pregon.figures.spanish import fold, month_name, print_amount

WIDTH: Final = 728
"""Units from the left to the right edge of every chart: a letter page's text width at 13 units of text."""
FACES: Final = "Public Sans, Pregon Signos"
INK: Final = "#16211f"
SOFT: Final = "#4a5653"
GAP: Final = "#7a4b00"
ACCENT: Final = "#0b5560"

_MISSING: Final = "sin dato"
_TEXT_SIZE: Final = 13
_LETTER: Final = 7.4
"""A generous mean width of a letter or digit."""
_LINE: Final = 16
_GUTTER: Final = 36
_BAR_ZONE: Final = 92
_VALUE_ROOM: Final = 18
"""The room above (or below) standing bars for the values at their ends."""
_WIDEST_BAND: Final = 84
"""A bar and the gap beside it: two or three bars over the whole page would be slabs."""
_LYING_BAR: Final = 20
_NAMES_ROOM: Final = 232
"""The room at the left of lying bars for the places' names."""
_LYING_VALUES: Final = 96
_MISSING_LENGTH: Final = 66
_MONTHS: Final = {fold(month_name(month)): month_name(month)[:3] for month in range(1, 13)}
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_View = dict[str, Any]
_STRONG: Final[_View] = {"color": INK, "fontWeight": 600}
_QUIET: Final[_View] = {"color": SOFT}


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all the panels of a chart share: the lines of each place's name, the panels' width, the scale, the unit.

    Lengths are floats: they are lines on paper, never figures.
    """

    names: tuple[tuple[str, ...], ...]
    width: float
    low: float
    high: float
    unit: str

    @property
    def name_lines(self) -> int:
        return max(map(len, self.names), default=1)


def lay_out_chart(chart: Chart) -> _View:
    """The Vega-Lite specification that draws a chart."""
    columns = _columns_that_fit(chart)
    if columns:
        width = min(_panel_width(columns), max(len(chart.categories), 1) * _WIDEST_BAND)
        room = width / max(len(chart.categories), 1)
        frame = _frame(chart, tuple(_wrap(_short_name(name), room) for name in chart.categories), width)
        panels = [_standing_panel(series, frame) for series in chart.series]
    else:
        frame = _frame(chart, tuple(_wrap(name, _NAMES_ROOM - 12) for name in chart.categories), WIDTH)
        panels = [_lying_panel(series, frame) for series in chart.series]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 0,
        "concat": panels,
        "columns": columns or 1,
        "spacing": {"row": 28, "column": _GUTTER},
        "bounds": "flush",
        "config": {
            "aria": False,
            "font": FACES,
            "view": {"stroke": None},
            "text": {"font": FACES, "fontSize": _TEXT_SIZE, "lineHeight": _LINE},
        },
    }


def clean_text(text: str) -> str:
    """A text without the characters that no drawing can hold, on one line."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def _frame(chart: Chart, names: tuple[tuple[str, ...], ...], width: float) -> _Frame:
    lengths = [_length(figure) or 0.0 for series in chart.series for figure in series.values]
    low, high = min([0.0, *lengths]), max([0.0, *lengths])
    said = {fold(series.name) for series in chart.series}
    unit = "" if fold(chart.unit) in said else clean_text(chart.unit)
    return _Frame(names, width, low, high if high > low else low + 1, unit)


def _columns_that_fit(chart: Chart) -> int:
    """The most panels side by side in which every value and name has room; 0 when the bars must lie down.

    Two panels take a third of the width each, as three do, so that charts on a page look alike.
    """
    count = len(chart.categories)
    if not count:
        return 1
    values = [_shown(figure) for series in chart.series for figure in series.values if _length(figure) is not None]
    words = [word for name in chart.categories for word in _short_name(name).split()]
    needed = max(len(word) for word in [*values, *words, "dato"]) * _LETTER + 4
    for columns in {1: (2, 1), 4: (4, 2, 1)}.get(len(chart.series), (3, 2, 1)):
        room = min(_panel_width(columns) / count, _WIDEST_BAND)
        if room >= needed and max(len(_wrap(_short_name(name), room)) for name in chart.categories) <= 2:
            return columns
    return 0


def _panel_width(columns: int) -> float:
    return (WIDTH - _GUTTER * (columns - 1)) / columns


def _standing_panel(series: Series, frame: _Frame) -> _View:
    """Bars that stand on a base line, the places' names under them."""
    head = _head(series, frame)
    top = _LINE * len(head) + (10 if head else 0) + _VALUE_ROOM
    bottom = top + _BAR_ZONE
    zero = bottom + _BAR_ZONE * frame.low / (frame.high - frame.low)
    foot = bottom + (_VALUE_ROOM if frame.low < 0 else 0) + 7
    x = _bands(frame, 0, frame.width)
    ends = {"x": x, "y": _scale(frame, bottom, top)}
    rows = _rows(series, frame)
    layers = [*head, _bars(rows, ends)]
    layers += _values(rows, ends, {"baseline": "bottom", "dy": -4}, {"baseline": "top", "dy": 5})
    hollow = {"x": x, "y": {"value": zero - 2 * _LINE - 10}, "y2": {"value": zero}}
    layers += _missing(rows, hollow, {"x": x, "y": {"value": zero - _LINE - 5}}, narrow=frame.width / len(rows or "-"))
    layers.append(_rule({"x": {"value": 0}, "x2": {"value": frame.width}, "y": {"value": zero}}))
    layers += _names(frame, {"x": x, "y": {"value": foot}}, {"align": "center", "baseline": "top"})
    return _view(frame.width, foot + _LINE * frame.name_lines, layers)


def _lying_panel(series: Series, frame: _Frame) -> _View:
    """Bars that lie, the places' names at their left."""
    head = _head(series, frame)
    top = _LINE * len(head) + (8 if head else 0)
    bottom = top + max(len(frame.names), 1) * (_LINE * frame.name_lines + 12)
    left, right = _NAMES_ROOM + (_LYING_VALUES if frame.low < 0 else 0), frame.width - _LYING_VALUES
    zero = left - (right - left) * frame.low / (frame.high - frame.low)
    y = _bands(frame, top, bottom)
    ends = {"x": _scale(frame, left, right), "y": y}
    rows = _rows(series, frame)
    layers = [*head, _bars(rows, ends, height=_LYING_BAR)]
    layers += _values(rows, ends, {"align": "left", "dx": 6}, {"align": "right", "dx": -6})
    hollow = {"y": y, "x": {"value": zero}, "x2": {"value": zero + _MISSING_LENGTH}}
    middle = {"y": y, "x": {"value": zero + _MISSING_LENGTH / 2}}
    layers += _missing(rows, hollow, middle, narrow=frame.width, height=_LYING_BAR)
    layers.append(_rule({"x": {"value": zero}, "y": {"value": top}, "y2": {"value": bottom}}))
    layers += _names(frame, {"x": {"value": _NAMES_ROOM - 12}, "y": y}, {"align": "right", "baseline": "middle"})
    return _view(frame.width, bottom, layers)


def _head(series: Series, frame: _Frame) -> list[_View]:
    """The name of the series and, under it, what is counted."""
    lines: list[_View] = []
    for words, look in ((clean_text(series.name), _STRONG), (frame.unit, _QUIET)):
        if words:
            place = {"x": {"value": 0}, "y": {"value": 12 + _LINE * len(lines)}}
            lines.append(
                _layer([{"text": [words]}], {"type": "text", "align": "left", "baseline": "alphabetic", **look}, place)
            )
    return lines


def _rows(series: Series, frame: _Frame) -> list[dict[str, Any]]:
    """A row of data for each place of a series; places that the series does not reach have no datum."""
    figures = [*series.values, *[None] * len(frame.names)][: len(frame.names)]
    return [
        {"order": order, "length": _length(figure), "text": [_shown(figure)]} for order, figure in enumerate(figures)
    ]


def _length(figure: Figure | None) -> float | None:
    return None if figure is None or figure.amount is None else float(figure.amount.value)


def _shown(figure: Figure | None) -> str:
    if figure is None or figure.amount is None:
        return _MISSING
    printed = print_amount(figure.amount)
    return f"≈ {printed}" if figure.is_estimate else printed


def _bars(rows: list[dict[str, Any]], ends: _View, **size: int) -> _View:
    return _layer([row for row in rows if row["length"] is not None], {"type": "bar", "color": ACCENT, **size}, ends)


def _values(rows: list[dict[str, Any]], ends: _View, beyond: _View, before: _View) -> list[_View]:
    """The value of each bar at its end: beyond it, or before it where the bar goes below zero."""
    look = {"type": "text", **_STRONG}
    present = [row for row in rows if row["length"] is not None]
    above = [row for row in present if row["length"] >= 0]
    below = [row for row in present if row["length"] < 0]
    return [_layer(part, {**look, **side}, ends) for part, side in ((above, beyond), (below, before)) if part]


def _missing(rows: list[dict[str, Any]], hollow: _View, middle: _View, *, narrow: float, **size: int) -> list[_View]:
    """A dashed frame with «sin dato» in it where a bar would stand."""
    absent = [row for row in rows if row["length"] is None]
    if not absent:
        return []
    lines = _MISSING.split() if narrow < len(_MISSING) * _LETTER + 8 else [_MISSING]
    dashed = {"type": "bar", "filled": False, "stroke": GAP, "strokeDash": [3, 3], "strokeWidth": 1, **size}
    said = {"type": "text", "color": GAP, "fontWeight": 600, "baseline": "middle", "align": "center"}
    if len(lines) > 1:
        said["dy"] = -_LINE / 2
    return [_layer(absent, dashed, hollow), _layer([{**row, "text": lines} for row in absent], said, middle)]


def _rule(ends: _View) -> _View:
    return _layer([{}], {"type": "rule", "color": INK, "strokeWidth": 1}, ends)


def _names(frame: _Frame, place: _View, look: _View) -> list[_View]:
    """The places' names; those of as many lines go together, because Vega centres only the first line."""
    layers = []
    for count in sorted({len(lines) for lines in frame.names}):
        rows = [{"order": at, "text": list(lines)} for at, lines in enumerate(frame.names) if len(lines) == count]
        lift = -_LINE * (count - 1) / 2 if look["baseline"] == "middle" else 0
        layers.append(_layer(rows, {"type": "text", "dy": lift, **_QUIET, **look}, place))
    return layers


def _bands(frame: _Frame, start: float, end: float) -> _View:
    """The channel along which the places stand, from one edge of the panel to the other."""
    scale = {"domain": list(range(len(frame.names))), "range": [start, end], "paddingInner": 0.12, "paddingOuter": 0}
    return {"field": "order", "type": "ordinal", "axis": None, "scale": scale}


def _scale(frame: _Frame, start: float, end: float) -> _View:
    """The channel along which bars are long, zero always on it."""
    scale = {"domain": [frame.low, frame.high], "range": [start, end], "nice": False}
    return {"field": "length", "type": "quantitative", "axis": None, "scale": scale, "stack": None}


def _layer(rows: list[dict[str, Any]], mark: _View, encoding: _View) -> _View:
    if mark["type"] == "text":
        encoding = {**encoding, "text": {"field": "text"}}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _view(width: float, height: float, layers: list[_View]) -> _View:
    return {"width": width, "height": height, "layer": layers}


def _short_name(name: str) -> str:
    """A month by its first three letters, as on every chart of the house; any other name as it is."""
    return _MONTHS.get(fold(name), clean_text(name))


def _wrap(name: str, room: float) -> tuple[str, ...]:
    return tuple(textwrap.wrap(clean_text(name), max(int(room / _LETTER), 4))) or ("",)
