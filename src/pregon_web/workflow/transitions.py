"""From which state to which a request may go: one table, and what each move asks. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pregon_web.accounts.models import Role
from pregon_web.workflow.models import ServiceRequest, State


@dataclass(frozen=True, slots=True)
class Step:
    """A move that may be made: where to, the words of its button, and whether it has to be said why."""

    to: State
    button: str
    asks_why: bool = False


_START = Step(State.IN_PROGRESS, "Empezar a trabajarla")
_REVIEW = Step(State.IN_REVIEW, "Enviar a revisión")
_REVIEW_AGAIN = Step(State.IN_REVIEW, "Pedir otra revisión")
_APPROVE = Step(State.APPROVED, "Aprobar")
_PUBLISH = Step(State.PUBLISHED, "Anotar que se publicó")
_DELIVER = Step(State.DELIVERED, "Anotar la entrega")
_RETURN = Step(State.RETURNED, "Devolver", asks_why=True)
_CANCEL = Step(State.CANCELLED, "Cancelar la solicitud", asks_why=True)
_GO_ON = Step(State.IN_PROGRESS, "Seguir trabajándola")
_TAKE_BACK = Step(State.IN_PROGRESS, "Volver a abrirla", asks_why=True)

STEPS: Final[Mapping[State, tuple[Step, ...]]] = {
    State.RECEIVED: (_START, _REVIEW, _DELIVER, _RETURN, _CANCEL),
    State.IN_PROGRESS: (_REVIEW, _DELIVER, _PUBLISH, _RETURN, _CANCEL),
    State.IN_REVIEW: (_APPROVE, _GO_ON, _RETURN, _CANCEL),
    State.APPROVED: (_PUBLISH, _DELIVER, _REVIEW_AGAIN, _RETURN, _CANCEL),
    State.PUBLISHED: (_DELIVER, _RETURN),
    State.DELIVERED: (_PUBLISH, _RETURN, _TAKE_BACK),
    State.RETURNED: (_GO_ON, _REVIEW, _CANCEL),
    State.CANCELLED: (_TAKE_BACK,),
}
"""Every move there is. A request that is delivered can come back; one that was cancelled by mistake is opened again."""

FROM_PIECES: Final = frozenset({State.IN_REVIEW, State.APPROVED, State.PUBLISHED})
"""Where a request gets by its pieces, once it has any: nobody says so by hand."""

_APPROVERS: Final = frozenset({(State.IN_REVIEW, State.APPROVED), (State.IN_REVIEW, State.RETURNED)})
_ASKERS: Final = frozenset({(State.RECEIVED, State.CANCELLED)})


def offered_steps(request: ServiceRequest, roles: Collection[Role], *, has_pieces: bool) -> list[Step]:
    """The moves that somebody with these roles may make by hand: who writes, all but approving; who approves, to
    approve or return; who asked, to cancel while nobody has begun.
    """
    before = State(request.state)

    def may(step: Step) -> bool:
        if has_pieces and step.to in FROM_PIECES:
            return False
        pair = (before, step.to)
        return (
            (Role.EDITOR in roles and step.to is not State.APPROVED)
            or (Role.APPROVER in roles and pair in _APPROVERS)
            or (Role.REQUESTER in roles and pair in _ASKERS)
        )

    return [step for step in STEPS[before] if may(step)]


_FINISHED: Final = (State.PUBLISHED, State.DELIVERED)
_KEEPS_APPROVAL: Final = (State.APPROVED, *_FINISHED, State.CANCELLED)


def step_between(before: State, after: State) -> Step | None:
    """The move from one state to another; None where it may not be made."""
    return next((step for step in STEPS[before] if step.to is after), None)


def days_after(
    to: State, on: date, *, approved_on: date | None, delivered_on: date | None
) -> tuple[date | None, date | None]:
    """The days of the last approval and of the delivery once it has moved there.

    Published and later handed over, or the other way round, it was delivered on the first of the two days. What comes
    back is not delivered any more, and has to be approved again.
    """
    approved = on if to is State.APPROVED else approved_on
    delivered = (delivered_on or on) if to in _FINISHED else None
    return approved if to in _KEEPS_APPROVAL else None, delivered
