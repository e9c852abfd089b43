"""Which zone the hours of a list of publications are of, checked against the instants that its links carry.

Meta writes the hour of publication of every file in the zone of Los Angeles and says so nowhere. An Instagram link
carries its instant, so a file can be checked with itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PACIFIC: Final = ZoneInfo("America/Los_Angeles")
OFFICE: Final = ZoneInfo("America/Bogota")
ZONE_KEY: Final = "zone"
"""The answer of who knows the zone of a file: {"zone": "America/Bogota"}."""
TOLERANCE: Final = timedelta(minutes=10)
"""Between the instant in a link and the minute that the file says of the same publication."""
_OTHERS: Final = (
    ("America/Bogota", "Colombia"),
    ("UTC", "Greenwich (UTC)"),
    ("America/New_York", "Nueva York"),
    ("America/Mexico_City", "Ciudad de México"),
    ("Europe/Madrid", "Madrid"),
    ("America/Caracas", "Caracas"),
    ("America/Santiago", "Santiago de Chile"),
    ("America/Argentina/Buenos_Aires", "Buenos Aires"),
)
_NAMES: Final = dict(_OTHERS) | {"America/Los_Angeles": "el Pacífico"}

Pair = tuple[datetime, datetime]
"""The hour that a row writes, without zone, and the instant that its link proves."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The zone of a file's hours, how many of its links were compared, and how many agree with it."""

    zone: ZoneInfo
    compared: int = 0
    agreeing: int = 0

    @property
    def is_proved(self) -> bool:
        """Whether at least half of the links agree."""
        return bool(self.compared) and self.agreeing * 2 >= self.compared

    @property
    def name(self) -> str:
        """The zone as people call it: «el Pacífico», «Colombia»."""
        return _NAMES.get(self.zone.key, self.zone.key)

    def place(self, written: datetime) -> datetime:
        """The instant of an hour of the file, in the office's zone."""
        return written.replace(tzinfo=self.zone).astimezone(OFFICE)


def agrees(written: datetime, proved: datetime, zone: ZoneInfo) -> bool:
    """Whether a row's hour, in a zone, is the instant of its link; an hour that comes twice in autumn may be either."""
    return any(abs(written.replace(tzinfo=zone, fold=fold) - proved) <= TOLERANCE for fold in (0, 1))


def find_clock(pairs: Sequence[Pair]) -> Clock:
    """The zone that most links agree with: the Pacific's where they do, else another; the Pacific's without any."""
    best = _count(pairs, PACIFIC)
    if best.is_proved or not pairs:
        return best
    found = max((_count(pairs, ZoneInfo(key)) for key, _ in _OTHERS), key=lambda clock: clock.agreeing)
    return found if found.is_proved else best


def _count(pairs: Iterable[Pair], zone: ZoneInfo) -> Clock:
    told = [agrees(written, proved, zone) for written, proved in pairs]
    return Clock(zone, len(told), sum(told))


def answered_clock(answer: str, pairs: Sequence[Pair]) -> Clock | None:
    """The zone that the person said, «America/Bogota»; None where it is none."""
    if not answer.strip():
        return None
    try:
        return _count(pairs, ZoneInfo(answer.strip()))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
