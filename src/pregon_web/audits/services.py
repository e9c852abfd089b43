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
from pregon_web.audits.models import Audit, Decision, Submission, UploadedDocument
from pregon_web.audits.selectors import fingerprint_of
from pregon_web.journal.services import record_change
from pregon_web.quarter.selectors import dossier


@transaction.atomic
def submit_document(*, access: Access, path: Path, name: str, against: str = "") -> Submission:
    """Set a file aside to be read by the background work, and hand it over. Answers where its fate will stand."""
    from pregon_web.audits.tasks import audit_submitted

    submission = Submission.objects.create(
        institution=access.institution,
        name=name[:200],
        token=vault.set_aside(access.institution.pk, path),
        against=against,
        by=access.person,
    )
    audit_submitted.enqueue(access.institution.pk, access.person.pk, submission.pk)
    submission.refresh_from_db()  # where tasks are done at once, its fate is known already
    return submission


def audit_submission(*, access: Access, submission: Submission) -> None:
    """Read and audit a file that waits. Doing it twice is doing it once: a killed worker's task is done again."""
    held = Submission.objects.of(access.institution).get(pk=submission.pk)
    if held.state != Submission.State.WAITING:
        return
    path = vault.aside_path(access.institution.pk, held.token)
    try:
        audit_upload(access=access, path=path, name=held.name, against=held.against, submission=held)
    except pregon.UnreadableFile as error:
        held.state, held.problem = Submission.State.REFUSED, str(error)[:500]
        held.save(update_fields=["state", "problem"])
    path.unlink(missing_ok=True)


def audit_upload(
    *, access: Access, path: Path, name: str, against: str = "", submission: Submission | None = None
) -> Audit:
    """Audit the file at `path`, which its owner calls `name`. Nothing is kept unless it could be read.

    `against` is the quarter whose records it is compared with, where there are any. A `submission` is settled in the
    same transaction.

    Raises:
        UnreadableFile: its text is one Spanish sentence for the person.
    """
    document = read_limited(path, name=name)
    records = dossier(access.institution, against) if against else None
    result = audit_document(document, against=records)
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
            against=against if records is not None else "",
        )
        if submission is not None:
            submission.state, submission.audit = Submission.State.DONE, audit
            submission.save(update_fields=["state", "audit"])
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
    records = dossier(access.institution, audit.against) if audit.against else None
    result = audit_document(document, against=records)
    return annotate(path.read_bytes(), document, anchors, annotate_findings(result))


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
