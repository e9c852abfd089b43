"""Markdown (.md) → Document: headings, lists, quotes, paragraphs, and tables drawn with bars.

Paragraphs go on until an empty line. Marks of emphasis, links and code leave their words. Pieces of HTML in it are read
as the words between their tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pregon.document.model import Cell, Document, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import Prose
from pregon.readers import refusals
from pregon.readers.bounds import MAXIMUM_COLUMNS, MAXIMUM_PLACES, check_lines
from pregon.readers.signatures import Content, decode_text, recognise
from pregon.readers.word_captions import Item, as_paragraph, bind_captions, part_caption

NAME: Final = "Markdown"
SUFFIXES: Final = (".md", ".markdown")

_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_ITEM: Final = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?=\S)(?:\[[ xX]\][ \t]+)?")
_RULE: Final = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE: Final = re.compile(r" {0,3}(```|~~~)")
_DIVIDER: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BAR: Final = re.compile(r"(?<!\\)\|")
_QUOTE: Final = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")
_IMAGE_ALONE: Final = re.compile(r"[ \t]*!\[([^\]]*)\]\([^()]*\)[ \t]*")
# What leaves its words: images, links, code, emphasis, tags, and the strokes that keep a mark from being one.
_INLINE: Final = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), "\n"),
    (re.compile(r"</?[a-zA-Z][^<>]{0,500}>"), ""),
    (re.compile(r"`+([^`]+)`+"), r"\1"),
    (re.compile(r"(?<![\w*\\])(\*{1,3})(?=\S)([^*]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_\\])(_{1,3})(?=\S)([^_]+?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"~~(?=\S)([^~]+?)~~"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_LONGEST_LINE: Final = 20_000
"""A longer line keeps its marks: looking for them in it would take too long."""


def identify(content: bytes, name: str) -> bool:
    """Whether the bytes are text, and the name says that it is Markdown."""
    return recognise(content) is Content.TEXT and name.casefold().endswith(SUFFIXES)


def read(content: bytes, name: str) -> Document:
    """The document that a Markdown file holds. One heading of the first level is its title.

    Raises:
        UnreadableFile: there are no words in it, or its tables are too large.
    """
    text = decode_text(content)
    check_lines(text, name)
    items = list(_Reader(text.splitlines(), name).read())
    if not items:
        raise refusals.empty(name)
    firsts = sum(isinstance(item, Heading) and item.level == 1 for item in items)
    raised = int(firsts == 1)
    levelled = [Heading(item.level - raised, item.prose) if isinstance(item, Heading) else item for item in items]
    return Document(tuple(as_paragraph(item) for item in bind_captions(levelled)), source=name)


class _Reader:
    """Walks over the lines once; what is gathered becomes a paragraph when something else begins."""

    def __init__(self, lines: Sequence[str], name: str) -> None:
        self._lines = lines
        self._name = name
        self._at = 0
        self._gathered: list[str] = []
        self._role = Role.BODY
        self._places = 0

    def read(self) -> Iterator[Item]:
        self._skip_front_matter()
        while self._at < len(self._lines):
            line = _unquote(self._lines[self._at].expandtabs(4))
            self._at += 1
            if not line.strip():
                yield from self._close()
            elif self._begins_table(line):
                yield from self._close()
                yield self._read_table(line)
            elif (heading := _HEADING.fullmatch(line)) is not None:
                yield from self._close()
                yield from _name_heading(len(heading[1]), heading[2] or "")
            elif self._gathered and self._role is Role.BODY and (under := _UNDERLINE.fullmatch(line)) is not None:
                words, self._gathered = " ".join(self._gathered), []
                yield from _name_heading(1 if under[1].startswith("=") else 2, words)
            elif _FENCE.match(line):
                yield from self._close()
                yield from self._read_code(line.strip()[:3])
            elif _RULE.fullmatch(line):
                yield from self._close()
            elif (image := _IMAGE_ALONE.fullmatch(line)) is not None:
                yield from self._close()
                yield Picture(image[1].strip())
            else:
                yield from self._gather(line)
        yield from self._close()

    def _gather(self, line: str) -> Iterator[Item]:
        """Take a line of words; a point of a list begins a paragraph, a break made by hand ends one."""
        item = _ITEM.match(line)
        if item is not None:
            yield from self._close()
            self._role = Role.ITEM
            line = line[item.end() :]
        self._gathered.append(line.strip())
        if line.endswith(("  ", "\\")):
            yield from self._close()

    def _skip_front_matter(self) -> None:
        """The properties that some programs keep above the text, between two lines of hyphens."""
        if self._lines and self._lines[0].strip() == "---":
            end = next((at for at, line in enumerate(self._lines[1:200], 1) if line.strip() in {"---", "..."}), 0)
            if end and all(":" in line or line.startswith((" ", "-", "#")) for line in self._lines[1:end] if line):
                self._at = end + 1

    def _close(self) -> Iterator[Item]:
        words = _plain(" ".join(self._gathered)).rstrip("\\").strip()
        role, self._role, self._gathered = self._role, Role.BODY, []
        if words:
            caption = part_caption(words, is_styled=False) if role is Role.BODY else None
            yield caption or Paragraph(Prose(words), role)

    def _begins_table(self, line: str) -> bool:
        if "|" in line and line.count("|") > MAXIMUM_COLUMNS:
            raise refusals.too_many(self._name, "más de 2.000 columnas en una tabla")
        following = self._lines[self._at] if self._at < len(self._lines) else ""
        divided = _unquote(following)
        return (
            "|" in line and "-" in divided and ("|" in divided or ":" in divided) and bool(_DIVIDER.fullmatch(divided))
        )

    def _read_table(self, line: str) -> Table:
        rows = [_part_row(line)]
        self._at += 1
        while self._at < len(self._lines) and 0 < self._lines[self._at].count("|") <= MAXIMUM_COLUMNS:
            rows.append(_part_row(_unquote(self._lines[self._at])))
            self._at += 1
        width = max(len(row) for row in rows)
        self._places += width * len(rows)
        if width > MAXIMUM_COLUMNS or self._places > MAXIMUM_PLACES:
            raise refusals.too_many(self._name, f"más de {MAXIMUM_PLACES // 1000} mil celdas")
        cells = tuple(tuple(Cell(Prose(text)) for text in [*row, *[""] * (width - len(row))]) for row in rows)
        # Markdown wants a head; an empty one was put there for its sake.
        return Table(cells if any(rows[0]) or len(rows) == 1 else cells[1:], header_rows=int(any(rows[0])))

    def _read_code(self, fence: str) -> Iterator[Item]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if line.strip().startswith(fence):
                return
            if line.strip():
                yield Paragraph(Prose(line.rstrip()))


def _name_heading(level: int, words: str) -> Iterator[Heading]:
    text = _plain(words).strip()
    if text:
        yield Heading(level, Prose(text))


def _unquote(line: str) -> str:
    quoted = _QUOTE.match(line)
    return line if quoted is None else line[quoted.end() :]


def _part_row(line: str) -> list[str]:
    inside = line.strip()
    inside = inside.removeprefix("|")
    if inside.endswith("|") and not inside.endswith("\\|"):
        inside = inside[:-1]
    return [_plain(cell.replace("\\|", "|")).strip() for cell in _BAR.split(inside)]


def _plain(text: str) -> str:
    if len(text) > _LONGEST_LINE:
        return text
    for mark, words in _INLINE:
        text = mark.sub(words, text)
    return text
