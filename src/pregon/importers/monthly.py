"""Days become months: only whole ones, only of what may be added, and a day told by two files is settled or asked.

A month with a day missing is not recorded as if it were whole, and it is said which days are missing. The reach of
each day never makes the month's: the same person is in two days. Where two files tell the same day apart, the file
that reaches further is the later export and its figure stands; the difference is told cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.metric import Additivity, metric
from pregon.figures.period import Period, PeriodKind
from pregon.figures.spanish import count_of, join_words, print_amount, print_date
from pregon.importers.base import Birth, ImportedObservation
from pregon.records.organisation import Platform
from pregon.records.publishing import ObservationStatus
from pregon.registro.vocabulary import PLATFORMS

_MOST_NAMED: Final = 4
"""How many days or cells are named one by one before they are only counted."""


class Settled(StrEnum):
    """How a cell that two files tell was settled."""

    SAME = "same"
    NEWER = "newer"
    """They differ, and the file that reaches further stands."""
    UNSETTLED = "unsettled"
    """They differ and nothing says which is newer: neither stands."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A metric's day or period that several files tell: the figures, file by file, and how it was settled."""

    platform: Platform
    account: str
    metric: str
    period: Period
    told: tuple[tuple[str, Amount | None], ...]
    settled: Settled


@dataclass(frozen=True, slots=True)
class Months:
    """What a quarter can take: observations of months or of the longer periods that files state, and what is told."""

    observations: tuple[ImportedObservation, ...]
    overlaps: tuple[Overlap, ...] = ()
    remarks: tuple[str, ...] = ()


_Line = tuple[Platform, str, str]
"""A platform, an account and a metric."""


def roll_up(observations: Iterable[ImportedObservation]) -> Months:
    """Roll the observations of one or several files up to months; those of longer periods stay as they are."""
    by_line: dict[_Line, dict[Period, list[ImportedObservation]]] = {}
    for each in observations:
        by_line.setdefault((each.platform, each.account, each.metric), {}).setdefault(each.period, []).append(each)
    found: list[ImportedObservation] = []
    overlaps: list[Overlap] = []
    remarks: list[str] = []
    for line, told in by_line.items():
        reaches = _reaches(told)
        settled: dict[Period, ImportedObservation] = {}
        for period, tellers in told.items():
            kept, overlap = _settle(tellers, reaches)
            if kept is not None:
                settled[period] = kept
            if overlap is not None:
                overlaps.append(overlap)
        days = {period.start: each for period, each in settled.items() if period.days == 1}
        stated = {period: each for period, each in settled.items() if period.days > 1}
        found += stated.values()
        if days:
            months, said = _add_days(line, days, frozenset(stated))
            found += months
            remarks += said
    found.sort(key=lambda each: (each.platform, each.account, each.metric, each.period))
    return Months(tuple(found), tuple(overlaps), (*remarks, *_tell_overlaps(overlaps)))


def _reaches(told: dict[Period, list[ImportedObservation]]) -> dict[str, date]:
    """The last day with a figure in each file, by its hash: what says which export is the later one."""
    reaches: dict[str, date] = {}
    for tellers in told.values():
        for each in tellers:
            reaches[each.birth.sha256] = max(each.period.end, reaches.get(each.birth.sha256, date.min))
    return reaches


def _settle(
    tellers: Sequence[ImportedObservation], reaches: dict[str, date]
) -> tuple[ImportedObservation | None, Overlap | None]:
    """The observation that stands of those that several files give for the same period."""
    first = tellers[0]
    if len({each.birth.sha256 for each in tellers}) == 1 and len({each.amount for each in tellers}) == 1:
        return first, None
    by_reach = sorted(tellers, key=lambda each: reaches[each.birth.sha256])
    values = {each.amount for each in tellers}
    if len(values) == 1:
        how, kept = Settled.SAME, by_reach[-1]
    elif len(tellers) > 1 and reaches[by_reach[-1].birth.sha256] > reaches[by_reach[-2].birth.sha256]:
        how, kept = Settled.NEWER, by_reach[-1]
    else:
        how, kept = Settled.UNSETTLED, None
    amounts = tuple((each.birth.file, each.amount) for each in by_reach)
    return kept, Overlap(first.platform, first.account, first.metric, first.period, amounts, how)


def _add_days(
    line: _Line, days: dict[date, ImportedObservation], stated: frozenset[Period]
) -> tuple[list[ImportedObservation], list[str]]:
    platform, account, code = line
    what = f"{name_platform(platform, account)}, {metric(code).name.lower()}"
    if metric(code).over_time is not Additivity.ADDABLE:
        if stated:
            return [], []
        why = metric(code).why_not
        return [], [f"{what}: los valores de cada día no dan el del mes ({why}). Tome del panel el valor de cada mes."]
    found, remarks = [], []
    for month in _months_of(days):
        if month in stated:
            continue
        parts = {day: days[day] for day in _days(month) if day in days}
        lacking = [day for day in _days(month) if day not in days]
        silent = [day for day, each in parts.items() if each.amount is None]
        if lacking:
            remarks.append(f"{what}: {_tell_truncated(month, lacking)} El mes no se registra.")
        elif silent:
            remarks.append(f"{what}: {month.title} no tiene cifra en {_name_days(silent)}. El mes queda sin dato.")
            found.append(_month_of(month, list(parts.values()), None))
        else:
            amounts = [each.amount for each in parts.values() if each.amount is not None]
            total = amounts[0]
            for amount in amounts[1:]:
                total += amount
            found.append(_month_of(month, list(parts.values()), total))
    return found, remarks


def name_platform(platform: Platform, account: str = "") -> str:
    """A platform as people call it, with the account where there is one: «Facebook (Personería de Peñaclara)»."""
    name = PLATFORMS.label(platform)
    return f"{name} ({account})" if account else name


def _months_of(days: Iterable[date]) -> list[Period]:
    return sorted({Period.month(day.year, day.month) for day in days})


def _days(month: Period) -> list[date]:
    return [month.start + timedelta(days=place) for place in range(month.days)]


def _month_of(month: Period, parts: Sequence[ImportedObservation], total: Amount | None) -> ImportedObservation:
    """The observation of a month; its certificate names every file that gave it a day."""
    first = parts[0]
    by_file: dict[str, Birth] = {}
    for each in parts:
        by_file.setdefault(each.birth.sha256, each.birth)
    births = list(by_file.values())
    rule = f"suma de los {month.days} días del mes" if total is not None else f"los {month.days} días del mes"
    birth = Birth(
        file=join_words([birth.file for birth in births]),
        sha256=" ".join(birth.sha256 for birth in births),
        place=_place(parts),
        rule=rule,
        assumed=tuple(dict.fromkeys(said for each in parts for said in each.birth.assumed)),
    )
    status = ObservationStatus.VALUE if total is not None else ObservationStatus.NO_DATA
    breakdown = _add_breakdowns(parts) if total is not None else ()
    return replace(first, period=month, status=status, amount=total, birth=birth, breakdown=breakdown)


def _place(parts: Sequence[ImportedObservation]) -> str:
    first, last = parts[0].birth.place, parts[-1].birth.place
    return first if first == last else f"de {first} a {last}"


def _add_breakdowns(parts: Sequence[ImportedObservation]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for each in parts:
        for kind, number in each.breakdown:
            counts[kind] = counts.get(kind, 0) + number
    return tuple(counts.items())


def _tell_truncated(month: Period, lacking: Sequence[date]) -> str:
    """«octubre de 2025 llega hasta el 20; faltan 11 días»."""
    before = [day for day in _days(month) if day < lacking[0]]
    if before and lacking == [day for day in _days(month) if day >= lacking[0]]:
        told = f"{month.title} llega solo hasta el {lacking[0].day - 1}"
    elif lacking[0] == month.start and lacking == [day for day in _days(month) if day <= lacking[-1]]:
        told = f"{month.title} empieza el {lacking[-1].day + 1}"
    else:
        verb = "falta" if len(lacking) == 1 else "faltan"
        return f"a {month.title} le {verb} {_name_days(lacking)}: descárguelo completo."
    return f"{told}, faltan {count_of(len(lacking), 'día', 'días')}: descárguelo completo."


def _name_days(days: Sequence[date]) -> str:
    if len(days) > _MOST_NAMED:
        return count_of(len(days), "día", "días")
    return join_words([f"el {day.day}" for day in days])


def _tell_overlaps(overlaps: Sequence[Overlap]) -> list[str]:
    """A sentence for each pair of files and metric that tell the same days."""
    groups: dict[tuple[Platform, str, str, tuple[str, ...], Settled], list[Overlap]] = {}
    for overlap in overlaps:
        files = tuple(dict.fromkeys(file for file, _ in overlap.told))
        groups.setdefault((overlap.platform, overlap.account, overlap.metric, files, overlap.settled), []).append(
            overlap
        )
    told = []
    for (platform, account, code, files, settled), found in groups.items():
        what = f"{name_platform(platform, account)}, {metric(code).name.lower()}"
        named = join_words([f"«{file}»" for file in files])
        times = _name_times(found)
        if settled is Settled.SAME:
            told.append(f"{what}: {named} dan {times} con las mismas cifras; se cuenta una vez.")
        elif settled is Settled.NEWER:
            told.append(f"{what}: {named} difieren en {times}; vale «{found[0].told[-1][0]}», que llega más lejos.")
        else:
            told.append(
                f"{what}: {named} difieren en {times} y nada dice cuál es más nuevo; no se registra. "
                "Importe solo el que vale."
            )
    return told


def _name_times(found: Sequence[Overlap]) -> str:
    """The days or periods in dispute, with their figures while they are few."""
    ordered = sorted(found, key=lambda overlap: overlap.period)
    if ordered[0].settled is Settled.SAME or len(ordered) > _MOST_NAMED:
        first, last = ordered[0].period, ordered[-1].period
        if len(ordered) == 1:
            return _name_period(first)
        return f"{len(ordered)} periodos ({print_date(first.start)} a {print_date(last.end)})"
    return "; ".join(
        f"{_name_period(overlap.period)} ({' y '.join(_print(amount) for _, amount in overlap.told)})"
        for overlap in ordered
    )


def _name_period(period: Period) -> str:
    if period.days == 1:
        return f"el {print_date(period.start)}"
    return period.title if period.kind is not PeriodKind.SPAN else f"el periodo {period.title}"


def _print(amount: Amount | None) -> str:
    return "sin dato" if amount is None else print_amount(amount)
