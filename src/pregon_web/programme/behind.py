"""The records behind a figure of an indicator: each by its title, with the page of the office that shows it. Pure.

References lead to the list of their kind, searched for them; what no page lists is told without a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from pregon.figures.metric import CATALOGUE as METRICS
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.totals import Measure
from pregon_web.listing import SEARCH

MOST: Final = 60
"""How many records of a figure are named; the rest are counted."""
_KINDS: Final = {
    "publication": ("publications", "publications"),
    "event": ("events", "events"),
    "campaign": ("campaigns", "campaigns"),
    "request": ("requests", "requests"),
    "activity": ("activities", "plan_follow_up"),
    "satisfaction": ("satisfaction", "surveys"),
}
"""For each kind of source: its collection in the dossier, and the page that lists it."""
_WITHOUT_PERIOD: Final = {"requests"}
_NOT_SEARCHED: Final = {"plan_follow_up", "surveys"}


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a figure."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Records:
    """The records behind a figure: those named, and how many more there are."""

    named: tuple[Behind, ...]
    more: int


def records_behind(measure: Measure, dossier: Dossier) -> Records:
    """The records of a measure and of the measures that it is of, each once."""
    sources = list(dict.fromkeys(_walk(measure)))
    titles = _titles_of(dossier)
    named = tuple(_describe(source, titles, dossier) for source in sources[:MOST])
    return Records(named, max(0, len(sources) - MOST))


def _walk(measure: Measure) -> Iterator[str]:
    for source in measure.sources:
        if not source.startswith("evidence:"):
            yield source
    for part in measure.parts:
        yield from _walk(part)


def _titles_of(dossier: Dossier) -> dict[str, str]:
    return {
        f"{kind}:{record.reference}": record.title
        for kind, (collection, _) in _KINDS.items()
        for record in getattr(dossier, collection)
    }


def _describe(source: str, titles: dict[str, str], dossier: Dossier) -> Behind:
    kind, _, reference = source.partition(":")
    if kind == "observation":
        return _observation(reference, dossier)
    return Behind(titles.get(source, reference), _list_of(kind, reference, str(dossier.period)))


def _observation(reference: str, dossier: Dossier) -> Behind:
    metric, channel, measured = reference.split(":")
    name = next((each.name for each in dossier.channels if each.code == channel), channel)
    title = f"{METRICS[metric].name if metric in METRICS else metric}, {name}, {Period.parse(measured).title}"
    return Behind(title, reverse("measure", args=[str(dossier.period), channel, metric, measured]))


def _list_of(kind: str, reference: str, period: str) -> str:
    if kind not in _KINDS:
        return ""
    page = _KINDS[kind][1]
    try:
        address = reverse(page, args=[] if page in _WITHOUT_PERIOD else [period])
    except NoReverseMatch:
        return ""
    if page in _NOT_SEARCHED:
        return address
    # A request of another quarter may carry that one's name: «S-001 (2025-T4)»; and its page begins as a board.
    asked = {"vista": "lista"} if page == "requests" else {}
    return f"{address}?{urlencode({**asked, SEARCH: reference.partition(' (')[0]})}"
