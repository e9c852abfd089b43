"""What is wrong in a registro: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong at a place of the workbook, and what to write there.

    `cell` is an address («C14»), or empty when the whole sheet is meant. A remark (`is_remark`) does not stop the
    registro from being read: it asks for a second look.
    """

    sheet: str
    cell: str
    problem: str
    remedy: str
    is_remark: bool = False

    def __str__(self) -> str:
        place = f"{self.sheet}, celda {self.cell}" if self.cell else f"Hoja {self.sheet}"
        return f"{place}: {self.problem} {self.remedy}"


class RegistroError(Exception):
    """A registro that opens and cannot be taken as it is. `mistakes` holds every one, in the order of the book."""

    def __init__(self, name: str, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        count = "un error" if len(self.mistakes) == 1 else f"{len(self.mistakes)} errores"
        first = "" if len(self.mistakes) == 1 else " El primero:"
        super().__init__(f"«{name}» tiene {count}.{first} {self.mistakes[0]}")


class Refused(Exception):  # noqa: N818 -- read as a sentence: «except Refused»
    """A cell that cannot be taken: what is wrong with it and what to write. The sheet reader gives it its place."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
