"""The blocks of a page: a walk over its elements that parts running text from headings, lists, tables and pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pregon.document.model import Block, Heading, Paragraph, Picture, Role
from pregon.document.prose import Prose
from pregon.readers.html_tables import TableReader
from pregon.readers.html_text import (
    BLOCKS,
    SKIPPED,
    collapse,
    is_hidden,
    part_printed_caption,
    tag_of,
    text_of,
    words_in,
)

if TYPE_CHECKING:
    from lxml import etree

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_ROLES: Final = {
    "source": Role.SOURCE,
    "notice": Role.NOTE,
    "subtitle": Role.SUBTITLE,
    "footnote": Role.FOOTNOTE,
    "text-box": Role.TEXT_BOX,
}


class BlockReader:
    """Reads the elements of one page. `is_exact` says that the page is ours: its text is kept to the letter."""

    def __init__(self, name: str, *, is_exact: bool) -> None:
        self._tables = TableReader(name, is_exact=is_exact)
        self._is_exact = is_exact
        self._blocks: list[Block] = []
        self._running: list[str] = []
        self._single_title = True

    def read(self, body: etree._Element) -> list[Block]:
        """Every block under an element, in reading order."""
        titles = sum(1 for _ in body.iter("h1"))
        self._single_title = self._is_exact or titles == 1
        self._walk(body, Role.BODY)
        self._flush(Role.BODY)
        return self._blocks

    def _walk(self, element: etree._Element, role: Role) -> None:
        if element.text:
            self._running.append(element.text)
        for child in element:
            self._read_element(child, role)
            if child.tail:
                self._running.append(child.tail)

    def _read_element(self, element: etree._Element, role: Role) -> None:
        tag = tag_of(element)
        if tag in SKIPPED or is_hidden(element) or (self._is_exact and self._is_aside(element)):
            return
        if tag == "br":
            self._break(role)
        elif tag == "sup":
            self._running.append(text_of(element, is_exact=self._is_exact))
        elif tag in {"img", "svg"}:
            self._read_image(element, role)
        elif tag in BLOCKS:
            self._flush(role)
            self._read_block(element, tag, role)
        else:
            self._walk(element, role)

    @staticmethod
    def _is_aside(element: etree._Element) -> bool:
        """What our own file adds to the document for the comfort of its reader."""
        return not {"skip", "accounts"}.isdisjoint(element.get("class", "").split())

    def _read_block(self, element: etree._Element, tag: str, role: Role) -> None:
        if tag in _HEADINGS:
            text = text_of(element, is_exact=self._is_exact)
            if text.strip():
                self._blocks.append(Heading(self._level_of(element, tag), Prose(text)))
        elif tag == "table":
            table = self._tables.read(element)
            if table is not None:
                self._blocks.append(table)
        elif tag == "figure":
            self._read_figure(element, role)
        elif tag == "pre":
            lines = (line.rstrip() for line in words_in(element).splitlines())
            self._blocks += [Paragraph(Prose(line), role) for line in lines if line.strip()]
        else:
            inner = Role.ITEM if tag == "li" else self._role_of(element, role)
            self._walk(element, inner)
            self._flush(inner)

    def _level_of(self, element: etree._Element, tag: str) -> int:
        deeper = element.get("data-level", "")
        if self._is_exact and deeper.isdecimal():
            return min(int(deeper), 99)
        return _HEADINGS[tag] - 1 if self._single_title else _HEADINGS[tag]

    def _role_of(self, element: etree._Element, role: Role) -> Role:
        if not self._is_exact:
            return role
        return next((_ROLES[face] for face in element.get("class", "").split() if face in _ROLES), role)

    def _break(self, role: Role) -> None:
        """A line's end: in a report of ours a part of the paragraph, in others' a way to part paragraphs."""
        if self._is_exact:
            self._running.append("\n")
        else:
            self._flush(role)

    def _flush(self, role: Role) -> None:
        text = "".join(self._running)
        self._running.clear()
        text = text if self._is_exact else collapse(text)
        if text.strip(" \t\r\n\f"):
            self._blocks.append(Paragraph(Prose(text), role))

    def _read_image(self, element: etree._Element, role: Role) -> None:
        alt = _alt_of(element)
        if alt:
            self._flush(role)
            self._blocks.append(Picture(alt))

    def _read_figure(self, element: etree._Element, role: Role) -> None:
        """A figure is a picture with its caption, a table with its caption, or a frame around something else."""
        shown = element.find(".//figcaption")
        caption = "" if shown is None else text_of(shown, is_exact=self._is_exact)
        number, words = part_printed_caption(caption, is_exact=self._is_exact)
        alt = element.get("data-alt", "") if self._is_exact else ""
        drawn = next((child for child in element.iter("img", "svg") if _alt_of(child) or self._is_exact), None)
        if drawn is None:
            drawn = element.find(".//img") if element.find(".//table") is None else None
        if alt or drawn is not None:
            self._blocks.append(Picture(alt or (_alt_of(drawn) if drawn is not None else ""), words, number))
            return
        tables = [table for each in element.iter("table") if (table := self._tables.read(each, caption)) is not None]
        if tables:
            self._blocks.append(tables[0])
            return
        self._walk(element, role)
        self._flush(role)


def _alt_of(element: etree._Element) -> str:
    """The words that stand for a picture."""
    if tag_of(element) == "svg":
        title = next((child for child in element if tag_of(child) == "title"), None)
        said = element.get("aria-label") or ("" if title is None else words_in(title))
    else:
        said = element.get("alt", "")
    return re.sub(r"\s+", " ", said).strip(" ") if tag_of(element) == "svg" else said.strip(" \t\r\n")
