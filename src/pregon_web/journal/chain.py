"""How an entry is hashed: pure, the same in fifty years, checkable without this program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where the chain does not hold: which number should stand there, and what is wrong, in Spanish."""

    sequence: int
    problem: str


@dataclass(frozen=True, slots=True)
class ChainState:
    """How the chain of an institution was found: its length, its head, and where it breaks if it does."""

    length: int
    head: str
    broken: BrokenLink | None


def verify_links(links: Iterable[tuple[Link, str]], *, known_head: str | None = None) -> ChainState:
    """Walk the entries of one institution, each with the hash it says it has, and work every hash out again.

    `known_head` is the head written down elsewhere (a printed report): with it, entries cut from the end are noticed.
    """
    previous, length, head_seen = GENESIS, 0, known_head in {None, GENESIS}
    for link, digest in links:
        length += 1
        problem = _problem(link, digest, expected_sequence=length, previous=previous)
        if problem:
            return ChainState(length - 1, previous, BrokenLink(length, problem))
        previous = digest
        head_seen = head_seen or previous == known_head
    if not head_seen:
        gap = BrokenLink(length + 1, "Faltan anotaciones al final: la última huella anotada no está en la bitácora.")
        return ChainState(length, previous, gap)
    return ChainState(length, previous, None)


def _problem(link: Link, digest: str, *, expected_sequence: int, previous: str) -> str | None:
    if link.sequence != expected_sequence:
        return f"Falta la anotación {expected_sequence}: la que sigue es la {link.sequence}."
    if link.previous != previous:
        return f"La anotación {link.sequence} no continúa la anterior."
    if digest != link.digest():
        return f"La anotación {link.sequence} cambió después de escrita."
    return None


class UnreadableChain(ValueError):  # noqa: N818 - what happened, not a suffix
    """A file that should hold a chain does not; the message is one Spanish sentence with the line."""


def write_line(link: Link, digest: str) -> str:
    """An entry as a line of the exported file: JSON, all that its hash answers for and the hash."""
    return json.dumps({**asdict(link), "digest": digest}, sort_keys=True, ensure_ascii=False) + "\n"


def read_lines(lines: Iterable[str]) -> Iterator[tuple[Link, str]]:
    """The entries of an exported file. Raises UnreadableChain."""
    for number, line in enumerate(lines, start=1):
        try:
            values = json.loads(line)
            digest = values.pop("digest")
            yield Link(**values), str(digest)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UnreadableChain(f"La línea {number} no es una anotación de la bitácora.") from error
