"""A PDF, and where each word of its document stands on its pages: what a writer of remarks must know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from pregon.document.anchors import PageAnchor, PageAnchors
from pregon.document.location import LocationKind
from pregon.document.model import Document, Passage
from pregon.readers.characters import clean_document, clean_text

if TYPE_CHECKING:
    from pregon.readers.pdf_pages.letters import Letter, Page

_UNHELD: Final = frozenset({LocationKind.HEADER, LocationKind.FOOTER, LocationKind.PICTURE})
_PAGES_ON: Final = 3
"""A table or a paragraph that begins on a page may go on over so many more."""
_LEAST: Final = 4
"""A text of fewer letters is not looked for by itself."""
_WORD: Final = re.compile(r"\S+")


def read_anchored(content: bytes, name: str) -> tuple[Document, PageAnchors]:
    """Read a PDF as `read_content` does, and tell where each word of its passages stands.

    Raises:
        UnreadableFile: it cannot be read.
    """
    from pregon.readers import pdf
    from pregon.readers.bounds import bound_document
    from pregon.readers.pdf_pages.letters import read_pages

    document = clean_document(bound_document(pdf.read(content, name), name))
    sheets = [_Sheet(page) for page in read_pages(content)]
    search = _Search(document, sheets)
    return document, tuple(tuple(search.find(passage)) for passage in document.passages)


class _Sheet:
    """A page's letters without its blanks, as one text to look in."""

    def __init__(self, page: Page) -> None:
        self.number = page.number
        self.height = page.height
        self._letters: list[Letter] = []
        pieces: list[str] = []
        for letter in page.letters:
            text = _squeeze(letter.text)
            pieces.append(text)
            self._letters += [letter] * len(text)
        self.text = "".join(pieces)

    def bound(self, start: int, end: int) -> PageAnchor | None:
        """The rectangle around letters, from the lower left corner of the page; None where a line is broken in them."""
        held = self._letters[start:end]
        if not held or max(letter.top for letter in held) > min(letter.bottom for letter in held):
            return None
        left, right = min(letter.left for letter in held), max(letter.right for letter in held)
        top, bottom = min(letter.top for letter in held), max(letter.bottom for letter in held)
        box = (left, self.height - bottom, right, self.height - top)
        return PageAnchor(0, 0, self.number, *(round(length, 2) for length in box))


def _squeeze(text: str) -> str:
    """The letters alone, as they are compared: no blanks, no hyphens of a line's end, no ligatures."""
    return "".join(unicodedata.normalize("NFKC", clean_text(text)).split())


def _gather_rows(document: Document) -> dict[tuple[int | None, int | None], list[Passage]]:
    """The cells of each row, which a page prints one after the other."""
    rows: dict[tuple[int | None, int | None], list[Passage]] = {}
    for passage in document.passages:
        if passage.location.kind is LocationKind.CELL:
            rows.setdefault((passage.location.table, passage.location.row), []).append(passage)
    return rows


class _Search:
    """Looks for passages on their pages, in the reader's order, so that of equal rows each finds its own."""

    def __init__(self, document: Document, sheets: Sequence[_Sheet]) -> None:
        self._sheets = sheets
        self._rows = _gather_rows(document)
        self._last: tuple[int, int] | None = None
        """The page and the place where the last row or paragraph ended; None where it was not found."""
        self._found: dict[int, tuple[_Sheet, int] | None] = {}

    def find(self, passage: Passage) -> Iterator[PageAnchor]:
        """The words of a passage, each where it is printed; nothing where that cannot be told for sure."""
        place, text = passage.location, passage.prose.text
        if place.kind in _UNHELD:
            return
        row = [passage] if place.kind is not LocationKind.CELL else self._rows[place.table, place.row]
        if passage is row[0]:
            self._found[id(row[0])] = self._look("".join(_squeeze(cell.prose.text) for cell in row), place.page)
        found = self._found.get(id(row[0]))
        if found is not None:
            before = sum(len(_squeeze(cell.prose.text)) for cell in row[: _place_in(row, passage)])
            yield from _words(text, found[0], found[1] + before)
            return
        own = _squeeze(text)
        for sheet in self._pages(place.page):
            if len(own) >= _LEAST and sheet.text.count(own) == 1:
                yield from _words(text, sheet, sheet.text.index(own))
                return

    def _pages(self, first: int | None) -> Iterable[_Sheet]:
        return self._sheets if first is None else self._sheets[max(first - 1, 0) : first + _PAGES_ON]

    def _look(self, squeezed: str, first: int | None) -> tuple[_Sheet, int] | None:
        """Where a row or paragraph stands: its only place on a page, or the next one after what was found last."""
        last, self._last = self._last, None
        for sheet in self._pages(first) if squeezed else ():
            count = sheet.text.count(squeezed)
            start = sheet.text.find(squeezed)
            if count > 1:
                start = sheet.text.find(squeezed, last[1]) if last is not None and last[0] == sheet.number else -1
            if start >= 0:
                self._last = (sheet.number, start + len(squeezed))
                return sheet, start
        return None


def _place_in(row: Sequence[Passage], passage: Passage) -> int:
    return next(place for place, cell in enumerate(row) if cell is passage)


def _words(text: str, sheet: _Sheet, start: int) -> Iterator[PageAnchor]:
    """Each word of a text whose squeezed letters begin at `start` on the page."""
    for word in _WORD.finditer(text):
        length = len(_squeeze(word[0]))
        box = sheet.bound(start, start + length)
        start += length
        if box is not None:
            yield PageAnchor(word.start(), word.end(), box.page, box.left, box.bottom, box.right, box.top)
