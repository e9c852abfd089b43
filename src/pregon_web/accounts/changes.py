"""How the lowest app tells of its changes without knowing who keeps the record: the journal listens.

Receivers run inside the sender's transaction, and their faults undo it: no change without its entry.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.dispatch import Signal

from pregon_web.accounts.models import Institution, Person

change_made = Signal()


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one thing of an institution. People are named by their key, never by their data."""

    institution: Institution
    person: Person | None
    action: str
    subject: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def announce_change(change: Change) -> None:
    """Tell whoever listens; whatever they raise comes back here."""
    change_made.send(sender=Change, change=change)
