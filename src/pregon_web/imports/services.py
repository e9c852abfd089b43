"""Writes of the imports: bring files, answer what they do not say, take them in one transaction, undo them whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from pregon.importers.intake import Receipt
from pregon.importers.placing import Outcome
from pregon.importers.serial import receipt_to_values
from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.imports.models import Import, ImportFile, KeptAnswer
from pregon_web.imports.reading import HandedIn, read_apart
from pregon_web.imports.selectors import committed_before, files_of, kept_answers_for, preview_of
from pregon_web.journal.models import Entry
from pregon_web.journal.services import record_change
from pregon_web.ledger.loading import Loading, load_ledger
from pregon_web.ledger.merging import LEDGER_FAMILIES, merge_dossiers
from pregon_web.ledger.models import Channel, Observation, Record
from pregon_web.ledger.selectors import ledger_dossier
from pregon_web.ledger.services import (
    BadRecord,
    change_record,
    remove_record,
    require_open,
    restore_observation,
)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that a person hands in: where it is now, and what they call it."""

    path: Path
    name: str


def bring_files(*, access: Access, period: str, files: Sequence[Brought]) -> Import:
    """Keep some files and have them read by the background work; nothing is recorded yet.

    Raises BadRecord where every file was imported before.
    """
    kept = [(file, vault.keep_file(access.institution.pk, file.path)) for file in files]
    known = [committed_before(access, sha256) for _, sha256 in kept]
    if kept and all(known):
        from pregon.figures.spanish import print_date

        day = print_date(timezone.localtime(known[0].committed_at).date()) if known[0] and known[0].committed_at else ""
        which = "Este archivo ya se importó" if len(kept) == 1 else "Estos archivos ya se importaron"
        raise BadRecord(f"{which} el {day}. No se repitió ninguna cifra.")
    with transaction.atomic():
        batch = Import.objects.create(
            institution=access.institution,
            period=period,
            brought_by=access.person,
        )
        for file, sha256 in kept:
            ImportFile.objects.create(
                institution=access.institution,
                batch=batch,
                name=file.name[:200],
                sha256=sha256,
                size=file.path.stat().st_size,
            )
        record_change(
            institution=access.institution,
            person=access.person,
            action="create",
            subject=f"imports.import:{batch.pk}",
            after={"period": period, "files": [sha256 for _, sha256 in kept]},
        )
        _hand_over(access, batch)
    batch.refresh_from_db()  # where tasks are done at once, it was read already
    return batch


def _hand_over(access: Access, batch: Import) -> None:
    from pregon_web.imports.tasks import read_import

    read_import.enqueue(access.institution.pk, access.person.pk, batch.pk)


def read_files(*, access: Access, batch: Import) -> None:
    """Read the files of an import in a limited child. Doing it twice is doing it once."""
    if batch.state != Import.State.READING:
        return
    handed_in = [
        HandedIn(vault.path_of(access.institution.pk, file.sha256), file.name) for file in files_of(access, batch)
    ]
    receipts = read_apart(handed_in, {**kept_answers_for(access), **batch.answers})
    batch.receipts, batch.state = [receipt_to_values(receipt) for receipt in receipts], Import.State.PREVIEW
    with transaction.atomic():
        batch.save(update_fields=["receipts", "state"])
        for key, value in (kept for receipt in receipts for kept in receipt.extract.remembers):
            KeptAnswer.objects.of(access.institution).update_or_create(
                key=key, defaults={"value": value}, create_defaults={"value": value, "institution": access.institution}
            )


@transaction.atomic
def answer_questions(*, access: Access, batch: Import, answers: Mapping[str, str]) -> Import:
    """Have the files read again with what the person says of them. Raises BadRecord once it was taken."""
    _require_preview(batch)
    batch.answers = {**batch.answers, **{key: value for key, value in answers.items() if value}}
    batch.state = Import.State.READING
    batch.save(update_fields=["answers", "state"])
    _hand_over(access, batch)
    return batch


@transaction.atomic
def commit_import(*, access: Access, batch: Import) -> Import:
    """Take everything that the preview says, in one transaction.

    Raises:
        BadRecord: it was taken already, or something is still to be answered.
        ClosedPeriod: the quarter is closed.
    """
    require_open(access.institution, [batch.period])
    held = Import.objects.of(access.institution).select_for_update().get(pk=batch.pk)
    _require_preview(held)
    preview = preview_of(access, held)
    if not preview.is_answered:
        raise BadRecord("Falta responder lo que el archivo no dice: está arriba, en cada archivo.")
    now = ledger_dossier(access.institution, held.period, with_evidence=True)
    merges = merge_dossiers(LEDGER_FAMILIES, now, preview.placement.dossier, now)
    before = Entry.objects.of(access.institution).order_by("-sequence").values_list("sequence", flat=True).first() or 0
    load_ledger(Loading(access, held.period, _origin(preview.receipts), action="import"), merges)
    held.first_entry = before + 1
    held.last_entry = (
        Entry.objects.of(access.institution).order_by("-sequence").values_list("sequence", flat=True).first()
    )
    held.state, held.committed_at = Import.State.COMMITTED, timezone.now()
    held.summary = {
        "added": len(preview.placement.of(Outcome.ADDED)),
        "changed": len(preview.placement.of(Outcome.CHANGED)),
        "kept": len(preview.placement.of(Outcome.KEPT)),
    }
    held.save()
    record_change(
        institution=access.institution,
        person=access.person,
        action="commit",
        subject=f"imports.import:{held.pk}",
        after={"period": held.period, **held.summary},
    )
    return held


@transaction.atomic
def undo_import(*, access: Access, batch: Import) -> Import:
    """Take back all that an import recorded, or nothing: what it added goes, what it changed is as it was.

    Raises:
        BadRecord: it is not in force, or somebody changed since something that it recorded; the sentence says what.
        ClosedPeriod: the quarter is closed.
    """
    require_open(access.institution, [batch.period])
    held = Import.objects.of(access.institution).select_for_update().get(pk=batch.pk)
    if held.state != Import.State.COMMITTED:
        raise BadRecord("Esta importación no está guardada: no hay qué deshacer.")
    entries = Entry.objects.of(access.institution).filter(sequence__range=(held.first_entry, held.last_entry))
    for entry in entries.order_by("-sequence"):
        _undo_entry(access, entry)
    held.state, held.undone_at = Import.State.UNDONE, timezone.now()
    held.save(update_fields=["state", "undone_at"])
    record_change(
        institution=access.institution,
        person=access.person,
        action="undo",
        subject=f"imports.import:{held.pk}",
        before={"period": held.period},
    )
    return held


def _undo_entry(access: Access, entry: Entry) -> None:
    label, _, key = entry.subject.partition(":")
    model = apps.get_model(label)
    row = model._default_manager.of(access.institution).filter(pk=int(key)).first()  # noqa: SLF001 - our manager
    if row is None:
        raise BadRecord(f"Ya no está un registro que esta importación anotó ({entry.subject}): revíselo a mano.")
    if isinstance(row, Observation):
        restore_observation(access=access, row=row)
        return
    if entry.action in ("import", "create"):
        if isinstance(row, Channel):  # it may have been used since, and an unused one does no harm
            return
        _require_untouched(access, row, entry)
        remove_record(access=access, row=row, reason="Se deshizo la importación", action="undo")
        return
    fields = {_column(model, name): _restore(model, name, value) for name, value in entry.before.items()}
    _require_untouched(access, row, entry)
    change_record(access=access, row=row, fields=fields, action="undo")


def _require_untouched(access: Access, row: Record, entry: Entry) -> None:
    later = (
        Entry.objects.of(access.institution)
        .filter(subject=entry.subject, sequence__gt=entry.sequence)
        .exclude(action="undo")
        .exists()
    )
    if later:
        raise BadRecord(f"«{row}» cambió después de importarse: corríjalo a mano, o borre ese cambio primero.")


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)  # noqa: SLF001 - Django's own way to find one
    return str(getattr(field, "attname", name))


def _restore(model: type[models.Model], name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """A value as the journal kept it, back as the row holds it."""
    field = model._meta.get_field(name)  # noqa: SLF001 - Django's own way to find one
    return value if value is None or isinstance(field, models.ForeignKey) else field.to_python(value)  # type: ignore[union-attr]  # a column


def _require_preview(batch: Import) -> None:
    if batch.state == Import.State.READING:
        raise BadRecord("Los archivos todavía se están leyendo: espere un momento.")
    if batch.state != Import.State.PREVIEW:
        raise BadRecord("Esta importación ya se guardó. Para corregirla, deshágala y tráigala otra vez.")


def _origin(receipts: Sequence[Receipt]) -> str:
    names = dict.fromkeys(receipt.source_name for receipt in receipts if receipt.source_name)
    return " y ".join(names) or "Un archivo"
