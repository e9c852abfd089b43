"""Where the approval of a version stands: the step it waits for, whether it is approved or came back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pregon_web.workflow.models import Signer

DEFAULT_ORDER: tuple[Signer, ...] = (Signer.OWNER, Signer.APPROVER)
"""Whoever owns the content, then whoever answers for the institution, until the institution says otherwise."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`pending` is who has to decide now: nobody where it was decided, or was never sent."""

    pending: Signer | None = None
    is_approved: bool = False
    is_returned: bool = False


def read_order(kept: Iterable[object]) -> tuple[Signer, ...]:
    """The order that a row keeps: each known step once; the default where it keeps none."""
    order = tuple(dict.fromkeys(Signer(str(each)) for each in kept if str(each) in Signer.values))
    return order or DEFAULT_ORDER


def find_standing(order: Sequence[Signer], decided: Iterable[tuple[str, bool]], *, is_sent: bool) -> Standing:
    """Where a version stands by the order and what was decided on it: (as what, whether approved), the first first.

    One that came back stays back: it is another version that is sent again.
    """
    approved = set()
    for signer, is_approved in decided:
        if not is_approved:
            return Standing(is_returned=True)
        approved.add(signer)
    left = [signer for signer in order if signer not in approved]
    if not left and approved:
        return Standing(is_approved=True)
    return Standing(pending=left[0] if is_sent and left else None)
