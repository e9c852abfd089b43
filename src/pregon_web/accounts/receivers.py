"""A sign-in is a change too, and so is what somebody signs in with: announced in each institution of the person."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.db.models.signals import post_delete, post_save

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


def announce_factor(*, instance: Authenticator, created: bool, **_: Any) -> None:
    """Receiver of `post_save`: allauth's own signal comes after the transaction, when the entry could be lost."""
    if created:
        _announce(instance.user, f"add-{instance.type.replace('_', '-')}")


def announce_factor_gone(*, instance: Authenticator, **_: Any) -> None:
    """Receiver of `post_delete`."""
    _announce(instance.user, f"remove-{instance.type.replace('_', '-')}")


def connect() -> None:
    """Start listening. Called once, when the apps are ready."""
    user_logged_in.connect(announce_sign_in, dispatch_uid="pregon.sign_in")
    user_logged_out.connect(announce_sign_out, dispatch_uid="pregon.sign_out")
    post_save.connect(announce_factor, sender=Authenticator, dispatch_uid="pregon.factor")
    post_delete.connect(announce_factor_gone, sender=Authenticator, dispatch_uid="pregon.factor_gone")
