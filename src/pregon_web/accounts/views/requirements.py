"""What the institution asks of whoever enters, and which bodies may look from outside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pregon_web.accounts.forms import SecondFactorForm, SupervisionForm
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import OfficeRequest, requires
from pregon_web.accounts.selectors import supervision_of, supervisions_of
from pregon_web.accounts.services import (
    RefusedChange,
    grant_supervision,
    require_second_factor,
    withdraw_supervision,
)


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def show_requirements(request: OfficeRequest) -> HttpResponse:
    """Whether a second factor is asked for; who supervises."""
    form = SecondFactorForm(request.POST)
    if request.method == "POST" and form.is_valid():
        is_required = form.cleaned_data["is_required"]
        require_second_factor(access=request.access, is_required=is_required)
        said = "Desde ahora todas las personas entran con un código" if is_required else "El código ya no se exige"
        messages.success(request, f"{said}.")
        return redirect("requirements")
    return _render(request, SupervisionForm())


@requires(Role.ADMINISTRATOR)
@require_POST
def grant(request: OfficeRequest) -> HttpResponse:
    """Let a body read."""
    form = SupervisionForm(request.POST)
    if form.is_valid():
        try:
            supervision = grant_supervision(access=request.access, body_name=form.cleaned_data["body_name"])
        except RefusedChange as error:
            form.add_error("body_name", str(error))
        else:
            messages.success(request, f"Quienes revisan en {supervision.body.name} ya pueden leer lo de su entidad.")
            return redirect("requirements")
    return _render(request, form, status=422)


@requires(Role.ADMINISTRATOR)
@require_POST
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """The body no longer reads."""
    supervision = supervision_of(request.access, pk)
    withdraw_supervision(access=request.access, supervision=supervision)
    messages.success(request, f"{supervision.body.name} ya no puede leer lo de su entidad.")
    return redirect("requirements")


def _render(request: OfficeRequest, form: SupervisionForm, status: int = 200) -> HttpResponse:
    context = {
        "place": "requirements",
        "is_required": request.access.institution.requires_second_factor,
        "supervisions": supervisions_of(request.access),
        "form": form,
    }
    return render(request, "accounts/requirements.html", context, status=status)
