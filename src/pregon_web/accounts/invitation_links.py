"""The link of an invitation: signed, so that nobody makes one; it expires, and only the last one sent serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

LASTS = timedelta(days=7)
_SALT = "pregon.invitation"


@dataclass(frozen=True, slots=True)
class LinkedInvitation:
    """What a link says: whose invitation, which one, and which sending of it."""

    institution: int
    invitation: int
    sending: int


def sign_link(linked: LinkedInvitation) -> str:
    """The last part of the link's address."""
    return signing.dumps([linked.institution, linked.invitation, linked.sending], salt=_SALT)


def read_link(token: str) -> LinkedInvitation | None:
    """What a link says; None where it was not made here or has expired."""
    try:
        institution, invitation, sending = signing.loads(token, salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return LinkedInvitation(int(institution), int(invitation), int(sending))
