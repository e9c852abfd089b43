"""Every page of the accounts and the journal at two widths and in two themes: it fits, and axe finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from pregon_web.accounts.invitation_links import LinkedInvitation, sign_link
from pregon_web.accounts.models import Invitation, Office, Person, Role
from pregon_web.accounts.selectors import member_of
from pregon_web.accounts.services import (
    add_institution,
    add_membership,
    add_office,
    choose_institution,
    close_office,
    disable_person,
    grant_supervision,
)
from tests.web.browsing import CHROMIUM, SLOW_LOOKS, WIDTHS, check_layout, find_barriers, keep_picture, open_page
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import PASSWORD, Town, found_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]
OFFICES = ("Derechos Humanos", "Vigilancia Administrativa", "Atención al Ciudadano")
BODY = "Contraloría Municipal de Peñaclara"


@pytest.fixture
def furnished(transactional_db: None) -> Town:
    del transactional_db
    town = found_town("Personería Municipal de Peñaclara", "penaclara")
    keep_registro(town)
    access = town.access(Role.ADMINISTRATOR)
    known = {office.name: office for office in Office.objects.of(town.institution)}
    offices = [
        known.get(name) or add_office(institution=town.institution, name=name, by=access.person) for name in OFFICES
    ]
    close_office(access=access, office=offices[1])
    gone = Person.objects.create_user("andres.tobon@penaclara.example", PASSWORD, name="Andrés Tobón")
    add_membership(person=gone, institution=town.institution, role=Role.EDITOR)
    disable_person(access=access, member=member_of(access, gone.pk))
    body = add_institution(name=BODY)
    grant_supervision(access=access, body_name=BODY)
    supervisor = Person.objects.create_user("ana.gil@contraloria.example", PASSWORD, name="Ana Gil")
    add_membership(person=supervisor, institution=body, role=Role.REVIEWER)
    choose_institution(person=supervisor, institution=town.institution)
    asked = Person.objects.create_user("diana.marin@penaclara.example", None, name="Diana Marín")
    Invitation.objects.create(
        institution=town.institution,
        person=asked,
        roles=["editor", "requester"],
        office=offices[0],
        invited_by=access.person,
        sent_at=timezone.now(),
    )
    return town


def invitation_path(town: Town) -> str:
    invitation = Invitation.objects.of(town.institution).get()
    link = sign_link(LinkedInvitation(town.institution.pk, invitation.pk, invitation.sending))
    return reverse("accept_invitation", args=[link])


def sign_in(page: Page, server: LiveServer, email: str) -> None:
    page.goto(server.url + reverse("account_login"))
    page.get_by_label("Correo de la entidad").fill(email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda url: "/entrar/" not in url)


def look(page: Page, name: str, barriers: list[object]) -> None:
    check_layout(page)
    keep_picture(page, name)
    barriers += [(name, *found) for found in find_barriers(page)]


@pytest.mark.parametrize(("width", "scheme"), SLOW_LOOKS)
def test_the_pages_of_who_administers(
    browser: Browser, live_server: LiveServer, furnished: Town, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    barriers: list[object] = []
    page = open_page(browser, width, scheme, complaints)

    def visit(name: str, path: str) -> None:
        page.goto(live_server.url + path)
        look(page, f"{name}-{width}-{scheme}", barriers)

    visit("entrar", reverse("account_login"))
    visit("invitacion", invitation_path(furnished))
    visit("recordar", reverse("account_reset_password"))
    sign_in(page, live_server, furnished.email(Role.ADMINISTRATOR))
    editor = furnished.people[Role.EDITOR]
    visit("personas", reverse("people"))
    visit("invitar", reverse("invite_person"))
    page.get_by_role("button", name="Enviar la invitación").click()
    page.get_by_text("Escriba el correo.").wait_for()
    look(page, f"invitar-con-errores-{width}-{scheme}", barriers)
    visit("persona", reverse("person", args=[editor.pk]))
    gone = Person.objects.get(name="Andrés Tobón")
    visit("persona-desactivada", reverse("person", args=[gone.pk]))
    visit("dependencias", reverse("offices"))
    page.get_by_role("link", name="Derechos Humanos").click()
    look(page, f"dependencia-{width}-{scheme}", barriers)
    visit("seguridad", reverse("requirements"))
    visit("bitacora", reverse("journal"))
    visit("bitacora-comprobada", reverse("check_journal") + "?action=create")
    visit("bitacora-vacia", reverse("journal") + "?until=2001-01-01")
    visit("segundo-factor", reverse("mfa_index"))
    page.get_by_role("link", name="Activar el código").click()
    look(page, f"confirmar-{width}-{scheme}", barriers)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("heading", name="Active el código de su teléfono").wait_for()
    look(page, f"activar-codigo-{width}-{scheme}", barriers)
    visit("inicio", reverse("quarter", args=[str(QUARTER)]))
    visit("auditar", reverse("audits"))
    visit("informe", reverse("report", args=[str(QUARTER)]))
    visit("informe-anual", reverse("year_report", args=[QUARTER.end.year]))
    visit("clave", reverse("account_change_password"))
    page.context.close()
    # The browser tells of the answers that say a form has mistakes; nothing else.
    assert barriers == []
    assert [told for told in complaints if "422" not in told] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_who_supervises(browser: Browser, live_server: LiveServer, furnished: Town, width: int) -> None:
    complaints: list[str] = []
    barriers: list[object] = []
    page = open_page(browser, width, "light", complaints)
    sign_in(page, live_server, "ana.gil@contraloria.example")
    page.get_by_role("heading", name="¿En qué entidad trabaja ahora?").wait_for()
    look(page, f"elegir-entidad-{width}", barriers)
    page.get_by_role("button", name=f"Elegir {furnished.institution.name}").click()
    page.get_by_role("heading", name="Cuarto trimestre de 2025", level=1).wait_for()
    look(page, f"supervisa-{width}", barriers)
    page.context.close()
    assert barriers == []
    assert complaints == []


def test_an_invited_person_comes_in_by_the_keyboard_alone(
    browser: Browser, live_server: LiveServer, furnished: Town
) -> None:
    page = open_page(browser, 1280, "light", [])
    page.goto(live_server.url + invitation_path(furnished))
    new = "una-frase-bien-larga-y-mia"
    for text in ("", "", new, new):  # the skip link, the name of the house, the password twice
        page.keyboard.press("Tab")
        if text:
            page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.get_by_text("Su contraseña quedó guardada. Entre con ella.").wait_for()
    assert Person.objects.get(name="Diana Marín").check_password(new)
    page.context.close()
