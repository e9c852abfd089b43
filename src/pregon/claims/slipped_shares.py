"""Slipped shares: columns of percentages too short to compare, in which a slip explains the one row that fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from math import log2
from typing import Final

from pregon.claims.slips import Printed, explains_account
from pregon.claims.vocabulary import flatten
from pregon.figures.amount import Amount

_SURE_BITS: Final = 12.0
"""Evidence asked of the rows that close: a chance of one in four thousand."""
_SURE_BITS_WITH_WORDS: Final = 6.0
"""The same where the heads of the columns say what is a share of what, so that one row is enough."""
_LEAST_CLOSING: Final = 2
_DONE: Final = re.compile(
    r"\b(?:asistentes?|asistieron|asistio|atendid|cumplid|entregad|ejecutad|hech|lograd|realizad|respondid|resuelt)"
)
_DUE: Final = re.compile(
    r"\b(?:citad|convocad|esperad|inscrit|invitad|meta\b|pedid|planead|previst|programad|recibid|solicitad)"
)
_RATE: Final = re.compile(r"\b(?:asistencia|avance|cobertura|cumplimiento|eficacia|ejecucion|logro|porcentaje)|%")


def names_share(share: str, part: str, whole: str) -> bool:
    """Whether three heads say that the first is the share that the second is of the third.

    >>> names_share("Asistencia", "Asistentes", "Convocados"), names_share("Asistencia", "Mujeres", "Convocados")
    (True, False)
    """
    return bool(_RATE.search(flatten(share)) and _DONE.search(flatten(part)) and _DUE.search(flatten(whole)))


def is_all_but_a_slip(
    closing: Sequence[Sequence[Amount]],
    failing: Sequence[Amount],
    closes: Callable[[Sequence[Amount]], bool],
    *,
    tried: int,
    is_named: bool,
) -> bool:
    """Whether rows close by no accident, and one slip keeps another from closing.

    A row is the share printed, the part and the whole; `tried` is of how many accounts this one was chosen.
    """
    if len(closing) < (1 if is_named else _LEAST_CLOSING):
        return False
    bits = sum(_bits(*row) for row in closing) - log2(max(1, tried))
    least = _SURE_BITS_WITH_WORDS if is_named else _SURE_BITS
    return bits >= least and explains_account([Printed(amount) for amount in failing], closes)


def _bits(stated: Amount, part: Amount, whole: Amount) -> float:
    """How unlikely it is that this row closes by chance, in bits; nothing, where all is there."""
    if not stated.value or part.value == whole.value:
        return 0.0
    return max(0.0, log2(abs(stated.value) / (stated.ulp or Decimal(1))))
