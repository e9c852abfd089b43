"""Whether the sentence around a figure may speak of less than the whole, what is not done, or other days."""

from __future__ import annotations

import re
from typing import Final

from pregon.claims.claim import Claim
from pregon.claims.vocabulary import flatten

_OF_ONE: Final = re.compile(r"\bcampanas?\b|\beventos?\b|\bpautad?|\bjornadas?\b|\befemerides?\b|\bconcurso\b")
_PLANNED: Final = re.compile(
    r"\bmetas?\b|\bobjetivos?\b|\b(?:plane|program|prev|esper|proyect)[a-z]*(?:ad|ist)[oa]s?\b|\bdeben?\b|\bproxim[oa]s?\b"
)

_SAYS_NOT_WHICH: Final = re.compile(
    r"(?: (?:realizad|hech|elaborad|entregad|pedid|solicitad|registrad|atendid|producid)[oa]s?)?"
    r"(?:\W*$|\s*[.,;:)\n]| y (?:\d|un|dos|tres|cuatro)| en (?:el|este|total|octubre|noviembre|diciembre|enero|febrero"
    r"|marzo|abril|mayo|junio|julio|agosto|septiembre)\b| durante\b| por (?:las dependencias|mes)\b)"
)
"""What may follow the noun of a figure and leaves it the whole."""


def is_of_one(claim: Claim) -> bool:
    """Whether the sentence of a figure names a campaign or an event, and so may speak of that one only."""
    return _OF_ONE.search(sentence_of(claim)) is not None


def is_planned(claim: Claim) -> bool:
    """Whether the sentence of a figure speaks of what was planned, or is expected."""
    return _PLANNED.search(sentence_of(claim)) is not None


def is_qualified(claim: Claim) -> bool:
    """Whether anything after the noun of a figure says which ones: «20 diseños de carnés», «14 acompañamientos a …»."""
    text = flatten(claim.location.text)[claim.location.end or 0 :]
    noun = re.match(r"\s*[a-zñ]+(?: (?:graficas?|disenadas?))?", text)
    return noun is None or _SAYS_NOT_WHICH.match(text[noun.end() :]) is None


def names_other_year(claim: Claim, year: int) -> bool:
    """Whether the sentence of a figure names a year that is not that one."""
    return any(int(said) != year for said in re.findall(r"\b(?:19|20)\d\d\b", sentence_of(claim)))


def sentence_of(claim: Claim) -> str:
    """The sentence of a figure, flattened, without the figure itself."""
    text = flatten(claim.location.text)
    before = re.split(r"[.;\n]", text[: claim.location.start])[-1]
    after = re.split(r"[.;\n]", text[claim.location.end or 0 :], maxsplit=1)[0]
    return f"{before} {after}"
