"""The approval on a telephone: the piece whole, two taps, and nothing that axe or the browser complains of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.ledger.services import mark_correction
from pregon_web.workflow.models import Approval, Piece, PiecePublication
from pregon_web.workflow.pieces import comment_version
from pregon_web.workflow.publishing import publish_version
from tests.web.browsing import CHROMIUM, WIDTHS, check_layout, find_barriers, keep_picture, open_page
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import PASSWORD, Town, found_town
from tests.web.workflow.making import approved_piece, ask, channel, content, latest, make_piece, sent_piece, token_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]

# Its identifier says 8 October 2025.
PROVED = "https://x.com/perso/status/1976000000000000000"


@pytest.fixture
def furnished(transactional_db: None) -> Town:
    del transactional_db
    town = found_town("Personería Municipal de Peñaclara", "penaclara")
    keep_registro(town)
    return town


def sign_in(page: Page, server: LiveServer, town: Town, role: Role, path: str) -> None:
    page.goto(server.url + path)
    page.get_by_label("Correo de la entidad").fill(town.email(role))
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda url: "/entrar/" not in url)


def look(page: Page, name: str, barriers: list[object]) -> None:
    check_layout(page)
    keep_picture(page, name)
    barriers += [(name, *found) for found in find_barriers(page)]


def come_out(town: Town) -> PiecePublication:
    """A piece that came out late and had to be corrected."""
    piece = approved_piece(town, ask(town, on=date(2025, 10, 1)), alternative_text="", shows_people=True)
    version = latest(piece)
    out = publish_version(access=town.access(), version=version, channel=channel(town), link=PROVED, day=None).row
    comment_version(access=town.access(), version=version, text="La hora estaba mal: era a las 8.")
    mark_correction(
        access=town.access(),
        publication=out.publication,
        what="Se corrigió la hora",
        corrected_on=date(2025, 10, 9),
        withdrawn_on=None,
    )
    return out


@pytest.mark.parametrize("scripts", [True, False])
def test_two_taps_on_a_telephone_approve_it(
    browser: Browser, live_server: LiveServer, furnished: Town, scripts: bool
) -> None:
    piece = sent_piece(furnished, channels=[channel(furnished).code])
    complaints: list[str] = []
    barriers: list[object] = []
    page = open_page(browser, 390, "light", complaints, scripts=scripts)
    address = reverse("approval_link", args=[token_in(str(mail.outbox[0].body))])
    sign_in(page, live_server, furnished, Role.REQUESTER, address)
    assert page.url == live_server.url + address
    shown = page.get_by_role("img", name="Sobre fondo azul, «Estudiar es un derecho»")
    assert shown.evaluate("image => [image.complete, image.naturalWidth]") == [True, 400]
    buttons = page.get_by_role("button", name="Aprobar", exact=True)
    box = buttons.bounding_box()
    assert box is not None
    assert (box["y"] + box["height"] <= 900, box["height"] >= 44) == (True, True)  # in reach without scrolling
    if scripts:
        look(page, "aprobar-390", barriers)
    buttons.click()
    page.get_by_role("heading", name="Confirme su aprobación").wait_for()
    if scripts:
        look(page, "confirmar-aprobacion-390", barriers)
    page.get_by_role("button", name="Sí, aprobar").click()
    page.get_by_text("Quedó aprobada: «Pieza: Estudiar es un derecho», versión 1.").wait_for()
    row = Approval.objects.of(furnished.institution).get()
    assert (row.decision, row.sha256) == ("approved", latest(piece).sha256)
    page.go_back()
    page.goto(live_server.url + address)
    assert page.get_by_text("Usted ya decidió sobre esta versión").is_visible()
    page.context.close()
    assert barriers == []
    assert [told for told in complaints if "410" not in told] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_piece_fit_and_have_no_barrier(
    browser: Browser, live_server: LiveServer, furnished: Town, width: int
) -> None:
    complaints: list[str] = []
    barriers: list[object] = []
    request = ask(furnished)
    waits = sent_piece(furnished, request)
    asked = make_piece(furnished, request, title="Por comprobar", alternative_text="", shows_people=True)
    words_alone = make_piece(furnished, request, title="Un boletín", file=b"", text=content()["text"] * 8)
    out = come_out(furnished)
    page = open_page(browser, width, "light", complaints)

    def visit(name: str, path: str) -> None:
        page.goto(live_server.url + path)
        look(page, f"{name}-{width}", barriers)

    def at(name: str, piece: Piece) -> str:
        return reverse(name, args=[request.pk, piece.pk])

    sign_in(page, live_server, furnished, Role.EDITOR, reverse("quarter", args=[str(QUARTER)]))
    visit("solicitud-con-piezas", reverse("request", args=[request.pk]))
    visit("pieza-nueva", reverse("add_piece", args=[request.pk]))
    visit("pieza-en-aprobacion", at("piece", waits))
    visit("pieza-por-comprobar", at("piece", asked))
    page.get_by_role("button", name="Guardar las respuestas").click()
    page.get_by_text("No respondió nada todavía").wait_for()
    look(page, f"pieza-sin-responder-{width}", barriers)
    visit("pieza-de-texto", at("piece", words_alone))
    visit("pieza-aprobada-y-publicada", reverse("piece", args=[out.version.piece.request_id, out.version.piece_id]))
    visit("publicacion-con-su-pieza", reverse("publication", args=[out.publication.period, out.publication_id]))
    visit("otra-version", at("add_version", waits))
    visit("por-aprobar-nada", reverse("waiting"))
    page.context.close()
    page = open_page(browser, width, "dark", complaints)
    sign_in(page, live_server, furnished, Role.REQUESTER, reverse("waiting"))
    visit("por-aprobar", reverse("waiting"))
    visit("aprobar-oscuro", reverse("approve_piece", args=[latest(waits).pk]))
    page.get_by_role("button", name="Pedir cambios").click()
    page.get_by_role("heading", name="Confirme los cambios que pide").wait_for()
    page.get_by_role("button", name="Sí, pedir los cambios").click()
    page.get_by_text("Escriba qué hay que cambiar y dónde").wait_for()
    look(page, f"aprobar-sin-nota-{width}", barriers)
    page.context.close()
    page = open_page(browser, width, "light", complaints)
    sign_in(page, live_server, furnished, Role.ADMINISTRATOR, reverse("approval_rules"))
    look(page, f"reglas-{width}", barriers)
    page.context.close()
    assert barriers == []
    assert [told for told in complaints if "422" not in told] == []
