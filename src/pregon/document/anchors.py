"""Where the texts of a document stand inside the file it was read from. A leaf; values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Anchor:
    """The stretch `text[start:end]` of a passage is what an element of the file says, from its letter `offset` on.

    `element` counts the elements of the file's main part in document order, from 0.
    """

    start: int
    end: int
    element: int
    offset: int


Anchors: TypeAlias = tuple[tuple[Anchor, ...], ...]
"""For each passage of `Document.passages`, in the same order, its anchors; none where the file has no such place."""


@dataclass(frozen=True, slots=True)
class PageAnchor:
    """The stretch `text[start:end]` of a passage is printed on a page (from 1) inside this rectangle.

    Lengths are points from the page's lower left corner.
    """

    start: int
    end: int
    page: int
    left: float
    bottom: float
    right: float
    top: float


PageAnchors: TypeAlias = tuple[tuple[PageAnchor, ...], ...]
"""As `Anchors`, for a file made of pages."""
