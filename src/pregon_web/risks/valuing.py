"""How a risk's value was worked out, in words and step by step, by the scale it was valued with. Pure but for rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pregon.figures.spanish import print_number
from pregon.records import risk_scale
from pregon.records.risk_scale import Position, Valuation, parse_scale
from pregon_web.risks.models import CONTROL_KINDS, EXECUTIONS, Risk, RiskControl, Scale

_MOST_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A control's step in words: which control, its weight and of what, and the account that it makes."""

    control: RiskControl
    weight: str
    account: str
    side: str


def scale_of(row: Scale) -> risk_scale.Scale:
    """The scale that a row keeps."""
    return parse_scale(row.data)


def value_risk(risk: Risk, controls: Sequence[RiskControl]) -> Valuation | None:
    """The risk by its own scale and its controls in their order; None where nobody valued it."""
    if risk.scale is None or risk.probability is None or risk.impact is None:
        return None
    weighed = [
        risk_scale.Control(risk_scale.ControlKind(each.kind), risk_scale.Execution(each.execution)) for each in controls
    ]
    scale = scale_of(risk.scale)
    probability = min(risk.probability, len(scale.probabilities) - 1)
    return scale.value(probability, min(risk.impact, len(scale.impacts) - 1), weighed)


def tell_steps(valued: Valuation, scale: risk_scale.Scale, controls: Sequence[RiskControl]) -> list[ToldStep]:
    """Each control with its account: «80 % × (1 − 40 %) = 48 %»."""
    told = []
    for step, row in zip(valued.steps, controls, strict=True):
        kind, execution = step.control.kind, step.control.execution
        weight = (
            f"{CONTROL_KINDS[kind]}, {print_percent(scale.kinds[kind])}, más {EXECUTIONS[execution].lower()}, "
            f"{print_percent(scale.executions[execution])}: pesa {print_percent(step.weight)}"
        )
        account = f"{print_percent(step.before)} × (1 − {print_percent(step.weight)}) = {print_percent(step.after)}"
        told.append(ToldStep(row, weight, account, "Impacto" if step.on_impact else "Probabilidad"))
    return told


def tell_position(position: Position, scale: risk_scale.Scale) -> str:
    """«Probabilidad Media, 48 %; impacto Moderado, 60 %»."""
    row, column = scale.probabilities[position.row], scale.impacts[position.column]
    return (
        f"Probabilidad {row.name}, {print_percent(position.probability)}; "
        f"impacto {column.name}, {print_percent(position.impact)}"
    )


def print_percent(value: Decimal) -> str:
    """«48 %», «33,6 %»; with more decimals than two it is told to be rounded: «≈ 17,28 %»."""
    rounded = round(value, _MOST_DECIMALS)
    sign = "" if rounded == value else "≈ "
    plain = rounded.normalize() if rounded else Decimal(0)
    if plain == plain.to_integral_value():
        plain = plain.quantize(Decimal(1))
    return f"{sign}{print_number(plain)}\u00a0%"
