"""A version of a piece as the gate sees it, what a check says of it, and what a check is. Pure: no row is read here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Reply(StrEnum):
    """What settles a remark, short of a new version."""

    WORDS = "words"
    """Somebody says why it is right as it is."""
    YES = "yes"
    """A question: somebody says that it is so."""
    EVIDENCE = "evidence"
    """Something kept in the evidence proves it; words alone do not."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A version: what it is, what it says, and how the institution writes its own names.

    `content_type` is empty where there is no file. `shows_people` and `shows_minors` are None where nobody said.
    `names` are the institution's and its offices'; `slips` are wrong spellings that have been seen, each with the
    right one.
    """

    file_name: str = ""
    content_type: str = ""
    text: str = ""
    alternative_text: str = ""
    captions: str = ""
    shows_people: bool | None = None
    shows_minors: bool | None = None
    names: tuple[str, ...] = ()
    slips: tuple[tuple[str, str], ...] = ()

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self.content_type.startswith("image/")

    @property
    def is_video(self) -> bool:
        """Whether it is a video."""
        return self.content_type.startswith("video/")

    @property
    def passages(self) -> tuple[tuple[str, str], ...]:
        """What it says, each with where it says it, in words; empty ones are left out."""
        all_of_them = (
            ("el texto", self.text),
            ("el texto alternativo", self.alternative_text),
            ("los subtítulos", self.captions),
        )
        return tuple((where, said) for where, said in all_of_them if said.strip())


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a check found in a version, or asks of it.

    `found` tells it from the check's other remarks on the same version, and is kept with the answer: nothing exposed
    stands in it uncovered. `message` says what was found; `remedy`, what to do.
    """

    found: str
    message: str
    remedy: str
    reply: Reply = Reply.WORDS


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at. `check` yields remarks in the reader's order and never raises on odd input.

    `holds` is the sentence where it found nothing; "" where there was nothing to look at.
    """

    code: str
    title: str
    order: int
    check: Callable[[Draft], Iterator[Remark]]
    holds: Callable[[Draft], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check said of a version: its remarks, or the sentence that it holds."""

    check: Check
    remarks: tuple[Remark, ...]
    holds: str


def examine(draft: Draft, checks: Iterable[Check]) -> tuple[Outcome, ...]:
    """What every check says of a version, in the order of the gate; those with nothing to look at are left out."""
    outcomes = []
    for check in checks:
        remarks = tuple(check.check(draft))
        holds = "" if remarks else check.holds(draft)
        if remarks or holds:
            outcomes.append(Outcome(check, remarks, holds))
    return tuple(outcomes)
