"""Reminders and digests: who gets which e-mail, word by word; never twice, not outside working days nor hours; left by
one click.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import signing
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from pregon_web.accounts.models import Office, Person, Role
from pregon_web.accounts.selectors import member_of
from pregon_web.accounts.services import add_membership, add_office, disable_person
from pregon_web.ledger.services import add_record
from pregon_web.workflow.models import (
    ApprovalLink,
    Closure,
    Kind,
    MailChoice,
    Piece,
    PieceVersion,
    Policy,
    ServiceRequest,
    Signer,
    State,
)
from pregon_web.workflow.notices import leave_address, read_leaving, send_notices, situation_of
from pregon_web.workflow.reminding import Notice
from pregon_web.workflow.services import ensure_defaults, receive_request
from tests.web.towns import Town

BOGOTA = ZoneInfo("America/Bogota")
TUESDAY = date(2025, 12, 9)  # Monday was a holiday
WEDNESDAY = date(2025, 12, 10)
SITE = "https://oficina.penaclara.example"


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.OFFICE_ADDRESS = SITE


@pytest.fixture
def office(town: Town) -> Office:
    return add_office(institution=town.institution, name="Derechos Humanos")


def at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BOGOTA)


def owe(town: Town, title: str, due: date | None, **fields: Any) -> ServiceRequest:
    """A request of 1 December with this date."""
    ensure_defaults(town.institution)
    row = receive_request(
        access=town.access(),
        institution=town.institution,
        kind=Kind.objects.of(town.institution).get(name="Pieza gráfica"),
        title=title,
        office=fields.pop("office", None),
        fields={"assignee": town.people[Role.EDITOR], **fields},
        on=date(2025, 12, 1),
    )
    ServiceRequest.objects.of(town.institution).filter(pk=row.pk).update(due=due)
    row.refresh_from_db()
    return row


def link_to(row: ServiceRequest) -> str:
    return f"{SITE}{reverse('request', args=[row.pk])}"


def leave_in(mail: EmailMessage) -> str:
    """The path of the e-mail's link to leave."""
    return str(mail.extra_headers["List-Unsubscribe"]).strip("<>").removeprefix(SITE)


def sent_to(mails: Sequence[EmailMessage]) -> list[str]:
    return sorted(mail.to[0] for mail in mails)


# --- word by word ---------------------------------------------------------------------------------------------------


def test_a_reminder_to_the_letter(town: Town, office: Office, mailoutbox: list[EmailMessage]) -> None:
    late = owe(town, "Video del derecho de petición", date(2025, 12, 5), office=office)
    soon = owe(town, "Afiche de la feria", date(2025, 12, 11))
    free = owe(town, "Boletín", WEDNESDAY, assignee=None)
    owe(town, "Fondo de pantalla", date(2025, 12, 22))
    assert send_notices(at(WEDNESDAY)) == 1
    (mail,) = mailoutbox
    leave = leave_address(town.institution, town.people[Role.EDITOR], Notice.REMINDER)
    assert (mail.to, mail.subject) == (
        ["editor@penaclara.example"],
        "Para hoy: 1 solicitud va tarde y 2 vencen pronto",
    )
    assert mail.body == (
        "Redacta de Personería Municipal de Peñaclara: esto tiene usted para hoy en "
        "Personería Municipal de Peñaclara.\n"
        "\nVan tarde\n"
        "- SOL-2025-001, Video del derecho de petición (Derechos Humanos): "
        "venció el viernes 5 de diciembre de 2025, hace 2 días hábiles.\n"
        f"  {link_to(late)}\n"
        "\nVencen pronto\n"
        "- SOL-2025-003, Boletín: vence hoy, miércoles 10 de diciembre de 2025. Nadie la tiene todavía.\n"
        f"  {link_to(free)}\n"
        "- SOL-2025-002, Afiche de la feria: vence mañana, jueves 11 de diciembre de 2025.\n"
        f"  {link_to(soon)}\n"
        "\nNo enviamos más de un correo de estos por día hábil.\n"
        f"Para no recibir estos recordatorios, basta abrir este enlace y confirmar: {leave}\n"
        f"Para elegir qué le llega: {SITE}/avisos/\n"
        "Pregón, oficina de comunicaciones.\n"
    )
    assert mail.extra_headers == {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def test_a_digest_to_the_letter(town: Town, mailoutbox: list[EmailMessage]) -> None:
    requester = town.people[Role.REQUESTER]
    friday = owe(town, "Afiche de la feria", date(2025, 12, 12), requester=requester)
    later = owe(town, "Video", None)
    assert send_notices(at(TUESDAY)) == 2
    to_editor, to_requester = sorted(mailoutbox, key=lambda mail: mail.to)
    leave = leave_address(town.institution, town.people[Role.EDITOR], Notice.DIGEST)
    assert to_editor.subject == "Su semana: 1 vence pronto y 1 para después"
    assert to_editor.body == (
        "Redacta de Personería Municipal de Peñaclara: así empieza su semana en Personería Municipal de Peñaclara.\n"
        "\nVencen esta semana\n"
        "- SOL-2025-001, Afiche de la feria: vence el viernes 12 de diciembre de 2025.\n"
        f"  {link_to(friday)}\n"
        "\nDespués\n"
        "- SOL-2025-002, Video: sin fecha.\n"
        f"  {link_to(later)}\n"
        "\nNo enviamos más de un correo de estos por día hábil.\n"
        f"Para no recibir el resumen de la semana, basta abrir este enlace y confirmar: {leave}\n"
        f"Para elegir qué le llega: {SITE}/avisos/\n"
        "Pregón, oficina de comunicaciones.\n"
    )
    assert (to_requester.to, to_requester.subject) == (["requester@penaclara.example"], "Su semana: 1 que usted pidió")
    assert (
        "\nLas que usted pidió\n"
        "- SOL-2025-001, Afiche de la feria: recibida, vence el viernes 12 de diciembre de 2025.\n"
        f"  {link_to(friday)}\n"
    ) in to_requester.body


def ask_to_approve(town: Town, request: ServiceRequest, signer: Signer, person: Person) -> PieceVersion:
    """A piece whose first version this person was asked to decide on."""
    piece = add_record(access=town.access(), row=Piece(request=request, title="Pieza del Día de la Educación"))
    version = PieceVersion(institution=town.institution, piece=piece, number=1, sha256="a" * 64)
    version.save()
    send_link(town, version, signer, person)
    return version


def send_link(town: Town, version: PieceVersion, signer: Signer, person: Person) -> None:
    ApprovalLink.objects.create(
        institution=town.institution,
        version=version,
        person=person,
        signer=signer,
        token_sha256=f"{version.pk}{signer}{person.pk}",
        expires_at=at(TUESDAY),
    )


def test_whoever_was_asked_to_decide_is_reminded_while_it_waits(town: Town, mailoutbox: list[EmailMessage]) -> None:
    request = owe(town, "Educación", date(2026, 1, 20))
    approver = town.people[Role.APPROVER]
    version = ask_to_approve(town, request, Signer.APPROVER, approver)
    send_link(town, version, Signer.OWNER, approver)  # twice asked, told once
    assert send_notices(at(WEDNESDAY)) == 1
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([approver.email], "Espera su aprobación: Pieza del Día de la Educación")
    decide = f"{SITE}{reverse('approve_piece', args=[version.pk])}"
    assert (f"\nEsperan su aprobación\n- «Pieza del Día de la Educación», de SOL-2025-001.\n  {decide}\n") in mail.body
    links = ApprovalLink.objects.of(town.institution)
    links.filter(signer=Signer.OWNER).update(closed_at=at(WEDNESDAY))
    assert send_notices(at(date(2025, 12, 11))) == 1
    links.filter(signer=Signer.APPROVER).update(used_at=at(WEDNESDAY))
    assert send_notices(at(date(2025, 12, 12))) == 0


def test_a_piece_that_was_withdrawn_waits_for_nobody(town: Town) -> None:
    request = owe(town, "Educación", date(2026, 1, 20))
    ask_to_approve(town, request, Signer.APPROVER, town.people[Role.APPROVER])
    Piece.objects.of(town.institution).update(withdrawn_at=at(TUESDAY))
    assert send_notices(at(WEDNESDAY)) == 0


# --- when, and never twice ------------------------------------------------------------------------------------------


def test_once_a_day_however_often_the_house_is_kept(town: Town, mailoutbox: list[EmailMessage]) -> None:
    owe(town, "Afiche", date(2025, 12, 5))
    assert [send_notices(at(WEDNESDAY, hour)) for hour in (7, 8, 12, 17)] == [1, 0, 0, 0]
    assert send_notices(at(date(2025, 12, 11))) == 1
    assert len(mailoutbox) == 2
    choice = MailChoice.objects.of(town.institution).get(person=town.people[Role.EDITOR])
    assert (choice.reminded_on, choice.digest_on) == (date(2025, 12, 11), None)


def test_the_digest_of_the_week_is_the_only_email_of_its_day(town: Town, mailoutbox: list[EmailMessage]) -> None:
    owe(town, "Afiche", date(2025, 12, 5))
    assert [send_notices(at(TUESDAY, hour)) for hour in (8, 9)] == [1, 0]
    choice = MailChoice.objects.of(town.institution).get(person=town.people[Role.EDITOR])
    assert (choice.reminded_on, choice.digest_on) == (TUESDAY, TUESDAY)
    MailChoice.objects.of(town.institution).update(wants_digest=False)
    assert send_notices(at(TUESDAY, 10)) == 0
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        (datetime(2025, 12, 10, 6, 59, tzinfo=BOGOTA), 0),
        (datetime(2025, 12, 10, 7, 0, tzinfo=BOGOTA), 1),
        (datetime(2025, 12, 10, 17, 59, tzinfo=BOGOTA), 1),
        (datetime(2025, 12, 10, 18, 0, tzinfo=BOGOTA), 0),
        (datetime(2025, 12, 11, 3, 0, tzinfo=ZoneInfo("UTC")), 0),  # ten at night in Bogotá
        (datetime(2025, 12, 10, 12, 0, tzinfo=ZoneInfo("UTC")), 1),  # seven in the morning
        (at(date(2025, 12, 6)), 0),  # Saturday
        (at(date(2025, 12, 8)), 0),  # Inmaculada
        (at(date(2025, 12, 17)), 0),  # the town's day, below
    ],
)
def test_only_in_the_hours_of_working_days(town: Town, now: datetime, sent: int) -> None:
    owe(town, "Afiche", date(2025, 12, 5))
    add_record(access=town.access(), row=Closure(day=date(2025, 12, 17), reason="Día del municipio"))
    assert send_notices(now) == sent


def test_the_institution_says_how_long_before(town: Town) -> None:
    owe(town, "Afiche", date(2025, 12, 12))
    assert send_notices(at(WEDNESDAY)) == 0
    add_record(access=town.access(), row=Policy(order=[], remind_days=2))
    assert send_notices(at(WEDNESDAY)) == 1


def test_a_closed_request_reminds_nobody_and_an_agreed_date_counts(town: Town) -> None:
    row = owe(town, "Afiche", date(2025, 12, 5))
    rows = ServiceRequest.objects.of(town.institution).filter(pk=row.pk)
    for state in (State.PUBLISHED, State.DELIVERED, State.CANCELLED):
        rows.update(state=state)
        assert send_notices(at(WEDNESDAY)) == 0
    rows.update(state=State.IN_PROGRESS, agreed_on=date(2025, 12, 19))
    assert send_notices(at(WEDNESDAY)) == 0
    rows.update(agreed_on=date(2025, 12, 11))
    assert send_notices(at(WEDNESDAY)) == 1


class FailingBackend(EmailBackend):
    """A server of mail that refuses the first e-mail."""

    refused = 0

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if FailingBackend.refused == 0:
            FailingBackend.refused = 1
            raise ConnectionRefusedError("no mail today")
        return super().send_messages(messages)


def test_what_the_mail_server_refuses_is_tried_again_and_the_others_get_theirs(
    town: Town, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    owe(town, "Afiche", date(2025, 12, 5))
    other = Person.objects.create_user("otra@penaclara.example", None, name="Otra")
    add_membership(person=other, institution=town.institution, role=Role.EDITOR)
    owe(town, "Boletín", date(2025, 12, 5), assignee=other)
    FailingBackend.refused = 0
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"
    assert (send_notices(at(WEDNESDAY)), sent_to(mailoutbox)) == (1, ["otra@penaclara.example"])
    assert (send_notices(at(WEDNESDAY, 9)), len(mailoutbox)) == (1, 2)
    assert send_notices(at(WEDNESDAY, 10)) == 0


def test_a_title_of_two_lines_is_one_line_of_the_subject(town: Town, mailoutbox: list[EmailMessage]) -> None:
    owe(town, "Afiche\r\nBcc: todos@barrio.example", date(2025, 12, 5))
    assert send_notices(at(WEDNESDAY)) == 1
    (mail,) = mailoutbox
    assert mail.subject == "Va tarde: Afiche Bcc: todos@barrio.example"
    assert mail.recipients() == ["editor@penaclara.example"]


def test_who_no_longer_enters_is_not_written_to(town: Town, mailoutbox: list[EmailMessage]) -> None:
    owe(town, "Afiche", date(2025, 12, 5))
    administrator = town.access(Role.ADMINISTRATOR)
    disable_person(access=administrator, member=member_of(administrator, town.people[Role.EDITOR].pk))
    assert (send_notices(at(WEDNESDAY)), mailoutbox) == (0, [])


def test_each_institution_by_itself_also_for_who_is_in_two(
    town: Town, neighbour: Town, mailoutbox: list[EmailMessage]
) -> None:
    both = town.people[Role.EDITOR]
    add_membership(person=both, institution=neighbour.institution, role=Role.EDITOR)
    owe(town, "De Peñaclara", date(2025, 12, 5))
    owe(neighbour, "De Valdehondo", date(2025, 12, 5), assignee=both)
    add_record(access=neighbour.access(), row=Closure(day=WEDNESDAY, reason="Día del municipio"))
    assert (send_notices(at(WEDNESDAY)), [mail.subject for mail in mailoutbox]) == (1, ["Va tarde: De Peñaclara"])
    assert send_notices(at(date(2025, 12, 11))) == 2
    assert sorted(mail.subject for mail in mailoutbox[1:]) == ["Va tarde: De Peñaclara", "Va tarde: De Valdehondo"]
    assert all("Valdehondo" not in mail.body for mail in mailoutbox if mail.subject == "Va tarde: De Peñaclara")


def test_what_there_is_to_tell_asks_the_database_the_same_however_much_it_is(town: Town) -> None:
    asked = {}
    for number in range(30):
        request = owe(town, f"Pieza {number}", date(2025, 12, 5))
        ServiceRequest.objects.of(town.institution).filter(pk=request.pk).update(state=State.IN_REVIEW)
        ask_to_approve(town, request, Signer.APPROVER, town.people[Role.APPROVER])
        with CaptureQueriesContext(connection) as queries:
            situation = situation_of(town.institution, WEDNESDAY)
        assert (len(situation.requests), len(situation.approvals)) == (number + 1, number + 1)
        asked[number + 1] = len(queries)
    assert (asked[1], asked[30]) == (4, 4)


# --- leaving --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("notice", list(Notice))
def test_one_click_of_the_mailbox_leaves_that_email_and_no_other(town: Town, notice: Notice) -> None:
    person = town.people[Role.EDITOR]
    path = leave_address(town.institution, person, notice).removeprefix(SITE)
    strict = Client(enforce_csrf_checks=True)  # no page of ours was open
    for _ in range(2):
        answer = strict.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200
    choice = MailChoice.objects.of(town.institution).get(person=person)
    wants = {
        Notice.REMINDER: choice.wants_reminders,
        Notice.DIGEST: choice.wants_digest,
        Notice.APPROVAL: choice.wants_approvals,
    }
    assert wants == {each: each is not notice for each in Notice}


def test_who_only_opens_the_link_leaves_nothing(client: Client, town: Town, mailoutbox: list[EmailMessage]) -> None:
    owe(town, "Afiche", date(2025, 12, 5))
    send_notices(at(WEDNESDAY))
    path = leave_in(mailoutbox[0])
    page = client.get(path).content.decode()
    client.head(path)
    assert "No recibirlo más" in page
    assert MailChoice.objects.of(town.institution).get().wants_reminders is True
    assert "Ya no le llegarán" in client.post(path).content.decode()
    assert send_notices(at(date(2025, 12, 11))) == 0


def test_a_link_that_was_not_made_here_leaves_nothing(client: Client, town: Town) -> None:
    person = town.people[Role.EDITOR]
    signed = leave_address(town.institution, person, Notice.REMINDER).rstrip("/").rpartition("/")[2]
    keys, _, seal = signed.partition(":")
    forged = [
        f"{town.institution.pk}.{town.people[Role.REVIEWER].pk}.0:{seal}",
        signing.Signer(salt="pregon.due-dates").sign(keys),
        signing.Signer(salt="pregon.leave-notices").sign(f"{keys}.1"),
        signing.Signer(salt="pregon.leave-notices").sign(f"{town.institution.pk}.{person.pk}.9"),
        signing.Signer(salt="pregon.leave-notices").sign(f"999999.{person.pk}.0"),
        keys,
    ]
    assert [client.post(reverse("unsubscribe", args=[each])).status_code for each in forged] == [404] * len(forged)
    assert MailChoice.objects.of(town.institution).count() == 0
    assert read_leaving(signed) is not None


def test_a_person_chooses_on_their_own_page(client: Client, town: Town, neighbour: Town) -> None:
    person = town.people[Role.REQUESTER]
    client.force_login(person)
    page = client.get(reverse("mail_choices"))
    assert [field.initial for field in page.context["form"]] == [True, True, True]
    answer = client.post(reverse("mail_choices"), {"wants_digest": "on"}, follow=True)
    assert "Se guardó lo que quiere recibir." in answer.content.decode()
    choice = MailChoice.objects.of(town.institution).get()
    assert (choice.person, choice.wants_reminders, choice.wants_digest, choice.wants_approvals) == (
        person,
        False,
        True,
        False,
    )
    assert MailChoice.objects.of(neighbour.institution).count() == 0


def test_choosing_keeps_the_days_of_the_last_emails(client: Client, town: Town) -> None:
    owe(town, "Afiche", date(2025, 12, 5))
    send_notices(at(WEDNESDAY))
    client.force_login(town.people[Role.EDITOR])
    client.post(reverse("mail_choices"), {"wants_reminders": "on"})
    assert send_notices(at(WEDNESDAY, 9)) == 0
