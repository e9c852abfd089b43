"""The shape of a section. A leaf: sections import it, it imports no section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pregon.document.model import Block
from pregon.document.prose import Prose
from pregon.records.comparison import find_earlier
from pregon.records.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Case:
    """What a report is composed from: the dossier, and the earlier ones it is compared with."""

    dossier: Dossier
    earlier: tuple[Dossier, ...] = ()

    @property
    def previous(self) -> Dossier | None:
        """The dossier of the quarter before, where there is one."""
        return find_earlier(self.earlier, self.dossier.period.previous)

    @property
    def year_before(self) -> Dossier | None:
        """The dossier of the same quarter a year before, where there is one."""
        return find_earlier(self.earlier, self.dossier.period.year_before)


@dataclass(frozen=True, slots=True)
class Checked:
    """An account that the section made and that closes: what it is of, and the account with every term marked."""

    what: str
    account: Prose


@dataclass(frozen=True, slots=True)
class Missing:
    """Something the section lacks: what, in which file it will come, who owes it and by when.

    One that is not `is_declarable` cannot be waved through by saying that it will not come: the records say otherwise.
    """

    what: Prose
    file: str = ""
    person: str = ""
    due: date | None = None
    is_declarable: bool = True


@dataclass(frozen=True, slots=True)
class Definition:
    """How a metric was counted, for the method section: its name and what it means."""

    name: str
    meaning: Prose


@dataclass(frozen=True, slots=True)
class SectionReport:
    """What a section answers: its blocks, what is missing for it and who owes it, its sources and its accounts.

    `blocks` carry no section heading and no numbers of tables and charts: `compose` sets those.
    """

    slug: str
    title: str
    blocks: tuple[Block, ...]
    missing: tuple[Missing, ...] = ()
    sources: tuple[str, ...] = ()
    checked: tuple[Checked, ...] = ()
    definitions: tuple[Definition, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its slug (its file's name), its Spanish title, its place in the report and how it is built.

    `build` takes the case and, for a section that sums up the others (`sums_up`), what all the others answered.
    """

    slug: str
    title: str
    order: int
    build: Callable[[Case, tuple[SectionReport, ...]], SectionReport]
    sums_up: bool = False
    is_cover: bool = False
