"""What stands on every page and is no part of what the document says: its running header and footer.

A tagged file says it; in any other it is the lines at the page's upper and lower edges that come again on most pages.
The page's number among them, which the writers add, is dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pregon.readers.pdf_pages.letters import Page
from pregon.readers.pdf_pages.lines import Line, part_lines
from pregon.readers.pdf_pages.shapes import Box

_EDGE: Final = 0.12
"""The part of a page's height, above and below, in which running lines stand."""
_FOLIO: Final = re.compile(r"(?P<word>p[áa]g(?:ina|\.)?\s*)?(?P<page>\d{1,4})(?:\s*(?:de|/)\s*\d{1,4})?", re.IGNORECASE)
_CLEAR: Final = 0.9
"""A running line is further from the body than this many times its size: the first row of a table is not."""
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The running lines, and the letters of each page that belong to them (by their place in the page)."""

    header: tuple[str, ...]
    footer: tuple[str, ...]
    letters: frozenset[tuple[int, int]]


def find_furniture(pages: Sequence[Page], tables: Sequence[Sequence[Box]] = ()) -> Furniture:
    """The running header and footer of a file; `tables` are the boxes of each page's ruled tables, never part of it."""
    told = [[(at, x) for at, x in enumerate(page.letters) if x.artifact in {"Header", "Footer"}] for page in pages]
    if any(told):
        header = _most_common([_rows(page, "Header") for page in pages])
        footer = _most_common([_rows(page, "Footer") for page in pages])
        held = {(page.number, at) for page, found in zip(pages, told, strict=True) for at, _ in found}
        return Furniture(header, footer, frozenset(held))
    return _find_repeated(pages, tables or [()] * len(pages))


def _rows(page: Page, artifact: str) -> tuple[str, ...]:
    lines = part_lines([letter for letter in page.letters if letter.artifact == artifact])
    return tuple(line.text for line in lines if not _is_folio(line.text, page.number))


def _most_common(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    counted = Counter(row for row in rows if row)
    return max(counted, key=lambda row: (counted[row], len(row)), default=())


def _find_repeated(pages: Sequence[Page], tables: Sequence[Sequence[Box]]) -> Furniture:
    """Lines at the edges that come again, whatever their digits are, on most pages."""
    edges = [_edge_lines(page, boxes) for page, boxes in zip(pages, tables, strict=True)]
    counted = Counter(key for lines in edges for key in {_key(line) for line in lines})
    needed = max(2, len(pages) * 0.5)
    header: dict[str, None] = {}
    footer: dict[str, None] = {}
    held: set[tuple[int, int]] = set()
    for page, lines in zip(pages, edges, strict=True):
        for line in lines:
            is_folio = _is_folio(line.text, page.number)
            if counted[_key(line)] < needed and not is_folio:
                continue
            places = {id(letter) for letter in line.letters}
            held |= {(page.number, at) for at, letter in enumerate(page.letters) if id(letter) in places}
            if not is_folio:
                (header if _edge(line, page) == "top" else footer).setdefault(line.text)
    return Furniture(tuple(header), tuple(footer), frozenset(held))


def _edge_lines(page: Page, tables: Sequence[Box]) -> list[Line]:
    """The lines in a page's upper and lower edge that stand clear of its body and outside any ruled table."""
    lines = part_lines(page.letters)
    above = [(line.top, line.bottom, line) for line in lines]
    below = [(page.height - line.bottom, page.height - line.top, line) for line in lines]
    found = [*_clear_of_body(above, page.height * _EDGE), *_clear_of_body(below, page.height * _EDGE)]
    return [line for line in found if not any(box.holds(line.letters[0]) for box in tables)]


def _clear_of_body(lines: Sequence[tuple[float, float, Line]], edge: float) -> list[Line]:
    """The first lines from a page's edge inwards, up to a clear gap. Each is given with its near and far distance."""
    block: list[Line] = []
    reach = 0.0
    for near, far, line in sorted(lines, key=lambda one: one[:2]):
        if block and near - reach > _CLEAR * line.size:
            return block
        if far > edge:
            return []
        block.append(line)
        reach = max(reach, far)
    return block


def _edge(line: Line, page: Page) -> str:
    if line.bottom < page.height * _EDGE:
        return "top"
    return "bottom" if line.top > page.height * (1 - _EDGE) else ""


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.top / 4)


def _is_folio(text: str, number: int) -> bool:
    """Whether a line is the page's number: «Página 3 de 9», or that number alone from the second page on."""
    found = _FOLIO.fullmatch(text)
    if found is None or int(found["page"]) != number:
        return False
    return found["word"] is not None or number > 1
