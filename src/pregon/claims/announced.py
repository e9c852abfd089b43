"""Totals that a word announces and nothing else supports: one column, or lines too few to compare.

A line called a total that does not close says little by itself: it may add up other lines than those beside it. It is
taken for a broken sum of the lines right beside it only where one small slip in one of the figures explains it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile
from math import log2
from typing import Final

from pregon.claims.accounts import Index
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim
from pregon.claims.slips import Printed, explains_sum, grain_of
from pregon.claims.tabulation import Face, Tabulation
from pregon.document.prose import Operator
from pregon.relations.labels import Level, is_rate, level_of
from pregon.relations.relation import Relation, Support, Verdict, judge, sum_intervals

Place = tuple[int, int]
Figures = Mapping[Place, Claim]

_LEAST_NUMBERED: Final = 3
_LEAST_BITS: Final = 4.0
_LEAST_BITS_AGAINST: Final = 10.0
"""Evidence that a slip explains a total by chance no more than once in so many; more where it is another's sum too."""
_SLIPS_A_FIGURE: Final = 8
_MOST_PARTS: Final = 100


def figures_of(tabulation: Tabulation, index: Index) -> Figures:
    """The claims of a table by row and column."""
    claims = index.cells[tabulation.number]
    numbered = {row for row in tabulation.body[:1] if _counts_up([claims[p] for p in claims if p[0] == row])}
    return {place: claim for place, claim in claims.items() if place[0] not in numbered} if numbered else claims


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


def figures_accounted_for(known: Sequence[Bond]) -> dict[int, set[int]]:
    """By table whose announced sums all close exactly, the figures that take part in them."""
    found: dict[int, set[int]] = defaultdict(set)
    open_tables = set()
    for bond in known:
        if bond.tie is not Tie.TABLE_SUM or bond.table is None:
            continue
        if bond.relation.verdict is not Verdict.EXACT:
            open_tables.add(bond.table)
        found[bond.table].update((bond.relation.target, *bond.relation.operands))
    return {table: figures for table, figures in found.items() if table not in open_tables}


def bind_announced(tabulations: Sequence[Tabulation], index: Index, known: Sequence[Bond]) -> Iterator[Bond]:
    """The totals that words announce, that no bond of `known` decides, and that one slip keeps from closing."""
    known = [bond for bond in known if bond.table is not None]
    decided = {
        bond.relation.target
        for bond in known
        if bond.relation.verdict is Verdict.CONTRADICTION or (bond.relation.verdict.holds and _has_siblings(bond))
    }
    held = {bond.relation.target for bond in known if bond.relation.verdict.holds}
    by_table: dict[int | None, list[Bond]] = defaultdict(list)
    for each in known:
        by_table[each.table].append(each)
    accounted = figures_accounted_for(known)
    for tabulation in tabulations:
        figures = figures_of(tabulation, index)
        settled = accounted.get(tabulation.number, set())
        if settled.issuperset(claim.number for claim in figures.values()):
            continue
        members = _members_of(by_table[tabulation.number], index)
        for is_along_row in (True, False):
            axis = 1 if is_along_row else 0
            totals = list(_totals(tabulation, figures, is_along_row=is_along_row))
            side = _side_of(totals, figures, axis)
            failing: dict[int, list[Bond | None]] = defaultdict(list)
            for target, readings in totals:
                number = figures[target].number
                if number in decided or _closes(target, readings, figures):
                    continue
                proven = members.get((is_along_row, target[axis]))
                fitting = [
                    run
                    for run in readings
                    if (proven is None or proven.issuperset(place[axis] for place in run))
                    and (side is None or (run[0][axis] < target[axis]) == side)
                ]
                is_held = number in held or _repeats(target, readings, figures)
                least = _LEAST_BITS_AGAINST if is_held else _LEAST_BITS
                bond = _bind(target, fitting, figures, tabulation, least)
                if bond is not None or not (is_held or _lies_between(target, readings, figures)):
                    failing[target[axis]].append(bond)
            # One that fails twice adds up other lines than these.
            yield from (bonds[0] for bonds in failing.values() if len(bonds) == 1 and bonds[0] is not None)


def _has_siblings(bond: Bond) -> bool:
    """Whether the same account closes in the lines beside it."""
    return bond.tie is Tie.SIBLING or bond.relation.support is Support.SIBLINGS


def _side_of(totals: Sequence[tuple[Place, Sequence[tuple[Place, ...]]]], figures: Figures, axis: int) -> bool | None:
    """Whether the parts of a table's totals stand before them (True) or after; None where its totals do not tell."""
    sides = {
        run[0][axis] < target[axis]
        for target, readings in totals
        for run in readings
        if _closes(target, [run], figures)
    }
    return sides.pop() if len(sides) == 1 else None


def _members_of(known: Sequence[Bond], index: Index) -> dict[tuple[bool, int], set[int]]:
    """Of the bonds of a table: by direction and line, the lines that give it wherever its account closes."""
    found: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for bond in known:
        is_sum = bond.relation.operator is Operator.SUM
        if bond.table is None or not (is_sum and bond.relation.verdict.holds and _has_siblings(bond)):
            continue
        target = index.claims[bond.relation.target].location
        parts = [index.claims[operand].location for operand in bond.relation.operands]
        if target.row is None or target.column is None or any(part.table != bond.table for part in parts):
            continue
        if all(part.row == target.row for part in parts):
            found[True, target.column - 1] |= {part.column - 1 for part in parts if part.column}
        elif all(part.column == target.column for part in parts):
            found[False, target.row - 1] |= {part.row - 1 for part in parts if part.row}
    return found


def _totals(
    tabulation: Tabulation, figures: Figures, *, is_along_row: bool
) -> Iterator[tuple[Place, list[tuple[Place, ...]]]]:
    """Each figure of a line called a total, with the runs of parts right before it and right after it."""
    body, columns = list(tabulation.body), list(range(tabulation.width))
    labels = tabulation.column_labels if is_along_row else tabulation.row_labels
    names = tabulation.row_labels if is_along_row else tabulation.column_labels
    lines, across = (columns, body) if is_along_row else (body, columns)
    for position, line in enumerate(lines):
        if level_of(labels[line]) is Level.PART or is_rate(labels[line]):
            continue
        for other in across:
            target = (other, line) if is_along_row else (line, other)
            if target not in figures or is_rate(names[other]):
                continue
            runs = []
            for side in (lines[:position][::-1], lines[position + 1 :]):
                run = _run(side, other, labels, tabulation, figures, is_along_row=is_along_row)
                if not is_along_row:
                    runs.append(_block(run, tabulation))
                runs.append(run)
            if any(len(run) > 1 for run in runs):
                yield target, list(dict.fromkeys(run for run in runs if 0 < len(run) <= _MOST_PARTS))


def _block(run: tuple[Place, ...], tabulation: Tabulation) -> tuple[Place, ...]:
    """Of the figures that go up or down from a total, those of the block of rows beside it."""
    if not run:
        return run
    starts = sorted(tabulation.block_starts)
    own = bisect_right(starts, run[0][0])
    return tuple(takewhile(lambda place: bisect_right(starts, place[0]) == own, run))


def _run(
    side: Sequence[int],
    across: int,
    labels: Sequence[str],
    tabulation: Tabulation,
    figures: Figures,
    *,
    is_along_row: bool,
) -> tuple[Place, ...]:
    """The figures that follow on that side up to the next total, or up to a line that holds words among them."""
    run: list[Place] = []
    for line in side:
        place = (across, line) if is_along_row else (line, across)
        if level_of(labels[line]) is not Level.PART or is_rate(labels[line]):
            break
        if place in figures:
            run.append(place)
        elif run and tabulation.faces[place[0]][place[1]] is Face.WORDS:
            break
    return tuple(run)


def _closes(target: Place, readings: Sequence[tuple[Place, ...]], figures: Figures) -> bool:
    """Whether a total is that of one of the runs beside it."""
    stated = figures[target].amount
    sums = (sum_intervals(figures[place].amount for place in run) for run in readings if len(run) > 1)
    return any(judge(stated, computed).holds for computed in sums)


def _repeats(target: Place, readings: Sequence[tuple[Place, ...]], figures: Figures) -> bool:
    """Whether a total is that of the one figure beside it."""
    return any(len(run) == 1 and figures[run[0]].amount.value == figures[target].amount.value for run in readings)


def _lies_between(target: Place, readings: Sequence[tuple[Place, ...]], figures: Figures) -> bool:
    """Whether what should be a sum lies among its parts, as a mean or a rate of all would."""
    stated = figures[target].amount.value
    runs = ([figures[place].amount.value for place in run] for run in readings if len(run) > 1)
    return any(min(run) <= stated <= max(run) for run in runs)


def _bind(
    target: Place, readings: Sequence[tuple[Place, ...]], figures: Figures, tabulation: Tabulation, least: float
) -> Bond | None:
    """The bond of a total with the nearest run that one slip keeps from giving it."""
    stated = figures[target].amount
    printed = print_of(target, tabulation)
    for reading in readings:
        amounts = [figures[place].amount for place in reading]
        parts = [part for place in reading if (part := print_of(place, tabulation)) is not None]
        if printed is None or len(reading) < 2 or any(amount.unit != stated.unit for amount in amounts):
            continue
        grain = grain_of((stated, *amounts))
        bits = log2(2 * max(Decimal(1), abs(stated.value) / grain)) - log2(_SLIPS_A_FIGURE * (len(parts) + 1))
        if bits < least or not any(amount.value for amount in amounts):
            continue
        if explains_sum(printed, parts, mistyped=False):
            operands = [figures[place] for place in reading]
            relation = Relation(
                Operator.SUM,
                figures[target].number,
                tuple(operand.number for operand in operands),
                stated,
                sum_intervals(operand.amount for operand in operands),
                Verdict.CONTRADICTION,
                Support.LABEL,
            )
            return Bond(Tie.TABLE_SUM, relation, tabulation.number)
    return None
