"""Reads of the journal, and the proof that nobody touched it."""

from __future__ import annotations

from dataclasses import dataclass

from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.journal.chain import GENESIS
from pregon_web.journal.models import Entry


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


def verify_chain(institution: Institution, *, known_head: str | None = None) -> ChainState:
    """Walk every entry of an institution and work its hash out again.

    `known_head` is the head written down elsewhere (a printed report): with it, entries cut from the end are noticed.
    """
    previous, length, head_seen = GENESIS, 0, known_head in {None, GENESIS}
    for entry in Entry.objects.of(institution).order_by("sequence").iterator():
        length += 1
        problem = _problem(entry, expected_sequence=length, previous=previous)
        if problem:
            return ChainState(length - 1, previous, BrokenLink(length, problem))
        previous = entry.digest
        head_seen = head_seen or previous == known_head
    if not head_seen:
        gap = BrokenLink(length + 1, "Faltan anotaciones al final: la última huella anotada no está en la bitácora.")
        return ChainState(length, previous, gap)
    return ChainState(length, previous, None)


def _problem(entry: Entry, *, expected_sequence: int, previous: str) -> str | None:
    if entry.sequence != expected_sequence:
        return f"Falta la anotación {expected_sequence}: la que sigue es la {entry.sequence}."
    if entry.previous != previous:
        return f"La anotación {entry.sequence} no continúa la anterior."
    if entry.digest != entry.link().digest():
        return f"La anotación {entry.sequence} cambió después de escrita."
    return None


def head_of(institution: Institution) -> str:
    """The hash of the institution's last entry: while it stays the same, nothing of the institution has changed."""
    last = Entry.objects.of(institution).order_by("-sequence").values_list("digest", flat=True).first()
    return last or GENESIS


def latest_entries(access: Access, *, limit: int = 20) -> list[Entry]:
    """The last changes of the person's institution, newest first, with who made them."""
    return list(Entry.objects.of(access.institution).select_related("person").order_by("-sequence")[:limit])
