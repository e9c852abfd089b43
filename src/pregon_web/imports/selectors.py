"""Reads of the imports: what was brought, and what taking it would do to the quarter as it is now."""

from __future__ import annotations

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from pregon.audit.finding import Finding
from pregon.importers.intake import Receipt
from pregon.importers.placing import Placement, place_receipts
from pregon.importers.reconciling import reconcile
from pregon.importers.serial import receipt_from_values
from pregon_web.accounts.selectors import Access
from pregon_web.imports.models import Import, ImportFile, KeptAnswer
from pregon_web.ledger.selectors import ledger_dossier

HISTORY_SHOWN = 30
REPLACES = "replaces"
"""The answer by which the new figures take the place of those that differ."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: the receipts of its files, where everything goes, and what the lists lack."""

    receipts: tuple[Receipt, ...]
    placement: Placement
    findings: tuple[Finding, ...]

    @property
    def is_answered(self) -> bool:
        """Whether nothing is left to be asked."""
        return not self.placement.questions and not any(receipt.extract.questions for receipt in self.receipts)


def import_for(access: Access, period: str, pk: int) -> Import:
    """An import of the person's institution. Raises Http404."""
    return get_object_or_404(Import.objects.of(access.institution).select_related("brought_by"), period=period, pk=pk)


def imports_for(access: Access, period: str) -> list[tuple[Import, list[ImportFile]]]:
    """The imports of a quarter with their files, the last first."""
    rows = list(
        Import.objects.of(access.institution).filter(period=period).select_related("brought_by")[:HISTORY_SHOWN]
    )
    files: dict[int, list[ImportFile]] = {}
    for file in ImportFile.objects.of(access.institution).filter(batch__in=[row.pk for row in rows]):
        files.setdefault(file.batch_id, []).append(file)
    return [(row, files.get(row.pk, [])) for row in rows]


def files_of(access: Access, batch: Import) -> list[ImportFile]:
    """The files of an import, as they were handed in."""
    return list(ImportFile.objects.of(access.institution).filter(batch=batch))


def committed_before(access: Access, sha256: str) -> Import | None:
    """The import in force that already took a file with this content."""
    file = (
        ImportFile.objects.of(access.institution)
        .filter(sha256=sha256, batch__state=Import.State.COMMITTED)
        .select_related("batch")
        .first()
    )
    return file.batch if file is not None else None


def kept_answers_for(access: Access) -> dict[str, str]:
    """What the office answered once of the shapes of its own tables."""
    return dict(KeptAnswer.objects.of(access.institution).values_list("key", "value"))


def preview_of(access: Access, batch: Import) -> Preview:
    """What taking the import would do now."""
    receipts = tuple(receipt_from_values(values) for values in batch.receipts)
    dossier = ledger_dossier(access.institution, batch.period, with_evidence=True)
    replaces = batch.answers.get(REPLACES) == "yes"
    placement = place_receipts(receipts, dossier, batch.answers, replaces=replaces)
    return Preview(receipts, placement, reconcile(placement.dossier, placement.publications))
