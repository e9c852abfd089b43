"""What the frame of every page shows about the person. Lazy: a page that does not look costs no query."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pregon_web.accounts.models import Person, Role
from pregon_web.accounts.rules import READERS
from pregon_web.accounts.selectors import Access, current_access


def describe_access(request: HttpRequest) -> dict[str, Any]:
    """`access` (or None), and whether they ask, read the institution's ledger, review it, administer it."""

    def person() -> Person | None:
        user = getattr(request, "user", None)
        return user if isinstance(user, Person) else None

    def access() -> Access | None:
        known = getattr(request, "access", None)
        if known is not None:
            return known  # type: ignore[no-any-return]  # put there by `requires`
        who = person()
        return current_access(who) if who else None

    def reads() -> bool:
        own = access()
        return own is not None and own.has_any(*READERS)

    def administers() -> bool:
        own = access()
        return own is not None and own.has_any(Role.ADMINISTRATOR)

    def reviews() -> bool:
        own = access()
        return own is not None and own.has_any(Role.REVIEWER)

    def asks() -> bool:
        own = access()
        return own is not None and own.has_any(Role.REQUESTER)

    return {
        "access_asks": SimpleLazyObject(asks),
        "access_administers": SimpleLazyObject(administers),
        "access_reviews": SimpleLazyObject(reviews),
        "access": SimpleLazyObject(access),
        "access_reads": SimpleLazyObject(reads),
    }
