"""The answers of Google Analytics 4's Data API (`runReport`, `batchRunReports`), kept as JSON.

Values are text. The answer does not say for which dates it was asked: days are read where `date` is a dimension;
otherwise the person says the period. What Google withheld or worked out from a sample is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words, print_amount
from pregon.figures.words import quote
from pregon.importers.base import Answers, Birth, Extract, ImportedObservation, Question, Upload
from pregon.importers.fields import read_whole
from pregon.importers.ga4.columns import METRICS, OWN_ZONE, RULES, read_day, read_month
from pregon.importers.headers import clean_header
from pregon.importers.json_document import DamagedJsonError, read_json
from pregon.importers.website import RefusedFigureError, find_period, observe_website

WHOLE_KEY: Final = "whole_months"
"""The question of whether the months of an answer were asked for whole."""
OFFICE: Final = "America/Bogota"
SAMPLED: Final = "Google lo calculó con una muestra de los datos"
_CODES: Final = {clean_header(name): code for code, names in METRICS.items() for name in names}


class _AskedError(Exception):
    """Only a person can say what comes next."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question


@dataclass(slots=True)
class _Reading:
    upload: Upload
    answers: Answers
    observations: list[ImportedObservation] = field(default_factory=list)
    remarks: dict[str, None] = field(default_factory=dict)


def read_reports(upload: Upload, answers: Answers) -> Extract:
    """What an answer of the Data API, kept as a file, holds. Never raises."""
    reading = _Reading(upload, answers)
    repairs: tuple[str, ...] = ()
    try:
        values, repairs = read_json(upload.read())
        for report in _list_reports(values):
            _read_report(reading, report)
    except (DamagedJsonError, RefusedFigureError) as error:
        return Extract(refused=f"«{upload.name}» {error}")
    except _AskedError as asked:
        return Extract(repairs=repairs, questions=(asked.question,))
    return Extract(tuple(reading.observations), (), repairs, tuple(reading.remarks))


def _list_reports(values: object) -> Sequence[Mapping[str, Any]]:
    reports = values.get("reports", [values]) if isinstance(values, dict) else None
    if not isinstance(reports, list) or not reports or not all(isinstance(each, dict) for each in reports):
        raise RefusedFigureError("no es una respuesta de la API de Google Analytics.")
    return reports


def _read_report(reading: _Reading, report: Mapping[str, Any]) -> None:
    dimensions = [_text(each, "name") for each in _list(report, "dimensionHeaders")]
    named = [_text(each, "name") for each in _list(report, "metricHeaders")]
    metrics = {place: _CODES[clean_header(name)] for place, name in enumerate(named) if clean_header(name) in _CODES}
    if not metrics or len(set(metrics.values())) < len(metrics):
        raise RefusedFigureError("no trae sesiones, usuarios ni vistas, o las repite: pida «sessions» a la API.")
    rows = _list(report, "rows")
    _check_rows(report, dimensions, rows)
    sampled = _tell_metadata(reading, report.get("metadata"))
    assumed = (OWN_ZONE, SAMPLED) if sampled else (OWN_ZONE,)
    days = []
    for place, row, period in _place_rows(reading, dimensions, rows):
        days += [period] if period.days == 1 else []
        values = [_text(each, "value") for each in _list(row, "metricValues")]
        if len(values) != len(named):
            raise RefusedFigureError(
                f"tiene {len(values)} valores en {place} y {len(named)} medidas: está cortado o cambiado."
            )
        for at, code in metrics.items():
            birth = Birth(reading.upload.name, reading.upload.sha256, place, RULES[code], assumed)
            amount = _read_amount(values[at], place, named[at])
            reading.observations.append(observe_website(code, period, amount, birth))
    _tell_gaps(reading, days)


def _check_rows(report: Mapping[str, Any], dimensions: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        raise RefusedFigureError("no trae filas: Google Analytics no dio datos de ese periodo.")
    count = report.get("rowCount", len(rows))
    if count != len(rows):
        raise RefusedFigureError(f"trae {len(rows)} de {count} filas: pida todas a la API (limit).")
    if dimensions not in ([], ["date"], ["yearMonth"]):
        others = [name for name in dimensions if name not in ("date", "yearMonth")] or dimensions[1:]
        raise RefusedFigureError(
            f"es un desglose por {join_words([quote(name) for name in others])} y no el total del sitio: pida a la API "
            "solo «date» o «yearMonth»."
        )


def _place_rows(
    reading: _Reading, dimensions: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, Mapping[str, Any], Period]]:
    """Each row with its place and its period."""
    if dimensions == ["yearMonth"] and reading.answers.get(WHOLE_KEY) != "yes":
        _ask_whole(reading)
    seen: set[Period] = set()
    for number, row in enumerate(rows, start=1):
        place = f"fila {number} de «rows»"
        if not dimensions:
            period = find_period(reading.upload, reading.answers)
            if isinstance(period, Question):
                raise _AskedError(period)
        else:
            period = _read_period(_text((_list(row, "dimensionValues") or [{}])[0], "value"), dimensions[0], place)
        if period in seen:
            raise RefusedFigureError(f"trae dos veces {period.title}: pida a la API un solo rango de fechas.")
        seen.add(period)
        yield place, row, period


def _read_period(text: str, dimension: str, place: str) -> Period:
    day = read_day(text) if dimension == "date" else None
    found = read_month(text) if dimension == "yearMonth" else None if day is None else Period.span(day, day)
    if found is None:
        raise RefusedFigureError(f"dice {quote(text)} en {place}, donde va la fecha: descárguelo otra vez.")
    return found


def _ask_whole(reading: _Reading) -> None:
    if reading.answers.get(WHOLE_KEY) == "no":
        raise RefusedFigureError("no trae meses completos: pida a la API desde el primer día del mes hasta el último.")
    raise _AskedError(
        Question(
            WHOLE_KEY,
            "El archivo no dice qué fechas se pidieron: ¿están completos su primer mes y el último?",
            (("yes", "sí, están completos"), ("no", "no: que no se tomen")),
        )
    )


def _read_amount(text: str, place: str, name: str) -> Amount:
    amount = read_whole(text)
    if amount is None:
        raise RefusedFigureError(
            f"dice {quote(text)} en {place}, «{name}», y ahí va un número entero: descárguelo otra vez."
        )
    return amount


def _tell_metadata(reading: _Reading, metadata: object) -> bool:
    """Tell what Google says of its own figures; whether they come from a sample."""
    if not isinstance(metadata, dict):
        return False
    if metadata.get("subjectToThresholding") is True:
        reading.remarks[
            "Google ocultó filas con pocas personas (umbral de privacidad): las cifras pueden ser menores."
        ] = None
    if metadata.get("dataLossFromOtherRow") is True:
        reading.remarks["Google juntó filas en «(other)»: las cifras pueden ser menores. Pida un rango más corto."] = (
            None
        )
    zone = metadata.get("timeZone")
    if isinstance(zone, str) and zone and zone != OFFICE:
        reading.remarks[f"La propiedad cuenta los días en la zona {quote(zone)} y no en la de Colombia."] = None
    samples = metadata.get("samplingMetadatas")
    sampled = samples if isinstance(samples, list) else []
    for each in sampled:
        read, space = (read_whole(_text(each, name)) for name in ("samplesReadCount", "samplingSpaceSize"))
        share = "" if read is None or space is None else f" ({print_amount(read)} de {print_amount(space)} eventos)"
        reading.remarks[
            f"Google calculó las cifras con una muestra{share}: son estimadas. Pida un rango más corto."
        ] = None
    return bool(sampled)


def _tell_gaps(reading: _Reading, days: Sequence[Period]) -> None:
    if len(days) < 2:
        return
    lacking = (max(days).start - min(days).start).days + 1 - len(days)
    if lacking:
        told = f"{'falta' if lacking == 1 else 'faltan'} {count_of(lacking, 'día', 'días')}"
        why = "la API no trae los días sin datos si no se le pide (keepEmptyRows)."
        reading.remarks[f"Entre el primer día y el último {told}: {why}"] = None


def _list(values: object, key: str) -> list[Any]:
    found = values.get(key, []) if isinstance(values, Mapping) else []
    return found if isinstance(found, list) else []


def _text(values: object, key: str) -> str:
    found = values.get(key, "") if isinstance(values, Mapping) else ""
    return str(found) if isinstance(found, (str, int)) and not isinstance(found, bool) else ""
