"""Reads of the audits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404

from pregon_web.accounts.selectors import Access
from pregon_web.audits.models import Audit, Decision, Submission

HISTORY_SHOWN = 30


def audit_for(access: Access, pk: int) -> Audit:
    """An audit of the person's institution; Http404 where it has none with that number."""
    return get_object_or_404(Audit.objects.of(access.institution).select_related("document__uploaded_by"), pk=pk)


def submission_for(access: Access, pk: int) -> Submission:
    """A file of the person's institution that waits, or what became of it. Raises Http404."""
    return get_object_or_404(Submission.objects.of(access.institution), pk=pk)


def latest_audits_for(access: Access) -> list[Audit]:
    """The last audits of the person's institution, newest first; without the text of the documents."""
    rows = Audit.objects.of(access.institution).select_related("document__uploaded_by")
    return list(rows.defer("result")[:HISTORY_SHOWN])


def fingerprint_of(finding: Mapping[str, Any]) -> str:
    """What a finding is known by in every reading of the same document: its rule and its sentence."""
    return hashlib.sha256(f"{finding['code']}\n{finding['title']}".encode()).hexdigest()


def decisions_for(access: Access, audit: Audit) -> dict[int, Decision]:
    """The last decision on each finding of an audit, by the finding's number, whenever this document came."""
    rows = Decision.objects.of(access.institution).filter(sha256=audit.document.sha256).select_related("by")
    last = {decision.finding: decision for decision in rows}
    numbered = ((finding["number"], last.get(fingerprint_of(finding))) for finding in audit.page["findings"])
    return {number: decision for number, decision in numbered if decision is not None}
