"""The communication matrix: who tells whom what, how often, by which media, and what proves it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.spanish import count_of
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.services import remove_record
from pregon_web.listing import Column, Filter, ListShape, export_listing, make_listing
from pregon_web.programme.forms_plan import MatrixForm
from pregon_web.programme.models import MatrixLine
from pregon_web.programme.selectors.plan import matrix_for, matrix_line_for
from pregon_web.programme.services.plan import save_matrix_line
from pregon_web.recording import history_of, show_form, take_form

COLUMNS = (
    Column("mensaje", "Mensaje", lambda row: row.message, "message"),
    Column("tipo", "Tipo", lambda row: row.get_kind_display(), "kind"),
    Column("emisor", "Emisor", lambda row: row.sender, "sender"),
    Column("receptor", "Receptor", lambda row: row.receiver, "receiver"),
    Column("frecuencia", "Frecuencia", lambda row: row.frequency, "frequency"),
    Column("medios", "Medios", lambda row: row.media),
    Column("evidencia", "Evidencia", lambda row: row.evidence),
)
SHAPE = ListShape(
    COLUMNS,
    ("message", "sender", "receiver", "frequency", "media", "evidence"),
    (Filter("tipo", "Tipo", list(MatrixLine.Reach.choices), lambda value: Q(kind=value)),),
)
FIELDS = ("kind", "sender", "receiver", "message", "frequency", "media", "evidence", "version")


@requires(*READERS)
@require_GET
def show_matrix(request: OfficeRequest) -> HttpResponse:
    """The whole matrix."""
    listing = make_listing(SHAPE, matrix_for(request.access), request.GET)
    context = {
        "place": "matrix",
        "listing": listing,
        "cells": [_cells(row) for row in listing.rows],
        "what": "Matriz de comunicación",
        "count_words": count_of(listing.total, "línea", "líneas"),
        "search_hint": "Mensaje, emisor, receptor o medio",
        "export_csv": reverse("export_matrix", args=["csv"]),
        "export_xlsx": reverse("export_matrix", args=["xlsx"]),
        "may_change": request.access.has_any(Role.EDITOR),
    }
    return render(request, "programme/matrix.html", context)


@requires(*READERS)
@require_GET
def export_matrix(request: OfficeRequest, suffix: str) -> HttpResponse:
    """What the list finds, as CSV or Excel."""
    return export_listing(SHAPE, matrix_for(request.access), request.GET, suffix, "matriz-de-comunicacion")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_matrix_line(request: OfficeRequest) -> HttpResponse:
    """Add a line."""
    form = MatrixForm(request.POST or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        take_form(form, lambda: save_matrix_line(access=request.access, line=None, fields=form.record))
        if not form.errors:
            messages.success(request, f"Se agregó «{form.cleaned_data['message']}».")
            return redirect("matrix")
    context = _context("Agregar una línea", reverse("add_matrix_line"))
    return show_form(request, form, {**context, "button": "Agregar la línea", "may_change": True})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_matrix_line(request: OfficeRequest, pk: int) -> HttpResponse:
    """A line with its history; whoever writes may change it here."""
    row = matrix_line_for(request.access, pk)
    initial = {name: getattr(row, name) for name in FIELDS}
    return _show(request, row, MatrixForm(access=request.access, initial=initial))


@requires(Role.EDITOR)
@require_POST
def change_matrix_line(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a line."""
    row = matrix_line_for(request.access, pk)
    form = MatrixForm(request.POST, access=request.access)
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: save_matrix_line(access=request.access, line=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("matrix")
    return _show(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def remove_matrix_line(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove a line, with the reason."""
    row = matrix_line_for(request.access, pk)
    remove_record(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    messages.success(request, f"Se borró «{row.message}».")
    return redirect("matrix")


def _show(request: OfficeRequest, row: MatrixLine, form: MatrixForm, **context: Any) -> HttpResponse:
    told = {
        "button": "Guardar los cambios",
        "thing": "la línea",
        "history": history_of(row),
        "removal": reverse("remove_matrix_line", args=[row.pk]),
        "may_change": request.access.has_any(Role.EDITOR),
    }
    base = _context(row.message, reverse("change_matrix_line", args=[row.pk]))
    return show_form(request, form, {**base, **told, **context})


def _context(title: str, action: str) -> dict[str, Any]:
    return {
        "place": "matrix",
        "over": "Matriz de comunicación",
        "title": title,
        "action": action,
        "back": reverse("matrix"),
    }


def _cells(row: MatrixLine) -> list[dict[str, str]]:
    return [
        {"text": row.message, "href": reverse("matrix_line", args=[row.pk])},
        {"text": row.get_kind_display()},
        {"text": row.sender},
        {"text": row.receiver},
        {"text": row.frequency},
        {"text": row.media},
        {"text": row.evidence} if row.evidence else {"text": "sin evidencia", "tag": "no-data"},
    ]
