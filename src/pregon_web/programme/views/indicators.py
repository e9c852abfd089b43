"""The indicators: each card with what it comes to in a quarter, both its terms and the records behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, print_number
from pregon.records.dossier import Dossier
from pregon.records.indicators import Indicator
from pregon.records.quantities import CATALOGUE, METRICS
from pregon.records.totals import Measure
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.selectors import parse_measured
from pregon_web.ledger.services import remove_record
from pregon_web.listing import Column, Filter, ListShape, export_listing, make_listing
from pregon_web.programme.behind import Records, records_behind
from pregon_web.programme.forms_plan import CardForm, fault_of
from pregon_web.programme.models import IndicatorCard
from pregon_web.programme.readings import Reading, read_card, tell_ranges, tell_target
from pregon_web.programme.selectors.plan import card_for, cards_for, latest_period, programme_dossier
from pregon_web.programme.services.plan import save_card
from pregon_web.recording import history_of, show_form, take_form

QUARTER = "trimestre"
FIELDS = (
    "name",
    "objective",
    "formula",
    "unit",
    "sense",
    "target",
    "tolerable",
    "baseline",
    "frequency",
    "source",
    "owner",
    "activity",
    "version",
)
SEARCHED = ("name", "objective", "owner", "formula")
TRY = "probar"
"""The button that works a formula out without saving it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an indicator as the page shows it: its figure, and the records behind."""

    printed: str
    records: Records


@dataclass(frozen=True, slots=True)
class Offered:
    """A quantity of the catalogue as it is offered: how it is written, what it is, and what it is now."""

    code: str
    label: str
    value: str


@requires(*READERS)
@require_GET
def show_indicators(request: OfficeRequest) -> HttpResponse:
    """Every card with its result in a quarter, and in the one before beside it."""
    period = _quarter(request)
    own, before = _dossiers(request, period)
    shape = _shape(_columns(own, before))
    listing = make_listing(shape, cards_for(request.access), request.GET)
    context = {
        "place": "indicators",
        "quarter": period,
        "over": Period.parse(period).title.capitalize(),
        "quarters": _neighbours(period),
        "listing": listing,
        "cards": [(card, read_card(card, own), read_card(card, before), tell_target(card)) for card in listing.rows],
        "before": before.period.title,
        "count_words": count_of(listing.total, "indicador", "indicadores"),
        "export_query": f"{listing.query}&{urlencode({QUARTER: period})}",
        "may_change": request.access.has_any(Role.EDITOR),
    }
    return render(request, "programme/indicators.html", context)


@requires(*READERS)
@require_GET
def export_indicators(request: OfficeRequest, suffix: str) -> HttpResponse:
    """The cards that the list finds with their results, as CSV or Excel."""
    period = _quarter(request)
    shape = _shape(_columns(*_dossiers(request, period)))
    return export_listing(shape, cards_for(request.access), request.GET, suffix, f"indicadores-{period}")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_indicator(request: OfficeRequest) -> HttpResponse:
    """Write a card; its formula can be tried before it is kept."""
    period = _quarter(request)
    initial = {"unit": "%", "frequency": IndicatorCard.Frequency.QUARTERLY, "sense": IndicatorCard.Sense.AT_LEAST}
    form = CardForm(request.POST or None, access=request.access, quarter=period, initial=initial)
    if request.method == "POST" and TRY not in request.POST and form.is_valid():
        take_form(form, lambda: save_card(access=request.access, card=None, fields=form.record))
        if not form.errors:
            messages.success(request, f"Se agregó «{form.cleaned_data['name']}».")
            return redirect(f"{reverse('indicators')}?{urlencode({QUARTER: period})}")
    context = _context(request, period, "Agregar un indicador", reverse("add_indicator"))
    told = {"button": "Agregar el indicador", "may_change": True}
    return _show_form(request, form, period, {**context, **told})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_indicator(request: OfficeRequest, pk: int) -> HttpResponse:
    """A card with its result, both its terms and their records; whoever writes may change it here."""
    row, period = card_for(request.access, pk), _quarter(request)
    initial = {name: getattr(row, name) for name in FIELDS}
    form = CardForm(access=request.access, quarter=period, card=row, initial=initial)
    return _show(request, row, form, period)


@requires(Role.EDITOR)
@require_POST
def change_indicator(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a card, or try a formula in it."""
    row, period = card_for(request.access, pk), _quarter(request)
    form = CardForm(request.POST, access=request.access, quarter=period, card=row)
    collision = None
    if TRY not in request.POST and form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: save_card(access=request.access, card=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect(f"{reverse('indicator', args=[pk])}?{urlencode({QUARTER: period})}")
    return _show(request, row, form, period, collision=collision)


@requires(Role.EDITOR)
@require_POST
def remove_indicator(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove a card, with the reason."""
    row = card_for(request.access, pk)
    remove_record(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    messages.success(request, f"Se borró «{row.name}».")
    return redirect("indicators")


def _quarter(request: OfficeRequest) -> str:
    """The quarter that is asked for; what is no quarter is as if nothing was asked."""
    asked = request.GET.get(QUARTER, "") or request.POST.get(QUARTER, "")
    try:
        period = parse_measured(asked)
    except ValueError:
        period = None
    if period is not None and str(period) == asked and "-T" in asked:
        return asked
    return latest_period(request.access.institution, timezone.localdate())


def _neighbours(period: str) -> list[tuple[str, str]]:
    """The quarter before and the one after, each with its title."""
    own = Period.parse(period)
    after = Period.parse(f"{own.end.year + (own.end.month == 12)}-T{own.end.month % 12 // 3 + 1}")
    return [(str(each), each.title.capitalize()) for each in (own.previous, after)]


def _dossiers(request: OfficeRequest, period: str) -> tuple[Dossier, Dossier]:
    before = str(Period.parse(period).previous)
    return tuple(programme_dossier(request.access.institution, each) for each in (period, before))  # type: ignore[return-value]  # two of them


def _shape(columns: tuple[Column, ...]) -> ListShape:
    frequencies = list(IndicatorCard.Frequency.choices)
    return ListShape(
        columns,
        SEARCHED,
        (Filter("frecuencia", "Frecuencia", frequencies, lambda value: Q(frequency=value)),),
        "indicador",
    )


def _columns(own: Dossier, before: Dossier) -> tuple[Column, ...]:
    def amount(card: IndicatorCard, name: str) -> str:
        value = getattr(card, name)
        return "" if value is None else print_number(value.normalize() + 0)

    def term(card: IndicatorCard, name: str) -> str:
        measure = getattr(read_card(card, own).indicator, name)
        return _print(measure) if measure is not None else ""

    return (
        Column("indicador", "Indicador", lambda row: row.name, "name"),
        Column("objetivo", "Para qué se mide", lambda row: row.objective),
        Column("formula", "Fórmula", lambda row: read_card(row, own).indicator.formula),
        Column("numerador", "Numerador", lambda row: term(row, "numerator")),
        Column("denominador", "Denominador", lambda row: term(row, "denominator")),
        Column("resultado", f"Resultado, {own.period.title}", lambda row: read_card(row, own).printed),
        Column("lectura", "Lectura", lambda row: read_card(row, own).word),
        Column("explicacion", "Explicación", lambda row: read_card(row, own).told),
        Column("anterior", f"Resultado, {before.period.title}", lambda row: read_card(row, before).printed),
        Column("meta", "Meta", tell_target),
        Column("aceptable", "Aceptable hasta", lambda row: amount(row, "tolerable")),
        Column("base", "Línea base", lambda row: amount(row, "baseline")),
        Column("unidad", "Unidad", lambda row: row.unit),
        Column("frecuencia", "Frecuencia", lambda row: row.get_frequency_display()),
        Column("fuente", "Fuente", lambda row: row.source),
        Column("responde", "Quién responde", lambda row: row.owner),
        Column("actividad", "Actividad del plan", lambda row: row.activity),
    )


def _show(request: OfficeRequest, row: IndicatorCard, form: CardForm, period: str, **context: Any) -> HttpResponse:
    own, before = _dossiers(request, period)
    reading = read_card(row, own)
    base = _context(request, period, row.name, reverse("change_indicator", args=[row.pk]))
    told = {
        "row": row,
        "reading": reading,
        "earlier": read_card(row, before),
        "before": before.period.title,
        "ranges": tell_ranges(row),
        "terms": _terms(reading.indicator, own),
        "thing": "el indicador",
        "button": "Guardar los cambios",
        "history": history_of(row),
        "removal": reverse("remove_indicator", args=[row.pk]),
        "may_change": request.access.has_any(Role.EDITOR),
    }
    return _show_form(request, form, period, {**base, **told, **context}, own)


def _show_form(
    request: OfficeRequest, form: CardForm, period: str, context: dict[str, Any], own: Dossier | None = None
) -> HttpResponse:
    """The page of a card: with the catalogue of quantities, and what the formula typed comes to."""
    dossier = own or programme_dossier(request.access.institution, period)
    typed = str(form["formula"].value() or "")
    told = {
        "quarter": period,
        "period_title": dossier.period.title,
        "fault": fault_of(typed) if form.is_bound else None,
        "trial": _trial(form, dossier) if form.is_bound else None,
        "catalogue": _offer(dossier),
    }
    is_trial = TRY in request.POST
    for name in [each for each in form.errors if is_trial and each != "formula"]:
        del form.errors[name]  # of a trial only the formula is looked at; the rest is asked for when it is kept
    answer = show_form(request, form, {**context, **told}, template="programme/indicator.html")
    if is_trial:  # nothing was refused: the formula was only worked out
        answer.status_code = 200
    return answer


def _trial(form: CardForm, dossier: Dossier) -> Reading | None:
    """What the formula in the form comes to; nothing where it cannot be read."""
    typed = str(form["formula"].value() or "")
    if not typed.strip() or fault_of(typed) is not None:
        return None
    card = IndicatorCard(formula=" ".join(typed.split()), unit=str(form["unit"].value() or ""))
    form.is_valid()
    for name in ("target", "tolerable", "sense"):
        value = form.cleaned_data.get(name)
        if value is not None:
            setattr(card, name, value)
    return read_card(card, dossier)


def _terms(indicator: Indicator, dossier: Dossier) -> list[tuple[str, Term]]:
    named = [("Numerador", indicator.numerator), ("Denominador", indicator.denominator)]
    if indicator.denominator is None:
        named = [("Cantidad", indicator.numerator)]
    return [(title, Term(_print(each), records_behind(each, dossier))) for title, each in named if each is not None]


def _print(measure: Measure) -> str:
    if measure.value is None:
        return "sin dato"
    whole = measure.value == measure.value.to_integral_value()
    return print_number(measure.value.to_integral_value() if whole else measure.value, decimals=0 if whole else 2)


def _offer(dossier: Dossier) -> list[tuple[str, list[Offered]]]:
    """The catalogue by groups with what each quantity is now. Of the metrics, those that the office follows."""
    groups: dict[str, list[Offered]] = {}
    for quantity in CATALOGUE.values():
        measure = quantity.measure(dossier)
        if quantity.group == METRICS and measure.value is None and not measure.lacking:
            continue
        value = "" if measure.value is None else _print(measure)
        groups.setdefault(quantity.group, []).append(Offered(quantity.code, quantity.label, value))
    return list(groups.items())


def _context(request: OfficeRequest, period: str, title: str, action: str) -> dict[str, Any]:
    del request
    query = f"?{urlencode({QUARTER: period})}"
    return {
        "place": "indicators",
        "over": "Indicadores",
        "title": title,
        "action": f"{action}{query}",
        "back": f"{reverse('indicators')}{query}",
    }
