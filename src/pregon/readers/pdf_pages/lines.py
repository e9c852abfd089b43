"""The lines that a person sees on a page, put together from its letters wherever the file holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Final

from pregon.readers.pdf_pages.letters import Letter
from pregon.readers.pdf_pages.words import join_letters

_COLUMN_GAP: Final = 2.5
"""Letters further apart than this many times their size stand in different columns."""


@dataclass(frozen=True)
class Line:
    """Letters that stand side by side, from left to right."""

    letters: tuple[Letter, ...]

    @cached_property
    def text(self) -> str:
        """What the line says."""
        return join_letters(self.letters, spaces_kept=True)

    @cached_property
    def left(self) -> float:
        """Where its first visible letter begins."""
        return min(letter.left for letter in self.visible)

    @cached_property
    def right(self) -> float:
        """Where its last visible letter ends."""
        return max(letter.right for letter in self.visible)

    @cached_property
    def top(self) -> float:
        """Its upper edge."""
        return min(letter.top for letter in self.visible)

    @cached_property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(letter.bottom for letter in self.visible)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        return median(letter.size for letter in self.visible)

    @cached_property
    def is_bold(self) -> bool:
        """Whether every visible letter is bold."""
        return all(letter.is_bold for letter in self.visible)

    @cached_property
    def visible(self) -> tuple[Letter, ...]:
        """The letters that are no spaces."""
        return tuple(letter for letter in self.letters if letter.text.strip()) or self.letters


def part_lines(letters: Iterable[Letter], *, columns: bool = True) -> list[Line]:
    """The lines of these letters from the top down; with `columns`, wide gaps part a row in several lines."""
    gap = _COLUMN_GAP if columns else None
    return [line for row in part_rows(letters, gap=gap) for line in row]


def part_rows(letters: Iterable[Letter], *, gap: float | None) -> list[list[Line]]:
    """The rows of these letters from the top down, each parted where a gap is wider than `gap` times its size."""
    rows: list[list[Letter]] = []
    band = (0.0, 0.0)
    for letter in sorted(letters, key=lambda letter: ((letter.top + letter.bottom) / 2, letter.left)):
        middle = (letter.top + letter.bottom) / 2
        if rows and band[0] < middle < band[1]:
            rows[-1].append(letter)
        else:
            rows.append([letter])
            inset = (letter.bottom - letter.top) * 0.15
            band = (letter.top + inset, letter.bottom - inset)
    parted = ([Line(tuple(part)) for part in _part_row(row, gap)] for row in rows)
    kept = ([line for line in row if line.text] for row in parted)
    return [row for row in kept if row]


def _part_row(row: list[Letter], gap: float | None) -> list[list[Letter]]:
    row.sort(key=lambda letter: letter.left)
    parts: list[list[Letter]] = [[]]
    reach = row[0].left
    for letter in row:
        if letter.text.strip():
            if parts[-1] and gap is not None and letter.left - reach > gap * letter.size:
                parts.append([])
            reach = max(reach, letter.right)
        parts[-1].append(letter)
    return parts
