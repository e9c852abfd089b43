"""What was read takes its place in an office's dossier: added, changed, already there, or left out with its reason.

Nothing that a person recorded is lost. A figure already there gives way only to one that says the same more exactly
(«73,3 mil» to 73.284), or where the person asks for the new ones. Placing the same files again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from pregon.figures.metric import metric
from pregon.figures.period import PeriodKind
from pregon.figures.spanish import count_of, fold, month_name, print_amount
from pregon.importers.base import Answers, ImportedObservation, ImportedPublication, Question
from pregon.importers.intake import Receipt, all_observations, all_publications
from pregon.importers.monthly import Months, name_platform, roll_up
from pregon.records.dossier import Dossier
from pregon.records.instants import prove_instant
from pregon.records.organisation import Channel, Platform
from pregon.records.publishing import Evidence, Observation, ObservationStatus
from pregon.registro.vocabulary import PLATFORMS

OFFICE_ZONE: Final = ZoneInfo("America/Bogota")
"""The zone whose midnight parts the days of a Colombian office."""
LONGEST_TITLE: Final = 120
_INTERNAL: Final = frozenset({Platform.WHATSAPP, Platform.WALLPAPER})
_NUMBERED: Final = re.compile(r"^(.*?)(\d+)$")


class Outcome(StrEnum):
    """What became of something read."""

    ADDED = "added"
    CHANGED = "changed"
    KEPT = "kept"
    """It was there already."""
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Placed:
    """One thing read and what became of it: the files it came from by hash, and what is said of it in Spanish.

    A figure that is said as it stands is its line, «Facebook, visitas», and its cell, «octubre: 3.400».
    """

    outcome: Outcome
    what: str
    files: frozenset[str]
    is_publication: bool = False
    line: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """A dossier with what was read in its place, what became of each thing, and what only a person can say.

    With questions the dossier holds only what does not depend on their answers.
    """

    dossier: Dossier
    placed: tuple[Placed, ...]
    remarks: tuple[str, ...]
    questions: tuple[Question, ...]
    publications: tuple[tuple[str, ImportedPublication], ...] = ()
    """The publications of the files, each with the code of its channel."""

    def of(self, outcome: Outcome) -> tuple[Placed, ...]:
        """What had one outcome."""
        return tuple(each for each in self.placed if each.outcome is outcome)

    @property
    def has_changes(self) -> bool:
        """Whether the dossier is another one now."""
        return any(each.outcome in (Outcome.ADDED, Outcome.CHANGED) for each in self.placed)


def place_receipts(
    receipts: Sequence[Receipt], dossier: Dossier, answers: Answers | None = None, *, replaces: bool = False
) -> Placement:
    """Place what several files gave in a dossier. `replaces` lets new figures take the place of differing old ones."""
    months = roll_up(all_observations(receipts))
    work = _Placing(dossier, dict(answers or {}), _Accounts.of(receipts, months), replaces=replaces)
    for receipt in receipts:
        work.file_names.setdefault(receipt.sha256, receipt)
    for observation in months.observations:
        work.place_observation(observation)
    for publication in all_publications(receipts):
        work.place_publication(publication)
    return Placement(
        work.finish(), tuple(work.placed), months.remarks, tuple(work.questions.values()), tuple(work.listed)
    )


@dataclass(frozen=True, slots=True)
class _Accounts:
    """The accounts that the files name, by platform: two of them cannot share a channel unasked."""

    by_platform: dict[Platform, frozenset[str]]

    @classmethod
    def of(cls, receipts: Iterable[Receipt], months: Months) -> _Accounts:
        found: dict[Platform, set[str]] = {}
        named = [(each.platform, each.account) for each in months.observations]
        named += [(each.platform, each.account) for each in all_publications(receipts)]
        for platform, account in named:
            if account:
                found.setdefault(platform, set()).add(account)
        return cls({platform: frozenset(accounts) for platform, accounts in found.items()})


class _Placing:
    """The work of one placement: the dossier as it grows."""

    def __init__(self, dossier: Dossier, answers: dict[str, str], accounts: _Accounts, *, replaces: bool) -> None:
        self._dossier = dossier
        self._answers = answers
        self._accounts = accounts
        self._replaces = replaces
        self._channels = list(dossier.channels)
        self._observations = list(dossier.observations)
        self._publications = list(dossier.publications)
        self._evidence = list(dossier.evidence)
        self._figures = {(each.metric, each.channel, each.period): at for at, each in enumerate(self._observations)}
        self._known = {
            publication_key(each.channel, each.link, each.published_on, each.title): at
            for at, each in enumerate(self._publications)
            if each.link
        }
        self._linkless: dict[tuple[str, date, str], list[int]] = {}
        for at, each in enumerate(self._publications):
            if not each.link:
                self._linkless.setdefault((each.channel, each.published_on, fold(each.title)), []).append(at)
        self._numbers = _Numbers(
            [*(each.reference for each in dossier.publications), *(each.reference for each in dossier.evidence)]
        )
        self.file_names: dict[str, Receipt] = {}
        self.placed: list[Placed] = []
        self.listed: list[tuple[str, ImportedPublication]] = []
        self.questions: dict[str, Question] = {}

    def finish(self) -> Dossier:
        """The dossier with everything in its place."""
        return replace(
            self._dossier,
            channels=tuple(self._channels),
            observations=tuple(self._observations),
            publications=tuple(self._publications),
            evidence=tuple(self._evidence),
        )

    def place_observation(self, read: ImportedObservation) -> None:
        """Add a figure, or say why not."""
        files = frozenset(read.birth.sha256.split())
        line = f"{name_platform(read.platform, read.account)}, {metric(read.metric).name.lower()}"
        what = f"{line}, {_when(read)}"
        period = self._dossier.period
        if not period.contains(read.period) or (read.period not in period.months and read.period != period):
            self._tell(Outcome.LEFT_OUT, f"{what}: no es de un mes del {period.title}.", files)
            return
        channel = self._channel_of(read)
        if channel is None:
            return
        place = self._figures.get((read.metric, channel, read.period))
        record = replace(read.to_record(channel), evidence="", source=self._source(files))
        if place is None:
            self._figures[read.metric, channel, read.period] = len(self._observations)
            self._observations.append(replace(record, evidence=self._evidence_of(files)))
            self._tell_figure(Outcome.ADDED, line, f"{_when(read)}: {_print(record)}", files)
            return
        old = self._observations[place]
        if (old.status, old.amount) == (record.status, record.amount):
            self._tell_figure(Outcome.KEPT, line, f"{_when(read)}: {_print(old)}", files)
        elif self._gives_way(old, record):
            self._observations[place] = replace(record, evidence=self._evidence_of(files))
            self._tell_figure(Outcome.CHANGED, line, f"{_when(read)}: de {_print(old)} a {_print(record)}", files)
        else:
            told = f"{what}: el registro dice {_print(old)} y el archivo {_print(record)}; no se cambió."
            self._tell(Outcome.LEFT_OUT, told, files)

    def place_publication(self, read: ImportedPublication) -> None:
        """Add a publication that the dossier does not list; the words that a person wrote of one it lists stay."""
        files = frozenset({read.birth.sha256})
        day, title = office_day(read), one_line(read.title)
        what = f"{name_platform(read.platform, read.account)}, {day.day} de {month_name(day.month)}: «{title}»"
        if not self._dossier.period.contains(day.date()):
            self._tell(Outcome.LEFT_OUT, f"{what} no es del {self._dossier.period.title}.", files, is_publication=True)
            return
        channel = self._channel_of(read)
        if channel is None:
            return
        self.listed.append((channel, read))
        key = publication_key(channel, read.link or read.reference, day.date(), title)
        outcome = Outcome.KEPT if key in self._known else self._add_publication(read, channel, day, title, key)
        told = f"{what}: se le puso su enlace." if outcome is Outcome.CHANGED else what
        self._tell(outcome, told, files, is_publication=True)

    def _add_publication(
        self, read: ImportedPublication, channel: str, day: datetime, title: str, key: tuple[str, str]
    ) -> Outcome:
        place = self._without_link(channel, day.date(), title)
        if place is not None:
            self._known[key] = place
            if not read.link:
                return Outcome.KEPT
            self._publications[place] = replace(self._publications[place], link=read.link)
            return Outcome.CHANGED
        self._known[key] = len(self._publications)
        reference = self._numbers.next(f"PUB-{day.year}-", 4)
        self._publications.append(replace(read.to_record(channel, reference, day), title=title))
        self._evidence_of(frozenset({read.birth.sha256}))
        return Outcome.ADDED

    def _tell(self, outcome: Outcome, what: str, files: frozenset[str], *, is_publication: bool = False) -> None:
        self.placed.append(Placed(outcome, what, files, is_publication))

    def _tell_figure(self, outcome: Outcome, line: str, cell: str, files: frozenset[str]) -> None:
        self.placed.append(Placed(outcome, f"{line}, {cell}", files, line=line, cell=cell))

    def _gives_way(self, old: Observation, new: Observation) -> bool:
        """Whether what was recorded is nothing, or the same less exactly, or the person asked for the new ones."""
        if new.amount is None:
            return False
        if old.amount is None:
            return old.status is ObservationStatus.NO_DATA or self._replaces
        finer = new.amount.ulp < old.amount.ulp and old.amount.interval.contains(new.amount.value)
        return finer or self._replaces

    def _without_link(self, channel: str, day: date, title: str) -> int | None:
        """The one publication of that channel, day and title that was recorded without its link."""
        found = self._linkless.get((channel, day, fold(title)), [])
        return found.pop() if len(found) == 1 else None

    def _channel_of(self, read: ImportedObservation | ImportedPublication) -> str | None:
        """The code of the channel; None where only the person can say which one."""
        key = f"channel:{read.platform}:{read.account}" if read.account else f"channel:{read.platform}"
        asked = self._answers.get(key) or self._answers.get("channel", "")
        named = next((each.code for each in self._channels if each.code == asked), None)
        if named is not None:
            return named
        own = [each for each in self._channels if each.platform is read.platform]
        if not own:
            return self._add_channel(read.platform)
        same = [each for each in own if read.account and fold(each.name) == fold(read.account)]
        if len(same) == 1:
            return same[0].code
        if len(own) == 1 and len(self._accounts.by_platform.get(read.platform, ())) < 2:
            return own[0].code
        self.questions[key] = Question(
            key,
            f"¿De qué canal son los datos de {name_platform(read.platform, read.account)}?",
            tuple((each.code, each.name) for each in own),
        )
        return None

    def _add_channel(self, platform: Platform) -> str:
        code = str(platform.value)
        channel = Channel(code, PLATFORMS.label(platform), platform, is_internal=platform in _INTERNAL)
        self._channels.append(channel)
        self._tell(Outcome.ADDED, f"canal «{channel.name}»", frozenset())
        return code

    def _source(self, files: frozenset[str]) -> str:
        """What the report calls the source: «Matomo: visitas (Visitas.csv)»."""
        receipts = [receipt for sha256, receipt in self.file_names.items() if sha256 in files]
        named = dict.fromkeys(receipt.source_name for receipt in receipts)
        names = ", ".join(receipt.place.rpartition("/")[2] for receipt in receipts)
        return f"{' y '.join(named)} ({names})"

    def _evidence_of(self, files: frozenset[str]) -> str:
        """The reference of the evidence that a file is, recorded once; the first one of several."""
        found = ""
        for sha256, receipt in self.file_names.items():
            if sha256 not in files:
                continue
            known = next((each.reference for each in self._evidence if each.sha256 == sha256), "")
            if not known:
                known = self._numbers.next("EV-", 3)
                name = receipt.place.rpartition("/")[2]
                self._evidence.append(Evidence(known, f"{receipt.source_name}: {name}", file=name, sha256=sha256))
            found = found or known
        return found


def _when(read: ImportedObservation) -> str:
    period = read.period
    return month_name(period.start.month) if period.kind is PeriodKind.MONTH else period.title


def _print(record: Observation) -> str:
    if record.amount is not None:
        return print_amount(record.amount)
    return "sin dato" if record.status is ObservationStatus.NO_DATA else "no aplica"


def office_day(read: ImportedPublication) -> datetime:
    """The instant in the office's own zone; one without an hour keeps the day that its file gives."""
    return read.published_at.astimezone(OFFICE_ZONE) if read.has_hour else read.published_at


def publication_key(channel: str, link: str, day: date, title: str) -> tuple[str, str]:
    """What tells a publication of a channel: the identifier in its link, else the link, else its day and title."""
    proved = prove_instant(link)
    if proved is not None:
        return channel, proved.reference
    plain = re.sub(r"^https?://(?:www\.|m\.)?", "", link.strip(), flags=re.IGNORECASE)
    return channel, plain.split("#", 1)[0].rstrip("/?") or f"{day} {fold(title)}"


def one_line(caption: str) -> str:
    """A caption's first line, cut at a word where it is long."""
    line = next((words for each in caption.splitlines() if (words := " ".join(each.split()))), "")
    if len(line) <= LONGEST_TITLE:
        return line or "Publicación sin texto"
    return f"{line[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"


class _Numbers:
    """The numbers of references: each stem goes on after its highest."""

    def __init__(self, references: Iterable[str]) -> None:
        self._highest: dict[str, int] = {}
        for reference in references:
            if found := _NUMBERED.match(reference):
                self._highest[found[1]] = max(int(found[2]), self._highest.get(found[1], 0))

    def next(self, stem: str, digits: int) -> str:
        """The reference after the highest of a stem: PUB-2025-0287 after PUB-2025-0286."""
        self._highest[stem] = self._highest.get(stem, 0) + 1
        return f"{stem}{self._highest[stem]:0{digits}}"


def summarise(placed: Sequence[Placed], *, most: int = 8) -> tuple[str, ...]:
    """What is said of things with one outcome: each line of a few with its cells, and the count of many."""
    lines: dict[str, list[Placed]] = {}
    for each in placed:
        if not each.is_publication:
            lines.setdefault(each.line or each.what, []).append(each)
    told = [
        f"{line}, {'; '.join(each.cell for each in cells)}" if cells[0].line else line for line, cells in lines.items()
    ]
    if len(told) > most:
        rest = sum(len(cells) for cells in list(lines.values())[most:])
        told = [*told[:most], f"… y {count_of(rest, 'cifra', 'cifras')} más"]
    publications = [each for each in placed if each.is_publication]
    if len(publications) <= most // 2:
        return (*told, *(each.what for each in publications))
    others = publications[0].outcome is Outcome.LEFT_OUT
    nouns = ("publicación de otro periodo", "publicaciones de otro periodo")
    return (*told, count_of(len(publications), *(nouns if others else ("publicación", "publicaciones"))))
