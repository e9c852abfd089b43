"""The pages of the risks in a browser, at two widths and in two themes; a risk from its words to its follow-up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.ledger.models import Channel, Publication
from pregon_web.ledger.services import add_record
from pregon_web.risks.following import add_incident
from pregon_web.risks.models import FollowUp
from pregon_web.risks.services import add_control, add_risk, value_risk_anew
from tests.web.browsing import CHROMIUM, SLOW_LOOKS, check_layout, find_barriers, keep_picture, open_page
from tests.web.towns import PASSWORD, Town, found_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

T4 = "2025-T4"
CONTROLS = (("Lista de revisión", "preventive"), ("Revisión diaria", "detective"), ("Aclaración", "corrective"))
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]


@pytest.fixture
def furnished(transactional_db: None) -> Town:
    """A map of three risks, one of them without value, and the records of a quarter that speak of two."""
    del transactional_db
    town = found_town("Personería Municipal de Peñaclara", "penaclara")
    access = town.access()
    for signal in ("corrections", "misuse", "none"):
        words = {"description": f"Posibilidad de afectación reputacional por lo que muestra la señal {signal}."}
        fields = {**words, "owner": "Marcela Ríos", "signal": signal, "since": "2025-T1"}
        risk = add_risk(access=access, fields=fields)
        if signal == "none":
            break
        value_risk_anew(access=access, risk=risk, fields={"times_a_year": 600, "impact": 4}, version=None)
        for description, kind in CONTROLS:
            told = {"description": description, "kind": kind, "execution": "manual"}
            add_control(access=access, risk=risk, fields=told)
    channel = add_record(access=access, row=Channel(code="x", name="X", platform="x"))
    row = Publication(
        period=T4,
        reference="PUB-2025-0001",
        channel=channel,
        kind="post",
        published_on=date(2025, 10, 8),
        title="Feria de servicios",
        corrected_on=date(2025, 10, 9),
        correction="El lugar",
    )
    add_record(access=access, row=row)
    happened = {"happened_on": date(2025, 11, 12), "kind": "impersonation", "description": "Un perfil falso."}
    add_incident(access=access, period=T4, fields=happened)
    return town


def sign_in(page: Page, server: LiveServer, email: str) -> None:
    page.goto(server.url + reverse("account_login"))
    page.get_by_label("Correo de la entidad").fill(email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda url: "/entrar/" not in url)


@pytest.mark.parametrize(("width", "scheme"), SLOW_LOOKS)
def test_every_page_fits_and_axe_finds_nothing(
    browser: Browser, live_server: LiveServer, furnished: Town, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    barriers: list[object] = []
    page = open_page(browser, width, scheme, complaints)

    def look(name: str) -> None:
        check_layout(page)
        keep_picture(page, f"riesgos-{name}-{width}-{scheme}")
        barriers.extend((name, *found) for found in find_barriers(page))

    def visit(name: str, *rest: object) -> None:
        page.goto(live_server.url + reverse(name, args=rest))
        look(name)

    sign_in(page, live_server, furnished.email())
    page.goto(live_server.url + reverse("risks"))
    first = page.get_by_role("link", name="R1. Posibilidad").get_attribute("href") or ""
    pk = int(first.strip("/").rpartition("/")[2])
    look("mapa")
    visit("risk", pk)
    visit("change_risk", pk)
    visit("value_risk", pk)
    visit("add_risk_control", pk)
    visit("risk_follow_ups", T4)
    visit("add_risk_follow_up", T4, pk)
    page.get_by_role("button", name="Anotar el seguimiento").click()
    page.get_by_text("Elija si se materializó.").wait_for()
    look("seguimiento-con-errores")
    visit("incidents", T4)
    visit("add_incident", T4)
    page.context.clear_cookies()
    sign_in(page, live_server, furnished.email(Role.ADMINISTRATOR))
    visit("risk_scale")
    visit("change_risk_scale")
    page.get_by_role("button", name="Poner en vigencia").click()
    page.get_by_text("No cambió nada: la escala sigue igual.").wait_for()
    page.context.close()
    assert barriers == []
    assert [told for told in complaints if "422" not in told] == []


def test_a_risk_from_its_wording_to_a_follow_up_that_the_records_contradict(
    browser: Browser, live_server: LiveServer, furnished: Town
) -> None:
    """Without scripts: every page works without them."""
    page = open_page(browser, 390, "light", [], scripts=False)
    sign_in(page, live_server, furnished.email())
    page.goto(live_server.url + reverse("add_risk"))
    page.get_by_label("Qué afecta").select_option("reputational")
    page.get_by_label("Por qué pasaría").fill("publicar información errada")
    page.get_by_label("Debido a qué").fill("que nadie la revisa")
    page.get_by_label("Quién responde").fill("Marcela Ríos")
    page.get_by_label("Qué registros lo dejan ver").select_option("corrections")
    page.get_by_role("button", name="Agregar el riesgo").click()
    page.get_by_text("Se agregó el riesgo R4.").wait_for()
    page.get_by_role("link", name="Valorar", exact=True).click()
    page.get_by_label("Veces al año que se hace la actividad").fill("600")
    page.get_by_label("Impacto", exact=True).select_option("2")
    page.get_by_role("button", name="Guardar la valoración").click()
    page.get_by_role("link", name="Agregar un control").click()
    page.get_by_label("Qué se hace").fill("Una segunda persona revisa la pieza")
    page.get_by_label("Tipo").select_option("preventive")
    page.get_by_label("Ejecución").select_option("manual")
    page.get_by_role("button", name="Agregar el control").click()
    accounts = page.locator(".account").all_text_contents()
    assert [each.replace("\u00a0", " ") for each in accounts] == ["80 % × (1 − 40 %) = 48 %"]
    assert page.locator(".zone").all_text_contents() == ["Riesgo alto", "Riesgo moderado"]


def test_a_follow_up_is_noted_by_the_keyboard_alone(browser: Browser, live_server: LiveServer, furnished: Town) -> None:
    page = open_page(browser, 1280, "light", [])
    sign_in(page, live_server, furnished.email())
    page.goto(live_server.url + reverse("risk_follow_ups", args=[T4]))
    page.get_by_role("link", name="Anotar un seguimiento del riesgo R1").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Revisado el").focus()
    page.keyboard.type("12182025")
    for text in ("Primera", "Se miró la única publicación del trimestre.", "1", "1", "", "No se", "", ""):
        page.keyboard.press("Tab")
        if text == "Primera":  # the date has its own button before the next field
            page.get_by_label("Línea de defensa").focus()
        page.keyboard.type(text)
    page.get_by_label("Revisado el").evaluate("field => { field.value = '2025-12-18'; }")
    page.get_by_label("Qué sigue").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said = "Los registros dicen: 1 publicación corregida, retirada o sin aprobación de 1. Escriba por qué"
    page.get_by_text(said).wait_for()
    assert FollowUp.objects.of(furnished.institution).count() == 0
    page.get_by_label("Por qué no se materializó").focus()
    page.keyboard.type("El error era de la fuente, y se corrigió al otro día.")
    page.get_by_role("button", name="Anotar el seguimiento").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Se anotó el seguimiento del riesgo R1.").wait_for()
    kept = FollowUp.objects.of(furnished.institution).get()
    assert (kept.checked_on, kept.line_of_defence, kept.materialised) == (date(2025, 12, 18), 1, False)
    assert kept.despite == "El error era de la fuente, y se corrigió al otro día."
    page.context.close()
