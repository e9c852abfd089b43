"""Finding the aggregations of any table: sums, means, shares and changes, along rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pregon.document.prose import Operator
from pregon.figures.amount import Amount, Interval
from pregon.relations.grid import Place
from pregon.relations.lines import Aggregate, Lines, make_lines
from pregon.relations.means import find_means
from pregon.relations.ratios import find_ratios
from pregon.relations.relation import Relation, Support, judge
from pregon.relations.totals import find_totals


def find_relations(
    grid: Sequence[Sequence[Amount | None]],
    row_labels: Sequence[str],
    column_labels: Sequence[str],
    blanks: frozenset[Place] = frozenset(),
) -> tuple[Relation[Place], ...]:
    """Every aggregation of a table, its lines of labels included or not; places are (row, column)."""
    columns, rows = make_lines(grid, row_labels, column_labels, blanks)
    found: list[Relation[Place]] = []
    for lines in (columns, rows):
        totals = find_totals(lines)
        taken = _marked(lines, totals)
        aggregates = [*totals, *find_means(lines, taken)]
        aggregates += find_ratios(lines, _marked(lines, aggregates))
        for aggregate in aggregates:
            found.extend(_relations_of(lines, aggregate, grid))
    # A total may be found by its name and by its place, the same both times.
    return tuple({(relation.operator, relation.target, relation.operands): relation for relation in found}.values())


def _marked(lines: Lines, aggregates: Sequence[Aggregate]) -> list[bytearray]:
    """The figures, line × place, that are aggregates."""
    marks = [bytearray(lines.width) for _ in lines.values]
    for aggregate in aggregates:
        for across in aggregate.members:
            marks[aggregate.line][across] = 1
    return marks


def _relations_of(
    lines: Lines, aggregate: Aggregate, grid: Sequence[Sequence[Amount | None]]
) -> Iterator[Relation[Place]]:
    support = Support.ARITHMETIC
    if aggregate.is_labelled:
        support = Support.LABEL
    elif aggregate.hits > 1:
        support = Support.SIBLINGS
    for across, members in aggregate.members.items():
        target = lines.place(aggregate.line, across)
        stated = grid[target[0]][target[1]]
        places = tuple(lines.place(member, across) for member in members)
        computed = _compute(aggregate, places, grid)
        if stated is None or computed is None:
            continue
        missing = tuple(place for place in places if grid[place[0]][place[1]] is None)
        verdict = judge(stated, computed)
        yield Relation(aggregate.operator, target, places, stated, computed, verdict, support, missing)


def _compute(aggregate: Aggregate, places: Sequence[Place], grid: Sequence[Sequence[Amount | None]]) -> Interval | None:
    """The interval of the account, in the units of the printed result; None where it cannot be made."""
    parts = [(amount.value, amount.ulp / 2) for row, column in places if (amount := grid[row][column]) is not None]
    low = sum((value - half for value, half in parts), Decimal(0))
    high = sum((value + half for value, half in parts), Decimal(0))
    if aggregate.operator is Operator.SUM:
        return Interval(low, high)
    if aggregate.operator is Operator.MEAN:
        return Interval(low / len(parts), high / len(parts)) if parts else None
    if len(parts) < 2:
        return None
    (upper, upper_half), (lower, lower_half) = parts
    if abs(lower) <= lower_half:
        return None
    ends = [
        aggregate.factor * (upper + above) / (lower + below)
        for above in (-upper_half, upper_half)
        for below in (-lower_half, lower_half)
    ]
    shift = aggregate.factor if aggregate.operator is Operator.CHANGE else 0
    return Interval(min(ends) - shift, max(ends) - shift)
