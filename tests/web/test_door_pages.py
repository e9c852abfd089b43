"""What is opened without a session, and the pages that keep it, at two widths and in two themes: it fits, axe finds
nothing, and who has no user asks and answers by the keyboard alone.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from pregon_web.accounts.models import Role
from pregon_web.accounts.services import add_office
from pregon_web.programme.models import SurveyRemark, SurveyTally
from pregon_web.programme.services import add_event
from pregon_web.programme.surveys import add_survey, answer_survey, close_survey
from pregon_web.public_links import hash_token, make_token
from pregon_web.workflow.intake import confirm_request, open_link, withdraw_link
from pregon_web.workflow.models import Kind, RequestLink, UnconfirmedRequest
from pregon_web.workflow.notices import leave_address
from pregon_web.workflow.reminding import Notice
from tests.web.browsing import CHROMIUM, SLOW_LOOKS, check_layout, find_barriers, keep_picture, open_page
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import PASSWORD, found_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]
T4 = str(QUARTER)


class Furnished:
    """A town with an office's form, what came by it, and a survey of each kind."""

    def __init__(self) -> None:
        self.town = found_town("Personería Municipal de Peñaclara", "penaclara")
        keep_registro(self.town)
        access = self.town.access()
        open_one, closed_one = (
            add_office(institution=self.town.institution, name=name)
            for name in ("Delegatura para la Defensa de los Derechos Humanos", "Vigilancia Administrativa y Policiva")
        )
        self.link = open_link(access=access, office=open_one)
        self.closed = open_link(access=access, office=closed_one)
        withdraw_link(access=access, link=self.closed)
        self.waiting, self.confirmed, self.expired = (self._write(hours) for hours in (48, 48, -1))
        confirm_request(
            row=UnconfirmedRequest.objects.of(access.institution).get(token_sha256=hash_token(self.confirmed))
        )
        fields = {"title": "Charla de orientación vocacional", "day": date(2025, 11, 5)}
        event = add_event(access=access, period=T4, fields=fields)
        self.survey = add_survey(access=access, period=T4, fields={"title": event.title, "event": event})
        for value in (5, 5, 4, 3, 1):
            answer_survey(survey=self.survey, value=value, remark="Más sillas en la parte de atrás")
        self.few = add_survey(access=access, period=T4, fields={"title": "Atención en la ventanilla"})
        self.ended = add_survey(access=access, period=T4, fields={"title": "Feria de derechos"})
        close_survey(access=access, survey=self.ended)

    def _write(self, hours: int) -> str:
        """Somebody fills the form; answers the token of their e-mail."""
        token = make_token(self.link.institution_id)
        UnconfirmedRequest.objects.create(
            institution=self.link.institution,
            link=RequestLink.objects.of(self.link.institution_id).get(pk=self.link.pk),
            token_sha256=hash_token(token),
            kind=Kind.objects.of(self.link.institution_id).order_by("position")[0],
            name="Diana Marín",
            email="diana@barrio.example",
            title="Afiche de la feria de derechos humanos en el parque central",
            wished_on=date(2099, 1, 5),
            expires_at=timezone.now() + timedelta(hours=hours),
        )
        return token


@pytest.fixture
def furnished(transactional_db: None) -> Furnished:
    del transactional_db
    return Furnished()


def sign_in(page: Page, server: LiveServer, email: str) -> None:
    page.goto(server.url + reverse("account_login"))
    page.get_by_label("Correo de la entidad").fill(email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda url: "/entrar/" not in url)


@pytest.mark.parametrize(("width", "scheme"), SLOW_LOOKS)
def test_the_pages_of_the_door(
    browser: Browser, live_server: LiveServer, furnished: Furnished, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    barriers: list[object] = []
    page = open_page(browser, width, scheme, complaints)
    town = furnished.town

    def look(name: str) -> None:
        check_layout(page)
        keep_picture(page, f"{name}-{width}-{scheme}")
        barriers.extend((name, *found) for found in find_barriers(page))

    def visit(name: str, path: str) -> None:
        page.goto(live_server.url + path)
        look(name)

    visit("pedir", reverse("ask", args=[furnished.link.token]))
    page.get_by_role("button", name="Enviar la solicitud").click()
    page.get_by_text("Escriba de qué se trata.").wait_for()
    look("pedir-con-errores")
    visit("pedir-enviada", reverse("asked", args=[furnished.link.token]))
    visit("pedir-cerrado", reverse("ask", args=[furnished.closed.token]))
    visit("confirmar", reverse("confirm_request", args=[furnished.waiting]))
    visit("confirmar-vencido", reverse("confirm_request", args=[furnished.expired]))
    visit("estado", reverse("request_status", args=[furnished.confirmed]))
    visit("responder", reverse("answer_survey", args=[furnished.survey.token]))
    page.get_by_role("button", name="Enviar la respuesta").click()
    page.get_by_text("Elija un número de 1 a 5.").wait_for()
    look("responder-con-errores")
    visit("respondida", reverse("survey_answered", args=[furnished.survey.token]))
    visit("encuesta-cerrada", reverse("answer_survey", args=[furnished.ended.token]))
    leave = leave_address(town.institution, town.people[Role.EDITOR], Notice.REMINDER)
    visit("dejar-aviso", "/avisos/dejar/" + leave.rstrip("/").rpartition("/")[2] + "/")
    page.get_by_role("button", name="No recibirlo más").click()
    page.get_by_role("heading", name="Ya no le llegarán").wait_for()
    look("aviso-dejado")

    sign_in(page, live_server, town.email(Role.EDITOR))
    visit("formularios", reverse("request_links"))
    visit("avisos", reverse("mail_choices"))
    visit("vencimientos", reverse("due_dates"))
    visit("encuestas", reverse("surveys", args=[T4]))
    visit("encuestas-vacias", reverse("surveys", args=["2026-T1"]))
    visit("encuesta-nueva", reverse("make_survey", args=[T4]))
    for name, survey in (("abierta", furnished.survey), ("pocas", furnished.few), ("cerrada", furnished.ended)):
        visit(f"encuesta-{name}", reverse("survey", args=[T4, survey.pk]))
    visit("cartel", reverse("survey_sheet", args=[T4, furnished.survey.pk]))
    page.context.close()
    assert barriers == []
    # The browser tells of the answers that say a form has mistakes or a link is over; nothing else.
    assert [told for told in complaints if "422" not in told and "410" not in told] == []


def test_who_has_no_user_asks_and_answers_by_the_keyboard_and_without_scripts(
    browser: Browser, live_server: LiveServer, furnished: Furnished
) -> None:
    page = open_page(browser, 390, "light", [], scripts=False)
    page.goto(live_server.url + reverse("ask", args=[furnished.link.token]))
    page.keyboard.press("Tab")  # the skip link
    typed = ("", "Boletín de noviembre", "Para contar el balance", "Las cifras", "", "", "", "", "Diana", "d@b.example")
    for place, text in enumerate(typed):
        page.keyboard.press("Tab")
        if place == 0:
            page.keyboard.press("ArrowDown")  # the first kind
        if text:
            page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Revise su correo para confirmar").wait_for()
    rows = UnconfirmedRequest.objects.of(furnished.town.institution).order_by("-pk")
    assert (rows[0].title, rows[0].email, rows[0].wished_on) == ("Boletín de noviembre", "d@b.example", None)

    page.goto(live_server.url + reverse("answer_survey", args=[furnished.few.token]))
    for key in ("Tab", "Tab", "Space", "ArrowDown"):  # the skip link, the first value chosen, the next one
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    page.keyboard.type("Más ventanillas")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Gracias: su respuesta quedó contada").wait_for()
    page.context.close()
    tallies = SurveyTally.objects.of(furnished.town.institution).filter(survey=furnished.few)
    remarks = SurveyRemark.objects.of(furnished.town.institution).filter(survey=furnished.few)
    assert list(tallies.values_list("value", "count")) == [(4, 1)]
    assert [row.text for row in remarks] == ["Más ventanillas"]
