"""Binding: the figures of a document that must agree. Without a sure bond, nothing is compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pregon.claims.accounts import Index, attendance_columns
from pregon.claims.announced import print_of
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim, Scope, Subject
from pregon.claims.sentence_grammar import COMES
from pregon.claims.slips import explains_sum
from pregon.claims.stretches import sentence_at
from pregon.claims.tabulation import Face, Tabulation
from pregon.claims.vocabulary import ATTENDEES
from pregon.document.prose import Operator
from pregon.figures.amount import Interval
from pregon.figures.metric import Additivity, find_metric
from pregon.figures.spanish import fold
from pregon.relations.grid import Grid, Place
from pregon.relations.labels import is_bare_total
from pregon.relations.relation import Relation, Support, Verdict, choose_reading, judge
from pregon.relations.sums import find_sums

_FAR: Final = 3
"""A total is not so many times what its parts give, unless a slip explains it."""
_SHORTEST_NAME: Final = 4
"""A shorter name of a row may stand in a sentence by chance."""
_LEAST: Final = re.compile(r"\bmenor|\bmenos |\bminim")
_MOST_FAILING: Final = 3
"""A total that fails twice or more, and in one line of so many, adds up other lines."""


def bind_tables(tabulations: Sequence[Tabulation], index: Index) -> Iterator[Bond]:
    """The sums of each table."""
    for tabulation in tabulations:
        cells = index.cells[tabulation.number]
        grid = _guarded_grid(tabulation)
        relations = find_sums(grid)
        doubtful = _misread_lines(relations, grid)
        for relation in relations:
            if relation.verdict is Verdict.CONTRADICTION and (
                _line_of(relation) in doubtful or _is_other_kind(relation, tabulation, grid)
            ):
                continue
            target = cells.get(tabulation.place(relation.target))
            operands = [claim for place in relation.operands if (claim := cells.get(tabulation.place(place)))]
            if target is None or len(operands) < len(relation.operands):
                continue
            yield Bond(
                Tie.TABLE_SUM,
                Relation(
                    relation.operator,
                    target.number,
                    tuple([operand.number for operand in operands]),
                    relation.stated,
                    relation.computed,
                    relation.verdict,
                    relation.support,
                ),
                tabulation.number,
                missing=tuple(tabulation.locate(tabulation.place(place)) for place in relation.missing),
            )


def _line_of(relation: Relation[Place]) -> tuple[bool, int]:
    """The line that holds a total: a column where its account runs along the row (True), else a row."""
    along_row = relation.operands[0][0] == relation.target[0]
    return along_row, relation.target[1 if along_row else 0]


def _misread_lines(relations: Sequence[Relation[Place]], grid: Grid) -> frozenset[tuple[bool, int]]:
    """The totals that fail more often than they close: they add up other lines than these.

    A bare «Total» beside months can be nothing but their sum.
    """
    tally: dict[tuple[bool, int], list[int]] = defaultdict(lambda: [0, 0])
    for relation in relations:
        tally[_line_of(relation)][0] += relation.verdict is Verdict.CONTRADICTION
        tally[_line_of(relation)][1] += relation.verdict.holds and bool(relation.stated.value)
    return frozenset(
        (along_row, line)
        for (along_row, line), (failing, closing) in tally.items()
        if failing > 1
        and failing * _MOST_FAILING > closing
        and not (
            (grid.has_time_columns if along_row else grid.has_time_rows)
            and is_bare_total((grid.column_labels if along_row else grid.row_labels)[line])
        )
    )


def _is_other_kind(relation: Relation[Place], tabulation: Tabulation, grid: Grid) -> bool:
    """Whether a line called a total is none of these parts: a mean of them, one of their own totals, far from them."""
    places = [tabulation.place(place) for place in relation.operands]
    parts = [part for place in places if (part := print_of(place, tabulation)) is not None]
    target = print_of(tabulation.place(relation.target), tabulation)
    if target is None or len(parts) < 2:
        return False
    # Without its decimals, or twice what it says: the parts hold a total of the others.
    values = [part.amount.value for part in parts]
    stated = abs(relation.stated.value)
    is_double = relation.stated.value in values and abs(relation.difference + relation.stated.value) * 100 <= stated
    along_row, line = _line_of(relation)
    label = (grid.column_labels if along_row else grid.row_labels)[line]
    if any(part.unit < 1 for part in parts) != (target.unit < 1):
        return True
    # Pages a visit: with decimals, what is the mean of its parts is no total of them, whatever its line is called.
    if target.unit < 1 and abs(relation.value / len(parts) - relation.stated.value) * 2 <= target.unit:
        return True
    if is_double:
        # Among months there is no total of the others: «2, 0, 2» are never 2.
        months = (tabulation.months[place[1]] if along_row else tabulation.row_months[place[0]] for place in places)
        return not (is_bare_total(label) and all(len(named) == 1 for named in months))
    if explains_sum(target, parts) or (is_bare_total(label) and (grid.has_time_columns or grid.has_time_rows)):
        return False
    is_between = len(values) > (1 if target.unit < 1 else 2) and min(values) <= target.amount.value <= max(values)
    computed = abs(relation.value)
    return is_between or _FAR * min(stated, computed) < max(stated, computed)


def _guarded_grid(tabulation: Tabulation) -> Grid:
    """The grid with the lines that may not be added, by the catalogue of metrics."""
    grid = tabulation.grid
    rows = frozenset(
        line
        for line, row in enumerate(tabulation.body)
        if tabulation.has_time_columns and not _adds(tabulation.row_labels[row], tabulation)
    )
    columns = frozenset(
        column
        for column, label in enumerate(tabulation.column_labels)
        if tabulation.has_time_rows and not _adds(label, tabulation)
    )
    return replace(grid, not_addable_rows=rows, not_addable_columns=columns)


def _adds(label: str, tabulation: Tabulation) -> bool:
    found = find_metric(label) or find_metric(tabulation.name)
    return found is None or found.over_time is Additivity.ADDABLE


def bind_same_cells(index: Index) -> Iterator[Bond]:
    """The same thing in two tables; a thing's own card answers for its row in a list of such things too."""
    listed: dict[Subject, list[Claim]] = defaultdict(list)
    for claim in index.claims:
        if claim.is_cell and claim.scope is Scope.PART and claim.subject.entity.startswith("~"):
            listed[claim.subject].append(claim)
    for subject, whole in index.by_subject.items():
        claims = [*listed.get(subject, ()), *whole]
        if not subject.measure or subject.measure.startswith("~") or subject.period is None:
            continue
        tables: dict[int, Claim] = {}
        for claim in claims:
            tables.setdefault(claim.location.table or 0, claim)
        has_card = any(index.tabulations[table - 1].is_card for table in tables if table)
        if subject.entity.startswith("~") and not has_card:
            continue
        yield from bind_same(list(tables.values()), Tie.SAME_CELL)
        settled = index.settle(subject)
        if len(tables) == 1 and settled != subject:
            claim = next(iter(tables.values()))
            others = [other for other in index.by_subject.get(settled, ()) if other.location.table not in tables]
            yield from bind_same([*others[:1], claim], Tie.SAME_CELL)


def bind_same(claims: Sequence[Claim], tie: Tie) -> Iterator[Bond]:
    """Each of several figures of the same thing against the first of them."""
    for claim in claims[1:]:
        first = claims[0]
        stated, computed = choose_reading(claim.amount, [first.amount])
        verdict = judge(stated, computed)
        relation = Relation(Operator.RECORDED, claim.number, (first.number,), stated, computed, verdict, Support.LABEL)
        yield Bond(tie, relation, claim.location.table)


def bind_extremes(claims: Sequence[Claim], index: Index) -> Iterator[Bond]:
    """«El evento con mayor asistencia fue …, con 232», against the greatest of the table's column."""
    for claim in claims:
        if claim.scope is not Scope.EXTREME or claim.subject.measure != ATTENDEES:
            continue
        lead = sentence_at(claim.location.text, claim.location.start)
        if _LEAST.search(lead) or not COMES.search(lead):
            continue
        for tabulation in index.tabulations:
            for column in attendance_columns(tabulation):
                yield from _bind_extreme(claim, tabulation, column, index)


def _bind_extreme(claim: Claim, tabulation: Tabulation, column: int, index: Index) -> Iterator[Bond]:
    known = [
        (row, found)
        for row in tabulation.thing_rows
        if (found := index.cells[tabulation.number].get((row, column))) is not None
    ]
    if not known:
        return
    text = fold(sentence_at(claim.location.text, claim.location.start))
    names = [(fold(tabulation.line_name(row)), found) for row, found in known]
    named = [found for name, found in names if len(name) >= _SHORTEST_NAME and name in text]
    best = max((found for _, found in known), key=lambda found: found.amount.value)
    missing = any(tabulation.faces[row][column] in (Face.BLANK, Face.DECLARED) for row in tabulation.thing_rows)
    answer = named[0] if named else best
    computed = Interval(answer.amount.interval.low, answer.amount.interval.high)
    verdict = judge(claim.amount, computed, is_complete=bool(named) or not missing)
    relation = Relation(
        Operator.MAXIMUM, claim.number, (answer.number,), claim.amount, computed, verdict, Support.LABEL
    )
    yield Bond(Tie.EXTREME, relation, tabulation.number)


@dataclass(frozen=True, slots=True)
class PassageClaims:
    """The claims of one text, in order."""

    passage: int
    claims: tuple[Claim, ...]


def group_passages(claims: Sequence[Claim]) -> tuple[PassageClaims, ...]:
    """The claims of sentences, text by text."""
    groups: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.passage].append(claim)
    return tuple(PassageClaims(passage, tuple(found)) for passage, found in sorted(groups.items()))
