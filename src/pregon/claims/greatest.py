"""«Octubre fue el mes con más visitas»: which month, or which network, a sentence says has the most or the least."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pregon.claims.accounts import Index, cell_of
from pregon.claims.claim import Claim, Subject
from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.stretches import find_said, quote_stretch
from pregon.claims.vocabulary import NETWORKS, NEWS, POSTS, SOCIAL, WEBSITE, find_entities, find_measures
from pregon.document.location import Location
from pregon.document.passages import Passages
from pregon.figures.period import Period
from pregon.figures.spanish import month_name

_SAID: Final = re.compile(
    r"\b(?P<kind>mes|red)(?: social)? (?:(?:con|de|que tuvo|que registro|que recibio) (?:el |la )?"
    r"(?P<way>mas|mayor|menos|menor)(?: (?:numero|cantidad|volumen) de)?(?P<what>(?: [a-z]+){1,3}?)"
    r"|(?P<active>mas|menos) activ[oa])(?= (?:fue|es|del?|en)\b|,|\.|;|$| \()"
)
"""What is the greatest or the least, and of what."""
_BEFORE: Final = re.compile(r"(?:\b(?:fue|es|resulto)|,) (?:el|la) (?:unic[oa] )?$")
_AFTER: Final = re.compile(r"^(?: (?:del? (?:trimestre|periodo|semestre|ano)|social))* (?:fue|es) ")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_EARLIER: Final = re.compile(r"\banterior|\bpasad[oa]|\bhistori|\bproxim[oa]|\bde tod[oa] ")
_USUAL: Final = {POSTS: NETWORKS, "visits": WEBSITE}
"""Whose a measure is where the sentence names nobody."""
_COUNTED: Final = frozenset({POSTS, NEWS, "visits"})
"""What tables give month by month and network by network, under one name."""


@dataclass(frozen=True, slots=True)
class Greatest:
    """Who is said to have the most, or the least, of something, and where; who has, with the figures of all of them.

    `said` and `first` are keys of `figures`: the code of a network, or the name of a month.
    """

    text: str
    location: Location
    said: str
    first: str
    is_least: bool
    figures: Mapping[str, Claim]

    @property
    def holds(self) -> bool:
        """Whether nobody has more (or less) for sure than the one that is said to."""
        own, best = (self.figures[key].amount.interval for key in (self.said, self.first))
        return own.low <= best.high if self.is_least else own.high >= best.low


def find_greatest(passages: Passages, index: Index) -> Iterator[Greatest]:
    """Every month or network told to have the most or the least of what the tables give for all of them."""
    for passage, start, sentence, match in find_said(passages, _SAID):
        said, span = _who(sentence, match)
        if not said:
            continue
        figures = _figures(match, sentence, index)
        if said not in figures or len(figures) < 2:
            continue
        is_least = (match.group("way") or match.group("active")).startswith("men")
        choose = min if is_least else max
        first = choose(figures, key=lambda key: figures[key].amount.value)
        begins, ends = min(span[0], match.start()), max(span[1], match.end())
        place = quote_stretch(passage.location, start + begins, start + ends)
        yield Greatest(place.quoted, place, said, first, is_least, figures)


def _who(sentence: str, match: re.Match[str]) -> tuple[str, tuple[int, int]]:
    """Who is said to be it, right before or right after the words, and where; "" where that is not plain."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    link = _BEFORE.search(before)
    if link is not None:
        return _name(before[: link.start()], match.group("kind"), 0, is_last=True)
    link = _AFTER.search(after)
    if link is None:
        return "", (0, 0)
    rest = re.split(r"[,;.(]", after[link.end() :], maxsplit=1)[0]
    return _name(rest, match.group("kind"), match.end() + link.end(), is_last=False)


def _name(words: str, kind: str, offset: int, *, is_last: bool) -> tuple[str, tuple[int, int]]:
    """The one network or month that words name at their end, or at their beginning."""
    if kind == "red":
        found = [(term.code, term.start, term.end) for term in find_entities(words) if term.code in SOCIAL]
    else:
        named = [(months_said(mention), mention) for mention in periods_in(words)]
        found = [(month_name(months[0]), each.start, each.end) for months, each in named if len(months) == 1]
    if len(found) != 1:
        return "", (0, 0)
    name, start, end = found[0]
    beside = words[end:] if is_last else words[:start]
    return (name, (offset + start, offset + end)) if not beside.strip(" ,") else ("", (0, 0))


def _figures(match: re.Match[str], sentence: str, index: Index) -> dict[str, Claim]:
    """The figure of each network, or of each month of the report's period; {} where one has none of its own."""
    own = index.timeline.period
    measures = find_measures(match.group("what") or "publicaciones")
    if own is None or len(measures) != 1 or measures[0].code not in _COUNTED or _is_of_another_time(sentence, own):
        return {}
    measure = measures[0].code
    asked: dict[str, tuple[Subject, ...]]
    if match.group("kind") == "red":
        asked = {network: (Subject(network, measure, own),) for network in sorted(SOCIAL)}
    else:
        named = {term.code for term in find_entities(sentence)}
        entities = tuple(named) if len(named) == 1 else ("", _USUAL.get(measure, ""))
        asked = {
            month_name(month.start.month): tuple(Subject(entity, measure, month) for entity in entities)
            for month in own.months
        }
    answers = {key: [cell_of(index.settle(subject), index) for subject in subjects] for key, subjects in asked.items()}
    figures = {key: claim for key, found in answers.items() if (claim := next(filter(None, found), None)) is not None}
    return figures if match.group("kind") == "red" or len(figures) == len(asked) else {}


def _is_of_another_time(sentence: str, own: Period) -> bool:
    years = {int(year) for year in _YEAR.findall(sentence)}
    return bool(years - {own.start.year, own.end.year}) or _EARLIER.search(sentence) is not None
