"""Writes of a quarter: accept a registro workbook, whose records become rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.journal.services import record_change
from pregon_web.ledger.merging import Merge
from pregon_web.ledger.services import BadRecord, add_record, change_record, remove_record, require_open
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.models import ControlBlock, DeclaredGap, PendingThing, Registro
from pregon_web.quarter.reading import read_registro_apart
from pregon_web.quarter.selectors import control_row_for, open_dossier, pending_for, registro_dossier


class RefusedRegistro(Exception):  # noqa: N818 - what happened, not a suffix
    """The workbook is well made and still cannot be taken; the message is one Spanish sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class AcceptedRegistro:
    """A workbook that was taken: its row, and what it added, changed and removed."""

    registro: Registro
    merges: tuple[Merge, ...]


def add_registro(*, access: Access, path: Path, name: str) -> AcceptedRegistro:
    """Accept the workbook at `path`: what it changes since its earlier version is taken into the quarter's rows.

    It says itself which quarter it is of. Answers its row, and what it added, changed and removed.

    Raises:
        UnreadableFile: it cannot be opened.
        RegistroError: it has mistakes; each names its sheet and cell.
        RefusedRegistro: it is another institution's, or the very one that already counts.
        ClosedPeriod: its quarter is closed.
    """
    dossier = read_registro_apart(path, name=name)
    if _plain(dossier.institution.name) != _plain(access.institution.name):
        raise RefusedRegistro(
            f"«{name}» es de {dossier.institution.name} y usted está en {access.institution.name}. "
            "Corrija el nombre en el libro, o entre a esa entidad."
        )
    sha256 = vault.keep_file(access.institution.pk, path)
    period = str(dossier.period)
    with transaction.atomic():
        last = Registro.objects.of(access.institution).filter(period=period).order_by("-version").first()
        if last is not None and last.sha256 == sha256:
            raise RefusedRegistro(
                f"«{name}» es igual al que ya cuenta en el {dossier.period.title}. No se cambió ninguna cifra."
            )
        base = registro_dossier(last) if last is not None else None
        now = open_dossier(access.institution, period)
        merges = load_dossier(access=access, base=base, new=dossier, now=now)
        registro = Registro.objects.create(
            institution=access.institution,
            period=period,
            version=last.version + 1 if last else 1,
            sha256=sha256,
            name=name,
            uploaded_by=access.person,
        )
        record_change(
            institution=access.institution,
            person=access.person,
            action="create",
            subject=f"quarter.registro:{registro.pk}",
            before={"version": last.version, "sha256": last.sha256} if last else {},
            after={"period": period, "version": registro.version, "sha256": sha256, "name": name},
        )
    return AcceptedRegistro(registro, merges)


@transaction.atomic
def declare(*, access: Access, period: str, section: str, what: str, reason: str) -> DeclaredGap:
    """Declare that something the report lacks will not come. Raises ClosedPeriod, and BadRecord if it was."""
    if DeclaredGap.objects.of(access.institution).filter(period=period, section=section, what=what).exists():
        raise BadRecord("Eso ya está declarado, con su motivo.")
    row = DeclaredGap(period=period, section=section, what=what, reason=reason, declared_by=access.person)
    return add_record(access=access, row=row)


def withdraw_declaration(*, access: Access, period: str, pk: int) -> None:
    """Expect again what was declared. Raises Http404 where it is not the institution's, and ClosedPeriod."""
    row = get_object_or_404(DeclaredGap.objects.of(access.institution), period=period, pk=pk)
    remove_record(access=access, row=row)


def note_pending(*, access: Access, period: str, fields: Mapping[str, Any]) -> PendingThing:
    """Note something that the report lacks, who has it and by when. Raises ClosedPeriod, and BadRecord if it was."""
    twins = PendingThing.objects.of(access.institution).filter(period=period, section=fields["section"])
    with transaction.atomic():
        require_open(access.institution, [period])
        if twins.filter(what__iexact=fields["what"]).exists():
            raise BadRecord("Ese pendiente ya está anotado en esa sección.")
        return add_record(access=access, row=PendingThing(period=period, **fields))


def settle_pending(*, access: Access, period: str, pk: int) -> PendingThing:
    """What was pending arrived: it is not missing any more, and the journal says who said so.

    Raises Http404 where it is not the institution's, and ClosedPeriod.
    """
    row = pending_for(access, period, pk)
    remove_record(access=access, row=row, action="settle")
    return row


@transaction.atomic
def save_control(*, access: Access, period: str, fields: Mapping[str, Any], version: int | None) -> ControlBlock:
    """Keep what the cover says of the document. Raises Conflict and ClosedPeriod."""
    row = control_row_for(access, period)
    if row is None:
        return add_record(access=access, row=ControlBlock(period=period, **fields))
    return change_record(access=access, row=row, fields=fields, version=version)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
