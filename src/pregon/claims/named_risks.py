"""Which risk of the records a text speaks of: the one whose own words it repeats, and no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pregon.claims.vocabulary import flatten
from pregon.records.risk import Risk

_IDLE: Final = frozenset(
    {"posibilidad", "afectacion", "economica", "reputacional", "riesgo", "riesgos", "entidad", "debido", "causa",
     "para", "como", "ante", "entre", "sobre", "desde", "hasta", "cuando", "donde", "parte", "tanto"}
)  # fmt: skip
"""Words that any risk of a map has."""
_SHORTEST: Final = 4
_ENOUGH: Final = 0.6
_APART: Final = 0.15


def find_risk(text: str, risks: Sequence[Risk]) -> Risk | None:
    """The one risk that a text repeats the words of, or names by its reference; None where none or two do."""
    folded = flatten(text)
    named = [risk for risk in risks if re.search(rf"\briesgo {re.escape(flatten(risk.reference))}\b", folded)]
    if len(named) == 1:
        return named[0]
    said = frozenset(_stems(folded))
    shares = sorted(((_share(risk, said), place) for place, risk in enumerate(risks)), reverse=True)
    if not shares or shares[0][0] < _ENOUGH:
        return None
    if len(shares) > 1 and shares[0][0] - shares[1][0] < _APART:
        return None
    return risks[shares[0][1]]


def _share(risk: Risk, said: frozenset[str]) -> float:
    """How much of a risk's own words a text has: no figure, only a measure of likeness."""
    own = frozenset(_stems(flatten(risk.description)))
    return len(own & said) / len(own) if len(own) > 1 else 0.0


def _stems(folded: str) -> list[str]:
    """The telling words of a text, cut to their first six letters, so that endings do not count."""
    words = re.findall(r"[a-zñ]+", folded)
    return [word[:6] for word in words if len(word) >= _SHORTEST and word not in _IDLE]
