"""What the institution sets for its requests: kinds, the table of terms, and the days on which it does not work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.spanish import print_date
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.recording import history_of, show_form, take_form
from pregon_web.workflow.forms import ClosureForm, KindForm, TermsForm, term_key
from pregon_web.workflow.models import Kind, Priority
from pregon_web.workflow.selectors import closure_for, closures_for, kind_for, terms_of
from pregon_web.workflow.services import ensure_defaults
from pregon_web.workflow.settings import add_closure, keep_kind, keep_terms, remove_closure


@requires(*READERS)
@require_GET
def show_terms(request: OfficeRequest) -> HttpResponse:
    """The table of terms with the kinds, and the local closures."""
    if request.access.body is None:  # who supervises looks, and leaves nothing behind
        ensure_defaults(request.access.institution)
    return _show(request)


@requires(Role.ADMINISTRATOR)
@require_POST
def save_terms(request: OfficeRequest) -> HttpResponse:
    """Keep the table."""
    form = TermsForm(request.POST, access=request.access)
    if not form.is_valid():
        return _show(request, terms=form)
    changed = keep_terms(access=request.access, terms=form.terms)
    lines = "1 plazo" if changed == 1 else f"{changed} plazos"
    messages.success(request, f"Se guardó la tabla: {'cambió' if changed == 1 else 'cambiaron'} {lines}.")
    return redirect("terms")


@requires(Role.ADMINISTRATOR)
@require_POST
def close_day(request: OfficeRequest) -> HttpResponse:
    """Note a local day off."""
    form = ClosureForm(request.POST, access=request.access)
    if form.is_valid():
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
        take_form(form, lambda: add_closure(access=request.access, day=day, reason=reason))
        if not form.errors:
            messages.success(request, f"El {print_date(day)} no cuenta como día hábil.")
            return redirect("terms")
    return _show(request, closing=form)


@requires(Role.ADMINISTRATOR)
@require_POST
def open_day(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take back a local day off."""
    row = closure_for(request.access, pk)
    remove_closure(access=request.access, row=row)
    messages.success(request, f"El {print_date(row.day)} vuelve a contar como día hábil.")
    return redirect("terms")


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_kind(request: OfficeRequest) -> HttpResponse:
    """Add a kind of request."""
    return _take_kind(request, None, "Agregar un tipo", reverse("add_kind"))


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_kind(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a kind of request."""
    row = kind_for(request.access, pk)
    return _take_kind(request, row, row.name, reverse("kind", args=[pk]))


def _take_kind(request: OfficeRequest, row: Kind | None, title: str, action: str) -> HttpResponse:
    names = ("name", "counts_as", "is_active", "version")
    initial = {name: getattr(row, name) for name in names} if row else {"is_active": True}
    form = KindForm(request.POST or None, access=request.access, kind=row, initial=initial)
    collision = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: keep_kind(access=request.access, row=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardó el tipo. Revise su plazo en la tabla.")
            return redirect("terms")
    context = {
        "place": "terms",
        "over": "Plazos",
        "title": title,
        "action": action,
        "back": reverse("terms"),
        "button": "Guardar el tipo",
        "may_change": True,
        "history": history_of(row) if row else [],
        "collision": collision,
    }
    return show_form(request, form, context)


def _show(request: OfficeRequest, terms: TermsForm | None = None, closing: ClosureForm | None = None) -> HttpResponse:
    access = request.access
    known = terms_of(access.institution)
    initial = {term_key(kind, priority): days for (kind, priority), days in known.items()}
    context: dict[str, Any] = {
        "place": "terms",
        "terms": terms or TermsForm(access=access, initial=initial),
        "priorities": [priority.label for priority in Priority],
        "closures": list(closures_for(access)),
        "closing": closing or ClosureForm(access=access),
        "may_change": access.has_any(Role.ADMINISTRATOR) and access.body is None,
    }
    refused = bool((terms and terms.errors) or (closing and closing.errors))
    return render(request, "workflow/terms.html", context, status=422 if refused else 200)
