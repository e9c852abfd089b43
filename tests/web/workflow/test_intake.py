"""The public door: an office's form, the e-mail that confirms, the page that says how it goes, and its limits."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from pregon_web.accounts.models import Office, Role
from pregon_web.accounts.services import add_office, close_office
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import PeriodLock
from pregon_web.public_links import make_token
from pregon_web.workflow.forms_intake import TRAP
from pregon_web.workflow.intake import confirm_request, forget_unconfirmed, open_link
from pregon_web.workflow.models import Kind, RequestLink, ServiceRequest, UnconfirmedRequest
from tests.web.towns import Town

MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
BOGOTA = ZoneInfo("America/Bogota")
WISHED = timezone.localdate() + timedelta(days=20)
TYPED = {
    "title": "Afiche de la feria de derechos",
    "purpose": "Para que el barrio sepa la fecha",
    "brief": "Sábado, 9:00 a. m., parque central",
    "wished_on": WISHED.isoformat(),
    "name": "Diana Marín",
    "email": "diana.marin@barrio.example",
}


@pytest.fixture
def office(town: Town) -> Office:
    return add_office(institution=town.institution, name="Derechos Humanos")


@pytest.fixture
def link(town: Town, office: Office) -> RequestLink:
    return open_link(access=town.access(), office=office)


def typed(link: RequestLink, **changes: object) -> dict[str, object]:
    kind = Kind.objects.of(link.institution_id).get(name="Pieza gráfica")
    return {"kind": kind.pk, **TYPED, **changes}


def words(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def send(
    client: Client, link: RequestLink, capture: DjangoCaptureOnCommitCallbacks, status: int = 302, **changes: object
) -> str:
    """Fill the form; answers the words of the page that came back."""
    with capture(execute=True):
        answer = client.post(reverse("ask", args=[link.token]), typed(link, **changes))
    assert answer.status_code == status
    return words(answer.content)


def path_in(mail: EmailMessage) -> str:
    address = next(word for word in mail.body.split() if "/pedir/confirmar/" in word)
    return "/" + address.split("/", 3)[3]


def requests_of(town: Town) -> list[ServiceRequest]:
    return list(ServiceRequest.objects.of(town.institution))


# --- the form and its e-mail ----------------------------------------------------------------------------------------


def test_what_is_sent_waits_and_an_email_asks_to_confirm_it(
    client: Client,
    town: Town,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    entries = Entry.objects.of(town.institution).count()
    send(client, link, django_capture_on_commit_callbacks)
    assert (requests_of(town), Entry.objects.of(town.institution).count()) == ([], entries)
    (mail,) = mailoutbox
    row = UnconfirmedRequest.objects.of(town.institution).get()
    until = timezone.localtime(row.expires_at)
    half = "a.\u00a0m." if until.hour < 12 else "p.\u00a0m."
    day = f"{until.day} de {MONTHS[until.month - 1]} de {until.year}"
    hour = f"{'la' if until.hour % 12 == 1 else 'las'} {until.hour % 12 or 12}:{until.minute:02}\u00a0{half}"
    assert (mail.to, mail.subject) == (
        ["diana.marin@barrio.example"],
        "Confirme su solicitud a Personería Municipal de Peñaclara: el enlace sirve 48 horas",
    )
    assert mail.body == (
        "Buenos días. Con este correo alguien pidió algo a la oficina de comunicaciones de "
        "Personería Municipal de Peñaclara, por el formulario de Derechos Humanos.\n\n"
        f"Si fue usted, confírmelo aquí (el enlace sirve hasta el {day} a {hour}):\n"
        f"http://testserver{path_in(mail)}\n\n"
        "En ese mismo enlace verá después el número de su solicitud y cómo va.\n"
        "Si no fue usted, no haga nada: sin el enlace la solicitud no llega a nadie y en unos días se borra.\n"
        "Pregón, oficina de comunicaciones.\n"
    )


def test_nothing_that_was_typed_travels_in_the_email(
    client: Client,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    bait = "Gane https://trampa.example"
    send(client, link, django_capture_on_commit_callbacks, title=bait, purpose=bait, brief=bait, name=bait)
    (mail,) = mailoutbox
    assert "trampa" not in str(mail.message())


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Escriba de qué se trata."),
        ({"purpose": ""}, "Escriba para qué se necesita."),
        ({"kind": ""}, "Elija qué necesita."),
        ({"kind": "999999"}, "Elija uno de la lista."),
        ({"email": "diana"}, "Ese correo no está completo. Por ejemplo, marcela@entidad.gov.co."),
        ({"name": ""}, "Escriba su nombre y apellido."),
        ({"wished_on": "2020-01-02"}, "Esa fecha ya pasó. Escriba una de hoy en adelante, o déjela vacía."),
        ({"wished_on": "pronto"}, "pronto"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    client: Client,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    changes: dict[str, object],
    said: str,
) -> None:
    page = send(client, link, django_capture_on_commit_callbacks, status=422, **changes)
    assert (said in page, "Sábado, 9:00 a. m., parque central" in page, mailoutbox) == (True, True, [])


def test_a_kind_that_is_not_offered_any_more_is_no_choice(
    client: Client,
    town: Town,
    link: RequestLink,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    Kind.objects.of(town.institution).filter(name="Video").update(is_active=False)
    offered = [
        str(kind) for kind in client.get(reverse("ask", args=[link.token])).context["form"]["kind"].field.queryset
    ]
    assert "Video" not in offered
    video = Kind.objects.of(town.institution).get(name="Video").pk
    assert "Elija uno de la lista." in send(client, link, django_capture_on_commit_callbacks, status=422, kind=video)


def test_what_fills_the_trap_is_told_the_same_and_nothing_is_kept(
    client: Client,
    town: Town,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    caught: dict[str, Any] = {TRAP: "x"}
    send(client, link, django_capture_on_commit_callbacks, **caught)
    assert (UnconfirmedRequest.objects.of(town.institution).count(), mailoutbox) == (0, [])


# --- confirming -----------------------------------------------------------------------------------------------------


def test_who_only_opens_the_link_confirms_nothing_and_the_button_does_it_once(
    client: Client,
    town: Town,
    office: Office,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    send(client, link, django_capture_on_commit_callbacks)
    path = path_in(mailoutbox[0])
    for _ in range(2):
        assert "Confirmar la solicitud" in words(client.get(path).content)
        client.head(path)
    assert requests_of(town) == []
    first, second = (client.post(path)["Location"] for _ in range(2))
    assert (first, client.get(path)["Location"]) == (second, first)
    (request,) = requests_of(town)
    year = timezone.localdate().year
    assert (request.reference, request.title, request.office_id, request.origin, request.wished_on) == (
        f"SOL-{year}-001",
        "Afiche de la feria de derechos",
        office.pk,
        "form",
        WISHED,
    )
    assert (request.purpose, request.brief) == (TYPED["purpose"], TYPED["brief"])
    assert (request.requester_id, request.requester_name, request.requester_email) == (
        None,
        "Diana Marín",
        "diana.marin@barrio.example",
    )
    row = UnconfirmedRequest.objects.of(town.institution).get()
    assert (row.request_id, row.confirmed_at is None) == (request.pk, False)
    noted = Entry.objects.of(town.institution).filter(subject=f"workflow.servicerequest:{request.pk}")
    assert [(entry.action, entry.person) for entry in noted] == [("create", None)]


def test_the_status_page_says_its_number_its_state_and_its_date_and_nothing_of_others(
    client: Client,
    town: Town,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    send(client, link, django_capture_on_commit_callbacks, title="La de otra persona", email="otra@barrio.example")
    send(client, link, django_capture_on_commit_callbacks)
    for mail in mailoutbox:
        client.post(path_in(mail))
    status = path_in(mailoutbox[1]).replace("/confirmar/", "/estado/")
    own = ServiceRequest.objects.of(town.institution).get(title=TYPED["title"])
    ServiceRequest.objects.of(town.institution).filter(pk=own.pk).update(
        state="in_review", state_on=date(2026, 1, 8), due=date(2026, 1, 9), brief="Nota interna"
    )
    page = words(client.get(status).content)
    assert (own.reference in page, "En revisión desde el 8 de enero de 2026" in page) == (True, True)
    assert "viernes 9 de enero de 2026" in page
    hidden = ("otra persona", "otra@barrio", "Nota interna", "Redacta", "diana.marin@")
    assert [text for text in hidden if text in page] == []
    ServiceRequest.objects.of(town.institution).filter(pk=own.pk).update(agreed_on=date(2026, 1, 14))
    assert "miércoles 14 de enero de 2026" in words(client.get(status).content)
    ServiceRequest.objects.of(town.institution).filter(pk=own.pk).update(state="delivered")
    assert "Ya no tiene nada pendiente" in words(client.get(status).content)


def test_after_48_hours_the_link_says_so_and_confirms_nothing(
    client: Client,
    town: Town,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    send(client, link, django_capture_on_commit_callbacks)
    path = path_in(mailoutbox[0])
    rows = UnconfirmedRequest.objects.of(town.institution)
    lasts = rows.get().expires_at - timezone.now()
    assert timedelta(hours=47, minutes=59) < lasts <= timedelta(hours=48)
    rows.update(expires_at=datetime(2026, 1, 7, 17, 0, tzinfo=BOGOTA))
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 410
        assert "servía hasta el 7 de enero de 2026 a las 5:00" in words(answer.content)
    assert requests_of(town) == []


def test_one_confirmed_before_the_hour_stays_after_it(
    client: Client,
    town: Town,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    send(client, link, django_capture_on_commit_callbacks)
    path = path_in(mailoutbox[0])
    client.post(path)
    UnconfirmedRequest.objects.of(town.institution).update(expires_at=timezone.now() - timedelta(days=30))
    assert client.get(path).status_code == 302
    assert forget_unconfirmed(timezone.now()) == 0


def test_a_wished_day_that_passed_before_it_was_confirmed_is_told_in_words(
    client: Client,
    town: Town,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    send(client, link, django_capture_on_commit_callbacks)
    UnconfirmedRequest.objects.of(town.institution).update(wished_on=date(2025, 12, 5))
    client.post(path_in(mailoutbox[0]))
    (request,) = requests_of(town)
    assert (request.wished_on, request.brief) == (
        None,
        f"{TYPED['brief']}\n\nLa querían para el 5 de diciembre de 2025, y se confirmó después.",
    )


def test_in_a_closed_quarter_it_is_told_and_can_be_confirmed_later(
    client: Client,
    town: Town,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    send(client, link, django_capture_on_commit_callbacks)
    today = timezone.localdate()
    lock = PeriodLock.objects.create(institution=town.institution, period=f"{today.year}-T{(today.month + 2) // 3}")
    answer = client.post(path_in(mailoutbox[0]))
    assert (answer.status_code, "No se pudo recibir todavía." in words(answer.content)) == (409, True)
    assert requests_of(town) == []
    lock.delete()
    assert client.post(path_in(mailoutbox[0])).status_code == 302


def test_what_nobody_confirmed_is_deleted_a_week_after_it_expired(town: Town, link: RequestLink) -> None:
    now = timezone.now()
    kind = Kind.objects.of(town.institution).get(name="Video")

    def keep(title: str, expired: timedelta) -> None:
        UnconfirmedRequest.objects.create(
            institution=town.institution,
            link=link,
            token_sha256=title,
            kind=kind,
            name="Ana",
            email="a@b.example",
            title=title,
            expires_at=now - expired,
        )

    keep("reciente", timedelta(days=6, hours=23))
    keep("vieja", timedelta(days=7, minutes=1))
    keep("confirmada", timedelta(days=0, hours=-1))
    confirm_request(row=UnconfirmedRequest.objects.of(town.institution).get(title="confirmada"))
    UnconfirmedRequest.objects.of(town.institution).filter(title="confirmada").update(
        expires_at=now - timedelta(days=99)
    )
    assert (forget_unconfirmed(now), forget_unconfirmed(now)) == (1, 0)
    left = UnconfirmedRequest.objects.of(town.institution).order_by("pk")
    assert [row.title for row in left] == ["reciente", "confirmada"]


# --- limits ---------------------------------------------------------------------------------------------------------


def test_an_address_sends_ten_in_an_hour_and_then_waits(
    client: Client,
    town: Town,
    link: RequestLink,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for number in range(10):
        send(client, link, django_capture_on_commit_callbacks, email=f"p{number}@barrio.example")
    page = send(client, link, django_capture_on_commit_callbacks, status=429, email="p10@barrio.example")
    assert "Hubo demasiados intentos seguidos." in page
    assert UnconfirmedRequest.objects.of(town.institution).count() == 10
    assert client.get(reverse("ask", args=[link.token])).status_code == 200


def test_an_email_is_written_to_five_times_a_day_whoever_asks(
    client: Client,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for number in range(5):
        client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        send(client, link, django_capture_on_commit_callbacks, email="Victima@barrio.example")
    client.defaults["REMOTE_ADDR"] = "198.51.100.99"
    send(client, link, django_capture_on_commit_callbacks, status=429, email="victima@BARRIO.example")
    assert len(mailoutbox) == 5


def test_a_link_takes_forty_in_an_hour_from_all_addresses(
    client: Client,
    link: RequestLink,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for number in range(40):
        client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        send(client, link, django_capture_on_commit_callbacks, email=f"p{number}@barrio.example")
    client.defaults["REMOTE_ADDR"] = "198.51.100.99"
    send(client, link, django_capture_on_commit_callbacks, status=429, email="p40@barrio.example")


# --- the links ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_a_link_is_opened_changed_and_closed_each_with_its_entry(
    client: Client, town: Town, office: Office, role: Role
) -> None:
    client.force_login(town.people[role])
    client.post(reverse("make_request_link", args=[office.pk]))
    first = RequestLink.objects.of(town.institution).get()
    page = client.get(reverse("request_links")).content.decode()
    assert f'value="http://testserver/pedir/{first.token}/"' in page
    client.post(reverse("change_request_link", args=[first.pk]))
    second = RequestLink.objects.of(town.institution).get(withdrawn_at=None)
    visitor = Client()
    answers = [visitor.get(reverse("ask", args=[link.token])).status_code for link in (first, second)]
    assert answers == [410, 200]
    client.post(reverse("close_request_link", args=[second.pk]))
    answer = visitor.post(reverse("ask", args=[second.token]), typed(second))
    assert (answer.status_code, "Este formulario está cerrado" in words(answer.content)) == (410, True)
    assert UnconfirmedRequest.objects.of(town.institution).count() == 0
    entries = Entry.objects.of(town.institution).filter(subject__startswith="workflow.requestlink:")
    assert [(entry.action, entry.subject, entry.person) for entry in entries.order_by("sequence")] == [
        ("create", f"workflow.requestlink:{first.pk}", town.people[role]),
        ("withdraw", f"workflow.requestlink:{first.pk}", town.people[role]),
        ("create", f"workflow.requestlink:{second.pk}", town.people[role]),
        ("withdraw", f"workflow.requestlink:{second.pk}", town.people[role]),
    ]


def test_an_office_has_one_open_link_and_a_closed_office_none(editor: Client, town: Town, office: Office) -> None:
    editor.post(reverse("make_request_link", args=[office.pk]))
    answer = editor.post(reverse("make_request_link", args=[office.pk]), follow=True)
    assert "«Derechos Humanos» ya tiene su formulario abierto." in words(answer.content)
    link = RequestLink.objects.of(town.institution).get()
    close_office(access=town.access(Role.ADMINISTRATOR), office=office)
    assert Client().get(reverse("ask", args=[link.token])).status_code == 410
    answer = editor.post(reverse("make_request_link", args=[office.pk]), follow=True)
    assert "«Derechos Humanos» está cerrada y no recibe solicitudes." in words(answer.content)


def test_the_page_of_links_says_how_many_came_by_each(
    client: Client,
    editor: Client,
    town: Town,
    link: RequestLink,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for number in range(3):
        send(Client(), link, django_capture_on_commit_callbacks, email=f"p{number}@barrio.example")
    for mail in mailoutbox[:2]:
        Client().post(path_in(mail))
    add_office(institution=town.institution, name="Atención al Ciudadano")
    assert client is editor
    page = words(editor.get(reverse("request_links")).content)
    assert "2 solicitudes llegaron por aquí" in page
    assert page.count("Todavía no ha llegado ninguna por aquí") == 1


def test_the_page_of_links_asks_the_database_the_same_for_many_offices(editor: Client, town: Town) -> None:
    asked = {}
    for number in range(30):
        open_link(access=town.access(), office=add_office(institution=town.institution, name=f"Oficina {number:02}"))
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(reverse("request_links"))
        assert len(page.context["doors"]) == number + 1
        asked[number + 1] = len(queries)
    assert asked[30] == asked[1]


# --- the wall -------------------------------------------------------------------------------------------------------


def test_a_token_of_nobody_of_another_institution_and_of_no_shape_read_the_same(
    client: Client, town: Town, neighbour: Town, link: RequestLink
) -> None:
    foreign = open_link(
        access=neighbour.access(), office=add_office(institution=neighbour.institution, name="Hacienda")
    )
    secret = foreign.token.partition("-")[2]
    tokens = [
        make_token(town.institution.pk),
        make_token(999_999_999),
        f"{town.institution.pk}-{secret}",  # another institution's, said to be of this one
        f"{neighbour.institution.pk}-{link.token.partition('-')[2]}",
        "no-es-un-enlace",
        "7-\x00" + "a" * 21,
    ]
    for name in ("ask", "asked", "confirm_request", "request_status"):
        answers = [client.get(reverse(name, args=[token])) for token in tokens]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1


def test_the_links_of_other_institutions_are_not_there(editor: Client, neighbour: Town) -> None:
    office = add_office(institution=neighbour.institution, name="Hacienda")
    foreign = open_link(access=neighbour.access(), office=office)
    answers = [
        editor.post(reverse(name, args=[pk])).status_code
        for name, pk in (
            ("make_request_link", office.pk),
            ("change_request_link", foreign.pk),
            ("close_request_link", foreign.pk),
        )
    ]
    assert answers == [404, 404, 404]
    foreign.refresh_from_db()
    assert foreign.withdrawn_at is None
