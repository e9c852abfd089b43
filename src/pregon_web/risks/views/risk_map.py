"""The risk map: its matrix and its list, and each risk with how its value was worked out."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.spanish import count_of
from pregon.records.risk_scale import Valuation
from pregon.registro import vocabulary as words
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.models import PERIOD, choices_of, quarter_of
from pregon_web.ledger.services import BadRecord
from pregon_web.listing import Column, Filter, ListShape, export_listing, make_listing
from pregon_web.recording import history_of, show_form, take_form
from pregon_web.risks.forms import RiskForm, ValueForm
from pregon_web.risks.matrix import Placed, draw_matrix, tone_of
from pregon_web.risks.models import Risk
from pregon_web.risks.selectors import (
    controls_of,
    current_scale,
    follow_ups_of_risk,
    risk_for,
    risks_for,
    valuation_for,
)
from pregon_web.risks.services import add_risk as keep_risk
from pregon_web.risks.services import change_risk as keep_change
from pregon_web.risks.services import remove_risk as keep_removal
from pregon_web.risks.services import value_risk_anew
from pregon_web.risks.valuing import scale_of, tell_position, tell_steps, value_risk

FIELDS = (
    "reference",
    "affectation",
    "immediate_cause",
    "root_cause",
    "description",
    "causes",
    "owner",
    "signal",
    "since",
    "treatment",
    "is_ptep",
    "is_active",
    "version",
)
SEARCHED = ("reference", "description", "immediate_cause", "root_cause", "causes", "owner")
NOT_VALUED = "sin valorar"
Valued = dict[int, Valuation | None]


def list_shape(columns: tuple[Column, ...]) -> ListShape:
    """The list of the map: by what the records can say of it, and by whether it is on the map."""
    states = [("vigente", "En el mapa"), ("fuera", "Fuera del mapa")]
    return ListShape(
        columns,
        SEARCHED,
        (
            Filter("senal", "Señal", choices_of(words.SIGNALS), lambda value: Q(signal=value)),
            Filter("estado", "Estado", states, lambda value: Q(is_active=value == "vigente")),
        ),
        "riesgo",
    )


def _shown_columns() -> tuple[Column, ...]:
    return (
        Column("riesgo", "Riesgo", lambda row: row.wording, "reference"),
        Column("responde", "Quién responde", lambda row: row.owner, "owner"),
        Column("antes", "Antes de los controles", lambda _row: ""),
        Column("despues", "Después", lambda _row: ""),
    )


def _export_columns(valued: Valued) -> tuple[Column, ...]:
    def zone(row: Risk, *, residual: bool) -> str:
        found = valued[row.pk]
        if found is None:
            return (row.told_residual if residual else row.told_inherent) or NOT_VALUED
        return (found.residual if residual else found.inherent).zone.name

    return (
        Column("numero", "Número", lambda row: row.reference, "reference"),
        Column("riesgo", "Riesgo", lambda row: row.wording),
        Column("causas", "Otras causas", lambda row: row.causes),
        Column("responde", "Quién responde", lambda row: row.owner, "owner"),
        Column("senal", "Señal", lambda row: row.get_signal_display()),
        Column("antes", "Zona antes de los controles", lambda row: zone(row, residual=False)),
        Column("despues", "Zona después", lambda row: zone(row, residual=True)),
        Column("tratamiento", "Tratamiento", lambda row: row.get_treatment_display()),
        Column("ptep", "PTEP", lambda row: "Sí" if row.is_ptep else "No"),
        Column("escala", "Escala", lambda row: str(row.scale) if row.scale else NOT_VALUED),
        Column("estado", "Estado", lambda row: "En el mapa" if row.is_active else "Fuera del mapa"),
    )


@requires(*READERS)
@require_GET
def show_map(request: OfficeRequest) -> HttpResponse:
    """The matrix of what is on the map, and the list of the risks."""
    access = request.access
    listing = make_listing(list_shape(_shown_columns()), risks_for(access), request.GET)
    valued = _value_all(request, list(listing.rows))
    on_map = list(risks_for(access).filter(is_active=True).order_by("pk"))
    all_valued = _value_all(request, on_map)
    placed = [Placed(row.reference, found) for row in on_map if (found := all_valued[row.pk]) is not None]
    scale = current_scale(access.institution)
    context = {
        "place": "risks",
        "tab": "map",
        "matrix": draw_matrix(scale_of(scale), placed),
        "scale": scale,
        "has_placed": bool(placed),
        "aged": [row for row in on_map if row.is_valued and row.scale_id != scale.pk],
        "unvalued": [row for row in on_map if not row.is_valued],
        "listing": listing,
        "cells": [_cells(row, valued[row.pk]) for row in listing.rows],
        "what": "Riesgos",
        "count_words": count_of(listing.total, "riesgo", "riesgos"),
        "search_hint": "Número, texto o quién responde",
        "export_csv": reverse("export_risks", args=["csv"]),
        "export_xlsx": reverse("export_risks", args=["xlsx"]),
        "may_change": access.has_any(Role.EDITOR),
    }
    return render(request, "risks/map.html", context)


@requires(*READERS)
@require_GET
def export_map(request: OfficeRequest, suffix: str) -> HttpResponse:
    """What the list finds, with all that is known of each risk, as CSV or Excel."""
    rows = risks_for(request.access)
    shape = list_shape(_export_columns(_value_all(request, list(rows))))
    return export_listing(shape, rows, request.GET, suffix, "mapa-de-riesgos")


def _value_all(request: OfficeRequest, rows: list[Risk]) -> Valued:
    controls = controls_of(request.access.institution, rows)
    return {row.pk: value_risk(row, controls[row.pk]) for row in rows}


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_risk(request: OfficeRequest) -> HttpResponse:
    """Put a risk on the map."""
    form = RiskForm(request.POST or None, access=request.access, initial=_new_risk(request.GET.get("desde", "")))
    if request.method == "POST" and form.is_valid():
        kept: list[Risk] = []
        take_form(form, lambda: kept.append(keep_risk(access=request.access, fields=form.record)))
        if not form.errors:
            messages.success(request, f"Se agregó el riesgo {kept[0].reference}. Ahora dele su probabilidad e impacto.")
            return redirect("risk", pk=kept[0].pk)
    context = _context("Agregar un riesgo", reverse("add_risk"))
    return show_form(request, form, {**context, "button": "Agregar el riesgo", "may_change": True})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_risk(request: OfficeRequest, pk: int) -> HttpResponse:
    """A risk: how its value was worked out, its controls, what each quarter found, its history."""
    row = risk_for(request.access, pk)
    valued, controls = valuation_for(request.access, row)
    scale = scale_of(row.scale) if row.scale else None
    told = {
        "place": "risks",
        "row": row,
        "controls": controls,
        "follow_ups": follow_ups_of_risk(request.access, row),
        "history": history_of(row),
        "may_change": request.access.has_any(Role.EDITOR),
        "is_aged": row.scale is not None and row.scale_id != current_scale(request.access.institution).pk,
    }
    if valued is not None and scale is not None:
        told |= {
            "valued": valued,
            "inherent": tell_position(valued.inherent, scale),
            "residual": tell_position(valued.residual, scale),
            "steps": tell_steps(valued, scale, controls),
            "matrix": draw_matrix(scale, [Placed(row.reference, valued)]),
            "tone_before": tone_of(scale, valued.inherent.zone.letter),
            "tone_after": tone_of(scale, valued.residual.zone.letter),
        }
    return render(request, "risks/risk.html", told)


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_risk(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change what a risk says, or take it off the map."""
    row = risk_for(request.access, pk)
    initial = {name: getattr(row, name) for name in FIELDS}
    form = RiskForm(request.POST or None, access=request.access, initial=initial)
    collision = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        fields = {**form.record, "reference": form.record["reference"] or row.reference}
        collision = take_form(
            form, lambda: keep_change(access=request.access, risk=row, fields=fields, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("risk", pk=pk)
    told = {
        "row": row,
        "thing": "el riesgo",
        "button": "Guardar los cambios",
        "removal": reverse("remove_risk", args=[pk]),
        "history": history_of(row),
        "may_change": True,
        "collision": collision,
    }
    context = _context(f"Cambiar el riesgo {row.reference}", reverse("change_risk", args=[pk]))
    return show_form(request, form, {**context, **told, "back": reverse("risk", args=[pk])})


@requires(Role.EDITOR)
@require_POST
def remove_risk(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove a risk that never was."""
    row = risk_for(request.access, pk)
    try:
        keep_removal(access=request.access, risk=row, reason=request.POST.get("reason", "")[:300])
    except BadRecord as error:
        messages.error(request, str(error))
        return redirect("change_risk", pk=pk)
    messages.success(request, f"Se borró el riesgo {row.reference}.")
    return redirect("risks")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def value_risk_page(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give a risk its probability and its impact, by the scale in force."""
    row = risk_for(request.access, pk)
    current = current_scale(request.access.institution)
    scale = scale_of(current)
    initial = {
        "times_a_year": row.times_a_year,
        "probability": row.probability,
        "impact": row.impact,
        "impact_reason": row.impact_reason,
        "version": row.version,
    }
    form = ValueForm(request.POST or None, access=request.access, scale=scale, initial=initial)
    collision = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: value_risk_anew(access=request.access, risk=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, f"Quedó valorado el riesgo {row.reference}.")
            return redirect("risk", pk=pk)
    told = {
        "lead": row.wording,
        "button": "Guardar la valoración",
        "may_change": True,
        "collision": collision,
        "row": row,
        "scale": current,
    }
    context = _context(f"Valorar el riesgo {row.reference}", reverse("value_risk", args=[pk]))
    return show_form(
        request, form, {**context, **told, "back": reverse("risk", args=[pk])}, template="risks/value.html"
    )


def _new_risk(asked: str) -> dict[str, Any]:
    """What the form of a new risk shows: on the map from the quarter that was asked for, or from this one on."""
    known = re.fullmatch(PERIOD, asked) is not None
    return {"is_active": True, "since": asked if known else quarter_of(timezone.localdate())}


def _context(title: str, action: str) -> dict[str, Any]:
    return {"place": "risks", "over": "Riesgos", "title": title, "action": action, "back": reverse("risks")}


def _cells(row: Risk, valued: Valuation | None) -> list[dict[str, str]]:
    before, after = (valued.inherent.zone.name, valued.residual.zone.name) if valued else _told_zones(row)
    return [
        {"text": f"{row.reference}. {row.wording}", "href": reverse("risk", args=[row.pk])},
        {"text": row.owner or "Sin responsable"},
        {"text": before, "tag": "" if before != NOT_VALUED else "no-data"},
        {"text": after, "tag": "" if after != NOT_VALUED else "no-data"},
    ]


def _told_zones(row: Risk) -> tuple[str, str]:
    return row.told_inherent or NOT_VALUED, row.told_residual or NOT_VALUED
