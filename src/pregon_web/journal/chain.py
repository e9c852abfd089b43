"""How an entry is hashed: pure, the same in fifty years, checkable without this program."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

# What the first entry of an institution says came before it.
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """All that an entry's hash answers for. `at` is UTC, ISO 8601 with microseconds."""

    institution: int
    sequence: int
    at: str
    person: int | None
    action: str
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]
    previous: str

    def digest(self) -> str:
        """SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
        canonical = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
