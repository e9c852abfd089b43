"""Writes down the changes that accounts announces."""

from typing import Any

from pregon_web.accounts.changes import Change, change_made
from pregon_web.journal.services import record_change


def note_change(*, change: Change, **_: Any) -> None:
    """Receiver of `change_made`: in the sender's transaction, so a fault here undoes the change."""
    record_change(
        institution=change.institution,
        person=change.person,
        action=change.action,
        subject=change.subject,
        before=change.before,
        after=change.after,
    )


def connect() -> None:
    """Start listening. Called once, when the apps are ready."""
    change_made.connect(note_change, dispatch_uid="pregon.note_change")
