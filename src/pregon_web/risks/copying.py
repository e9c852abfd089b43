"""Whether a text was carried over from an earlier quarter. Pure.

What is compared is what the words say: folded, without spaces, signs or the names of quarters and months, so that
«Durante el tercer trimestre no se materializó» is the same text as last quarter's «Durante el segundo trimestre…».
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from pregon.figures.spanish import fold

LEAST_EQUAL: Final = 15
"""From how many letters on the same text is a copy: «sin novedad» is said every quarter."""
LEAST_NEAR: Final = 40
NEAR: Final = 0.92
"""From how many letters on, and how alike (0 to 1), a text that is not the same is still a copy."""
_MOST: Final = 3000
_NOT_WORDS: Final = re.compile(r"[^a-z]+")
_TIMES: Final = re.compile(
    r"\b(?:primer|segundo|tercer|cuarto|trimestre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre"
    r"|noviembre|diciembre)\b"
)


def find_copied(text: str, earlier: Iterable[str]) -> str | None:
    """The first of the earlier texts that this one repeats; None where it is its own."""
    said = bare_letters(text)
    if len(said) < LEAST_EQUAL:
        return None
    for other in earlier:
        before = bare_letters(other)
        if said == before or (len(said) >= LEAST_NEAR and len(before) >= LEAST_NEAR and _is_near(said, before)):
            return other
    return None


def bare_letters(text: str) -> str:
    """What a text says, without what changes when it is carried over: «durante el se reviso» → «duranteelsereviso»."""
    return _NOT_WORDS.sub("", _TIMES.sub(" ", fold(text)))[:_MOST]


def _is_near(said: str, before: str) -> bool:
    matcher = SequenceMatcher(None, said, before, autojunk=False)
    return matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR
