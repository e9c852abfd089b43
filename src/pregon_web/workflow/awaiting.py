"""Which pieces wait for whose decision, for everybody of an institution at once: what each finds in «Por aprobar»."""

from __future__ import annotations

from pregon_web.accounts.models import Institution
from pregon_web.workflow.models import ApprovalLink
from pregon_web.workflow.reminding import AwaitedApproval


def awaited_approvals(institution: Institution) -> list[AwaitedApproval]:
    """What waits for each person, what was sent first first, in one query; a version once, however many its links."""
    links = ApprovalLink.objects.of(institution).filter(used_at=None, closed_at=None, version__piece__withdrawn_at=None)
    found: dict[tuple[int, int], AwaitedApproval] = {}
    for link in links.select_related("version__piece__request").order_by("pk"):
        piece = link.version.piece
        awaited = AwaitedApproval(link.person_id, link.version_id, piece.request.reference, piece.title)
        found.setdefault((link.person_id, link.version_id), awaited)
    return list(found.values())
