"""Which column of a file is which: the words of its header against those a source knows, in any of its languages.

Case, accents, spaces and quotes at the ends do not matter. A header may hold the same words twice (Meta repeats
«Views»): both places are told, and the source decides. Words that nobody knows are told too, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pregon.figures.words import fold
from pregon.importers.base import Answers

COLUMN_KEY: Final = "column:"
"""How a person says what a column is, among the answers: {"column:weergaven": "views"}."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of each column that was known, by its key, and the header's words that were not."""

    places: Mapping[str, tuple[int, ...]]
    unknown: tuple[str, ...] = ()

    def __contains__(self, key: object) -> bool:
        return key in self.places

    def first(self, key: str) -> int | None:
        """Where a column stands first; None where the file has none."""
        return self.places[key][0] if key in self.places else None

    def text(self, key: str, fields: Sequence[str]) -> str:
        """What a row says in a column, trimmed; "" where the file has none or the row ends before it."""
        place = self.first(key)
        return fields[place].strip() if place is not None and place < len(fields) else ""


def match_columns(
    header: Sequence[str], aliases: Mapping[str, Sequence[str]], answers: Answers | None = None
) -> Columns:
    """Match a header's words with the columns a source knows; `aliases` are a column's names in every language."""
    known = {clean_header(name): key for key, names in aliases.items() for name in names}
    for asked, key in (answers or {}).items():
        if asked.startswith(COLUMN_KEY):
            known[clean_header(asked.removeprefix(COLUMN_KEY))] = key
    places: dict[str, tuple[int, ...]] = {}
    unknown: list[str] = []
    for place, words in enumerate(header):
        found = known.get(clean_header(words))
        if found is not None:
            places[found] = (*places.get(found, ()), place)
        elif words.strip():
            unknown.append(words.strip())
    return Columns(places, tuple(unknown))


def clean_header(words: str) -> str:
    r"""A header's words as they are compared.

    >>> clean_header('\ufeff"Descripción" ')
    'descripcion'
    """
    return " ".join(fold(words.replace("\ufeff", "").replace("\xa0", " ")).strip(' "').split())
