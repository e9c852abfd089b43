"""What changed between two closings of a quarter, figure by figure. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pregon.document.model import Document
from pregon.document.prose import FigureKind


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure of the report in two versions: where it stands, what it said and what it says; "" where it was not."""

    place: str
    was: str
    now: str


def compare_reports(before: Document, after: Document) -> tuple[FigureChange, ...]:
    """The figures that are not the same, in the order of the newer report; those that went, last."""
    old, new = _figures(before), _figures(after)
    changed = [
        FigureChange(place, old.get(key, ("", ""))[1], text)
        for key, (place, text) in new.items()
        if old.get(key, ("", ""))[1] != text
    ]
    gone = [FigureChange(place, text, "") for key, (place, text) in old.items() if key not in new]
    return (*changed, *gone)


def _figures(document: Document) -> dict[str, tuple[str, str]]:
    """The first place and the text of each figure, by its key."""
    found: dict[str, tuple[str, str]] = {}
    for key, place, text in _walk(document):
        found.setdefault(key, (place, text))
    return found


def _walk(document: Document) -> Iterator[tuple[str, str, str]]:
    for passage in document.passages:
        for mark in passage.prose.marks:
            if mark.figure.kind in (FigureKind.NUMBER, FigureKind.STATE):
                yield mark.figure.key, passage.location.describe(), passage.prose.text[mark.start : mark.end]
