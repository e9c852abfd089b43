"""A Document as the plain values that report.typ sets: every word a string, every decision of layout made.

Words never become typst code: they travel as JSON strings and are set as strings. What no vendored face can print
(Chinese, say) is replaced by a question mark, because a PDF/A with an unprintable character cannot be written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from pregon.document.model import Block, Chart, Document, Heading, Image, Layout, Paragraph, Picture, Role, Table
from pregon.document.prose import FigureKind, Operator, Prose
from pregon.figures.period import Period
from pregon.writers.charts import ChartShelf
from pregon.writers.pdf_columns import PORTRAIT, cut_long_words
from pregon.writers.pdf_tables import set_table
from pregon.writers.typeface import printable

_TOGETHER: Final = 330.0
"""Points: a table (with its source) lower than this is never parted over two pages."""
_HEADING_SIZE: Final = 30.0
_TITLE_WITHIN: Final = 4
"""A cover's title is one of its first blocks; the institution's name may stand before it."""
_KEY_OPERATORS: Final = frozenset({Operator.SUM, Operator.COUNT})
_DEFAULT_DATE: Final = date(2000, 1, 1)

_Values = dict[str, Any]


@dataclass(slots=True)
class Sheet:
    """The values for report.typ, and the pictures that it reads from files beside it."""

    values: _Values
    files: dict[str, bytes] = field(default_factory=dict)


def make_sheet(document: Document, charts: ChartShelf) -> Sheet:
    """Decide how a document is printed."""
    blocks = list(document.blocks)
    cover_length = _cover_length(blocks)
    setter = _Setter(charts)
    cover = setter.set_blocks(blocks[:cover_length], on_cover=True)
    rest = setter.set_blocks(blocks[cover_length:])
    is_designed = bool(cover) and any(_is_cover_sign(block) for block in blocks[:cover_length])
    if is_designed:
        above = next(at for at, values in enumerate(cover) if values["kind"] == "title")
        houses = [{**one, "kind": "house"} if one["kind"] == "paragraph" else one for one in cover[:above]]
        cover[:above] = [*houses, {"kind": "space", "height": 26}]
        if cover[-1]["kind"] == "paragraph" and cover[-1]["role"] == Role.NOTE:
            cover[-1]["sinks"] = True
        if rest:
            cover.append({"kind": "break"})
    printed = period_date(document.properties.period)
    properties = document.properties
    values = {
        "title": printable(_title(document)),
        "author": printable(properties.institution),
        "keywords": [printable(words) for words in _keywords(document)],
        "date": [printed.year, printed.month, printed.day],
        "cover": is_designed,
        "bare_cover": is_designed and cover[0]["kind"] == "house",
        "header": [_set_words(line) for line in document.header],
        "footer": [_set_words(line) for line in document.footer],
        "blocks": cover + rest,
    }
    return Sheet(values, setter.files)


def period_date(period: str) -> date:
    """The day that a report of a period is dated, its last: so equal documents give equal files."""
    try:
        return Period.parse(period).end
    except ValueError:
        return _DEFAULT_DATE


def _title(document: Document) -> str:
    headings = (block.text for block in document.blocks if isinstance(block, Heading))
    return document.properties.title or next((text for text in headings if text), "") or "Informe"


def _keywords(document: Document) -> Iterable[str]:
    properties = document.properties
    named = (("código", properties.code), ("versión", properties.version), ("periodo", properties.period))
    return [f"{name} {value}" for name, value in named if value]


def _cover_length(blocks: Sequence[Block]) -> int:
    """How many blocks stand on the cover: those up to the first section, where the title is among the first ones."""
    titles = [at for at, block in enumerate(blocks[:_TITLE_WITHIN]) if isinstance(block, Heading) and not block.level]
    if not titles:
        return 0
    sections = (at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level)
    return next(sections, len(blocks))


def _is_cover_sign(block: Block) -> bool:
    if isinstance(block, Table):
        return block.layout is not Layout.GRID
    return isinstance(block, Paragraph) and block.role is Role.SUBTITLE


class _Setter:
    """Turns blocks into values, keeping the pictures' files and what must be known of the blocks before."""

    def __init__(self, charts: ChartShelf) -> None:
        self.files: dict[str, bytes] = {}
        self._charts = charts
        self._level = 0
        self._has_title = False

    def set_blocks(self, blocks: Sequence[Block], *, on_cover: bool = False) -> list[_Values]:
        """The blocks' values; points of a list come together, sources go with what they are the source of."""
        values: list[_Values] = []
        for block in blocks:
            last: _Values = values[-1] if values else {"kind": ""}
            match block:
                case Heading():
                    values.append(self._set_heading(block))
                case Paragraph(role=Role.ITEM):
                    if last["kind"] != "list":
                        values.append({"kind": "list", "points": []})
                    values[-1]["points"].append(_runs(block.prose))
                case Paragraph(role=Role.SOURCE) if last["kind"] in {"table", "picture"}:
                    last["sources"].append(_set_words(block.text))
                case Paragraph():
                    values.append(_set_paragraph(block, on_cover=on_cover))
                case Table() if block.rows:
                    values.append(_set_captioned(block, on_cover=on_cover))
                case Picture():
                    values.append(self._set_picture(block))
        return values

    def _set_heading(self, heading: Heading) -> _Values:
        """A heading. An accessible PDF has one title and skips no level, whatever the document does."""
        if not heading.level and not self._has_title:
            self._has_title = True
            return {"kind": "title", "text": _set_words(heading.text, _HEADING_SIZE)}
        self._level = min(max(heading.level, 1), self._level + 1)
        return {"kind": "heading", "level": self._level, "text": _set_words(heading.text, _HEADING_SIZE)}

    def _set_picture(self, picture: Picture) -> _Values:
        label = "Gráfica" if isinstance(picture.drawing, Chart) else "Imagen"
        values: _Values = {
            "kind": "picture",
            "caption": _caption(label, picture.number, picture.caption),
            "alt": printable(picture.alt or picture.caption) or "Imagen sin descripción.",
            "svg": "",
            "file": "",
            "width": PORTRAIT,
            "sources": [],
        }
        if isinstance(picture.drawing, Chart):
            values["svg"] = self._charts.svg(picture.drawing)
        elif isinstance(picture.drawing, Image):
            file = _read_picture(picture.drawing)
            if file is not None:
                values["file"] = f"picture-{len(self.files)}.{file.ending}"
                values["width"] = file.width
                self.files[values["file"]] = file.content
        return values


@dataclass(frozen=True, slots=True)
class _PictureFile:
    content: bytes
    ending: str
    width: float


def _read_picture(image: Image) -> _PictureFile | None:
    """A picture that typst can read, at most as wide as the page and 110 mm high; None when it cannot be drawn."""
    import io

    import PIL.Image

    try:
        with PIL.Image.open(io.BytesIO(image.content)) as picture:
            picture.load()
            scale = min(0.75, PORTRAIT / picture.width, 312 / picture.height)
            width = max(picture.width * scale, 24.0)
            if picture.format in {"PNG", "JPEG"} and picture.mode in {"1", "L", "LA", "P", "RGB", "RGBA"}:
                return _PictureFile(image.content, "png" if picture.format == "PNG" else "jpg", width)
            buffer = io.BytesIO()
            picture.convert("RGBA").save(buffer, "PNG")
            return _PictureFile(buffer.getvalue(), "png", width)
    except (OSError, ValueError, SyntaxError, PIL.Image.DecompressionBombError):
        return None  # its words are printed in its place


def _set_paragraph(paragraph: Paragraph, *, on_cover: bool) -> _Values:
    runs = _runs(paragraph.prose, strong=paragraph.role is Role.BODY)
    return {"kind": "paragraph", "role": paragraph.role.value, "runs": runs, "cover": on_cover, "sinks": False}


def _runs(prose: Prose, *, strong: bool = False) -> list[str | list[str]]:
    """The words of a paragraph; totals and counts stand out in running text, as pairs of words and mark."""
    runs: list[str | list[str]] = []
    for words, figure in prose.pieces():
        is_key = figure is not None and figure.kind is FigureKind.NUMBER and figure.operator in _KEY_OPERATORS
        runs.append([_set_words(words), "strong"] if strong and is_key else _set_words(words))
    return runs


def _set_words(text: str, size: float = 11.0) -> str:
    """The text as it is printed, its overlong words (addresses) ready to be cut at the line's end."""
    return cut_long_words(printable(text), PORTRAIT, size)


def _caption(label: str, number: int | None, caption: str) -> str:
    if number is None:
        return _set_words(caption)
    return _set_words(f"{label} {number}. {caption}" if caption else f"{label} {number}")


def _set_captioned(table: Table, *, on_cover: bool) -> _Values:
    values, height = set_table(table, on_cover=on_cover)
    values["kind"] = "table"
    values["caption"] = _caption("Tabla", table.number, table.caption)
    values["opens"] = on_cover and table.layout is Layout.FACTS
    values["together"] = height < _TOGETHER and not values["landscape"]
    values["sources"] = []
    return values
