"""One institution never sees another's row: every address, with every method, by everybody, with everybody's numbers.

Made from the URLconf: a new address is asked by itself, and one whose arguments nobody furnishes fails by its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from tests.web.sweep import (
    ANYBODY,
    CANARIES,
    METHODS,
    MISSING,
    Address,
    Answer,
    Caller,
    Visitor,
    World,
    addresses,
    canaries_in,
    comparable,
    make_visitors,
    may_see,
    unfurnished,
)

HOME, NEIGHBOUR, _ = CANARIES
REQUESTS = 20_000
EVERYBODY = ("",)
"""Part of any name."""


def furnish_world() -> World:
    world = World()
    for slug in CANARIES:
        world.settle(slug)
    return world


@pytest.fixture
def world(db: None) -> World:
    del db
    return furnish_world()


def visitors_of(world: World, slug: str) -> list[Visitor]:
    return [visitor for visitor in make_visitors(world) if visitor.name.startswith(slug)]


def some_of(world: World, *who: str) -> list[Visitor]:
    """Those of the first town whose name tells one of these; everybody is everybody."""
    return [visitor for visitor in visitors_of(world, HOME) if any(each in visitor.name for each in who)]


def let_in(world: World, visitors: list[Visitor]) -> list[Caller]:
    """Everybody signed in; that is noted in the journals, so it is done before anything is compared."""
    return [Caller(world, visitor) for visitor in visitors]


def ask_all(
    callers: list[Caller], methods: tuple[str, ...], owners: list[str]
) -> Iterator[tuple[Visitor, Address, str, str, Answer]]:
    for caller in callers:
        caller.count_entries()
        for address, method, owner in product(addresses(), methods, owners):
            answer = caller.ask(address, method, owner)
            if answer is not None:
                yield caller.visitor, address, method, owner, answer


def ask_and_find_leaks(
    world: World, visitors: list[Visitor], methods: tuple[str, ...], owners: list[str]
) -> tuple[int, list[str]]:
    """How many requests were made, and which showed a canary of somebody else's or broke."""
    asked, wrong = 0, []
    for visitor, address, method, owner, answer in ask_all(let_in(world, visitors), methods, owners):
        asked += 1
        foreign = canaries_in(answer) - may_see(visitor, address, owner)
        if foreign or answer.status >= 500:
            wrong.append(f"{visitor.name}: {method} {address.name} of {owner}: {answer.status}, {sorted(foreign)}")
    return asked, wrong


def test_every_address_is_furnished(world: World) -> None:
    assert unfurnished(world) == []


def test_nobody_who_reads_or_posts_is_shown_a_canary_of_another_institution(world: World) -> None:
    visitors = [ANYBODY, *some_of(world, "penaclara, editor", "supervised")]
    asked, wrong = ask_and_find_leaks(world, visitors, ("GET", "POST"), [HOME, NEIGHBOUR])
    assert wrong == []
    assert asked >= REQUESTS / 10


@pytest.mark.slow
@pytest.mark.parametrize("slug", CANARIES)
def test_twenty_thousand_requests_by_everybody_of_a_town_leak_nothing(world: World, slug: str) -> None:
    visitors = [ANYBODY, *visitors_of(world, slug)]
    asked, wrong = ask_and_find_leaks(world, visitors, METHODS, [*world.towns])
    assert wrong == []
    assert asked >= REQUESTS


@pytest.mark.parametrize("who", [("editor", "supervised"), pytest.param(EVERYBODY, marks=pytest.mark.slow)])
def test_numbers_of_another_institution_read_like_numbers_of_nobody(world: World, who: tuple[str, ...]) -> None:
    """Otherwise an answer would tell that the row is there."""
    numbered = [address for address in addresses() if "pk" in address.takes]
    assert len(numbered) >= 10
    differing = []
    for caller in let_in(world, some_of(world, *who)):
        caller.count_entries()
        for address, method in product(numbered, ("GET", "POST")):
            foreign, missing = caller.ask(address, method, NEIGHBOUR), caller.ask(address, method, MISSING)
            assert foreign is not None
            assert missing is not None
            if comparable(address, foreign) != comparable(address, missing):
                differing.append(f"{caller.visitor.name}: {method} {address.name}")
    assert differing == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "methods"),
    [
        (("editor",), ("GET",)),
        pytest.param(EVERYBODY, ("GET", "POST"), marks=pytest.mark.slow),
    ],
)
def test_an_institution_answers_the_same_whether_it_is_alone_or_has_neighbours(
    who: tuple[str, ...], methods: tuple[str, ...]
) -> None:
    world = World()
    world.settle(HOME)
    callers = let_in(world, [ANYBODY, *some_of(world, *who)])
    asked = list(ask_all(callers, methods, [HOME]))
    for slug in (slug for slug in CANARIES if slug != HOME):
        world.settle(slug)
    again = list(ask_all(callers, methods, [HOME]))
    differing = [
        f"{visitor.name}: {method} {address.name}"
        for (visitor, address, method, _, alone), (*_, among) in zip(asked, again, strict=True)
        if comparable(address, alone) != comparable(address, among) and address.name != "choose_institution"
    ]
    assert differing == []
