"""Clean documents by the hundred: reports of redrawn quarters, and real tables whose marked accounts close.

The quarters of `examples` are drawn again from a seed (other publications, observations, attendances, requests, fewer
networks) and composed, without the copy of its own texts that a report of ours carries in its file. The tables are
those of AggreCol, marked by hand; their figures are printed as a Colombian office prints them.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import pregon
from pregon.document.model import Cell, Document, Heading, Table
from pregon.document.prose import Operator, Prose
from pregon.figures.amount import Amount
from pregon.figures.spanish import fold, print_number
from pregon.records.dossier import Dossier
from pregon.records.programme import Event
from pregon.records.publishing import Observation
from pregon.relations.bare import BareTable, read_bare_table
from tests.property.injections import Account, Clean, Spot, make_clean, proses_of, read_spot, spots_of

EXAMPLES: Final = Path(__file__).resolve().parents[2] / "examples"
MARKED: Final = Path(__file__).resolve().parents[3] / "shared" / "bench" / "aggregations" / "dataset.jl.gz"
MOST_FIGURES: Final = 300
"""Larger sheets are no tables of a report."""
_OPERATORS: Final = {
    "Sum": Operator.SUM,
    "Average": Operator.MEAN,
    "Division": Operator.SHARE,
    "RelativeChange": Operator.CHANGE,
}
_LEAST_SIBLINGS: Final = 3
_TOTAL_WORD: Final = re.compile(r"^(?:sub-?|grand |gran )?totals?\b|\btotal$|^(?:suma|sum)\b")


@cache
def _example_quarters() -> tuple[Dossier, ...]:
    return tuple(pregon.load_registro(path) for path in sorted(EXAMPLES.glob("registro-*.xlsx")))


def redrawn_reports(count: int, seed: int) -> Iterator[Clean]:
    """Reports of quarters that are nobody's, each composed with the two before it."""
    for number in range(count):
        rng = random.Random(f"{seed}:{number}")  # noqa: S311 -- to be had again, not secret
        gone = {channel.code for channel in _example_quarters()[-1].social_channels if rng.random() < 0.15}
        *earlier, last = [_redraw(quarter, gone, rng) for quarter in _example_quarters()]
        document = pregon.compose(last, earlier)
        found = spots_of(document)
        clean = make_clean(f"report {number}", document, [spot for spot, _ in found], list(_provenance(found)))
        if clean is not None:
            yield clean


def _redraw(dossier: Dossier, gone: set[str], rng: random.Random) -> Dossier:
    """The same office in another quarter: what it published, what was measured, who came, what was asked of it."""
    kept = {one.publication for one in dossier.commemorations}
    share = rng.uniform(0.4, 1.0)
    asked = rng.uniform(0.4, 1.0)
    return replace(
        dossier,
        publications=tuple(
            one
            for one in dossier.publications
            if one.channel not in gone and (one.reference in kept or rng.random() < share)
        ),
        observations=tuple(_redraw_observation(one, rng) for one in dossier.observations if one.channel not in gone),
        events=tuple(_redraw_event(one, rng) for one in dossier.events if rng.random() < 0.9),
        requests=tuple(one for one in dossier.requests if rng.random() < asked),
        channels=tuple(one for one in dossier.channels if one.code not in gone),
    )


def _redraw_observation(one: Observation, rng: random.Random) -> Observation:
    if one.amount is None:
        return one
    step = one.amount.ulp or Decimal(1)
    units = int(one.amount.value / step * Decimal(rng.randint(30, 300)) / 100)
    return replace(one, amount=replace(one.amount, value=units * step, raw=""))


def _redraw_event(one: Event, rng: random.Random) -> Event:
    if one.called is None or one.attended is None:
        return replace(one, attended=None if one.attended is None else rng.randint(8, 240))
    called = rng.randint(20, 260)
    return replace(one, called=called, attended=rng.randint(called // 3, called))


def _provenance(found: Sequence[tuple[Spot, Any]]) -> Iterator[Account]:
    """The accounts that the figures carry: the same one printed again, and what it is computed from."""
    printed: dict[str, list[int]] = defaultdict(list)
    for number, (_, figure) in enumerate(found):
        printed[figure.key].append(number)
    for numbers in printed.values():
        for number in numbers[1:]:
            yield Account(Operator.RECORDED, number, (numbers[0],))
    for number, (spot, figure) in enumerate(found):
        if len(figure.parts) < 2 or not all(part in printed for part in figure.parts):
            continue
        operands = tuple(_nearest(spot, printed[part], found) for part in figure.parts)
        yield Account(figure.operator, number, operands)


def _nearest(spot: Spot, numbers: Sequence[int], found: Sequence[tuple[Spot, Any]]) -> int:
    """Of the places where a part is printed, the one nearest to its whole."""
    return min(numbers, key=lambda number: abs(found[number][0].block - spot.block))


def marked_tables(ground: Path, *, most: int = MOST_FIGURES) -> Iterator[Clean]:
    """Each table that has a marked sum and of whose marked accounts none fails: sums to the unit, quotients rounded."""
    with gzip.open(ground, "rt", encoding="utf-8") as lines:
        for line in lines:
            written = json.loads(line)
            bare = read_bare_table(written["table_array"])
            marks = written["aggregation_annotations"]
            figures = sum(amount is not None for row in bare.amounts for amount in row)
            if figures > most or not any(mark["operator"] == "Sum" for mark in marks):
                continue
            clean = _make_table(written["file_name"], written["table_array"], bare, marks)
            if clean is not None:
                yield clean


def _make_table(
    name: str, texts: Sequence[Sequence[str]], bare: BareTable, marks: Sequence[dict[str, Any]]
) -> Clean | None:
    width = max(map(len, texts))
    rows = tuple(
        tuple(Cell(Prose(_print_cell(text, bare.amounts[row][column]))) for column, text in enumerate(line))
        + (Cell(),) * (width - len(line))
        for row, line in enumerate(texts)
    )
    document = Document((Heading(0, Prose("Cuadro")), Table(rows)))
    spots: list[Spot] = []
    at: dict[tuple[int, int], int] = {}
    for block, row, cell, place, prose in proses_of(document):
        read = read_spot(prose.text) if block and bare.amounts[row][cell] is not None else None
        if read is not None:
            start, end, value, decimals, unit = read
            at[row, cell] = len(spots)
            spots.append(Spot(block, row, cell, start, end, prose.text[start:end], value, decimals, unit, place))
    accounts = list(_marked_accounts(marks, bare, at))
    return make_clean(name, document, spots, accounts, strict=True) if accounts else None


def _print_cell(text: str, amount: Amount | None) -> str:
    """A figure as a Colombian office prints it, with its decimals; years and words as they are."""
    if amount is None or (len(text.strip()) == 4 and text.strip().isdigit()):
        return text
    decimals = max(0, -int(amount.value.as_tuple().exponent))
    return f"{print_number(amount.value, decimals=decimals)}{amount.unit}"


def _marked_accounts(
    marks: Sequence[dict[str, Any]], bare: BareTable, at: dict[tuple[int, int], int]
) -> Iterator[Account]:
    siblings = Counter(map(_signature, marks))
    for mark in marks:
        target = at.get((mark["aggregator_index"][0], mark["aggregator_index"][1]))
        operands = tuple(at[row, column] for row, column in mark["aggregatee_indices"] if (row, column) in at)
        if target is None or not operands:
            continue
        operator = _OPERATORS[mark["operator"]]
        if operator is Operator.CHANGE:
            operands = operands[::-1]
        is_announced = siblings[_signature(mark)] > _LEAST_SIBLINGS or _says_so(mark, bare, at)
        yield Account(operator, target, operands, is_announced)


def _signature(mark: dict[str, Any]) -> tuple[Any, ...]:
    """What lines of the same account share: the operator and, along rows, the columns; along columns, the rows."""
    row, column = mark["aggregator_index"]
    cells = mark["aggregatee_indices"]
    along_row = all(place[0] == row for place in cells)
    axis = 1 if along_row else 0
    return mark["operator"], along_row, (row, column)[axis], tuple(sorted({place[axis] for place in cells}))


def _says_so(mark: dict[str, Any], bare: BareTable, at: dict[tuple[int, int], int]) -> bool:
    """Whether its line is called a total, and its parts stand right beside it, with no other figure between."""
    row, column = mark["aggregator_index"]
    cells = {(place[0], place[1]) for place in mark["aggregatee_indices"]}
    along_row = all(place[0] == row for place in cells)
    label = (bare.column_labels[column] if along_row else bare.row_labels[row]).rsplit("\n", 1)[-1]
    if not _TOTAL_WORD.search(fold(label)):
        return False
    lines = {place[1] if along_row else place[0] for place in cells} | {column if along_row else row}
    between = [(row, line) if along_row else (line, column) for line in range(min(lines), max(lines) + 1)]
    own = column if along_row else row
    return own in (min(lines), max(lines)) and all(
        place in cells or place == (row, column) or place not in at for place in between
    )
