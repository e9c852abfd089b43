"""Signing in with Microsoft or Google: only where it is configured, only who was invited."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.fixtures import Settings

from pregon_web.accounts.models import Person, Role
from pregon_web.settings.openid import openid_apps, origins_of
from tests.web.towns import Town

GOOGLE = {"PREGON_GOOGLE_CLIENT_ID": "g-1", "PREGON_GOOGLE_CLIENT_SECRET": "s"}
MICROSOFT = {"PREGON_MICROSOFT_CLIENT_ID": "m-1", "PREGON_MICROSOFT_CLIENT_SECRET": "s"}


@pytest.fixture
def google(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOGLE.items():
        monkeypatch.setenv(name, value)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_apps()}}


def come_back(email: str, *, verified: bool) -> tuple[HttpRequest, HttpResponse]:
    """What happens when Google says who it is; its pages themselves are not ours to test."""
    request = RequestFactory().get("/entrar/con/google/vuelta/")
    request.user = AnonymousUser()
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)
    from allauth.core import context
    from allauth.socialaccount.adapter import get_adapter

    with context.request_context(request):
        provider: OpenIDConnectProvider = get_adapter().get_provider(request, "google")
        said: dict[str, Any] = {"sub": "108", "email": email, "email_verified": verified, "name": "Alguien"}
        login = provider.sociallogin_from_response(request, {"userinfo": said})
        return request, complete_login(request, login)


@pytest.mark.usefixtures("google")
def test_who_was_invited_comes_in_by_a_verified_address(town: Town) -> None:
    request, _ = come_back("Editor@penaclara.example", verified=True)
    assert request.user == town.people[Role.EDITOR]
    assert SocialAccount.objects.get(uid="108").user == town.people[Role.EDITOR]


@pytest.mark.usefixtures("google")
@pytest.mark.parametrize(
    ("email", "verified"), [("nadie@penaclara.example", True), ("editor@penaclara.example", False)]
)
def test_nobody_else_comes_in(town: Town, email: str, verified: bool) -> None:
    people = Person.objects.count()
    request, answer = come_back(email, verified=verified)
    assert isinstance(request.user, AnonymousUser)
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    assert (Person.objects.count(), SocialAccount.objects.count()) == (people, 0)
    assert town.people[Role.EDITOR].is_active


@pytest.mark.usefixtures("google")
def test_who_was_disabled_does_not_come_in(town: Town) -> None:
    Person.objects.filter(pk=town.people[Role.EDITOR].pk).update(is_active=False)
    request, _ = come_back("editor@penaclara.example", verified=True)
    assert isinstance(request.user, AnonymousUser)


@pytest.mark.usefixtures("google", "db")
def test_the_button_is_there_where_it_is_configured(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "Entrar con Google" in page
    assert "Microsoft" not in page


@pytest.mark.django_db
def test_without_configuration_there_is_no_button_and_no_way(client: Client) -> None:
    assert "Entrar con" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("openid_connect_login", args=["google"])).status_code == 404


def test_microsoft_needs_its_tenant(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in MICROSOFT.items():
        monkeypatch.setenv(name, value)
    assert openid_apps() == []
    monkeypatch.setenv("PREGON_MICROSOFT_TENANT", "t-1")
    (app,) = openid_apps()
    assert app["settings"] == {
        "uid_field": "sub",
        "server_url": "https://login.microsoftonline.com/t-1/v2.0",
        "verified_email": True,
    }
    assert origins_of([app]) == ["https://login.microsoftonline.com"]


def test_forms_may_lead_to_the_providers_that_are_configured_and_nowhere_else() -> None:
    shown = subprocess.run(
        [
            sys.executable,
            "-c",
            "import pregon_web.settings.base as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])",
        ],
        env=os.environ | GOOGLE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == """["'self'", 'https://accounts.google.com']"""
