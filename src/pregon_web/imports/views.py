"""Bring files, see what each is and what it would change, take it, undo it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words
from pregon.importers.base import Question
from pregon.importers.intake import Receipt
from pregon.importers.placing import Outcome, Placement, summarise
from pregon.importers.registry import load_sources
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.imports.forms import ImportForm
from pregon_web.imports.models import Import
from pregon_web.imports.reading import AT
from pregon_web.imports.selectors import REPLACES, Preview, files_of, import_for, imports_for, preview_of
from pregon_web.imports.services import Brought, answer_questions, bring_files, commit_import, undo_import
from pregon_web.ledger.selectors import is_closed
from pregon_web.ledger.services import BadRecord, ClosedPeriod

OPEN_QUESTIONS = frozenset({"office"})
"""Questions with choices that also take other words: who of a chat is the office, by letter or by name."""


@requires(*READERS)
@require_GET
def show_imports(request: OfficeRequest, period: str) -> HttpResponse:
    """The place to bring files, and what was brought before."""
    return _render_imports(request, period, ImportForm())


@requires(Role.EDITOR)
@require_POST
def upload_files(request: OfficeRequest, period: str) -> HttpResponse:
    """Keep and read the files; what they would change is shown before anything is recorded."""
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        uploads: list[TemporaryUploadedFile] = form.cleaned_data["exports"]
        brought = [Brought(Path(upload.temporary_file_path()), upload.name or "archivo") for upload in uploads]
        try:
            batch = bring_files(access=request.access, period=period, files=brought)
        except BadRecord as error:
            form.add_error("exports", str(error))
        else:
            return redirect("import", period=period, pk=batch.pk)
    return _render_imports(request, period, form, status=422)


@requires(*READERS)
@require_GET
def show_import(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """What each file is and what it would change, or what it changed."""
    return _render_import(request, import_for(request.access, period, pk))


@requires(Role.EDITOR)
@require_POST
def answer_import(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """What the person says of the files; they are read again with it."""
    batch = import_for(request.access, period, pk)
    asked = _asked(preview_of(request.access, batch))
    answers = {key: str(request.POST.get(key, "")).strip()[:200] for key in asked}
    answers[REPLACES] = "yes" if request.POST.get(REPLACES) else "no"
    try:
        answer_questions(access=request.access, batch=batch, answers=answers)
    except BadRecord as error:
        return _render_import(request, batch, str(error))
    return redirect("import", period=period, pk=pk)


@requires(Role.EDITOR)
@require_POST
def commit(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Take it."""
    batch = import_for(request.access, period, pk)
    try:
        taken = commit_import(access=request.access, batch=batch)
    except (BadRecord, ClosedPeriod) as error:
        return _render_import(request, batch, str(error))
    added, changed = taken.summary["added"], taken.summary["changed"]
    told = [count_of(added, "registro nuevo", "registros nuevos")]
    if changed:
        told.append(count_of(changed, "cambiado", "cambiados"))
    messages.success(request, f"Se guardó la importación: {join_words(told)}.")
    return redirect("import", period=period, pk=pk)


@requires(Role.EDITOR)
@require_POST
def undo(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Take back all that it recorded."""
    batch = import_for(request.access, period, pk)
    try:
        undo_import(access=request.access, batch=batch)
    except (BadRecord, ClosedPeriod) as error:
        return _render_import(request, batch, str(error))
    messages.success(request, "Se deshizo la importación: los registros quedaron como estaban antes.")
    return redirect("import", period=period, pk=pk)


def _render_imports(request: OfficeRequest, period: str, form: ImportForm, status: int = 200) -> HttpResponse:
    closed = is_closed(request.access.institution, period)
    context = {
        "place": "imports",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "form": form,
        "history": imports_for(request.access, period),
        "sources": [source for source in load_sources() if source.says],
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "is_closed": closed,
    }
    return render(request, "imports/imports.html", context, status=status)


def _render_import(request: OfficeRequest, batch: Import, problem: str = "") -> HttpResponse:
    if batch.state == Import.State.READING:
        context = {"place": "imports", "period": batch.period, "batch": batch, "files": files_of(request.access, batch)}
        return render(request, "imports/reading.html", context)
    is_preview = batch.state == Import.State.PREVIEW
    closed = is_closed(request.access.institution, batch.period)
    preview = preview_of(request.access, batch)
    context = {
        "place": "imports",
        "period": batch.period,
        "batch": batch,
        "problem": problem,
        "files": files_of(request.access, batch),
        "receipts": [
            _describe(receipt, preview.placement, batch, number)
            for number, receipt in enumerate(preview.receipts, start=1)
        ],
        "questions": [
            _ask(each, each.key, batch, f"canal-{place}")
            for place, each in enumerate(preview.placement.questions, start=1)
        ],
        "remarks": preview.placement.remarks,
        "findings": preview.findings if is_preview else (),
        "added": len(preview.placement.of(Outcome.ADDED)),
        "changed": len(preview.placement.of(Outcome.CHANGED)),
        "asks": not preview.is_answered,
        "replaces": batch.answers.get(REPLACES) == "yes",
        "has_differences": _has_differences(preview.placement) or batch.answers.get(REPLACES) == "yes",
        "is_preview": is_preview,
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "is_closed": closed,
    }
    return render(request, "imports/import.html", context, status=422 if problem else 200)


def _ask(question: Question, name: str, batch: Import, number: str) -> dict[str, Any]:
    """A question as a field: its name in the form, its choices, what was answered; an open one takes other words."""
    return {
        "key": name,
        "number": number,
        "sentence": question.sentence,
        "choices": question.choices,
        "is_open": question.key in OPEN_QUESTIONS,
        "value": batch.answers.get(name, ""),
    }


def _describe(receipt: Receipt, placement: Placement, batch: Import, number: int) -> dict[str, Any]:
    """A file as the page shows it: what it is, what was mended, what is asked, and what became of what it holds."""
    extract = receipt.extract
    own = [each for each in placement.placed if receipt.sha256 and receipt.sha256 in each.files]
    period = extract.period
    return {
        "place": receipt.place,
        "source": receipt.source_name,
        "why": receipt.why,
        "period": period.span_title if period is not None else "",
        "same_as": receipt.same_as,
        "refused": extract.refused,
        "repairs": extract.repairs,
        "remarks": extract.remarks,
        "questions": [
            _ask(each, f"{each.key}{AT}{receipt.place}", batch, f"{number}-{place}")
            for place, each in enumerate(extract.questions, start=1)
        ],
        "outcomes": [
            {"name": name, "css": css, "told": told}
            for outcome, name, css in (
                (Outcome.ADDED, "Se añade", "is-ok"),
                (Outcome.CHANGED, "Cambia", "is-open"),
                (Outcome.KEPT, "Ya estaba", ""),
                (Outcome.LEFT_OUT, "Queda fuera", "is-gap"),
            )
            if (told := summarise([each for each in own if each.outcome is outcome]))
        ],
    }


def _has_differences(placement: Placement) -> bool:
    return any("no se cambió" in each.what for each in placement.of(Outcome.LEFT_OUT))


def _asked(preview: Preview) -> Sequence[str]:
    """The names in the form of everything that can be answered now."""
    by_file = [
        f"{question.key}{AT}{receipt.place}" for receipt in preview.receipts for question in receipt.extract.questions
    ]
    return [*by_file, *(question.key for question in preview.placement.questions)]
