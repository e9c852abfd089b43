"""The e-mails that remind: gathered for an institution, sent once to each person, and left by whoever does not want
them.

A person's day is marked before their e-mail goes out, in a transaction that holds their row: of two workers one sends
it, and one that is killed in between has sent nothing twice. A server of mail that refuses takes the mark back, and the
next round tries again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from pregon_web.accounts.models import Institution, Membership, Person, Role
from pregon_web.accounts.selectors import Access
from pregon_web.public_links import read_keys, sign_keys
from pregon_web.wall import inside
from pregon_web.workflow.awaiting import awaited_approvals
from pregon_web.workflow.models import MailChoice, Policy, ServiceRequest
from pregon_web.workflow.reminding import (
    Addressee,
    Message,
    Notice,
    OpenRequest,
    Situation,
    choose_messages,
    tell_date,
    tell_subject,
)
from pregon_web.workflow.selectors import OPEN, closure_days_of, date_of

FIRST_HOUR: Final = time(7)
LAST_HOUR: Final = time(18)
"""Between which hours of the office e-mails go out: a worker that is opened at night wakes nobody."""
_FIELDS: Final = {
    Notice.REMINDER: "wants_reminders",
    Notice.DIGEST: "wants_digest",
    Notice.APPROVAL: "wants_approvals",
}
_NUMBERS: Final = {notice: number for number, notice in enumerate(Notice)}
_PURPOSE: Final = "leave-notices"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the link of an e-mail leaves: who, in which institution, which of the e-mails."""

    institution: Institution
    person: Person
    notice: Notice


# --- what there is to tell ------------------------------------------------------------------------------------------


def situation_of(institution: Institution, today: date) -> Situation:
    """What an institution owes on a day: as many queries however much it is."""
    rows = ServiceRequest.objects.of(institution).filter(state__in=OPEN).select_related("office").order_by("pk")
    policy = Policy.objects.of(institution).first()
    return Situation(
        today,
        requests=[_open_request(row) for row in rows],
        approvals=awaited_approvals(institution),
        remind_days=policy.remind_days if policy else 1,
        closures=frozenset(closure_days_of(institution)),
    )


def _open_request(row: ServiceRequest) -> OpenRequest:
    return OpenRequest(
        key=row.pk,
        reference=row.reference,
        title=row.title,
        office=row.office.name if row.office else "",
        state=row.get_state_display(),
        due=date_of(row),
        assignee=row.assignee_id,
        requester=row.requester_id,
    )


def addressees_of(institution: Institution) -> list[Addressee]:
    """Everybody who may enter the institution, by their key, with what they want to be sent."""
    rows = Membership.objects.of(institution).filter(suspended_at=None, person__is_active=True)
    roles: dict[int, set[str]] = {}
    names: dict[int, str] = {}
    for row in rows.select_related("person").order_by("person_id"):
        roles.setdefault(row.person_id, set()).add(row.role)
        names[row.person_id] = row.person.name
    choices = {choice.person_id: choice for choice in MailChoice.objects.of(institution)}
    return [
        Addressee(key, names[key], is_editor=Role.EDITOR in roles[key], **_chosen(choices.get(key))) for key in names
    ]


def _chosen(choice: MailChoice | None) -> dict[str, Any]:
    names = ("wants_reminders", "wants_digest", "wants_approvals", "reminded_on", "digest_on")
    return {name: getattr(choice, name) for name in names} if choice else {}


# --- sending --------------------------------------------------------------------------------------------------------


def send_notices(now: datetime) -> int:
    """Send everybody of every institution their e-mail of the day, once. Answers how many went out.

    May be called as often as one likes: what was sent is not sent again.
    """
    local = timezone.localtime(now)
    if not FIRST_HOUR <= local.time() < LAST_HOUR:
        return 0
    sent = 0
    for institution in Institution.objects.all():
        try:
            with inside(institution.pk):
                sent += _send_of(institution, local.date())
        except Exception:  # noqa: BLE001 - a fault in one institution must not keep the others without theirs
            _log.exception("the notices of institution %s could not be gathered", institution.pk)
    return sent


def _send_of(institution: Institution, today: date) -> int:
    situation = situation_of(institution, today)
    messages = choose_messages(situation, addressees_of(institution))
    people = Person.objects.in_bulk([message.addressee.person for message in messages])
    sent = 0
    for message in messages:
        before = _mark(institution, message, today)
        if before is None:
            continue
        try:
            _compose(institution, people[message.addressee.person], message, situation).send()
        except Exception:  # noqa: BLE001 - one that cannot be sent must not keep the others from theirs
            _log.exception("a notice could not be sent; the next round tries again")
            _unmark(institution, message, before)
        else:
            sent += 1
    return sent


@transaction.atomic
def _mark(institution: Institution, message: Message, today: date) -> Mapping[str, date | None] | None:
    """Note that the person has had their e-mail of the day. Answers the days before it; None where they had it."""
    person = message.addressee.person
    MailChoice.objects.of(institution).get_or_create(person_id=person, defaults={"institution": institution})
    choice = MailChoice.objects.of(institution).select_for_update().get(person_id=person)
    is_digest = message.notice is Notice.DIGEST
    if choice.was_reminded(today):
        return None
    before = {"reminded_on": choice.reminded_on, "digest_on": choice.digest_on}
    choice.reminded_on = today
    choice.digest_on = today if is_digest else choice.digest_on
    choice.save(update_fields=["reminded_on", "digest_on"])
    return before


def _unmark(institution: Institution, message: Message, before: Mapping[str, date | None]) -> None:
    MailChoice.objects.of(institution).filter(person_id=message.addressee.person).update(**before)


def _compose(institution: Institution, person: Person, message: Message, situation: Situation) -> EmailMessage:
    leave = leave_address(institution, person, message.notice)

    def lines(requests: tuple[OpenRequest, ...]) -> list[tuple[str, str]]:
        return [(_tell(each, situation), _address("request", each.key)) for each in requests]

    told = {
        "person": person,
        "institution": institution,
        "is_digest": message.notice is Notice.DIGEST,
        "late": lines(message.late),
        "soon": lines(message.soon),
        "later": lines(message.later),
        "asked": [
            (f"{_name(each)}: {each.state.lower()}, {tell_date(each, situation)}", _address("request", each.key))
            for each in message.asked
        ],
        "approvals": [
            (f"«{each.piece}», de {each.reference}", _address("approve_piece", each.key)) for each in message.approvals
        ],
        "leave": leave,
        "choices": _address("mail_choices"),
    }
    return EmailMessage(
        tell_subject(message, situation.today),
        render_to_string("workflow/email/notice.txt", told).strip() + "\n",
        to=[person.email],
        headers=leave_headers(leave),
    )


def _tell(request: OpenRequest, situation: Situation) -> str:
    nobody = ". Nadie la tiene todavía" if request.assignee is None else ""
    return f"{_name(request)}: {tell_date(request, situation)}{nobody}"


def _name(request: OpenRequest) -> str:
    office = f" ({request.office})" if request.office else ""
    return f"{request.reference}, {request.title}{office}"


def _address(name: str, *args: object) -> str:
    return f"{settings.OFFICE_ADDRESS}{reverse(name, args=args)}"


# --- leaving --------------------------------------------------------------------------------------------------------


def leave_address(institution: Institution, person: Person, notice: Notice) -> str:
    """The address that leaves one of the e-mails, for the person it is sent to."""
    return _address("unsubscribe", sign_keys(_PURPOSE, institution.pk, person.pk, _NUMBERS[notice]))


def leave_headers(address: str) -> dict[str, str]:
    """What tells a mailbox that its own button may leave, by one POST (RFC 2369 and RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read_leaving(signed: str) -> Leaving | None:
    """What the link of an e-mail leaves; None where it was not made here or names nobody any more."""
    keys = read_keys(_PURPOSE, signed, 3)
    if keys is None or keys[2] not in _NUMBERS.values():
        return None
    institution = Institution.objects.filter(pk=keys[0]).first()
    person = Person.objects.filter(pk=keys[1]).first()
    if institution is None or person is None:
        return None
    return Leaving(institution, person, list(Notice)[keys[2]])


def leave_notice(leaving: Leaving) -> None:
    """The person no longer gets these e-mails; doing it twice changes nothing.

    A wish of the person, not a record of the institution: it has no entry in the journal.
    """
    _choose(leaving.institution, leaving.person, {_FIELDS[leaving.notice]: False})


def choice_for(access: Access) -> MailChoice:
    """The person's own choices here; those of who never chose, unsaved."""
    found = MailChoice.objects.of(access.institution).filter(person=access.person).first()
    return found or MailChoice(institution=access.institution, person=access.person)


def choose_notices(*, access: Access, wishes: Mapping[str, bool]) -> None:
    """Keep what the person wants to be sent."""
    _choose(access.institution, access.person, {name: wishes[name] for name in _FIELDS.values()})


@transaction.atomic
def _choose(institution: Institution, person: Person, wishes: Mapping[str, bool]) -> None:
    rows = MailChoice.objects.of(institution)
    rows.get_or_create(person=person, defaults={"institution": institution})
    rows.filter(person=person).update(**wishes)
