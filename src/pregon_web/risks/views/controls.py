"""The controls of a risk: what the office does against it, in the order in which they are applied."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.services import change_record, remove_record
from pregon_web.recording import history_of, show_form, take_form
from pregon_web.risks.forms import ControlForm
from pregon_web.risks.models import Risk, RiskControl
from pregon_web.risks.selectors import control_for, risk_for
from pregon_web.risks.services import add_control as keep_control
from pregon_web.risks.services import move_control as keep_move

FIELDS = (
    "description",
    "kind",
    "execution",
    "is_documented",
    "frequency",
    "leaves_evidence",
    "responsible",
    "version",
)
STEPS = {"subir": -1, "bajar": 1}


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_control(request: OfficeRequest, pk: int) -> HttpResponse:
    """Add a control to a risk, the last to be applied."""
    risk = risk_for(request.access, pk)
    form = ControlForm(request.POST or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        take_form(form, lambda: keep_control(access=request.access, risk=risk, fields=form.record))
        if not form.errors:
            messages.success(request, "Se agregó el control.")
            return redirect("risk", pk=pk)
    context = _context(risk, "Agregar un control", reverse("add_risk_control", args=[pk]))
    return show_form(request, form, {**context, "button": "Agregar el control", "may_change": True})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_control(request: OfficeRequest, pk: int, control: int) -> HttpResponse:
    """A control with its history; whoever writes may change it here."""
    row = control_for(request.access, pk, control)
    initial = {name: getattr(row, name) for name in FIELDS}
    return _show(request, row, ControlForm(access=request.access, initial=initial))


@requires(Role.EDITOR)
@require_POST
def change_control(request: OfficeRequest, pk: int, control: int) -> HttpResponse:
    """Change a control; the residual risk is worked out again."""
    row = control_for(request.access, pk, control)
    form = ControlForm(request.POST, access=request.access)
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: change_record(access=request.access, row=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("risk", pk=pk)
    return _show(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def remove_control(request: OfficeRequest, pk: int, control: int) -> HttpResponse:
    """Remove a control; the residual risk is worked out again without it."""
    row = control_for(request.access, pk, control)
    remove_record(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    messages.success(request, "Se borró el control.")
    return redirect("risk", pk=pk)


@requires(Role.EDITOR)
@require_POST
def move_control(request: OfficeRequest, pk: int, control: int, step: str) -> HttpResponse:
    """Apply a control earlier or later."""
    row = control_for(request.access, pk, control)
    if step not in STEPS:
        raise Http404
    keep_move(access=request.access, control=row, step=STEPS[step])
    return redirect(f"{reverse('risk', args=[pk])}#controles")


def _show(request: OfficeRequest, row: RiskControl, form: ControlForm, **context: Any) -> HttpResponse:
    told = {
        "thing": "el control",
        "button": "Guardar los cambios",
        "removal": reverse("remove_risk_control", args=[row.risk_id, row.pk]),
        "history": history_of(row),
        "may_change": request.access.has_any(Role.EDITOR),
    }
    action = reverse("change_risk_control", args=[row.risk_id, row.pk])
    base = _context(row.risk, f"Control del riesgo {row.risk.reference}", action)
    return show_form(request, form, {**base, **told, **context})


def _context(risk: Risk, title: str, action: str) -> dict[str, Any]:
    return {
        "place": "risks",
        "over": f"Riesgo {risk.reference}",
        "title": title,
        "lead": risk.wording,
        "action": action,
        "back": reverse("risk", args=[risk.pk]),
    }
