"""What only the whole book can tell: repeated records, dates outside the period, values that disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone

from pregon.figures.metric import CATALOGUE
from pregon.figures.period import Period
from pregon.figures.spanish import fold, print_number
from pregon.records.formula import FormulaFault
from pregon.records.formula_reading import parse_formula
from pregon.records.instants import prove_instant
from pregon.records.programme import IndicatorKind
from pregon.records.publishing import ObservationStatus
from pregon.records.quantities import LABELS
from pregon.registro.mistake import Mistake
from pregon.registro.rows import Row
from pregon.registro.shape import Column, Sheet

_OFFICE_ZONE = timezone(timedelta(hours=-5))
"""Colombia: five hours behind UTC the whole year since 1993."""
_LINES_OF_DEFENCE = (1, 2, 3)
"""Who leads the process, who plans, and internal control."""
_MOST_TARGET, _TARGET_PLACES = 10**10, 4
"""What the target of an indicator may be."""
_MAY_FALL = {"followers_gained"}
"""Metrics that can be less than zero: more people left than came."""


def find_repeated(rows: Sequence[Row]) -> Iterator[Mistake]:
    """Rows of a sheet with the same key: which of them counts cannot be told."""
    seen: dict[tuple[object, ...], Row] = {}
    for row in rows:
        if not isinstance(row.sheet, Sheet):
            continue
        keys = [column for column in row.sheet.columns if column.is_key]
        if not keys or any(column.field in row.refused for column in keys):
            continue
        key = tuple(_folded(row.values[column.field]) for column in keys)
        first = seen.setdefault(key, row)
        if first is row:
            continue
        shown = " · ".join(_shown(column, row.values[column.field]) for column in keys)
        remedy = "Déjela en una sola." if len(keys) > 1 else "Use otra, o borre la fila que sobra."
        yield row.mistake(keys[0].field, f"«{shown}» ya está en la fila {first.number}.", remedy)


def _shown(column: Column, value: object) -> str:
    return _slashed(value) if isinstance(value, date) else str(column.kind.print(value))


def _folded(value: object) -> object:
    return fold(value) if isinstance(value, str) else value


def check_rows(
    rows_by_sheet: Mapping[str, Sequence[Row]], period: Period, cutoff: datetime | None
) -> Iterator[Mistake]:
    """The rules of each sheet, over the rows whose cells could all be taken."""
    for name, rows in rows_by_sheet.items():
        rule = _RULES.get(name)
        for row in rows:
            if rule is not None and row.is_whole:
                yield from rule(row, _Frame(period, cutoff))


class _Frame:
    """The period of the registro, and until when its checks may be dated."""

    def __init__(self, period: Period, cutoff: datetime | None) -> None:
        self.period = period
        self.last_check = period.end if cutoff is None else max(period.end, cutoff.date())


def _check_publication(row: Row, frame: _Frame) -> Iterator[Mistake]:
    yield from _inside(row, "published_on", frame.period)
    published = row.values["published_on"]
    for field, what in (("corrected_on", "Se corrigió"), ("withdrawn_on", "Se retiró")):
        later = row.values[field]
        if later is not None and later < published:
            yield row.mistake(
                field,
                f"{what} el {_slashed(later)} y se publicó el {_slashed(published)}.",
                "Revise cuál de las dos fechas está mal.",
            )
    yield from _against_link(row, published)


def _against_link(row: Row, published: date) -> Iterator[Mistake]:
    """The day written against the one that the link proves. A remark: the records may hold the day of a campaign."""
    proved = prove_instant(row.values["link"] or "")
    if proved is None:
        return
    at = proved.at.astimezone(_OFFICE_ZONE)
    if at.date() != published:
        yield row.mistake(
            "published_on",
            f"Dice el {_slashed(published)} y el enlace prueba que salió el {_slashed(at.date())} a las {at:%H:%M}.",
            "Escriba la fecha del enlace, o corrija el enlace.",
            is_remark=True,
        )


def _check_observation(row: Row, frame: _Frame) -> Iterator[Mistake]:
    asked = row.values["period"]
    if not frame.period.contains(asked):
        yield row.mistake(
            "period",
            f"«{asked.title}» está fuera del periodo ({frame.period.span_title}).",
            "Escriba un mes de este periodo.",
        )
    figure = row.values["figure"]
    if figure is not None and not isinstance(figure, ObservationStatus) and figure.value < 0:
        metric = row.values["metric"]
        if metric not in _MAY_FALL:
            name = CATALOGUE[metric].name if metric in CATALOGUE else metric
            yield row.mistake(
                "figure",
                f"{name} no puede ser {print_number(figure.value)}.",
                "Escriba 0 o más; si no la tiene, diga «sin dato».",
            )


def _check_campaign(row: Row, frame: _Frame) -> Iterator[Mistake]:
    start, end = row.values["start"], row.values["end"]
    if (start is None) != (end is None):
        missing = "start" if start is None else "end"
        yield row.mistake(
            missing,
            "Tiene solo una de sus dos fechas.",
            "Escriba las dos, o ninguna si corre todo el año.",
        )
    elif start is not None and end < start:
        yield row.mistake(
            "end", f"Termina el {_slashed(end)}, antes de empezar el {_slashed(start)}.", "Revise las dos fechas."
        )
    elif start is not None and not frame.period.overlaps(Period.span(start, end)):
        yield row.mistake(
            "start",
            f"Corrió del {_slashed(start)} al {_slashed(end)}, fuera del periodo ({frame.period.span_title}).",
            "Revise las fechas, o regístrela en su trimestre.",
        )


def _check_event(row: Row, frame: _Frame) -> Iterator[Mistake]:
    yield from _inside(row, "day", frame.period)
    called, attended = row.values["called"], row.values["attended"]
    if called is not None and attended is not None and attended > called:
        yield row.mistake(
            "attended",
            f"Asistieron {print_number(attended)} y se convocó a {print_number(called)}.",
            "Puede ser; revise que no estén cambiados.",
            is_remark=True,
        )


def _check_request(row: Row, frame: _Frame) -> Iterator[Mistake]:
    asked, due, delivered = (row.values[field] for field in ("asked_on", "due", "delivered_on"))
    if asked > frame.period.end:
        yield from _inside(row, "asked_on", frame.period)
    elif delivered is not None and delivered < frame.period.start:
        yield row.mistake(
            "delivered_on",
            f"Se entregó el {_slashed(delivered)}, antes de que empezara el periodo.",
            "Regístrela en el trimestre en que se entregó.",
        )
    approved, cancelled = row.values["approved_on"], row.values["cancelled_on"]
    for field, day, what in (
        ("due", due, "Se acordó para el"),
        ("delivered_on", delivered, "Se entregó el"),
        ("approved_on", approved, "Se aprobó el"),
        ("cancelled_on", cancelled, "Se canceló el"),
    ):
        if day is not None and day < asked:
            yield row.mistake(
                field, f"{what} {_slashed(day)} y se pidió el {_slashed(asked)}.", "Revise cuál de las dos está mal."
            )

    if delivered is not None and cancelled is not None:
        yield row.mistake(
            "cancelled_on",
            "Tiene fecha de entrega y fecha de cancelación.",
            "Puede ser; si no, borre la que sobra.",
            is_remark=True,
        )


def _check_follow_up(row: Row, frame: _Frame) -> Iterator[Mistake]:
    yield from _inside(row, "checked_on", Period.span(frame.period.start, frame.last_check))
    run, planned = row.values["controls_run"], row.values["controls_planned"]
    if run is not None and planned is not None and run > planned:
        yield row.mistake(
            "controls_run",
            f"Se hicieron {print_number(run)} controles y se previeron {print_number(planned)}.",
            "Puede ser; revise que no estén cambiados.",
            is_remark=True,
        )

    line = row.values["line_of_defence"]
    if line is not None and line not in _LINES_OF_DEFENCE:
        yield row.mistake(
            "line_of_defence",
            f"No hay línea de defensa {print_number(line)}.",
            "Escriba 1, 2 o 3; vacía si no se sabe.",
        )
    if row.values["despite"] and row.values["materialised"]:
        yield row.mistake(
            "despite",
            "Dice por qué no se materializó y también que sí se materializó.",
            "Borre uno de los dos.",
            is_remark=True,
        )


def _check_satisfaction(row: Row, _frame: _Frame) -> Iterator[Mistake]:
    answers, satisfied = row.values["answers"], row.values["satisfied"]
    for field, value in (("answers", answers), ("satisfied", satisfied)):
        if value is None:
            yield row.mistake(field, "No se sabe cuántas fueron.", "Escriba el número, o borre la fila.")
    if answers is not None and satisfied is not None and satisfied > answers:
        yield row.mistake(
            "satisfied",
            f"Quedaron satisfechas {print_number(satisfied)} y respondieron {print_number(answers)}.",
            "Revise cuál de las dos cifras está mal.",
        )


def _check_activity(row: Row, _frame: _Frame) -> Iterator[Mistake]:
    """A formula that cannot be read is a remark: the activity is then «no medible», and says why."""
    target, progress = row.values["target"], row.values["progress"]
    if target is not None and (abs(target) >= _MOST_TARGET or target != round(target, _TARGET_PLACES)):
        yield row.mistake(
            "target", f"La meta {print_number(target)} no cabe.", "Escríbala con cuatro decimales o menos."
        )
    if progress is not None and not (0 <= progress <= 100 and progress == round(progress, 2)):
        yield row.mistake("progress", f"El avance {print_number(progress)} no es un porcentaje.", "Va de 0 a 100.")
    formula = row.values["formula"]
    if row.values["indicator"] is not IndicatorKind.FORMULA:
        return
    if not formula.strip():
        yield row.mistake(
            "formula", "Falta la fórmula del indicador.", "Escríbala, o elija otro indicador.", is_remark=True
        )
        return
    found = parse_formula(formula, LABELS)
    if isinstance(found, FormulaFault):
        yield row.mistake("formula", found.message, "Corrija la fórmula.", is_remark=True)


def _check_evidence(row: Row, frame: _Frame) -> Iterator[Mistake]:
    month = row.values["month"]
    if month is not None and not frame.period.contains(month):
        yield row.mistake(
            "month",
            f"«{month.title}» está fuera del periodo ({frame.period.span_title}).",
            "La evidencia debe ser del mismo periodo.",
        )
    for field in ("file", "link"):
        if str(row.values[field]).startswith("\\\\"):
            yield row.mistake(
                field,
                "Es la dirección de un servidor interno.",
                "Ponga el nombre del archivo, o un enlace que cualquiera pueda abrir.",
                is_remark=True,
            )


def _check_dated(field: str) -> Callable[[Row, _Frame], Iterator[Mistake]]:
    """A rule that asks only that a date be inside the period."""

    def rule(row: Row, frame: _Frame) -> Iterator[Mistake]:
        yield from _inside(row, field, frame.period)

    return rule


def _inside(row: Row, field: str, period: Period) -> Iterator[Mistake]:
    day = row.values[field]
    if not period.contains(day):
        yield row.mistake(
            field,
            f"El {_slashed(day)} está fuera del periodo ({period.span_title}).",
            "Revise la fecha, o llévela al registro de su trimestre.",
        )


def _slashed(day: date) -> str:
    return f"{day.day}/{day.month:02}/{day.year}"


_RULES: Mapping[str, Callable[[Row, _Frame], Iterator[Mistake]]] = {
    "Publicaciones": _check_publication,
    "Mediciones": _check_observation,
    "Campañas": _check_campaign,
    "Efemérides": _check_dated("day"),
    "Eventos": _check_event,
    "Solicitudes": _check_request,
    "Seguimiento de riesgos": _check_follow_up,
    "Satisfacción": _check_satisfaction,
    "Incidentes": _check_dated("happened_on"),
    "Plan": _check_activity,
    "Evidencias": _check_evidence,
}
