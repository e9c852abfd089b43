"""The quarters of a year side by side, and as one dossier: each thing once, as its last quarter knew it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from pregon.figures.period import Period, PeriodKind
from pregon.figures.spanish import fold
from pregon.records.dossier import Dossier
from pregon.records.programme import PlanActivity
from pregon.records.totals import Account, Measure, MeasureState, add

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Year:
    """The quarters of a period that have a dossier, in order, and those that have none.

    `merged` is all of them as one dossier of the whole period, for what is computed anew over all of its records.
    """

    period: Period
    quarters: tuple[Dossier, ...]
    lacking: tuple[Period, ...]
    merged: Dossier

    @property
    def is_whole(self) -> bool:
        """Whether every quarter is there."""
        return not self.lacking

    @property
    def last_column(self) -> str:
        """What the column of sums is called: the year only where all of it is there."""
        return "Año" if self.is_whole else "Suma"

    def row(self, take: Callable[[Dossier], Measure]) -> tuple[Measure, ...]:
        """A measure in each quarter."""
        return tuple(take(quarter) for quarter in self.quarters)

    def total(self, key: str, parts: tuple[Measure, ...]) -> Measure:
        """The sum of a measure over the quarters; one quarter alone is its own sum."""
        if len(parts) == 1:
            return replace(parts[0], key=key, account=Account.RECORDED if not parts[0].parts else parts[0].account)
        return add(key, [(quarter.period.short, part) for quarter, part in zip(self.quarters, parts, strict=True)])


def gather_year(dossiers: Iterable[Dossier], period: Period) -> Year:
    """The quarters of a year out of some dossiers.

    Raises:
        ValueError: the period is no year, a dossier is of another institution or no quarter of it, two are of the
            same quarter, or there is none; in one Spanish sentence.
    """
    if period.kind is not PeriodKind.YEAR:
        raise ValueError(f"El informe anual es de un año y pidió {period}: escriba el año, por ejemplo 2025.")
    wanted = tuple(Period.quarter(period.start.year, number) for number in range(1, 5))
    found: dict[Period, Dossier] = {}
    for dossier in dossiers:
        if dossier.period not in wanted:
            raise ValueError(f"Hay un registro de {dossier.period}, que no es un trimestre de {period}. Quítelo.")
        if dossier.period in found:
            raise ValueError(f"Hay dos registros de {dossier.period}. Deje solo uno.")
        found[dossier.period] = dossier
    if not found:
        raise ValueError(f"No hay ningún registro de {period}. Indique al menos el de un trimestre.")
    quarters = tuple(found[quarter] for quarter in wanted if quarter in found)
    names = {fold(quarter.institution.name) for quarter in quarters}
    if len(names) > 1:
        raise ValueError("Los registros son de entidades distintas. Deje los de una sola.")
    lacking = tuple(quarter for quarter in wanted if quarter not in found)
    return Year(period, quarters, lacking, _merge(quarters, period))


def _merge(quarters: tuple[Dossier, ...], period: Period) -> Dossier:
    last = quarters[-1]
    return Dossier(
        institution=last.institution,
        period=period,
        control=replace(last.control, seal=""),
        channels=_latest((each.channels for each in quarters), lambda channel: channel.code),
        publications=_latest((each.publications for each in quarters), lambda publication: publication.reference),
        observations=_every(each.observations for each in quarters),
        campaigns=_latest((each.campaigns for each in quarters), lambda campaign: campaign.reference),
        commemorations=_every(each.commemorations for each in quarters),
        events=_latest((each.events for each in quarters), lambda event: event.reference),
        requests=_latest((each.requests for each in quarters), lambda request: request.reference),
        risks=_latest((each.risks for each in quarters), lambda risk: risk.reference),
        follow_ups=_every(each.follow_ups for each in quarters),
        incidents=_latest((each.incidents for each in quarters), lambda incident: incident.reference),
        activities=_activities(quarters),
        evidence=_latest((each.evidence for each in quarters), lambda evidence: evidence.reference),
        closures=_latest((each.closures for each in quarters), lambda closure: closure.day),
        satisfaction=_every(each.satisfaction for each in quarters),
    )


def _latest(groups: Iterable[tuple[_Record, ...]], name: Callable[[_Record], object]) -> tuple[_Record, ...]:
    """Every record once, in the order in which it first came, as the last quarter that has it knew it."""
    found: dict[object, _Record] = {}
    for record in chain.from_iterable(groups):
        found[name(record)] = record
    return tuple(found.values())


def _every(groups: Iterable[tuple[_Record, ...]]) -> tuple[_Record, ...]:
    return tuple(chain.from_iterable(groups))


def _activities(quarters: tuple[Dossier, ...]) -> tuple[PlanActivity, ...]:
    """Each activity of the plan with what all its quarters planned and did; unknown where a quarter does not know."""
    known = _latest((quarter.activities for quarter in quarters), lambda activity: activity.reference)
    return tuple(
        replace(
            activity,
            planned=_sum([each.planned for each in _same(quarters, activity)]),
            done=_sum([each.done for each in _same(quarters, activity)]),
            # A progress noted by hand is of its quarter; those of several quarters make none of the year.
            progress=activity.progress if len(_same(quarters, activity)) == 1 else None,
        )
        for activity in known
    )


def _same(quarters: tuple[Dossier, ...], activity: PlanActivity) -> list[PlanActivity]:
    return [each for quarter in quarters for each in quarter.activities if each.reference == activity.reference]


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def nothing(key: str) -> Measure:
    """No datum."""
    return Measure(key, MeasureState.NO_DATA)
