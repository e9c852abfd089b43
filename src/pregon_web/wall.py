"""Whose rows the work of this moment may touch. No models here: the database backend reads it too.

Three ways, and no fourth:

- `inside(institution)`: work inside one institution. A request is inside the one its person works in from the moment
  the rule let them through; a query narrowed with `.of(institution)` is inside it while it runs. Being inside one, no
  other can be reached: not by a wrong argument either.
- `own_rows(person)`: the one door through the wall, for reading. It shows the rows that name a person, whosever they
  are, and only of the tables that declare it (`TenantModel.own_rows`): where somebody belongs is the question that
  cannot be asked inside one institution.
- neither: no row of any institution.

On PostgreSQL the database holds to the same (`accounts/row_security.py`); on SQLite the program alone does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace


class UnscopedQuery(RuntimeError):  # noqa: N818 - what happened, not a suffix
    """A query over rows of institutions was about to run without saying whose, or over somebody else's while inside
    one. A fault of ours, never of the person.
    """


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is done: the institution's key, and the person whose own rows the door shows."""

    institution: int | None = None
    person: int | None = None


_place: ContextVar[Place] = ContextVar("pregon_place", default=Place())  # noqa: B039 - a frozen value


def current_place() -> Place:
    """Where the work of this thread is being done."""
    return _place.get()


@contextmanager
def inside(institution_id: int) -> Iterator[None]:
    """Work inside this institution. Raises UnscopedQuery inside another one."""
    here = _place.get()
    if here.institution not in {None, institution_id}:
        raise UnscopedQuery(f"inside institution {here.institution}, rows of {institution_id} were asked for")
    token = _place.set(replace(here, institution=institution_id))
    try:
        yield
    finally:
        _place.reset(token)


@contextmanager
def own_rows(person_id: int) -> Iterator[None]:
    """Read the rows that name this person, of whatever institution, from the tables that declare it."""
    token = _place.set(replace(_place.get(), person=person_id))
    try:
        yield
    finally:
        _place.reset(token)
