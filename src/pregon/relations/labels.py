"""What the name of a row or column says of its figures, in Spanish and in the English of tables that were copied."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final

from pregon.figures.spanish import fold


class Level(IntEnum):
    """How far up a line sums."""

    PART = 0
    SUBTOTAL = 1
    TOTAL = 2
    GRAND = 3


_BARE: Final = re.compile(r"^(?:total(?:es|s)?|suma|sumatoria|sum|trimestre|semestre|ano|periodo|subtotal)[ :.]*$")
_GRAND: Final = re.compile(r"^(?:gran total|grand totals?|total general|total global|totales generales)\b")
_SUBTOTAL: Final = re.compile(r"^(?:sub ?-?total(?:es|s)?|total parcial)\b")
_TOTAL: Final = re.compile(
    r"^(?:total(?:es|s)?|suma(?:toria)?|sum)\b|\btotals?$|^(?:trimestre|semestre|ano|periodo)$"
    r"|^en el (?:trimestre|semestre|ano)$"
)
_RATE: Final = re.compile(
    r"%|\bpor ?ciento\b|\bporcentaj|\bpromedio|\bmedia\b|\bmediana\b|\btasa\b|\bvariacion|\bcambio\b|\bdiferencia\b"
    r"|\bindice\b|\bcumplimiento\b|\bparticipacion\b|\bmaxim|\bminim|\beficacia\b|\bmeta\b|\bacumulad"
)
_ENGLISH_RATE: Final = re.compile(
    r"^(?:max|min|averages?|avg|mean|per ?cent\w*)\b|\b(?:averages?|avg|mean|rates?|per ?cent)$"
)

_NAME: Final = re.compile(
    r"^(?:n\.?[oº]?|no\.?|nro\.?|num(?:ero)?\.?|#|item|ano|vigencia|fecha|codigo|cod\.?|id|telefono|cedula|nit|hora|semana|puesto|orden)$"
)


@lru_cache(maxsize=4096)
def level_of(label: str) -> Level:
    """Whether a label claims a sum, and over how much.

    >>> level_of("Total por mes"), level_of("Subtotal redes"), level_of("Facebook")
    (<Level.TOTAL: 2>, <Level.SUBTOTAL: 1>, <Level.PART: 0>)
    """
    text = fold(label).strip(" .:*")
    if is_rate(label):
        return Level.PART
    if _GRAND.search(text):
        return Level.GRAND
    if _SUBTOTAL.search(text):
        return Level.SUBTOTAL
    if _TOTAL.search(text):
        return Level.TOTAL
    return Level.PART


@lru_cache(maxsize=4096)
def is_bare_total(label: str) -> bool:
    """Whether a label says «total» and nothing else, so that it can only be the sum of its neighbours."""
    return bool(_BARE.match(fold(label).strip(" .:*")))


@lru_cache(maxsize=4096)
def is_rate(label: str) -> bool:
    """Whether a line holds shares, means, changes or extremes, which are never added."""
    text = fold(label)
    return bool(_RATE.search(text) or _ENGLISH_RATE.search(text.strip(" .:*")))


@lru_cache(maxsize=4096)
def is_name(label: str) -> bool:
    """Whether a line holds numbers that only name things: years, codes, ordinals."""
    return bool(_NAME.match(fold(label).strip()))
