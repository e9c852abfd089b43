"""Without any one of its narrowings the office answers otherwise, and these tests notice: so narrow is the door."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from django.db import connection

from pregon_web.wall import UnscopedQuery
from tests.web.planted import Site, find_sites, forget, planted, watched
from tests.web.records import QUARTER
from tests.web.sweep import ANYBODY, CANARIES, Address, Caller, Visitor, World, addresses, comparable, make_visitors
from tests.web.twin import add_twin, give_office_in

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's own wall stands behind each of these faults"
)
Question = tuple[Caller, Address, str, str]
Passed = dict[str, list[tuple[Question, object]]]
"""By the name of a place, the questions that pass it, each with its answer."""

HOME, NEIGHBOUR, _ = CANARIES
FAULTS = 25

READ_LATER = "imports.selectors.kept_answers_for, 0"
"""Files are read after the answer: whether they could be is told on the next page."""
NOT_PASSED = frozenset(
    {
        "programme.selectors.plan.activity_choices, 0",  # the towns' latest quarter has no plan in force
        "quarter.selectors._describe_institution, 0",  # their registros list the offices
    }
)
ASKED_BY_A_ROW = frozenset(
    {
        "accounts.selectors.invitation_by_link, 0",
        "ledger.selectors.observation_history, 0",
        "programme.selectors.campaigns_of, 1",
        "programme.selectors.campaigns_of, 2",
        "programme.selectors.channels_of_campaign, 0",
        "programme.selectors.products_of_campaign, 0",
        "programme.selectors.attendance_of, 0",
        "programme.selectors.plan.activities_in, 0",
        "programme.selectors.plan.follow_ups_of, 1",
        "workflow.selectors.terms_of, 0",
        "workflow.selectors.moves_of, 0",
        "workflow.selectors.files_of, 0",
        "workflow.selectors.file_for, 0",
        "workflow.selectors._returns_of, 0",
        "workflow.selectors._publications_of, 0",
        "workflow.selectors.has_pieces, 0",
        "risks.selectors._is_of_quarter, 0",
        "risks.selectors._is_of_quarter, 1",
        "risks.selectors.controls_of, 0",
        "risks.selectors.follow_ups_of_risk, 0",
        "imports.selectors.imports_for, 1",
        "imports.selectors.files_of, 0",
    }
)
"""A second wall: the rows are those of another row, which was found in the institution, so nobody else's can come."""
NOT_SHOWN = frozenset(
    {
        "journal.selectors.head_of, 0",  # names what is remembered; no page prints it
        "ledger.selectors.observations_by_pk, 0",  # only compared with what was typed
        "ledger.selectors.stored_bytes, 0",  # shown when the room is nearly full
        "programme.selectors.plan._formulas_of, 0",  # a formula stands beside a percentage, and the towns have none
        "programme.selectors.plan.satisfaction_of, 0",  # shown by a card of an indicator that the towns have not
        "workflow.selectors.references_of, 0",  # gives the number of a new request, which the next page shows
        "imports.selectors.committed_before, 0",  # told on the page after the one that answers
        READ_LATER,
        "quarter.selectors.open_dossier, 2",  # what was declared only silences the remark of the same section
    }
)
"""What is read stays inside, or shows on a page that one answer is not."""


@pytest.fixture
def world(db: None) -> World:
    del db
    world = World()
    for slug in CANARIES:
        world.settle(slug)
    return world


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of faults are answered here, and each would be logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def visitors_of_home(world: World) -> list[Visitor]:
    return [ANYBODY, *(visitor for visitor in make_visitors(world) if visitor.name.startswith(HOME))]


def questions(
    visitors: Sequence[Visitor], world: World, methods: tuple[str, ...], owners: tuple[str, ...]
) -> Iterator[Question]:
    callers = [Caller(world, visitor) for visitor in visitors]  # signing in is noted in the journals
    for caller in callers:
        caller.count_entries()
    yield from product(callers, addresses(), methods, owners)


def ask(question: Question) -> object:
    """What comes back, without what chance put in it; a sentence where something was written elsewhere, or where an
    answer that is sent bit by bit was refused on its way.
    """
    caller, address, method, owner = question
    try:
        answer = caller.ask(address, method, owner)
    except (AssertionError, UnscopedQuery) as error:
        return str(error)
    return comparable(address, answer) if answer else None


def find_passed(sites: Sequence[Site], asked: Iterator[Question]) -> Passed:
    """Which questions pass which place."""
    found: Passed = {str(site): [] for site in sites}
    with watched(sites) as passed:
        for question in asked:
            passed.clear()
            forget()
            answer = ask(question)
            for name in passed:
                found[name].append((question, answer))
    return found


def find_unnoticed(sites: Sequence[Site], passed: Passed, *, past_the_wall: bool) -> set[str]:
    """The faults in places that some question passes and that none of those answers shows."""
    unnoticed = set()
    for site in sites:
        # Mostly it shows at the app's own addresses.
        there = sorted(passed[str(site)], key=lambda each: each[0][1].app != site.app)
        with planted(site, past_the_wall=past_the_wall):
            if there and all(ask(question) == answer for question, answer in there):
                unnoticed.add(str(site))
    return unnoticed


def test_a_selector_that_forgot_its_filter_is_noticed(world: World) -> None:
    sites = find_sites()
    editor = [visitor for visitor in visitors_of_home(world) if visitor.name == f"{HOME}, editor"]
    passed = find_passed(sites, questions(editor, world, ("GET",), (HOME,)))
    assert sum(bool(questions) for questions in passed.values()) >= 3 * FAULTS
    assert find_unnoticed(sites, passed, past_the_wall=False) == set()


@pytest.mark.slow
def test_so_is_one_past_the_wall_wherever_it_would_show(world: World) -> None:
    twin = add_twin(world.towns[HOME].institution, str(QUARTER), str(QUARTER.previous))
    sites, visitors = find_sites(), visitors_of_home(world)
    requester = next(visitor.person for visitor in visitors if "requester;" in visitor.name)
    assert requester is not None
    give_office_in(twin, requester)
    passed = find_passed(sites, questions(visitors, world, ("GET", "POST"), (HOME, NEIGHBOUR)))
    assert {name for name, questions in passed.items() if not questions} == NOT_PASSED
    assert find_unnoticed(sites, passed, past_the_wall=False) == {READ_LATER}
    assert find_unnoticed(sites, passed, past_the_wall=True) == ASKED_BY_A_ROW | NOT_SHOWN
