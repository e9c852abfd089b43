"""Writes of the audits: read a document apart, audit it, keep both."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

import pregon
from pregon.audit.runner import audit_document
from pregon.readers.child import read_limited
from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.audits.models import Audit, UploadedDocument
from pregon_web.audits.presentation import present
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
