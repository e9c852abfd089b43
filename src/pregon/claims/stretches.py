"""The sentences of a text and stretches of them, for the rules that look at what is said and not at a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pregon.claims.sentence_grammar import LONGEST, SENTENCE_END
from pregon.claims.vocabulary import flatten
from pregon.document.location import Location, LocationKind
from pregon.document.model import Passage
from pregon.document.passages import Passages


def sentences_of(passage: Passage) -> Iterator[tuple[int, str]]:
    """The sentences of a text, flattened, and where each begins; headers and footers say none."""
    if passage.location.kind in (LocationKind.HEADER, LocationKind.FOOTER):
        return
    flat = flatten(passage.prose.text)
    start = 0
    for end in [*(match.end() for match in SENTENCE_END.finditer(passage.prose.text)), len(flat)]:
        yield start, flat[start:end]
        start = end


def find_said(passages: Passages, said: re.Pattern[str]) -> Iterator[tuple[Passage, int, str, re.Match[str]]]:
    """Wherever a sentence says something: its text, where it begins there, the sentence flattened, and the match."""
    for _, passage in passages.saying(lambda text: said.search(flatten(text))):
        for start, sentence in sentences_of(passage):
            for match in said.finditer(sentence):
                yield passage, start, sentence, match


def sentence_at(text: str, at: int) -> str:
    """The sentence of a text that holds the place `at`, flattened; of one without an end, what is near it."""
    first, last = max(0, at - LONGEST), min(len(text), at + LONGEST)
    start = max((match.end() for match in SENTENCE_END.finditer(text, first, at)), default=first)
    end = next((match.start() for match in SENTENCE_END.finditer(text, at, last)), last)
    return flatten(text[start:end])


def stretches_near(places: Iterable[tuple[int, int]], reach: int) -> Iterator[tuple[int, int]]:
    """The stretches of a text within `reach` of places that come in order; those that touch are one."""
    start = end = -1
    for first, last in places:
        if start >= 0 and first - reach <= end:
            end = last + reach
            continue
        if start >= 0:
            yield start, end
        start, end = max(0, first - reach), last + reach
    if start >= 0:
        yield start, end


def quote_stretch(place: Location, start: int, end: int) -> Location:
    """A stretch of the text at a place."""
    return place._replace(start=start, end=end)
