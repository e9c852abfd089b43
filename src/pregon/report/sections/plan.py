"""Plan de acción: each activity, planned and done, with its indicator, target and result, or why there is none."""

from __future__ import annotations

from decimal import ROUND_HALF_UP

from pregon.document.model import Block, Cell, CellState, Paragraph, Role
from pregon.document.prose import Operator, Printed, Prose
from pregon.figures.amount import Amount
from pregon.records.comparison import TENTH
from pregon.records.indicators import Indicator
from pregon.records.measuring import PER_CENT, measure_activity
from pregon.records.programme import IndicatorKind, PlanActivity
from pregon.records.totals import Measure
from pregon.report.missing import missing_recorded, tell_missing
from pregon.report.section import Case, Section, SectionReport
from pregon.report.setting import (
    NOT_MEASURABLE,
    absence,
    cell,
    cited,
    computed,
    missing_cell,
    noun,
    number,
    period_name,
)
from pregon.report.tables import plain_table

SLUG = "plan"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. An indicator without denominator or target is «no medible» or «sin meta», never 100 %."""
    dossier = case.dossier
    missing = missing_recorded(dossier, SLUG)
    activities = dossier.activities
    if not activities:
        nothing = Paragraph(Prose("No hay actividades del plan registradas para el periodo."), Role.NOTE)
        return SectionReport(SLUG, SECTION.title, (nothing, *tell_missing(missing)), missing)
    measured = [(activity, measure_activity(dossier, activity)) for activity in activities]
    blocks: list[Block] = [Paragraph(_tell(case, measured))]
    head = ("Actividad", "Planeado", "Hecho", "Indicador", "Meta", "Resultado")
    blocks.append(plain_table("Actividades del plan y sus indicadores", head, [_row(a, i) for a, i in measured]))
    blocks += [Paragraph(told, Role.ITEM) for told in (*_accounts(measured), *_follow_ups(activities))]
    blocks += tell_missing(missing)
    return SectionReport(SLUG, SECTION.title, tuple(blocks), missing)


def _tell(case: Case, measured: list[tuple[PlanActivity, Indicator]]) -> Prose:
    total = len(measured)
    able = sum(1 for _, indicator in measured if indicator.is_measurable)
    met = sum(1 for activity, indicator in measured if indicator.meets(activity.target))
    return Prose.of(
        "El plan tiene ",
        number("plan.count", total, sources=(f"activity:{activity.reference}" for activity, _ in measured)),
        noun(total, " actividad", " actividades"),
        " para el ",
        period_name(case.dossier.period),
        noun(able, ". Se pudo medir ", ". Se pudieron medir "),
        number("plan.measurable", able),
        " y ",
        number("plan.met", met),
        noun(met, " cumple su meta.", " cumplen su meta."),
    )


def _row(activity: PlanActivity, indicator: Indicator) -> list[Cell]:
    key = f"activity.{activity.reference}"
    source = (f"activity:{activity.reference}",)
    step = (cited(f"{key}.step", activity.step), " ") if activity.step else ()
    return [
        cell(*step, cited(f"{key}.title", activity.title)),
        _count_cell(f"{key}.planned", activity.planned, source),
        _count_cell(f"{key}.done", activity.done, source),
        cell(_formula(activity, indicator)),
        missing_cell("sin meta", f"{key}.target")
        if activity.target is None
        else cell(computed(f"{key}.target", Amount.exact(activity.target, indicator.unit), Operator.RECORDED)),
        _result_cell(indicator),
    ]


def _count_cell(key: str, value: int | None, source: tuple[str, ...]) -> Cell:
    return missing_cell(key=key) if value is None else cell(number(key, value, Operator.RECORDED, source))


def _result_cell(indicator: Indicator) -> Cell:
    if indicator.result is None:
        return Cell(Prose.of(absence(NOT_MEASURABLE, indicator.key)), state=CellState.NOT_MEASURABLE)
    return cell(_result(indicator, indicator.result))


def _result(indicator: Indicator, result: Amount) -> Printed:
    """The result as it is printed; a share names the two figures that it is of."""
    terms = tuple(term.key for term in (indicator.numerator, indicator.denominator) if term is not None)
    is_share = len(terms) == 2 and result.unit == PER_CENT
    return computed(indicator.key, result, Operator.SHARE if is_share else Operator.RECORDED, terms if is_share else ())


def _formula(activity: PlanActivity, indicator: Indicator) -> Printed | str:
    """The formula in words; one that the office wrote is printed as its own, whatever figures it has."""
    if activity.indicator is IndicatorKind.FORMULA:
        return cited(f"activity.{activity.reference}.formula", indicator.formula)
    return indicator.formula


def _accounts(measured: list[tuple[PlanActivity, Indicator]]) -> list[Prose]:
    told = []
    for activity, indicator in measured:
        title = cited(f"activity.{activity.reference}.title", activity.title)
        formula = _formula(activity, indicator)
        if indicator.result is None:
            reason: Printed | str = indicator.reason
            if activity.indicator is IndicatorKind.FORMULA:
                reason = cited(f"activity.{activity.reference}.reason", indicator.reason)
            told.append(Prose.of(title, ": ", absence(NOT_MEASURABLE, indicator.key), ", porque ", reason, "."))
            continue
        result = _result(indicator, indicator.result)
        if indicator.numerator is not None and indicator.denominator is not None:
            above, below = _term(indicator.numerator), _term(indicator.denominator)
            told.append(Prose.of(title, ": ", above, " ÷ ", below, " = ", result, " (", formula, ")."))
        else:
            told.append(Prose.of(title, ": ", result, " (", formula, ")."))
    return told


def _term(measure: Measure) -> Prose:
    if measure.amount is None:
        return Prose.of(absence("sin dato", measure.key))
    if measure.amount.value == measure.amount.value.to_integral_value():
        return Prose.of(number(measure.key, int(measure.amount.value), Operator.COUNT, measure.sources))
    rounded = Amount(measure.amount.value.quantize(TENTH, ROUND_HALF_UP), measure.amount.unit, TENTH)
    return Prose.of(computed(measure.key, rounded, Operator.RECORDED))


def _follow_ups(activities: tuple[PlanActivity, ...]) -> list[Prose]:
    """What hindered an activity and what proves it, where somebody noted it."""
    told = []
    for activity in activities:
        key = f"activity.{activity.reference}"
        noted = [
            (label, cited(f"{key}.{field}", text))
            for label, field, text in (
                ("Responde", "owner", activity.owner),
                ("Obstáculos", "obstacles", activity.obstacles),
                ("Evidencia", "evidence", activity.evidence),
            )
            if text.strip()
        ]
        if noted:
            parts: list[str | Printed] = []
            for label, text in noted:
                parts += [f". {label}: ", text]
            told.append(Prose.of(cited(f"{key}.title", activity.title), *parts, "."))
    return told


SECTION = Section(SLUG, "Plan de acción", 130, build)
