"""A sign-in is a change too: it is announced in each institution the person belongs to."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction

from pregon_web.accounts.changes import Change, announce_change
from pregon_web.accounts.models import Person
from pregon_web.accounts.selectors import institutions_for


def _announce(person: Person | None, action: str) -> None:
    if person is None:
        return
    with transaction.atomic():
        for institution in institutions_for(person):
            announce_change(Change(institution, person, action, f"accounts.person:{person.pk}"))


def announce_sign_in(*, user: Person, **_: Any) -> None:
    """Receiver of `user_logged_in`."""
    _announce(user, "sign-in")


def announce_sign_out(*, user: Person | None, **_: Any) -> None:
    """Receiver of `user_logged_out`."""
    _announce(user, "sign-out")


def connect() -> None:
    """Start listening. Called once, when the apps are ready."""
    user_logged_in.connect(announce_sign_in, dispatch_uid="pregon.sign_in")
    user_logged_out.connect(announce_sign_out, dispatch_uid="pregon.sign_out")
