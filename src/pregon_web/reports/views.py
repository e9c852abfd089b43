"""The report's preview beside its own audit, and its files."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from pregon.audit.finding import Severity
from pregon.document.prose import FigureKind
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.quarter.panels import lacking_sections
from pregon_web.quarter.selectors import quarter_for
from pregon_web.reports.selectors import Report, report_of
from pregon_web.reports.services import make_report_file

CSS = {
    Severity.CONTRADICTION: "is-bad",
    Severity.GAP: "is-gap",
    Severity.EXPOSURE: "is-expo",
    Severity.INCONCLUSIVE: "is-open",
    Severity.ADVICE: "",
}


@requires(*READERS)
@require_GET
def show_report(request: OfficeRequest, period: str) -> HttpResponse:
    """Left, what Pregón says of the report; right, the report."""
    quarter = quarter_for(request.access, period)
    if quarter.dossier is None:
        return redirect("quarter", period=period)  # where the records are brought
    report = report_of(quarter)
    context = {
        "place": "report",
        "quarter": quarter,
        "report": report,
        "title": quarter.dossier.period.title,
        "lacking": lacking_sections(report.sections, timezone.localdate()),
        "voices": _voices(report),
        "figures": sum(figure.kind is FigureKind.NUMBER for figure in report.document.figures()),
        # Written by our own writer, which escapes what people wrote; a test holds it to that.
        "preview": mark_safe(report.preview),  # noqa: S308 - see the line above
    }
    return render(request, "reports/report.html", context)


@requires(*READERS)
@require_GET
def download_report(request: OfficeRequest, period: str, file_format: str) -> FileResponse:
    """The report as a file: docx, pdf, html or xlsx. Always handed over, never shown from our own address."""
    made = make_report_file(request.access, period, file_format)
    return FileResponse(made.path.open("rb"), as_attachment=True, filename=made.name, content_type=made.content_type)


def _voices(report: Report) -> list[dict[str, Any]]:
    """The audit's count for each severity; contradictions are told even when there are none."""
    lines = []
    for severity in Severity:
        found = [finding for finding in report.audit.findings if finding.severity is severity]
        if found or severity is Severity.CONTRADICTION:
            word = severity.word if len(found) == 1 else severity.plural
            lines.append(
                {
                    "css": CSS[severity] if found else "is-ok",
                    "sign": severity.sign if found else "=",
                    "name": severity.word if found else "cuadra",
                    "count": len(found),
                    "word": word,
                    "findings": found,
                }
            )
    return lines
