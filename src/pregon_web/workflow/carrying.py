"""The request follows its pieces: sent, returned, approved, published. One place that asks for its moves."""

from __future__ import annotations

from datetime import date
from typing import Final

from pregon_web.accounts.selectors import Access
from pregon_web.workflow.models import Piece, PiecePublication, PieceVersion, ServiceRequest, State
from pregon_web.workflow.piece_rows import standings_of
from pregon_web.workflow.services import move_request

_FROM: Final[dict[State, frozenset[State]]] = {
    State.IN_REVIEW: frozenset({State.RECEIVED, State.IN_PROGRESS, State.RETURNED, State.APPROVED}),
    State.RETURNED: frozenset({State.IN_REVIEW, State.APPROVED}),
    State.APPROVED: frozenset({State.IN_REVIEW}),
    State.PUBLISHED: frozenset({State.IN_PROGRESS, State.APPROVED, State.DELIVERED}),
    State.DELIVERED: frozenset({State.IN_PROGRESS, State.APPROVED}),
}
"""By where its pieces take a request: from where it goes there. From anywhere else it stays where people put it."""


def carry_request(
    *, access: Access, request: ServiceRequest, to: State, note: str = "", on: date | None = None
) -> ServiceRequest:
    """Move the request to where its pieces took it; nothing where it is there, or where people took it elsewhere."""
    current = ServiceRequest.objects.of(access.institution).get(pk=request.pk)
    if current.state not in _FROM[to]:
        return current
    return move_request(access=access, request=current, to=to, note=note, on=on)


def are_all_approved(request: ServiceRequest) -> bool:
    """Whether the last version of every piece that goes on has every approval."""
    latest = _latest_by_piece(request)
    standings = standings_of(request.institution, list(latest.values()))
    return bool(latest) and all(standing.is_approved for standing in standings.values())


def day_all_came_out(request: ServiceRequest) -> tuple[date, bool] | None:
    """The day on which the last of the pieces that go on came out for the first time, and whether it was to the
    institution's own people alone; None while one has not.
    """
    first: dict[int, tuple[date, bool]] = {}
    rows = PiecePublication.objects.of(request.institution_id).filter(version__piece__request=request)
    found = rows.values_list("version__piece_id", "publication__published_on", "channel__is_internal")
    for piece, day, is_internal in found.order_by("publication__published_on", "pk"):
        known_day, was_internal = first.get(piece, (day, True))
        first[piece] = (min(day, known_day), is_internal and was_internal)
    pieces = set(_latest_by_piece(request))
    if not pieces or not pieces <= set(first):
        return None
    return max(day for day, _ in first.values()), all(is_internal for _, is_internal in first.values())


def _latest_by_piece(request: ServiceRequest) -> dict[int, int]:
    """The last version of each piece of a request that was not put aside."""
    pieces = Piece.objects.of(request.institution_id).filter(request=request, withdrawn_at=None)
    rows = PieceVersion.objects.of(request.institution_id).filter(piece__in=list(pieces)).order_by("number")
    return dict(rows.values_list("piece_id", "pk"))
