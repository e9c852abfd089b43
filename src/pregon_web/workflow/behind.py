"""What stands behind a publication: the piece that came out as it, and who approved that very version."""

from __future__ import annotations

from pregon_web.accounts.selectors import Access
from pregon_web.ledger.beside import Aside
from pregon_web.ledger.models import Publication
from pregon_web.workflow.models import Approval, PiecePublication
from pregon_web.workflow.publishing import timeliness_of

TEMPLATE = "workflow/piece_behind.html"


def tell_piece_behind(access: Access, publication: Publication) -> Aside | None:
    """The piece of a publication with its approvals; None where it came out without one."""
    rows = PiecePublication.objects.of(access.institution).filter(publication=publication)
    row = rows.select_related("version__piece__request").first()
    if row is None:
        return None
    approvals = Approval.objects.of(access.institution).filter(version=row.version, decision=Approval.Decision.APPROVED)
    request = row.version.piece.request
    told = {
        "version": row.version,
        "piece": row.version.piece,
        "request": request,
        "approvals": list(approvals.select_related("person").order_by("pk")),
        "timeliness": timeliness_of(request, publication.published_on),
    }
    return Aside(TEMPLATE, told)
