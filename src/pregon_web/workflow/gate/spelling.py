"""How far two spellings are from each other, and where a text comes near a name without writing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ACCENTS: Final = str.maketrans("áéíóúü", "aeiouu")
_SHORT: Final = 3  # letters of a word that joins others: «de», «los», «y»


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What a text says in a place, and the name that it comes near to."""

    written: str
    name: str


def edit_distance(one: str, other: str, most: int) -> int:
    """How many letters have to be changed, added or taken away (Levenshtein 1966); `most + 1` where it is more.

    >>> edit_distance("personeria", "personería", 3)
    1
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, across in enumerate(other, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != across)))
        if min(now) > most:
            return most + 1
        before = now
    return before[-1] if before[-1] <= most else most + 1


def find_near_misses(text: str, names: Iterable[str]) -> Iterator[NearMiss]:
    """Where a text comes near a name and does not write it, each spelling once, in the order of the names.

    A stretch of as many words as the name, written as a name (its long words with capitals), each word near the one in
    its place. The name itself, another of the names, and common words in small letters are left alone. A name of one
    word is only missed by its accents: «Haciendo» is not «Hacienda».
    """
    known = [(name, [found.group() for found in _WORD.finditer(name)]) for name in names]
    right = {tuple(word.casefold() for word in words) for _, words in known}
    said = list(_WORD.finditer(text))
    for name, words in known:
        seen: set[str] = set()
        for start in range(len(said) - len(words) + 1 if words else 0):
            stretch = said[start : start + len(words)]
            folded = tuple(found.group().casefold() for found in stretch)
            written = text[stretch[0].start() : stretch[-1].end()]
            if folded in right or written in seen or not _is_written_as_name(stretch, words):
                continue
            if _is_near(folded, tuple(word.casefold() for word in words)):
                seen.add(written)
                yield NearMiss(" ".join(written.split()), name)


def _is_written_as_name(stretch: list[re.Match[str]], words: list[str]) -> bool:
    """Whether the long words of the stretch have the capitals that the name's have."""
    return all(
        found.group()[0].isupper()
        for found, word in zip(stretch, words, strict=True)
        if len(word) > _SHORT and word[0].isupper()
    )


def _is_near(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    if len(name) == 1:
        return said[0].translate(_ACCENTS) == name[0].translate(_ACCENTS)
    total = 0
    for one, other in zip(said, name, strict=True):
        if any(letter.isdigit() for letter in one + other) and one != other:
            return False
        # A quarter of a word's letters: with more, it is another word.
        most = max(1, len(other) // 4) if len(other) > _SHORT else 0
        apart = edit_distance(one, other, most)
        if apart > most:
            return False
        total += apart
    return 0 < total <= max(2, sum(map(len, name)) // 8)
