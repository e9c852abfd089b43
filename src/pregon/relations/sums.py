"""Finding sums: a line (column or row) that states what others add up to, tested in every line across it.

The unit is the *signature*: one total line and its member lines. It is chosen where it closes most often, and then
kept where it does not: that is how a broken sum is found among holding siblings.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, takewhile
from math import log2
from typing import Final

from pregon.document.prose import Operator
from pregon.figures.amount import Amount
from pregon.relations.grid import Grid, Place
from pregon.relations.labels import Level, is_bare_total, is_name, is_rate, level_of
from pregon.relations.relation import Relation, Support, Verdict, judge, sum_intervals

_BITS_WITHOUT_LABEL: Final = 24.0
"""Evidence asked of a sum that no word announces: a chance of one in sixteen million."""
_MOST_BITS: Final = 14.0
_MANY_TOTALS: Final = 100
_REACH: Final = 100
"""Where more lines than so many are called totals, each is looked for among so many on either side."""


@dataclass(frozen=True)
class _Signature:
    """A total column and its member columns, with what every row makes of them."""

    target: int
    members: tuple[int, ...]
    relations: tuple[Relation[Place], ...]

    @cached_property
    def closing(self) -> int:
        return sum([relation.verdict.holds and bool(relation.stated.value) for relation in self.relations])

    @cached_property
    def broken(self) -> int:
        return sum([relation.verdict is Verdict.CONTRADICTION for relation in self.relations])


def find_sums(grid: Grid) -> tuple[Relation[Place], ...]:
    """Every sum of a grid, first those along its rows (total columns), then along its columns (total rows).

    Holding, broken and undecidable instances alike; places are (row, column) of the grid.
    """
    along_rows = tuple(_find_total_columns(grid))
    along_columns = tuple(_turn(relation) for relation in _find_total_columns(grid.transposed()))
    return (*along_rows, *along_columns)


def _turn(relation: Relation[Place]) -> Relation[Place]:
    def turned(place: Place) -> Place:
        return place[1], place[0]

    return Relation(
        relation.operator,
        turned(relation.target),
        tuple(map(turned, relation.operands)),
        relation.stated,
        relation.computed,
        relation.verdict,
        relation.support,
        tuple(map(turned, relation.missing)),
    )


def _find_total_columns(grid: Grid) -> Iterator[Relation[Place]]:
    levels = [level_of(label) for label in grid.column_labels]
    usable = [column for column in range(len(levels)) if _is_usable(grid, column)]
    found = False
    targets = [column for column in usable if levels[column] is not Level.PART]
    for target in targets:
        near = _near_lines(target, targets, usable)
        readings = chain(_readings(target, near, levels, grid.column_starts), _with_rates(target, usable, levels))
        chosen = _choose(grid, list(_try(grid, target, readings)))
        if chosen is not None:
            found = True
            runs = [] if chosen.closing else list(_runs_beside(target, near, levels, grid.column_starts))
            yield from (relation for relation in chosen.relations if not _states_one(relation, runs, grid))
    if not found and not any(levels):
        yield from _find_unannounced(grid, usable)


def _near_lines(target: int, targets: list[int], usable: list[int]) -> list[int]:
    """The lines a total may be of; in a table of very many totals, all of them only for the first and the last."""
    if len(targets) <= _MANY_TOTALS or target in (targets[0], targets[-1]):
        return usable
    at = bisect_left(usable, target)
    return usable[max(0, at - _REACH) : at + _REACH + 1]


def _is_usable(grid: Grid, column: int) -> bool:
    label = grid.column_labels[column]
    if is_rate(label) or (is_name(label) and level_of(label) is Level.PART):
        return False
    return any(line[column] is not None or (row, column) in grid.blanks for row, line in enumerate(grid.amounts))


def _readings(target: int, usable: list[int], levels: list[Level], starts: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """The member columns a labelled total may mean, likeliest first: what precedes it, then what follows it.

    Last come the blocks beside it: the columns up to where one of `starts` begins a block.
    """
    before = [column for column in usable if column < target]
    after = [column for column in usable if column > target]
    seen: set[tuple[int, ...]] = set()
    for side in (before[::-1], after):
        run: list[int] = []
        for column in side:
            if levels[column] >= levels[target]:
                break
            run.append(column)
        whole = [column for column in side if levels[column] < levels[target]]
        for reach in (run, whole, side):
            for members in (
                tuple(sorted(column for column in reach if levels[column] is Level.PART)),
                tuple(sorted(column for column in reach if levels[column] is Level.SUBTOTAL)),
                tuple(sorted(column for column in reach if levels[column] is Level.TOTAL)),
            ):
                if len(members) > 1 and members not in seen:
                    seen.add(members)
                    yield members
    for block in block_beside(target, usable, starts):
        members = tuple(sorted(column for column in block if levels[column] is Level.PART))
        if len(members) == len(block) > 1 and members not in seen:
            seen.add(members)
            yield members


def _runs_beside(
    target: int, usable: list[int], levels: list[Level], starts: frozenset[int]
) -> Iterator[Sequence[int]]:
    """The parts before a total and those after it, up to the next total and up to the end of the block."""
    for side in (reversed([column for column in usable if column < target]), (c for c in usable if c > target)):
        yield list(takewhile(lambda column: levels[column] is Level.PART, side))
    yield from block_beside(target, usable, starts)


def _states_one(relation: Relation[Place], runs: Sequence[Sequence[int]], grid: Grid) -> bool:
    """Whether a total that does not close is that of the one figure beside it."""
    if relation.verdict is not Verdict.CONTRADICTION:
        return False
    line = grid.amounts[relation.target[0]]
    beside = ([amount.value for column in run if (amount := line[column]) and amount.value] for run in runs)
    return [relation.stated.value] in beside


def _with_rates(target: int, usable: list[int], levels: list[Level]) -> Iterator[tuple[int, ...]]:
    """The parts on either side with those whose long names only speak of a rate, where there are such."""
    known = set(usable)
    for side in (range(target - 1, -1, -1), range(target + 1, len(levels))):
        run = tuple(sorted(takewhile(lambda column: levels[column] is Level.PART, side)))
        if len(run) > 1 and not known.issuperset(run):
            yield run


def block_beside(target: int, lines: Sequence[int], starts: frozenset[int]) -> Iterator[list[int]]:
    """The lines of the block before a line and of the block after it, nearest first."""
    if not starts:
        return
    before: list[int] = []
    for line in reversed([line for line in lines if line < target]):
        before.append(line)
        if line in starts:
            yield before
            break
    after: list[int] = []
    for line in (line for line in lines if line > target):
        if after and line in starts:
            yield after
            break
        after.append(line)


def _try(grid: Grid, target: int, readings: Iterable[tuple[int, ...]]) -> Iterator[_Signature]:
    """What each reading gives, up to the first that no later one can better: it closes wherever something is stated."""
    stated = sum(amount is not None and bool(amount.value) for amount in (line[target] for line in grid.amounts))
    for members in readings:
        signature = _test(grid, target, members, Support.LABEL)
        yield signature
        if stated and signature.closing == stated and not signature.broken:
            return


def _test(grid: Grid, target: int, members: tuple[int, ...], support: Support) -> _Signature:
    tested = (_test_row(grid, row, target, members, support) for row in range(len(grid.amounts)))
    return _Signature(target, members, tuple(relation for relation in tested if relation is not None))


def _test_row(grid: Grid, row: int, target: int, members: tuple[int, ...], support: Support) -> Relation[Place] | None:
    line = grid.amounts[row]
    stated = line[target]
    printed = [(column, amount) for column in members if (amount := line[column]) is not None]
    missing = tuple((row, column) for column in members if line[column] is None)
    if stated is None or not printed or is_rate(grid.row_labels[row]):
        return None
    parts = [amount for _, amount in printed]
    if {part.unit for part in parts} != {stated.unit}:
        return None
    if not missing and len(printed) < 2:
        return None
    # A place that is neither a figure nor a blank (a dash, words) is no part: nothing is missing there.
    missing = tuple(place for place in missing if place in grid.blanks)
    computed = sum_intervals(parts)
    verdict = judge(stated, computed, is_complete=not missing)
    if row in grid.not_addable_rows and not _is_impossible(stated, parts, missing):
        if not missing or verdict.holds:
            return None
        verdict = Verdict.UNDECIDED
    operands = tuple([(row, column) for column, _ in printed])
    return Relation(Operator.SUM, (row, target), operands, stated, computed, verdict, support, missing)


def _is_impossible(stated: Amount, parts: list[Amount], missing: tuple[Place, ...]) -> bool:
    """Whether people counted over a longer time are fewer than over a part of it, or more than all parts together."""
    most = max(part.interval.low for part in parts)
    whole = sum((part.interval.high for part in parts), Decimal(0))
    return stated.interval.high < most or (not missing and stated.interval.low > whole)


def _choose(grid: Grid, signatures: list[_Signature]) -> _Signature | None:
    """The reading that closes in most rows; where none closes, the nearest one that its label alone can carry."""
    best = max(
        (signature for signature in signatures if signature.relations),
        key=lambda signature: (signature.closing, -signature.broken),
        default=None,
    )
    if best is None:
        return None
    if best.closing and best.closing >= best.broken:
        return _supported(best)
    label = grid.column_labels[best.target]
    near = next(signature for signature in signatures if signature.relations)
    if is_bare_total(label) and (grid.has_time_columns or (near.broken <= 1 and not grid.has_time_rows)):
        return best if best.closing else near
    undecided = tuple(relation for relation in near.relations if relation.verdict is Verdict.UNDECIDED)
    if near.broken == 0 and undecided:
        return near
    # A broken line among few: with one sibling that holds the words decide.
    return _supported(best) if best.closing and best.broken <= 2 * best.closing else None


def _supported(signature: _Signature) -> _Signature:
    """Note on each relation whether its siblings hold."""
    closing = signature.closing
    relations = tuple(
        Relation(
            relation.operator,
            relation.target,
            relation.operands,
            relation.stated,
            relation.computed,
            relation.verdict,
            Support.SIBLINGS if closing > relation.verdict.holds else relation.support,
            relation.missing,
        )
        for relation in signature.relations
    )
    return _Signature(signature.target, signature.members, relations)


def _find_unannounced(grid: Grid, usable: list[int]) -> Iterator[Relation[Place]]:
    """Sums without a word: only a last or first column that all the others give in line after line."""
    if len(usable) < 3:
        return
    for target, members in ((usable[-1], tuple(usable[:-1])), (usable[0], tuple(usable[1:]))):
        if grid.column_labels[target] and grid.has_time_columns:
            continue
        signature = _test(grid, target, members, Support.ARITHMETIC)
        bits = sum(_bits(grid, relation) for relation in signature.relations)
        if signature.closing >= 3 and signature.broken <= signature.closing // 3 and bits >= _BITS_WITHOUT_LABEL:
            yield from signature.relations
            return


def _bits(grid: Grid, relation: Relation[Place]) -> float:
    """How unlikely it is that this account closes by chance, in bits; a broken one counts against."""
    if relation.verdict is Verdict.CONTRADICTION:
        return -5.0
    parts = [grid.amounts[row][column] for row, column in relation.operands]
    if sum(1 for part in parts if part is not None and part.value) < 2 or not relation.stated.value:
        return 0.0
    width = relation.computed.high - relation.computed.low + max(relation.stated.ulp, Decimal(1))
    return max(0.0, min(_MOST_BITS, -log2(float(width / (2 * abs(relation.stated.value))))))
