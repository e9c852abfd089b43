"""What the audit says: findings, what holds, what nothing could be bound to. Values only; a leaf."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pregon.document.location import Location


class Severity(StrEnum):
    """How sure and how grave, worst first. Each has a sign and a word (look/voice.md), never a colour alone."""

    CONTRADICTION = "contradiction"
    """Provable in the document itself."""
    GAP = "gap"
    """Something the document promises and lacks."""
    EXPOSURE = "exposure"
    """What must not be published."""
    INCONCLUSIVE = "inconclusive"
    """Cannot be confirmed; the finding says what would settle it."""
    ADVICE = "advice"

    @property
    def sign(self) -> str:
        """The sign that stands for it: ≠ □ ⊘ ? →."""
        return _SIGNS[self][0]

    @property
    def word(self) -> str:
        """Its Spanish name in the singular."""
        return _SIGNS[self][1]

    @property
    def plural(self) -> str:
        """Its Spanish name in the plural."""
        return _SIGNS[self][2]


_SIGNS: Final = {
    Severity.CONTRADICTION: ("≠", "contradicción", "contradicciones"),
    Severity.GAP: ("□", "vacío", "vacíos"),
    Severity.EXPOSURE: ("⊘", "exposición", "exposiciones"),
    Severity.INCONCLUSIVE: ("?", "no concluyente", "no concluyentes"),
    Severity.ADVICE: ("→", "consejo", "consejos"),
}


@dataclass(frozen=True, slots=True)
class Operand:
    """One term of the account a finding shows: its name («octubre»), as printed («10») and where it stands."""

    label: str
    text: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of a document.

    `message` is one Spanish sentence with both figures; `stated` quotes the document, `expected` is what the account
    gives, `operands` its terms joined by `operator` («+», «÷»); `cause` is the likely explanation, or that none was
    found; `remedy` what to write instead; `consequences` what follows from the same root and is not told apart;
    `locations` begin with the place to mend. `name` is the rule's slug.
    """

    code: str
    name: str
    severity: Severity
    message: str
    locations: tuple[Location, ...]
    stated: str = ""
    expected: str = ""
    operands: tuple[Operand, ...] = ()
    operator: str = "+"
    cause: str = ""
    remedy: str = ""
    consequences: tuple[str, ...] = ()


class Agreement(StrEnum):
    """How a checked figure agrees."""

    EXACT = "exact"
    ROUNDED = "rounded"
    """Only because the figures are rounded."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that was checked and holds: what, the account («44 + 24 + 26 = 94») and where."""

    code: str
    what: str
    account: str
    agreement: Agreement
    locations: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Unverified:
    """A figure that nothing in the document could be bound to: neither right nor wrong."""

    text: str
    location: Location
