"""What an activity of the plan, or an indicator's card, comes to: by its kind, or by the formula somebody wrote.

The «no medible» of a formula says what it needs: which quantity has no datum and what to record, which divisor is 0.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.spanish import join_words
from pregon.records.comparison import TENTH
from pregon.records.dossier import Dossier
from pregon.records.formula import (
    Formula,
    FormulaFault,
    Name,
    Node,
    Operation,
    Opposite,
    Sign,
    ZeroDivisor,
    evaluate,
    is_percent,
    names_in,
    split_ratio,
    tell_formula,
)
from pregon.records.formula_reading import parse_formula
from pregon.records.indicators import Indicator, call_effectiveness, deliverables, ratio_of, timeliness
from pregon.records.programme import IndicatorKind, PlanActivity
from pregon.records.quantities import CATALOGUE, LABELS
from pregon.records.totals import Account, Measure, MeasureState, recorded

PER_CENT: Final = "%"
_MOST: Final = Decimal(10) ** 20
_ROUNDING: Final = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN)


def measure_activity(dossier: Dossier, activity: PlanActivity) -> Indicator:
    """The indicator of an activity of the plan, of whichever kind it declares."""
    key = f"plan.{activity.reference}"
    match activity.indicator:
        case IndicatorKind.COMPLETION:
            return _completion(activity, key)
        case IndicatorKind.TIMELINESS:
            return timeliness(dossier, key)
        case IndicatorKind.DELIVERABLES:
            return deliverables(dossier, key)
        case IndicatorKind.CALL:
            return call_effectiveness(dossier, key)
        case IndicatorKind.FORMULA:
            return measure_formula(dossier, activity.formula, key)
        case IndicatorKind.NONE:
            return Indicator(key, "sin fórmula", None, None, None, "la actividad no tiene indicador definido")


def _completion(activity: PlanActivity, key: str) -> Indicator:
    """Done over planned; of an activity that is not counted, the progress that somebody noted."""
    source = f"activity:{activity.reference}"
    is_counted = activity.planned is not None or activity.done is not None
    if not is_counted and activity.progress is not None:
        return Indicator(
            key, "avance anotado", None, None, Amount.exact(activity.progress, PER_CENT), sources=(source,)
        )
    return ratio_of(
        key,
        "hecho ÷ planeado",
        recorded(f"{key}.done", activity.done, source),
        recorded(f"{key}.planned", activity.planned, source),
        empty="no había nada planeado para el periodo",
        unknown="falta registrar lo planeado o lo hecho" if is_counted else "falta registrar lo hecho o el avance",
    )


def measure_formula(dossier: Dossier, text: str, key: str, *, unit: str = "") -> Indicator:
    """What a formula comes to in a dossier.

    `unit` is the one that the card asks for; without it, a term over another of its own unit and whatever is multiplied
    by 100 are per cent, and the rest is in the unit of its quantities. A share is given in per cent also where nobody
    wrote «× 100».
    """
    if not text.strip():
        return Indicator(key, "sin fórmula", None, None, None, "falta escribir la fórmula")
    formula = parse_formula(text, LABELS)
    if isinstance(formula, FormulaFault):
        return Indicator(key, text, None, None, None, f"la fórmula no se puede leer: {formula.message.rstrip('.')}")
    told = tell_formula(formula.root, LABELS)
    unit = unit or _own_unit(formula)
    if not formula.names:
        return Indicator(
            key, told, None, None, None, "la fórmula no nombra ninguna cantidad de los registros", (), unit
        )
    measures = {code: CATALOGUE[code].measure(dossier) for code in formula.names}
    sources = tuple(dict.fromkeys(source for each in measures.values() for source in each.sources))
    above, below = _terms(formula, measures, key)
    lacking = [code for code, each in measures.items() if each.value is None]
    if lacking:
        return Indicator(key, told, above, below, None, _tell_lacking(lacking, measures), sources, unit)
    result = _result(formula, measures, unit)
    if isinstance(result, str):
        return Indicator(key, told, above, below, None, result, sources, unit)
    return Indicator(key, told, above, below, result, "", sources, unit)


def _result(formula: Formula, measures: dict[str, Measure], unit: str) -> Amount | str:
    """The result rounded half up to one decimal, whole numbers as they are; or why there is none."""
    values = _values(measures)
    found = evaluate(formula.root, values)
    if isinstance(found, ZeroDivisor):
        needs = [CATALOGUE[code].needs for code in dict.fromkeys(names_in(found.divisor))]
        why = f"«{tell_formula(found.divisor, LABELS)}» es cero y no se puede dividir por cero"
        return f"{why}: {join_words(list(dict.fromkeys(needs)))}" if needs else why
    ratio = split_ratio(formula.root)
    value = found.value
    if unit == PER_CENT and ratio is not None and not ratio.is_percent:
        value *= 100
    if abs(value) >= _MOST:
        return "el resultado es un número demasiado grande: revise la fórmula"
    rounded = value.quantize(TENTH, ROUND_HALF_UP, _ROUNDING)
    if unit == PER_CENT:
        return Amount(rounded, PER_CENT, TENTH)
    whole = value.to_integral_value()
    return Amount.exact(whole, unit) if whole == value else Amount(rounded, unit, TENTH)


def _own_unit(formula: Formula) -> str:
    """Per cent for what is multiplied by 100 and for requests over requests; posts over events have no unit."""
    ratio, units = split_ratio(formula.root), _units_in(formula.root)
    if is_percent(formula.root) or (ratio is not None and _units_in(ratio.above) == _units_in(ratio.below)):
        return PER_CENT
    return next(iter(units)) if len(units) == 1 and ratio is None else ""


def _units_in(node: Node) -> set[str]:
    return {CATALOGUE[code].unit for code in names_in(node)}


def _values(measures: dict[str, Measure]) -> dict[str, Decimal]:
    return {code: each.value for code, each in measures.items() if each.value is not None}


def _tell_lacking(lacking: list[str], measures: dict[str, Measure]) -> str:
    """«falta el dato de «personas convocadas»: anote en cada evento …»; a need that serves several is told once."""
    needed: dict[str, list[str]] = {}
    for code in lacking:
        quantity, parts = CATALOGUE[code], measures[code].lacking
        of = f" (de {join_words([f'«{name}»' for name in parts[:3]])})" if parts else ""
        needed.setdefault(quantity.needs, []).append(f"«{quantity.label}»{of}")
    return "; ".join(
        f"{'falta el dato de' if len(names) == 1 else 'faltan los datos de'} {join_words(names)}: {needs}"
        for needs, names in needed.items()
    )


def _terms(formula: Formula, measures: dict[str, Measure], key: str) -> tuple[Measure | None, Measure | None]:
    """What is divided and what it is divided by, of one term over another; of anything else, its one quantity."""
    ratio = split_ratio(formula.root)
    if ratio is None:
        root = formula.root
        return (measures[root.code] if isinstance(root, Name) else None), None
    return _term(ratio.above, measures, f"{key}.numerator"), _term(ratio.below, measures, f"{key}.denominator")


def _term(node: Node, measures: dict[str, Measure], key: str) -> Measure:
    """A term with its value and the records behind it: of one quantity, that quantity's own."""
    if isinstance(node, Name):
        return measures[node.code]
    parts = tuple(measures[code] for code in dict.fromkeys(names_in(node)))
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    if any(part.value is None for part in parts):
        return Measure(key, MeasureState.NO_DATA, parts=parts, sources=sources)
    found = evaluate(node, _values(measures))
    if isinstance(found, ZeroDivisor):
        return Measure(key, MeasureState.NO_DATA, parts=parts, sources=sources)
    account = Account.SUM if _is_sum(node) else Account.RECORDED
    return Measure(key, MeasureState.VALUE, Amount.exact(found.value), account, parts, sources)


def _is_sum(node: Node) -> bool:
    """Whether a term only adds quantities, so that it can be told as a sum."""
    if isinstance(node, Operation):
        return node.sign is Sign.PLUS and _is_sum(node.left) and _is_sum(node.right)
    return isinstance(node, Name) and not isinstance(node, Opposite)
