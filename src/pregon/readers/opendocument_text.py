"""The text of an OpenDocument paragraph as its page prints it, and what hangs on it: notes, text boxes, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pregon.document.model import Picture
from pregon.readers.opendocument_package import DRAW, OFFICE, STYLE, SVG, TABLE, TEXT, whole
from pregon.readers.opendocument_styles import StyleSheet
from pregon.readers.word_text import PAGE_NUMBER

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_MOST_SPACES: Final = 1000
_MARKS: Final = {
    f"{TEXT}tab": "\t",
    f"{TEXT}line-break": "\n",
    f"{TEXT}page-number": PAGE_NUMBER,
    f"{TEXT}page-count": PAGE_NUMBER,
}
_SILENT: Final = frozenset(
    {
        f"{OFFICE}annotation",
        f"{OFFICE}annotation-end",
        f"{OFFICE}event-listeners",
        f"{TEXT}ruby-text",
        f"{TEXT}hidden-text",
        f"{TEXT}hidden-paragraph",
        f"{TEXT}soft-page-break",
        f"{TEXT}alphabetical-index-mark",
        f"{TEXT}toc-mark",
        f"{TEXT}user-index-mark",
        f"{TEXT}note-citation",
        f"{SVG}title",
        f"{SVG}desc",
    }
)


@dataclass(slots=True)
class Line:
    """What one paragraph holds: its text, the pictures in it, the text boxes and notes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as printed."""
        return "".join(self.pieces)


class TextReader:
    """Reads paragraphs; remembers whether any of their text was hidden."""

    def __init__(self, styles: StyleSheet) -> None:
        self._styles = styles
        self.has_hidden_text = False

    def read(self, paragraph: etree._Element) -> Line:
        """The paragraph's line."""
        line = Line()
        if self._is_hidden(paragraph, "paragraph"):
            return line
        self._walk(paragraph, line)
        if line.pieces and line.pieces[-1].endswith(" "):
            line.pieces[-1] = line.pieces[-1].rstrip(" ")
        return line

    def _walk(self, parent: etree._Element, line: Line) -> None:
        self._print(parent.text, line)
        for node in parent:
            self._read_node(node, str(node.tag), line)
            self._print(node.tail, line)

    def _read_node(self, node: etree._Element, tag: str, line: Line) -> None:
        if tag in _MARKS:
            line.pieces.append(_MARKS[tag])
        elif tag == f"{TEXT}s":
            line.pieces.append(" " * whole(node, f"{TEXT}c", most=_MOST_SPACES))
        elif tag == f"{TEXT}note":
            line.notes.append(node)
        elif tag in _SILENT or (tag == f"{TEXT}span" and self._is_hidden(node, "text")):
            return
        elif tag.startswith(DRAW):
            self.read_drawing(node, line)
        elif tag.startswith((TEXT, OFFICE, STYLE, TABLE)):
            self._walk(node, line)

    def _print(self, text: str | None, line: Line) -> None:
        """Runs of blanks are one space, and none stands at the beginning of a line: the format says so."""
        if not text:
            return
        printed = _BLANKS.sub(" ", text)
        before = line.pieces[-1][-1:] if line.pieces else "\n"
        if printed.startswith(" ") and before in {" ", "\n"}:
            printed = printed[1:]
        if printed:
            line.pieces.append(printed)

    def _is_hidden(self, node: etree._Element, family: str) -> bool:
        hidden = self._styles.is_hidden(family, node.get(f"{TEXT}style-name", ""))
        self.has_hidden_text |= hidden
        return hidden

    def read_drawing(self, node: etree._Element, line: Line) -> None:
        """A frame or shape: the text in it hangs on the line as a box; one without text is a picture."""
        boxes = [box for box in node.iter(f"{DRAW}text-box") if not _has_text_box_above(box, node)]
        if not boxes and node.tag != f"{DRAW}frame":
            boxes = [shape for shape in node.iter() if shape.find(f"{TEXT}p") is not None]
        if boxes:
            line.boxes.extend(boxes)
            return
        if node.tag == f"{DRAW}frame":
            said = node.findtext(f"{SVG}desc") or node.findtext(f"{SVG}title") or ""
            line.pictures.append(Picture(" ".join(said.split())))


def _has_text_box_above(box: etree._Element, top: etree._Element) -> bool:
    above = box.getparent()
    while above is not None and above is not top:
        if above.tag == f"{DRAW}text-box":
            return True
        above = above.getparent()
    return False
