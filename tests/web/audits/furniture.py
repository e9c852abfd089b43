"""What the access tests put in the audits."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pregon
from pregon.audit.presentation import present
from pregon.audit.runner import audit_document
from pregon_web.accounts.models import Role
from pregon_web.audits.models import Audit, Decision, Submission, UploadedDocument
from pregon_web.audits.selectors import fingerprint_of
from tests.web.towns import Town

# The same in every institution, as a document that was sent to all of them: what each decided of it is its own.
SHA256 = "0" * 64
REPORT = """<!doctype html><html lang="es"><title>{canary}</title><h1>Informe de {canary}</h1>
<table><tr><th>Canal</th><th>Octubre</th><th>Noviembre</th><th>Diciembre</th><th>Total</th></tr>
<tr><th>WhatsApp</th><td>10</td><td>13</td><td>14</td><td>36</td></tr>
<tr><th>Facebook</th><td>44</td><td>24</td><td>26</td><td>94</td></tr></table></html>"""


@cache
def audited(canary: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The result of a report that contradicts itself, and the page of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{canary}.html"
        path.write_text(REPORT.format(canary=canary), encoding="utf-8")
        document = pregon.read(path)
    result = audit_document(document)
    return result.to_dict(), present(document, result)


def furnish(town: Town, canary: str) -> dict[str, object]:
    """An audit with a finding and what was decided of it."""
    editor = town.people[Role.EDITOR]
    document = UploadedDocument.objects.create(
        institution=town.institution, name=f"{canary}.docx", sha256=SHA256, size=1, uploaded_by=editor
    )
    result, page = audited(canary)
    audit = Audit.objects.create(
        institution=town.institution, document=document, pregon_version="0", result=result, page=page
    )
    Decision.objects.create(
        institution=town.institution,
        sha256=SHA256,
        finding=fingerprint_of(page["findings"][0]),
        choice=Decision.Choice.ACCEPTED,
        reason=f"{canary}: así lo mandó la sede",
        by=editor,
    )
    waiting = Submission.objects.create(
        institution=town.institution,
        name=f"{canary}.docx",
        token="0" * 32,
        state=Submission.State.REFUSED,
        problem=canary,
        by=editor,
    )
    return {
        "submission.pk": waiting.pk,
        "pk": audit.pk,
        "number": 1,
        "upload_document:document": (f"{canary}.html", REPORT.format(canary=canary).encode()),
        "decide_finding:choice": "corrected",
    }
