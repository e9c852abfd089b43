"""Signing in by e-mail, and what happens when it goes wrong."""

from __future__ import annotations

from typing import cast

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Person, Role
from pregon_web.accounts.services import add_membership
from pregon_web.journal.models import Entry
from tests.web.towns import PASSWORD, Town


def sign_in(client: Client, email: str, password: str = PASSWORD) -> HttpResponse:
    return cast("HttpResponse", client.post(reverse("account_login"), {"login": email, "password": password}))


@pytest.mark.django_db
def test_the_page_is_spanish_and_has_one_main_landmark(client: Client) -> None:
    body = client.get(reverse("account_login")).content.decode()
    assert '<html lang="es-CO">' in body
    assert body.count("<main") == 1
    assert "Correo de la entidad" in body
    assert 'autocomplete="current-password"' in body
    assert "placeholder" not in body


def test_a_person_signs_in_whatever_the_capitals_of_the_address(client: Client, town: Town) -> None:
    response = sign_in(client, "EDITOR@penaclara.EXAMPLE")
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(town.people[Role.EDITOR].pk)


@pytest.mark.usefixtures("town")
def test_a_wrong_password_says_so_in_one_sentence(client: Client) -> None:
    response = sign_in(client, "editor@penaclara.example", "otra-cosa-distinta")
    assert "El correo o la contraseña no coinciden." in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("town")
def test_an_unknown_address_reads_like_a_wrong_password(client: Client) -> None:
    known = sign_in(client, "editor@penaclara.example", "otra-cosa-distinta").content.decode()
    unknown = sign_in(client, "nadie@penaclara.example", "otra-cosa-distinta").content.decode()
    sentence = "El correo o la contraseña no coinciden."
    assert (sentence in known, sentence in unknown) == (True, True)


@pytest.mark.usefixtures("town")
def test_attempts_are_limited(client: Client) -> None:
    answers = [sign_in(client, "editor@penaclara.example", f"intento-{n}-equivocado") for n in range(8)]
    assert "Hubo demasiados intentos seguidos." in answers[-1].content.decode()
    last = sign_in(client, "editor@penaclara.example")
    assert "_auth_user_id" not in client.session
    assert "Hubo demasiados intentos seguidos." in last.content.decode()


@pytest.mark.django_db
def test_nobody_signs_up_alone(client: Client) -> None:
    assert client.get(reverse("account_signup")).status_code == 404
    assert client.post(reverse("account_signup"), {"email": "yo@x.example"}).status_code == 404
    assert Person.objects.count() == 0


def test_a_session_ends_at_once_when_the_person_is_disabled(editor: Client, town: Town) -> None:
    assert editor.get(reverse("audits")).status_code == 200
    Person.objects.filter(pk=town.people[Role.EDITOR].pk).update(is_active=False)
    assert editor.get(reverse("audits")).status_code == 302


def test_a_disabled_person_cannot_sign_in(client: Client, town: Town) -> None:
    Person.objects.filter(pk=town.people[Role.EDITOR].pk).update(is_active=False)
    sign_in(client, "editor@penaclara.example")
    assert "_auth_user_id" not in client.session


def test_a_sign_in_is_noted_in_each_institution_of_the_person(
    client: Client, town: Town, neighbour: Town, stranger: Town
) -> None:
    person = town.people[Role.EDITOR]
    add_membership(person=person, institution=neighbour.institution, role=Role.REVIEWER)
    sign_in(client, "editor@penaclara.example")
    noted = [
        Entry.objects.of(place.institution).filter(action="sign-in", person=person).count()
        for place in (town, neighbour, stranger)
    ]
    assert noted == [1, 1, 0]


def test_leaving_needs_a_form_and_ends_the_session(editor: Client) -> None:
    assert editor.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in editor.session
    editor.post(reverse("account_logout"))
    assert "_auth_user_id" not in editor.session


@pytest.mark.usefixtures("town")
def test_a_forgotten_password_answers_the_same_for_known_and_unknown_addresses(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    pages = []
    for address in ("editor@penaclara.example", "nadie@penaclara.example"):
        response = client.post(reverse("account_reset_password"), {"email": address}, follow=True)
        pages.append(response.content)
    assert pages[0] == pages[1]
    assert [mail.to for mail in mailoutbox] == [["editor@penaclara.example"]]
    assert mailoutbox[0].subject == "Pregón: Ponga una contraseña nueva: el enlace sirve una sola vez"


@pytest.mark.usefixtures("town")
def test_the_link_of_the_mail_sets_a_new_password_once(client: Client, mailoutbox: list[EmailMessage]) -> None:
    client.post(reverse("account_reset_password"), {"email": "editor@penaclara.example"})
    link = next(word for word in mailoutbox[0].body.split() if "/clave/nueva/" in word)
    path = "/" + link.split("/", 3)[3]
    form = client.get(path, follow=True)
    new = "una-frase-bien-larga-y-mia"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert Person.objects.get(email="editor@penaclara.example").check_password(new)
    again = Client().get(path, follow=True).content.decode()
    assert "Este enlace ya no sirve" in again


def test_a_short_password_is_refused_in_spanish(editor: Client) -> None:
    answer = editor.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "corta", "password2": "corta"}
    )
    assert "12 caracteres" in answer.content.decode()


@pytest.mark.parametrize("path", ["/trimestres/2025-T4/", "/auditar/", "/trimestres/2025-T4/informe/"])
@pytest.mark.django_db
def test_pages_of_the_office_ask_to_sign_in_and_come_back(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/entrar/?next={path}")
