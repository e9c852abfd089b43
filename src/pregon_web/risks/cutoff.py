"""Until when the figures of a quarter are counted. The app above, which keeps that, says so when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pregon_web.accounts.models import Institution

CutoffSource = Callable[[Institution, str], date | None]
_told: list[CutoffSource] = []


def tell_cutoffs(source: CutoffSource) -> None:
    """Whoever keeps the cut-offs says how they are asked. Called once, when its app is ready."""
    _told[:] = [source]


def cutoff_of(institution: Institution, period: str) -> date | None:
    """The day up to which a quarter's figures are counted; None where nobody wrote it."""
    return _told[0](institution, period) if _told else None
