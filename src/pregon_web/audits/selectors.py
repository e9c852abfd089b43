"""Reads of the audits."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from pregon_web.accounts.selectors import Access
from pregon_web.audits.models import Audit

HISTORY_SHOWN = 30


def audit_for(access: Access, pk: int) -> Audit:
    """An audit of the person's institution; Http404 where it has none with that number."""
    return get_object_or_404(Audit.objects.of(access.institution).select_related("document__uploaded_by"), pk=pk)


def latest_audits_for(access: Access) -> list[Audit]:
    """The last audits of the person's institution, newest first; without the text of the documents."""
    rows = Audit.objects.of(access.institution).select_related("document__uploaded_by")
    return list(rows.defer("result")[:HISTORY_SHOWN])
