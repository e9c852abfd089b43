"""The office in Debian's Chromium: sign in, walk every page at two widths and in two themes, by eye of the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.web.browsing import CHROMIUM, LOOKS, check_layout, open_page
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import PASSWORD, Town, found_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

HTML = b"""<!doctype html><html lang="es"><title>Informe</title><h1>Informe del cuarto trimestre de 2025</h1>
<table><tr><th>Canal</th><th>Octubre</th><th>Noviembre</th><th>Diciembre</th><th>Total</th></tr>
<tr><th>WhatsApp</th><td>10</td><td>13</td><td>14</td><td>36</td></tr>
<tr><th>Facebook</th><td>44</td><td>24</td><td>26</td><td>94</td></tr></table></html>"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]


@pytest.fixture
def furnished(transactional_db: None) -> Town:
    del transactional_db
    town = found_town("Personería Municipal de Peñaclara", "penaclara")
    keep_registro(town)
    return town


def sign_in(page: Page, server: LiveServer, town: Town) -> None:
    page.goto(server.url + reverse("home"))
    page.get_by_label("Correo de la entidad").fill(town.email())
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.get_by_role("heading", name="Cuarto trimestre de 2025", level=1).wait_for()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_fits_and_breaks_no_rule_of_the_browser(
    browser: Browser, live_server: LiveServer, furnished: Town, tmp_path: Path, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    page = open_page(browser, width, scheme, complaints)
    page.goto(live_server.url + reverse("account_login"))
    check_layout(page)
    sign_in(page, live_server, furnished)
    check_layout(page)
    page.get_by_role("link", name="Ver el informe").click()
    page.get_by_role("heading", name="Informe del cuarto trimestre de 2025", level=1).wait_for()
    check_layout(page)
    page.goto(live_server.url + reverse("audits"))
    check_layout(page)
    document = tmp_path / "informe.html"
    document.write_bytes(HTML)
    page.get_by_label("Suelte aquí el informe, o elíjalo").set_input_files(document)
    page.get_by_role("button", name="Revisar el documento").click()
    page.get_by_role("heading", name="El documento se contradice en 1 punto").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    check_layout(page)
    page.goto(live_server.url + reverse("account_change_password"))
    check_layout(page)
    page.context.close()
    assert complaints == []


def test_everything_works_without_scripts(
    browser: Browser, live_server: LiveServer, furnished: Town, tmp_path: Path
) -> None:
    complaints: list[str] = []
    page = open_page(browser, 390, "light", complaints, scripts=False)
    sign_in(page, live_server, furnished)
    page.goto(live_server.url + reverse("audits"))
    document = tmp_path / "informe.html"
    document.write_bytes(HTML)
    page.get_by_label("Suelte aquí el informe, o elíjalo").set_input_files(document)
    page.get_by_role("button", name="Revisar el documento").click()
    page.get_by_role("heading", name="El documento se contradice en 1 punto").wait_for()
    page.locator("#cuadra > summary").click()
    assert page.get_by_text("44 + 24 + 26 = 94").is_visible()
    page.context.close()


def test_the_keyboard_alone_is_enough(browser: Browser, live_server: LiveServer, furnished: Town) -> None:
    complaints: list[str] = []
    page = open_page(browser, 1280, "light", complaints)
    page.goto(live_server.url + reverse("account_login"))
    for _ in range(3):  # the skip link, the name of the house, the address
        page.keyboard.press("Tab")
    page.keyboard.type(furnished.email())
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Cuarto trimestre de 2025", level=1).wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    assert page.evaluate("document.activeElement.id") == "contenido"
    page.context.close()
    assert complaints == []


def test_the_report_of_the_quarter_is_downloaded(browser: Browser, live_server: LiveServer, furnished: Town) -> None:
    page = open_page(browser, 1280, "light", [])
    sign_in(page, live_server, furnished)
    page.goto(live_server.url + reverse("report", args=[str(QUARTER)]))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Descargar el Word").click()
    assert waiting.value.suggested_filename == "informe-2025-T4.docx"
    page.context.close()
