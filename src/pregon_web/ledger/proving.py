"""What the link of a publication proves of its day: Instagram, X and TikTok write the instant inside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from pregon.figures.spanish import print_date
from pregon.records.instants import prove_instant
from pregon.records.organisation import Platform


@dataclass(frozen=True, slots=True)
class Proof:
    """When a publication came out, as its link says: the instant, its day in Colombia, and the platform."""

    at: datetime
    day: date
    platform: Platform

    def disagree(self, day: date | None) -> str:
        """The sentence where a day that was typed is another one; nothing where it agrees or none was typed."""
        if day is None or day == self.day:
            return ""
        return f"El enlace dice que salió el {print_date(self.day)}. Corrija la fecha o el enlace."


def read_proof(link: str) -> Proof | None:
    """What a link proves; None where it carries no instant."""
    proved = prove_instant(link)
    return None if proved is None else Proof(proved.at, timezone.localtime(proved.at).date(), proved.platform)
