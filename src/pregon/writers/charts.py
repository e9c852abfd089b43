"""Every chart of a report, drawn once and shared by all formats.

A chart is one Vega-Lite specification (chart_layout.py), drawn by vl-convert to SVG without a browser; the PNG that
Word wants is made from that same SVG. The look is that of the house: one small panel for each series, one ink, values
on the bars, the same scale and a zero baseline in every panel, «sin dato» in a dashed frame where there is no datum.

The SVG carries no style and no script, so it may stand inline under a strict content policy. Its geometry and colours
are attributes; its classes (`bar`, `val`, `none`, `none-label`, `base`) let a page's style sheet set the colours anew.
All text is 13 units high on a sheet 728 units wide: 13 px on a page that wide, 8.5 pt across a printed letter page.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pregon.document.model import Chart
from pregon.writers.chart_layout import ACCENT, GAP, INK, WIDTH, clean_text, lay_out_chart
from pregon.writers.typeface import FONT_FOLDER

if TYPE_CHECKING:
    from lxml import etree

_SVG: Final = "{http://www.w3.org/2000/svg}"
# Values are set as text by Pregón itself; this is for whatever Vega would print of its own accord.
_NUMBERS: Final = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["$", ""]}
_LONG_DECIMAL: Final = re.compile(r"-?\d+\.\d{3,}")
_MACHINERY: Final = frozenset({"class", "style", "role", "pointer-events"})
_GEOMETRY: Final = frozenset({"d", "transform", "x", "y", "x2", "y2", "width", "height"})
_CLASSES: Final = {
    ("text", "fill", INK): "val",
    ("text", "fill", GAP): "none-label",
    ("path", "fill", ACCENT): "bar",
    ("path", "stroke", GAP): "none",
    ("line", "stroke", INK): "base",
}


class ChartShelf:
    """The charts of one report. Each is drawn the first time that a format asks for it, and once."""

    def __init__(self) -> None:
        self._drawings: dict[Chart, str] = {}
        self._pictures: dict[tuple[Chart, float], bytes] = {}

    def svg(self, chart: Chart) -> str:
        """The chart as an `<svg>` element, named and described in Spanish, safe inside a page.

        Its ids begin with the chart's key, so that several charts may stand in one page.
        """
        if chart not in self._drawings:
            self._drawings[chart] = _draw(chart)
        return self._drawings[chart]

    def png(self, chart: Chart, scale: float = 2) -> bytes:
        """The same drawing as PNG; `scale` is pixels a unit (2: 220 a printed inch across a letter page)."""
        if (chart, scale) not in self._pictures:
            _register_faces()
            import vl_convert

            self._pictures[chart, scale] = vl_convert.svg_to_png(self.svg(chart), scale=scale)
        return self._pictures[chart, scale]


@cache
def _register_faces() -> None:
    """Tell vl-convert of the vendored faces, once in a process."""
    import vl_convert

    vl_convert.register_font_directory(str(FONT_FOLDER))


def _draw(chart: Chart) -> str:
    _register_faces()
    import vl_convert

    return _make_safe(vl_convert.vegalite_to_svg(lay_out_chart(chart), format_locale=_NUMBERS), chart)


def _make_safe(drawing: str, chart: Chart) -> str:
    """Give Vega's drawing its Spanish name and description, our classes and ids of its own; drop Vega's classes."""
    from lxml import etree

    root = etree.fromstring(drawing.encode())
    name = re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found.group()):x}", chart.key)
    for element in list(root.iter(f"{_SVG}*")):
        parent = element.getparent()
        if element.get("aria-hidden") and parent is not None:  # the invisible backgrounds of Vega's groups
            parent.remove(element)
        else:
            _dress(element, name)
    attributes = _frame_sheet(root) | {"role": "img"}
    attributes["aria-labelledby"] = " ".join(f"chart-{name}-{tag}" for tag in ("title", "desc"))
    root.attrib.clear()
    _set_all(root, attributes)
    for position, (tag, words) in enumerate((("title", chart.title), ("desc", chart.description))):
        said = etree.Element(f"{_SVG}{tag}", id=f"chart-{name}-{tag}")
        said.text = clean_text(words)
        root.insert(position, said)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _frame_sheet(root: etree._Element) -> dict[str, str]:
    """The size of the sheet, a unit wider all around than the panels, so that no stroke at an edge is cut."""
    first = next(root.iter(f"{_SVG}g"))
    shift = re.fullmatch(r"translate\(([\d.-]+),([\d.-]+)\)", first.get("transform", ""))
    left, top = (float(shift[1]), float(shift[2])) if shift else (0.0, 0.0)
    height = float(root.get("height", "0")) + 2
    width = WIDTH + 2
    return {"viewBox": f"{left - 1:g} {top - 1:g} {width:g} {height:g}", "width": f"{width:g}", "height": f"{height:g}"}


def _dress(element: etree._Element, name: str) -> None:
    """Strip what Vega says for its own machinery, and put our class and ids in its place."""
    tag = str(element.tag).removeprefix(_SVG)
    kept: dict[str, str] = {}
    for attribute, words in ((str(key), str(value)) for key, value in element.attrib.items()):
        if attribute in _MACHINERY or attribute.startswith("aria-"):
            continue
        known = _CLASSES.get((tag, attribute, words))
        if known:
            kept["class"] = known
        if attribute == "id":
            kept[attribute] = f"chart-{name}-{words}"
        elif attribute in _GEOMETRY:
            kept[attribute] = _LONG_DECIMAL.sub(lambda found: f"{float(found.group()):.2f}", words)
        else:
            kept[attribute] = words.replace("url(#", f"url(#chart-{name}-")
    element.attrib.clear()
    _set_all(element, kept)


def _set_all(element: etree._Element, attributes: dict[str, str]) -> None:
    for attribute, words in attributes.items():
        element.set(attribute, words)
