"""Letters put together into text: where a space stands that the file does not hold, and where none does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pregon.readers.pdf_pages.letters import Letter

_GAP: Final = 0.2
"""A gap wider than this part of the letters' size is a space that the file leaves out."""
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
_BULLET: Final = re.compile(r"[•▪‣◦●○■□–·*-]\s+(?=\S)")
_CLOSING: Final = frozenset(",.;:)»]}…!?")
_NO_SPACE_AFTER: Final = ("-", "–", "/", "\u00ad", "\u2010", "\u200b")


def is_new_line(before: Letter, letter: Letter) -> bool:
    """Whether a letter stands on another line than the one before it in the text."""
    overlap = min(before.bottom, letter.bottom) - max(before.top, letter.top)
    return overlap < 0.3 * min(before.bottom - before.top, letter.bottom - letter.top)


def join_letters(letters: Sequence[Letter], *, spaces_kept: bool = False) -> str:
    """The text of letters in reading order, on one line.

    `spaces_kept` says that the file is known to hold every space at which its lines were broken, so that a break
    without one cut a word (typst does); else a line's end is a space, but for the signs after which words are cut.
    """
    parts: list[str] = []
    before: Letter | None = None
    for letter in letters:
        if spaces_kept and before is not None and _is_hyphen_again(before, letter):
            before = letter
            continue
        if before is not None and _lacks_space(before, letter, spaces_kept=spaces_kept):
            parts.append(" ")
        parts.append(letter.text)
        before = letter if letter.text else before
    return tidy("".join(parts))


def _is_hyphen_again(before: Letter, letter: Letter) -> bool:
    """Whether a hyphen only repeats the one that ends the line before, as Spanish asks («GC-», «-INF»).

    typst writes it so; no line is broken before a hyphen that the text itself has.
    """
    return letter.text == "-" and before.text.endswith("-") and is_new_line(before, letter)


def part_bullet(text: str) -> str | None:
    """The words of a point after its bullet; None where a text does not begin with one."""
    found = _BULLET.match(text)
    return None if found is None else text[found.end() :]


def tidy(text: str) -> str:
    """A text without the marks that print nothing, its runs of blanks made one and those at its ends dropped."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip(" ")


def _lacks_space(before: Letter, letter: Letter, *, spaces_kept: bool) -> bool:
    if before.text[-1:].isspace() or letter.text[:1].isspace() or not letter.text or letter.text in _CLOSING:
        return False
    if is_new_line(before, letter) or letter.left < before.left - before.size:
        return not spaces_kept and not before.text.endswith(_NO_SPACE_AFTER)
    return letter.left - before.right > _GAP * max(before.size, letter.size)
