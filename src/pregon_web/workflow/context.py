"""How many requests are open, for the navigation."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pregon_web.accounts.models import Person
from pregon_web.accounts.selectors import Access, current_access
from pregon_web.wall import inside
from pregon_web.workflow.selectors import count_open


def count_requests(request: HttpRequest) -> dict[str, Any]:
    """`open_requests`: how many of those that the person may see are open. Lazy, and counted once a page."""

    def count() -> int:
        access = getattr(request, "access", None)
        user = getattr(request, "user", None)
        if access is None and isinstance(user, Person):  # the pages of the person: password, second factor
            access = current_access(user)
        if not isinstance(access, Access):
            return 0
        with inside(access.institution.pk):
            return count_open(access)

    return {"open_requests": SimpleLazyObject(count)}
