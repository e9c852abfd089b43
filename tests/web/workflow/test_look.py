"""The pages of the requests at two widths and in two themes: they fit, axe finds nothing, and the keyboard suffices."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from pregon_web.accounts.models import Membership, Office, Role
from pregon_web.workflow.models import ServiceRequest, State
from pregon_web.workflow.selectors import moves_of
from pregon_web.workflow.services import agree_date, assign_request
from pregon_web.workflow.settings import add_closure
from tests.web.browsing import CHROMIUM, SLOW_LOOKS, check_layout, find_barriers, keep_picture, open_page
from tests.web.towns import PASSWORD, Town, found_town
from tests.web.workflow.asking import ask, bring

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]


@pytest.fixture
def busy(transactional_db: None) -> Town:
    """A town in mid-work: late, returned, approved, published, delivered, cancelled and new requests."""
    del transactional_db
    town = found_town("Personería Municipal de Peñaclara", "penaclara")
    office = Office.objects.create(institution=town.institution, name="Derechos Humanos")
    Membership.objects.of(town.institution).filter(person=town.people[Role.REQUESTER]).update(office=office)
    today = timezone.localdate()
    before = today - timedelta(days=10)
    late = ask(town, "Video: cómo radicar un derecho de petición", of="Video", office=office, brief="Con subtítulos")
    assign_request(access=town.access(), request=late, to=town.people[Role.EDITOR])
    agree_date(access=town.access(), request=late, on=date(2025, 12, 22), reason="Faltaban las fotos")
    ask(town, "Cubrimiento: posesión de personeros estudiantiles", office=office, on=today)
    for state in (State.RETURNED, State.CANCELLED, State.IN_REVIEW):
        bring(town, ask(town, f"Pieza {state.label.lower()}", on=before, office=office), (state, before))
    approved = ((State.IN_REVIEW, before), (State.APPROVED, before))
    bring(town, ask(town, "Pieza aprobada", on=before), *approved)
    bring(town, ask(town, "Pieza publicada", on=before), *approved, (State.PUBLISHED, today))
    bring(town, ask(town, "Feria", on=before, of="Acompañamiento de evento"), (State.DELIVERED, before))
    add_closure(access=town.access(Role.ADMINISTRATOR), day=date(2026, 12, 31), reason="Descanso compartido")
    return town


def sign_in(page: Page, server: LiveServer, email: str) -> None:
    page.goto(server.url + reverse("account_login"))
    page.get_by_label("Correo de la entidad").fill(email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda url: "/entrar/" not in url)


@pytest.mark.parametrize(("width", "scheme"), SLOW_LOOKS)
def test_the_pages_fit_and_have_no_barriers(
    browser: Browser, live_server: LiveServer, busy: Town, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    barriers: list[object] = []

    def look(page: Page, name: str) -> None:
        check_layout(page)
        keep_picture(page, f"{name}-{width}-{scheme}")
        barriers.extend((name, *found) for found in find_barriers(page))

    def visit(page: Page, name: str, path: str) -> None:
        page.goto(live_server.url + path)
        look(page, name)

    page = open_page(browser, width, scheme, complaints)
    sign_in(page, live_server, busy.email(Role.EDITOR))
    visit(page, "tablero", reverse("requests"))
    visit(page, "lista", reverse("requests") + "?vista=lista&cuenta=design&pedida=2025-T4")
    visit(page, "lista-vacia", reverse("requests") + "?vista=lista&buscar=nada-de-esto")
    visit(page, "nueva-solicitud", reverse("add_request"))
    page.get_by_role("button", name="Anotar la solicitud").click()
    page.get_by_text("Escriba qué se pide, en una línea.").wait_for()
    look(page, "nueva-solicitud-con-errores")
    page.goto(live_server.url + reverse("requests"))
    page.get_by_role("link", name="Video: cómo radicar un derecho de petición").click()
    look(page, "solicitud")
    page.get_by_role("button", name="Devolver").click()
    page.get_by_text("Escriba por qué").wait_for()
    look(page, "solicitud-con-error")
    page.get_by_role("link", name="Acordar otra fecha").click()
    look(page, "acordar")
    page.go_back()
    page.get_by_role("link", name="Corregir los datos").click()
    look(page, "corregir")
    visit(page, "plazos-leer", reverse("terms"))
    page = open_page(browser, width, scheme, complaints)
    sign_in(page, live_server, busy.email(Role.ADMINISTRATOR))
    visit(page, "plazos", reverse("terms"))
    page.get_by_label("Video, normal").fill("muchos")
    page.get_by_role("button", name="Guardar la tabla").click()
    look(page, "plazos-con-error")
    visit(page, "tipo-nuevo", reverse("add_kind"))
    page = open_page(browser, width, scheme, complaints)
    sign_in(page, live_server, busy.email(Role.REQUESTER))
    look(page, "quien-pide")
    visit(page, "pedir", reverse("add_request"))
    assert barriers == []
    assert [each for each in complaints if "422" not in each] == []


def test_a_request_is_asked_and_moved_with_the_keyboard_alone(
    browser: Browser, live_server: LiveServer, busy: Town
) -> None:
    complaints: list[str] = []
    page = open_page(browser, 1280, "light", complaints, scripts=False)
    sign_in(page, live_server, busy.email(Role.REQUESTER))
    page.goto(live_server.url + reverse("add_request"))
    page.get_by_label("Tipo").focus()
    page.keyboard.type("Noticia")
    page.keyboard.press("Tab")
    page.keyboard.type("Horario de fin de año")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Horario de fin de año").wait_for()
    page.get_by_label("Nota").focus()
    page.keyboard.type("Ya no hace falta")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("quedó en «Cancelada»").wait_for()
    row = ServiceRequest.objects.of(busy.institution).get(title="Horario de fin de año")
    assert [(move.after, move.note) for move in moves_of(row)] == [
        ("received", ""),
        ("cancelled", "Ya no hace falta"),
    ]
