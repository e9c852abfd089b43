"""Totals that a word announces and nothing else supports: one column, or lines too few to compare.

A line called a total that does not close says little by itself: it may add up other lines than those beside it. It is
taken for a broken sum of the lines right beside it only where one small slip in one of the figures explains it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import log2
from typing import Final

from pregon.claims.accounts import Index
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim
from pregon.claims.slips import Printed, explains_sum, unit_of
from pregon.claims.tabulation import Face, Tabulation
from pregon.document.prose import Operator
from pregon.relations.labels import Level, is_rate, level_of
from pregon.relations.relation import Relation, Support, Verdict, judge, sum_intervals

Place = tuple[int, int]
Figures = Mapping[Place, Claim]

_LEAST_NUMBERED: Final = 3
_LEAST_BITS: Final = 4.0
_SLIPS_A_FIGURE: Final = 8
_MOST_PARTS: Final = 100


def figures_of(tabulation: Tabulation, index: Index) -> dict[Place, Claim]:
    """The claims of a table by row and column."""
    places = ((row, column) for row in tabulation.body for column in range(tabulation.width))
    found = ((place, index.by_place.get((tabulation.number, *place))) for place in places)
    claims = {place: claim for place, claim in found if claim is not None}
    numbered = {row for row in tabulation.body[:1] if _counts_up([claims[p] for p in claims if p[0] == row])}
    return {place: claim for place, claim in claims.items() if place[0] not in numbered}


def _counts_up(claims: Sequence[Claim]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3, 4."""
    values = [claim.amount.value for claim in claims]
    return len(values) > _LEAST_NUMBERED and all(after == value + 1 for value, after in pairwise(values))


def print_of(place: Place, tabulation: Tabulation) -> Printed | None:
    """A figure of a table with those beside it."""
    row, column = place
    amount = tabulation.amounts[row][column]
    around = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
    beside = frozenset(
        near.value
        for line, at in around
        if 0 <= line < len(tabulation.amounts) and 0 <= at < tabulation.width
        if (near := tabulation.amounts[line][at]) is not None
    )
    return None if amount is None else Printed(amount, beside)


def bind_announced(tabulations: Sequence[Tabulation], index: Index, known: Sequence[Bond]) -> Iterator[Bond]:
    """The totals that words announce, that no bond of `known` gives, and that one slip keeps from closing."""
    given = {bond.relation.target for bond in known if bond.table is not None}
    for tabulation in tabulations:
        figures = figures_of(tabulation, index)
        for is_along_row in (True, False):
            failing: dict[int, list[Bond]] = defaultdict(list)
            for target, readings in _totals(tabulation, figures, is_along_row=is_along_row):
                if figures[target].number not in given:
                    failing[target[1 if is_along_row else 0]] += _bind(target, readings, figures, tabulation)
            # One that fails twice adds up other lines than these.
            yield from (bonds[0] for bonds in failing.values() if len(bonds) == 1)


def _totals(
    tabulation: Tabulation, figures: Figures, *, is_along_row: bool
) -> Iterator[tuple[Place, list[tuple[Place, ...]]]]:
    """Each figure of a line called a total, with the runs of parts right before it and right after it."""
    body, columns = list(tabulation.body), list(range(tabulation.width))
    labels = tabulation.column_labels if is_along_row else tabulation.row_labels
    lines, across = (columns, body) if is_along_row else (body, columns)
    for position, line in enumerate(lines):
        if level_of(labels[line]) is Level.PART or is_rate(labels[line]):
            continue
        for other in across:
            target = (other, line) if is_along_row else (line, other)
            if target not in figures:
                continue
            runs = []
            for side in (lines[:position][::-1], lines[position + 1 :]):
                run = _run(side, other, labels, tabulation, figures, is_along_row=is_along_row)
                if 1 < len(run) <= _MOST_PARTS:
                    runs.append(run)
            if runs:
                yield target, runs


def _run(
    side: Sequence[int],
    across: int,
    labels: Sequence[str],
    tabulation: Tabulation,
    figures: Figures,
    *,
    is_along_row: bool,
) -> tuple[Place, ...]:
    """The figures that follow on that side up to the next total, or to a line that holds words there."""
    run: list[Place] = []
    for line in side:
        place = (across, line) if is_along_row else (line, across)
        if level_of(labels[line]) is not Level.PART or is_rate(labels[line]):
            break
        if place in figures:
            run.append(place)
        elif tabulation.faces[place[0]][place[1]] is Face.WORDS:
            break
    return tuple(run)


def _bind(
    target: Place, readings: Sequence[tuple[Place, ...]], figures: Figures, tabulation: Tabulation
) -> Iterator[Bond]:
    stated = figures[target].amount
    printed = print_of(target, tabulation)
    explained = []
    for reading in readings:
        amounts = [figures[place].amount for place in reading]
        if any(amount.unit != stated.unit for amount in amounts) or printed is None:
            continue
        if judge(stated, sum_intervals(amounts)).holds:
            return
        parts = [part for place in reading if (part := print_of(place, tabulation)) is not None]
        bits = log2(2 * max(Decimal(1), abs(stated.value) / unit_of(stated))) - log2(_SLIPS_A_FIGURE * (len(parts) + 1))
        if bits >= _LEAST_BITS and explains_sum(printed, parts, mistyped=False):
            explained.append(reading)
    if len(explained) != 1:
        return
    operands = [figures[place] for place in explained[0]]
    relation = Relation(
        Operator.SUM,
        figures[target].number,
        tuple(operand.number for operand in operands),
        stated,
        sum_intervals(operand.amount for operand in operands),
        Verdict.CONTRADICTION,
        Support.LABEL,
    )
    yield Bond(Tie.TABLE_SUM, relation, tabulation.number)
