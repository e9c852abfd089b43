"""What a person sees when something goes wrong: a Spanish page, a sentence, never a traceback."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.quarter.views import home as views
from tests.web.towns import Town


def test_an_address_that_is_not_there(client: Client, db: None) -> None:
    del db
    response = client.get("/no-hay-tal/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "<h1>Esta página no existe</h1>" in page
    assert (page.count("<main"), '<html lang="es-CO">' in page) == (1, True)


def test_a_fault_of_ours_shows_its_code_and_keeps_the_traceback_in_the_log(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError("secreto interno")

    monkeypatch.setattr(views, "period_to_work_on_for", break_down)
    client = Client(raise_request_exception=False)
    client.force_login(town.people[Role.EDITOR])
    with caplog.at_level(logging.ERROR, "pregon"):
        response = client.get(reverse("home"))
    page = response.content.decode()
    code = next(
        record.args[0] for record in caplog.records if record.name == "pregon" and isinstance(record.args, tuple)
    )
    assert response.status_code == 500
    assert f"ya quedó anotado ({code})" in page
    assert "Traceback" not in page
    assert "secreto interno" not in page
    assert "secreto interno" in caplog.text


def test_a_form_of_an_ended_session(town: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.people[Role.EDITOR])
    response = client.post(reverse("upload_registro", args=["2025-T4"]))
    assert response.status_code == 403
    assert "Su sesión terminó por seguridad" in response.content.decode()


def test_a_strange_host_is_refused_in_spanish(client: Client, db: None) -> None:
    del db
    response = client.get("/entrar/", headers={"host": "malo.example"})
    assert response.status_code == 400
    assert "No entendimos lo que llegó" in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_method_that_a_page_does_not_take(editor: Client, method: str) -> None:
    assert getattr(editor, method)(reverse("audits")).status_code == 405
