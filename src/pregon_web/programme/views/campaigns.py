"""Campaigns: in a list, and one by one with their channels, their products and what was published of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words, print_date, print_number
from pregon_web.accounts.models import Office, Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import Channel
from pregon_web.ledger.selectors import is_closed
from pregon_web.ledger.services import ClosedPeriod
from pregon_web.listing import Column, Filter, ListShape, export_listing, make_listing
from pregon_web.programme.forms import CampaignForm, ProductForms
from pregon_web.programme.models import Campaign, Deliverable
from pregon_web.programme.selectors import (
    CampaignFacts,
    campaign_facts,
    campaign_for,
    campaigns_for,
    channels_of_campaign,
    products_of_campaign,
    publications_of_campaign,
)
from pregon_web.programme.services import remove_campaign, save_campaign
from pregon_web.recording import Collision, Difference, history_of, show_form, take_form

SEARCHED = ("title", "reference", "aim", "target_audience")
FIELDS = (
    "title",
    "reference",
    "aim",
    "target_audience",
    "office",
    "start",
    "end",
    "is_internal",
    "owed_by",
    "due",
    "version",
)
PRODUCTS = "productos"
TEMPLATE = "programme/campaign.html"
NO_DATA = "sin dato"


def list_shape(access: Access, columns: tuple[Column, ...]) -> ListShape:
    """The list of a quarter's campaigns: by office, and by whom they are for."""
    offices = [(str(office.pk), office.name) for office in Office.objects.of(access.institution)]
    reaches = [("externa", "Para la ciudadanía"), ("interna", "Solo para la entidad")]
    return ListShape(
        columns,
        SEARCHED,
        (
            Filter("dependencia", "Dependencia", offices, lambda value: Q(office_id=int(value))),
            Filter("alcance", "Alcance", reaches, lambda value: Q(is_internal=value == "interna")),
        ),
        "campana",
    )


def _shown_columns() -> tuple[Column, ...]:
    return (
        Column("campana", "Campaña", lambda row: row.title, "title"),
        Column("desde", "Fechas", lambda row: row.start, "start"),
        Column("entregados", "Productos", lambda _row: ""),
        Column("publicaciones", "Publicaciones", lambda _row: ""),
        Column("dependencia", "Dependencia", _office_of, "office__name"),
    )


def _export_columns(facts: dict[str, CampaignFacts]) -> tuple[Column, ...]:
    return (
        Column("campana", "Campaña", lambda row: row.title, "title"),
        Column("nombre", "Nombre corto", lambda row: row.reference),
        Column("objetivo", "Objetivo", lambda row: row.aim),
        Column("publico", "Público", lambda row: row.target_audience),
        Column("dependencia", "Dependencia", _office_of, "office__name"),
        Column("desde", "Desde", lambda row: row.start, "start"),
        Column("hasta", "Hasta", lambda row: row.end),
        Column("canales", "Canales", lambda row: join_words(facts[row.reference].channels)),
        Column("prometidos", "Productos prometidos", lambda row: facts[row.reference].promised),
        Column("entregados", "Productos entregados", lambda row: facts[row.reference].delivered),
        Column("publicaciones", "Publicaciones", lambda row: facts[row.reference].published.total()),
    )


@requires(*READERS)
@require_GET
def show_campaigns(request: OfficeRequest, period: str) -> HttpResponse:
    """The campaigns of a quarter."""
    shape, rows = list_shape(request.access, _shown_columns()), campaigns_for(request.access, period)
    listing = make_listing(shape, rows, request.GET)
    facts = campaign_facts(request.access, period)
    context = {
        "place": "campaigns",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "listing": listing,
        "cells": [_cells(row, facts[row.reference]) for row in listing.rows],
        "what": "Campañas",
        "count_words": count_of(listing.total, "campaña", "campañas"),
        "search_hint": "Nombre, objetivo o público",
        "export_csv": reverse("export_campaigns", args=[period, "csv"]),
        "export_xlsx": reverse("export_campaigns", args=[period, "xlsx"]),
        "may_change": request.access.has_any(Role.EDITOR) and not is_closed(request.access.institution, period),
    }
    return render(request, "programme/campaigns.html", context)


@requires(*READERS)
@require_GET
def export_campaigns(request: OfficeRequest, period: str, suffix: str) -> HttpResponse:
    """What the list finds, with all that is recorded of each, as CSV or Excel."""
    shape = list_shape(request.access, _export_columns(campaign_facts(request.access, period)))
    return export_listing(shape, campaigns_for(request.access, period), request.GET, suffix, f"campanas-{period}")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_campaign(request: OfficeRequest, period: str) -> HttpResponse:
    """Record a campaign."""
    form = CampaignForm(request.POST or None, access=request.access, period=period)
    products = ProductForms(request.POST or None, prefix=PRODUCTS)
    if request.method == "POST" and form.is_valid() and products.is_valid():
        take_form(form, lambda: _save(request.access, None, period, form, products))
        if not form.errors:
            messages.success(request, f"Se anotó «{form.cleaned_data['title']}».")
            return redirect("campaigns", period=period)
    context = _form_context(period, "Anotar una campaña", reverse("add_campaign", args=[period]))
    told = {"button": "Anotar la campaña", "may_change": True, "products": products}
    return show_form(request, form, {**context, **told}, template=TEMPLATE)


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_campaign(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """A campaign with what was published of it; whoever writes may change it here."""
    row = campaign_for(request.access, period, pk)
    initial = {name: getattr(row, name) for name in FIELDS}
    initial["channels"] = channels_of_campaign(request.access, row)
    form = CampaignForm(access=request.access, period=period, initial=initial)
    kept = [
        {"product": each.product, "promised": each.promised, "delivered": each.delivered}
        for each in products_of_campaign(request.access, row)
    ]
    return _show(request, row, form, ProductForms(initial=kept, prefix=PRODUCTS))


@requires(Role.EDITOR)
@require_POST
def change_campaign(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Change a campaign."""
    row = campaign_for(request.access, period, pk)
    kept = {"channels": channels_of_campaign(request.access, row)}
    form = CampaignForm(request.POST, access=request.access, period=period, initial=kept)
    products = ProductForms(request.POST, prefix=PRODUCTS)
    collision = None
    if form.is_valid() and products.is_valid():
        collision = take_form(form, lambda: _save(request.access, row, period, form, products))
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("campaign", period=period, pk=pk)
    if collision is not None:
        _tell_parts(collision, request.access, row, form, products)
    return _show(request, row, form, products, collision=collision)


@requires(Role.EDITOR)
@require_POST
def drop_campaign(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Remove a campaign that never was, with the reason."""
    row = campaign_for(request.access, period, pk)
    linked = publications_of_campaign(request.access, row)
    try:
        remove_campaign(access=request.access, campaign=row, reason=request.POST.get("reason", "")[:300])
    except ClosedPeriod as error:
        messages.error(request, str(error))
        return redirect("campaign", period=period, pk=pk)
    messages.success(request, f"Se borró «{row.title}».")
    if linked:
        still = count_of(len(linked), "publicación la sigue nombrando", "publicaciones la siguen nombrando")
        messages.warning(request, f"{still}: «{row.reference}». Cámbieles la campaña si hace falta.")
    return redirect("campaigns", period=period)


def _save(access: Access, row: Campaign | None, period: str, form: CampaignForm, products: Any) -> Campaign:  # noqa: ANN401 - a formset, which Django does not name
    return save_campaign(
        access=access,
        campaign=row,
        fields={**form.record, "period": period},
        channels=_chosen_channels(form, channels_of_campaign(access, row) if row is not None else []),
        products=_typed_products(products),
        version=form.cleaned_data["version"] if row is not None else None,
    )


def _chosen_channels(form: CampaignForm, known: list[int]) -> list[Channel]:
    """The channels in the order that the campaign had them; those it did not have, after them in the office's."""
    places = {key: place for place, key in enumerate(known)}
    return sorted(form.cleaned_data["channels"], key=lambda channel: places.get(channel.pk, len(places)))


def _typed_products(products: Any) -> list[tuple[str, int | None, int | None]]:  # noqa: ANN401 - a formset, as above
    """The rows that hold a product; an empty one is none."""
    typed = [each.cleaned_data for each in products.forms]
    return [(each["product"], each["promised"], each["delivered"]) for each in typed if each.get("product")]


def _tell_parts(collision: Collision, access: Access, row: Campaign, form: CampaignForm, products: Any) -> None:  # noqa: ANN401 - a formset, as above
    """Add to a collision what differs in the channels and in the products, which are rows of their own."""
    names = {channel.pk: channel.name for channel in Channel.objects.of(access.institution)}
    known = channels_of_campaign(access, row)
    theirs = join_words([names[key] for key in known])
    yours = join_words([channel.name for channel in _chosen_channels(form, known)])
    if theirs != yours:
        collision.differences.append(Difference("Canales", theirs or "vacío", yours or "vacío"))
    kept = [(each.product, each.promised, each.delivered) for each in products_of_campaign(access, row)]
    typed = _typed_products(products)
    if kept != typed:
        collision.differences.append(Difference("Productos", _tell_products(kept), _tell_products(typed)))


def _tell_products(products: list[tuple[str, int | None, int | None]]) -> str:
    told = [
        f"{name}: {_count(promised)} prometidos, {_count(delivered)} entregados"
        for name, promised, delivered in products
    ]
    return "; ".join(told) or "vacío"


def _count(figure: int | None) -> str:
    return NO_DATA if figure is None else print_number(figure)


def _show(request: OfficeRequest, row: Campaign, form: CampaignForm, products: Any, **context: Any) -> HttpResponse:  # noqa: ANN401 - a formset, and whatever the page wants
    closed = is_closed(request.access.institution, row.period)
    linked = publications_of_campaign(request.access, row)
    kinds = Counter(each.get_kind_display() for each in linked)
    base = _form_context(row.period, row.title, reverse("change_campaign", args=[row.period, row.pk]))
    told = {
        "row": row,
        "thing": "la campaña",
        "button": "Guardar los cambios",
        "products": products,
        "linked": linked,
        "linked_kinds": sorted(kinds.items()),
        "sums": _sums(products_of_campaign(request.access, row)),
        "history": history_of(row),
        "removal": reverse("remove_campaign", args=[row.period, row.pk]),
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "closed": "Sus registros no cambian hasta que se reabra." if closed else "",
    }
    return show_form(request, form, {**base, **told, **context}, template=TEMPLATE)


def _sums(products: list[Deliverable]) -> dict[str, str]:
    facts = CampaignFacts(products=products)
    return {"promised": _count(facts.promised), "delivered": _count(facts.delivered)} if products else {}


def _form_context(period: str, title: str, action: str) -> dict[str, Any]:
    return {
        "place": "campaigns",
        "period": period,
        "over": "Campañas",
        "title": title,
        "action": action,
        "back": reverse("campaigns", args=[period]),
    }


def _office_of(row: Campaign) -> str:
    return row.office.name if row.office else ""


def _cells(row: Campaign, facts: CampaignFacts) -> list[dict[str, str]]:
    published = facts.published.total()
    return [
        {"text": row.title, "href": reverse("campaign", args=[row.period, row.pk])},
        {"text": _tell_dates(row)},
        _tell_achieved(facts),
        {"text": str(published), "css": "num"},
        {"text": _office_of(row) or "Sin dependencia"},
    ]


def _tell_dates(row: Campaign) -> str:
    if row.start and row.end:
        return Period.span(row.start, row.end).short
    if row.start or row.end:
        known = print_date(row.start or row.end, short=True)  # type: ignore[arg-type]  # one of the two is there
        return f"Desde el {known}" if row.start else f"Hasta el {known}"
    return "Todo el año"


def _tell_achieved(facts: CampaignFacts) -> dict[str, str]:
    """«5 de 6», of what was promised; each word of no data where a figure is not known."""
    if not facts.products:
        return {"text": "Ninguno"}
    if facts.delivered is None or facts.promised is None:
        return {"text": NO_DATA, "tag": "no-data"}
    return {"text": f"{print_number(facts.delivered)} de {print_number(facts.promised)}", "css": "nowrap"}
