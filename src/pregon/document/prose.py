"""Text in which every figure is marked, so that no number stands in a report without its provenance.

The marks stand off the text: `Prose.text` is what a person reads, `Prose.marks` say which stretch of it is a figure
and where that figure came from. Equality looks at the text alone, because a file keeps the words and loses the
provenance: what a writer writes, a reader can then read back equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from pregon.figures.amount import Amount


class FigureKind(StrEnum):
    """What a figure is."""

    NUMBER = "number"
    """A count, a measure, a share: recorded or computed."""
    DATE = "date"
    """A day taken from a record."""
    PERIOD = "period"
    """The period that the report is of, or that a record names."""
    STATE = "state"
    """The absence of a number, said: «sin dato», «no aplica», «no sumable», «no medible»."""
    CITED = "cited"
    """Words of a record, or of the metric catalogue, printed as they stand there (a title that names a law, a code)."""


class Operator(StrEnum):
    """How a computed figure comes from its parts."""

    RECORDED = "recorded"
    SUM = "sum"
    COUNT = "count"
    MEAN = "mean"
    SHARE = "share"
    DIFFERENCE = "difference"
    CHANGE = "change"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a report of ours with its provenance.

    `key` names it for ever inside its report («social_posts.facebook.2025-10»), `parts` are the keys of the figures
    it is computed from by `operator`, `sources` the references of the records behind it («publication:P-0041»),
    `formula` the account as a person would write it («44 + 24 + 26 = 94»).
    """

    key: str
    kind: FigureKind = FigureKind.NUMBER
    amount: Amount | None = None
    operator: Operator = Operator.RECORDED
    parts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    formula: str = ""
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure and the exact text that prints it, ready to be set into prose."""

    text: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Mark:
    """The stretch `text[start:end]` of a prose is this figure."""

    start: int
    end: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Prose:
    """A run of text and the figures in it, in order and without overlap. Equal when the texts are."""

    text: str = ""
    marks: tuple[Mark, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, *parts: str | Printed | Prose) -> Prose:
        """Set text, figures and other prose one after the other.

        >>> Prose.of("Hubo ", Printed("6", Figure("events.count")), " eventos.").text
        'Hubo 6 eventos.'
        """
        text = ""
        marks: list[Mark] = []
        for part in parts:
            if isinstance(part, Printed):
                marks.append(Mark(len(text), len(text) + len(part.text), part.figure))
                text += part.text
            elif isinstance(part, Prose):
                marks.extend(Mark(len(text) + m.start, len(text) + m.end, m.figure) for m in part.marks)
                text += part.text
            else:
                text += part
        return cls(text, tuple(marks))

    def __bool__(self) -> bool:
        return bool(self.text)

    def pieces(self) -> Iterator[tuple[str, Figure | None]]:
        """The text cut at its marks: each stretch with its figure, or None where it is plain words."""
        position = 0
        for mark in self.marks:
            if mark.start > position:
                yield self.text[position : mark.start], None
            yield self.text[mark.start : mark.end], mark.figure
            position = mark.end
        if position < len(self.text):
            yield self.text[position:], None

    def figures(self) -> tuple[Figure, ...]:
        """The figures of this prose, in order."""
        return tuple(mark.figure for mark in self.marks)
