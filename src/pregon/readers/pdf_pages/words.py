"""Letters put together into text: where a space stands that the file does not hold, and where none does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from pregon.readers.pdf_pages.letters import Letter

_GAP: Final = 0.2
"""A gap wider than this part of the letters' size is a space that the file leaves out."""
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
_NO_SPACE_AFTER: Final = ("-", "–", "/", "\u00ad", "\u2010", "\u200b")


def is_new_line(before: Letter, letter: Letter) -> bool:
    """Whether a letter stands on another line than the one before it in the text."""
    overlap = min(before.bottom, letter.bottom) - max(before.top, letter.top)
    return overlap < 0.3 * min(before.bottom - before.top, letter.bottom - letter.top)


def keeps_spaces(runs: Iterable[Sequence[Letter]]) -> bool:
    """Whether a file holds the spaces at which its lines were broken: then a break without one is none.

    Told from the whole of it: one line in five that ends in a space is enough, for many end in a paragraph's end.
    """
    breaks = spaced = 0
    for letters in runs:
        for before, letter in pairwise(letters):
            if is_new_line(before, letter):
                breaks += 1
                spaced += before.text.isspace()
    return spaced * 5 > breaks


def join_letters(letters: Sequence[Letter], *, spaces_kept: bool) -> str:
    """The text of letters in reading order, on one line."""
    parts: list[str] = []
    before: Letter | None = None
    for letter in letters:
        if before is not None and _lacks_space(before, letter, spaces_kept=spaces_kept):
            parts.append(" ")
        parts.append(letter.text)
        before = letter if letter.text else before
    return tidy("".join(parts))


def tidy(text: str) -> str:
    """A text without the marks that print nothing, its runs of blanks made one and those at its ends dropped."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip(" ")


def _lacks_space(before: Letter, letter: Letter, *, spaces_kept: bool) -> bool:
    if before.text[-1:].isspace() or letter.text[:1].isspace() or not letter.text:
        return False
    if is_new_line(before, letter) or letter.left < before.left - before.size:
        return not spaces_kept and not before.text.endswith(_NO_SPACE_AFTER)
    return letter.left - before.right > _GAP * max(before.size, letter.size)
