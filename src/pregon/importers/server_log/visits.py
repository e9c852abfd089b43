"""Visits by the rule of thirty minutes: page views of one visitor with no longer silence between them are one visit.

A page view is what a person reads: asked with GET, answered with 2xx or «304», no file that a page is made of, and not
asked by a robot. A visit is of the day, in the office's zone, of its first page view.

A register is nearly in the order of time, not quite: a server writes a line when the answer ends. Views that come up
to an hour late find their visit; what comes later cannot be counted rightly, and is an error. So what is kept is only
the visits of the last hour and a half.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SILENCE: Final = timedelta(minutes=30)
LATE: Final = timedelta(hours=1)
MAXIMUM_OPEN: Final = 200_000
"""Visits open at one time: an office's website has hundreds."""
_SWEEP: Final = timedelta(minutes=15)
_FILES: Final = re.compile(
    r"\.(?:css|js|mjs|map|json|xml|txt|ico|png|jpe?g|gif|svg|webp|avif|bmp|tiff?|woff2?|ttf|otf|eot|mp[34]|m4[av]|webm|"
    r"ogg|og[av]|wav|avi|mov|flv|swf|pdf|docx?|xlsx?|pptx?|od[tsp]|csv|zip|rar|7z|gz|tgz|tar|exe|dmg|apk|rss|atom)$",
    re.IGNORECASE,
)


class UncountableError(Exception):
    """The register cannot be counted rightly; the text is one Spanish sentence without its subject."""


def is_page_view(method: str, path: str, status: int) -> bool:
    """Whether a request is for a page and was answered with it."""
    answered = 200 <= status < 300 or status == 304
    return answered and method == "GET" and path != "" and not _FILES.search(path.partition("?")[0])


@dataclass(slots=True)
class VisitCounter:
    """Counts page views and visits by site and day as views come in. `finish` closes what is open."""

    zone: ZoneInfo
    views: Counter[tuple[str, date]] = field(default_factory=Counter)
    visits: Counter[tuple[str, date]] = field(default_factory=Counter)
    _open: dict[tuple[str, int], list[list[float]]] = field(default_factory=dict)
    """The visits of each visitor that are open: the instants of their first and last view."""
    _count: int = 0
    _latest: float = 0
    _swept: float = 0

    def add(self, site: str, visitor: int, at: datetime) -> date:
        """Count a page view; its day.

        Raises:
            UncountableError: it comes more than an hour late, or more visits are open than a website has.
        """
        instant = at.timestamp()
        if instant < self._latest - LATE.total_seconds():
            raise UncountableError(
                "no está en orden: vuelve atrás más de una hora. Ordénelo por fecha, o impórtelo por partes."
            )
        day = at.astimezone(self.zone).date()
        self.views[site, day] += 1
        self._join(self._open.setdefault((site, visitor), []), instant)
        if instant > self._latest:
            self._latest = instant
            if instant - self._swept > _SWEEP.total_seconds():
                self._swept = instant
                self._close(instant - LATE.total_seconds() - SILENCE.total_seconds())
        if self._count > MAXIMUM_OPEN:
            raise UncountableError(
                "tiene más visitas a la vez que las de un sitio de una entidad: parece un ataque. Consulte a sistemas."
            )
        return day

    def finish(self) -> None:
        """Close every visit; nothing may be added after it."""
        self._close(float("inf"))

    def _join(self, visits: list[list[float]], instant: float) -> None:
        """Put a view into its visit; a late one may join two into one."""
        silence = SILENCE.total_seconds()
        near = [visit for visit in visits if visit[0] - silence <= instant <= visit[1] + silence]
        if not near:
            visits.append([instant, instant])
            self._count += 1
            return
        kept = near[0]
        kept[0] = min(instant, *(visit[0] for visit in near))
        kept[1] = max(instant, *(visit[1] for visit in near))
        for visit in near[1:]:
            visits.remove(visit)
            self._count -= 1

    def _close(self, before: float) -> None:
        """Count the visits whose last view is before an instant: nothing that may still come can join them."""
        for key in [key for key, visits in self._open.items() if any(visit[1] < before for visit in visits)]:
            visits = self._open[key]
            for first, _ in [visit for visit in visits if visit[1] < before]:
                self.visits[key[0], datetime.fromtimestamp(first, self.zone).date()] += 1
                self._count -= 1
            left = [visit for visit in visits if visit[1] >= before]
            if left:
                self._open[key] = left
            else:
                del self._open[key]
