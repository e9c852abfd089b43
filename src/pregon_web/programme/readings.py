"""What an indicator's result means by its card: satisfactory, acceptable, critical, or «no medible» and its need."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.spanish import print_amount
from pregon.records.dossier import Dossier
from pregon.records.indicators import Indicator
from pregon.records.measuring import measure_formula
from pregon_web.programme.models import IndicatorCard

NOT_MEASURABLE: Final = "no medible"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a card stands in a quarter: the word for it, its sign's class, the result as printed and the sentence."""

    indicator: Indicator
    word: str
    css: str
    printed: str
    told: str

    @property
    def is_measurable(self) -> bool:
        """Whether there is a result and a target to hold it against."""
        return self.word != NOT_MEASURABLE


def read_card(card: IndicatorCard, dossier: Dossier) -> Reading:
    """A card worked out over a quarter. Without a denominator or a target it is not measurable, and says its need."""
    found = measure_formula(dossier, card.formula, f"card.{card.pk}", unit=card.unit.strip())
    if found.result is None:
        return Reading(found, NOT_MEASURABLE, "no-data", "", f"{_sentence(found.reason)}.")
    printed = print_amount(found.result)
    if card.target is None:
        told = f"La cuenta da {printed}, pero falta la meta con qué compararla: escríbala en la ficha."
        return Reading(found, NOT_MEASURABLE, "no-data", printed, told)
    word, css = _range_of(card, found.result.value, card.target)
    return Reading(found, word, css, printed, f"La meta es {tell_target(card)}.")


def _range_of(card: IndicatorCard, value: Decimal, target: Decimal) -> tuple[str, str]:
    if _reaches(card, value, target):
        return "Satisfactorio", "is-ok"
    if card.tolerable is not None and _reaches(card, value, card.tolerable):
        return "Aceptable", "is-gap"
    return "Crítico", "is-bad"


def _reaches(card: IndicatorCard, value: Decimal, limit: Decimal) -> bool:
    return value >= limit if card.sense == IndicatorCard.Sense.AT_LEAST else value <= limit


def tell_target(card: IndicatorCard) -> str:
    """«90 % o más»; nothing without a target."""
    if card.target is None:
        return ""
    return f"{print_limit(card, card.target)} {'o más' if card.sense == IndicatorCard.Sense.AT_LEAST else 'o menos'}"


def tell_ranges(card: IndicatorCard) -> list[tuple[str, str]]:
    """The ranges in words, each with its name: «Aceptable: desde 80 % y menos de 90 %»."""
    if card.target is None:
        return []
    target = print_limit(card, card.target)
    up = card.sense == IndicatorCard.Sense.AT_LEAST
    worse = "menos de" if up else "más de"
    ranges = [("Satisfactorio", tell_target(card))]
    if card.tolerable is not None:
        limit = print_limit(card, card.tolerable)
        ranges += [("Aceptable", f"{worse} {target}, hasta {limit}"), ("Crítico", f"{worse} {limit}")]
    else:
        ranges.append(("Crítico", f"{worse} {target}"))
    return ranges


def print_limit(card: IndicatorCard, value: Decimal) -> str:
    """A number in the card's unit: «90 %», «3 días hábiles»."""
    return print_amount(Amount.exact(value.normalize() + 0, card.unit.strip()))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
