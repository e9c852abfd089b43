"""The code of the phone: activated, asked for, required by an institution; and what it leaves in the journal."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Institution, Role
from pregon_web.accounts.selectors import has_second_factor
from pregon_web.journal.models import Entry
from tests.web.towns import PASSWORD, Town


def code_of(secret: str) -> str:
    """What the phone shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def sign_in(town: Town, role: Role = Role.EDITOR) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": town.email(role), "password": PASSWORD})
    return browser


def confirm(browser: Client) -> None:
    browser.post(reverse("account_reauthenticate") + "?next=/segundo-factor/", {"password": PASSWORD})


def activate(browser: Client) -> str:
    """Say the password again, take the key that the page shows, and answer with its code."""
    confirm(browser)
    page = browser.get(reverse("mfa_activate_totp"))
    secret = str(page.context["form"].secret)
    assert f'<p class="strong">{secret}</p>' in page.content.decode()
    browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def test_a_person_activates_it_and_is_asked_for_it_from_then_on(town: Town) -> None:
    browser = sign_in(town)
    secret = activate(browser)
    assert has_second_factor(town.people[Role.EDITOR])
    assert len(browser.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]) == 10
    again = sign_in(town)
    assert again.get(reverse("audits")).status_code == 302
    page = again.get(reverse("mfa_authenticate")).content.decode()
    assert "<h1>Falta su código</h1>" in page
    wrong = again.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Ese código no es el de ahora." in wrong
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    from django.core.cache import cache

    cache.clear()  # the code just used to activate is not taken twice within its half minute
    again.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert again.get(reverse("audits")).status_code == 200


def test_a_code_in_reserve_enters_once(town: Town) -> None:
    browser = sign_in(town)
    activate(browser)
    code = browser.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    answers = []
    for _ in range(2):
        other = sign_in(town)
        other.post(reverse("mfa_authenticate"), {"code": code})
        answers.append(other.get(reverse("audits")).status_code)
    assert answers == [200, 302]


def test_the_key_is_not_kept_as_it_is(town: Town) -> None:
    secret = activate(sign_in(town))
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


def test_an_institution_requires_it_of_everybody(town: Town, neighbour: Town) -> None:
    administrator = sign_in(town, Role.ADMINISTRATOR)
    administrator.post(reverse("requirements"), {"is_required": "on"})
    assert Institution.objects.get(pk=town.institution.pk).requires_second_factor
    browser = sign_in(town)
    answer = browser.get(reverse("audits"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))
    confirm(browser)
    assert "lo exige para entrar" in browser.get(reverse("mfa_activate_totp")).content.decode()
    activate(browser)
    assert browser.get(reverse("audits")).status_code == 200
    assert sign_in(neighbour).get(reverse("audits")).status_code == 200


def test_requiring_and_activating_are_noted(town: Town) -> None:
    administrator = sign_in(town, Role.ADMINISTRATOR)
    administrator.post(reverse("requirements"), {"is_required": "on"})
    administrator.post(reverse("requirements"), {"is_required": "on"})
    activate(sign_in(town))
    entries = Entry.objects.of(town.institution).exclude(action__in=["create", "sign-in"]).order_by("sequence")
    assert [(entry.action, entry.person, entry.after) for entry in entries] == [
        ("update", town.people[Role.ADMINISTRATOR], {"requires_second_factor": True}),
        ("add-totp", town.people[Role.EDITOR], {}),
        ("add-recovery-codes", town.people[Role.EDITOR], {}),
    ]


def test_what_looks_after_the_account_asks_for_the_password_again(town: Town) -> None:
    browser = sign_in(town)
    answer = browser.get(reverse("mfa_activate_totp"), follow=True)
    assert "<h1>Confirme que es usted</h1>" in answer.content.decode()
    address = answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]
    wrong = browser.post(address, {"password": "otra-cosa-distinta"}).content.decode()
    assert "Esa no es su contraseña. Escríbala de nuevo." in wrong
    done = browser.post(address, {"password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, reverse("mfa_activate_totp"))


def test_guessing_codes_is_limited(town: Town) -> None:
    """Five wrong codes in five minutes, as with passwords; after those the right one does not enter either."""
    secret = activate(sign_in(town))
    browser = sign_in(town)
    pages = [browser.post(reverse("mfa_authenticate"), {"code": f"{number:06}"}) for number in range(6)]
    assert "Ese código no es el de ahora." in pages[0].content.decode()
    assert "Hubo demasiados intentos seguidos." in pages[-1].content.decode()
    browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert browser.get(reverse("audits")).status_code == 302
