"""The pages that the guide shows and the walk of the quarter does not reach, with the people and records of the demo.

`make pictures` runs this and the walk, and keeps what they saw; without it they are looked at all the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

import pregon
from pregon.document.model import Cell, Document, Heading, Paragraph, Table
from pregon.document.prose import Prose
from pregon_web.accounts.models import Role
from pregon_web.commands import demo_office
from pregon_web.commands.demo import example_files
from tests.web.browsing import CHROMIUM, check_layout, find_barriers, keep_picture, open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

T4 = "2025-T4"
PREFIX = "guia"
pytestmark = [
    pytest.mark.slow,  # `make pictures` runs it
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]


@pytest.fixture
def passwords(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """The demo, and the password of each of its people by the first part of their address."""
    del transactional_db
    demo_office.prepare(tmp_path, example_files(None))
    lines = (tmp_path / demo_office.PEOPLE_FILE).read_text(encoding="utf-8").splitlines()
    return {address: password for address, password, _ in (line.split("\t") for line in lines)}


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A report from elsewhere: WhatsApp's months add up to 37 and it says 36; one of Facebook's months is empty."""
    rows = (
        ("Canal", "Octubre", "Noviembre", "Diciembre", "Total"),
        ("WhatsApp", "10", "13", "14", "36"),
        ("Facebook", "44", "24", "", "94"),
        ("Instagram", "44", "22", "23", "89"),
    )
    table = Table(
        rows=tuple(tuple(Cell(Prose(text)) for text in row) for row in rows),
        header_rows=1,
        header_columns=1,
        caption="Publicaciones por canal y mes",
        number=1,
    )
    opening = "Entre octubre y diciembre de 2025 la oficina publicó en tres canales. WhatsApp sumó 36 mensajes."
    document = Document(
        (Heading(0, Prose("Informe del cuarto trimestre de 2025")), Paragraph(Prose(opening)), table),
    )
    path = tmp_path / "informe-recibido.docx"
    pregon.write(document, path)
    return path


class Visit:
    """A person of the demo at a browser; each page they look at fits, has no barrier and may be kept as a picture."""

    def __init__(self, browser: Browser, server: LiveServer, who: tuple[str, str], width: int = 1280) -> None:
        self.complaints: list[str] = []
        self.page: Page = open_page(browser, width, "light", self.complaints)
        self.server, self.width = server, width
        self.page.goto(server.url + reverse("account_login"))
        self.page.get_by_label("Correo de la entidad").fill(who[0])
        self.page.get_by_label("Contraseña").fill(who[1])
        self.page.get_by_role("button", name="Entrar").click()
        self.page.wait_for_url(lambda url: "/entrar/" not in url)

    def see(self, name: str, path: str) -> None:
        self.page.goto(self.server.url + path)
        self.look(name)

    def look(self, name: str) -> None:
        check_layout(self.page)
        keep_picture(self.page, f"{PREFIX}-{name}-{self.width}")
        assert find_barriers(self.page) == [], self.page.url

    def leave(self) -> None:
        assert self.complaints == []
        self.page.context.close()


def who(passwords: dict[str, str], role: Role) -> tuple[str, str]:
    """The first of the demo's people with that role, and their password."""
    email = next(each.email for each in demo_office.CAST if each.role is role)
    return email, passwords[email]


def test_what_an_editor_sees_in_the_guide(
    browser: Browser, live_server: LiveServer, passwords: dict[str, str], received: Path
) -> None:
    editor = Visit(browser, live_server, who(passwords, Role.EDITOR))
    editor.see("inicio", reverse("quarter", args=[T4]))
    editor.see("publicaciones", reverse("publications", args=[T4]))
    editor.see("publicacion-nueva", reverse("add_publication", args=[T4]))
    editor.see("cifra", reverse("measure", args=[T4, "facebook", "views", "2025-11"]))
    editor.see("calendario", reverse("calendar", args=[T4]))
    editor.see("eventos", reverse("events", args=[T4]))
    editor.see("evidencias", reverse("evidence", args=[T4]))
    page = editor.page
    page.goto(live_server.url + reverse("report", args=[T4]))
    capture = page.screenshot()
    page.goto(live_server.url + reverse("add_evidence", args=[T4]))
    page.get_by_label("Qué prueba").fill("Cómo estaba el borrador del informe")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "captura-del-informe.png", "mimeType": "image/png", "buffer": capture}
    )
    page.get_by_role("button", name="Guardar la evidencia").click()
    page.get_by_role("img", name="Cómo estaba el borrador del informe").wait_for()
    editor.look("evidencia-guardada")

    page.goto(live_server.url + reverse("audits"))
    page.get_by_label("Suelte aquí el informe, o elíjalo").set_input_files(received)
    page.get_by_role("button", name="Revisar el documento").click()
    page.get_by_role("link", name="Descargar los hallazgos").wait_for()
    editor.look("auditado")
    editor.leave()

    phone = Visit(browser, live_server, who(passwords, Role.EDITOR), 390)
    phone.see("inicio", reverse("quarter", args=[T4]))
    phone.leave()


def test_what_an_administrator_sees_in_the_guide(
    browser: Browser, live_server: LiveServer, passwords: dict[str, str]
) -> None:
    administrator = Visit(browser, live_server, who(passwords, Role.ADMINISTRATOR))
    page = administrator.page
    page.goto(live_server.url + reverse("invite_person"))
    page.get_by_label("Correo").fill("andres.tobon@penaclara.example")
    page.get_by_label("Nombre y apellido").fill("Andrés Tobón")
    page.get_by_label("Redacta").check()
    administrator.look("invitar")
    page.get_by_role("button", name="Enviar la invitación").click()
    page.get_by_role("button", name="Enviar otro enlace a Andrés Tobón").wait_for()
    administrator.look("personas")
    administrator.see("bitacora", reverse("check_journal"))

    page.goto(live_server.url + reverse("mfa_index"))
    page.get_by_role("link", name="Activar el código").click()
    page.get_by_label("Contraseña").fill(who(passwords, Role.ADMINISTRATOR)[1])
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("heading", name="Active el código de su teléfono").wait_for()
    administrator.look("segundo-factor")
    administrator.leave()
