"""What the navigation of every page counts: the requests that are open, and what waits for the person to approve."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pregon_web.accounts.models import Person
from pregon_web.accounts.selectors import Access, current_access
from pregon_web.wall import inside
from pregon_web.workflow.piece_rows import count_waiting
from pregon_web.workflow.selectors import count_open


def count_requests(request: HttpRequest) -> dict[str, Any]:
    """`open_requests`: how many of those that the person may see are open; `approvals_waiting`: how many pieces wait
    for their decision. Lazy, and each counted once a page.
    """

    def counted(count: Callable[[Access], int]) -> int:
        access = getattr(request, "access", None)
        user = getattr(request, "user", None)
        if access is None and isinstance(user, Person):  # the pages of the person: password, second factor
            access = current_access(user)
        if not isinstance(access, Access):
            return 0
        with inside(access.institution.pk):
            return count(access)

    return {
        "open_requests": SimpleLazyObject(lambda: counted(count_open)),
        "approvals_waiting": SimpleLazyObject(lambda: counted(count_waiting)),
    }
