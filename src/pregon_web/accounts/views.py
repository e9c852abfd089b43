"""Sign-in and the choice of institution. allauth's views get our rules here."""

from typing import cast

from allauth.account import views as allauth_views
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pregon_web.accounts.forms import InstitutionForm
from pregon_web.accounts.models import Person
from pregon_web.accounts.rules import public, signed_in
from pregon_web.accounts.selectors import institutions_for
from pregon_web.accounts.services import choose_institution

sign_in = public(allauth_views.LoginView.as_view())
sign_out = signed_in(allauth_views.LogoutView.as_view())
change_password = signed_in(allauth_views.PasswordChangeView.as_view())
reset_password = public(allauth_views.PasswordResetView.as_view())
reset_password_done = public(allauth_views.PasswordResetDoneView.as_view())
reset_password_from_key = public(allauth_views.PasswordResetFromKeyView.as_view())
reset_password_from_key_done = public(allauth_views.PasswordResetFromKeyDoneView.as_view())
account_inactive = public(allauth_views.AccountInactiveView.as_view())


@public
def not_offered(request: HttpRequest) -> HttpResponseBase:
    """Pages allauth names and this house does not have: signing up alone, several addresses for one person."""
    del request
    raise Http404


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose_institution_view(request: HttpRequest) -> HttpResponse:
    """The person's institutions, to take one. Somebody else's number here is a wrong choice like any other."""
    person = cast("Person", request.user)
    own = institutions_for(person)
    form = InstitutionForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        choose_institution(person=person, institution=form.cleaned_data["institution"])
        return redirect("home")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/choose_institution.html", {"form": form, "own": own}, status=status)
