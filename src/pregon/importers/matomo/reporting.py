"""The JSON of Matomo's Reporting API: one period alone, or several by their names.

Over several periods an empty one is `[]`. Matomo answers so where it counted nothing: that is a zero that Matomo
gives, not a figure that is missing, and the certificate of the record says so. It answers so of days to come as well:
of the empty periods at the end of a file, behind which nothing was counted, the person says whether they were over.
A period that is not there at all is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.words import quote
from pregon.importers.base import Answers, Birth, Extract, ImportedObservation, Question, Upload
from pregon.importers.fields import read_whole
from pregon.importers.json_document import DamagedJsonError, read_json
from pregon.importers.matomo.columns import TAKEN, read_period
from pregon.importers.matomo.tables import RULE, WHOLE
from pregon.importers.website import RefusedFigureError, find_period, observe_website

SITE_KEY: Final = "site"
"""The question of which site of several is the office's."""
OVER_KEY: Final = "empty_end"
"""The question of whether the empty periods at the end were over when the file was downloaded."""
EMPTY: Final = "Matomo dio el periodo vacío («[]»): no contó nada, y eso es cero"
_LONGEST_MESSAGE: Final = 200
_SUMMARY: Final = "descargue de Matomo el resumen de visitas (VisitsSummary.get)."

_Values = dict[str, Any]
_Figures = dict[str, Amount | None]


@dataclass(frozen=True, slots=True)
class _Told:
    """A period by Matomo's name for it, and its figures by metric; None where it came empty."""

    name: str
    period: Period
    figures: _Figures | None


def read_answer(upload: Upload, answers: Answers) -> Extract:
    """What an answer of the Reporting API, kept as a file, holds. Never raises."""
    try:
        values, repairs = read_json(upload.read())
        if is_error(values):
            told = " ".join(str(values["message"]).split())[:_LONGEST_MESSAGE]
            return Extract(refused=f"«{upload.name}» es un aviso de error de Matomo y no datos: «{told}».")
        if _is_by_site(values):
            site = answers.get(SITE_KEY, "").strip()
            if site not in values:
                return Extract(repairs=repairs, questions=(_ask_site(values),))
            values = values[site]
        if _is_by_period(values):
            by_period = [_Told(name, _period_of(name), _take(value)) for name, value in values.items()]
        else:
            figures, period = _take(values), find_period(upload, answers)
            if isinstance(period, Question):
                return Extract(repairs=repairs, questions=(period,))
            by_period = [_Told(str(period), period, figures)]
        return _read_periods(upload, by_period, answers, repairs)
    except (DamagedJsonError, RefusedFigureError) as error:
        return Extract(refused=f"«{upload.name}» {error}")


def is_error(values: object) -> bool:
    """Whether an answer is Matomo's way of saying that it could not."""
    return isinstance(values, dict) and values.get("result") == "error" and "message" in values


def _is_by_site(values: object) -> bool:
    """Whether the keys are the numbers of sites; a year of four digits is a period."""
    return isinstance(values, dict) and bool(values) and all(key.isdecimal() and not read_period(key) for key in values)


def _ask_site(values: _Values) -> Question:
    choices = tuple((site, f"el sitio {site}") for site in values)
    return Question(SITE_KEY, "El archivo trae varios sitios de Matomo: diga cuál es el de la entidad.", choices)


def _is_by_period(values: object) -> bool:
    return isinstance(values, dict) and bool(values) and all(read_period(key) is not None for key in values)


def _period_of(name: str) -> Period:
    period = read_period(name)
    if period is None:
        raise RefusedFigureError(f"dice {quote(name)} donde va una fecha: descárguelo otra vez de Matomo.")
    return period


def _read_periods(upload: Upload, by_period: Sequence[_Told], answers: Answers, repairs: tuple[str, ...]) -> Extract:
    counted = [each.period.start for each in by_period if each.figures is not None]
    doubtful = [
        each for each in by_period if each.figures is None and not (counted and each.period.start < max(counted))
    ]
    said = answers.get(OVER_KEY, "") if doubtful else "yes"
    taken = by_period if said == "yes" else [each for each in by_period if each not in doubtful]
    told = {metric for each in by_period for metric in each.figures or ()} or {"visits"}
    zeros: _Figures = {metric: Amount.exact(0) for metric in TAKEN.values() if metric in told}
    observations: list[ImportedObservation] = []
    for each in taken:
        assumed = (WHOLE,) if each.figures is not None else (WHOLE, EMPTY)
        birth = Birth(upload.name, upload.sha256, f"periodo «{each.name}»", RULE, assumed)
        figures = zeros if each.figures is None else each.figures
        observations += [observe_website(metric, each.period, amount, birth) for metric, amount in figures.items()]
    questions = (_ask_over(doubtful),) if said not in ("yes", "no") else ()
    return Extract(tuple(observations), (), repairs, _doubt(counted), questions)


def _doubt(counted: Sequence[date]) -> tuple[str, ...]:
    if counted:
        return ()
    return ("Matomo no contó nada en todo el archivo: revise que el sitio sí se mida antes de guardar los ceros.",)


def _ask_over(doubtful: Sequence[_Told]) -> Question:
    """Ask whether the last periods are zeros, or had not come yet."""
    names = [each.name for each in doubtful]
    named = f"«{names[0]}»" if len(names) == 1 else f"de «{names[0]}» a «{names[-1]}»"
    return Question(
        OVER_KEY,
        f"El final viene vacío ({named}): ¿ya había pasado cuando se descargó el archivo?",
        (("yes", "sí, y Matomo no contó nada: es cero"), ("no", "no: que no se tome")),
    )


def _take(value: Any) -> _Figures | None:  # noqa: ANN401 - what JSON holds
    """The figures that go to the records; None for an empty period."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        (value,) = value
    if value in ([], {}):
        return None
    if isinstance(value, list) or (isinstance(value, dict) and "label" in value):
        raise RefusedFigureError(f"es un desglose y no el total del sitio: {_SUMMARY}")
    if not isinstance(value, dict):
        raise RefusedFigureError(f"trae un número sin decir qué cuenta: {_SUMMARY}")
    figures = {metric: _read_count(key, value[key]) for key, metric in TAKEN.items() if key in value}
    if not figures:
        raise RefusedFigureError(f"no trae visitas, visitantes únicos ni páginas vistas: {_SUMMARY}")
    return figures


def _read_count(key: str, value: object) -> Amount | None:
    if value is None or value == "":
        return None
    if not isinstance(value, bool) and isinstance(value, (int, str)) and (found := read_whole(str(value))):
        return found
    raise RefusedFigureError(
        f"dice {quote(str(value))} en «{key}», y ahí va un número entero: descárguelo otra vez de Matomo."
    )
