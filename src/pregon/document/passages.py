"""Passages: every text of a document in reading order, and which of them say something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pregon.document.model import Passage


class Passages(tuple["Passage", ...]):  # noqa: SLOT001 -- what is worked out once is kept
    """Every text in reading order, with its number from 0.

    The cells of tables repeat their texts by thousands, so what a text says is asked once for all the places where it
    stands.
    """

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, passage in enumerate(self):
            places.setdefault(passage.prose.text, []).append(number)
        return places

    @property
    def texts(self) -> Iterator[str]:
        """Each text once, in the order in which it first comes."""
        return iter(self._places)

    def saying(self, says: Callable[[str], object]) -> Iterator[tuple[int, Passage]]:
        """The texts for which `says` answers something true, with their numbers, in reading order."""
        numbers = sorted(number for text, places in self._places.items() if says(text) for number in places)
        return ((number, self[number]) for number in numbers)

    @cached_property
    def cells(self) -> dict[tuple[int, int, int], int]:
        """The number of the text of each cell, by its table, row and column from 1."""
        places = ((passage.location, number) for number, passage in enumerate(self))
        return {
            (place.table, place.row, place.column): number
            for place, number in places
            if place.table and place.row and place.column
        }

    @cached_property
    def outside_tables(self) -> tuple[tuple[int, Passage], ...]:
        """The texts that stand in no table, with their numbers."""
        return tuple((number, passage) for number, passage in enumerate(self) if passage.location.table is None)
