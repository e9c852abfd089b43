"""The blocks of a document as HTML: headings, paragraphs, lists, pictures; tables are html_tables.py's."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Final

from pregon.document.model import Block, Chart, Document, Heading, Image, Paragraph, Picture, Role, Table
from pregon.document.prose import FigureKind, Prose
from pregon.figures.words import fold
from pregon.writers.charts import ChartShelf
from pregon.writers.columns import absence_in
from pregon.writers.html_accounts import Accounts
from pregon.writers.html_tables import render_table
from pregon.writers.html_text import clean, print_caption

ROLE_CLASSES: Final = {
    Role.SOURCE: "source",
    Role.NOTE: "notice",
    Role.SUBTITLE: "subtitle",
    Role.FOOTNOTE: "footnote",
    Role.TEXT_BOX: "text-box",
}
_MEDIA_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def set_anchors(document: Document) -> dict[int, str]:
    """An id for each heading, by its place among the blocks: its own anchor or its folded words, never twice."""
    anchors: dict[int, str] = {}
    taken = {"contenido", "indice"}
    for place, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            words = "-".join(re.findall(r"[a-z0-9]+", fold(block.anchor or block.text))[:8])
            stem = f"s-{words}" if words else "s"
            anchor, count = stem, 1
            while anchor in taken:
                count += 1
                anchor = f"{stem}-{count}"
            taken.add(anchor)
            anchors[place] = anchor
    return anchors


class BlockWriter:
    """Writes the blocks of one document. `top` is the HTML level of the title (1 in a file of its own)."""

    def __init__(self, charts: ChartShelf, anchors: dict[int, str], accounts: Accounts, top: int) -> None:
        self._charts = charts
        self._anchors = anchors
        self._accounts = accounts
        self._top = top
        self._section = ""
        self._drawings = 0

    def render(self, blocks: Sequence[Block]) -> list[str]:
        """The blocks, each on its line; points that follow one another make one list."""
        lines: list[str] = []
        for is_list, group in groupby(enumerate(blocks), key=lambda placed: _is_point(placed[1])):
            if is_list:
                points = (
                    self.render_prose(block.prose, self._section) for _, block in group if isinstance(block, Paragraph)
                )
                lines += ['<ul class="points">', *(f"<li>{point}</li>" for point in points), "</ul>"]
            else:
                lines += [self._render_block(place, block) for place, block in group]
        return lines

    def render_prose(self, prose: Prose, place: str, *, absent: bool = False) -> str:
        """Text with its figures as links to their accounts, and its absences in their own faces.

        `absent` says that the caller has already given the whole its face.
        """
        parts: list[str] = []
        for text, figure in prose.pieces():
            shown = escape(clean(text)).replace("\n", "<br>")
            if figure is not None:
                anchor = self._accounts.link(figure, clean(text), place)
                if anchor is not None:
                    shown = f'<a class="fig" href="#{escape(anchor)}">{shown}</a>'
                elif figure.kind is FigureKind.STATE and not absent:
                    state = absence_in(text)
                    face = "no-data" if state is None else state.value.replace("_", "-")
                    shown = f'<span class="{face}">{shown}</span>'
            parts.append(shown)
        return "".join(parts)

    def _render_block(self, place: int, block: Block) -> str:
        match block:
            case Heading():
                self._section = block.text
                level = min(block.level + self._top, 6)
                told = f' data-level="{block.level}"' if block.level + self._top > 6 else ""
                anchor = escape(self._anchors[place])
                return f'<h{level} id="{anchor}"{told}>{self.render_prose(block.prose, block.text)}</h{level}>'
            case Paragraph():
                face = ROLE_CLASSES.get(block.role)
                marked = f' class="{face}"' if face else ""
                return f"<p{marked}>{self.render_prose(block.prose, self._section)}</p>"
            case Table():
                return render_table(block, self, self._section)
            case Picture():
                return self._render_picture(block)

    def _render_picture(self, picture: Picture) -> str:
        label = "Gráfica" if isinstance(picture.drawing, Chart) else "Imagen"
        caption = print_caption(label, picture.number, picture.caption)
        top = f"<figcaption>{escape(clean(caption))}</figcaption>\n" if caption else ""
        alt = escape(clean(picture.alt))
        match picture.drawing:
            case Chart() as chart:
                name = escape(clean(chart.title or picture.caption or "Gráfica"))
                drawing = self._number_ids(self._charts.svg(chart))
                frame = f'<div class="scroll" role="region" aria-label="{name}" tabindex="0">{drawing}</div>'
                return f'<figure class="chart" data-alt="{alt}">\n{top}{frame}\n</figure>'
            case Image(content=content, media_type=kind) if kind in _MEDIA_TYPES:
                encoded = base64.b64encode(content).decode()
                return f'<figure>\n{top}<img src="data:{kind};base64,{encoded}" alt="{alt}">\n</figure>'
            case _:
                return f'<figure data-alt="{alt}">\n{top}<p class="undrawn">{alt}</p>\n</figure>'

    def _number_ids(self, drawing: str) -> str:
        """Give the drawing's ids a number of their own, because one chart may stand twice in a report."""
        self._drawings += 1
        names = set(re.findall(r'\bid="([^"]+)"', drawing))
        for name in sorted(names, key=len, reverse=True):
            drawing = re.sub(rf'(?<=["# ]){re.escape(name)}(?=[") ])', f"g{self._drawings}-{name}", drawing)
        return drawing


def _is_point(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.ITEM
