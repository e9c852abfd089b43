"""Who is told what by e-mail, and when: what is late, what is about to be due, what waits for their approval. Pure.

Nobody is told anything on a day on which the institution does not work. One e-mail a day at most: on the first business
day of the week the digest, which says all that the reminder would, goes in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from pregon.figures.spanish import count_of, join_words
from pregon.records.calendar import business_days_between, is_business_day
from pregon_web.workflow.deadlines import tell_day


class Notice(StrEnum):
    """What a person can be sent and can leave."""

    REMINDER = "reminder"
    DIGEST = "digest"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody of the institution: what they do there, what they want to be sent, and the days of the last ones."""

    person: int
    name: str
    is_editor: bool = False
    wants_reminders: bool = True
    wants_digest: bool = True
    wants_approvals: bool = True
    reminded_on: date | None = None
    digest_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that is owed. `assignee` and `requester` are people's keys; `state` is in words."""

    key: int
    reference: str
    title: str
    office: str
    state: str
    due: date | None
    assignee: int | None = None
    requester: int | None = None


@dataclass(frozen=True, slots=True)
class AwaitedApproval:
    """A piece that waits for one person to decide on it; `key` is its version's."""

    person: int
    key: int
    reference: str
    piece: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What an institution owes on a day. `remind_days` are the business days before a date in which it is told."""

    today: date
    requests: Sequence[OpenRequest]
    approvals: Sequence[AwaitedApproval] = ()
    remind_days: int = 1
    closures: Collection[date] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is sent on a day. `asked` are the requests that they made themselves, in a digest alone."""

    notice: Notice
    addressee: Addressee
    late: tuple[OpenRequest, ...] = ()
    soon: tuple[OpenRequest, ...] = ()
    approvals: tuple[AwaitedApproval, ...] = ()
    later: tuple[OpenRequest, ...] = ()
    asked: tuple[OpenRequest, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.late or self.soon or self.approvals or self.later or self.asked)


def choose_messages(situation: Situation, addressees: Iterable[Addressee]) -> list[Message]:
    """Everybody's e-mail of the day, in the order of the people; of who has had it, or has nothing, none."""
    if not is_business_day(situation.today, closures=situation.closures):
        return []
    is_first = is_first_business_day(situation.today, closures=situation.closures)
    chosen = []
    for each in addressees:
        message = _digest(situation, each) if is_first and each.wants_digest else _reminder(situation, each)
        if not message.is_empty and not was_sent(message.notice, each, situation.today):
            chosen.append(message)
    return chosen


def is_first_business_day(day: date, *, closures: Collection[date] = ()) -> bool:
    """Whether offices work that day and did not work yet that week, which begins on Monday."""
    before = (day - timedelta(days=back) for back in range(1, day.weekday() + 1))
    return is_business_day(day, closures=closures) and not any(
        is_business_day(each, closures=closures) for each in before
    )


def was_sent(notice: Notice, addressee: Addressee, day: date) -> bool:
    """Whether the person has had their e-mail of the day: a digest stands for the reminder, and the other way round."""
    last = addressee.digest_on if notice is Notice.DIGEST else None
    return any(sent is not None and sent >= day for sent in (last, addressee.reminded_on))


def _reminder(situation: Situation, addressee: Addressee) -> Message:
    own = _owed_by(situation, addressee) if addressee.wants_reminders else []
    return Message(
        Notice.REMINDER,
        addressee,
        late=tuple(each for each in own if _is_late(each, situation)),
        soon=tuple(each for each in own if _is_soon(each, situation)),
        approvals=_awaited_of(situation, addressee),
    )


def _digest(situation: Situation, addressee: Addressee) -> Message:
    own = _owed_by(situation, addressee)
    sunday = situation.today + timedelta(days=6 - situation.today.weekday())
    soon = [
        each
        for each in own
        if _is_soon(each, situation) or (each.due is not None and situation.today <= each.due <= sunday)
    ]
    late = [each for each in own if _is_late(each, situation)]
    told = {each.key for each in (*late, *soon)}
    return Message(
        Notice.DIGEST,
        addressee,
        late=tuple(late),
        soon=tuple(soon),
        approvals=_awaited_of(situation, addressee),
        later=tuple(each for each in own if each.key not in told),
        asked=tuple(each for each in _by_date(situation.requests) if each.requester == addressee.person),
    )


def _owed_by(situation: Situation, addressee: Addressee) -> list[OpenRequest]:
    """What the person has in hand; of who writes, also what nobody has yet."""
    return [
        each
        for each in _by_date(situation.requests)
        if each.assignee == addressee.person or (each.assignee is None and addressee.is_editor)
    ]


def _awaited_of(situation: Situation, addressee: Addressee) -> tuple[AwaitedApproval, ...]:
    if not addressee.wants_approvals:
        return ()
    return tuple(each for each in situation.approvals if each.person == addressee.person)


def _by_date(requests: Iterable[OpenRequest]) -> list[OpenRequest]:
    return sorted(requests, key=lambda each: (each.due is None, each.due or date.max, each.key))


def _is_late(request: OpenRequest, situation: Situation) -> bool:
    return request.due is not None and request.due < situation.today


def _is_soon(request: OpenRequest, situation: Situation) -> bool:
    if request.due is None or request.due < situation.today:
        return False
    left = business_days_between(situation.today, request.due, closures=situation.closures)
    return left <= situation.remind_days


# --- in words -------------------------------------------------------------------------------------------------------

_TOMORROW: Final = timedelta(days=1)


def tell_subject(message: Message, today: date) -> str:
    """The subject of the e-mail, in one line: of a single thing its name and its day, else how many of each."""
    return " ".join(_subject(message, today).split())


def _subject(message: Message, today: date) -> str:
    things = [*message.late, *message.soon]
    if len(things) == 1 and not message.approvals and message.notice is Notice.REMINDER:
        (only,) = things
        return (
            f"Va tarde: {only.title}" if message.late else f"Vence {tell_when(only.due or today, today)}: {only.title}"
        )
    if not things and len(message.approvals) == 1 and message.notice is Notice.REMINDER:
        return f"Espera su aprobación: {message.approvals[0].piece}"
    counts = [
        count_of(len(message.late), "solicitud va tarde", "solicitudes van tarde") if message.late else "",
        count_of(len(message.soon), "vence pronto", "vencen pronto") if message.soon else "",
        count_of(len(message.approvals), "pieza por aprobar", "piezas por aprobar") if message.approvals else "",
        count_of(len(message.later), "para después", "para después") if message.later else "",
        count_of(len(message.asked), "que usted pidió", "que usted pidió") if message.asked else "",
    ]
    start = "Su semana" if message.notice is Notice.DIGEST else "Para hoy"
    return f"{start}: {join_words([each for each in counts if each])}"


def tell_when(day: date, today: date) -> str:
    """«hoy», «mañana», or the day: «el jueves 11 de diciembre de 2025»."""
    if day == today:
        return "hoy"
    return "mañana" if day - today == _TOMORROW else f"el {tell_day(day)}"


def tell_date(request: OpenRequest, situation: Situation) -> str:
    """When it is due, or since when it is late: «venció el viernes 5 de …, hace 2 días hábiles»."""
    today = situation.today
    if request.due is None:
        return "sin fecha"
    if request.due >= today:
        when = tell_when(request.due, today)
        return f"vence {when}" if when.startswith("el ") else f"vence {when}, {tell_day(request.due)}"
    passed = business_days_between(request.due, today, closures=situation.closures)
    return f"venció el {tell_day(request.due)}, hace {count_of(passed, 'día hábil', 'días hábiles')}"
