"""Una fila fuera del orden de fechas de su tabla.

## Qué revisa

Las tablas de cosas con fecha (eventos, conmemoraciones, solicitudes) cuyas filas van por orden. Si todas menos una o
dos siguen el orden, señala las que se salen.

## Por qué importa

O la fila cambió de sitio, y es solo presentación, o la fecha está mal escrita, y entonces el evento aparece en un mes
que no fue. Desde el documento no se puede saber cuál: hay que mirar la evidencia.

## Ejemplo

| Fecha | Evento |
|---|---|
| 27/10/2025 | Mediación escolar |
| 19/11/2025 | Capacitación |
| **28/10/2025** | Rendición Pública de Cuentas |
| 10/12/2025 | Conmemoración |

«El evento del 28/10/2025 está después del 19/11/2025 y es anterior.» O cambió de sitio o la fecha es otra.

## Qué no juzga

- Tablas que no van por fecha: las que ordenan por dependencia, por tema o de ninguna manera.
- Tablas de menos de cuatro filas con fecha, y filas con varias fechas.
- Si el orden es del más antiguo al más reciente o al revés: acepta los dos.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.tabulation import Tabulation
from pregon.claims.vocabulary import EVENTS, find_measures, flatten
from pregon.document.location import Location
from pregon.figures.period import Period
from pregon.figures.spanish import find_dates, parse_date

_LEAST_ROWS: Final = 4
_LEAST_IN_ORDER: Final = 0.75
"""The share of the rows that must be in order for the table to be taken for one by date."""


@dataclass(frozen=True, slots=True)
class _Dated:
    """A row, its day, and the day as printed."""

    row: int
    day: date
    text: str
    location: Location


def check(reading: Reading) -> Iterator[Finding]:
    """Tell the rows that break the order of a table that goes by date."""
    for tabulation in reading.tabulations:
        if not tabulation.is_listing:
            continue
        for column in range(tabulation.width):
            if flatten(tabulation.column_labels[column]).startswith("fecha"):
                yield from _judge(tabulation, _dated_rows(tabulation, column, reading.period))
                break


def _dated_rows(tabulation: Tabulation, column: int, near: Period | None) -> list[_Dated]:
    found = []
    for row in tabulation.thing_rows:
        cell = tabulation.table.spread[row][column]
        days = find_dates(cell.text) if cell is not None else ()
        if len(days) != 1:
            continue
        day = days[0].date
        if day is None and near is not None:
            try:
                day = parse_date(days[0].text, near=near)
            except ValueError:
                continue
        if day is not None:
            found.append(_Dated(row, day, days[0].text, tabulation.locate((row, column))))
    return found


def _judge(tabulation: Tabulation, dated: Sequence[_Dated]) -> Iterator[Finding]:
    if len(dated) < _LEAST_ROWS or len(dated) < len(tabulation.thing_rows) - 1:
        return
    forward = _longest_run([one.day.toordinal() for one in dated])
    backward = _longest_run([-one.day.toordinal() for one in dated])
    rising = len(forward) >= len(backward)
    kept = forward if rising else backward
    if len(kept) == len(dated) or len(kept) < _LEAST_IN_ORDER * len(dated):
        return
    noun = "El evento" if _lists_events(tabulation) else "La fila"
    for place in range(len(dated)):
        if place not in kept:
            yield _tell(dated, place, noun, rising=rising)


def _longest_run(days: Sequence[int]) -> frozenset[int]:
    """The places of the longest part of the rows that never goes back; of several, the one with the first rows."""
    # Walked from the end: of two rows that exclude each other, the one that stands first is kept.
    tails: list[int] = []
    ends: list[int] = []
    after: dict[int, int | None] = {}
    for place in range(len(days) - 1, -1, -1):
        at = bisect_right(tails, -days[place])
        after[place] = ends[at - 1] if at else None
        tails[at:] = [-days[place], *tails[at + 1 :]]
        ends[at:] = [place, *ends[at + 1 :]]
    kept = set()
    following = ends[-1] if ends else None
    while following is not None:
        kept.add(following)
        following = after[following]
    return frozenset(kept)


def _lists_events(tabulation: Tabulation) -> bool:
    return any(term.code == EVENTS for label in tabulation.column_labels for term in find_measures(flatten(label)))


def _tell(dated: Sequence[_Dated], place: int, noun: str, *, rising: bool) -> Finding:
    one = dated[place]
    neighbour = _neighbour(dated, place, rising=rising)
    side = "después" if neighbour.row < one.row else "antes"
    when = "anterior" if one.day < neighbour.day else "posterior"
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{noun} del {one.text} está {side} del {neighbour.text} y es {when}.",
        locations=(one.location, neighbour.location),
        stated=one.text,
        cause="O cambió de sitio o la fecha es otra.",
        remedy="Compruebe la fecha con la evidencia y deje las filas en orden.",
    )


def _neighbour(dated: Sequence[_Dated], place: int, *, rising: bool) -> _Dated:
    """The row beside it that it is on the wrong side of: the one above where it is, else the one below."""
    one = dated[place]
    if place:
        above = dated[place - 1]
        if (above.day > one.day) == rising and above.day != one.day:
            return above
    return dated[place + 1] if place + 1 < len(dated) else dated[place - 1]


RULE = Rule(code="ORD001", name="row-out-of-order", severity=Severity.INCONCLUSIVE, since="0.1", check=check)
