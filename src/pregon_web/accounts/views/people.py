"""The people of the institution: who they are in it, who was asked in, who no longer enters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon_web.accounts.forms import FirstPasswordForm, InvitationForm, RolesForm
from pregon_web.accounts.invitation_links import LASTS
from pregon_web.accounts.models import Person, Role
from pregon_web.accounts.rules import OfficeRequest, public, requires
from pregon_web.accounts.selectors import (
    invitation_by_link,
    member_of,
    members_of,
    open_invitation_of,
    open_invitations_of,
)
from pregon_web.accounts.services import (
    LinkTo,
    RefusedChange,
    accept_invitation,
    change_roles,
    disable_person,
    enable_person,
    invite_person,
    resend_invitation,
    withdraw_invitation,
)


@requires(Role.ADMINISTRATOR)
@require_GET
def show_people(request: OfficeRequest) -> HttpResponse:
    """Everybody, with their roles and offices; below, who was asked in."""
    context = {
        "place": "people",
        "members": members_of(request.access),
        "now": timezone.now(),
        "invitations": [
            (invitation, [Role(role).label for role in invitation.roles], invitation.sent_at + LASTS)
            for invitation in open_invitations_of(request.access)
        ],
    }
    return render(request, "accounts/people.html", context)


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: OfficeRequest) -> HttpResponse:
    """Ask somebody in by e-mail."""
    form = InvitationForm(request.POST or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("email", "name", "roles", "office")}
        try:
            invite_person(access=request.access, link_to=_link_to(request), **asked)
        except RefusedChange as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"La invitación salió para {asked['email']}. Su enlace sirve 7 días.")
            return redirect("people")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invite.html", {"place": "people", "form": form}, status=status)


def _link_to(request: HttpRequest) -> LinkTo:
    return lambda token: request.build_absolute_uri(reverse("accept_invitation", args=[token]))


@requires(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def show_person(request: OfficeRequest, pk: int) -> HttpResponse:
    """What somebody is in the institution, to change it."""
    member = member_of(request.access, pk)
    held = {"roles": [str(role) for role in member.roles], "office": member.office}
    form = RolesForm(request.POST or None, access=request.access, initial=held, own=member.office)
    if request.method == "POST" and form.is_valid():
        try:
            change_roles(
                access=request.access,
                member=member,
                roles=form.cleaned_data["roles"],
                office=form.cleaned_data["office"],
            )
        except RefusedChange as error:
            form.add_error("roles", str(error))
        else:
            messages.success(request, f"Los papeles de {member.person.name} quedaron guardados.")
            return redirect("people")
    context = {"place": "people", "member": member, "form": form, "is_self": member.person == request.access.person}
    return render(request, "accounts/person.html", context, status=422 if form.is_bound else 200)


@requires(Role.ADMINISTRATOR)
@require_POST
def disable(request: OfficeRequest, pk: int) -> HttpResponse:
    """They no longer enter; their sessions end now."""
    member = member_of(request.access, pk)
    try:
        disable_person(access=request.access, member=member)
    except RefusedChange as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{member.person.name} ya no puede entrar. Sus sesiones terminaron.")
    return redirect("person", pk=pk)


@requires(Role.ADMINISTRATOR)
@require_POST
def enable(request: OfficeRequest, pk: int) -> HttpResponse:
    """They enter again."""
    member = member_of(request.access, pk)
    enable_person(access=request.access, member=member)
    messages.success(request, f"{member.person.name} puede entrar otra vez, con los papeles que tenía.")
    return redirect("person", pk=pk)


@requires(Role.ADMINISTRATOR)
@require_POST
def resend(request: OfficeRequest, pk: int) -> HttpResponse:
    """Another link; the one before no longer serves."""
    invitation = open_invitation_of(request.access, pk)
    resend_invitation(access=request.access, invitation=invitation, link_to=_link_to(request))
    messages.success(request, f"Salió otro enlace para {invitation.person.email}. El anterior ya no sirve.")
    return redirect("people")


@requires(Role.ADMINISTRATOR)
@require_POST
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """The link no longer serves."""
    invitation = open_invitation_of(request.access, pk)
    withdraw_invitation(access=request.access, invitation=invitation)
    messages.success(request, f"La invitación de {invitation.person.email} quedó retirada.")
    return redirect("people")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Come in by the link of the e-mail: with a first password, or, who has one already, after signing in."""
    invitation = invitation_by_link(token)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=410)
    person = invitation.person
    visitor = request.user if isinstance(request.user, Person) else None
    has_password = person.has_usable_password()
    is_themselves = visitor == person
    form = None if has_password or is_themselves else FirstPasswordForm(person, request.POST or None)
    if request.method == "POST" and (is_themselves or (form is not None and form.is_valid())):
        password = form.cleaned_data["new_password1"] if form is not None else None
        try:
            accept_invitation(invitation=invitation, password=password)
        except RefusedChange:
            return render(request, "accounts/invitation_gone.html", status=410)
        if is_themselves:
            return redirect("choose_institution")
        messages.success(request, "Su contraseña quedó guardada. Entre con ella.")
        return redirect("account_login")
    context = {
        "invitation": invitation,
        "roles": [Role(role).label for role in invitation.roles],
        "form": form,
        "is_themselves": is_themselves,
        "is_somebody_else": visitor is not None and not is_themselves,
    }
    return render(
        request, "accounts/invitation.html", context, status=422 if form is not None and form.is_bound else 200
    )
