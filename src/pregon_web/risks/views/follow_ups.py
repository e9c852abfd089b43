"""The follow-up of a quarter: each risk with what its records say, and what was found when it was checked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.figures.spanish import print_date
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.selectors import evidence_chosen, is_closed
from pregon_web.ledger.services import BadRecord, ClosedPeriod, remove_record
from pregon_web.recording import history_of, show_form, take_form
from pregon_web.risks.following import may_follow_up, save_follow_up, setting_of
from pregon_web.risks.forms import FollowUpForm
from pregon_web.risks.models import FollowUp, Risk
from pregon_web.risks.monitoring import Saying, what_records_say
from pregon_web.risks.selectors import controls_of, follow_up_for, follow_ups_for, risk_for, risks_in_quarter
from pregon_web.risks.valuing import value_risk

FIELDS = (
    "checked_on",
    "finding",
    "is_copy_confirmed",
    "controls_run",
    "controls_planned",
    "evidence",
    "despite",
    "next_action",
    "incident",
    "happened",
    "cause",
    "correction",
    "version",
)


@dataclass(frozen=True, slots=True)
class Watched:
    """A risk in a quarter: its residual zone, what the records say, what was found, and whether the two disagree."""

    risk: Risk
    zone: str
    saying: Saying
    follow_ups: list[FollowUp] = field(default_factory=list)

    @property
    def last(self) -> FollowUp | None:
        """The last follow-up, which the report prints."""
        return self.follow_ups[0] if self.follow_ups else None

    @property
    def is_contradicted(self) -> bool:
        """Whether it was said not to have materialised, without a reason, and the records count that it did."""
        last = self.last
        return bool(last and self.saying.contradicts and not last.materialised and not last.despite)


@requires(*READERS)
@require_GET
def show_follow_ups(request: OfficeRequest, period: str) -> HttpResponse:
    """Every risk of a quarter with its follow-up."""
    access = request.access
    watched = _watch(request, period)
    context = {
        "place": "risks",
        "tab": "follow_ups",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "watched": watched,
        "lacking": sum(not each.follow_ups for each in watched),
        "contradicted": sum(each.is_contradicted for each in watched),
        "may_change": may_follow_up(access) and not is_closed(access.institution, period),
        "may_map": access.has_any(Role.EDITOR),
    }
    return render(request, "risks/follow_ups.html", context)


def _watch(request: OfficeRequest, period: str) -> list[Watched]:
    institution = request.access.institution
    risks = list(risks_in_quarter(request.access, period))
    controls = controls_of(institution, risks)
    said = what_records_say(institution, period, {risk.signal for risk in risks}) if risks else {}
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for row in follow_ups_for(request.access, period):
        found[row.risk_id].append(row)
    watched = []
    for risk in risks:
        valued = value_risk(risk, controls[risk.pk])
        zone = valued.residual.zone.name if valued else risk.told_residual
        watched.append(Watched(risk, zone, said[risk.signal], found[risk.pk]))
    return watched


@requires(Role.EDITOR, Role.REVIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def add_follow_up(request: OfficeRequest, period: str, risk: int) -> HttpResponse:
    """Note what was found when a risk was checked."""
    row = risk_for(request.access, risk)
    form = FollowUpForm(
        request.POST or None, access=request.access, period=period, setting=setting_of(request.access, row, period)
    )
    if request.method == "POST" and form.is_valid():
        take_form(
            form,
            lambda: save_follow_up(access=request.access, risk=row, period=period, row=None, fields=form.record),
        )
        if not form.errors:
            messages.success(request, f"Se anotó el seguimiento del riesgo {row.reference}.")
            return redirect("risk_follow_ups", period=period)
    action = reverse("add_risk_follow_up", args=[period, risk])
    closed = is_closed(request.access.institution, period)
    told = {"button": "Anotar el seguimiento", "may_change": not closed, "closed": _tell_closed(closed=closed)}
    return _show(request, row, period, form, f"Seguimiento del riesgo {row.reference}", action, **told)


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_follow_up(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """A follow-up with its history; whoever it is of may change it here."""
    row = follow_up_for(request.access, period, pk)
    initial = {name: getattr(row, name) for name in FIELDS}
    initial["evidence"] = evidence_chosen(request.access, period, request.GET.get("evidencia", "")) or row.evidence
    initial |= {"materialised": "si" if row.materialised else "no", "line_of_defence": row.line_of_defence}
    form = FollowUpForm(
        access=request.access, period=period, initial=initial, setting=setting_of(request.access, row.risk, period)
    )
    return _show_kept(request, row, form)


@requires(Role.EDITOR, Role.REVIEWER)
@require_POST
def change_follow_up(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Change a follow-up."""
    row = follow_up_for(request.access, period, pk)
    form = FollowUpForm(
        request.POST, access=request.access, period=period, setting=setting_of(request.access, row.risk, period)
    )
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form,
            lambda: save_follow_up(
                access=request.access, risk=row.risk, period=period, row=row, fields=form.record, version=version
            ),
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("risk_follow_ups", period=period)
    return _show_kept(request, row, form, collision=collision)


@requires(Role.EDITOR, Role.REVIEWER)
@require_POST
def remove_follow_up(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Remove a follow-up that never was, with the reason."""
    row = follow_up_for(request.access, period, pk)
    if not may_follow_up(request.access, row):
        messages.error(request, "Ese seguimiento es de otra línea de defensa: lo borra quien lo anotó.")
        return redirect("risk_follow_up", period=period, pk=pk)
    try:
        remove_record(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return redirect("risk_follow_up", period=period, pk=pk)
    messages.success(request, "Se borró el seguimiento.")
    return redirect("risk_follow_ups", period=period)


def _show_kept(request: OfficeRequest, row: FollowUp, form: FollowUpForm, **context: Any) -> HttpResponse:
    closed = is_closed(request.access.institution, row.period)
    told = {
        "row": row,
        "thing": "el seguimiento",
        "button": "Guardar los cambios",
        "history": history_of(row),
        "removal": reverse("remove_risk_follow_up", args=[row.period, row.pk]),
        "may_change": may_follow_up(request.access, row) and not closed,
        "closed": _tell_closed(closed=closed),
    }
    title = f"Seguimiento del riesgo {row.risk.reference}, {print_date(row.checked_on)}"
    action = reverse("change_risk_follow_up", args=[row.period, row.pk])
    return _show(request, row.risk, row.period, form, title, action, **told, **context)


def _show(
    request: OfficeRequest, risk: Risk, period: str, form: FollowUpForm, title: str, action: str, **context: Any
) -> HttpResponse:
    setting = form.setting
    told = {
        "place": "risks",
        "period": period,
        "risk": risk,
        "over": "Seguimiento de riesgos",
        "title": title,
        "lead": risk.wording,
        "action": action,
        "back": reverse("risk_follow_ups", args=[period]),
        "saying": what_records_say(request.access.institution, period, [risk.signal])[risk.signal],
        "span": f"{print_date(setting.period.start)} al {print_date(setting.last_day)}",
    }
    return show_form(request, form, {**told, **context}, template="risks/follow_up.html")


def _tell_closed(*, closed: bool) -> str:
    return "Sus registros no cambian hasta que se reabra." if closed else ""
