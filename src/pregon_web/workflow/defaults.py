"""What a new institution starts with: rows that its administrators change, never what decides.

The days are the field's usual ones, not anybody's rule: each office has its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from pregon.records.service import RequestKind
from pregon_web.workflow.models import Priority


@dataclass(frozen=True, slots=True)
class StartingKind:
    """A kind of request and its business days by priority."""

    name: str
    counts_as: RequestKind
    days: int

    @property
    def terms(self) -> dict[Priority, int]:
        """High is about half of normal, rounded up; urgent is the same day, with a reason."""
        return {Priority.NORMAL: self.days, Priority.HIGH: -(-self.days // 2), Priority.URGENT: 0}


STARTING_KINDS = (
    StartingKind("Pieza gráfica", RequestKind.DESIGN, 3),
    StartingKind("Acompañamiento de evento", RequestKind.COVERAGE, 3),
    StartingKind("Noticia", RequestKind.NEWS, 2),
    StartingKind("Video", RequestKind.VIDEO, 8),
    StartingKind("Publicación", RequestKind.PUBLICATION, 2),
    StartingKind("Fondo de pantalla", RequestKind.WALLPAPER, 3),
    StartingKind("Otra", RequestKind.OTHER, 5),
)
