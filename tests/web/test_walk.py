"""The officer's quarter from end to end, in a real browser: exports, the grid, an event, a campaign, evidence, the gaps
declared, three people who sign, the closing, and the files audited. The approver signs on a phone.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from PIL import Image

import pregon
from pregon_web.accounts.models import Role
from pregon_web.accounts.services import add_office
from pregon_web.ledger.selectors import current_rows
from pregon_web.quarter.models import Closing
from pregon_web.quarter.selectors import dossier
from tests.web.browsing import CHROMIUM, check_layout, find_barriers, keep_picture, open_page
from tests.web.towns import PASSWORD, Town, found_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

T4 = "2025-T4"
EXAMPLES = Path(__file__).parents[2] / "examples"
MOST_GAPS = 40
NAMES = {Role.EDITOR: "Marcela Ríos", Role.REVIEWER: "Carlos Gil", Role.APPROVER: "Beatriz Upegui"}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]


@pytest.fixture
def exports(tmp_path: Path) -> tuple[Path, dict[str, dict[str, str]]]:
    """What the platforms would have given of the example quarter, in one zip, and what the office answers of it."""
    sys.path.insert(0, str(EXAMPLES))
    try:
        from penaclara.exports import ANSWERS, make_exports
        from penaclara.quarter_2025_t4 import make_dossier
    finally:
        sys.path.remove(str(EXAMPLES))
    path = tmp_path / "exportaciones.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for place, content in make_exports(make_dossier()).items():
            archive.writestr(place, content)
    return path, {name: dict(answers) for name, answers in ANSWERS.items()}


@pytest.fixture
def town(transactional_db: None) -> Town:
    del transactional_db
    founded = found_town("Personería Municipal de Peñaclara", "penaclara")
    for role, name in NAMES.items():  # the guide shows these pages: people are called as people
        founded.people[role].name = name
        founded.people[role].save(update_fields=["name"])
    add_office(institution=founded.institution, name="Derechos Humanos")
    return founded


class Walk:
    """A person at a browser of some width; every page they come to is looked at."""

    def __init__(self, browser: Browser, server: LiveServer, town: Town, role: Role, width: int) -> None:
        self.complaints: list[str] = []
        self.page: Page = open_page(browser, width, "light", self.complaints)
        self.server, self.role, self.width = server, role, width
        self.page.goto(server.url + reverse("account_login"))
        self.page.get_by_label("Correo de la entidad").fill(town.email(role))
        self.page.get_by_label("Contraseña").fill(PASSWORD)
        self.page.get_by_role("button", name="Entrar").click()
        self.page.wait_for_url(lambda url: "/entrar/" not in url)

    def go(self, name: str, *rest: object) -> Page:
        self.page.goto(self.server.url + reverse(name, args=[T4, *rest]))
        return self.page

    def look(self, name: str) -> None:
        check_layout(self.page)
        keep_picture(self.page, f"guia-{name}-{self.width}")
        assert find_barriers(self.page) == [], self.page.url

    def leave(self) -> None:
        assert self.complaints == []
        self.page.context.close()


def answer_all(page: Page, answers: dict[str, dict[str, str]]) -> None:
    """Answer what the files do not say, until nothing is asked."""
    for _ in range(5):
        asking = page.get_by_role("button", name="Responder y leer otra vez")
        if not asking.count():
            return
        for field in page.locator("form [name*='@']").all():
            key, _, place = (field.get_attribute("name") or "").partition("@")
            value = answers.get(place.rpartition("/")[2], {}).get(key, "")
            if value and field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            elif value:
                field.fill(value)
        asking.click()


def paste(page: Page, label: str, block: str) -> None:
    """Paste a block of a spreadsheet into a cell, as the browser hands it over."""
    page.get_by_label(label, exact=True).evaluate(
        """(cell, text) => {
            const held = new DataTransfer();
            held.setData('text', text);
            cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: held, bubbles: true, cancelable: true}));
        }""",
        block,
    )


def declare_all(walk: Walk) -> int:
    """Declare every gap that is left, each with its reason; answers how many there were."""
    for declared in range(MOST_GAPS):
        page = walk.go("closing")
        folds = page.get_by_text("Declarar que no llega")
        if not folds.count():
            return declared
        folds.first.click()
        page.get_by_label("Por qué no llega").first.fill("La oficina no lo recibió antes del corte.")
        page.get_by_role("button", name="Declarar el faltante").first.click()
        page.get_by_text("Quedó declarado").wait_for()
    raise AssertionError("gaps never end")


def test_the_quarter_from_the_exports_to_the_closed_report(  # noqa: PLR0915 - a walk has as many steps as it has
    browser: Browser,
    live_server: LiveServer,
    town: Town,
    exports: tuple[Path, dict[str, dict[str, str]]],
    tmp_path: Path,
) -> None:
    archive, answers = exports
    editor = Walk(browser, live_server, town, Role.EDITOR, 1280)

    page = editor.go("imports")
    editor.look("importar")
    page.get_by_label("Suelte aquí los archivos de las plataformas, o elíjalos").set_input_files(archive)
    page.get_by_role("button", name="Leer los archivos").click()
    answer_all(page, answers)
    editor.look("importar-que-cambia")
    page.get_by_role("button", name="Guardar").click()
    page.get_by_text("Se guardó la importación:").wait_for()

    page = editor.go("metrics")
    paste(page, "Facebook, Espectadores, diciembre", "17.100\n2.050\n29\n61.300")
    assert page.get_by_role("button", name="Guardar 4 cifras").count() == 1
    editor.look("metricas")
    page.get_by_role("button", name="Guardar 4 cifras").click()
    page.get_by_text("Se guardaron 4 cifras.").wait_for()
    rows = current_rows(town.institution, T4)
    assert [int(rows[f"facebook/{code}/2025-12"].value or 0) for code in ("viewers", "views")] == [17100, 61300]

    page = editor.go("add_event")
    page.get_by_label("Evento").fill("Encuentro de personeros estudiantiles")
    page.get_by_label("Fecha").fill("2025-10-06")
    page.get_by_label("Convocados").fill("60")
    page.get_by_label("Asistentes").fill("45")
    editor.look("evento")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "nuevo" not in url)

    page = editor.go("add_campaign")
    page.get_by_label("Nombre de la campaña").fill("La salud mental es de todos")
    page.get_by_label("Nombre corto").fill("salud-mental")
    page.get_by_label("Objetivo").fill("Dar a conocer cómo se pide atención en salud mental.")
    editor.look("campana")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "nueva" not in url)

    picture = io.BytesIO()
    Image.new("RGB", (640, 400), "white").save(picture, "PNG")
    page = editor.go("add_evidence")
    page.get_by_label("Qué prueba").fill("Panel de Facebook de diciembre")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "panel.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    editor.look("evidencia")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "nueva" not in url)

    page = editor.go("control")
    page.get_by_label("Código del documento").fill("GC-INF-02")
    page.get_by_label("Versión del documento").fill("1")
    page.get_by_label("Corte de las cifras").fill("2026-01-07T17:00")
    editor.look("control")
    page.get_by_role("button", name="Guardar el control").click()
    page.get_by_text("Se guardó el control del documento.").wait_for()

    page = editor.go("closing")
    editor.look("cierre-con-faltantes")
    assert declare_all(editor) > 0
    page = editor.go("closing")
    page.get_by_role("button", name="Firmar como quien elabora").click()
    page.get_by_text("Quedó su firma.").wait_for()

    reviewer = Walk(browser, live_server, town, Role.REVIEWER, 1280)
    reviewer.go("closing").get_by_role("button", name="Firmar como quien revisa").click()
    reviewer.page.get_by_text("Quedó su firma.").wait_for()
    reviewer.leave()

    approver = Walk(browser, live_server, town, Role.APPROVER, 390)
    page = approver.go("closing")
    approver.look("aprobar-en-el-telefono")
    page.get_by_role("button", name="Firmar como quien aprueba").click()
    page.get_by_text("No falta nada: puede cerrarse.").wait_for()
    page.get_by_role("button", name="Cerrar el trimestre").click()
    page.get_by_text("El trimestre quedó cerrado, versión 1.").wait_for(timeout=60_000)
    approver.look("cerrado")
    approver.leave()

    page = editor.go("closing")
    for words, suffix in (("Word", "docx"), ("PDF", "pdf")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=f"{words} de la versión 1").click()
        path = tmp_path / f"informe.{suffix}"
        waiting.value.save_as(path)
        result = pregon.audit(path, against=dossier(town.institution, T4))
        assert [finding.message for finding in result.findings] == [], suffix
        assert "≥" not in path.name
    editor.leave()
    assert Closing.objects.of(town.institution).get().version == 1
