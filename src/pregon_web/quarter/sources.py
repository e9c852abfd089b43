"""From a figure to its records: the page of the office that shows what a source of a report names.

A source is written as the library writes it: «publication:PUB-2025-0041», «observation:views:instagram:2025-11»,
«figure:posts.instagram.2025-11» for a figure that is a count. References lead to a search, never to a row's number,
so that what is remembered of one report can be shown to whoever may read it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.service import RequestKind
from pregon.records.totals import COUNTED, Account, Measure
from pregon_web.ledger.models import quarter_of
from pregon_web.listing import SEARCH

_LISTS = {
    "publication": ("publications", "publications"),
    "evidence": ("evidence", "evidence"),
    "event": ("events", "events"),
    "campaign": ("campaigns", "campaigns"),
    "incident": ("incidents", "incidents"),
    "activity": ("plan_follow_up", "activities"),
    "satisfaction": ("surveys", "satisfaction"),
}
"""The page that lists a kind of record, and its collection in the dossier."""
_WHOLE = frozenset({"activity", "satisfaction"})
"""The kinds whose page is short and shown whole: nothing is searched for in it."""


class SourceLinks:
    """The addresses of the sources of one report, its own records first and then those of the quarters before."""

    def __init__(self, dossier: Dossier, earlier: Iterable[Dossier] = ()) -> None:
        earlier = tuple(earlier)
        own = str(dossier.period)
        self._period = own
        self._channels = {channel.code for channel in dossier.channels}
        self._homes: dict[str, str] = {}
        self._requests = {record.reference for each in (*earlier, dossier) for record in each.requests}
        for each in (*earlier, dossier):
            for kind, (_, collection) in _LISTS.items():
                for record in getattr(each, collection):
                    self._homes[f"{kind}:{record.reference}"] = str(each.period)

    def __call__(self, source: str) -> str | None:
        """The address of a source; None where no page of the office shows it."""
        kind, _, reference = source.partition(":")
        try:
            if kind == "observation":
                return self._observation(*reference.split(":"))
            if kind == "figure":
                return self._counted(*reference.split("."))
            if kind in {"risk", "follow_up"}:
                return reverse("risk_follow_ups", args=[self._period])
            if kind == "request" and reference in self._requests:
                # One that came from another quarter may carry that one's name: «S-001 (2025-T4)».
                return _requests({SEARCH: reference.partition(" (")[0]})
            if kind in _WHOLE and source in self._homes:
                return reverse(_LISTS[kind][0], args=[self._homes[source]])
            if kind in _LISTS and source in self._homes:
                return _search(_LISTS[kind][0], self._homes[source], {SEARCH: reference})
        except (NoReverseMatch, TypeError, ValueError):
            pass
        return None

    def measure(self, measure: Measure) -> str | None:
        """Where the records of a figure are: its own page, the list of what it counts, or the grid that it sums."""
        if measure.account is Account.COUNT:
            return self(f"figure:{measure.key}")
        if measure.sources:
            return self(measure.sources[0])
        if measure.parts and all(part.account is Account.COUNT for part in measure.parts):
            listed = self(f"figure:{measure.key}")
            if listed:
                return listed
        return reverse("metrics", args=[self._period])

    def _observation(self, metric: str, channel: str, measured: str) -> str:
        period = quarter_of(Period.parse(measured).start)
        return reverse("measure", args=[period, channel, metric, measured])

    def _counted(self, code: str, channel: str, measured: str) -> str | None:
        """The list of what was counted for a channel in a month or a quarter: the same channel, kind and days. Of
        requests, the second word is their kind.
        """
        if code == "requests":
            return _requests({"cuenta": RequestKind(channel).value, "pedida": str(Period.parse(measured))})
        if code not in COUNTED or channel not in self._channels:
            return None
        when = Period.parse(measured)
        period = quarter_of(when.start)
        kinds = {"tipo": ",".join(COUNTED[code])}
        month = {"mes": measured} if measured != period else {}
        return _search("publications", period, {"canal": channel, **kinds, **month})


def _requests(asked: dict[str, str]) -> str:
    return f"{reverse('requests')}?{urlencode({'vista': 'lista', **asked})}"


def _search(page: str, period: str, asked: dict[str, str]) -> str:
    return f"{reverse(page, args=[period])}?{urlencode(asked)}"
