"""The cheapest explanation of a wrong figure: one slip that turns what should stand there into what does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from pregon.figures.spanish import print_number

UNKNOWN: Final = "No se encontró la causa."
_LEAST: Final = Decimal(2)
_MANY: Final = (
    (Decimal(10), "Parece que sobra un cero."),
    (Decimal("0.1"), "Parece que falta un cero."),
    (Decimal(1000), "Parece que se perdió el punto de miles, o que sobra."),
    (Decimal("0.001"), "Parece que se perdió el punto de miles, o que sobra."),
)
Part = tuple[str, Decimal]
"""A figure nearby: what it is called and its value."""


def explain_figure(
    stated: Decimal, right: Decimal, *, own: str = "", parts: Sequence[Part] = (), neighbours: Iterable[Part] = ()
) -> str:
    """Say in Spanish which single slip gives `stated` where `right` was due; "" where none does.

    `own` names the figure, `parts` are what it is made of and `neighbours` the figures of its kind beside it.

    >>> explain_figure(Decimal(179), Decimal(90), own="X", neighbours=[("Instagram", Decimal(89))])
    '179 = 90 de X + 89 de Instagram.'
    >>> explain_figure(Decimal(237), Decimal(273))
    'Dos cifras vecinas están cambiadas de orden.'
    """
    for explained in (
        _one_part(stated, right, parts),
        _neighbour_added(stated, right, own, neighbours),
        _part_slipped(stated, right, parts),
        _swapped(stated, right),
        _scaled(stated, right),
        _one_digit(stated, right),
    ):
        if explained:
            return explained
    return ""


def _one_part(stated: Decimal, right: Decimal, parts: Sequence[Part]) -> str:
    for label, value in parts:
        if len(parts) > 1 and value == stated != right and label:
            return f"{print_number(stated)} es solo {label}."
    return ""


def _neighbour_added(stated: Decimal, right: Decimal, own: str, neighbours: Iterable[Part]) -> str:
    for label, value in neighbours:
        if value >= _LEAST and stated == right + value and label != own:
            mine = f"{print_number(right)} de {own}" if own else print_number(right)
            return f"{print_number(stated)} = {mine} + {print_number(value)} de {label}."
        if value == stated and value >= 10 and label != own:
            return f"{print_number(stated)} es la cifra de {label}."
    return ""


def _part_slipped(stated: Decimal, right: Decimal, parts: Sequence[Part]) -> str:
    for label, value in parts:
        if value < _LEAST or not label:
            continue
        if stated == right - value:
            return f"Falta sumar {label} ({print_number(value)})."
        if stated == right + value:
            return f"La cifra de {label} ({print_number(value)}) parece sumada dos veces."
    return ""


def _swapped(stated: Decimal, right: Decimal) -> str:
    one, other = str(abs(stated)), str(abs(right))
    if len(one) != len(other) or sorted(one) != sorted(other):
        return ""
    places = [place for place in range(len(one)) if one[place] != other[place]]
    return "Dos cifras vecinas están cambiadas de orden." if len(places) == 2 and places[1] == places[0] + 1 else ""


def _scaled(stated: Decimal, right: Decimal) -> str:
    if not right:
        return ""
    return next((words for factor, words in _MANY if stated == right * factor), "")


def _one_digit(stated: Decimal, right: Decimal) -> str:
    one, other = str(abs(stated)), str(abs(right))
    if len(one) != len(other) or len(one) < 3 or one[:-1] == other[:-1]:
        return ""
    different = sum(a != b for a, b in zip(one, other, strict=True))
    return "Solo cambia un dígito: puede ser un error al digitar." if different == 1 else ""
