"""Remarks into somebody's own Word file, as Word comments on the very words they are about. Nothing else is changed.

Every part of the file is handed on byte by byte but the few that must tell of the comments: the text itself (where the
run of a figure is parted so that the comment holds that figure alone), the comments, the relations and the list of
content types. Comments that were there stay, and keep their numbers.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pregon.document.anchors import Anchor, Anchors
from pregon.document.annotation import Annotation
from pregon.document.location import Location, LocationKind
from pregon.document.model import Document
from pregon.writers.annotated_word_parts import WordParts
from pregon.writers.annotated_word_runs import RunSplitter

_UNHELD: Final = frozenset({LocationKind.HEADER, LocationKind.FOOTER, LocationKind.FOOTNOTE, LocationKind.DOCUMENT})
"""Places where Word takes no comment, and the document as a whole."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An annotation and the stretch of letters of the file that its comment holds."""

    annotation: Annotation
    anchors: tuple[Anchor, ...]
    is_exact: bool
    """Whether these are the words meant; else the comment says which place it is about."""


def annotate_word(content: bytes, document: Document, anchors: Anchors, annotations: Sequence[Annotation]) -> bytes:
    """The file with a comment for each annotation; the same bytes where there is none.

    `document` is what the file says and `anchors` where each of its passages stands (`readers.word_anchors`).
    """
    if not annotations:
        return content
    places = _Places(document, anchors)
    placed = [places.find(annotation) for annotation in annotations]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = WordParts(archive)
        splitter = RunSplitter(parts.main)
        for each in placed:
            splitter.cut(each.anchors)
        splitter.split()
        for each in placed:
            lines = each.annotation.lines
            if not each.is_exact:
                lines = (*lines, f"Dónde: {each.annotation.location.describe()}.")
            splitter.mark(each.anchors, parts.add_comment(lines))
        return _pack(archive, parts.changed())


def _pack(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    """The zip again, its members in their order and each with its own compression; new ones at the end."""
    stream = io.BytesIO()
    left = dict(changed)
    with zipfile.ZipFile(stream, "w") as written:
        for member in archive.infolist():
            replaced = left.pop(member.filename, None)
            held = archive.read(member) if replaced is None else replaced
            written.writestr(copy.copy(member), held)
        for name, held in left.items():
            member = zipfile.ZipInfo(name)  # dated 1980, as Word itself does: the same input gives the same bytes
            member.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(member, held)
    return stream.getvalue()


class _Places:
    """From a place in the reader's words to letters of the file."""

    def __init__(self, document: Document, anchors: Anchors) -> None:
        self._passages = tuple(zip(document.passages, anchors, strict=True))
        self._known: dict[tuple[object, ...], int] = {}
        for number, (passage, _) in enumerate(self._passages):
            self._known.setdefault(_key(passage.location), number)
        self._first = self._find_first()

    def find(self, annotation: Annotation) -> _Placed:
        """Where the comment goes: the words meant; else what names their row, column or table; else the beginning."""
        location = annotation.location
        if location.kind not in _UNHELD:
            number = self._known.get(_key(location))
            if number is not None and (exact := self._cut(number, location)):
                return _Placed(annotation, exact, is_exact=True)
            near = self._find_near(location)
            if near:
                return _Placed(annotation, near, is_exact=False)
        return _Placed(annotation, self._first, is_exact=False)

    def _cut(self, number: int, location: Location) -> tuple[Anchor, ...]:
        """The part of a passage's anchors that a location means, without the blanks at its edges."""
        passage, anchors = self._passages[number]
        text = passage.prose.text
        start, end = 0, len(text)
        if len(location.text) == len(text):  # equal, or with what must not be published covered letter for letter
            start, end = location.start, len(text) if location.end is None else location.end
        meant = text[start:end]
        start, end = start + len(meant) - len(meant.lstrip()), end - len(meant) + len(meant.rstrip())
        return tuple(
            Anchor(first, last, anchor.element, anchor.offset + first - anchor.start)
            for anchor in anchors
            if (first := max(start, anchor.start)) < (last := min(end, anchor.end))
        )

    def _find_near(self, location: Location) -> tuple[Anchor, ...]:
        """What stands for a place of a table that has no words: the head of its row or column, or its first cell."""
        if location.table is None:
            return ()
        own = [place for place in self._passages if place[0].location.table == location.table and place[1]]
        same_row = [place for place in own if location.row is not None and place[0].location.row == location.row]
        same_column = [place for place in own if location.column and place[0].location.column == location.column]
        for passage, _ in (*same_row[:1], *same_column[:1], *own[:1]):
            found = self._cut(self._known[_key(passage.location)], passage.location)
            if found:
                return found
        return ()

    def _find_first(self) -> tuple[Anchor, ...]:
        """The first paragraph of the body; in a document all of tables, its first cell."""
        order = sorted(
            (passage.location.table is not None, number)
            for number, (passage, anchors) in enumerate(self._passages)
            if anchors
        )
        found = (self._cut(number, self._passages[number][0].location) for _, number in order)
        return next((anchors for anchors in found if anchors), ())


def _key(place: Location) -> tuple[object, ...]:
    if place.table is not None:
        return place.table, place.row, place.column
    return place.kind is LocationKind.PICTURE, place.paragraph, "" if place.paragraph is not None else place.text
