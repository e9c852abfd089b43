"""The follow-up of the plan in a quarter: what was done of each activity, its proof and what hindered it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, print_amount, print_number
from pregon.records.indicators import Indicator
from pregon.records.measuring import measure_activity
from pregon.records.programme import IndicatorKind
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.models import Evidence
from pregon_web.ledger.selectors import is_closed
from pregon_web.ledger.services import BadRecord, ClosedPeriod, Conflict
from pregon_web.programme.forms_plan import FollowUpForm, evidence_choices
from pregon_web.programme.models import ActivityFollowUp
from pregon_web.programme.selectors.plan import (
    activity_value,
    follow_up_for,
    follow_ups_of,
    plan_in_force,
    programme_dossier,
)
from pregon_web.programme.services.plan import FollowUpEntry, drop_follow_up, save_follow_ups


@dataclass(frozen=True, slots=True)
class Line:
    """An activity of the page: its row, its form, and what its indicator comes to."""

    row: ActivityFollowUp
    form: FollowUpForm
    indicator: Indicator

    @property
    def is_counted(self) -> bool:
        """Whether what was done of it is counted by somebody; of the others the records speak."""
        return is_counted(self.row)

    @property
    def planned(self) -> str:
        """What was planned, as it is printed; nothing where it was not said."""
        return "" if self.row.planned is None else print_number(self.row.planned)

    @property
    def result(self) -> str:
        """The result as it is printed; nothing where it cannot be measured."""
        return print_amount(self.indicator.result) if self.indicator.result else ""

    @property
    def reason(self) -> str:
        """Why it cannot be measured, as a sentence."""
        return f"{self.indicator.reason[:1].upper()}{self.indicator.reason[1:]}." if self.indicator.reason else ""

    @property
    def target(self) -> str:
        """The target of the indicator, as it is printed."""
        if self.row.target is None:
            return ""
        unit = "\N{NO-BREAK SPACE}%" if self.indicator.unit == "%" else f" {self.indicator.unit}".rstrip()
        return f"{print_number(self.row.target.normalize() + 0)}{unit}"

    @property
    def standing(self) -> tuple[str, str]:
        """The word for how it goes, and its class."""
        if self.indicator.result is None:
            return "No medible", "is-gap"
        meets = self.indicator.meets(self.row.target)
        if meets is None:
            return "Sin meta", ""
        return ("Cumple", "is-ok") if meets else ("No cumple", "is-bad")


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_follow_up(request: OfficeRequest, period: str) -> HttpResponse:
    """The activities of a quarter, each with its form for whoever writes."""
    return _render(request, period)


@requires(Role.EDITOR)
@require_POST
def keep_follow_up(request: OfficeRequest, period: str) -> HttpResponse:
    """Save what was written of every activity: all of it, or nothing where a line cannot be taken."""
    choices, evidence = evidence_choices(request.access, period)
    rows = follow_ups_of(request.access.institution, period)
    forms = [_bound(request, row, choices) for row in rows if f"{_prefix(row)}-reference" in request.POST]
    if not all(form.is_valid() for form in forms):
        return _render(request, period, forms, status=422)
    entries = [_entry(form, evidence) for form in forms]
    try:
        changed = save_follow_ups(access=request.access, period=period, entries=entries)
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return _render(request, period, forms, status=422)
    except Conflict as conflict:
        return _collide(request, period, forms, conflict)
    if changed:
        saved = count_of(changed, "actividad", "actividades")
        messages.success(request, f"Se guardó el seguimiento de {saved}.")
    return redirect("plan_follow_up", period=period)


@requires(Role.EDITOR)
@require_POST
def remove_follow_up(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Take back what was noted of an activity."""
    row = follow_up_for(request.access, period, pk)
    try:
        drop_follow_up(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Se borró lo anotado de «{row.title}».")
    return redirect("plan_follow_up", period=period)


def _prefix(row: ActivityFollowUp) -> str:
    """What the fields of a line begin with: its reference, whatever letters it has, as a name of a field may be."""
    return "a" + row.reference.encode().hex()


def is_counted(row: ActivityFollowUp) -> bool:
    """Whether what was done of an activity is counted in it, and not in the records of something else."""
    own = (IndicatorKind.COMPLETION, IndicatorKind.NONE)
    return row.indicator in own or row.planned is not None or row.done is not None


def _asked_of(row: ActivityFollowUp) -> tuple[str, ...]:
    """The fields that a line asks for: how much was done where it is counted, its progress where it is not."""
    if not is_counted(row):
        return ("evidence", "obstacles")
    if row.planned is not None and row.progress is None:
        return ("done", "evidence", "obstacles")
    return ("done", "progress", "evidence", "obstacles")


def _bound(request: OfficeRequest, row: ActivityFollowUp, choices: list[tuple[str, str]]) -> FollowUpForm:
    return FollowUpForm(request.POST, access=request.access, prefix=_prefix(row), choices=choices, asked=_asked_of(row))


def _unbound(request: OfficeRequest, row: ActivityFollowUp, choices: list[tuple[str, str]]) -> FollowUpForm:
    initial = {name: getattr(row, name) for name in ("reference", "done", "progress", "obstacles")}
    initial["evidence"] = str(row.evidence_id or "")
    initial["version"] = row.version if row.pk else None
    return FollowUpForm(
        access=request.access, prefix=_prefix(row), choices=choices, asked=_asked_of(row), initial=initial
    )


def _entry(form: FollowUpForm, evidence: dict[str, Evidence]) -> FollowUpEntry:
    chosen = evidence.get(form.cleaned_data["evidence"])
    return FollowUpEntry(
        form.cleaned_data["reference"], form.cleaned_data["version"], {**form.record, "evidence": chosen}
    )


def _collide(request: OfficeRequest, period: str, forms: list[FollowUpForm], conflict: Conflict) -> HttpResponse:
    """Somebody else saved the same line: the page says whose, what it is now, and takes the next save as seen."""
    current = conflict.current
    assert isinstance(current, ActivityFollowUp)  # noqa: S101 - for the type checker
    told = "sin dato" if current.done is None else print_number(current.done)
    for form in forms:
        if form.cleaned_data["reference"] == current.reference:
            form.data = {**form.data.dict(), f"{form.prefix}-version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict
            form.add_error(
                None,
                f"Otra persona cambió esta actividad mientras usted escribía: ahora dice hecho {told}. "
                "Deje lo que vale y guarde otra vez.",
            )
    return _render(request, period, forms, status=422)


def _render(
    request: OfficeRequest, period: str, forms: list[FollowUpForm] | None = None, status: int = 200
) -> HttpResponse:
    institution = request.access.institution
    dossier = programme_dossier(institution, period)
    rows = follow_ups_of(institution, period)
    choices, _ = evidence_choices(request.access, period)
    typed = {form.prefix: form for form in forms or ()}
    lines = [
        Line(
            row,
            typed.get(_prefix(row)) or _unbound(request, row, choices),
            measure_activity(dossier, activity_value(row)),
        )
        for row in rows
    ]
    closed = is_closed(institution, period)
    context = {
        "place": "plan_follow_up",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "plan": plan_in_force(institution, period),
        "lines": lines,
        "tally": _tally(lines),
        "writes": request.access.has_any(Role.EDITOR),
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "is_closed": closed,
        "wrong": [line for line in lines if line.form.errors],
    }
    return render(request, "programme/follow_up.html", context, status=status)


def _tally(lines: list[Line]) -> dict[str, int]:
    words = [line.standing[0] for line in lines]
    return {
        "met": words.count("Cumple"),
        "unmet": words.count("No cumple"),
        "aimless": words.count("Sin meta"),
        "unmeasurable": words.count("No medible"),
    }
