"""What the access tests put among the imports."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pregon.importers.base import Extract
from pregon.importers.intake import Receipt
from pregon.importers.serial import receipt_to_values
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.imports.models import Import, ImportFile, KeptAnswer
from tests.web.records import QUARTER
from tests.web.towns import Town


def furnish(town: Town, canary: str) -> dict[str, object]:
    """An import that waits to be taken, with its file and what was read in it."""
    receipt = Receipt(f"{canary}.csv", "0" * 64, "x-content", "X", canary, Extract(remarks=(canary,)))
    batch = Import.objects.create(
        institution=town.institution,
        period=str(QUARTER),
        brought_by=town.people[Role.EDITOR],
        receipts=[receipt_to_values(receipt)],
        state=Import.State.PREVIEW,
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{canary}.csv"
        path.write_text(canary, encoding="utf-8")
        sha256 = vault.keep_file(town.institution.pk, path)
    ImportFile.objects.create(
        institution=town.institution, batch=batch, name=f"{canary}.csv", sha256=sha256, size=len(canary)
    )
    KeptAnswer.objects.create(institution=town.institution, key=canary, value=canary)
    return {
        "period": str(QUARTER),
        "import.pk": batch.pk,
        "answer_import.pk": batch.pk,
        "commit_import.pk": batch.pk,
        "undo_import.pk": batch.pk,
        "upload_files:exports": (f"{canary}.csv", canary.encode()),
    }
