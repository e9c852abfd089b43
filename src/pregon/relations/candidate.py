"""What a search for totals knows and what it weighs: cells taken already, and totals that may be."""

from __future__ import annotations

from dataclasses import dataclass, field

from pregon.relations.evidence import Run
from pregon.relations.lines import Aggregate, Lines


@dataclass(slots=True)
class State:
    """What rounds know: which cells are members already and which are totals already, as line × place."""

    lines: Lines
    consumed: list[bytearray]
    explained: list[bytearray]
    alive: list[int]
    """By place, how many figures are no members yet."""
    closed: set[int] = field(default_factory=set)
    """Lines that are not looked at as totals."""
    owners: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    found: list[Aggregate] = field(default_factory=list)
    barren: dict[tuple[str, int, tuple[int, ...]], int] = field(default_factory=dict)
    """By channel, sample and sequence searched in vain, how many totals were known then: so long, in vain again."""

    @classmethod
    def of(cls, lines: Lines) -> State:
        """Nothing known yet."""
        count, width = len(lines.values), lines.width
        alive = [count - figures.count(None) for figures in zip(*lines.values, strict=True)]
        return cls(lines, [bytearray(width) for _ in range(count)], [bytearray(width) for _ in range(count)], alive)

    @property
    def is_spent(self) -> bool:
        """Whether no place has three figures left, of which one could be the total of two."""
        return max(self.alive, default=0) < 3

    def take(self, total: Aggregate) -> None:
        """Note a total that is found: its figures are explained, its members' consumed."""
        for place, parts in total.members.items():
            self.explained[total.line][place] = 1
            self.owners[total.line, place] = parts
            for member in parts:
                if not self.consumed[member][place] and self.lines.values[member][place] is not None:
                    self.alive[place] -= 1
                self.consumed[member][place] = 1
        self.found.append(total)

    def is_total(self, line: int) -> bool:
        """Whether more than half of a line's figures are totals already."""
        return sum(self.explained[line]) * 2 > self.lines.filled(line)

    def is_part(self, line: int) -> bool:
        """Whether more than half of a line's figures are members already."""
        return sum(self.consumed[line]) * 2 > self.lines.filled(line)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A total that may be: its line, the lines that would give it, and what each place says of it."""

    line: int
    stretch: tuple[int, ...]
    run: Run
    bits: float
    scores: tuple[float | None, ...]
    cover: float
    """Of the places that can be tested, the share that closes."""
    gap: float = 0.0
    """What the blank lines and the heads between the total and its far end weigh against it among equals."""

    @property
    def rank(self) -> tuple[float, int]:
        """The likeliest first; the longer among equals."""
        return self.gap - self.bits, -len(self.stretch)

    @property
    def held(self) -> list[int]:
        """The places of its run where it closes and is not nothing."""
        return [place for place in range(self.run.first, self.run.last + 1) if (self.scores[place] or 0.0) > 0]
