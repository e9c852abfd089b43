"""A request from end to end, in a real browser: a delegatura asks, the editor works, the gate finds what is missing;
the leader and the approver decide on a phone, it comes out, its link proves the instant, and one more is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageDraw

from pregon.figures.period import Period
from pregon.records.calendar import add_business_days
from pregon_web.accounts.models import Membership, Role
from pregon_web.accounts.services import add_office, appoint_leader
from pregon_web.journal.models import Entry
from pregon_web.journal.selectors import verify_chain
from pregon_web.ledger.models import Channel
from pregon_web.ledger.services import add_record
from pregon_web.programme.models import IndicatorCard
from pregon_web.quarter.selectors import dossier
from pregon_web.risks.models import Risk
from pregon_web.workflow.models import Kind, ServiceRequest, State
from pregon_web.workflow.services import ensure_defaults, move_request, receive_request
from tests.web.browsing import CHROMIUM, check_layout, find_barriers, keep_picture, open_page
from tests.web.towns import PASSWORD, Town, found_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"),
]
NAMES = {
    Role.EDITOR: "Marcela Ríos",
    Role.REQUESTER: "Natalia Ochoa",
    Role.APPROVER: "Beatriz Upegui",
    Role.REVIEWER: "Carlos Gil",
}
TITLE = "Pieza de la semana de los derechos"
ALTERNATIVE = "Dos niños de espaldas frente a un mural de cuatro colores"
FOUND = "Las tres solicitudes salieron dentro de su fecha."
FORMULA = "solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100"
SNOWFLAKE_EPOCH = 1_288_834_974_657
"""Milliseconds of 4 November 2010, from which X counts in its numbers."""


def x_link() -> str:
    """A post of X of two minutes ago: its number holds the instant in milliseconds, shifted 22 bits."""
    milliseconds = int((timezone.now() - timedelta(minutes=2)).timestamp() * 1000)
    return f"https://x.com/penaclara/status/{(milliseconds - SNOWFLAKE_EPOCH) << 22}"


@dataclass(frozen=True)
class Counted:
    """What the records of the quarter give, read by hand out of its dossier."""

    posts: int
    on_time: int
    with_date: int


def count(town: Town, period: str) -> Counted:
    own = dossier(town.institution, period)
    if own is None:
        return Counted(0, 0, 0)
    closed = [each for each in own.requests if each.due and each.delivered_on]
    on_time = [each for each in closed if each.due and each.delivered_on and each.delivered_on <= each.due]
    return Counted(len(own.publications), len(on_time), len(closed))


class Person:
    """A person at a browser of some width; every page they come to is looked at."""

    def __init__(self, browser: Browser, server: LiveServer, town: Town, role: Role, width: int) -> None:
        self.complaints: list[str] = []
        self.page: Page = open_page(browser, width, "light", self.complaints)
        self.server, self.width = server, width
        self.page.goto(server.url + reverse("account_login"))
        self.page.get_by_label("Correo de la entidad").fill(town.email(role))
        self.page.get_by_label("Contraseña").fill(PASSWORD)
        self.page.get_by_role("button", name="Entrar").click()
        self.page.wait_for_url(lambda url: "/entrar/" not in url)

    def go(self, path: str) -> Page:
        self.page.goto(self.server.url + path)
        return self.page

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def look(self, name: str) -> None:
        check_layout(self.page)
        keep_picture(self.page, f"guia-{name}-{self.width}")
        assert find_barriers(self.page) == [], self.page.url

    def leave(self) -> None:
        # The browser itself notes every page that answers «no»: those were asked for.
        assert [told for told in self.complaints if "422" not in told] == []
        self.page.context.close()


@pytest.fixture
def town(transactional_db: None) -> Town:
    del transactional_db
    founded = found_town("Personería Municipal de Peñaclara", "penaclara")
    for role, name in NAMES.items():
        founded.people[role].name = name
        founded.people[role].save(update_fields=["name"])
    office = add_office(institution=founded.institution, name="Derechos Humanos")
    leader = founded.people[Role.REQUESTER]
    Membership.objects.of(founded.institution).filter(person=leader).update(office=office)
    appoint_leader(access=founded.access(Role.ADMINISTRATOR), office=office, leader=leader)
    editor = founded.access()
    add_record(access=editor, row=Channel(code="x", name="X", platform="x"))
    ensure_defaults(founded.institution)
    add_record(access=editor, row=IndicatorCard(name="Oportunidad", formula=FORMULA, target=95))
    today = timezone.localdate()
    add_record(
        access=editor,
        row=Risk(
            reference="R1",
            description="Posibilidad de retrasos en la publicación de la información.",
            owner="Marcela Ríos",
            signal="late_deliveries",
            since=str(Period.quarter(today.year, (today.month + 2) // 3)),
        ),
    )
    for number in (1, 2):
        deliver_one(founded, today, f"Entregada antes, {number}")
    return founded


def deliver_one(town: Town, today: date, title: str) -> None:
    """A request that was asked and delivered today, on time."""
    row = receive_request(
        access=town.access(),
        institution=town.institution,
        kind=Kind.objects.of(town.institution)[0],
        title=title,
        office=None,
        fields={},
        on=today,
    )
    move_request(access=town.access(), request=row, to=State.DELIVERED, on=today)


def draw_mural() -> Image.Image:
    """Two children from behind, in front of a mural."""
    mural = Image.new("RGB", (640, 640), "#0b5560")
    pen = ImageDraw.Draw(mural)
    for left, colour in ((0, "#11707e"), (160, "#1a8a99"), (320, "#7cc7d1"), (480, "#d7eef1")):
        pen.rectangle((left, 60, left + 160, 400), fill=colour)
    for left, top in ((190, 300), (350, 330)):
        pen.rounded_rectangle((left - 20, top + 90, left + 120, 680), radius=50, fill="#12343b")
        pen.ellipse((left, top, left + 100, top + 100), fill="#12343b")
    return mural


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[Path, Path]:
    """The picture of the piece, and the signed authorisation of who is seen in it."""
    piece, signed = tmp_path / "mural.png", tmp_path / "autorizacion-firmada.png"
    draw_mural().save(piece)
    Image.new("RGB", (600, 800), "white").save(signed)
    return piece, signed


def test_one_request_from_asking_to_the_indicator(
    browser: Browser, live_server: LiveServer, town: Town, pictures: tuple[Path, Path]
) -> None:
    today = timezone.localdate()
    period = str(Period.quarter(today.year, (today.month + 2) // 3))
    assert count(town, period) == Counted(0, 2, 2)

    ask(browser, live_server, town)
    request = ServiceRequest.objects.of(town.institution).select_related("office", "requester").get(title=TITLE)
    # Three business days for a design, by the table that every institution starts with.
    assert (request.state, request.due) == ("received", add_business_days(today, 3))
    assert request.office is not None
    assert (request.office.name, request.requester) == ("Derechos Humanos", town.people[Role.REQUESTER])

    work(browser, live_server, town, request, pictures)
    for role, heading in ((Role.REQUESTER, "Su visto bueno"), (Role.APPROVER, "Su aprobación")):
        approve(browser, live_server, town, role, heading)
    request.refresh_from_db()
    assert request.state == "approved"

    publish(browser, live_server, town, request)
    request.refresh_from_db()
    assert (request.state, request.delivered_on) == ("published", today)
    assert count(town, period) == Counted(1, 3, 3)

    follow_up(browser, live_server, town, period)
    own = dossier(town.institution, period)
    assert own is not None
    (post,), (told,) = own.publications, own.follow_ups
    assert next(each for each in own.requests if each.title == TITLE).published == post.reference
    assert (told.materialised, told.despite) == (False, "")

    moves = Entry.objects.of(town.institution).filter(action="move", subject=f"workflow.servicerequest:{request.pk}")
    assert [entry.after["state"] for entry in moves.order_by("sequence")] == [
        "in_progress",
        "in_review",
        "approved",
        "published",
    ]
    assert verify_chain(town.institution).broken is None


def ask(browser: Browser, server: LiveServer, town: Town) -> None:
    """The delegatura asks for a design."""
    person = Person(browser, server, town, Role.REQUESTER, 1280)
    page = person.go(reverse("add_request"))
    person.look("pedir")
    page.get_by_label("Tipo").select_option(label="Pieza gráfica")
    page.get_by_label("Qué se pide").fill(TITLE)
    page.get_by_label("Para qué").fill("Para que las familias sepan que el cupo escolar no se niega.")
    page.locator("form button.is-primary").first.click()
    page.get_by_role("heading", name=TITLE).wait_for()
    person.look("solicitud-pedida")
    person.leave()


def work(
    browser: Browser, server: LiveServer, town: Town, request: ServiceRequest, pictures: tuple[Path, Path]
) -> None:
    """The editor makes it: the gate finds no alternative text, and a minor without authorisation; both are mended."""
    person = Person(browser, server, town, Role.EDITOR, 1280)
    page = person.go(reverse("request", args=[request.pk]))
    person.press("Empezar a trabajarla")
    page.get_by_role("link", name="Agregar una pieza").click()
    page.get_by_label("Nombre de la pieza").fill("Estudiar es un derecho")
    page.get_by_label("Archivo").set_input_files(pictures[0])
    page.get_by_label("Texto que la acompaña").fill("Estudiar es un derecho. Si le niegan el cupo, escríbanos.")
    page.get_by_label("Quién se ve en ella").select_option(label="Muestra menores de edad")
    page.get_by_role("checkbox", name="X", exact=True).check()
    page.locator("form button.is-primary").first.click()
    page.get_by_role("heading", name="Estudiar es un derecho").wait_for()
    found = page.locator(".remarks")
    assert found.get_by_text("no tiene texto alternativo").count() == 1
    assert found.get_by_text("hace falta la autorización de su representante").count() == 1
    person.look("pieza-por-comprobar")
    # The text is mended by another version; the authorisation is attached to it.
    page.get_by_role("link", name="Subir otra versión").first.click()
    page.get_by_label("Texto alternativo").fill(ALTERNATIVE)
    page.get_by_label("Qué cambió").fill("Lleva texto alternativo")
    page.locator("form button.is-primary").first.click()
    page.get_by_role("heading", name="Estudiar es un derecho").wait_for()
    assert page.locator(".remarks").get_by_text("no tiene texto alternativo").count() == 0
    assert page.get_by_role("button", name="Enviar a aprobar").count() == 0
    page.get_by_label("O el archivo firmado").set_input_files(pictures[1])
    for question in page.locator(".remarks .is-question input[type=checkbox]").all():
        question.check()
    person.press("Guardar las respuestas")
    person.press("Enviar a aprobar")
    page.get_by_text("En aprobación: espera a Natalia Ochoa").wait_for()
    person.look("pieza-en-aprobacion")
    person.leave()


def approve(browser: Browser, server: LiveServer, town: Town, role: Role, standing: str) -> None:
    """Whoever has to decide opens the link of their e-mail on a phone, and decides in two taps."""
    letter = mail.outbox[-1]
    assert letter.to == [town.email(role)]
    found = re.search(r"https?://\S+(/aprobar/\S+/)", str(letter.body))
    assert found is not None
    person = Person(browser, server, town, role, 390)
    page = person.go(found.group(1))
    shown = page.get_by_role("img", name=ALTERNATIVE)
    assert shown.evaluate("image => image.naturalWidth") == 640
    assert page.get_by_text(standing).count() >= 1
    if role is Role.APPROVER:
        person.look("aprobar-una-pieza")
    else:
        person.look("dar-el-visto-bueno")
    person.press("Aprobar")
    person.look("confirmar-una-aprobacion")
    person.press("Sí, aprobar")
    page.get_by_text("Quedó aprobada").wait_for()
    person.leave()


def publish(browser: Browser, server: LiveServer, town: Town, request: ServiceRequest) -> None:
    """The editor notes that it came out: the link says when, and that it was on time."""
    person = Person(browser, server, town, Role.EDITOR, 1280)
    page = person.go(reverse("request", args=[request.pk]))
    page.get_by_role("link", name="Estudiar es un derecho").click()
    page.get_by_label("Canal").select_option(label="X")
    page.get_by_label("Enlace").fill(x_link())
    person.press("Anotar que salió")
    page.get_by_text("Hora probada por el enlace").wait_for()
    assert page.get_by_text("= A tiempo").count() == 1
    person.look("pieza-publicada")
    page = person.go(reverse("indicators"))
    card = page.get_by_role("link", name="Oportunidad")
    card.click()
    assert page.get_by_text("100,0 %").count() >= 1
    assert page.get_by_text(re.compile(r"\b3\b")).count() >= 2
    person.look("indicador")
    person.go(reverse("requests"))
    person.look("tablero")
    person.leave()


def follow_up(browser: Browser, server: LiveServer, town: Town, period: str) -> None:
    """Of the risk of delays, the records say that none was late, and so does the office."""
    person = Person(browser, server, town, Role.EDITOR, 1280)
    page = person.go(reverse("risk_follow_ups", args=[period]))
    page.get_by_text("Los registros dicen: 0 entregas tardías de 3.").wait_for()
    page.get_by_role("link", name="Anotar un seguimiento").click()
    page.get_by_label("Revisado el").fill(timezone.localdate().isoformat())
    page.get_by_label("Línea de defensa").select_option(index=1)
    page.get_by_label(re.compile("Qué se revisó")).fill(FOUND)
    page.get_by_label("Veces que se hizo el control").fill("3")
    page.get_by_label("Veces que debía hacerse").fill("3")
    page.get_by_label("Resultado").select_option(label="No se materializó")
    person.look("seguimiento-de-un-riesgo")
    page.locator("form button.is-primary").first.click()
    page.wait_for_load_state()
    assert page.locator(".field-error").all_inner_texts() == []
    page.locator("main p", has_text=FOUND).first.wait_for()
    person.leave()
