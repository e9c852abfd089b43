"""What a report of ours said when it was issued, so that any figure changed by hand afterwards is found and named.

A report leaves with a copy of its own texts inside the file, where its format has a place for such a thing. Reading
it back, the texts that stand on the page are laid beside those it left with: words may be mended freely, figures not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from pregon.document.model import Document, Passage

NAMESPACE: Final = "https://pregon.example/issued/1"
"""Names the copy inside a file; it is a name, not an address to visit."""

_FIGURE: Final = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_LONGEST_COMPARED: Final = 4000
"""Texts that differ in number beyond this are not aligned: the document was rewritten, not touched up."""


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure that is not what it was: the passage it stands in, its stretch there, and both figures."""

    passage: Passage
    start: int
    end: int
    was: str
    now: str


def texts_of(document: Document) -> tuple[str, ...]:
    """The texts of a document as they travel with it."""
    return tuple(passage.prose.text for passage in document.passages)


def write_issued(document: Document) -> str:
    """The copy of a document's texts, as JSON."""
    return json.dumps(texts_of(document), ensure_ascii=False)


def read_issued(text: str) -> tuple[str, ...] | None:
    """The texts that `write_issued` wrote; None where it is anything else."""
    try:
        values = json.loads(text)
    except ValueError:
        return None
    if isinstance(values, list) and all(isinstance(value, str) for value in values):
        return tuple(values)
    return None


def find_changed(document: Document) -> Iterator[ChangedFigure]:
    """Every figure of the document that differs from the one it was issued with, in the reader's order.

    Nothing where the document carries no copy. Passages moved, added or taken away are no change of a figure.
    """
    if document.issued is None:
        return
    passages = document.passages
    now = [passage.prose.text for passage in passages]
    for before, after in _align(document.issued, now):
        yield from _compare(document.issued[before], passages[after])


def _align(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of the texts that correspond: those whose words are the same, and lone ones between two such."""
    if len(before) == len(after):
        yield from ((place, place) for place in range(len(before)))
        return
    if max(len(before), len(after)) > _LONGEST_COMPARED:
        return
    matcher = SequenceMatcher(a=[_words(text) for text in before], b=[_words(text) for text in after], autojunk=False)
    for kind, start, stop, other_start, other_stop in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and stop - start == other_stop - other_start):
            yield from zip(range(start, stop), range(other_start, other_stop), strict=True)


def _words(text: str) -> str:
    return _FIGURE.sub("#", text)


def _compare(before: str, passage: Passage) -> Iterator[ChangedFigure]:
    after = passage.prose.text
    if before == after:
        return
    old, new = list(_FIGURE.finditer(before)), list(_FIGURE.finditer(after))
    if len(old) == len(new):
        for was, now in zip(old, new, strict=True):
            if was.group() != now.group():
                yield ChangedFigure(passage, now.start(), now.end(), was.group(), now.group())
    elif old or new:
        yield ChangedFigure(passage, 0, len(after), before, after)
