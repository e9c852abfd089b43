"""The scale by which risks are valued, and its versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.services import BadRecord
from pregon_web.risks.matrix import draw_matrix
from pregon_web.risks.models import CONTROL_KINDS, EXECUTIONS, Scale
from pregon_web.risks.scale_form import ScaleForm
from pregon_web.risks.selectors import current_scale, scale_for, scales_for
from pregon_web.risks.services import change_scale as keep_scale
from pregon_web.risks.valuing import print_percent, scale_of


@requires(*READERS)
@require_GET
def show_scale(request: OfficeRequest) -> HttpResponse:
    """The scale in force."""
    return _show(request, current_scale(request.access.institution))


@requires(*READERS)
@require_GET
def show_version(request: OfficeRequest, number: int) -> HttpResponse:
    """One version of the scale, also one that is in force no more."""
    return _show(request, scale_for(request.access, number))


def _show(request: OfficeRequest, row: Scale) -> HttpResponse:
    scale = scale_of(row)
    kept = scales_for(request.access)
    context = {
        "place": "risks",
        "tab": "scale",
        "row": row,
        "scale": scale,
        "is_current": row.number == kept[0].number,
        "versions": kept,
        "probabilities": [(each, print_percent(each.percent)) for each in reversed(scale.probabilities)],
        "impacts": [(each, print_percent(each.percent)) for each in scale.impacts],
        "kinds": [(name, print_percent(scale.kinds[kind])) for kind, name in CONTROL_KINDS.items()],
        "executions": [(name, print_percent(scale.executions[way])) for way, name in EXECUTIONS.items()],
        "matrix": draw_matrix(scale, []),
        "may_change": request.access.has_any(Role.ADMINISTRATOR),
    }
    return render(request, "risks/scale.html", context)


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_scale(request: OfficeRequest) -> HttpResponse:
    """Put a new version in force."""
    current = current_scale(request.access.institution)
    form = ScaleForm(request.POST or None, scale=scale_of(current), number=current.number)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_scale(
                access=request.access,
                data=form.typed,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
            )
        except BadRecord as error:
            form.add_error(None, str(error))
        else:
            return _tell_kept(request, current, kept)
    context: dict[str, Any] = {
        "place": "risks",
        "form": form,
        "row": current,
        "scale": scale_of(current),
        "action": reverse("change_risk_scale"),
    }
    return render(request, "risks/change_scale.html", context, status=422 if form.is_bound else 200)


def _tell_kept(request: OfficeRequest, before: Scale, after: Scale) -> HttpResponse:
    if after.number == before.number:
        messages.warning(request, "No cambió nada: la escala sigue igual.")
    else:
        version = after.data["version"]
        messages.success(
            request, f"Rige la versión {version}. Los riesgos ya valorados conservan la suya hasta revaluarlos."
        )
    return redirect("risk_scale")
