"""Whether whoever is here showed the code of their phone not long ago, and the way to ask them for it."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Final, cast

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from pregon_web.accounts.models import Person
from pregon_web.accounts.selectors import has_second_factor

LASTS: Final = timedelta(minutes=30)
"""How long a code that was shown answers for who is there: a session lasts days, and a phone is left on a table."""


def showed_code(request: HttpRequest, within: timedelta = LASTS) -> bool:
    """Whether the person gave their code, or one in reserve, in this session and within that time."""
    records = get_authentication_records(request, cast("Person", request.user))
    shown = [float(each["at"]) for each in records if each.get("method") == "mfa"]
    return bool(shown) and time.time() - max(shown) < within.total_seconds()


def ask_for_code(request: HttpRequest, back: str) -> HttpResponseRedirect:
    """To the page that asks for the code and goes back to an address; to activate it first, for who has none."""
    if not has_second_factor(cast("Person", request.user)):
        return redirect("mfa_activate_totp")
    query = urlencode({REDIRECT_FIELD_NAME: back})
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")
