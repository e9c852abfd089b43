"""Whether the sentence around a figure may speak of less than the whole, or of what has not been done."""

from __future__ import annotations

import re
from typing import Final

from pregon.claims.claim import Claim
from pregon.claims.vocabulary import flatten

_OF_ONE: Final = re.compile(r"\bcampanas?\b|\beventos?\b|\bpautad?|\bjornadas?\b|\befemerides?\b|\bconcurso\b")
_PLANNED: Final = re.compile(
    r"\bmetas?\b|\bobjetivos?\b|\b(?:plane|program|prev|esper|proyect)[a-z]*(?:ad|ist)[oa]s?\b|\bdeben?\b|\bproxim[oa]s?\b"
)


def is_of_one(claim: Claim) -> bool:
    """Whether the sentence of a figure names a campaign or an event, and so may speak of that one only."""
    return _OF_ONE.search(sentence_of(claim)) is not None


def is_planned(claim: Claim) -> bool:
    """Whether the sentence of a figure speaks of what was planned, or is expected."""
    return _PLANNED.search(sentence_of(claim)) is not None


def sentence_of(claim: Claim) -> str:
    """The sentence of a figure, flattened, without the figure itself."""
    text = flatten(claim.location.text)
    before = re.split(r"[.;\n]", text[: claim.location.start])[-1]
    after = re.split(r"[.;\n]", text[claim.location.end or 0 :], maxsplit=1)[0]
    return f"{before} {after}"
