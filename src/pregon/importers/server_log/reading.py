"""A register read from its first line to its last: what was counted, what was left out, and which days it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from pregon.importers.server_log.formats import Reader, Request
from pregon.importers.server_log.robots import is_robot
from pregon.importers.server_log.visits import UncountableError, VisitCounter, is_page_view

MAXIMUM_SITES: Final = 100
MAXIMUM_DAYS: Final = 4_000
_MOST_ADDRESSES: Final = 20_000
_FEWEST_VIEWS: Final = 100
EDGE: Final = timedelta(minutes=10)
"""How near to midnight the first and the last line must be for their days to be whole."""


class UnzonedError(Exception):
    """The lines do not say in which zone their hours are, and nobody has said it."""


@dataclass(slots=True)
class Tally:
    """What a register came to.

    Attributes:
        counter: page views and visits by site and day.
        lines: the lines that were read as requests.
        robots, files, others: those of robots, of what pages are made of, and of errors, redirects and the like.
        unread: the lines that are no request, and the first of them.
        days: the first and the last line of each day, whatever they ask for.
        first, last: the earliest and the latest instant, in the office's zone.
        tells_agents: whether any line says which program asks.
        sites: those with a page view; "" where the register tells none.
        addresses: page views by address, of the first addresses seen.
    """

    counter: VisitCounter
    lines: int = 0
    robots: int = 0
    files: int = 0
    others: int = 0
    unread: int = 0
    first_unread: int = 0
    days: dict[date, list[int]] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    tells_agents: bool = False
    sites: set[str] = field(default_factory=set)
    addresses: Counter[int] = field(default_factory=Counter)

    @property
    def views(self) -> int:
        """The page views counted."""
        return self.counter.views.total()

    @property
    def from_one(self) -> int:
        """The page views of the one address that has more than half of them; 0 where there is none, or are few."""
        most = max(self.addresses.values(), default=0)
        return most if self.views >= _FEWEST_VIEWS and most * 2 > self.views else 0


def read_register(
    lines: Iterable[str],
    read: Reader,
    zone: ZoneInfo,
    *,
    unzoned: ZoneInfo | timezone | None = None,
    unwrap: Callable[[str], str] | None = None,
) -> Tally:
    """Count a register. `unzoned` is the zone of hours that say none.

    Raises:
        UncountableError: it cannot be counted rightly.
        UnzonedError: its hours say no zone and `unzoned` does not either.
        DamagedLogError: from `lines`.
    """
    tally = Tally(VisitCounter(zone))
    for number, raw in enumerate(lines, start=1):
        line = raw.removeprefix("\ufeff") if number == 1 else raw
        if unwrap is not None:
            line = unwrap(line)
        if not line.strip():
            continue
        request = read(line)
        if request is None:
            if not line.startswith("#"):  # IIS's own remarks
                tally.unread += 1
                tally.first_unread = tally.first_unread or number
            continue
        _count(tally, request, number, zone, unzoned)
    tally.counter.finish()
    return tally


def _count(tally: Tally, request: Request, number: int, zone: ZoneInfo, unzoned: ZoneInfo | timezone | None) -> None:
    at = request.at
    if at.tzinfo is None:
        if unzoned is None:
            raise UnzonedError
        at = at.replace(tzinfo=unzoned)
    local = at.astimezone(zone)
    tally.lines += 1
    tally.first = local if tally.first is None or local < tally.first else tally.first
    tally.last = local if tally.last is None or local > tally.last else tally.last
    seen = tally.days.setdefault(local.date(), [number, number])
    seen[1] = number
    if len(tally.days) > MAXIMUM_DAYS:
        raise UncountableError("tiene fechas de demasiados días: no es un registro de visitas.")
    if request.agent is not None:
        tally.tells_agents = True
        if is_robot(request.agent):
            tally.robots += 1
            return
    if is_page_view(request.method, request.path, request.status):
        tally.counter.add(request.site, request.visitor, local)
        tally.sites.add(request.site)
        if request.address in tally.addresses or len(tally.addresses) < _MOST_ADDRESSES:
            tally.addresses[request.address] += 1
        if len(tally.sites) > MAXIMUM_SITES:
            raise UncountableError("tiene demasiados sitios: impórtelo sitio por sitio.")
    elif request.method == "GET" and (200 <= request.status < 300 or request.status == 304):
        tally.files += 1
    else:
        tally.others += 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which days a register covers.

    Attributes:
        whole: the days that it covers from midnight to midnight.
        doubtful: the first or the last day, where the register begins or ends within it.
        scraps: an edge with only the minutes around a midnight: lines of requests that were under way.
        empty: days between with no line at all, which may be lost.
        is_assumed: whether the first or the last day counts as whole because a line is near its midnight.
    """

    whole: tuple[date, ...] = ()
    doubtful: tuple[date, ...] = ()
    scraps: tuple[date, ...] = ()
    empty: tuple[date, ...] = ()
    is_assumed: bool = False


def cover_days(tally: Tally) -> Coverage:
    """Tell the days that a register covers from those it only touches."""
    if tally.first is None or tally.last is None:
        return Coverage()
    first, last = tally.first, tally.last
    days = [first.date() + timedelta(days=each) for each in range((last.date() - first.date()).days + 1)]
    starts_whole = first - _midnight(first, days[0]) <= EDGE
    ends_whole = _midnight(last, days[-1] + timedelta(days=1)) - last <= EDGE
    scraps: list[date] = []
    doubtful: list[date] = []
    if not starts_whole:
        is_scrap = len(days) > 1 and _midnight(first, days[0] + timedelta(days=1)) - first <= EDGE
        (scraps if is_scrap else doubtful).append(days[0])
    if not ends_whole and days[-1] not in doubtful:
        is_scrap = len(days) > 1 and last - _midnight(last, days[-1]) <= EDGE
        (scraps if is_scrap else doubtful).append(days[-1])
    inner = [day for day in days if day not in scraps and day not in doubtful]
    empty = [day for day in inner if day not in tally.days]
    whole = [day for day in inner if day in tally.days]
    is_assumed = (starts_whole and days[0] in whole) or (ends_whole and days[-1] in whole)
    return Coverage(tuple(whole), tuple(doubtful), tuple(scraps), tuple(empty), is_assumed)


def _midnight(local: datetime, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=local.tzinfo)
