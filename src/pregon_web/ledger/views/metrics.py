"""The metrics of a quarter, month by month, as the platforms give them: typed, pasted from Excel, or imported."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.metric import CATALOGUE, metric
from pregon.figures.period import Period
from pregon.figures.spanish import count_of, month_name, print_amount
from pregon.records.publishing import ObservationStatus
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.forms import MeasureForm
from pregon_web.ledger.grid import NOT_APPLICABLE, CellCollision, Problem, cell_key, lay_out, read_cells
from pregon_web.ledger.models import Observation
from pregon_web.ledger.selectors import (
    channel_by_code,
    current_rows,
    evidence_chosen,
    is_closed,
    ledger_dossier,
    measures_before,
    observation_history,
    observation_value,
    observations_by_pk,
    parse_measured,
)
from pregon_web.ledger.services import BadRecord, ClosedPeriod, record_observations

SEEN = "visto:"
"""Before a cell's name, which observation the person was looking at."""


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_metrics(request: OfficeRequest, period: str) -> HttpResponse:
    """The grid."""
    return _render(request, period)


@requires(Role.EDITOR)
@require_POST
def save_metrics(request: OfficeRequest, period: str) -> HttpResponse:
    """Save what was typed: all of it, or nothing where a cell cannot be read or somebody else changed one."""
    institution = request.access.institution
    dossier = ledger_dossier(institution, period)
    typed = {key: str(value)[:60] for key, value in request.POST.items() if key.count("/") == 2 and ":" not in key}
    seen = {key: str(request.POST.get(f"{SEEN}{key}", "")) for key in typed}
    told, collisions = _settle(request, period, typed, seen)
    reading = read_cells(dossier, told)
    if reading.problems or collisions:
        return _render(request, period, typed, reading.problems, collisions, status=422)
    try:
        written = record_observations(
            access=request.access, period=period, observations=reading.changed, reason="Escrita en Métricas"
        )
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return _render(request, period, typed, status=422)
    if written:
        saved = count_of(len(written), "cifra", "cifras")
        messages.success(request, f"Se {'guardó' if len(written) == 1 else 'guardaron'} {saved}.")
    return redirect("metrics", period=period)


def _settle(
    request: OfficeRequest, period: str, typed: Mapping[str, str], seen: Mapping[str, str]
) -> tuple[dict[str, str], tuple[CellCollision, ...]]:
    """What this person really typed, and the cells that both they and somebody else changed since the page was opened.

    A cell that the other changed and this person did not touch is left as the other put it.
    """
    rows = current_rows(request.access.institution, period)
    stale = {key for key in typed if key in rows and seen[key] != str(rows[key].pk)}
    shown = observations_by_pk(request.access, [int(seen[key]) for key in stale if seen[key].isdigit()])
    told, collisions = dict(typed), []
    for key in stale:
        was = shown.get(int(seen[key])) if seen[key].isdigit() else None
        before, now, text = (_print_cell(was) if was else ""), _print_cell(rows[key]), typed[key].strip()
        if text == before:
            del told[key]
        elif text != now:
            row = rows[key]
            label = (
                f"{row.channel.name}, {metric(row.metric).name}, {month_name(parse_measured(row.measured).start.month)}"
            )
            who = row.recorded_by.name if row.recorded_by else "Otra persona"
            collisions.append(CellCollision(key, label, who, row.at, now or "sin dato", text or "nada"))
    return told, tuple(collisions)


def _print_cell(row: Observation) -> str:
    """A row as its cell shows it: empty where there is no datum."""
    value = observation_value(row)
    if value.amount is not None:
        return print_amount(value.amount)
    return NOT_APPLICABLE if value.status is ObservationStatus.NOT_APPLICABLE else ""


def _render(
    request: OfficeRequest,
    period: str,
    typed: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
    collisions: tuple[CellCollision, ...] = (),
    status: int = 200,
) -> HttpResponse:
    institution = request.access.institution
    dossier = ledger_dossier(institution, period)
    groups = lay_out(dossier, measures_before(institution, period), typed, problems)
    cells = [cell for group in groups for line in group.lines for cell in line.cells]
    known = sum(bool(cell.count) or (bool(cell.text) and cell.text != "no aplica") for cell in cells)
    off = sum(cell.text == "no aplica" for cell in cells)
    closed = is_closed(institution, period)
    rows = current_rows(institution, period)
    context = {
        "place": "metrics",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "months": dossier.period.months,
        "groups": groups,
        "seen": {key: str(row.pk) for key, row in rows.items()},
        "problems": problems,
        "collisions": collisions,
        "tally": {"known": known, "off": off, "missing": len(cells) - known - off, "all": len(cells)},
        "last": max(rows.values(), key=lambda row: row.at, default=None),
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "is_closed": closed,
    }
    return render(request, "ledger/metrics.html", context, status=status)


@requires(*READERS)
@require_GET
def show_measure(request: OfficeRequest, period: str, channel: str, code: str, month: str) -> HttpResponse:
    """One cell: its figure, where it comes from, its evidence and everything it said before."""
    return _render_measure(request, period, channel, code, month)


@requires(Role.EDITOR)
@require_POST
def change_measure(request: OfficeRequest, period: str, channel: str, code: str, month: str) -> HttpResponse:
    """Say where a figure comes from, or put another one with its reason."""
    form = MeasureForm(request.POST, access=request.access, period=period)
    if form.is_valid():
        value = form.to_observation(code, channel, _month(period, month))
        try:
            record_observations(
                access=request.access, period=period, observations=[value], reason=form.cleaned_data["reason"]
            )
        except (BadRecord, ClosedPeriod) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Se guardó la cifra.")
            return redirect("measure", period=period, channel=channel, code=code, month=month)
    return _render_measure(request, period, channel, code, month, form)


def _render_measure(
    request: OfficeRequest, period: str, channel: str, code: str, month: str, form: MeasureForm | None = None
) -> HttpResponse:
    own = channel_by_code(request.access, channel)
    when = _month(period, month)
    if code not in CATALOGUE:
        raise Http404
    history = observation_history(request.access, period, own, code, str(when))
    current = next((row for row in history if row.is_current), None)
    closed = is_closed(request.access.institution, period)
    if form is None:
        initial = MeasureForm.initial_of(current)
        chosen = evidence_chosen(request.access, period, request.GET.get("evidencia", ""))
        form = MeasureForm(
            access=request.access, period=period, initial={**initial, **({"evidence": chosen} if chosen else {})}
        )
    context = {
        "form": form,
        "place": "metrics",
        "period": period,
        "over": "Métricas",
        "title": f"{own.name}: {metric(code).name.lower()}",
        "lead": f"{when.title.capitalize()}. {metric(code).definition}",
        "back": f"{reverse('metrics', args=[period])}#{cell_key(own.code, code, when)}",
        "action": reverse("change_measure", args=[period, channel, code, month]),
        "button": "Guardar la cifra",
        "values": [(row, _print_row(row)) for row in history],
        "current": current,
        "proof_query": urlencode({"section": "platform_statistics", "channel": own.code, "month": str(when)}),
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "closed": "Sus registros no cambian hasta que se reabra." if closed else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "ledger/measure.html", context, status=status)


def _print_row(row: Observation) -> str:
    value = observation_value(row)
    return print_amount(value.amount) if value.amount else str(row.get_status_display()).lower()


def _month(period: str, month: str) -> Period:
    """The month or the quarter that an address names. Raises Http404 for one that is not of the quarter."""
    own = Period.parse(period)
    try:
        when = parse_measured(month)
    except ValueError as error:
        raise Http404 from error
    if when not in (*own.months, own):
        raise Http404
    return when
