"""A sign-in is a change too: it is announced in each institution the person belongs to."""

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction

from pregon_web.accounts.changes import Change, announce_change
from pregon_web.accounts.models import Person
from pregon_web.accounts.selectors import own_institutions
from pregon_web.accounts.services import leave_supervised_institution


def _announce(person: Person | None, action: str) -> None:
    if person is None:
        return
    with transaction.atomic():
        own = own_institutions(person)
        if action == "sign-in":
            leave_supervised_institution(person=person, own=own)
        for institution in own:
            announce_change(Change(institution, person, action, f"accounts.person:{person.pk}"))


def announce_sign_in(*, user: Person, **_: Any) -> None:
    """Receiver of `user_logged_in`."""
    _announce(user, "sign-in")


def announce_sign_out(*, user: Person | None, **_: Any) -> None:
    """Receiver of `user_logged_out`."""
    _announce(user, "sign-out")


def announce_factor(*, user: Person, **_: Any) -> None:
    """Receiver of `authenticator_added`."""
    _announce(user, "add-factor")


def announce_factor_gone(*, user: Person, **_: Any) -> None:
    """Receiver of `authenticator_removed`."""
    _announce(user, "remove-factor")


def connect() -> None:
    """Start listening. Called once, when the apps are ready."""
    user_logged_in.connect(announce_sign_in, dispatch_uid="pregon.sign_in")
    user_logged_out.connect(announce_sign_out, dispatch_uid="pregon.sign_out")
    authenticator_added.connect(announce_factor, dispatch_uid="pregon.factor")
    authenticator_removed.connect(announce_factor_gone, dispatch_uid="pregon.factor_gone")
