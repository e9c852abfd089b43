"""A remark to be written into somebody's document, beside the words it is about. A leaf; values only."""

from __future__ import annotations

from dataclasses import dataclass

from pregon.document.location import Location


@dataclass(frozen=True, slots=True)
class Annotation:
    """What to write and where. The first line says it all; the others give the account, the cause and the remedy."""

    location: Location
    lines: tuple[str, ...]
