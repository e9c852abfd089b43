"""Publications: what came out, in a list, one by one, and what had to be corrected."""

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
from pregon.records.totals import COUNTED
from pregon.registro import vocabulary as words
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.beside import asides_of
from pregon_web.ledger.forms import CorrectionForm, PublicationForm
from pregon_web.ledger.models import Channel, Publication, choices_of
from pregon_web.ledger.selectors import (
    evidence_chosen,
    is_closed,
    next_reference,
    publication_for,
    publications_for,
)
from pregon_web.ledger.services import (
    BadRecord,
    ClosedPeriod,
    add_record,
    change_record,
    mark_correction,
    remove_record,
)
from pregon_web.listing import Column, Filter, ListShape, export_listing, make_listing
from pregon_web.recording import history_of, show_form, take_form

COLUMNS = (
    Column("titulo", "Título", lambda row: row.title, "title"),
    Column("canal", "Canal", lambda row: row.channel.name, "channel__position"),
    Column("tipo", "Tipo", lambda row: row.get_kind_display(), "kind"),
    Column("fecha", "Fecha", lambda row: row.published_on, "published_on"),
    Column("referencia", "Referencia", lambda row: row.reference, "reference"),
    Column("enlace", "Enlace", lambda row: row.link),
)
SEARCHED = ("title", "reference", "link", "text", "campaign")


def list_shape(access: Any, period: str) -> ListShape:  # noqa: ANN401 - accounts.selectors.Access
    """The list of a quarter's publications: by channel, kind and month."""
    channels = [(channel.code, channel.name) for channel in Channel.objects.of(access.institution)]
    months = [(str(month), month.title.split(" de ")[0].capitalize()) for month in Period.parse(period).months]

    # What the figure «publicaciones» counts, so that it can open just that.
    counted = [each for each in COUNTED.values() if len(each) > 1]
    together = [
        (",".join(each), " o ".join(words.KINDS.label(kind).lower() for kind in each).capitalize()) for each in counted
    ]
    kinds = [*choices_of(words.KINDS), *together]

    def in_month(value: str) -> Q:
        month = Period.parse(value)
        return Q(published_on__range=(month.start, month.end))

    return ListShape(
        COLUMNS,
        SEARCHED,
        (
            Filter("canal", "Canal", channels, lambda value: Q(channel__code=value)),
            Filter("tipo", "Tipo", kinds, lambda value: Q(kind__in=value.split(","))),
            Filter("mes", "Mes", months, in_month),
        ),
        "-fecha",
    )


@requires(*READERS)
@require_GET
def show_publications(request: OfficeRequest, period: str) -> HttpResponse:
    """The publications of a quarter."""
    listing = make_listing(list_shape(request.access, period), publications_for(request.access, period), request.GET)
    context = {
        "place": "publications",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "listing": listing,
        "cells": [_cells(row, period) for row in listing.rows],
        "what": "Publicaciones",
        "count_words": count_of(listing.total, "publicación", "publicaciones"),
        "search_hint": "Título, referencia o enlace",
        "export_csv": reverse("export_publications", args=[period, "csv"]),
        "export_xlsx": reverse("export_publications", args=[period, "xlsx"]),
        "may_change": request.access.has_any(Role.EDITOR) and not is_closed(request.access.institution, period),
    }
    return render(request, "ledger/publications.html", context)


@requires(*READERS)
@require_GET
def export_publications(request: OfficeRequest, period: str, suffix: str) -> HttpResponse:
    """What the list shows, as CSV or Excel."""
    shape, rows = list_shape(request.access, period), publications_for(request.access, period)
    return export_listing(shape, rows, request.GET, suffix, f"publicaciones-{period}")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_publication(request: OfficeRequest, period: str) -> HttpResponse:
    """Record a publication."""
    form = PublicationForm(request.POST or None, access=request.access, period=period)
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            known = publications_for(request.access, period).values_list("reference", flat=True)
            year = form.cleaned_data["published_on"].year
            row = Publication(period=period, reference=next_reference(known, f"PUB-{year}-", 4), **form.record)
            add_record(access=request.access, row=row)

        take_form(form, save)
        if not form.errors:
            messages.success(request, f"Se anotó «{form.cleaned_data['title']}».")
            return redirect("publications", period=period)
    context = _form_context(period, "Anotar una publicación", reverse("add_publication", args=[period]))
    return show_form(request, form, {**context, "button": "Anotar la publicación", "may_change": True})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_publication(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """A publication with its history; whoever writes may change it here."""
    row = publication_for(request.access, period, pk)
    initial = _initial(row)
    initial["evidence"] = evidence_chosen(request.access, period, request.GET.get("evidencia", "")) or row.evidence
    return _show(request, row, PublicationForm(access=request.access, period=period, initial=initial))


@requires(Role.EDITOR)
@require_POST
def change_publication(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Change a publication."""
    row = publication_for(request.access, period, pk)
    form = PublicationForm(request.POST, access=request.access, period=period)
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: change_record(access=request.access, row=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("publication", period=period, pk=pk)
    return _show(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def remove_publication(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Remove a publication that never was, with the reason."""
    row = publication_for(request.access, period, pk)
    try:
        remove_record(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return redirect("publication", period=period, pk=pk)
    messages.success(request, f"Se borró «{row.title}».")
    return redirect("publications", period=period)


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_publication(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Note that it had to be corrected or taken down after it came out."""
    row = publication_for(request.access, period, pk)
    initial = {name: getattr(row, name) for name in ("correction", "corrected_on", "withdrawn_on")}
    form = CorrectionForm(request.POST or None, access=request.access, period=period, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        mark_correction(
            access=request.access,
            publication=row,
            what=cleaned["correction"],
            corrected_on=cleaned["corrected_on"],
            withdrawn_on=cleaned["withdrawn_on"],
        )
        messages.success(request, "Quedó anotada la corrección.")
        return redirect("publication", period=period, pk=pk)
    context = _form_context(period, "Anotar una corrección", reverse("correct_publication", args=[period, pk]))
    back = reverse("publication", args=[period, pk])
    told = {
        "lead": row.title,
        "back": back,
        "over": row.reference,
        "button": "Anotar la corrección",
        "may_change": True,
    }
    return show_form(request, form, {**context, **told})


def _show(request: OfficeRequest, row: Publication, form: PublicationForm, **context: Any) -> HttpResponse:
    closed = is_closed(request.access.institution, row.period)
    base = _form_context(row.period, row.title, reverse("change_publication", args=[row.period, row.pk]))
    told = {
        "row": row,
        "thing": "la publicación",
        "button": "Guardar los cambios",
        "history": history_of(row),
        "asides": asides_of(request.access, row),
        "removal": reverse("remove_publication", args=[row.period, row.pk]),
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "may_correct": request.access.has_any(Role.EDITOR),
        "closed": "Sus registros no cambian hasta que se reabra." if closed else "",
    }
    return show_form(request, form, {**base, **told, **context}, template="ledger/publication.html")


def _form_context(period: str, title: str, action: str) -> dict[str, Any]:
    return {
        "place": "publications",
        "period": period,
        "over": "Publicaciones",
        "title": title,
        "action": action,
        "back": reverse("publications", args=[period]),
    }


def _initial(row: Publication) -> dict[str, Any]:
    names = ("title", "channel", "kind", "published_on", "link", "text", "campaign", "evidence", "version")
    return {name: getattr(row, name) for name in names}


def _cells(row: Publication, period: str) -> list[dict[str, str]]:
    state = ""
    if row.withdrawn_on:
        state = "Retirada"
    elif row.corrected_on:
        state = "Corregida"
    return [
        {"text": row.title, "href": reverse("publication", args=[period, row.pk])},
        {"text": row.channel.name},
        {"text": f"{row.get_kind_display()}{f', {state.lower()}' if state else ''}"},
        {"text": print_date(row.published_on, short=True), "css": "nowrap"},
        {"text": row.reference, "css": "nowrap"},
        {"text": "Hora probada" if row.is_proved else ("Sí" if row.link else "Sin enlace")},
    ]
