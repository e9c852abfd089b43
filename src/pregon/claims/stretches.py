"""The sentences of a text and stretches of them, for the rules that look at what is said and not at a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pregon.claims.sentence_grammar import SENTENCE_END
from pregon.claims.vocabulary import flatten
from pregon.document.location import Location, LocationKind
from pregon.document.model import Passage


def sentences_of(passage: Passage) -> Iterator[tuple[int, str]]:
    """The sentences of a text, flattened, and where each begins; headers and footers say none."""
    if passage.location.kind in (LocationKind.HEADER, LocationKind.FOOTER):
        return
    flat = flatten(passage.prose.text)
    start = 0
    for end in [*(match.end() for match in SENTENCE_END.finditer(passage.prose.text)), len(flat)]:
        yield start, flat[start:end]
        start = end


def quote_stretch(place: Location, start: int, end: int) -> Location:
    """A stretch of the text at a place."""
    return replace(place, start=start, end=end)
