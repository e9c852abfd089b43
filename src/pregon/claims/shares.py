"""Percentages: shares, ratios and changes, in sentences and in the columns of a table, each with what it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations
from typing import Final

from pregon.claims.accounts import Index, accounts_of
from pregon.claims.claim import Claim, Scope
from pregon.claims.slipped_shares import is_all_but_a_slip, names_share
from pregon.claims.tabulation import Face, Tabulation
from pregon.claims.vocabulary import NETWORKS, SOCIAL, flatten
from pregon.document.location import Location
from pregon.document.model import Passage
from pregon.figures.amount import Amount, Interval
from pregon.figures.spanish import parse_amount, print_number
from pregon.relations.labels import Level, is_rate, level_of
from pregon.relations.relation import middle_of, sum_intervals

_HUNDRED: Final = Decimal(100)
_MOST_COLUMNS: Final = 8
_LEAST_CLOSING: Final = Decimal("0.6")
NUMBER: Final = r"\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
PERCENT: Final = rf"(?<![\d.,])[+−-]?\s?(?:{NUMBER}|\d+\.\d{{1,2}})\s?%"
WORDS: Final = r"[^.;:,()\d%]"
_WHOLE: Final = re.compile(
    rf",? ?\(?(?:el |un )?(?P<c>{PERCENT})\s(?:del (?P<time>trimestre|periodo|semestre|ano)|del total)\b"
)
_CHANGE: Final = re.compile(r"\bcambio|\bvariacion|\bcrecimiento|\bdiferencia|\bincremento|\baumento")
_SHARE: Final = re.compile(r"\bparticipacion\b|\bdel total\b|\bporcentaje\b|^ ?% ?$|\bdistribucion\b|\bpeso\b")
_IN_CELL: Final = re.compile(rf"^\s*(?:(?P<plain>[+−-]?\s?(?:{NUMBER}))\s*\(\s*)?(?P<percent>{PERCENT})\s*\)?\s*$")


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage as stated and where, the operands that should give it (as printed) and what they do give.

    `is_change` says that it is how much more the first is than the second. `is_sum` that the operands are shares that
    should make a hundred.
    """

    text: str
    location: Location
    name: str
    operands: tuple[tuple[str, Location], ...]
    value: Decimal
    closes: bool
    is_exact: bool
    is_change: bool = False
    is_sum: bool = False
    beside: tuple[Location, ...] = ()
    """The plain difference printed beside it, which agrees."""


def find_shares(claims: Sequence[Claim], index: Index) -> Iterator[Share]:
    """Every percentage whose operands the tables give for sure, those of sentences first."""
    yield from _of_wholes(claims, index)
    for tabulation in index.tabulations:
        yield from _in_columns(tabulation)


def read_amount(text: str) -> Amount | None:
    """A printed number; None where it is none."""
    try:
        return parse_amount(" ".join(text.split()))
    except ValueError:
        return None


def ratio_of(part: Interval, whole: Interval) -> Interval | None:
    """Hundredths of the whole that the part is; None where the whole may be nothing."""
    if whole.low <= 0 or part.low < 0:
        return None
    return Interval(part.low / whole.high * _HUNDRED, part.high / whole.low * _HUNDRED)


def change_of(now: Interval, before: Interval) -> Interval | None:
    """Hundredths of what was before by which it grew; what is now may be less than nothing."""
    if before.low <= 0:
        return None
    ends = [a / b * _HUNDRED - _HUNDRED for a in (now.low, now.high) for b in (before.low, before.high)]
    return Interval(min(ends), max(ends))


def _agrees(stated: Amount, computed: Interval) -> bool:
    """Whether a percentage prints so, rounded or cut at its last place; one without a sign may be a fall."""
    ulp = stated.ulp or Decimal(1)
    signed = stated.raw.strip()[:1] in "+−-" if stated.raw.strip() else False
    for value in (stated.value,) if signed else (stated.value, -stated.value):
        if computed.low < value + ulp and value - ulp / 2 <= computed.high:
            return True
    return False


def share_of(
    text: str,
    place: Location,
    name: str,
    operands: Sequence[tuple[str, Location]],
    computed: Interval,
    *,
    is_change: bool = False,
) -> Share | None:
    """The percentage printed as `text`, against what its operands give (`computed`, hundredths)."""
    stated = read_amount(text)
    if stated is None:
        return None
    stated = replace(stated, raw=text)
    value = middle_of(computed)
    closes = _agrees(stated, computed)
    return Share(text.strip(), place, name, tuple(operands), value, closes, abs(value) == abs(stated.value), is_change)


def stretch_of(passage: Passage, match: re.Match[str], group: str) -> Location:
    """Where a group of a match in the flattened text stands."""
    start, end = match.span(group)
    return passage.location._replace(start=start, end=end)


def _of_wholes(claims: Sequence[Claim], index: Index) -> Iterator[Share]:
    """«Octubre reunió 134, el 49,1 % del trimestre»: the figure right before, over its whole as the tables give it."""
    for claim in claims:
        if claim.amount.unit or claim.scope not in (Scope.WHOLE, Scope.EXTREME):
            continue
        end = claim.location.end or 0
        text = claim.location.text
        after = flatten(text[end:])
        words = re.match(r"[^.;:,()\d%]{0,40}", after)
        match = _WHOLE.match(after, words.end() if words else 0)
        if match is None:
            continue
        subject = index.settle(claim.subject)
        own = index.timeline.period
        wholes = [subject._replace(period=own)]
        if subject.entity in SOCIAL or not subject.entity:
            wholes += [subject._replace(entity=NETWORKS, period=own)]
        if subject.entity in SOCIAL and not match.group("time"):
            wholes += [subject._replace(entity=NETWORKS)]
        totals = [
            sum_intervals(index.claims[number].amount for number in account.operands)
            for whole in wholes
            for account in accounts_of(whole, index)
            if whole != subject and not account.missing
        ]
        start = end + match.start("c")
        place = claim.location._replace(start=start, end=end + match.end("c"))
        yield from _best_whole(claim, place, totals)


def _best_whole(claim: Claim, place: Location, totals: Sequence[Interval]) -> Iterator[Share]:
    """The whole that answers: one that closes, else the first."""
    found = []
    for total in totals:
        computed = ratio_of(claim.amount.interval, total)
        if computed is not None:
            text = print_number(middle_of(total))
            share = share_of(place.quoted, place, claim.name, [(claim.text, claim.location), (text, place)], computed)
            if share is not None:
                found.append(share)
    if found:
        yield next((share for share in found if share.closes), found[0])


@dataclass(frozen=True, slots=True)
class _Cell:
    """A percentage of a column, and the plain difference printed with it («+23 (+9,2 %)»)."""

    row: int
    text: str
    stated: Amount
    plain: Amount | None
    place: Location
    plain_place: Location


def _in_columns(tabulation: Tabulation) -> Iterator[Share]:
    """The columns of percentages: each with the columns that give it in most rows, or as shares of a whole."""
    percentages = [(column, _percentages(tabulation, column)) for column in range(1, tabulation.width)]
    percentages = [(column, cells) for column, cells in percentages if len(cells) > 1]
    columns = _figure_columns(tabulation) if percentages else []
    for column, cells in percentages:
        label = flatten(tabulation.column_labels[column])
        signature = _find_signature(tabulation, cells, [other for other in columns if other != column], label)
        if signature is not None:
            yield from _by_signature(tabulation, cells, signature)
        elif _SHARE.search(label):
            yield from _of_hundred(tabulation, column, cells)


def _figure_columns(tabulation: Tabulation) -> list[int]:
    """The columns whose figures may be the operands of a percentage."""
    return [
        column
        for column, label in enumerate(tabulation.column_labels)
        if column
        and not is_rate(label)
        and sum(_figure(tabulation, row, column) is not None for row in tabulation.body) > 1
    ][:_MOST_COLUMNS]


def _figure(tabulation: Tabulation, row: int, column: int) -> Amount | None:
    amount = tabulation.amounts[row][column]
    return amount if amount is not None and not amount.unit else None


def _percentages(tabulation: Tabulation, column: int) -> list[_Cell]:
    found = []
    for row in tabulation.body:
        cell = tabulation.table.spread[row][column]
        if cell is None or "%" not in cell.prose.text or tabulation.faces[row][column] is Face.ABSENT:
            continue
        match = _IN_CELL.match(cell.text)
        stated = read_amount(match.group("percent")) if match is not None else None
        if match is not None and stated is not None:
            plain = read_amount(match.group("plain")) if match.group("plain") else None
            text = match.group("percent").strip()
            place = beside = tabulation.locate((row, column))
            if plain is not None:
                beside = place._replace(start=match.start("plain"), end=match.end("plain"))
                place = place._replace(start=match.start("percent"), end=match.end("percent"))
            found.append(_Cell(row, text, replace(stated, raw=text), plain, place, beside))
    return found


@dataclass(frozen=True, slots=True)
class _Signature:
    """Which columns give a column of percentages, and how: a over b, a against b, or a over all of its column."""

    first: int
    second: int | None
    is_change: bool


def _compute(tabulation: Tabulation, row: int, signature: _Signature) -> Interval | None:
    now = _figure(tabulation, row, signature.first)
    if now is None:
        return None
    if signature.second is None:
        whole = _whole_of(tabulation, signature.first)
        return None if whole is None else ratio_of(now.interval, whole)
    other = _figure(tabulation, row, signature.second)
    if other is None:
        return None
    return _make(signature)(now.interval, other.interval)


def _make(signature: _Signature) -> Callable[[Interval, Interval], Interval | None]:
    return change_of if signature.is_change else ratio_of


def _whole_of(tabulation: Tabulation, column: int) -> Interval | None:
    """The sum of the rows that are parts."""
    parts = [row for row in tabulation.body if level_of(tabulation.row_labels[row]) is Level.PART]
    amounts = [amount for row in parts if (amount := _figure(tabulation, row, column)) is not None]
    return sum_intervals(amounts) if len(amounts) == len(parts) and len(parts) > 1 else None


def _find_signature(
    tabulation: Tabulation, cells: Sequence[_Cell], columns: Sequence[int], label: str
) -> _Signature | None:
    """The signature that closes in every row, or in most: three at least, two where a heading says it is a change."""
    least = 2 if _CHANGE.search(label) else 3
    pairs = list(permutations(columns, 2))
    options = [_Signature(a, b, is_change=True) for a, b in pairs] if _CHANGE.search(label) else []
    if not options:
        options = [_Signature(a, b, is_change=False) for a, b in pairs]
        options += [_Signature(column, None, is_change=False) for column in columns]
    best: tuple[int, _Signature] | None = None
    for option in options:
        judged = [
            (cell, _agrees(cell.stated, computed))
            for cell in cells
            if cell.stated.value and (computed := _compute(tabulation, cell.row, option)) is not None
        ]
        closing = sum(closes for _, closes in judged)
        is_sure = closing == len(judged) or (closing >= least and closing >= _LEAST_CLOSING * len(judged))
        is_slip = closing + 1 == len(judged) and _is_slipped(tabulation, judged, option, label, tried=len(options))
        if (is_slip or (closing > 1 and is_sure)) and (best is None or closing > best[0]):
            best = closing, option
    return None if best is None else best[1]


def _is_slipped(
    tabulation: Tabulation, judged: Sequence[tuple[_Cell, bool]], signature: _Signature, label: str, *, tried: int
) -> bool:
    """Whether a slip in one row is all that keeps a column of few shares from closing."""
    if signature.second is None:
        return False
    columns = signature.first, signature.second
    rows: dict[bool, list[list[Amount]]] = {True: [], False: []}
    for cell, closes in judged:
        amounts = (cell.stated, *(_figure(tabulation, cell.row, column) for column in columns))
        rows[closes].append([amount for amount in amounts if amount is not None])

    def closes_with(amounts: Sequence[Amount]) -> bool:
        computed = _make(signature)(amounts[1].interval, amounts[2].interval)
        return computed is not None and _agrees(amounts[0], computed)

    part, whole = (tabulation.column_labels[column] for column in columns)
    is_named = not signature.is_change and names_share(label, part, whole)
    return is_all_but_a_slip(rows[True], rows[False][0], closes_with, tried=tried, is_named=is_named)


def _by_signature(tabulation: Tabulation, cells: Sequence[_Cell], signature: _Signature) -> Iterator[Share]:
    for cell in cells:
        computed = _compute(tabulation, cell.row, signature)
        if computed is None:
            continue
        first = tabulation.locate((cell.row, signature.first))
        operands = [(first.quoted.strip(), first)]
        if signature.second is not None:
            second = tabulation.locate((cell.row, signature.second))
            operands.append((second.quoted.strip(), second))
        else:
            whole = _whole_of(tabulation, signature.first)
            operands.append((print_number(middle_of(whole)) if whole is not None else "", tabulation.locate_table()))
        found = share_of(
            cell.text, cell.place, tabulation.line_name(cell.row), operands, computed, is_change=signature.is_change
        )
        if found is not None:
            yield _with_plain(found, cell, tabulation, signature)


def _with_plain(share: Share, cell: _Cell, tabulation: Tabulation, signature: _Signature) -> Share:
    """A change is wrong too where the plain difference printed beside it is."""
    if cell.plain is None or signature.second is None or not share.closes:
        return share
    now = _figure(tabulation, cell.row, signature.first)
    before = _figure(tabulation, cell.row, signature.second)
    if now is None or before is None:
        return share
    difference = now.interval - before.interval
    if cell.plain.interval.meets(difference):
        return replace(share, beside=(cell.plain_place,))
    text = cell.plain.raw or str(cell.plain.value)
    return replace(share, closes=False, value=middle_of(difference), text=text, location=cell.plain_place)


def _of_hundred(tabulation: Tabulation, column: int, cells: Sequence[_Cell]) -> Iterator[Share]:
    """Shares of a whole, which must make a hundred but for their rounding."""
    parts = [cell for cell in cells if level_of(tabulation.row_labels[cell.row]) is Level.PART]
    totals = [cell for cell in cells if level_of(tabulation.row_labels[cell.row]) is not Level.PART]
    if len(parts) < 3 or not totals or totals[0].stated.value != _HUNDRED:
        return
    ulps = sum((cell.stated.ulp or Decimal(1) for cell in parts), Decimal(0))
    added = sum((cell.stated.value for cell in parts), Decimal(0))
    closes = abs(added - _HUNDRED) <= ulps / 2
    place = tabulation.locate((totals[0].row, column))
    operands = tuple((cell.text, tabulation.locate((cell.row, column))) for cell in parts)
    name = tabulation.column_labels[column]
    yield Share(totals[0].text, place, name, operands, added, closes, added == _HUNDRED, is_sum=True)
