"""Which pieces wait for whose decision: those whose last version somebody was asked to decide on, and nobody has."""

from __future__ import annotations

from django.db.models import Max

from pregon_web.accounts.models import Institution
from pregon_web.workflow.models import Approval, ApprovalLink, PieceVersion, State
from pregon_web.workflow.reminding import AwaitedApproval


def awaited_approvals(institution: Institution) -> list[AwaitedApproval]:
    """What waits for each person, in the order of the pieces: three queries however many there are.

    A link that expired was still asked for; what somebody else decided in the same place is not waited for any more.
    """
    links = ApprovalLink.objects.of(institution).filter(
        used_at=None, version__piece__withdrawn_at=None, version__piece__request__state=State.IN_REVIEW
    )
    asked = list(links.select_related("version__piece__request").order_by("version__piece_id", "pk"))
    if not asked:
        return []
    pieces = {link.version.piece_id for link in asked}
    versions = PieceVersion.objects.of(institution).filter(piece__in=pieces).order_by()
    last = dict(versions.values_list("piece_id").annotate(Max("number")))
    decided = set(
        Approval.objects.of(institution).filter(version__piece__in=pieces).values_list("version_id", "signer")
    )
    found: dict[tuple[int, int], AwaitedApproval] = {}
    for link in asked:
        version, piece = link.version, link.version.piece
        if version.number == last[piece.pk] and (version.pk, link.signer) not in decided:
            awaited = AwaitedApproval(link.person_id, piece.request_id, piece.request.reference, piece.title)
            found[link.person_id, piece.pk] = awaited
    return list(found.values())
