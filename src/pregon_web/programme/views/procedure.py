"""The communications procedure: its editions, each with its steps and the minute that approved it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.programme.forms_plan import ApprovalForm, ProcedureForm
from pregon_web.programme.models import Procedure
from pregon_web.programme.selectors.plan import procedure_for, procedures_for
from pregon_web.programme.services import plan as services
from pregon_web.programme.views import editions
from pregon_web.recording import history_of, show_form, take_form

FIELDS = ("title", "code", "dated", "changes", "steps", "version")


@requires(*READERS)
@require_GET
def show_procedure(request: OfficeRequest) -> HttpResponse:
    """The edition in force: the last one approved; the draft where none was."""
    every = list(procedures_for(request.access))
    current = next((each for each in every if not each.is_draft), None) or next(iter(every), None)
    if current is None:
        context = {"place": "procedure", "writes": request.access.has_any(Role.EDITOR)}
        return render(request, "programme/no_procedure.html", context)
    return _show(request, current)


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_edition(request: OfficeRequest, pk: int) -> HttpResponse:
    """An edition of the procedure."""
    return _show(request, procedure_for(request.access, pk))


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_procedure(request: OfficeRequest) -> HttpResponse:
    """Write the procedure down for the first time."""
    form = ProcedureForm(request.POST or None, access=request.access, initial={"dated": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        take_form(form, lambda: services.add_procedure(access=request.access, fields=form.record))
        if not form.errors:
            messages.success(request, "Se abrió el borrador del procedimiento.")
            return redirect("procedure")
    context = _context("Escribir el procedimiento", reverse("add_procedure"), reverse("procedure"))
    return show_form(request, form, {**context, "button": "Abrir el borrador", "may_change": True})


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_procedure(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    row = procedure_for(request.access, pk)
    initial = {name: getattr(row, name) for name in FIELDS}
    form = ProcedureForm(request.POST or None, access=request.access, initial=initial)
    collision = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form,
            lambda: services.change_edition(access=request.access, row=row, fields=form.record, version=version),
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("procedure_edition", pk=pk)
    back = reverse("procedure_edition", args=[pk])
    told = {
        "button": "Guardar los cambios",
        "may_change": row.is_draft,
        "collision": collision,
        "history": history_of(row),
        "removal": reverse("remove_procedure", args=[pk]),
        "thing": "el borrador",
    }
    return show_form(request, form, {**_context(row.title, reverse("change_procedure", args=[pk]), back), **told})


@requires(Role.EDITOR)
@require_POST
def approve_procedure(request: OfficeRequest, pk: int) -> HttpResponse:
    """Note the minute that approves it."""
    return editions.approve(request, procedure_for(request.access, pk), _show, "procedure_edition")


@requires(Role.EDITOR)
@require_POST
def renew_procedure(request: OfficeRequest, pk: int) -> HttpResponse:
    """Begin the version that follows."""
    row = procedure_for(request.access, pk)
    return editions.renew(
        request, lambda: services.renew_procedure(access=request.access, procedure=row), row, "procedure_edition"
    )


@requires(Role.EDITOR)
@require_POST
def remove_procedure(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove a draft."""
    return editions.drop(request, procedure_for(request.access, pk), "procedure_edition", "procedure")


def _context(title: str, action: str, back: str) -> dict[str, Any]:
    return {"place": "procedure", "over": "Procedimiento", "title": title, "action": action, "back": back}


def _show(request: OfficeRequest, row: Procedure, approval: ApprovalForm | None = None, **context: Any) -> HttpResponse:
    told = {
        "place": "procedure",
        "editions": list(procedures_for(request.access)),
        "history": history_of(row),
        "writes": request.access.has_any(Role.EDITOR),
    }
    return editions.show_edition(request, "programme/procedure.html", row, {**told, **context}, approval)
