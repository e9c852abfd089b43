"""What waits for the person to approve, for the navigation of every page. Lazy, and one query at most."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pregon_web.accounts.models import Role
from pregon_web.accounts.selectors import Access
from pregon_web.workflow.piece_rows import count_waiting

COUNTED = (Role.APPROVER, Role.REQUESTER, Role.ADMINISTRATOR)
"""Whose navigation counts it: who approves, and the offices' own people. Anybody else who leads an office has the
list, and their e-mail.
"""


def count_approvals(request: HttpRequest) -> dict[str, Any]:
    """`approvals_waiting`: how many things wait for the person; 0 where their navigation does not count it."""

    def count() -> int:
        access = getattr(request, "access", None)
        return count_waiting(access) if isinstance(access, Access) and access.has_any(*COUNTED) else 0

    return {"approvals_waiting": SimpleLazyObject(count)}
