"""Addresses that open without a session. Each says in itself whose institution it is of, so that its row is looked for
inside that one and nowhere else: no query runs without saying whose, and an address of nobody's reads like any other.

Two kinds. A *token* is drawn by chance and kept with its row, which can be withdrawn: «7-Jx0…»; it goes on paper, so
nothing in it depends on the key of this installation. A *signed* address says keys that nobody can make up; it has no
row of its own, and serves for as long as what it says holds.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec, cast

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponseBase

from pregon_web.accounts.rules import public
from pregon_web.wall import inside

P = ParamSpec("P")

_TOKEN: Final = re.compile(r"^([1-9][0-9]{0,8})-[A-Za-z0-9_-]{22}$")
_BYTES: Final = 16
"""128 bits: as hard to guess as a key."""


def make_token(institution_id: int) -> str:
    """A new token of an institution."""
    return f"{institution_id}-{secrets.token_urlsafe(_BYTES)}"


def institution_of_token(token: str) -> int | None:
    """The institution that a token says; None for what is no token. That there is such a one is not told."""
    found = _TOKEN.match(token)
    return int(found[1]) if found else None


def hash_token(token: str) -> str:
    """What is kept of a personal token: who reads the database cannot open the address."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_keys(purpose: str, *keys: int) -> str:
    """A signed address for one purpose; the institution's key comes first."""
    return signing.Signer(salt=f"pregon.{purpose}").sign(".".join(map(str, keys)))


def read_keys(purpose: str, signed: str, count: int) -> tuple[int, ...] | None:
    """The keys of a signed address; None where it was not made here for this purpose."""
    try:
        told = signing.Signer(salt=f"pregon.{purpose}").unsign(signed)
        keys = tuple(map(int, told.split(".")))
    except (signing.BadSignature, ValueError):
        return None
    return keys if len(keys) == count else None


def through_token(
    view: Callable[Concatenate[HttpRequest, int, str, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A public view that is reached by a token: it runs inside the token's institution, which it is told first."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        institution_id = institution_of_token(token)
        if institution_id is None:
            raise Http404
        with inside(institution_id):
            return view(request, institution_id, token, *args, **kwargs)

    return public(cast("Callable[..., HttpResponseBase]", opened))
