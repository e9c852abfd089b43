"""Captions of a Word file: told from other paragraphs, parted, and bound to the table or picture they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pregon.document.model import Block, Heading, Paragraph, Picture, Table
from pregon.document.prose import Prose
from pregon.figures.words import fold

_TABLES: Final = frozenset({"tabla", "cuadro", "table"})
_PICTURES: Final = frozenset(
    {"grafica", "grafico", "figura", "imagen", "ilustracion", "foto", "fotografia", "mapa", "diagrama", "figure"}
)
_LABELLED: Final = re.compile(r"\s*(\w+)\s+(?:n\.?º?\s*)?(\d{1,4})\s*(?:[.:–—-]\s*|\s+|$)(.*)", re.DOTALL)
_TYPED: Final = re.compile(r"\s*\w+\s+(?:n\.?º?\s*)?\d{1,4}\s*[.:]\s*\S")
_LONGEST_TYPED: Final = 200
"""A longer paragraph that begins «Tabla 3.» is prose, unless its style says caption."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption not yet bound: its folded label («tabla»), number and words, and itself as a paragraph."""

    label: str
    number: int | None
    text: str
    paragraph: Paragraph
    is_styled: bool

    def names(self, item: Item) -> bool:
        """Whether it could be the caption of that block."""
        if isinstance(item, Table):
            return self.label not in _PICTURES and _lacks_caption(item)
        if isinstance(item, Picture):
            return self.label not in _TABLES and _lacks_caption(item)
        return False


Item = Heading | Paragraph | Table | Picture | Caption


def part_caption(text: str, *, is_styled: bool) -> Caption | None:
    """Part «Tabla 3. Publicaciones por red» in label, number and words; None where the text is no such thing.

    A paragraph without the style of a caption must be short and have a stop or colon after the number.
    """
    found = _LABELLED.fullmatch(text)
    if found is None or (label := fold(found[1])) not in _TABLES | _PICTURES:
        return None
    if not is_styled and (len(text) > _LONGEST_TYPED or not _TYPED.match(text)):
        return None
    return Caption(label, int(found[2]), found[3], Paragraph(Prose(text)), is_styled)


def as_paragraph(item: Item) -> Block:
    """The block an item is when no table or picture took it for its caption."""
    return item.paragraph if isinstance(item, Caption) else item


def bind_captions(items: Sequence[Item]) -> list[Item]:
    """Give each caption to the table or picture right after it, or right before it where the file sets them below.

    Which of the two a file does is told by the whole of it; where both would do, captions stand above.
    """
    bound = list(items)
    places = [place for place, item in enumerate(items) if isinstance(item, Caption)]
    if not places:
        return bound
    above = sum(_fits(items, place, place + 1) for place in places)
    below = sum(_fits(items, place, place - 1) for place in places)
    steps = (1, -1) if above >= below else (-1, 1)
    taken: set[int] = set()
    for step in steps:
        for place in places:
            if place in taken or not _fits(bound, place, place + step):
                continue
            caption, target = bound[place], bound[place + step]
            if isinstance(caption, Caption) and isinstance(target, Table | Picture):
                bound[place + step] = replace(target, caption=caption.text, number=caption.number)
                taken.add(place)
    return [item for place, item in enumerate(bound) if place not in taken]


def _fits(items: Sequence[Item], place: int, target: int) -> bool:
    caption = items[place]
    return isinstance(caption, Caption) and 0 <= target < len(items) and caption.names(items[target])


def _lacks_caption(item: Table | Picture) -> bool:
    return not item.caption and item.number is None
