"""Sign-in, the second factor and the choice of institution. allauth's views get our rules here."""

from typing import cast

from allauth.account import views as allauth_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.socialaccount import views as social_views
from allauth.socialaccount.providers.openid_connect import views as openid_views
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pregon.figures.spanish import count_of, fold
from pregon_web.accounts.forms import InstitutionForm
from pregon_web.accounts.models import Person
from pregon_web.accounts.rules import public, signed_in
from pregon_web.accounts.selectors import institutions_for
from pregon_web.accounts.services import choose_institution
from pregon_web.listing import PAGE_SIZE

sign_in = public(allauth_views.LoginView.as_view())
sign_out = signed_in(allauth_views.LogoutView.as_view())
change_password = signed_in(allauth_views.PasswordChangeView.as_view())
reset_password = public(allauth_views.PasswordResetView.as_view())
reset_password_done = public(allauth_views.PasswordResetDoneView.as_view())
reset_password_from_key = public(allauth_views.PasswordResetFromKeyView.as_view())
reset_password_from_key_done = public(allauth_views.PasswordResetFromKeyDoneView.as_view())
account_inactive = public(allauth_views.AccountInactiveView.as_view())
confirm_password = signed_in(allauth_views.ReauthenticateView.as_view())

# The second factor. Asked for while signing in, so that one page of it is for whoever has only given a password.
enter_code = public(factor_views.AuthenticateView.as_view())
confirm_code = signed_in(factor_views.ReauthenticateView.as_view())
show_factors = signed_in(factor_views.IndexView.as_view())
activate_totp = signed_in(totp_views.ActivateTOTPView.as_view())
deactivate_totp = signed_in(totp_views.DeactivateTOTPView.as_view())
show_recovery_codes = signed_in(code_views.ViewRecoveryCodesView.as_view())
make_recovery_codes = signed_in(code_views.GenerateRecoveryCodesView.as_view())
download_recovery_codes = signed_in(code_views.DownloadRecoveryCodesView.as_view())

# The account of the institution at Microsoft or Google. Who is not configured is not found.
sign_in_elsewhere = public(openid_views.login)
come_back_from_elsewhere = public(openid_views.callback)
elsewhere_cancelled = public(social_views.LoginCancelledView.as_view())
elsewhere_failed = public(social_views.LoginErrorView.as_view())


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
    named = request.GET.get("buscar", "").strip()[:80]
    found = [each for each in own if fold(named) in fold(f"{each.name} {each.unit}")]
    context = {
        "form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("pagina")),
        "named": named,
        "has_many": len(own) > PAGE_SIZE,
        "count_words": count_of(len(found), "entidad", "entidades"),
    }
    return render(request, "accounts/choose_institution.html", context, status=422 if form.is_bound else 200)
