"""Channels: where the institution publishes, in the order of the report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.ledger.channels import add_channel as keep_channel
from pregon_web.ledger.channels import change_channel as keep_change
from pregon_web.ledger.channels import move_channel as keep_move
from pregon_web.ledger.channels import use_channel as keep_use
from pregon_web.ledger.forms import ChannelForm
from pregon_web.ledger.models import Channel
from pregon_web.ledger.selectors import channel_for, channels_for
from pregon_web.ledger.services import BadRecord, remove_record
from pregon_web.ledger.uses import is_used, uses_of
from pregon_web.recording import history_of, show_form, take_form

STEPS = {"subir": -1, "bajar": 1}


@requires(*READERS)
@require_GET
def show_channels(request: OfficeRequest) -> HttpResponse:
    """Every channel, in the report's order."""
    context = {
        "place": "channels",
        "channels": list(channels_for(request.access)),
        "may_change": request.access.has_any(Role.EDITOR),
    }
    return render(request, "ledger/channels.html", context)


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_channel(request: OfficeRequest) -> HttpResponse:
    """Add a channel."""
    form = ChannelForm(request.POST or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        take_form(form, lambda: keep_channel(access=request.access, fields=form.record))
        if not form.errors:
            messages.success(request, f"Se agregó «{form.cleaned_data['name']}», de último en el informe.")
            return redirect("channels")
    context = _context("Agregar un canal", reverse("add_channel"))
    return show_form(request, form, {**context, "button": "Agregar el canal", "may_change": True})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_channel(request: OfficeRequest, pk: int) -> HttpResponse:
    """A channel with its history and where it is used."""
    row = channel_for(request.access, pk)
    names = ("name", "platform", "is_internal", "code", "version")
    form = ChannelForm(
        access=request.access,
        channel=row,
        keeps_code=is_used(row),
        initial={name: getattr(row, name) for name in names},
    )
    return _show(request, row, form)


@requires(Role.EDITOR)
@require_POST
def change_channel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a channel."""
    row = channel_for(request.access, pk)
    form = ChannelForm(request.POST, access=request.access, channel=row, keeps_code=is_used(row))
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: keep_change(access=request.access, row=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("channels")
    return _show(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def move_channel(request: OfficeRequest, pk: int, step: str) -> HttpResponse:
    """Earlier or later in the report."""
    row = channel_for(request.access, pk)
    keep_move(access=request.access, row=row, step=STEPS.get(step, 0))
    return redirect(f"{reverse('channels')}#canal-{pk}")


@requires(Role.EDITOR)
@require_POST
def use_channel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put it aside, or use it again."""
    row = channel_for(request.access, pk)
    is_active = request.POST.get("usar") == "si"
    keep_use(access=request.access, row=row, is_active=is_active)
    if is_active:
        messages.success(request, f"«{row.name}» vuelve a usarse.")
    else:
        messages.success(request, f"«{row.name}» ya no se ofrece. Los trimestres que lo usaron lo conservan.")
    return redirect("channels")


@requires(Role.EDITOR)
@require_POST
def remove_channel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove a channel that nothing names."""
    row = channel_for(request.access, pk)
    try:
        remove_record(access=request.access, row=row, reason=request.POST.get("reason", "")[:300])
    except BadRecord:
        messages.error(request, f"«{row.name}» tiene registros y no se puede borrar. Puede dejarlo de usar.")
        return redirect("channel", pk=pk)
    messages.success(request, f"Se borró «{row.name}».")
    return redirect("channels")


def _show(request: OfficeRequest, row: Channel, form: ChannelForm, **context: Any) -> HttpResponse:
    uses = uses_of(row)
    told = {
        "row": row,
        "thing": "el canal",
        "uses": uses,
        "button": "Guardar los cambios",
        "history": history_of(row),
        "removal": "" if uses else reverse("remove_channel", args=[row.pk]),
        "may_change": request.access.has_any(Role.EDITOR),
    }
    base = _context(row.name, reverse("change_channel", args=[row.pk]))
    return show_form(request, form, {**base, **told, **context}, template="ledger/channel.html")


def _context(title: str, action: str) -> dict[str, Any]:
    return {"place": "channels", "over": "Canales", "title": title, "action": action, "back": reverse("channels")}
