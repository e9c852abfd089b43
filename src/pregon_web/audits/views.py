"""Bring a document; see what was found in it."""

from __future__ import annotations

import io
import json
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

import pregon
from pregon.audit.presentation import tell_headline
from pregon.writers.audit_page import render_findings, render_paper
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.audits.forms import DecisionForm, DocumentForm, name_formats
from pregon_web.audits.models import Audit, Decision, Submission
from pregon_web.audits.selectors import audit_for, decisions_for, latest_audits_for, submission_for
from pregon_web.audits.services import annotate_upload, decide, name_annotated, submit_document
from pregon_web.quarter.selectors import periods_for


@requires(*READERS)
@require_GET
def show_audits(request: OfficeRequest) -> HttpResponse:
    """The place to bring a document, and those brought before."""
    return _render_audits(request, DocumentForm(periods=periods_for(request.access)))


@requires(*READERS)
@require_POST
def upload_document(request: OfficeRequest) -> HttpResponse:
    """Read and audit the document; what cannot be read leaves one sentence and nothing else."""
    form = DocumentForm(request.POST, request.FILES, periods=periods_for(request.access))
    if form.is_valid():
        upload: TemporaryUploadedFile = form.cleaned_data["document"]
        submission = submit_document(
            access=request.access,
            path=Path(upload.temporary_file_path()),
            name=upload.name or "documento",
            against=form.cleaned_data["against"],
        )
        if submission.state != Submission.State.REFUSED:
            return redirect("submission", pk=submission.pk)
        form.add_error("document", submission.problem)
    return _render_audits(request, form, status=422)


@requires(*READERS)
@require_GET
def show_submission(request: OfficeRequest, pk: int) -> HttpResponse:
    """A document that is being read: the page asks again by itself until its audit is there."""
    submission = submission_for(request.access, pk)
    if submission.audit_id is not None:
        return redirect("audit", pk=submission.audit_id)
    context = {"place": "audits", "submission": submission, "is_waiting": submission.state == Submission.State.WAITING}
    return render(request, "audits/submission.html", context)


@requires(*READERS)
@require_GET
def show_audit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Left, the findings; right, the document: drawn as `pregon audit --format html` draws them."""
    return _render_audit(request, audit_for(request.access, pk))


def _render_audit(request: OfficeRequest, audit: Audit, *, problem: str = "", status: int = 200) -> HttpResponse:
    title, lead = tell_headline(audit.page)
    decisions = decisions_for(request.access, audit)
    closings = {
        finding["number"]: render_to_string(
            "audits/decision.html",
            {
                "audit": audit,
                "number": finding["number"],
                "decision": decisions.get(finding["number"]),
                "choices": Decision.Choice.choices,
            },
            request,
        )
        for finding in audit.page["findings"]
    }
    context = {
        "place": "audits",
        "audit": audit,
        "page": audit.page,
        "title": title,
        "lead": lead,
        "findings": mark_safe(render_findings(audit.page, closings)),  # noqa: S308 -- the library's own HTML, every word escaped
        "paper": mark_safe(render_paper(audit.page, name=audit.document.name)),  # noqa: S308 -- as above
        "problem": problem,
        "annotated": name_annotated(audit.document.name),
    }
    return render(request, "audits/audit.html", context, status=status)


@requires(*READERS)
@require_POST
def decide_finding(request: OfficeRequest, pk: int, number: int) -> HttpResponse:
    """Corrected, accepted with a reason, or no error: remembered when the same document comes back."""
    audit = audit_for(request.access, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        problem = next(str(error) for errors in form.errors.values() for error in errors)
        return _render_audit(request, audit, problem=problem, status=422)
    try:
        decide(access=request.access, audit=audit, number=number, **form.cleaned_data)
    except KeyError as error:
        raise Http404 from error
    return redirect(f"{reverse('audit', args=[pk])}#h{number}")


@requires(*READERS)
@require_GET
def download_findings(request: OfficeRequest, pk: int) -> HttpResponse:
    """The findings as `pregon audit --format json` prints them."""
    audit = audit_for(request.access, pk)
    response = HttpResponse(
        json.dumps(audit.result, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="hallazgos-{audit.pk}.json"'
    return response


@requires(*READERS)
@require_GET
def download_annotated(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The person's own Word file or PDF with a remark on each figure."""
    audit = audit_for(request.access, pk)
    if not name_annotated(audit.document.name):
        raise Http404
    try:
        content = annotate_upload(access=request.access, audit=audit)
    except pregon.UnreadableFile as error:
        return _render_audit(request, audit, problem=str(error), status=422)
    stem, _, suffix = audit.document.name.rpartition(".")
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=f"{stem}-anotado.{suffix}")


def _render_audits(request: OfficeRequest, form: DocumentForm, status: int = 200) -> HttpResponse:
    context = {
        "place": "audits",
        "form": form,
        "audits": latest_audits_for(request.access),
        "formats": name_formats(),
    }
    return render(request, "audits/audits.html", context, status=status)
