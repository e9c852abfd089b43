"""What every part of an HTML report does with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Characters that no HTML text may hold: controls, halves of pairs, and the two that are no characters.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without the characters that HTML forbids."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def print_caption(label: str, number: int | None, caption: str) -> str:
    """«Tabla 3. Publicaciones por red y mes»; the caption alone where it has no number."""
    if number is None:
        return caption
    return f"{label} {number}. {caption}".rstrip(" ") if caption else f"{label} {number}."


def join_places(parts: Iterable[str]) -> str:
    """Names of a place, the most general first: «Tabla 3 · Facebook · Octubre»."""
    return " · ".join(dict.fromkeys(part for part in parts if part))
