"""The calendar of a quarter: what is marked in the country and the world, what was chosen of it, what was published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.records.commemorations import Theme
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.icalendar import CONTENT_TYPE, write_calendar
from pregon_web.ledger.selectors import is_closed
from pregon_web.ledger.services import BadRecord, ClosedPeriod, add_record, change_record, remove_record
from pregon_web.programme.forms import CommemorationForm
from pregon_web.programme.models import Commemoration
from pregon_web.programme.planning import (
    DayState,
    PlannedDay,
    calendar_entries,
    day_of,
    months_of,
    plan_quarter,
    state_of,
    tell_plan,
)
from pregon_web.programme.selectors import commemoration_for, commemorations_for
from pregon_web.programme.services import choose_day
from pregon_web.recording import history_of, show_form, take_form

TAGS = {DayState.MARKED: "is-ok", DayState.PLANNED: "is-open", DayState.UNMARKED: "is-gap"}
SHOWN = [("elegidas", "Elegidas"), ("sin-publicar", "Elegidas sin publicación"), ("libres", "Sin elegir")]


@requires(*READERS)
@require_GET
def show_calendar(request: OfficeRequest, period: str) -> HttpResponse:
    """The days of a quarter, month by month."""
    rows = list(commemorations_for(request.access, period).order_by("day", "pk"))
    days = plan_quarter(period, rows, timezone.localdate())
    asked = {name: request.GET.get(name, "") for name in ("ver", "tema")}
    narrowed = [each for each in days if _is_asked(each, asked["ver"], asked["tema"])]
    context = {
        "place": "calendar",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "told": tell_plan(days),
        "months": months_of(period, narrowed),
        "is_narrowed": len(narrowed) != len(days),
        "asked": asked,
        "shown": SHOWN,
        "themes": [(theme.value, theme.word) for theme in Theme],
        "tags": {state.value: tag for state, tag in TAGS.items()},
        "has_chosen": bool(rows),
        "may_change": request.access.has_any(Role.EDITOR) and not is_closed(request.access.institution, period),
    }
    return render(request, "programme/calendar.html", context)


def _is_asked(each: PlannedDay, shown: str, theme: str) -> bool:
    if theme and (each.day is None or each.day.theme != theme) and theme in set(Theme):
        return False
    if shown == "elegidas":
        return each.row is not None
    if shown == "sin-publicar":
        return each.state in {DayState.PLANNED, DayState.UNMARKED}
    return each.row is None if shown == "libres" else True


@requires(*READERS)
@require_GET
def download_calendar(request: OfficeRequest, period: str) -> HttpResponse:
    """What was chosen, as a file for the calendar of a phone or of Outlook."""
    rows = commemorations_for(request.access, period).order_by("day", "pk")
    name = f"Efemérides del {Period.parse(period).title}"
    # The same calendar is the same file: its stamp is of the last day that was chosen, not of who asks.
    written = max((row.created_at for row in rows), default=timezone.now())
    content = write_calendar(name, calendar_entries(rows), written=written)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="efemerides-{period}.ics"'
    return response


@requires(Role.EDITOR)
@require_POST
def take_day(request: OfficeRequest, period: str) -> HttpResponse:
    """Choose a day of the calendar."""
    try:
        row = choose_day(access=request.access, period=period, code=request.POST.get("code", ""))
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return redirect("calendar", period=period)
    messages.success(request, f"Se eligió «{row.name}».")
    return redirect(f"{reverse('calendar', args=[period])}#dia-{row.pk}")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_commemoration(request: OfficeRequest, period: str) -> HttpResponse:
    """Add a day of the institution's own: the town's, its patron's."""
    form = CommemorationForm(request.POST or None, access=request.access, period=period)
    if request.method == "POST" and form.is_valid():
        take_form(form, lambda: add_record(access=request.access, row=Commemoration(period=period, **form.record)))
        if not form.errors:
            messages.success(request, f"Se agregó «{form.cleaned_data['name']}».")
            return redirect("calendar", period=period)
    context = _form_context(period, "Agregar una efeméride propia", reverse("add_commemoration", args=[period]))
    lead = "Una que no está en el calendario: el día del municipio, el aniversario de la entidad."
    return show_form(request, form, {**context, "lead": lead, "button": "Agregar la efeméride", "may_change": True})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_commemoration(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """A chosen day with its publication; whoever writes may change it here."""
    row = commemoration_for(request.access, period, pk)
    names = ("name", "day", "campaign", "publication", "version")
    initial = {name: getattr(row, name) for name in names}
    form = CommemorationForm(access=request.access, period=period, row=row, initial=initial)
    return _show(request, row, form)


@requires(Role.EDITOR)
@require_POST
def change_commemoration(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Change a chosen day, or say which publication marked it."""
    row = commemoration_for(request.access, period, pk)
    form = CommemorationForm(request.POST, access=request.access, period=period, row=row)
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: change_record(access=request.access, row=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("commemoration", period=period, pk=pk)
    return _show(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def remove_commemoration(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Take a chosen day back, with the reason."""
    row = commemoration_for(request.access, period, pk)
    try:
        remove_record(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return redirect("commemoration", period=period, pk=pk)
    messages.success(request, f"Se borró «{row.name}».")
    return redirect("calendar", period=period)


def _show(request: OfficeRequest, row: Commemoration, form: CommemorationForm, **context: Any) -> HttpResponse:
    closed = is_closed(request.access.institution, row.period)
    base = _form_context(row.period, row.name, reverse("change_commemoration", args=[row.period, row.pk]))
    day = day_of(row)
    state = state_of(row, timezone.localdate())
    told = {
        "row": row,
        "planned": PlannedDay(row.day, row.name, day, row, state),
        "tag": TAGS[state],
        "thing": "la efeméride",
        "button": "Guardar los cambios",
        "history": history_of(row),
        "removal": reverse("remove_commemoration", args=[row.period, row.pk]),
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "closed": "Sus registros no cambian hasta que se reabra." if closed else "",
    }
    return show_form(request, form, {**base, **told, **context}, template="programme/commemoration.html")


def _form_context(period: str, title: str, action: str) -> dict[str, Any]:
    return {
        "place": "calendar",
        "period": period,
        "over": "Calendario",
        "title": title,
        "action": action,
        "back": reverse("calendar", args=[period]),
    }
