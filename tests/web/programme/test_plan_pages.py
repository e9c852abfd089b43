"""The pages of the plan and the indicators in a browser: they fit, axe finds nothing, and the keyboard is enough."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.programme.models import Activity, ActivityFollowUp, IndicatorCard, MatrixLine, Plan
from pregon_web.programme.services import plan as services
from tests.web.browsing import CHROMIUM, SLOW_LOOKS, check_layout, find_barriers, keep_picture, open_page
from tests.web.programme.plans import add, approve, make_plan
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
T4 = str(QUARTER)


@pytest.fixture
def furnished(transactional_db: None) -> Town:
    del transactional_db
    town = found_town("Personería Municipal de Peñaclara", "penaclara")
    keep_registro(town)
    access = town.access()
    procedure = services.add_procedure(
        access=access,
        fields={"title": "Gestión de las comunicaciones", "dated": date(2025, 1, 20), "steps": [["6.2/6", "Evaluar"]]},
    )
    approve(town, procedure, date(2025, 1, 28))
    plan = make_plan(town)
    add(town, plan, "PA-01", unit="mensajes", fourth_quarter=36, indicator="completion", owner="Marcela Ríos")
    add(town, plan, "PA-02", indicator="formula", formula="asistentes ÷ convocados", target=Decimal(80))
    add(town, plan, "PA-03", start=date(2025, 9, 1), end=date(2025, 12, 15), target=None)
    approve(town, plan, date(2025, 1, 28))
    services.renew_plan(access=access, plan=plan)
    names = ("kind", "sender", "receiver", "message", "frequency", "media", "evidence")
    line = ("external", "Comunicaciones", "Ciudadanía", "Derechos y cómo pedirlos", "Permanente", "Sede, redes", "")
    services.save_matrix_line(access=access, line=None, fields=dict(zip(names, line, strict=True)))
    for name, formula, target in (
        ("Convocatoria", "asistentes ÷ convocados × 100", Decimal(95)),
        ("Oportunidad", "solicitudes_a_tiempo ÷ solicitudes_con_fecha", Decimal(95)),
        ("Interacción", "interacciones ÷ publicaciones", None),
    ):
        fields = {"name": name, "formula": formula, "target": target, "tolerable": target and target - 10}
        services.save_card(access=access, card=None, fields=fields)
    return town


def sign_in(page: Page, server: LiveServer, email: str) -> None:
    page.goto(server.url + reverse("account_login"))
    page.get_by_label("Correo de la entidad").fill(email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda url: "/entrar/" not in url)


@pytest.mark.parametrize(("width", "scheme"), SLOW_LOOKS)
def test_every_page_fits_and_has_no_barrier(
    browser: Browser, live_server: LiveServer, furnished: Town, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    barriers: list[object] = []
    page = open_page(browser, width, scheme, complaints)
    sign_in(page, live_server, furnished.email(Role.EDITOR))
    institution = furnished.institution
    draft = Plan.objects.of(institution).get(edition=2)
    pages = {
        "plan": reverse("plan"),
        "plan-borrador": reverse("plan_edition", args=[draft.pk]),
        "plan-cambiar": reverse("change_plan", args=[draft.pk]),
        "plan-actividad": reverse("activity", args=[Activity.objects.of(institution).filter(plan=draft)[0].pk]),
        "plan-procedimiento": reverse("procedure"),
        "plan-matriz": reverse("matrix"),
        "plan-matriz-linea": reverse("matrix_line", args=[MatrixLine.objects.of(institution).get().pk]),
        "plan-seguimiento": reverse("plan_follow_up", args=[T4]),
        "indicadores": reverse("indicators"),
        "indicador": reverse("indicator", args=[IndicatorCard.objects.of(institution).get(name="Convocatoria").pk]),
        "indicador-nuevo": reverse("add_indicator"),
    }
    for name, address in pages.items():
        page.goto(live_server.url + address)
        check_layout(page)
        keep_picture(page, f"{name}-{width}-{scheme}")
        barriers += [(name, *found) for found in find_barriers(page)]
    page.get_by_label("Fórmula", exact=True).fill("asistentes ÷ convocadas")
    page.get_by_role("button", name="Probar la fórmula").click()
    page.get_by_text("La fórmula no se puede leer").wait_for()
    check_layout(page)
    keep_picture(page, f"indicador-mal-{width}-{scheme}")
    barriers += [("indicador-mal", *found) for found in find_barriers(page)]
    page.context.close()
    assert barriers == []
    assert complaints == []


def test_the_follow_up_is_written_by_the_keyboard_alone(
    browser: Browser, live_server: LiveServer, furnished: Town
) -> None:
    page = open_page(browser, 1280, "light", [])
    sign_in(page, live_server, furnished.email(Role.EDITOR))
    page.goto(live_server.url + reverse("plan_follow_up", args=[T4]))
    page.get_by_label("Hecho").first.focus()
    page.keyboard.type("37")
    for _ in range(2):  # the evidence, the obstacles
        page.keyboard.press("Tab")
    page.keyboard.type("Un día sin internet")
    page.get_by_role("button", name="Guardar el seguimiento").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Se guardó el seguimiento de 1 actividad.").wait_for()
    page.get_by_text("hecho ÷ planeado = 102,8").wait_for()
    page.context.close()
    row = ActivityFollowUp.objects.of(furnished.institution).get()
    assert (row.reference, row.done, row.obstacles) == ("PA-01", 37, "Un día sin internet")
