"""Matomo's tables of text: the CSV of one report, and the scheduled report with many tables in one file.

A CSV has its header in the first row and, over several periods, a first column `date`. A scheduled report repeats:
title, header, rows or «No data available», blank line; it says nowhere of which period it is. Tables that part the
visits by country, page or the like begin with a column `label` and are left: their rows are not the site's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words
from pregon.figures.words import quote
from pregon.importers.base import Answers, Birth, Extract, ImportedObservation, Question, Upload
from pregon.importers.delimited import DamagedTableError, Row, read_delimited
from pregon.importers.fields import is_nothing, read_whole
from pregon.importers.headers import COLUMN_KEY, Columns, clean_header, match_columns
from pregon.importers.matomo.columns import ALIASES, LABEL, PERIOD, TAKEN, read_period
from pregon.importers.turned_dates import read_turned
from pregon.importers.website import RefusedFigureError, find_period, observe_website

RULE: Final = "valor que da Matomo para el periodo"
WHOLE: Final = "El archivo no dice cuándo se descargó: se tomó cada periodo como terminado"
_KNOWN: Final = frozenset(clean_header(name) for names in ALIASES.values() for name in names)
_MOST_NAMED: Final = 4
_MOST_ASKED: Final = 12


class _AskedError(Exception):
    """Only a person can say what comes next."""

    def __init__(self, *questions: Question) -> None:
        super().__init__()
        self.questions = questions


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file: its header matched, the header's row, and the rows below it."""

    columns: Columns
    header: Row
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Reading:
    """What has been read of one file so far."""

    upload: Upload
    answers: Answers
    observations: list[ImportedObservation] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_tables(upload: Upload, answers: Answers) -> Extract:
    """What a CSV or a scheduled report of Matomo holds. Never raises."""
    reading = _Reading(upload, answers)
    try:
        table = read_delimited(upload.read())
        reading.repairs += table.repairs
        _read(reading, [row for row in table.rows if not row.is_blank], _part_blocks(table.rows))
    except DamagedTableError as error:
        return Extract(refused=f"«{upload.name}» {error}")
    except RefusedFigureError as error:
        return Extract(refused=f"«{upload.name}» {error}")
    except _AskedError as asked:
        return Extract(repairs=tuple(reading.repairs), questions=asked.questions)
    return Extract(tuple(reading.observations), (), tuple(reading.repairs), tuple(reading.remarks))


def is_header(row: Row) -> bool:
    """Whether one of a row's fields is a column that Matomo writes."""
    return any(clean_header(words) in _KNOWN for words in row.fields)


def _read(reading: _Reading, rows: Sequence[Row], blocks: Sequence[Sequence[Row]]) -> None:
    if not rows:
        raise RefusedFigureError("no tiene filas: descárguelo otra vez de Matomo.")
    if len(rows[0].told) > 1 or (is_header(rows[0]) and not is_header(rows[1 if len(rows) > 1 else 0])):
        _read_lone(reading, _Table(match_columns(rows[0].told, ALIASES, reading.answers), rows[0], tuple(rows[1:])))
    else:
        _read_report(reading, blocks)


def _read_lone(reading: _Reading, table: _Table) -> None:
    """The CSV of one report."""
    if LABEL in table.columns:
        raise RefusedFigureError(
            "es un desglose (columna «label») y no el total del sitio: descargue de Matomo el resumen de visitas."
        )
    if not any(key in table.columns for key in TAKEN):
        raise (
            _AskedError(*_ask_columns(table.columns.unknown))
            if table.columns.unknown
            else RefusedFigureError(
                "no trae visitas, visitantes únicos ni páginas vistas: descargue de Matomo el resumen de visitas."
            )
        )
    if not table.rows:
        raise RefusedFigureError("no tiene filas: Matomo no dio datos de ese periodo.")
    _read_table(reading, table)
    if left := _tell_left(table):
        reading.remarks.append(left)


def _read_report(reading: _Reading, blocks: Sequence[Sequence[Row]]) -> None:
    """The tables of a scheduled report, one below the other."""
    parted = empty = 0
    for block in blocks:
        if len(block) < 2 or not is_header(block[1]):
            is_empty = len(block) == 2 and len(block[1].told) == 1
            parted, empty = parted + (not is_empty), empty + is_empty
            continue
        table = _Table(match_columns(block[1].told, ALIASES, reading.answers), block[1], tuple(block[2:]))
        if LABEL not in table.columns and any(key in table.columns for key in TAKEN) and table.rows:
            _read_table(reading, table)
        else:
            parted += 1
    if not reading.observations:
        raise RefusedFigureError(
            "no trae el resumen de visitas del sitio: agréguelo al informe programado o descárguelo aparte."
        )
    if parted:
        reading.remarks.append(f"Quedan fuera {count_of(parted, 'tabla', 'tablas')} de otras medidas o desgloses.")
    if empty:
        reading.remarks.append(f"Matomo no dio datos en {count_of(empty, 'tabla', 'tablas')} del informe.")


def _part_blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows parted at blank lines."""
    blocks: list[list[Row]] = [[]]
    for row in rows:
        if not row.is_blank:
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _read_table(reading: _Reading, table: _Table) -> None:
    _check_shape(table)
    known: dict[Period, Row] = {}
    for row, period in _find_periods(reading, table):
        if period in known:
            raise RefusedFigureError(
                f"trae dos veces {_name(period)} (filas {known[period].line} y {row.line}): es un desglose o está "
                "repetido. Descargue de Matomo el resumen de visitas."
            )
        known[period] = row
        for key, code in TAKEN.items():
            if key not in table.columns:
                continue
            text = table.columns.text(key, row.fields)
            amount = read_whole(text)
            if amount is None and not is_nothing(text):
                raise RefusedFigureError(
                    f"dice {quote(text)} en la fila {row.line}, columna «{_header_of(table, key)}», y ahí va un número "
                    "entero: otro programa lo cambió. Descárguelo otra vez sin abrirlo en Excel."
                )
            birth = Birth(reading.upload.name, reading.upload.sha256, f"fila {row.line}", RULE, (WHOLE,))
            reading.observations.append(observe_website(code, period, amount, birth))
    reading.remarks += _tell_gaps(known)


def _check_shape(table: _Table) -> None:
    """Refuse what a breakdown without its `label`, a repeated column or a cut row would make us misread."""
    for key in (PERIOD, *TAKEN):
        if len(table.columns.places.get(key, ())) > 1:
            raise RefusedFigureError(
                f"trae dos veces la columna «{_header_of(table, key)}» y no se sabe cuál vale: descárguelo otra vez."
            )
    first = {place for places in table.columns.places.values() for place in places}
    wanted = (0, 1) if table.columns.first(PERIOD) == 0 else (0,)
    if not first.issuperset(wanted) or table.columns.first(PERIOD) not in (0, None):
        raise RefusedFigureError(
            f"tiene la columna {quote(table.columns.unknown[0] if table.columns.unknown else 'date')} donde Matomo "
            "pone una suya: parece un desglose. Descargue de Matomo el resumen de visitas."
        )
    width = len(table.header.told)
    for row in table.rows:
        if len(row.fields) < width or len(row.told) > width:
            raise RefusedFigureError(
                f"tiene {count_of(len(row.fields), 'columna', 'columnas')} en la fila {row.line} y {width} en el "
                "encabezado: está cortado o cambiado. Descárguelo otra vez de Matomo."
            )
    if PERIOD not in table.columns and len(table.rows) > 1:
        raise RefusedFigureError(
            f"trae {len(table.rows)} filas sin fecha: es un desglose. Descargue de Matomo el resumen de visitas."
        )


def _find_periods(reading: _Reading, table: _Table) -> Iterator[tuple[Row, Period]]:
    """Each row with its period: its own, or the one that the person said for the file."""
    if PERIOD not in table.columns:
        found = find_period(reading.upload, reading.answers)
        if isinstance(found, Question):
            raise _AskedError(found)
        yield from ((row, found) for row in table.rows)
        return
    texts = [table.columns.text(PERIOD, row.fields) for row in table.rows]
    turned = read_turned([text for text in texts if read_period(text) is None], reading.answers)
    if turned.question is not None:
        raise _AskedError(turned.question)
    reading.repairs += turned.repairs
    for row, text in zip(table.rows, texts, strict=True):
        period = read_period(text)
        if period is None and text in turned.days:
            period = Period.span(turned.days[text], turned.days[text])
        if period is None:
            raise RefusedFigureError(
                f"dice {quote(text)} en la fila {row.line}, donde va la fecha: descárguelo otra vez sin abrirlo en "
                "Excel."
            )
        yield row, period


def _ask_columns(unknown: Sequence[str]) -> list[Question]:
    choices = (
        ("nb_visits", "las visitas"),
        ("nb_uniq_visitors", "los visitantes únicos"),
        ("nb_pageviews", "las páginas vistas"),
        (PERIOD, "la fecha o el periodo"),
        ("nb_actions", "otra cosa, que no va al registro"),
    )
    return [
        Question(f"{COLUMN_KEY}{clean_header(words)}", f"No conocemos la columna {quote(words)}: diga qué es.", choices)
        for words in unknown[:_MOST_ASKED]
    ]


def _tell_left(table: _Table) -> str:
    """What the file holds that does not go to the records."""
    others = [key for key in table.columns.places if key not in TAKEN and key != PERIOD]
    unknown = table.columns.unknown
    count = len(others) + len(unknown)
    if not count:
        return ""
    told = f"Se toman las visitas, los visitantes únicos y las páginas vistas; {_left(count)}"
    if not unknown:
        return f"{told}."
    named = join_words([quote(words) for words in unknown[:_MOST_NAMED]])
    more = " y otras" if len(unknown) > _MOST_NAMED else ""
    return f"{told}, entre ellas {named}{more}, que Pregón no conoce."


def _left(count: int) -> str:
    return f"{'queda' if count == 1 else 'quedan'} fuera {count_of(count, 'columna más', 'columnas más')}"


def _tell_gaps(known: dict[Period, Row]) -> list[str]:
    """Days that a series of days jumps over: Matomo's CSV leaves out those without data, and so may a person."""
    days = [period.start for period in known if period.days == 1]
    if len(days) < 2:
        return []
    lacking = (max(days) - min(days)).days + 1 - len(days)
    if not lacking:
        return []
    told = f"{'falta' if lacking == 1 else 'faltan'} {count_of(lacking, 'día', 'días')}"
    why = "el CSV de Matomo no trae los días sin datos. Descárguelo en JSON, que sí los trae."
    return [f"Entre el primer día y el último {told}: {why}"]


def _header_of(table: _Table, key: str) -> str:
    place = table.columns.first(key)
    return table.header.fields[place].strip(" \ufeff") if place is not None else key


def _name(period: Period) -> str:
    return f"el {period.span_title}" if period.days == 1 else period.title
