"""Closing a quarter: its records frozen, its report in four files, all of it kept or none; and opening it again.

The files are written before the transaction, by what they hold, where a crash leaves nothing that anybody names. Inside
it the journal's head is looked at again: had anything changed meanwhile, the work is done once more.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

import pregon
from pregon.figures.spanish import print_date
from pregon.records.dossier import Dossier
from pregon.registro import write_registro
from pregon.writers import write_all
from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.journal.selectors import head_of
from pregon_web.journal.services import record_change
from pregon_web.ledger.services import BadRecord, ClosedPeriod, lock_period, unlock_period
from pregon_web.programme.selectors.plan import open_surveys_of
from pregon_web.quarter.blockers import find_content_blockers, find_signature_blockers, find_survey_blockers
from pregon_web.quarter.models import Closing, SignOff
from pregon_web.quarter.selectors import fingerprint_of, quarter_of, signed_fingerprint_of
from pregon_web.quarter.signing import clear_signatures

FORMATS: Final = ("docx", "pdf", "html", "xlsx")
WORKSHOP: Final = "closings"
_TRIES: Final = 3
_LEFT_FOR: Final = 24 * 60 * 60  # seconds; a closing takes a few


class NotReady(Exception):  # noqa: N818 - what happened, not a suffix
    """The quarter cannot be closed yet; `count` things are in the way."""

    def __init__(self, count: int) -> None:
        things = "falta 1 cosa. Está" if count == 1 else f"faltan {count} cosas. Están"
        super().__init__(f"Todavía no se puede cerrar: {things} abajo, con quien tiene cada una.")
        self.count = count


@dataclass(frozen=True, slots=True)
class _Written:
    """The frozen registro and the four files, already in the vault: their hashes."""

    registro: str
    earlier: list[str]
    fingerprint: str
    files: dict[str, str]


def close_quarter(*, access: Access, period: str) -> Closing:
    """Lock the quarter and keep its report as it is.

    Raises:
        NotReady: something contradicts, is missing without a reason, or is not signed.
        ClosedPeriod: it is closed already.
        BadRecord: other people kept changing records while it was being written.
    """
    for _ in range(_TRIES):
        at = timezone.now()
        head = head_of(access.institution)
        quarter = quarter_of(access.institution, period)
        if quarter.closing is not None:
            raise ClosedPeriod(f"El {pregon.Period.parse(period).title} ya está cerrado.")
        if quarter.dossier is None:
            raise NotReady(1)
        _require_ready(access, period, quarter.dossier, quarter.earlier)
        number = Closing.objects.of(access.institution).filter(period=period).count() + 1
        sealed = _seal(quarter.dossier, number, at, head)
        written = _write(access, sealed, quarter.earlier)
        closing = _keep(access, period, number, at, head, written)
        if closing is not None:
            return closing
    raise BadRecord("Otras personas están cambiando registros: espere un momento y cierre otra vez.")


def _require_ready(access: Access, period: str, dossier: Dossier, earlier: tuple[Dossier, ...]) -> None:
    signatures = SignOff.objects.of(access.institution).filter(period=period)
    blockers = (
        *find_content_blockers(dossier, earlier),
        *find_survey_blockers(open_surveys_of(access.institution, period)),
        *find_signature_blockers(signatures, signed_fingerprint_of(dossier)),
    )
    if blockers:
        raise NotReady(len(blockers))


def _seal(dossier: Dossier, number: int, at: datetime, head: str) -> Dossier:
    """The dossier with what its report prints of the closing."""
    local = timezone.localtime(at)
    told = f"Cierre {number}, {print_date(local.date())}, {local:%H:%M}. Huella de la bitácora: {head}"
    return replace(dossier, control=replace(dossier.control, seal=told))


def _write(access: Access, dossier: Dossier, earlier: tuple[Dossier, ...]) -> _Written:
    document = pregon.compose(dossier, earlier)
    with tempfile.TemporaryDirectory(dir=_workshop()) as name:
        folder = Path(name)
        kept = [_keep_registro(access, each, folder / "registro.xlsx") for each in (*earlier, dossier)]
        paths = write_all(document, folder, "informe", FORMATS)
        files = {path.suffix.removeprefix("."): vault.keep_file(access.institution.pk, path) for path in paths}
        return _Written(kept[-1], kept[:-1], fingerprint_of(dossier), files)


def _keep_registro(access: Access, dossier: Dossier, path: Path) -> str:
    """Keep a dossier as its workbook; answers the hash it is kept by."""
    write_registro(dossier, path)
    return vault.keep_file(access.institution.pk, path)


def _workshop() -> Path:
    """The folder, private as all of the office's, where reports are written before they are kept.

    A process that is killed leaves its own there; what is older than a day is nobody's any more, and goes.
    """
    folder = Path(settings.CACHE_FOLDER) / WORKSHOP
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.iterdir():
        with suppress(FileNotFoundError):  # another closing may have ended, or swept
            if time.time() - left.stat().st_mtime > _LEFT_FOR:
                shutil.rmtree(left, ignore_errors=True)
    return folder


@transaction.atomic
def _keep(access: Access, period: str, number: int, at: datetime, head: str, written: _Written) -> Closing | None:
    """Lock and keep, unless something was noted since the work began: then None, and nothing is done."""
    lock_period(access=access, period=period)
    if head_of(access.institution) != head:
        transaction.set_rollback(True)
        return None
    closing = Closing.objects.create(
        institution=access.institution,
        period=period,
        version=number,
        registro_sha256=written.registro,
        earlier=written.earlier,
        fingerprint=written.fingerprint,
        files=written.files,
        journal_head=head,
        pregon_version=pregon.__version__,
        closed_by=access.person,
        closed_at=at,
    )
    after = {"period": period, "version": number, "registro": written.registro, "files": written.files, "head": head}
    record_change(
        institution=access.institution,
        person=access.person,
        action="close",
        subject=f"quarter.closing:{closing.pk}",
        after=after,
    )
    return closing


@transaction.atomic
def reopen_quarter(*, access: Access, period: str, reason: str) -> Closing:
    """Open a closed quarter again, with the reason; its version stays, and closing again makes the next.

    Raises:
        BadRecord: it is not closed, or there is no reason.
    """
    if not reason.strip():
        raise BadRecord("Escriba por qué se reabre: queda en la bitácora y en la historia del informe.")
    closing = (
        Closing.objects.of(access.institution)
        .select_for_update()
        .filter(period=period, reopened_at__isnull=True)
        .first()
    )
    if closing is None:
        raise BadRecord("Este trimestre no está cerrado.")
    closing.reopened_by, closing.reopened_at, closing.reopen_reason = access.person, timezone.now(), reason.strip()
    closing.save(update_fields=["reopened_by", "reopened_at", "reopen_reason"])
    unlock_period(access=access, period=period)
    record_change(
        institution=access.institution,
        person=access.person,
        action="reopen",
        subject=f"quarter.closing:{closing.pk}",
        before={"period": period, "version": closing.version},
        after={"reason": reason.strip()},
    )
    clear_signatures(access=access, period=period)
    return closing
