"""The report beside its own audit, and its files; the same of a year, and the pack of what backs a quarter."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from pregon.audit.finding import Severity
from pregon.document.prose import FigureKind
from pregon.figures.period import Period
from pregon.report.rollup.compose import Reader
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.quarter.panels import lacking_sections
from pregon_web.quarter.selectors import quarter_for
from pregon_web.reports.selectors import Report, YearReport, report_of, year_report_for
from pregon_web.reports.services import make_evidence_pack, make_report_file, make_year_file

FOR, COUNCIL = "para", "concejo"

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
        "year": quarter.dossier.period.end.year,
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


@requires(*READERS)
@require_GET
def download_pack(request: OfficeRequest, period: str) -> FileResponse:
    """The evidence of the quarter in one zip, with its index and its hashes."""
    made = make_evidence_pack(request.access, period)
    return FileResponse(made.path.open("rb"), as_attachment=True, filename=made.name, content_type=made.content_type)


@requires(*READERS)
@require_GET
def show_year(request: OfficeRequest, year: int) -> HttpResponse:
    """The report of a year from its quarters, for the institution or for the council."""
    reader = _reader(request)
    report = year_report_for(request.access, year, reader)
    context = {
        "place": "report",
        "year": year,
        "report": report,
        "is_council": reader is Reader.COUNCIL,
        "asked": f"?{FOR}={COUNCIL}" if reader is Reader.COUNCIL else "",
        "quarters": [(str(quarter.period), quarter.period.title) for quarter in report.quarters],
        "lacking": [
            period.title
            for number in range(1, 5)
            if (period := Period.quarter(year, number)) not in {quarter.period for quarter in report.quarters}
        ],
        "voices": _voices(report),
        # Written by our own writer, which escapes what people wrote; a test holds it to that.
        "preview": mark_safe(report.preview),  # noqa: S308 - see the line above
    }
    return render(request, "reports/year.html", context)


@requires(*READERS)
@require_GET
def download_year(request: OfficeRequest, year: int, file_format: str) -> FileResponse:
    """The report of a year as a file: docx, pdf, html or xlsx."""
    made = make_year_file(request.access, year, _reader(request), file_format)
    return FileResponse(made.path.open("rb"), as_attachment=True, filename=made.name, content_type=made.content_type)


def _reader(request: OfficeRequest) -> Reader:
    return Reader.COUNCIL if request.GET.get(FOR) == COUNCIL else Reader.INSTITUTION


def _voices(report: Report | YearReport) -> list[dict[str, Any]]:
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
