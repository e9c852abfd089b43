"""What the requests' app keeps, each file one subject."""

from pregon_web.workflow.models.intake import RequestLink, UnconfirmedRequest
from pregon_web.workflow.models.notices import MailChoice
from pregon_web.workflow.models.pieces import (
    Approval,
    ApprovalLink,
    CheckAnswer,
    Piece,
    PieceComment,
    PiecePublication,
    PieceVersion,
    Signer,
)
from pregon_web.workflow.models.requests import (
    Closure,
    Deadline,
    Kind,
    Move,
    Origin,
    Policy,
    Priority,
    RequestFile,
    ServiceRequest,
    State,
)

__all__ = [
    "Approval",
    "ApprovalLink",
    "CheckAnswer",
    "Closure",
    "Deadline",
    "Kind",
    "MailChoice",
    "Move",
    "Origin",
    "Piece",
    "PieceComment",
    "PiecePublication",
    "PieceVersion",
    "Policy",
    "Priority",
    "RequestFile",
    "RequestLink",
    "ServiceRequest",
    "Signer",
    "State",
    "UnconfirmedRequest",
]
