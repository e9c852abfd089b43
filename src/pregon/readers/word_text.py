"""The text of a Word paragraph as its page prints it: fields, changes, symbols, and what hangs on the text.

Inserted text counts and deleted text does not; hidden text is left out and said so; a page number is no part of what a
document says, so the fields that print one leave only `PAGE_NUMBER` behind, for `drop_page_numbers` to clear away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pregon.document.model import Picture
from pregon.readers.word_package import MC, WP, M, V, W

PAGE_NUMBER: Final = "\0"
"""Stands where a page number was printed; no XML text can hold it."""

_NUMBERING_OF_PAGES: Final = re.compile(
    r"(?:\b(?:p[áa]gina|p[áa]g\.?|page|hoja|folio)\s*)?\0(?:\s*(?:/|-|de|of)\s*\0)?", re.IGNORECASE
)
_PAGE_FIELDS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
# What these print repeats the document's own headings or says where a page is.
_SILENT_FIELDS: Final = _PAGE_FIELDS | {"TOC", "INDEX", "TOA"}

# Elements whose content is read as if they were not there.
_TRANSPARENT: Final = frozenset(
    {W + "hyperlink", W + "ins", W + "moveTo", W + "smartTag", W + "customXml", W + "sdt", W + "sdtContent"}
    | {W + "dir", W + "bdo", W + "ruby", W + "rubyBase", W + "pict", W + "object"}
)
# Symbols that Word writes as characters of a picture font, as what a reader sees.
_SYMBOLS: Final = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→",
        0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "symbol": {
        0x2B: "+", 0x2D: "−", 0xA3: "≤", 0xAE: "→", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷",
        0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xE5: "∑",
    },
}  # fmt: skip
_UNKNOWN_SYMBOL: Final = "\N{REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class Line:
    """What one paragraph holds: its text, the pictures in it, the text boxes and notes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    sources: list[etree._Element] = field(default_factory=list)
    """The element that each piece was read from."""
    pictures: list[Picture] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """The part («footnotes», «endnotes») and id of each note called here."""

    @property
    def text(self) -> str:
        """The text as printed."""
        return "".join(self.pieces)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    is_result: bool = False

    @property
    def kind(self) -> str:
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""


class TextReader:
    """Reads the paragraphs of one story (the body, a header, a note) in order; a field may span several of them."""

    def __init__(self) -> None:
        self._fields: list[_Field] = []
        self.has_hidden_text = False
        self._readers: dict[str, Callable[[etree._Element, Line], None]] = {
            W + "r": self._read_run,
            W + "t": self._read_words,
            M + "t": self._read_words,
            W + "br": self._read_break,
            W + "sym": self._read_symbol,
            W + "fldSimple": self._read_simple_field,
            W + "fldChar": self._read_field_mark,
            W + "instrText": self._read_instruction,
            W + "footnoteReference": self._read_note_call,
            W + "endnoteReference": self._read_note_call,
            W + "drawing": self._read_drawing,
            MC + "AlternateContent": self._walk_choice,
        }

    @property
    def is_within_field(self) -> bool:
        """Whether a field that an earlier paragraph began has not ended yet."""
        return bool(self._fields)

    def read(self, paragraph: etree._Element) -> Line:
        """The paragraph's line."""
        line = Line()
        self._walk(paragraph, line)
        return line

    def _walk(self, parent: etree._Element, line: Line) -> None:
        readers = self._readers
        for node in parent:
            tag = node.tag
            if tag in _PROPERTIES:
                continue
            read = readers.get(tag)
            if read is not None:
                read(node, line)
                continue
            tag = str(tag)  # what is no element (an unresolved entity) has no name, and matches nothing
            if tag in _MARKS:
                self._print(_MARKS[tag], line, node)
            elif tag in _TRANSPARENT or tag.startswith(M):
                self._walk(node, line)
            elif tag.startswith(V):
                self._read_vector(node, line)

    def _print(self, text: str, line: Line, source: etree._Element) -> None:
        if not self._fields or all(field.is_result and field.kind not in _SILENT_FIELDS for field in self._fields):
            line.pieces.append(text)
            line.sources.append(source)

    def _read_words(self, node: etree._Element, line: Line) -> None:
        self._print(node.text or "", line, node)

    def _read_run(self, run: etree._Element, line: Line) -> None:
        properties = next(run.iterchildren(_RUN_PROPERTIES), None)
        if properties is None or not _is_on(properties.find(_HIDDEN)):
            self._walk(run, line)
            return
        self.has_hidden_text = self.has_hidden_text or run.find(W + "t") is not None
        for node in run.iterchildren(W + "fldChar", W + "instrText"):  # a hidden run may open a field that shows
            self._readers[str(node.tag)](node, line)

    def _read_break(self, node: etree._Element, line: Line) -> None:
        # A page or column break moves what follows; it is no line of the text.
        if node.get(W + "type", "textWrapping") == "textWrapping":
            self._print("\n", line, node)

    def _read_symbol(self, node: etree._Element, line: Line) -> None:
        self._print(_name_symbol(node), line, node)

    def _read_note_call(self, node: etree._Element, line: Line) -> None:
        line.notes.append((str(node.tag)[len(W) :].removesuffix("Reference") + "s", node.get(W + "id", "")))

    def _read_instruction(self, node: etree._Element, _line: Line) -> None:
        if self._fields and not self._fields[-1].is_result:
            self._fields[-1].instruction += node.text or ""

    def _read_field_mark(self, node: etree._Element, line: Line) -> None:
        match node.get(W + "fldCharType"):
            case "begin":
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].is_result = True
            case "end" if self._fields:
                if self._fields.pop().kind in _PAGE_FIELDS:
                    self._print(PAGE_NUMBER, line, node)

    def _read_simple_field(self, node: etree._Element, line: Line) -> None:
        field = _Field(node.get(W + "instr", ""), is_result=True)
        if field.kind in _PAGE_FIELDS:
            self._print(PAGE_NUMBER, line, node)
            return
        self._fields.append(field)
        self._walk(node, line)
        self._fields.pop()

    def _walk_choice(self, alternate: etree._Element, line: Line) -> None:
        """One of the alternatives stands for all: they say the same in newer and older words."""
        chosen = choose_alternative(alternate)
        if chosen is not None:
            self._walk(chosen, line)

    def _read_drawing(self, drawing: etree._Element, line: Line) -> None:
        boxes = _find_boxes(drawing)
        line.boxes.extend(boxes)
        if boxes:
            return
        named = next(drawing.iter(WP + "docPr"), None)
        alt = "" if named is None else named.get("descr") or named.get("title") or ""
        line.pictures.append(Picture(alt))

    def _read_vector(self, node: etree._Element, line: Line) -> None:
        """A drawing of the older kind (VML): text boxes, and pictures that have image data."""
        boxes = _find_boxes(node)
        line.boxes.extend(boxes)
        if not boxes and next(node.iter(V + "imagedata"), None) is not None:
            line.pictures.append(Picture(node.get("alt", "")))


_RUN_PROPERTIES: Final = W + "rPr"
_HIDDEN: Final = W + "vanish"
_PROPERTIES: Final = frozenset({_RUN_PROPERTIES, W + "pPr"})
"""How a run or a paragraph looks: nothing in them is text."""
_MARKS: Final = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "pgNum": PAGE_NUMBER,
}

TELLING_TAGS: Final = (
    *(W + name for name in ("br", "sym", "fldSimple", "fldChar", "instrText", "footnoteReference", "endnoteReference")),
    *(W + "drawing", MC + "AlternateContent", *_MARKS, *_TRANSPARENT, M + "*", V + "*"),
)
"""The elements by which a paragraph is more than runs of words (`lxml` takes «*» for any name)."""


def _is_on(flag: etree._Element | None) -> bool:
    return flag is not None and flag.get(W + "val", "1") not in {"0", "false", "off"}


def _name_symbol(node: etree._Element) -> str:
    try:
        code = int(node.get(W + "char", ""), 16)
    except ValueError:
        return _UNKNOWN_SYMBOL
    font = node.get(W + "font", "").casefold()
    # Word puts the characters of picture fonts in a private area, from F000 on.
    is_private = 0xF000 <= code <= 0xF0FF
    own = _SYMBOLS.get(font, {}).get(code - 0xF000 if is_private else code)
    if own is not None:
        return own
    return _UNKNOWN_SYMBOL if is_private or font in _SYMBOLS or not 0x20 <= code <= 0xFFFF else chr(code)


def _find_boxes(node: etree._Element) -> list[etree._Element]:
    """The outermost text boxes of a drawing, each once even where it is told in two ways."""
    found: list[etree._Element] = []
    for child in node:
        if child.tag == W + "txbxContent":
            found.append(child)
        elif child.tag == MC + "AlternateContent":
            chosen = choose_alternative(child)
            found.extend(() if chosen is None else _find_boxes(chosen))
        else:
            found.extend(_find_boxes(child))
    return found


def choose_alternative(alternate: etree._Element) -> etree._Element | None:
    """The alternative to read: the first that is offered, or the fallback where none is."""
    chosen = alternate.find(MC + "Choice")
    return alternate.find(MC + "Fallback") if chosen is None else chosen


def drop_page_numbers(text: str) -> str:
    """The text without «Página 3 de 12» and its like, where those numbers were fields.

    >>> drop_page_numbers(f"GC-INF-02, página {PAGE_NUMBER} de {PAGE_NUMBER}")
    'GC-INF-02,'
    """
    if PAGE_NUMBER not in text:
        return text
    return _NUMBERING_OF_PAGES.sub("", text).strip()
