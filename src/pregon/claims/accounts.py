"""Accounts: the ways in which a document's tables give the figure of a subject."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pregon.claims.claim import Claim, Scope, Subject
from pregon.claims.tabulation import Face, Tabulation
from pregon.claims.timeline import Timeline
from pregon.claims.vocabulary import ATTENDEES, NETWORKS, SOCIAL, TOGETHER, flatten, measure_of
from pregon.document.prose import Operator
from pregon.figures.metric import CATALOGUE, Additivity
from pregon.figures.period import Period
from pregon.relations.grid import Place
from pregon.relations.labels import Level, is_rate, level_of
from pregon.relations.relation import Relation, Support, choose_reading, judge

_OF_KNOWN: Final = re.compile(
    r"\bque tienen? (?:la |el |esa )?(?:cifra|dato|registro)|\bcon (?:cifra|dato|registro)s?\b"
)
"""Words by which a sentence speaks only of what has a figure."""
_KINDS_OF: Final = {"messages": ("emails", "wallpapers")}
"""What a measure's word may also mean: «mensajes internos» are those of WhatsApp, and the e-mails too."""


@dataclass(frozen=True, slots=True)
class Account:
    """Cells that, added, give a figure; `missing` counts the cells of the account that hold none."""

    operands: tuple[int, ...]
    table: int
    missing: int = 0


@dataclass
class Index:
    """The claims of all tables by subject, and the tables by number."""

    claims: Sequence[Claim]
    tabulations: Sequence[Tabulation]
    timeline: Timeline
    by_subject: dict[Subject, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    cells: dict[int, dict[Place, Claim]] = field(default_factory=lambda: defaultdict(dict))
    """For each table, the claims of its cells by row and column, from 0."""
    owners: dict[str, dict[str, set[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    """For each measure, the entities that tables give it for, and which tables."""

    def __post_init__(self) -> None:
        owned: dict[tuple[str, str, int], None] = {}  # in the document's order, whatever the hashes
        for claim in self.claims:
            place = claim.location
            if not claim.is_cell or place.table is None or place.row is None or place.column is None:
                continue
            self.cells[place.table][place.row - 1, place.column - 1] = claim
            if claim.scope is Scope.WHOLE:
                self.by_subject[claim.subject].append(claim)
                owned[claim.subject.measure, claim.subject.entity, place.table] = None
        for measure, entity, table in owned:
            self.owners[measure][entity].add(table)

    def settle(self, subject: Subject) -> Subject:
        """Name the entity of a measure that only one entity of the tables has («6 noticias»: the website's).

        Beside others of its kind («WhatsApp» beside «Correo») or rows that nobody knows it is one of several.
        """
        if subject.entity or not subject.measure:
            return subject
        tables = self.owners.get(subject.measure, {})
        owners = [owner for owner in tables if owner and not owner.startswith("~")]
        shared = {table for owner in tables if owner.startswith("~") for table in tables[owner]}
        for kind in _KINDS_OF.get(subject.measure, ()):
            shared |= {table for found in self.owners.get(kind, {}).values() for table in found}
        if len(owners) != 1 or tables[owners[0]] <= shared:
            return subject
        return subject._replace(entity=owners[0])


def accounts_of(subject: Subject, index: Index) -> tuple[Account, ...]:
    """Every account that tables give of a subject, the most direct first."""
    if not subject.measure and not subject.entity:
        return ()
    found = list(_direct(subject, index))
    found += _over_months(subject, index)
    if subject.entity in (NETWORKS, ""):
        found += _over_networks(subject, index)
    if TOGETHER in subject.entity:
        found += _over_named(subject, index)
    found += _over_rows(subject, index)
    return tuple(dict.fromkeys(found))


def cell_of(subject: Subject, index: Index) -> Claim | None:
    """The one cell that gives a subject; None where none does, or several that differ."""
    found = [index.claims[account.operands[0]] for account in accounts_of(subject, index) if len(account.operands) == 1]
    return found[0] if len({claim.amount.value for claim in found}) == 1 else None


def relate(claim: Claim, account: Account, index: Index) -> Relation[int]:
    """A claim against an account."""
    amounts = [index.claims[number].amount for number in account.operands]
    stated, computed = choose_reading(claim.amount, amounts)
    known_alone = not account.missing or bool(_OF_KNOWN.search(flatten(claim.location.text)))
    verdict = judge(stated, computed, is_complete=known_alone)
    operator = Operator.SUM if len(account.operands) > 1 or account.missing else Operator.RECORDED
    return Relation(operator, claim.number, account.operands, stated, computed, verdict, Support.LABEL)


def _direct(subject: Subject, index: Index) -> Iterator[Account]:
    for claim in _claims_for(subject, index):
        if claim.location.table is not None:
            yield Account((claim.number,), claim.location.table)


def _claims_for(subject: Subject, index: Index) -> list[Claim]:
    """The cells of a subject; where no table names its measure, those of its entity that name none."""
    exact = index.by_subject.get(subject)
    if exact:
        return exact
    if not subject.entity or subject.measure.startswith("~"):
        return []
    return index.by_subject.get(subject._replace(measure=""), [])


def _over_months(subject: Subject, index: Index) -> Iterator[Account]:
    """The months of one line of a table, added, where the table prints no total of them."""
    period = subject.period
    if period is None or len(period.months) < 2 or not _adds_over_time(subject):
        return
    lines: dict[tuple[int, int | None, int | None], list[Claim]] = defaultdict(list)
    for month in period.months:
        for claim in _claims_for(subject._replace(period=month), index):
            tabulation = index.tabulations[(claim.location.table or 1) - 1]
            line = (claim.location.row, None) if tabulation.has_time_columns else (None, claim.location.column)
            lines[claim.location.table or 0, *line].append(claim)
    for (table, row, column), claims in lines.items():
        tabulation = index.tabulations[table - 1]
        missing = _missing_months(tabulation, period, row, column)
        if len(claims) + missing == len(period.months) and len(claims) > 1:
            yield Account(tuple(claim.number for claim in claims), table, missing)


def _missing_months(tabulation: Tabulation, period: Period, row: int | None, column: int | None) -> int:
    months = {month.start.month for month in period.months}
    faces = (Face.BLANK, Face.DECLARED)
    if row is not None:
        return sum(
            len(said) == 1 and said[0] in months and tabulation.faces[row - 1][place] in faces
            for place, said in enumerate(tabulation.months)
        )
    if column is None:
        return 0
    return sum(
        len(tabulation.row_months[line]) == 1
        and tabulation.row_months[line][0] in months
        and tabulation.faces[line][column - 1] in faces
        for line in tabulation.body
    )


def _adds_over_time(subject: Subject) -> bool:
    found = CATALOGUE.get(subject.measure)
    return found is None or found.over_time is Additivity.ADDABLE


def _over_networks(subject: Subject, index: Index) -> Iterator[Account]:
    """All the networks of one table, added; for «redes sociales» alone."""
    if subject.entity != NETWORKS:
        return
    tables: dict[int, dict[str, Claim]] = defaultdict(dict)
    for network in sorted(SOCIAL):
        for claim in index.by_subject.get(subject._replace(entity=network), ()):
            tables[claim.location.table or 0].setdefault(network, claim)
    for table, networks in tables.items():
        if len(networks) > 1:
            yield Account(tuple(sorted(claim.number for claim in networks.values())), table)


def _over_named(subject: Subject, index: Index) -> Iterator[Account]:
    """The networks that a sentence names together, added, where one table gives them all."""
    names = subject.entity.split(TOGETHER)
    tables: dict[int, dict[str, Account]] = defaultdict(dict)
    for name in names:
        own = subject._replace(entity=name)
        for account in (*_direct(own, index), *_over_months(own, index)):
            tables[account.table].setdefault(name, account)
    for table, accounts in tables.items():
        if len(accounts) == len(names):
            operands = tuple(number for name in names for number in accounts[name].operands)
            yield Account(operands, table, sum(account.missing for account in accounts.values()))


def _over_rows(subject: Subject, index: Index) -> Iterator[Account]:
    """A column of a table of things, added: the attendance of its events."""
    if subject.entity or subject.measure != ATTENDEES or subject.period != index.timeline.period:
        return
    for tabulation in index.tabulations:
        for column in attendance_columns(tabulation):
            claims = [
                claim
                for row in tabulation.thing_rows
                if (claim := index.cells[tabulation.number].get((row, column))) is not None
            ]
            missing = sum(tabulation.faces[row][column] in (Face.BLANK, Face.DECLARED) for row in tabulation.thing_rows)
            if claims:
                yield Account(tuple(claim.number for claim in claims), tabulation.number, missing)


def attendance_columns(tabulation: Tabulation) -> tuple[int, ...]:
    """The columns of a table of things that count who came."""
    if not tabulation.is_listing:
        return ()
    return tuple(
        column
        for column in tabulation.figure_columns
        if measure_of(tabulation.column_labels[column]) == ATTENDEES
        and not is_rate(tabulation.column_labels[column])
        and level_of(tabulation.column_labels[column]) is Level.PART
        and not any(
            (amount := tabulation.amounts[row][column]) is not None and amount.unit for row in tabulation.thing_rows
        )
    )
