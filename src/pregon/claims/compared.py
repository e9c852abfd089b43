"""Two figures of the tables that a sentence sets against each other: of two networks, or of two months of one."""

from __future__ import annotations

import re
from typing import Final

from pregon.claims.accounts import Index, cell_of
from pregon.claims.claim import Claim, Subject
from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.vocabulary import NETWORKS, POSTS, find_entities, find_measures, measure_of
from pregon.figures.period import Period

_PUBLISHED: Final = re.compile(r"\bpublic(?:o|aron|amos)\b")
_BREAK: Final = re.compile(r"[,;:.()]")


def find_compared(lead: str, words: str, rest: str, section: str, index: Index) -> tuple[Claim, Claim] | None:
    """The figure that is compared and the one it is held against, each given by one cell of the tables; else None.

    `lead` is the sentence (flattened) up to `words`, which compare and may name what is counted; `rest` begins with
    whoever it is held against; `section` is the title over the sentence.
    """
    measure = _measure(lead, words, section)
    subjects = _subjects(lead, _BREAK.split(rest, maxsplit=1)[0], measure, index)
    if not measure or subjects is None:
        return None
    first, second = (cell_of(subject, index) for subject in subjects)
    return None if first is None or second is None else (first, second)


def _measure(lead: str, words: str, section: str) -> str:
    """What is counted: the noun after the word («el doble de visitas»), one before it, a verb, the section's own."""
    for said in (words, lead):
        found = find_measures(said)
        if found:
            return found[-1].code
    return POSTS if _PUBLISHED.search(lead) else measure_of(section)


def _subjects(lead: str, rest: str, measure: str, index: Index) -> tuple[Subject, Subject] | None:
    """Who is set against whom: the last named before the words, the first after them; two months of the same one."""
    before, after = find_entities(lead), find_entities(rest)
    if not before and (after or measure != POSTS):
        return None
    entity, period = before[-1].code if before else NETWORKS, _month(lead, index)
    if after:
        own = period or index.timeline.period
        return (
            (Subject(entity, measure, own), Subject(after[0].code, measure, own)) if after[0].code != entity else None
        )
    other = _month(rest, index)
    if period is None or other is None or other == period:
        return None
    return Subject(entity, measure, period), Subject(entity, measure, other)


def _month(words: str, index: Index) -> Period | None:
    """The one month that words name; None where they name none or several."""
    mentions = periods_in(words)
    if len(mentions) != 1 or len(months_said(mentions[0])) != 1:
        return None
    return index.timeline.resolve(months_said(mentions[0]), mentions[0].year)
