"""Who is told what on which day: worked out by hand over December 2025, whose 8th and 25th are holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pregon_web.workflow.reminding import (
    Addressee,
    AwaitedApproval,
    Message,
    Notice,
    OpenRequest,
    Situation,
    choose_messages,
    is_first_business_day,
    tell_date,
    tell_subject,
)

MARCELA = Addressee(1, "Marcela Ríos", is_editor=True)
ANDRES = Addressee(2, "Andrés Tobón", is_editor=True)
BEATRIZ = Addressee(3, "Beatriz Upegui")
NATALIA = Addressee(4, "Natalia Ochoa")
EVERYBODY = [MARCELA, ANDRES, BEATRIZ, NATALIA]
WEDNESDAY = date(2025, 12, 10)
"""The 8th, a Monday, was a holiday: the 9th was the first business day of this week."""


def owed(key: int, due: date | None, assignee: int | None = 1, requester: int | None = None) -> OpenRequest:
    reference = f"SOL-2025-{key:03}"
    return OpenRequest(key, reference, f"Pieza {key}", "Derechos Humanos", "En proceso", due, assignee, requester)


REQUESTS = [
    owed(1, date(2025, 12, 5)),  # Friday: late
    owed(2, date(2025, 12, 10)),  # today
    owed(3, date(2025, 12, 11)),  # tomorrow
    owed(4, date(2025, 12, 12)),  # in two business days
    owed(5, None),
    owed(6, date(2025, 12, 11), assignee=None),
    owed(7, date(2025, 12, 9), assignee=2, requester=4),
    owed(8, date(2026, 1, 9), assignee=2, requester=4),
]
APPROVALS = [AwaitedApproval(3, 2, "SOL-2025-002", "Afiche")]


def situation(today: date = WEDNESDAY, **changes: object) -> Situation:
    return replace(Situation(today, REQUESTS, APPROVALS), **changes)  # type: ignore[arg-type]  # its own fields


def told(messages: list[Message]) -> dict[str, tuple[object, ...]]:
    """By person: which e-mail, and the keys of what it says is late, soon, to be approved, later, and asked."""

    def keys(things: tuple[OpenRequest, ...] | tuple[AwaitedApproval, ...]) -> list[int]:
        return [each.key for each in things]

    return {
        each.addressee.name.split()[0]: (
            each.notice.value,
            keys(each.late),
            keys(each.soon),
            keys(each.approvals),
            keys(each.later),
            keys(each.asked),
        )
        for each in messages
    }


def test_each_is_told_what_they_have_in_hand_and_who_writes_also_what_nobody_has() -> None:
    assert told(choose_messages(situation(), EVERYBODY)) == {
        "Marcela": ("reminder", [1], [2, 3, 6], [], [], []),
        "Andrés": ("reminder", [7], [6], [], [], []),
        "Beatriz": ("reminder", [], [], [2], [], []),
    }


@pytest.mark.parametrize(("days", "soon"), [(0, [2]), (1, [2, 3]), (2, [2, 3, 4])])
def test_the_institution_says_how_many_business_days_before(days: int, soon: list[int]) -> None:
    requests = [each for each in REQUESTS if each.assignee == 1]
    (message,) = choose_messages(situation(requests=requests, remind_days=days, approvals=()), EVERYBODY)
    assert [each.key for each in message.soon] == soon


def test_business_days_are_counted_over_weekends_holidays_and_closures() -> None:
    friday = date(2025, 12, 5)
    tuesday = [owed(1, date(2025, 12, 9))]  # Monday is a holiday: it is the next business day
    at_one = situation(friday, requests=tuesday, approvals=())
    assert told(choose_messages(at_one, [MARCELA])) == {"Marcela": ("reminder", [], [1], [], [], [])}
    closed = replace(at_one, requests=[owed(1, date(2025, 12, 10))], closures=[date(2025, 12, 9)])
    assert told(choose_messages(closed, [MARCELA])) == {"Marcela": ("reminder", [], [1], [], [], [])}
    open_that_day = replace(closed, closures=[])
    assert choose_messages(open_that_day, [MARCELA]) == []


@pytest.mark.parametrize(
    ("day", "closures"),
    [
        (date(2025, 12, 6), []),  # Saturday
        (date(2025, 12, 7), []),  # Sunday
        (date(2025, 12, 8), []),  # Inmaculada
        (WEDNESDAY, [WEDNESDAY]),  # the town's own day
    ],
)
def test_nobody_is_told_anything_on_a_day_without_work(day: date, closures: list[date]) -> None:
    assert choose_messages(situation(day, closures=closures), EVERYBODY) == []


@pytest.mark.parametrize(
    ("day", "closures", "is_first"),
    [
        (date(2025, 12, 1), [], True),  # Monday
        (date(2025, 12, 2), [], False),
        (date(2025, 12, 8), [], False),  # a holiday
        (date(2025, 12, 9), [], True),  # Tuesday after it
        (date(2025, 12, 9), [date(2025, 12, 9)], False),
        (date(2025, 12, 10), [date(2025, 12, 9)], True),
        (date(2025, 12, 6), [], False),
        (date(2025, 12, 22), [], True),
    ],
)
def test_the_first_business_day_of_a_week(day: date, closures: list[date], is_first: bool) -> None:
    assert is_first_business_day(day, closures=closures) is is_first


def test_on_the_first_business_day_the_digest_takes_the_reminders_place() -> None:
    tuesday = date(2025, 12, 9)
    assert told(choose_messages(situation(tuesday), EVERYBODY)) == {
        "Marcela": ("digest", [1], [2, 3, 6, 4], [], [5], []),
        "Andrés": ("digest", [], [7, 6], [], [8], []),
        "Beatriz": ("digest", [], [], [2], [], []),
        "Natalia": ("digest", [], [], [], [], [7, 8]),
    }


def test_who_left_the_digest_gets_the_reminder_of_that_day() -> None:
    tuesday = date(2025, 12, 9)
    people = [replace(each, wants_digest=False) for each in EVERYBODY]
    assert told(choose_messages(situation(tuesday), people)) == {
        "Marcela": ("reminder", [1], [2], [], [], []),
        "Andrés": ("reminder", [], [7], [], [], []),
        "Beatriz": ("reminder", [], [], [2], [], []),
    }


def test_what_a_person_left_is_not_sent() -> None:
    left = [replace(each, wants_reminders=False, wants_digest=False) for each in EVERYBODY]
    assert told(choose_messages(situation(), left)) == {"Beatriz": ("reminder", [], [], [2], [], [])}
    nothing = [replace(each, wants_approvals=False) for each in left]
    assert choose_messages(situation(), nothing) == []


def test_who_had_todays_gets_no_other_and_yesterdays_does_not_count() -> None:
    today = replace(MARCELA, reminded_on=WEDNESDAY)
    yesterday = replace(MARCELA, reminded_on=date(2025, 12, 9), digest_on=date(2025, 12, 9))
    assert choose_messages(situation(), [today]) == []
    assert len(choose_messages(situation(), [yesterday])) == 1
    tuesday = date(2025, 12, 9)
    assert choose_messages(situation(tuesday), [replace(MARCELA, digest_on=tuesday)]) == []
    assert choose_messages(situation(tuesday), [replace(MARCELA, reminded_on=tuesday)]) == []


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        (Message(Notice.REMINDER, MARCELA, late=(owed(1, date(2025, 12, 5)),)), "Va tarde: Pieza 1"),
        (Message(Notice.REMINDER, MARCELA, soon=(owed(2, WEDNESDAY),)), "Vence hoy: Pieza 2"),
        (Message(Notice.REMINDER, MARCELA, soon=(owed(3, date(2025, 12, 11)),)), "Vence mañana: Pieza 3"),
        (
            Message(Notice.REMINDER, MARCELA, soon=(owed(4, date(2025, 12, 12)),)),
            "Vence el viernes 12 de diciembre de 2025: Pieza 4",
        ),
        (Message(Notice.REMINDER, BEATRIZ, approvals=tuple(APPROVALS)), "Espera su aprobación: Afiche"),
        (
            Message(
                Notice.REMINDER,
                MARCELA,
                late=(owed(1, None), owed(2, None)),
                soon=(owed(3, None),),
                approvals=tuple(APPROVALS),
            ),
            "Para hoy: 2 solicitudes van tarde, 1 vence pronto y 1 pieza por aprobar",
        ),
        (
            Message(Notice.DIGEST, MARCELA, soon=(owed(3, None),), later=(owed(5, None), owed(8, None))),
            "Su semana: 1 vence pronto y 2 para después",
        ),
        (Message(Notice.DIGEST, NATALIA, asked=(owed(7, None), owed(8, None))), "Su semana: 2 que usted pidió"),
    ],
)
def test_the_subject_says_what_and_when(message: Message, subject: str) -> None:
    assert tell_subject(message, WEDNESDAY) == subject


@pytest.mark.parametrize(
    ("due", "told_date"),
    [
        (date(2025, 12, 5), "venció el viernes 5 de diciembre de 2025, hace 2 días hábiles"),
        (date(2025, 12, 9), "venció el martes 9 de diciembre de 2025, hace 1 día hábil"),
        (WEDNESDAY, "vence hoy, miércoles 10 de diciembre de 2025"),
        (date(2025, 12, 11), "vence mañana, jueves 11 de diciembre de 2025"),
        (date(2025, 12, 15), "vence el lunes 15 de diciembre de 2025"),
        (None, "sin fecha"),
    ],
)
def test_the_date_is_told_with_its_day_of_the_week(due: date | None, told_date: str) -> None:
    assert tell_date(owed(1, due), situation()) == told_date
