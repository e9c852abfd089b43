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

from pregon.document.location import LocationKind
from pregon.document.model import Document, Passage

NAMESPACE: Final = "https://pregon.example/issued/1"
"""Names the copy inside a file; it is a name, not an address to visit."""

_FIGURE: Final = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_LONGEST_COMPARED: Final = 1500
"""A stretch touched beyond this many texts is not aligned: the document was rewritten, not touched up."""
_SAME_SENTENCE: Final = 0.5
"""The share of its words that a mended sentence keeps."""
_FURNITURE: Final = {LocationKind.HEADER, LocationKind.FOOTER}


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure that is not what it was: the passage it stands in, its stretch there, and both figures."""

    passage: Passage
    start: int
    end: int
    was: str
    now: str


def texts_of(document: Document) -> tuple[str, ...]:
    """The texts of a document's body as they travel with it; page headers and footers are the office's to set."""
    return tuple(passage.prose.text for passage in _body(document))


def _body(document: Document) -> tuple[Passage, ...]:
    return tuple(passage for passage in document.passages if passage.location.kind not in _FURNITURE)


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
    passages = _body(document)
    now = [passage.prose.text for passage in passages]
    for before, after in _align(document.issued, now):
        was, passage = document.issued[before], passages[after]
        # A cell may go from words to a figure («sin dato», «0»); a sentence has to be still the same sentence.
        if passage.cell is not None or _is_mended(was, now[after]):
            yield from _compare(was, passage)


def _align(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of the texts that correspond: those whose words are the same, and lone ones between two such."""
    old, new = [_words(text) for text in before], [_words(text) for text in after]
    shortest = min(len(old), len(new))
    head = next((place for place in range(shortest) if old[place] != new[place]), shortest)
    rest = shortest - head
    tail = next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)
    yield from ((place, place) for place in range(head))
    # Only the middle, where something was touched, has to be searched.
    middle = (old[head : len(old) - tail], new[head : len(new) - tail])
    if max(len(part) for part in middle) <= _LONGEST_COMPARED:
        for kind, start, stop, other, other_stop in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
            if kind == "equal" or (kind == "replace" and stop - start == other_stop - other):
                yield from zip(range(head + start, head + stop), range(head + other, head + other_stop), strict=True)
    yield from ((len(old) - tail + place, len(new) - tail + place) for place in range(tail))


def _is_mended(before: str, after: str) -> bool:
    """Whether a text is the other with its words mended, and not another text in its place."""
    return (
        SequenceMatcher(None, _words(before).split(), _words(after).split(), autojunk=False).ratio() >= _SAME_SENTENCE
    )


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
