"""Figures told in a list, each of what stands at its place in another: «94, 47 y 90 en Facebook, Instagram y X»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pregon.claims import sentence_grammar as grammar
from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.timeline import Timeline
from pregon.claims.vocabulary import SOCIAL, TOGETHER, find_entities
from pregon.figures.period import Period

Stretch = tuple[int, int]
_EACH: Final = re.compile(r"\brespectivamente\b|\bcada un[oa]\b|^[^.;:]{0,30}?(?:,|\b[ye]\b)\s*(?:l[oa]s )?$")
"""Words after a number by which those named have one each; at their end, another number follows in the same list."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list beside says of a figure: who it is of or its month; neither where the two lists do not match."""

    entity: str = ""
    month: Period | None = None


def read_lists(
    text: str, flat: str, sentence: Stretch, numbers: Sequence[Stretch], timeline: Timeline
) -> dict[int, Listed]:
    """For the numbers of a sentence that are told in lists, by their place in `numbers`, what each is of.

    All stretches count from the start of the text; `flat` is the text flattened.
    """
    runs = list(_runs(flat, numbers, grammar.LISTED_NUMBERS))
    found: dict[int, Listed] = {}
    for run in runs:
        named = _names(text, flat, sentence, len(run), timeline) if len(runs) == 1 else None
        found |= dict(zip(run, named or [Listed()] * len(run), strict=True))
    return found


def names_together(before: str, after: str) -> str:
    """The networks whose figures a number gives together («Facebook e Instagram sumaron 183»), joined by «+», or "".

    `before` and `after` are its words up to its neighbours, flattened.
    """
    named = find_entities(before)
    codes = [term.code for term in named]
    if len(codes) < 2 or len(set(codes)) < len(codes) or not SOCIAL.issuperset(codes) or _EACH.search(after):
        return ""
    if any(grammar.LISTED.fullmatch(before, left.end, right.start) is None for left, right in pairwise(named)):
        return ""
    return TOGETHER.join(sorted(codes))


def is_of_several(before: str, listed: Listed | None) -> bool:
    """Whether a figure is what several names give together, or one of a list whose names are not told one by one.

    `before` are its words since the last number, flattened; `listed` what a list beside says of it, where there is one.
    """
    if listed is not None:
        return listed == Listed()
    if grammar.ADDS_UP.search(before):
        return True
    return any(
        grammar.LISTED.fullmatch(before, left.end, right.start) for left, right in pairwise(find_entities(before))
    )


def _runs(flat: str, stretches: Sequence[Stretch], joined: re.Pattern[str]) -> Iterator[list[int]]:
    """The places of members that nothing but a comma or «y» parts, two or more."""
    run = [0]
    for place, ((_, end), (start, _)) in enumerate(pairwise(stretches), start=1):
        if joined.fullmatch(flat, end, start):
            run.append(place)
            continue
        if len(run) > 1:
            yield run
        run = [place]
    if len(run) > 1:
        yield run


def _names(text: str, flat: str, sentence: Stretch, count: int, timeline: Timeline) -> list[Listed] | None:
    """The one list of so many months or so many names in the sentence, None where there is none or there are two."""
    start, end = sentence
    entities = [(start + term.start, start + term.end, term.code) for term in find_entities(flat[start:end])]
    lists = [
        [Listed(entity=entities[place][2]) for place in run]
        for run in _runs(flat, [(first, last) for first, last, _ in entities], grammar.LISTED)
        if len(run) == count and len({entities[place][2] for place in run}) == count
    ]
    lists += [
        [Listed(month=timeline.resolve((month,), mention.year)) for month in mention.months]
        for mention in periods_in(text[start:end])
        if len(mention.months) == count == len(months_said(mention))
    ]
    return lists[0] if len(lists) == 1 else None
