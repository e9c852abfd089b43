"""Figures by day or by month of a person's table, each cell an observation. What says nothing is no datum, not zero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.metric import CATALOGUE, find_metric
from pregon.figures.period import Period
from pregon.figures.spanish import ask_reading, join_words
from pregon.importers.base import ImportedObservation, Question
from pregon.importers.columns import Blank, Mark, agree_on_mark, read_figures, vote_mark
from pregon.importers.delimited import Row
from pregon.importers.mapped_table import DECIMAL_KEY, NETWORK_KEY, Mapped, Outcome
from pregon.importers.mappings import METRIC, NETWORK, VALUE
from pregon.records.organisation import Platform
from pregon.records.publishing import ObservationStatus
from pregon.registro.vocabulary import PLATFORMS

_MOST_NAMED: Final = 4
_MARKS: Final = ((Mark.COMMA, "punto de miles y coma decimal"), (Mark.POINT, "coma de miles y punto decimal"))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell to be read: its row and column, whose it is, and what it says."""

    row: Row
    place: int
    platform: Platform | None
    metric: str
    period: Period
    text: str
    is_number: bool


def observe(mapped: Mapped, outcome: Outcome) -> None:
    """Add the observations of a table to an outcome, or what has to be asked first."""
    cells = list(_cells(mapped, outcome))
    _ask_platform(cells, outcome)
    by_column: dict[int, list[_Cell]] = {}
    for cell in cells:
        by_column.setdefault(cell.place, []).append(cell)
    shared = vote_mark(cell.text for cell in cells if not cell.is_number)
    found: list[ImportedObservation] = []
    for place, column in by_column.items():
        found += _read_column(mapped, outcome, place, column, shared)
    if not outcome.questions:
        outcome.observations += _without_repeated(found, outcome)


def _cells(mapped: Mapped, outcome: Outcome) -> Iterator[_Cell]:
    table, mapping = mapped.table, mapped.mapping
    columns = [(place, code, platform) for place, code, platform in mapping.measures]
    named, valued = mapping.first(METRIC), mapping.first(VALUE)
    for row, period, platform in zip(table.rows, mapped.periods(outcome), mapped.platforms(), strict=True):
        if period is None:
            continue
        mine = [(place, code, own or platform) for place, code, own in columns]
        if named is not None and valued is not None:
            words = row.fields[named].strip() if named < len(row.fields) else ""
            metric = find_metric(words, platform.value if platform is not None else "")
            if metric is None:
                outcome.wrong.append(f"{table.place(row)}: no conocemos la medida «{words}»")
            else:
                mine.append((valued, metric.code, platform))
        for place, code, whose in mine:
            text = row.fields[place].strip() if place < len(row.fields) else ""
            if whose is None and mapping.first(NETWORK) is not None:
                words = row.fields[mapping.first(NETWORK) or 0].strip()
                outcome.wrong.append(f"{table.place(row)}: no conocemos el canal «{words}»")
                continue
            yield _Cell(row, place, whose, code, period, text, (row.line, place) in table.numbers)


def _ask_platform(cells: list[_Cell], outcome: Outcome) -> None:
    if any(cell.platform is None for cell in cells):
        outcome.ask(
            Question(
                NETWORK_KEY,
                "¿De qué canal son las cifras de esta tabla?",
                tuple((each.value, PLATFORMS.label(each)) for each in Platform),
            )
        )


def _read_column(
    mapped: Mapped, outcome: Outcome, place: int, cells: list[_Cell], shared: Mark | None
) -> Iterator[ImportedObservation]:
    typed = [cell.text for cell in cells if not cell.is_number]
    mark = mapped.mark or vote_mark(typed) or shared or agree_on_mark(typed)
    figures = read_figures([cell.text for cell in cells], [cell.is_number for cell in cells], mark)
    header = mapped.header(place)
    if figures.ambiguous is not None:
        sentence = f"En «{header}»: {ask_reading(figures.ambiguous)}"
        outcome.ask(Question(DECIMAL_KEY, sentence, tuple((mark.value, said) for mark, said in _MARKS)))
        return
    if figures.has_ambiguous and figures.mark is not None:
        other = next(each for each in Mark if each is not figures.mark)
        outcome.remarks.append(
            f"Las cifras de «{header}» se leyeron con {dict(_MARKS)[figures.mark]}. "
            f"Si es al revés, diga que van con {dict(_MARKS)[other]} ({DECIMAL_KEY}={other.value})."
        )
    for cell, figure in zip(cells, figures.cells, strict=True):
        if isinstance(figure, str) and not isinstance(figure, Blank):
            outcome.wrong.append(f"{mapped.table.place(cell.row)}, «{header}»: {figure}")
        elif cell.platform is not None:
            yield _observation(mapped, cell, cell.platform, figure)


def _observation(mapped: Mapped, cell: _Cell, platform: Platform, figure: Amount | Blank | str) -> ImportedObservation:
    statuses = {
        Blank.NO_DATA: ObservationStatus.NO_DATA,
        Blank.NOT_APPLICABLE: ObservationStatus.NOT_APPLICABLE,
    }
    amount = figure if isinstance(figure, Amount) else None
    status = ObservationStatus.VALUE if isinstance(figure, Amount) else statuses[Blank(figure)]
    birth = mapped.birth(cell.row)
    return ImportedObservation(platform, cell.metric, cell.period, status, amount, birth)


def _without_repeated(found: list[ImportedObservation], outcome: Outcome) -> Iterator[ImportedObservation]:
    """The same figure told by two rows is told and not taken: nobody here knows which one stands."""
    by_key: dict[tuple[Platform, str, Period], list[ImportedObservation]] = {}
    for each in found:
        by_key.setdefault((each.platform, each.metric, each.period), []).append(each)
    for (_, metric, _), tellers in by_key.items():
        if len(tellers) == 1:
            yield tellers[0]
            continue
        rows = [teller.birth.place for teller in tellers[:_MOST_NAMED]]
        if len(tellers) > _MOST_NAMED:
            rows.append(f"{len(tellers) - _MOST_NAMED} más")
        what = CATALOGUE[metric].name.lower()
        outcome.wrong.append(f"{join_words(rows)}: repiten {what} del mismo periodo y no se tomaron; deje una")
