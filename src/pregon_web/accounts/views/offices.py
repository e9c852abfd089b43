"""The offices of the institution: those that ask for pieces and answer for events."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pregon_web.accounts.forms import OfficeForm
from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import OfficeRequest, requires
from pregon_web.accounts.selectors import office_of, offices_of
from pregon_web.accounts.services import add_office, appoint_leader, close_office, rename_office, reopen_office


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def show_offices(request: OfficeRequest) -> HttpResponse:
    """Every office, and the place to add one."""
    form = OfficeForm(request.POST or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        with transaction.atomic():
            office = add_office(institution=request.access.institution, name=name, by=request.access.person)
            appoint_leader(access=request.access, office=office, leader=form.cleaned_data["leader"])
        messages.success(request, f"«{name}» quedó en la lista.")
        return redirect("offices")
    context = {"place": "offices", "offices": offices_of(request.access), "form": form}
    return render(request, "accounts/offices.html", context, status=422 if form.is_bound else 200)


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def show_office(request: OfficeRequest, pk: int) -> HttpResponse:
    """An office, to call it otherwise or to say who leads it."""
    office = office_of(request.access, pk)
    initial = {"name": office.name, "leader": office.leader}
    form = OfficeForm(request.POST or None, access=request.access, office=office, initial=initial)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            rename_office(access=request.access, office=office, name=form.cleaned_data["name"])
            appoint_leader(access=request.access, office=office, leader=form.cleaned_data["leader"])
        messages.success(request, f"«{office.name}» quedó guardada.")
        return redirect("offices")
    context = {"place": "offices", "office": office_of(request.access, pk), "form": form}
    return render(request, "accounts/office.html", context, status=422 if form.is_bound else 200)


@requires(Role.ADMINISTRATOR)
@require_POST
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    """It takes nothing new."""
    office = office_of(request.access, pk)
    close_office(access=request.access, office=office)
    messages.success(request, f"«{office.name}» quedó cerrada. Lo que tenía sigue en los informes.")
    return redirect("offices")


@requires(Role.ADMINISTRATOR)
@require_POST
def reopen(request: OfficeRequest, pk: int) -> HttpResponse:
    """It takes new things again."""
    office = office_of(request.access, pk)
    reopen_office(access=request.access, office=office)
    messages.success(request, f"«{office.name}» está abierta otra vez.")
    return redirect("offices")
