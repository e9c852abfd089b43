"""Who signs a quarter, and that nobody signs alone: three people, in order, each for the very same records."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from pregon.records.organisation import SignatureRole
from pregon_web.accounts.models import Role
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.services import BadRecord, add_record, change_record, require_open
from pregon_web.quarter.blockers import SIGNING_ORDER, find_risk_blockers
from pregon_web.quarter.models import SignOff
from pregon_web.quarter.selectors import open_dossier, signed_fingerprint_of

MAY_SIGN: Final = {
    SignatureRole.PREPARED: Role.EDITOR,
    SignatureRole.REVIEWED: Role.REVIEWER,
    SignatureRole.APPROVED: Role.APPROVER,
}
"""Which role signs which hand: who writes does not review, and who reviews does not approve."""
_DONE: Final = {
    SignatureRole.PREPARED: "elaborado",
    SignatureRole.REVIEWED: "revisado",
    SignatureRole.APPROVED: "aprobado",
}


@transaction.atomic
def sign_quarter(*, access: Access, period: str, role: SignatureRole) -> SignOff:
    """Sign the quarter as it is now.

    Raises:
        BadRecord: the person may not sign so, an earlier hand has not signed these records, they signed as another, or
            a follow-up of a risk says what the records contradict.
        ClosedPeriod: it is closed.
    """
    require_open(access.institution, [period])
    if not access.has_any(MAY_SIGN[role]):
        raise BadRecord(f"Firma como {_DONE[role]} quien tiene el papel «{MAY_SIGN[role].label}».")
    dossier = open_dossier(access.institution, period)
    for blocker in find_risk_blockers(dossier):
        raise BadRecord(f"{blocker.what} Escriba por qué, o corrija el seguimiento, antes de firmar.")
    fingerprint = signed_fingerprint_of(dossier)
    rows = {row.role: row for row in SignOff.objects.of(access.institution).filter(period=period)}
    for earlier in SIGNING_ORDER[: SIGNING_ORDER.index(role)]:
        row = rows.get(earlier.value)
        if row is None or row.signed_by_id is None or row.fingerprint != fingerprint:
            raise BadRecord(f"Todavía no está {_DONE[earlier]}: esa firma va antes que la suya.")
    for other, row in rows.items():
        if other != role.value and row.signed_by_id == access.person.pk and row.fingerprint == fingerprint:
            raise BadRecord(
                f"Usted firmó este trimestre como {_DONE[SignatureRole(other)]}: como {_DONE[role]} firma otra persona."
            )
    fields = {
        "name": access.person.name,
        "signed_on": timezone.localdate(),
        "signed_by": access.person,
        "fingerprint": fingerprint,
    }
    row = rows.get(role.value)
    if row is None:
        return add_record(access=access, row=SignOff(period=period, role=role.value, **fields), action="sign")
    return change_record(access=access, row=row, fields=fields, action="sign")


@transaction.atomic
def clear_signatures(*, access: Access, period: str) -> None:
    """Take the signatures off: the quarter was opened again, and what they signed may change."""
    for row in SignOff.objects.of(access.institution).filter(period=period, signed_by__isnull=False):
        fields = {"signed_on": None, "signed_by": None, "fingerprint": ""}
        change_record(access=access, row=row, fields=fields, action="unsign")
