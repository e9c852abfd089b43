"""What the access tests put in a quarter."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from pregon.figures.period import Period
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.quarter.models import Closing, DeclaredGap, PendingThing
from tests.web.records import QUARTER, keep_registro, workbook_bytes
from tests.web.towns import Town

EARLIER = {"penaclara": 1, "valdehondo": 2, "altamira": 3}


def furnish(town: Town, canary: str) -> dict[str, object]:
    """Two versions of a quarter's registro; and quarters that the others do not have, at the end and before."""
    keep_registro(town, canary=canary)
    registro = keep_registro(town, canary=f"{canary} corregido")
    for quarter in range(EARLIER.get(town.slug, 0)):
        keep_registro(town, Period.quarter(2026, quarter + 1), canary)
    frozen = Period.quarter(2023, 2)
    for number in (1, 2):
        _close(town, canary, frozen, number)
    gap = DeclaredGap.objects.create(
        institution=town.institution, period=str(QUARTER), section="audience", what=canary, reason=canary
    )
    pending = PendingThing.objects.of(town.institution).filter(period=str(QUARTER))[0]
    fresh = workbook_bytes(town.institution.name, QUARTER, f"{canary} nuevo")
    return {
        "period": str(QUARTER),
        "version": registro.version,
        "upload_registro:workbook": (f"{canary}.xlsx", fresh),
        "sign_quarter.hand": "prepared",
        "withdraw_gap.pk": gap.pk,
        "settle_pending.pk": pending.pk,
        "note_pending:section": "audience",
        "note_pending:what": f"{canary} que falta",
        "declare_gap:section": "audience",
        "declare_gap:what": f"{canary} otra vez",
        "declare_gap:reason": canary,
        "reopen_quarter:reason": canary,
        "download_closed.period": str(frozen),
        "download_closed.version": 2,
        "download_closed.suffix": "html",
        "closing_changes.period": str(frozen),
        "closing_changes.version": 2,
    }


def _close(town: Town, canary: str, period: Period, number: int) -> None:
    """A closing of long ago, opened again since: its frozen registro and a file, with the canary in both."""
    with TemporaryDirectory() as folder:
        registro = Path(folder) / "registro.xlsx"
        registro.write_bytes(workbook_bytes(town.institution.name, period, f"{canary} {number}"))
        page = Path(folder) / "informe.html"
        page.write_text(canary, encoding="utf-8")
        kept = [vault.keep_file(town.institution.pk, path) for path in (registro, page)]
    person, now = town.people[Role.APPROVER], timezone.now()
    Closing.objects.create(
        institution=town.institution,
        period=str(period),
        version=number,
        registro_sha256=kept[0],
        fingerprint="0" * 64,
        files={"html": kept[1]},
        journal_head="0" * 64,
        pregon_version="0",
        closed_by=person,
        closed_at=now,
        reopened_by=person,
        reopened_at=now,
        reopen_reason=canary,
    )
