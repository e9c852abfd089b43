"""Which quarter the navigation leads to."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pregon_web.accounts.models import Person
from pregon_web.accounts.rules import READERS
from pregon_web.accounts.selectors import Access, current_access
from pregon_web.quarter.selectors import period_to_work_on_for


def name_current_quarter(request: HttpRequest) -> dict[str, Any]:
    """`current_period`: the quarter of the page, else the one to work on. Lazy, and two queries at most."""

    def period() -> str:
        match = request.resolver_match
        named = match.kwargs.get("period") if match else None
        if named:
            return str(named)
        access = getattr(request, "access", None)
        user = getattr(request, "user", None)
        if access is None and isinstance(user, Person):  # the pages of the person: password, second factor
            access = current_access(user)
        if isinstance(access, Access) and access.has_any(*READERS):
            return period_to_work_on_for(access) or ""
        return ""

    return {"current_period": SimpleLazyObject(period)}
