"""Means: «un promedio de 65 personas por evento», the column «Promedio», and every account that could give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.claims.accounts import Index, accounts_of, attendance_columns
from pregon.claims.claim import Claim, Scope, Subject
from pregon.claims.tabulation import Face, Tabulation
from pregon.claims.vocabulary import ATTENDEES, EVENTS, find_measures, flatten
from pregon.document.location import Location
from pregon.figures.amount import Amount, Interval
from pregon.relations.labels import Level, is_rate, level_of
from pregon.relations.relation import middle_of, sum_intervals

_PER: Final = re.compile(r"\b(?:por|cada|al|mensual(?:es)?)\b(?:\s+(?P<thing>[a-z]+))?")
_MEAN_LABEL: Final = re.compile(r"^(?:promedio|media)(?:\s+(?:mensual|por mes|del trimestre|trimestral))?\W*$")
_MONTHLY: Final = re.compile(r"mes(?:es)?|mensual(?:es)?")

_ROUND_ZEROS: Final = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """An account that a mean might come from: a total over a count, and their places."""

    total: Interval
    count: int
    places: tuple[Location, ...]

    @property
    def quotient(self) -> Interval:
        """What the account gives."""
        return Interval(self.total.low / self.count, self.total.high / self.count)

    @property
    def value(self) -> Decimal:
        """The middle of the quotient."""
        return middle_of(self.total) / self.count


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean as stated, where, of what (`measure`) by what (`thing`, a Spanish plural), and the accounts tried.

    `is_settled` says that the accounts hold every figure they need, so that none of them closing is a contradiction.
    """

    stated: Amount
    text: str
    location: Location
    name: str
    measure: str
    thing: str
    trials: tuple[Trial, ...]
    is_settled: bool

    @property
    def closing(self) -> Trial | None:
        """The first account that gives the mean, rounded or cut at its last place shown."""
        return next((trial for trial in self.trials if gives(trial.quotient, self.stated)), None)


def gives(quotient: Interval, stated: Amount) -> bool:
    """Whether a quotient prints as stated, rounded or cut: a whole number stands for what rounds or is cut to it."""
    ulp = stated.ulp or _last_place(stated.value)
    return quotient.low < stated.value + ulp and stated.value - ulp / 2 <= quotient.high


def _last_place(value: Decimal) -> Decimal:
    """The place a whole number seems rounded to: «32.000» to thousands, «65» to units."""
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10**zeros) if _ROUND_ZEROS <= zeros < len(digits) else Decimal(1)


def find_means(claims: Sequence[Claim], index: Index) -> Iterator[Mean]:
    """Every mean of the document for which some account can be tried, those of sentences first."""
    for claim in claims:
        if not claim.is_cell and claim.scope is Scope.MEAN and not claim.amount.unit:
            mean = _mean_in_prose(claim, claims, index)
            if mean is not None:
                yield mean
    for tabulation in index.tabulations:
        yield from _means_in_table(tabulation)


def _mean_in_prose(claim: Claim, claims: Sequence[Claim], index: Index) -> Mean | None:
    thing = _thing_of(claim)
    measure = claim.subject.measure or (ATTENDEES if thing == EVENTS else "")
    near = [other for other in claims if not other.is_cell and other.location.section == claim.location.section]
    if thing == EVENTS and measure == ATTENDEES:
        trials, settled = _by_event(claim, near, index)
        noun = "eventos"
    elif thing == "month" and measure:
        trials, settled = _by_month(claim, near, index)
        noun = "meses"
    else:
        return None
    if not trials:
        return None
    distinct = tuple(dict.fromkeys(trials))
    return Mean(claim.amount, claim.text, claim.location, "", measure, noun, distinct, settled)


def _thing_of(claim: Claim) -> str:
    """What a mean is taken over: events, months; "" where the words do not say."""
    text = flatten(claim.location.text)
    after = re.split(r"[.;\n(]", text[claim.location.end or 0 :], maxsplit=1)[0][:60]
    before = re.split(r"[.;\n]", text[: claim.location.start])[-1]
    for words in (after, before):
        for match in _PER.finditer(words):
            thing = match.group("thing") or match.group()
            if _MONTHLY.fullmatch(thing) or match.group().startswith("mensual"):
                return "month"
            if any(term.code == EVENTS for term in find_measures(thing)):
                return EVENTS
    return ""


def _by_event(claim: Claim, near: Sequence[Claim], index: Index) -> tuple[list[Trial], bool]:
    """The people said or listed, over the events said or listed."""
    totals = [other for other in near if other.subject.measure == ATTENDEES and other.scope is Scope.WHOLE]
    counts = [
        other
        for other in near
        if other.subject.measure == EVENTS and other.scope is Scope.WHOLE and 0 < other.amount.value < 1000
    ]
    tables = [
        (tabulation, column)
        for tabulation in index.tabulations
        if tabulation.section == claim.location.section
        for column in attendance_columns(tabulation)
    ]
    trials = [_over(total, int(count.amount.value), count.location) for total in totals for count in counts]
    settled = bool(trials)
    listed: list[Trial] = []
    for tabulation, column in tables:
        known = [row for row in tabulation.thing_rows if tabulation.amounts[row][column] is not None]
        if not known:
            continue
        amounts = [amount for row in known if (amount := tabulation.amounts[row][column]) is not None]
        places = tuple(tabulation.locate((row, column)) for row in known)
        added = sum_intervals(amounts)
        sizes = dict.fromkeys((len(known), len(tabulation.thing_rows)))
        listed += [Trial(added, size, places) for size in sizes]
        everything = len(tabulation.thing_rows)
        trials += [_over(total, everything, tabulation.locate_table()) for total in totals]
        settled = settled or len(known) == len(tabulation.thing_rows)
    # The account of the table over those with data is told second, right after what the sentences say.
    return [*trials[:1], *listed, *trials[1:]], settled


def _over(total: Claim, count: int, place: Location) -> Trial:
    return Trial(total.amount.interval, count, (total.location, place))


def _by_month(claim: Claim, near: Sequence[Claim], index: Index) -> tuple[list[Trial], bool]:
    """The months of the period, added, over how many they are; where no table has them, the total that is said near."""
    subject = index.settle(claim.subject)
    period = subject.period
    if period is None or len(period.months) < 2:
        return [], False
    trials = []
    settled = False
    for account in accounts_of(subject, index):
        operands = [index.claims[number] for number in account.operands]
        added = sum_intervals(operand.amount for operand in operands)
        places = tuple(operand.location for operand in operands)
        months = len(period.months)
        trials += [Trial(added, count, places) for count in dict.fromkeys((months - account.missing, months)) if count]
        settled = settled or not account.missing
    if not trials:
        said = [other for other in near if other.scope is Scope.WHOLE and _is_same_thing(other, claim, subject, index)]
        trials = [_over(total, len(period.months), total.location) for total in said]
        settled = bool(trials)
    return trials, settled


def _is_same_thing(other: Claim, mean: Claim, subject: Subject, index: Index) -> bool:
    """Whether a figure is what a mean divided: the same over the same time, said before it in its text or the last."""
    return (
        not other.amount.unit
        and 0 <= mean.passage - other.passage <= 1
        and other.number < mean.number
        and other.amount.value >= mean.amount.value
        and index.settle(other.subject) == subject
    )


def _means_in_table(tabulation: Tabulation) -> Iterator[Mean]:
    """The column «Promedio» of a table by months, and the row «Promedio» under things or months."""
    body = [row for row in tabulation.body if not is_rate(tabulation.row_labels[row])]
    for column, label in enumerate(tabulation.column_labels):
        if not tabulation.has_time_columns or not _MEAN_LABEL.match(flatten(label).strip()):
            continue
        parts = [place for place, months in enumerate(tabulation.months) if len(months) == 1]
        for row in body:
            yield from _mean_of_cells(tabulation, (row, column), [(row, part) for part in parts])
    for row in tabulation.body:
        if not _MEAN_LABEL.match(flatten(tabulation.row_labels[row]).strip()):
            continue
        above = [line for line in body if line < row and level_of(tabulation.row_labels[line]) is Level.PART]
        for column in tabulation.figure_columns:
            if column or not tabulation.has_label_column:
                yield from _mean_of_cells(tabulation, (row, column), [(line, column) for line in above])


def _mean_of_cells(tabulation: Tabulation, place: tuple[int, int], parts: Sequence[tuple[int, int]]) -> Iterator[Mean]:
    stated = tabulation.amounts[place[0]][place[1]]
    if stated is None:
        return
    known = [(part, amount) for part in parts if (amount := tabulation.amounts[part[0]][part[1]]) is not None]
    blank = sum(tabulation.faces[row][column] in (Face.BLANK, Face.DECLARED) for row, column in parts)
    if len(known) < 2 or len(known) + blank != len(parts) or any(a.unit != stated.unit for _, a in known):
        return
    added = sum_intervals(amount for _, amount in known)
    places = tuple(tabulation.locate(part) for part, _ in known)
    trials = tuple(Trial(added, count, places) for count in dict.fromkeys((len(known), len(parts))))
    location = tabulation.locate(place)
    name = location.row_label if tabulation.has_time_columns else location.column_label
    thing = "meses" if tabulation.has_time_columns or tabulation.has_time_rows else "filas"
    yield Mean(stated, location.quoted.strip(), location, name, "", thing, trials, is_settled=True)
