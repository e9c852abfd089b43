"""What each text of a Word document was read from: the reader's own walk, without its shortcut for plain cells.

A test of drawn tables holds that shortcut to the walk, so that the two cannot part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree

from pregon.document.anchors import Anchor, Anchors
from pregon.document.model import Block, Document, Heading, Paragraph, Passage, Picture, Table
from pregon.document.prose import Prose
from pregon.readers.characters import clean_text
from pregon.readers.word_captions import Caption, Item
from pregon.readers.word_package import W
from pregon.readers.word_text import Line

_BOX = W + "txbxContent"
_Letter = tuple[int, int]
"""Where a letter stands: the place of its element in the file, and its own place in the element's text."""


class Trace:
    """Learns from a reader which lines make each text; keeps what it is told alive, so that identities stay sound."""

    def __init__(self) -> None:
        self._lines: dict[int, tuple[Prose, tuple[Line, ...]]] = {}
        self._captions: dict[int, tuple[str, Line]] = {}

    def keep(self, item: Item, line: Line) -> None:
        """An item was made of the text of a line."""
        if isinstance(item, Caption):
            self._captions[id(item.text)] = (item.text, line)
            item = item.paragraph
        if isinstance(item, Heading | Paragraph):
            self._lines[id(item.prose)] = (item.prose, (line,))

    def join(self, prose: Prose, blocks: Iterable[Block]) -> None:
        """The text of a cell was made of those of its paragraphs."""
        told = (self._lines.get(id(block.prose)) for block in blocks if isinstance(block, Heading | Paragraph))
        self._lines[id(prose)] = (prose, tuple(line for each in told if each is not None for line in each[1]))

    def anchors(self, document: Document, clean: Document) -> Anchors:
        """For each passage of `clean`, where its letters stand in the main part of the file.

        `document` is what the reader made, and `clean` the same with its characters made alike (`characters`).
        """
        found = [self._lines_of(passage) for passage in document.passages]
        root = next(
            (line.sources[0].getroottree().getroot() for lines in found for line in lines if line.sources), None
        )
        if root is None or len(document.passages) != len(clean.passages):
            return tuple(() for _ in clean.passages)
        order = {element: place for place, element in enumerate(root.iter("*"))}
        return tuple(
            tuple(_gather(_follow(passage.prose.text, said.prose.text, _align(passage.prose.text, lines, order))))
            for passage, said, lines in zip(document.passages, clean.passages, found, strict=True)
        )

    def _lines_of(self, passage: Passage) -> tuple[Line, ...]:
        known = self._lines.get(id(passage.prose))
        if known is not None:
            return known[1]
        if isinstance(passage.block, Table | Picture) and passage.cell is None and passage.block.caption:
            caption = self._captions.get(id(passage.block.caption))
            return () if caption is None else (caption[1],)
        return ()


def _align(text: str, lines: Iterable[Line], order: dict[etree._Element, int]) -> list[_Letter | None]:
    """Where each letter of a text stands. Its lines say it all, and at the edges or where a page was numbered more."""
    raw: list[str] = []
    letters: list[_Letter | None] = []
    for line in lines:
        if raw:
            raw.append("\n")
            letters.append(None)
        for piece, source in zip(line.pieces, line.sources, strict=True):
            raw.append(piece)
            place = order.get(source)
            is_free = place is not None and next(source.iterancestors(_BOX), None) is None
            letters += [(place, offset) if is_free and place is not None else None for offset in range(len(piece))]
    said = "".join(raw)
    start = said.find(text)
    if start >= 0:
        return letters[start : start + len(text)]
    found: list[_Letter | None] = [None] * len(text)
    for match in SequenceMatcher(None, said, text, autojunk=False).get_matching_blocks():
        found[match.b : match.b + match.size] = letters[match.a : match.a + match.size]
    return found


def _follow(text: str, clean: str, letters: Sequence[_Letter | None]) -> Sequence[_Letter | None]:
    """The same letters for the clean text, in which some are gone and a ligature is two."""
    if text == clean:
        return letters
    kept = [(place, piece) for place, letter in enumerate(text) for piece in clean_text(letter)]
    if "".join(piece for _, piece in kept) == clean:
        return [letters[place] for place, _ in kept]
    found: list[_Letter | None] = [None] * len(clean)
    for match in SequenceMatcher(None, text, clean, autojunk=False).get_matching_blocks():
        found[match.b : match.b + match.size] = letters[match.a : match.a + match.size]
    return found


def _gather(letters: Iterable[_Letter | None]) -> Iterator[Anchor]:
    """Letters that follow one another in one element make one anchor."""
    begun: Anchor | None = None
    for place, letter in enumerate(letters):
        if begun is not None and letter == (begun.element, begun.offset + place - begun.start):
            begun = Anchor(begun.start, place + 1, begun.element, begun.offset)
            continue
        if begun is not None:
            yield begun
        begun = None if letter is None else Anchor(place, place + 1, *letter)
    if begun is not None:
        yield begun
