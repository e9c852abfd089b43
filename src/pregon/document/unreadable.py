"""What is said of a file that cannot be read: one Spanish sentence that tells what to do."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """Why a file cannot be read."""

    PASSWORD = "password"  # noqa: S105 -- the reason's name, not a secret
    DAMAGED = "damaged"
    EMPTY = "empty"
    WRONG_KIND = "wrong_kind"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    SCANNED = "scanned"
    MISSING = "missing"


class UnreadableFile(Exception):  # noqa: N818 -- what it is, as read in a sentence: «except UnreadableFile»
    """A file that cannot be read. `str(error)` is one Spanish sentence for its owner; `kind` says which reason."""

    def __init__(self, kind: Why, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind
