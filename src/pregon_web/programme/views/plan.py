"""The communication plan: its editions, year by year, and the activities of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.spanish import print_number
from pregon.records.formula import Formula, tell_formula
from pregon.records.formula_reading import parse_formula
from pregon.records.programme import IndicatorKind
from pregon.records.quantities import LABELS
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.services import BadRecord
from pregon_web.programme.forms_plan import ActivityForm, ApprovalForm, NewPlanForm, PlanForm
from pregon_web.programme.models import Activity, Plan
from pregon_web.programme.selectors.plan import (
    activities_in,
    activity_for,
    plan_for,
    plan_in_force,
    plans_for,
)
from pregon_web.programme.services import plan as services
from pregon_web.programme.views import editions
from pregon_web.recording import history_of, show_form, take_form

EDITION_FIELDS = ("title", "code", "dated", "changes", "objectives", "version")
ACTIVITY_FIELDS = (
    "reference",
    "title",
    "objective",
    "step",
    "unit",
    "first_quarter",
    "second_quarter",
    "third_quarter",
    "fourth_quarter",
    "start",
    "end",
    "owner",
    "budget",
    "indicator",
    "formula",
    "target",
    "version",
)


@requires(*READERS)
@require_GET
def show_plan(request: OfficeRequest) -> HttpResponse:
    """The plan in force today; of the latest year that has one, where this year has none."""
    today = timezone.localdate()
    current = plan_in_force(request.access.institution, f"{today.year}-T{(today.month + 2) // 3}")
    current = current or plans_for(request.access).first()
    if current is None:
        return render(
            request, "programme/no_plan.html", {"place": "plan", "writes": request.access.has_any(Role.EDITOR)}
        )
    return _show(request, current)


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_edition(request: OfficeRequest, pk: int) -> HttpResponse:
    """An edition of a plan."""
    return _show(request, plan_for(request.access, pk))


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_plan(request: OfficeRequest) -> HttpResponse:
    """Begin the plan of a year."""
    today = timezone.localdate()
    form = NewPlanForm(request.POST or None, access=request.access, initial={"dated": today})
    if request.method == "POST" and form.is_valid():
        take_form(form, lambda: services.add_plan(access=request.access, fields=form.record))
        if not form.errors:
            messages.success(request, "Se abrió el borrador del plan. Agregue sus actividades.")
            return redirect("plan_edition", pk=plans_for(request.access).get(fiscal_year=form.record["fiscal_year"]).pk)
    context = {**_context("Hacer el plan de un año", reverse("add_plan")), "button": "Abrir el borrador"}
    return show_form(request, form, {**context, "may_change": True, "back": reverse("plan")})


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_plan(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change what a draft says of itself."""
    row = plan_for(request.access, pk)
    initial = {name: getattr(row, name) for name in EDITION_FIELDS}
    form = PlanForm(request.POST or None, access=request.access, initial=initial)
    collision = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form,
            lambda: services.change_edition(access=request.access, row=row, fields=form.record, version=version),
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("plan_edition", pk=pk)
    context = _context(row.title, reverse("change_plan", args=[pk]))
    told = {
        "over": f"Plan de {row.fiscal_year}, versión {row.edition}",
        "back": reverse("plan_edition", args=[pk]),
        "button": "Guardar los cambios",
        "may_change": row.is_draft,
        "collision": collision,
        "history": history_of(row),
        "removal": reverse("remove_plan", args=[pk]),
        "thing": "el borrador",
    }
    return show_form(request, form, {**context, **told})


@requires(Role.EDITOR)
@require_POST
def approve_plan(request: OfficeRequest, pk: int) -> HttpResponse:
    """Note the minute that approves it."""
    return editions.approve(request, plan_for(request.access, pk), _show, "plan_edition")


@requires(Role.EDITOR)
@require_POST
def renew_plan(request: OfficeRequest, pk: int) -> HttpResponse:
    """Begin the version that follows, with the activities of this one."""
    row = plan_for(request.access, pk)
    return editions.renew(request, lambda: services.renew_plan(access=request.access, plan=row), row, "plan_edition")


@requires(Role.EDITOR)
@require_POST
def remove_plan(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove a draft with its activities."""
    return editions.drop(request, plan_for(request.access, pk), "plan_edition", "plan")


# --- activities -----------------------------------------------------------------------------------------------------


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_activity(request: OfficeRequest, pk: int) -> HttpResponse:
    """Add an activity to a draft."""
    plan = plan_for(request.access, pk)
    initial = {"indicator": "completion"}
    form = ActivityForm(request.POST or None, access=request.access, plan=plan, initial=initial)
    if request.method == "POST" and form.is_valid():
        take_form(
            form,
            lambda: services.save_activity(access=request.access, plan=plan, activity=None, fields=form.record),
        )
        if not form.errors:
            messages.success(request, f"Se agregó «{form.cleaned_data['title']}».")
            return redirect("plan_edition", pk=pk)
    context = _activity_context(plan, "Agregar una actividad", reverse("add_activity", args=[pk]))
    return show_form(request, form, {**context, "button": "Agregar la actividad", "may_change": plan.is_draft})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_activity(request: OfficeRequest, pk: int) -> HttpResponse:
    """An activity of a plan; whoever writes may change it while its plan is a draft."""
    row = activity_for(request.access, pk)
    initial = {name: getattr(row, name) for name in ACTIVITY_FIELDS}
    form = ActivityForm(access=request.access, plan=row.plan, activity=row, initial=initial)
    return _show_activity(request, row, form)


@requires(Role.EDITOR)
@require_POST
def change_activity(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change an activity of a draft."""
    row = activity_for(request.access, pk)
    form = ActivityForm(request.POST, access=request.access, plan=row.plan, activity=row)
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form,
            lambda: services.save_activity(
                access=request.access, plan=row.plan, activity=row, fields=form.record, version=version
            ),
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("plan_edition", pk=row.plan_id)
    return _show_activity(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def remove_activity(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove an activity of a draft, with the reason."""
    row = activity_for(request.access, pk)
    try:
        services.drop_activity(access=request.access, activity=row, reason=request.POST.get("reason", "")[:300])
    except BadRecord as error:
        messages.error(request, str(error))
        return redirect("activity", pk=pk)
    messages.success(request, f"Se borró «{row.title}».")
    return redirect("plan_edition", pk=row.plan_id)


def _show_activity(request: OfficeRequest, row: Activity, form: ActivityForm, **context: Any) -> HttpResponse:
    base = _activity_context(row.plan, row.title, reverse("change_activity", args=[row.pk]))
    told = {
        "button": "Guardar los cambios",
        "thing": "la actividad",
        "history": history_of(row),
        "removal": reverse("remove_activity", args=[row.pk]),
        "may_change": request.access.has_any(Role.EDITOR) and row.plan.is_draft,
        "lead": "" if row.plan.is_draft else "El plan está aprobado: para cambiarla, haga una versión nueva.",
    }
    return show_form(request, form, {**base, **told, **context})


def _activity_context(plan: Plan, title: str, action: str) -> dict[str, Any]:
    return {
        **_context(title, action),
        "over": f"Plan de {plan.fiscal_year}, versión {plan.edition}",
        "back": reverse("plan_edition", args=[plan.pk]),
    }


def _context(title: str, action: str) -> dict[str, Any]:
    return {"place": "plan", "over": "Plan de comunicaciones", "title": title, "action": action}


def _show(request: OfficeRequest, row: Plan, approval: ApprovalForm | None = None, **context: Any) -> HttpResponse:
    activities = activities_in(request.access, row)
    every = list(plans_for(request.access))
    years = {each.fiscal_year: each for each in reversed(every)}
    told = {
        "place": "plan",
        "editions": [each for each in every if each.fiscal_year == row.fiscal_year],
        "years": [years[year] for year in sorted(years, reverse=True)],
        "activities": [(each, _tell_targets(each), _tell_indicator(each)) for each in activities],
        "history": history_of(row),
        "writes": request.access.has_any(Role.EDITOR),
    }
    return editions.show_edition(request, "programme/plan.html", row, {**told, **context}, approval)


def _tell_targets(activity: Activity) -> list[str]:
    """The targets of the four quarters as they are printed; none where the activity is not counted."""
    if all(target is None for target in activity.targets):
        return []
    return ["" if target is None else print_number(target) for target in activity.targets]


def _tell_indicator(activity: Activity) -> str:
    """What it is measured by, in words; a formula of the office's own, in those of its quantities."""
    formula = parse_formula(activity.formula, LABELS) if activity.indicator == IndicatorKind.FORMULA else None
    if isinstance(formula, Formula):
        return f"Se mide con {tell_formula(formula.root, LABELS)}"
    return str(activity.get_indicator_display())
