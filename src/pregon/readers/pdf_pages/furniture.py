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

_EDGE: Final = 0.12
"""The part of a page's height, above and below, in which running lines stand."""
_FOLIO: Final = re.compile(
    r"(?P<word>p[áa]g(?:ina|\.)?\s*)?(?P<page>\d{1,4})(?:\s*(?:de|/)\s*\d{1,4})?", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The running lines, and the letters of each page that belong to them (by their place in the page)."""

    header: tuple[str, ...]
    footer: tuple[str, ...]
    letters: frozenset[tuple[int, int]]


def find_furniture(pages: Sequence[Page]) -> Furniture:
    """The running header and footer of a file."""
    told = [[(at, x) for at, x in enumerate(page.letters) if x.artifact in {"Header", "Footer"}] for page in pages]
    if any(told):
        header = _most_common([_rows(page, "Header") for page in pages])
        footer = _most_common([_rows(page, "Footer") for page in pages])
        held = {(page.number, at) for page, found in zip(pages, told, strict=True) for at, _ in found}
        return Furniture(header, footer, frozenset(held))
    return _find_repeated(pages)


def _rows(page: Page, artifact: str) -> tuple[str, ...]:
    lines = part_lines([letter for letter in page.letters if letter.artifact == artifact])
    return tuple(line.text for line in lines if not _is_folio(line.text, page.number))


def _most_common(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    counted = Counter(row for row in rows if row)
    return max(counted, key=lambda row: (counted[row], len(row)), default=())


def _find_repeated(pages: Sequence[Page]) -> Furniture:
    """Lines at the edges that come again, whatever their digits are, on most pages."""
    edges = [[line for line in part_lines(page.letters) if _edge(line, page) and line.text] for page in pages]
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
