"""What the pages of the plan and of the procedure share: approve an edition, begin the next, remove a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import OfficeRequest
from pregon_web.ledger.services import BadRecord
from pregon_web.programme.forms_plan import ApprovalForm
from pregon_web.programme.models import Plan, Procedure
from pregon_web.programme.services import plan as services
from pregon_web.recording import take_form


def approve(
    request: OfficeRequest, row: Plan | Procedure, show: Callable[..., HttpResponse], page: str
) -> HttpResponse:
    """Note the minute of an edition; `show` is its page, `page` the name of its address."""
    form = ApprovalForm(request.POST, access=request.access, auto_id="acta_%s")
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]

        def save() -> None:
            services.approve_edition(access=request.access, row=row, fields=form.record, version=version)

        collision = take_form(form, save)
        if not form.errors:
            messages.success(request, f"Se anotó el acta: la versión {row.edition} queda aprobada y ya no cambia.")
            return redirect(page, pk=row.pk)
    answer = show(request, row, approval=form, collision=collision)
    answer.status_code = 422
    return answer


def renew(
    request: OfficeRequest, make: Callable[[], Plan | Procedure], row: Plan | Procedure, page: str
) -> HttpResponse:
    """Begin the edition that follows; `make` makes it."""
    try:
        draft = make()
    except BadRecord as error:
        messages.error(request, str(error))
        return redirect(page, pk=row.pk)
    messages.success(request, f"Se abrió el borrador de la versión {draft.edition}. Cámbielo y anote su acta.")
    return redirect(page, pk=draft.pk)


def drop(request: OfficeRequest, row: Plan | Procedure, page: str, back: str) -> HttpResponse:
    """Remove a draft."""
    edition = row.edition
    try:
        services.drop_edition(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    except BadRecord as error:
        messages.error(request, str(error))
        return redirect(page, pk=row.pk)
    messages.success(request, f"Se borró el borrador de la versión {edition}.")
    return redirect(back)


def show_edition(
    request: OfficeRequest,
    template: str,
    row: Plan | Procedure,
    context: Mapping[str, Any],
    approval: ApprovalForm | None,
) -> HttpResponse:
    """The page of an edition: what it says, who approved it, and the forms of whoever writes."""
    writes = request.access.has_any(Role.EDITOR)
    told = {
        "row": row,
        "may_change": writes and row.is_draft,
        "may_renew": writes and not row.is_draft,
        "approval": approval
        or ApprovalForm(access=request.access, initial={"version": row.version}, auto_id="acta_%s"),
    }
    return render(request, template, {**told, **context})
