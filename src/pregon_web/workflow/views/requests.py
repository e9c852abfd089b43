"""Requests together: the board by state, the list with its filters, and the list taken away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, print_date
from pregon.records.service import RequestKind
from pregon_web.accounts.models import Office, Role
from pregon_web.accounts.rules import EVERYONE, READERS, OfficeRequest, requires
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import quarter_of
from pregon_web.listing import Column, Filter, ListShape, export_listing, make_listing
from pregon_web.workflow.deadlines import Closures
from pregon_web.workflow.models import ServiceRequest, State
from pregon_web.workflow.selectors import (
    OPEN,
    closure_days_of,
    date_of,
    delivered_since,
    is_overdue,
    kinds_for,
    latest_in,
    open_requests_for,
    overdue,
    periods_asked,
    requests_for,
    workers_of,
    workload,
)
from pregon_web.workflow.wording import STATE_TAGS, tell_counted, tell_open, tell_pace, tell_term

VIEW, BOARD, LIST = "vista", "tablero", "lista"
HEADINGS = {
    State.RECEIVED: "Recibidas",
    State.IN_PROGRESS: "En proceso",
    State.IN_REVIEW: "En revisión",
    State.RETURNED: "Devueltas",
    State.APPROVED: "Aprobadas",
    State.PUBLISHED: "Publicadas",
    State.DELIVERED: "Entregadas",
    State.CANCELLED: "Canceladas",
}
MOST_OPEN, MOST_CLOSED = 40, 4
PACE_DAYS = 90
NOBODY = "nadie"
TERMS = [
    ("tarde", "Van tarde"),
    ("sin", "Sin plazo"),
    ("a-tiempo", "Entregadas a tiempo"),
    ("tardias", "Entregadas tarde"),
]
SEARCHED = ("reference", "title", "office__name", "requester_name", "campaign")
COLUMNS = (
    Column("que", "Qué se pide", lambda row: row.title, "title"),
    Column("referencia", "Referencia", lambda row: row.reference, "reference"),
    Column("dependencia", "Dependencia", lambda row: row.office.name if row.office else "", "office__name"),
    Column("pedida", "Pedida", lambda row: row.asked_on, "asked_on"),
    Column("vence", "Vence", date_of, "binds_on"),
    Column("estado", "Estado", lambda row: row.get_state_display(), "state"),
    Column("persona", "Quién la hace", lambda row: row.assignee.name if row.assignee else "", "assignee__name"),
)
EXPORTED = (
    *COLUMNS,
    Column("tipo", "Tipo", lambda row: row.kind.name, "kind__position"),
    Column("prioridad", "Prioridad", lambda row: row.get_priority_display()),
    Column("acordada", "Fecha acordada", lambda row: row.agreed_on),
    Column("aprobada", "Aprobada", lambda row: row.approved_on),
    Column("entregada", "Entregada", lambda row: row.delivered_on),
    Column("origen", "Cómo llegó", lambda row: row.get_origin_display()),
    Column("quien", "Quién la pidió", lambda row: row.requester.name if row.requester else row.requester_name),
)


def list_shape(access: Access, asked: Any, today: date, columns: tuple[Column, ...] = COLUMNS) -> ListShape:  # noqa: ANN401 - a QueryDict
    """The list of requests: by state, office, person, kind, date and the quarter or month in which it was asked."""
    kinds = [(str(kind.pk), kind.name) for kind in kinds_for(access)]
    offices = [(str(office.pk), office.name) for office in Office.objects.of(access.institution).order_by("name")]
    people = [(str(person.pk), person.name) for person in workers_of(access)]
    states = [("abiertas", "Abiertas"), *((str(value), str(label)) for value, label in State.choices)]
    filters = [
        Filter("estado", "Estado", states, _in_state),
        Filter("plazo", "Plazo", TERMS, lambda value: _with_term(value, today)),
        Filter("tipo", "Tipo", kinds, lambda value: Q(kind=int(value))),
        Filter("pedida", "Pedida en", _asked_choices(access, asked.get("pedida", "")), _asked_in),
    ]
    if access.has_any(*READERS):
        filters[2:2] = [
            Filter("dependencia", "Dependencia", offices, lambda value: Q(office=int(value))),
            Filter("persona", "Persona", [*people, (NOBODY, "Nadie todavía")], _made_by),
        ]
    if asked.get("cuenta"):  # from a figure of the report: the kinds that it counts together
        counted = [(kind.value, tell_counted(kind)) for kind in RequestKind]
        filters.append(Filter("cuenta", "Se cuenta como", counted, lambda value: Q(kind__counts_as=value)))
    return ListShape(columns, SEARCHED, tuple(filters), "-pedida")


TERMS = [
    ("tarde", "Van tarde"),
    ("sin", "Sin plazo"),
    ("a-tiempo", "Entregadas a tiempo"),
    ("tardias", "Entregadas tarde"),
]


def _with_term(value: str, today: date) -> Q:
    if value == "tarde":
        return overdue(today)
    if value == "sin":
        return Q(binds_on=None) & ~Q(state=State.CANCELLED)
    in_time = Q(delivered_on__lte=F("binds_on"))
    return in_time if value == "a-tiempo" else Q(delivered_on__gt=F("binds_on"))


def _in_state(value: str) -> Q:
    return Q(state__in=OPEN) if value == "abiertas" else Q(state=value)


def _made_by(value: str) -> Q:
    return Q(assignee=None) if value == NOBODY else Q(assignee=int(value))


def _asked_in(value: str) -> Q:
    when = Period.parse(value)
    return Q(asked_on__range=(when.start, when.end))


def _asked_choices(access: Access, asked: str) -> list[tuple[str, str]]:
    """The quarters with requests, and the months of the one that is asked for."""
    found: list[tuple[str, str]] = []
    for period in periods_asked(access):
        quarter = Period.parse(period)
        found.append((period, quarter.title.capitalize()))
        if asked and asked in {period, *map(str, quarter.months)}:
            found += [(str(month), month.title.capitalize()) for month in quarter.months]
    return found


@requires(*EVERYONE)
@require_GET
def show_requests(request: OfficeRequest) -> HttpResponse:
    """What is asked of communications: on a board by state, or in a list."""
    access, today = request.access, timezone.localdate()
    rows = open_requests_for(access)
    closures = closure_days_of(access.institution)
    late = sum(is_overdue(row, today) for row in rows)
    is_list = request.GET.get(VIEW) == LIST
    if is_list:
        shown = _list_context(access, request, today, closures)
    else:
        shown = _board_context(access, rows, today, closures)
    context = {
        "place": "requests",
        "lead": tell_open(len(rows), late, sum(row.state == State.IN_REVIEW for row in rows)),
        "late": late,
        "is_list": is_list,
        **(_pace_context(access, rows, today, closures) if access.has_any(*READERS) else {}),
        "may_ask": access.body is None and access.has_any(Role.EDITOR, Role.REQUESTER),
        "opens_forms": access.has_any(Role.EDITOR, Role.ADMINISTRATOR),
        **shown,
    }
    return render(request, "workflow/requests.html", context)


def _pace_context(access: Access, rows: list[ServiceRequest], today: date, closures: Closures) -> dict[str, Any]:
    """Who has what in hand, and how fast the last ones went out."""
    delivered = delivered_since(access, today - timedelta(days=PACE_DAYS))
    return {"loads": workload(rows, today), "pace": tell_pace(delivered, PACE_DAYS, closures)}


def _list_context(access: Access, request: OfficeRequest, today: date, closures: Closures) -> dict[str, Any]:
    listing = make_listing(list_shape(access, request.GET, today), requests_for(access), request.GET)
    return {
        "listing": listing,
        "cells": [_cells(row, today, closures) for row in listing.rows],
        "what": "Solicitudes",
        "count_words": count_of(listing.total, "solicitud", "solicitudes"),
        "search_hint": "Número, tema o dependencia",
        "export_csv": reverse("export_requests", args=["csv"]),
        "export_xlsx": reverse("export_requests", args=["xlsx"]),
        "kept": [(VIEW, LIST)],
    }


def _board_context(access: Access, rows: list[ServiceRequest], today: date, closures: Closures) -> dict[str, Any]:
    board = []
    for state, heading in HEADINGS.items():
        if state in OPEN:
            found = [row for row in rows if row.state == state]
            count, shown, more = str(len(found)), found[:MOST_OPEN], len(found) > MOST_OPEN
        else:
            shown = latest_in(access, state, MOST_CLOSED)
            more = len(shown) == MOST_CLOSED
            count = f"últimas {MOST_CLOSED}" if more else str(len(shown))
        cards = [{"row": row, "term": tell_term(row, today, closures)} for row in shown]
        board.append({"state": state.value, "heading": heading, "count": count, "cards": cards, "more": more})
    return {"board": board}


@requires(*EVERYONE)
@require_GET
def export_requests(request: OfficeRequest, suffix: str) -> HttpResponse:
    """What the list shows, as CSV or Excel."""
    shape = list_shape(request.access, request.GET, timezone.localdate(), EXPORTED)
    name = f"solicitudes-{quarter_of(timezone.localdate())}"
    return export_listing(shape, requests_for(request.access), request.GET, suffix, name)


def _cells(row: ServiceRequest, today: date, closures: Closures) -> list[dict[str, str]]:
    term, due = tell_term(row, today, closures), date_of(row)
    state = f"tag {STATE_TAGS[State(row.state)]}" if State(row.state) in STATE_TAGS else ""
    return [
        {"text": row.title, "href": reverse("request", args=[row.pk])},
        {"text": row.reference, "css": "nowrap"},
        {"text": row.office.name if row.office else ""},
        {"text": print_date(row.asked_on, short=True), "css": "nowrap"},
        {"text": term.words, "tag": f"tag {term.css}"}
        if term.css
        else {
            "text": print_date(due, short=True) if due else "Sin plazo",
            "css": "nowrap",
        },
        {"text": row.get_state_display(), "tag": state},
        {"text": row.assignee.name if row.assignee else "Nadie", "css": "nowrap"},
    ]
