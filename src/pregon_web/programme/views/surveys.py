"""Surveys of satisfaction: the editor's pages, the sheet with the code to be printed, and the form that anybody
answers.
"""

from __future__ import annotations

from typing import Any

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, print_amount, print_number
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.errors import too_many
from pregon_web.ledger.selectors import is_closed
from pregon_web.ledger.services import BadRecord, ClosedPeriod, change_record
from pregon_web.listing import Column, ListShape, export_listing, make_listing
from pregon_web.programme.forms_surveys import AnswerForm, SurveyForm
from pregon_web.programme.models import Survey
from pregon_web.programme.surveys import (
    Results,
    SurveyClosed,
    add_survey,
    answer_survey,
    close_survey,
    drop_survey,
    remarks_of,
    reopen_survey,
    results_for,
    results_of,
    survey_by_token,
    survey_for,
    surveys_for,
    takes_answers,
)
from pregon_web.public_links import through_token
from pregon_web.qr import draw_qr
from pregon_web.recording import history_of, show_form, take_form

FIELDS = ("title", "event", "fewest", "version")
SEARCHED = ("title", "reference", "event__title")


def list_shape(results: dict[int, Results]) -> ListShape:
    """The list of a quarter's surveys, each with what was answered."""
    columns = (
        Column("encuesta", "Encuesta", lambda row: row.title, "title"),
        Column("evento", "Evento", lambda row: row.event.title if row.event else "", "event__title"),
        Column("respuestas", "Respuestas", lambda row: results[row.pk].answers),
        Column("satisfaccion", "Satisfacción", lambda row: _tell_satisfaction(results[row.pk])),
        Column("estado", "Estado", lambda row: "Cerrada" if row.closed_at else "Abierta", "closed_at"),
        Column("referencia", "Referencia", lambda row: row.reference, "reference"),
    )
    return ListShape(columns, SEARCHED, (), "referencia")


def _tell_satisfaction(results: Results) -> str:
    amount = results.satisfaction
    return print_amount(amount) if amount else "no medible"


@requires(*READERS)
@require_GET
def show_surveys(request: OfficeRequest, period: str) -> HttpResponse:
    """The surveys of a quarter."""
    results = results_for(request.access, period)
    listing = make_listing(list_shape(results), surveys_for(request.access, period), request.GET)
    context = {
        "place": "surveys",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "listing": listing,
        "cells": [_cells(row, results[row.pk]) for row in listing.rows],
        "what": "Encuestas",
        "count_words": count_of(listing.total, "encuesta", "encuestas"),
        "search_hint": "Encuesta, evento o referencia",
        "export_csv": reverse("export_surveys", args=[period, "csv"]),
        "export_xlsx": reverse("export_surveys", args=[period, "xlsx"]),
        "may_change": request.access.has_any(Role.EDITOR) and not is_closed(request.access.institution, period),
    }
    return render(request, "programme/surveys.html", context)


@requires(*READERS)
@require_GET
def export_surveys(request: OfficeRequest, period: str, suffix: str) -> HttpResponse:
    """What the list finds, as CSV or Excel."""
    shape = list_shape(results_for(request.access, period))
    return export_listing(shape, surveys_for(request.access, period), request.GET, suffix, f"encuestas-{period}")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def make_survey(request: OfficeRequest, period: str) -> HttpResponse:
    """Open a survey."""
    asked = {"fewest": 5, "event": request.GET.get("evento", "")[:18]}
    form = SurveyForm(request.POST or None, access=request.access, period=period, initial=asked)
    if request.method == "POST" and form.is_valid():
        made: list[Survey] = []
        take_form(form, lambda: made.append(add_survey(access=request.access, period=period, fields=form.record)))
        if made:
            messages.success(request, f"«{made[0].title}» está abierta. Imprima su código o comparta su enlace.")
            return redirect("survey", period=period, pk=made[0].pk)
    context = _form_context(period, "Abrir una encuesta", reverse("make_survey", args=[period]))
    lead = "Una pregunta de 1 a 5 y un comentario, sin nombres. Se responde con un código o un enlace."
    return show_form(request, form, {**context, "lead": lead, "button": "Abrir la encuesta", "may_change": True})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_survey(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """A survey with its link, its code and what was answered."""
    row = survey_for(request.access, period, pk)
    initial = {name: getattr(row, name) for name in FIELDS}
    return _show(request, row, SurveyForm(access=request.access, period=period, initial=initial))


@requires(Role.EDITOR)
@require_POST
def change_survey(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Change what a survey asks about."""
    row = survey_for(request.access, period, pk)
    form = SurveyForm(request.POST, access=request.access, period=period)
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: change_record(access=request.access, row=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("survey", period=period, pk=pk)
    return _show(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def end_survey(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Take no more answers."""
    row = survey_for(request.access, period, pk)
    try:
        closed = close_survey(access=request.access, survey=row)
    except ClosedPeriod as error:
        messages.error(request, str(error))
    else:
        told = count_of(closed.answers or 0, "respuesta", "respuestas")
        messages.success(request, f"«{row.title}» quedó cerrada con {told}.")
    return redirect("survey", period=period, pk=pk)


@requires(Role.EDITOR)
@require_POST
def resume_survey(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Take answers again."""
    row = survey_for(request.access, period, pk)
    try:
        reopen_survey(access=request.access, survey=row)
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"«{row.title}» está abierta otra vez. Mientras tanto no está en el informe.")
    return redirect("survey", period=period, pk=pk)


@requires(Role.EDITOR)
@require_POST
def remove_survey(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Remove a survey that nobody answered, with the reason."""
    row = survey_for(request.access, period, pk)
    try:
        drop_survey(access=request.access, survey=row, reason=request.POST.get("reason", "")[:300])
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return redirect("survey", period=period, pk=pk)
    messages.success(request, f"Se borró «{row.title}».")
    return redirect("surveys", period=period)


@requires(*READERS)
@require_GET
def show_sheet(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """A sheet of paper with the code, to be put where people leave."""
    row = survey_for(request.access, period, pk)
    address = _address(request, row)
    context = {"row": row, "institution": request.access.institution, "address": address, "code": _code(row, address)}
    return render(request, "programme/survey_sheet.html", context)


def _show(request: OfficeRequest, row: Survey, form: SurveyForm, **context: Any) -> HttpResponse:
    closed = is_closed(request.access.institution, row.period)
    results = results_of(row)
    address = _address(request, row)
    base = _form_context(row.period, row.title, reverse("change_survey", args=[row.period, row.pk]))
    writes = request.access.has_any(Role.EDITOR) and not closed
    told = {
        "row": row,
        "results": results,
        "satisfaction": _tell_satisfaction(results),
        "bars": _bars(results),
        "remarks": remarks_of(row) if results.is_measurable else [],
        "takes_answers": row.closed_at is None and not closed,
        "address": address,
        "code": _code(row, address),
        "thing": "la encuesta",
        "button": "Guardar los cambios",
        "history": history_of(row),
        "removal": reverse("remove_survey", args=[row.period, row.pk]) if not results.answers else "",
        "may_change": writes,
        "closed": "La encuesta no recibe respuestas ni cambia hasta que se reabra." if closed else "",
    }
    return show_form(request, form, {**base, **told, **context}, template="programme/survey.html")


def _bars(results: Results) -> list[tuple[int, str, int]]:
    """Each value with its count and its width of 100."""
    most = max((count for _, count in results.by_value), default=0) or 1
    return [(value, print_number(count), count * 100 // most) for value, count in results.by_value]


def _form_context(period: str, title: str, action: str) -> dict[str, Any]:
    return {
        "place": "surveys",
        "period": period,
        "over": "Encuestas",
        "title": title,
        "action": action,
        "back": reverse("surveys", args=[period]),
    }


def _cells(row: Survey, results: Results) -> list[dict[str, str]]:
    satisfaction: dict[str, str] = {"text": _tell_satisfaction(results), "css": "num"}
    if not results.is_measurable:
        satisfaction["tag"] = "not-measurable"
    return [
        {"text": row.title, "href": reverse("survey", args=[row.period, row.pk])},
        {"text": row.event.title if row.event else "De un servicio"},
        {"text": print_number(results.answers), "css": "num"},
        satisfaction,
        {"text": "Cerrada" if row.closed_at else "Abierta"},
        {"text": row.reference, "css": "nowrap"},
    ]


def _address(request: HttpRequest, row: Survey) -> str:
    return request.build_absolute_uri(reverse("answer_survey", args=[row.token]))


def _code(row: Survey, address: str) -> SafeString:
    return mark_safe(draw_qr(address, f"Código QR de la encuesta {row.title}"))  # noqa: S308 - our own drawing, its label escaped


# --- without a session ----------------------------------------------------------------------------------------------


@through_token
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, institution_id: int, token: str) -> HttpResponse:
    """The question. Nothing is looked at of who answers: no session, no address."""
    row = survey_by_token(institution_id, token)
    context: dict[str, Any] = {"institution": row.institution, "row": row, "token": token}
    if not takes_answers(row):
        return render(request, "programme/survey_closed.html", context, status=410)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "programme/answer.html", {**context, "form": form}, status=422 if form.is_bound else 200)
    if not consume(request, action="survey", key=token):
        return too_many(request)
    try:
        answer_survey(survey=row, value=form.cleaned_data["value"], remark=form.cleaned_data["remark"])
    except SurveyClosed:
        return render(request, "programme/survey_closed.html", context, status=410)
    return redirect("survey_answered", token=token)


@through_token
@require_GET
def thank(request: HttpRequest, institution_id: int, token: str) -> HttpResponse:
    """It was counted."""
    row = survey_by_token(institution_id, token)
    return render(request, "programme/survey_answered.html", {"institution": row.institution, "row": row})
