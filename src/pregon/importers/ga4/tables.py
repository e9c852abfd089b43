"""What each table of an export of Google Analytics 4 is worth: days, months, the total of an exploration, or nothing.

Weeks and hours give no month. A table parted by something else than time is worth only its «Grand total», which GA4
works out over the whole range: for active users it is the only way to a month's figure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.metric import Additivity, metric
from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words, print_date, print_number
from pregon.figures.words import quote
from pregon.importers.base import Answers, Birth, Extract, ImportedObservation, Question, Upload
from pregon.importers.delimited import DamagedTableError, Row, read_delimited
from pregon.importers.fields import read_whole
from pregon.importers.ga4.columns import AXES, METRICS, NO_FILTER, OTHERS, OWN_ZONE, RULES, read_day, read_month
from pregon.importers.ga4.sheets import Sheet, part_sheets
from pregon.importers.headers import Columns, clean_header, match_columns
from pregon.importers.website import RefusedFigureError, observe_website

AUDIENCE_KEY: Final = "audience"
"""The question of whether an audience that we do not know is everybody."""
_TOTAL: Final = frozenset({"grand total", "total general"})
_KNOWN: Final = {**METRICS, **AXES, **{f"other:{name}": (name,) for name in OTHERS}}
_DAMAGED: Final = "otro programa lo cambió. Descárguelo otra vez sin abrirlo en Excel."


@dataclass(frozen=True, slots=True)
class _Table:
    """A table worth reading: its columns matched, the metrics among them, its rows and its grand total apart."""

    sheet: Sheet
    columns: Columns
    metrics: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None

    @property
    def axis(self) -> str:
        """The axis of time that the rows follow; "" where they are parted by something else."""
        axis = next((name for name in AXES if self.columns.first(name) == 0), "")
        return "" if self._is_parted else axis

    @property
    def _is_parted(self) -> bool:
        """Whether rows are parted by something besides time: an unknown column of words, or the same time twice."""
        known = {place for places in self.columns.places.values() for place in places}
        others = [place for place in range(len(self.sheet.header.fields)) if place not in known]
        words = any(_is_words(row.fields[place]) for row in self.rows for place in others if place < len(row.fields))
        return words or len({row.fields[0].strip() for row in self.rows}) < len(self.rows)

    def amount(self, code: str, row: Row) -> Amount:
        """What a row says of a metric."""
        text = self.columns.text(code, row.fields)
        amount = read_whole(text)
        if amount is None or len(row.fields) > len(self.sheet.header.fields) + 1:
            name = self.sheet.header.fields[self.columns.places[code][0]].strip()
            raise RefusedFigureError(
                f"dice {quote(text)} en la fila {row.line}, columna «{name}», y ahí va un número entero: {_DAMAGED}"
            )
        return amount

    def say(self, what: str) -> str:
        """A sentence of the table, by its header."""
        named = join_words([quote(words) for words in self.sheet.header.fields[:3]])
        return f"La tabla de {named} (fila {self.sheet.header.line}) {what}"


@dataclass(slots=True)
class _Reading:
    """What has been read of one file so far."""

    upload: Upload
    answers: Answers
    told: dict[tuple[str, Period, str], ImportedObservation] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    left: int = 0

    def keep(self, table: _Table, code: str, period: Period, row: Row, *assumed: str) -> None:
        """Keep a figure once: several cards of a report may show it, and all must say the same."""
        amount, own = table.amount(code, row), table.sheet.heading.own
        known = self.told.get((code, period, own))
        if known is None:
            birth = Birth(self.upload.name, self.upload.sha256, f"fila {row.line}", RULES[code], assumed)
            self.told[code, period, own] = observe_website(code, period, amount, birth, account=own)
        elif known.amount != amount:
            name = metric(code).name.lower()
            raise RefusedFigureError(
                f"da dos cifras de {name} para {period.title} ({known.birth.place} y fila {row.line}): descargue un "
                "informe sin comparaciones."
            )


def read_export(upload: Upload, answers: Answers) -> Extract:
    """What an export of GA4 in CSV holds. Never raises."""
    reading = _Reading(upload, answers)
    repairs: tuple[str, ...] = ()
    try:
        table = read_delimited(upload.read())
        repairs = table.repairs
        for sheet in part_sheets(table):
            _read_sheet(reading, sheet)
    except (DamagedTableError, RefusedFigureError) as error:
        return Extract(refused=f"«{upload.name}» {error}")
    if not reading.told and not reading.questions:
        return Extract(refused=f"«{upload.name}» {_tell_nothing(reading)}")
    if reading.left:
        verb = "Queda" if reading.left == 1 else "Quedan"
        reading.remarks.append(
            f"{verb} fuera {count_of(reading.left, 'tabla', 'tablas')} de otras medidas o desgloses."
        )
    observations = tuple(reading.told.values())
    return Extract(observations, (), repairs, tuple(reading.remarks), tuple(reading.questions.values()))


def _tell_nothing(reading: _Reading) -> str:
    if reading.remarks:
        return f"no da cifras para el registro. {' '.join(reading.remarks)}"
    return "no trae sesiones, usuarios activos ni vistas del sitio: elija en Google Analytics un informe que las tenga."


def _read_sheet(reading: _Reading, sheet: Sheet) -> None:
    columns = match_columns(sheet.header.fields, _KNOWN, reading.answers)
    metrics = tuple(code for code in METRICS if code in columns)
    totals = [row for row in sheet.rows if any(clean_header(words) in _TOTAL for words in row.fields)]
    rows = tuple(row for row in sheet.rows if row not in totals)
    table = _Table(sheet, columns, metrics, rows, totals[0] if len(totals) == 1 else None)
    if not metrics or not sheet.rows or (not table.axis and table.total is None):
        reading.left += 1
    elif any(len(columns.places[code]) > 1 for code in metrics):
        reading.remarks.append(table.say("repite una columna, como al comparar dos periodos, y no se toma."))
    elif not sheet.heading.audience or _is_everybody(reading, sheet.heading.audience):
        _read_table(reading, table)


def _is_everybody(reading: _Reading, audience: str) -> bool:
    """Whether an audience is the whole site, as the person says; asked where nobody did."""
    said = reading.answers.get(AUDIENCE_KEY, "")
    if said not in ("all", "part"):
        reading.questions[AUDIENCE_KEY] = Question(
            AUDIENCE_KEY,
            f"Las cifras son de {quote(audience)}: ¿es todo el sitio o solo una parte?",
            (("all", "todo el sitio"), ("part", "una parte, que no va al registro")),
        )
    elif said == "part":
        reading.left += 1
    return said == "all"


def _is_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text) or "(" in text


def _read_table(reading: _Reading, table: _Table) -> None:
    is_series = table.axis in ("date", "nth_day", "nth_month", "year_month")
    if is_series:
        if table.total is not None:
            _check_total(table, table.total)
        for row in _whole_rows(reading, table):
            period = _period_of(table, row)
            if period is None:
                reading.remarks.append(f"El mes de la fila {row.line} no está entero en el rango y no se toma.")
                continue
            for code in table.metrics:
                reading.keep(table, code, period, row, OWN_ZONE)
    elif table.axis:
        unit = "semanas" if table.axis == "nth_week" else "horas"
        reading.remarks.append(table.say(f"viene por {unit}, que no dan el mes: elija un rango de un mes."))
    if table.total is not None:
        _read_total(reading, table, table.total, is_series=is_series)


def _whole_rows(reading: _Reading, table: _Table) -> tuple[Row, ...]:
    """The rows of a series, without the last where it ends before its range: cut there, or the day was under way."""
    said = table.sheet.heading.period
    if table.axis != "nth_day" or said is None:
        return table.rows
    reached = max((_period_of(table, row) or said for row in table.rows), default=said)
    if reached.end == said.end:
        return table.rows
    ends = f"{print_date(reached.end)}, y el rango el {print_date(said.end)}"
    reading.remarks.append(table.say(f"termina el {ends}: su último día puede estar a medias y no se toma."))
    return tuple(row for row in table.rows if _period_of(table, row) != reached)


def _period_of(table: _Table, row: Row) -> Period | None:
    """The day or the month of a row; None for a month that is not whole in the range."""
    text, said = row.fields[0].strip(), table.sheet.heading.period
    found: Period | None = None
    if table.axis == "date" and (day := read_day(text)) is not None:
        found = Period.span(day, day)
    elif table.axis == "year_month":
        found = read_month(text)
    elif table.axis in ("nth_day", "nth_month") and text.isdecimal() and len(text) <= 4:
        if said is None:
            line = table.sheet.header.line
            raise RefusedFigureError(f"no dice las fechas de la tabla de la fila {line}: {_DAMAGED}")
        found = _count_from(said, table.axis, int(text))
    if found is None:
        raise RefusedFigureError(f"dice {quote(text)} en la fila {row.line}, donde va la fecha: {_DAMAGED}")
    if found.days == 1 and said is not None and not said.contains(found):
        raise RefusedFigureError(f"trae en la fila {row.line} un día fuera del rango que dice: {_DAMAGED}")
    return found if found.days == 1 or (said is not None and said.contains(found)) else None


def _count_from(said: Period, axis: str, count: int) -> Period:
    if axis == "nth_day":
        day = said.start + timedelta(days=count)
        return Period.span(day, day)
    index = said.start.year * 12 + said.start.month - 1 + count
    return Period.month(index // 12, index % 12 + 1)


def _read_total(reading: _Reading, table: _Table, total: Row, *, is_series: bool) -> None:
    """The grand total of the range; beside a series of days, only what days cannot give."""
    period = table.sheet.heading.period
    if period is None:
        reading.remarks.append(table.say("no dice sus fechas y su total no se toma."))
        return
    for code in table.metrics:
        if not (is_series and metric(code).over_time is Additivity.ADDABLE):
            reading.keep(table, code, period, total, OWN_ZONE, NO_FILTER)


def _check_total(table: _Table, total: Row) -> None:
    """Refuse a series that does not add up to its total: GA4 exports only the first rows of a long table.

    People who came on several days are one in the total of people: the days give as many or more, never less.
    """
    for code in table.metrics:
        said, summed = table.amount(code, total).value, sum(table.amount(code, row).value for row in table.rows)
        if summed < said or (summed > said and metric(code).over_time is Additivity.ADDABLE):
            told = f"las filas suman {print_number(int(summed))} y el total dice {print_number(int(said))}"
            raise RefusedFigureError(
                f"no está completo ({metric(code).name.lower()}: {told}): descárguelo con todas sus filas."
            )
