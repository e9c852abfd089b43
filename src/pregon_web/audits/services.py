"""Writes of the audits: read a document apart, audit it, keep both; hand the document back with remarks in it."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

import pregon
from pregon.audit.annotations import annotate_findings
from pregon.audit.presentation import present
from pregon.audit.runner import audit_document
from pregon.readers import pdf, word
from pregon.readers.child import read_anchored_limited, read_limited
from pregon.writers.annotated import annotate
from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.audits.models import Audit, Decision, UploadedDocument
from pregon_web.audits.selectors import fingerprint_of
from pregon_web.journal.services import record_change


def audit_upload(*, access: Access, path: Path, name: str) -> Audit:
    """Audit the file at `path`, which its owner calls `name`. Nothing is kept unless it could be read.

    Raises:
        UnreadableFile: its text is one Spanish sentence for the person.
    """
    document = read_limited(path, name=name)
    result = audit_document(document)
    sha256 = vault.keep_file(access.institution.pk, path)
    with transaction.atomic():
        uploaded = UploadedDocument.objects.create(
            institution=access.institution,
            name=name,
            sha256=sha256,
            size=path.stat().st_size,
            uploaded_by=access.person,
        )
        audit = Audit.objects.create(
            institution=access.institution,
            document=uploaded,
            pregon_version=pregon.__version__,
            result=result.to_dict(),
            page=present(document, result),
        )
        record_change(
            institution=access.institution,
            person=access.person,
            action="create",
            subject=f"audits.audit:{audit.pk}",
            after={"document": uploaded.pk, "sha256": sha256, "findings": len(result.findings)},
        )
    return audit


def name_annotated(name: str) -> str:
    """What the copy with remarks in it is called to its reader, «Word» or «PDF»; "" where there can be none.

    The document was read, so its ending says what it is.
    """
    suffix = Path(name).suffix.casefold()
    return next((reader.NAME for reader in (word, pdf) if suffix in reader.SUFFIXES), "")


def annotate_upload(*, access: Access, audit: Audit) -> bytes:
    """The kept Word file or PDF with what this version of Pregón has to say of each figure, beside it.

    Raises:
        UnreadableFile: the file could not be read again, or its owner forbids changes.
    """
    path = vault.path_of(access.institution.pk, audit.document.sha256)
    document, anchors = read_anchored_limited(path, name=audit.document.name)
    return annotate(path.read_bytes(), document, anchors, annotate_findings(audit_document(document)))


def decide(*, access: Access, audit: Audit, number: int, choice: str, reason: str) -> Decision:
    """Keep what was decided of a finding, by its number in the audit.

    Raises:
        KeyError: the audit has no finding of that number.
    """
    finding = next((each for each in audit.page["findings"] if each["number"] == number), None)
    if finding is None:
        raise KeyError(number)
    with transaction.atomic():
        decision = Decision.objects.create(
            institution=access.institution,
            sha256=audit.document.sha256,
            finding=fingerprint_of(finding),
            choice=choice,
            reason=reason,
            by=access.person,
        )
        record_change(
            institution=access.institution,
            person=access.person,
            action="decide",
            subject=f"audits.decision:{decision.pk}",
            after={"audit": audit.pk, "finding": number, "code": finding["code"], "choice": choice, "reason": reason},
        )
    return decision
