"""Incidents: the misuses of what was published, in a list and one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, print_date
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.selectors import evidence_chosen, is_closed
from pregon_web.ledger.services import BadRecord, ClosedPeriod, change_record, remove_record
from pregon_web.listing import Column, Filter, ListShape, export_listing, make_listing
from pregon_web.recording import history_of, show_form, take_form
from pregon_web.risks.following import add_incident as keep_incident
from pregon_web.risks.forms import IncidentForm
from pregon_web.risks.models import Incident, IncidentKind
from pregon_web.risks.selectors import incident_for, incidents_for

COLUMNS = (
    Column("incidente", "Qué pasó", lambda row: row.description, "description"),
    Column("tipo", "Qué fue", lambda row: row.get_kind_display(), "kind"),
    Column("fecha", "Fecha", lambda row: row.happened_on, "happened_on"),
    Column("riesgo", "Riesgo", lambda row: row.risk.reference if row.risk else "", "risk__reference"),
    Column("respuesta", "Qué se hizo", lambda row: row.answer),
    Column("referencia", "Referencia", lambda row: row.reference, "reference"),
)
SHAPE = ListShape(
    COLUMNS,
    ("reference", "description", "answer"),
    (Filter("tipo", "Qué fue", list(IncidentKind.choices), lambda value: Q(kind=value)),),
    "-fecha",
)
FIELDS = ("happened_on", "kind", "description", "answer", "risk", "evidence", "version")


@requires(*READERS)
@require_GET
def show_incidents(request: OfficeRequest, period: str) -> HttpResponse:
    """The incidents of a quarter."""
    listing = make_listing(SHAPE, incidents_for(request.access, period), request.GET)
    context = {
        "place": "risks",
        "tab": "incidents",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "listing": listing,
        "cells": [_cells(row) for row in listing.rows],
        "what": "Incidentes",
        "count_words": count_of(listing.total, "incidente", "incidentes"),
        "search_hint": "Qué pasó o referencia",
        "export_csv": reverse("export_incidents", args=[period, "csv"]),
        "export_xlsx": reverse("export_incidents", args=[period, "xlsx"]),
        "may_change": request.access.has_any(Role.EDITOR) and not is_closed(request.access.institution, period),
    }
    return render(request, "risks/incidents.html", context)


@requires(*READERS)
@require_GET
def export_incidents(request: OfficeRequest, period: str, suffix: str) -> HttpResponse:
    """What the list shows, as CSV or Excel."""
    rows = incidents_for(request.access, period)
    return export_listing(SHAPE, rows, request.GET, suffix, f"incidentes-{period}")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_incident(request: OfficeRequest, period: str) -> HttpResponse:
    """Record an incident."""
    form = IncidentForm(request.POST or None, access=request.access, period=period)
    if request.method == "POST" and form.is_valid():
        take_form(form, lambda: keep_incident(access=request.access, period=period, fields=form.record))
        if not form.errors:
            messages.success(request, "Se anotó el incidente.")
            return redirect("incidents", period=period)
    context = _context(period, "Anotar un incidente", reverse("add_incident", args=[period]))
    return show_form(request, form, {**context, "button": "Anotar el incidente", "may_change": True})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_incident(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """An incident with its history; whoever writes may change it here."""
    row = incident_for(request.access, period, pk)
    initial = {name: getattr(row, name) for name in FIELDS}
    initial["evidence"] = evidence_chosen(request.access, period, request.GET.get("evidencia", "")) or row.evidence
    return _show(request, row, IncidentForm(access=request.access, period=period, initial=initial))


@requires(Role.EDITOR)
@require_POST
def change_incident(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Change an incident."""
    row = incident_for(request.access, period, pk)
    form = IncidentForm(request.POST, access=request.access, period=period)
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: change_record(access=request.access, row=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("incident", period=period, pk=pk)
    return _show(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def remove_incident(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Remove an incident that never was, with the reason."""
    row = incident_for(request.access, period, pk)
    try:
        remove_record(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return redirect("incident", period=period, pk=pk)
    messages.success(request, f"Se borró el incidente {row.reference}.")
    return redirect("incidents", period=period)


def _show(request: OfficeRequest, row: Incident, form: IncidentForm, **context: Any) -> HttpResponse:
    closed = is_closed(request.access.institution, row.period)
    base = _context(row.period, f"Incidente {row.reference}", reverse("change_incident", args=[row.period, row.pk]))
    told = {
        "row": row,
        "thing": "el incidente",
        "button": "Guardar los cambios",
        "history": history_of(row),
        "removal": reverse("remove_incident", args=[row.period, row.pk]),
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "closed": "Sus registros no cambian hasta que se reabra." if closed else "",
    }
    return show_form(request, form, {**base, **told, **context}, template="risks/incident.html")


def _context(period: str, title: str, action: str) -> dict[str, Any]:
    return {
        "place": "risks",
        "period": period,
        "over": "Incidentes",
        "title": title,
        "action": action,
        "back": reverse("incidents", args=[period]),
    }


def _cells(row: Incident) -> list[dict[str, str]]:
    text = row.description if len(row.description) <= 90 else f"{row.description[:89]}…"
    return [
        {"text": text, "href": reverse("incident", args=[row.period, row.pk])},
        {"text": row.get_kind_display()},
        {"text": print_date(row.happened_on, short=True), "css": "nowrap"},
        {"text": row.risk.reference if row.risk else "Ninguno"},
        {"text": row.answer or "Sin anotar"},
        {"text": row.reference, "css": "nowrap"},
    ]
