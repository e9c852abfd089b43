"""What comes and what changed, on Inicio."""

from __future__ import annotations

from datetime import date

from pregon_web.accounts.models import Role
from pregon_web.accounts.services import add_office
from pregon_web.ledger.models import Channel
from pregon_web.ledger.services import add_record
from pregon_web.programme.models import Commemoration
from pregon_web.programme.services import choose_day
from pregon_web.quarter.desk import coming_days, last_changes, pressing_requests
from pregon_web.workflow.models import Kind, ServiceRequest, State
from pregon_web.workflow.services import ensure_defaults, move_request, receive_request
from tests.web.towns import Town


def test_the_next_days_are_those_of_the_calendar(town: Town) -> None:
    days = coming_days(town.access(), date(2025, 11, 24))
    # 25 November, then the first days of December: domain knowledge, not the code under test.
    assert [(each.planned.when, each.period, each.when) for each in days][:3] == [
        (date(2025, 11, 25), "2025-T4", "mañana"),
        (date(2025, 12, 1), "2025-T4", "en 7 días"),
        (date(2025, 12, 2), "2025-T4", "en 8 días"),
    ]
    assert len(days) == 5


def test_what_the_office_chose_comes_before_what_it_did_not(town: Town) -> None:
    late = add_record(
        access=town.access(),
        row=Commemoration(period="2025-T4", name="Cumpleaños del municipio", day=date(2025, 12, 20)),
    )
    days = coming_days(town.access(), date(2025, 11, 24))
    assert len(days) == 5
    assert [each.planned.row for each in days if each.planned.row] == [late]
    assert days[-1].planned.name == "Cumpleaños del municipio"


def test_a_neighbours_choice_is_not_there(town: Town, neighbour: Town) -> None:
    code = next(each.planned.day.code for each in coming_days(town.access(), date(2025, 11, 24)) if each.planned.day)
    choose_day(access=neighbour.access(), period="2025-T4", code=code)
    assert all(each.planned.row is None for each in coming_days(town.access(), date(2025, 11, 24)))


def test_the_last_changes_are_told_by_name_and_people_are_not_among_them(town: Town) -> None:
    add_record(access=town.access(), row=Channel(code="boletin", name="Boletín interno", platform="email"))
    add_office(institution=town.institution, name="Hacienda", by=town.people[Role.ADMINISTRATOR])
    told = [(each.person, each.action, each.subject) for each in last_changes(town.access())]
    assert told == [(town.people[Role.EDITOR].name, "creó", "canal «Boletín interno»")]


def ask(town: Town, title: str, day: date) -> ServiceRequest:
    """A request of three business days, asked on that day."""
    ensure_defaults(town.institution)
    kind = Kind.objects.of(town.institution).get(counts_as="design")
    return receive_request(
        access=town.access(), institution=town.institution, kind=kind, title=title, office=None, fields={}, on=day
    )


def test_the_requests_that_press_are_the_late_ones_and_those_due_by_tomorrow(town: Town, neighbour: Town) -> None:
    # Three business days from Thursday 2, Monday 6 and Wednesday 8 October 2025 are Tuesday 7, Thursday 9, and,
    # Monday 13 being a holiday, Tuesday 14.
    late, due, _ = (ask(town, name, date(2025, 10, day)) for name, day in (("Tarde", 2), ("Hoy", 6), ("Después", 8)))
    ask(neighbour, "De otra entidad", date(2025, 10, 2))
    done = ask(town, "Entregada", date(2025, 10, 2))
    move_request(access=town.access(), request=done, to=State.DELIVERED, on=date(2025, 10, 6))
    found = pressing_requests(town.access(), date(2025, 10, 9))
    assert [(each.row, each.term.words) for each in found] == [(late, "2 días hábiles tarde"), (due, "Vence hoy")]
