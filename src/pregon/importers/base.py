"""The shape that all sources share: the file handed in, what a source says of it, and the records it gives.

A leaf: sources import it, it imports no source. Nothing here touches a clock, a network or a database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.organisation import Platform
from pregon.records.publishing import Method, Observation, ObservationStatus, Publication, PublicationKind

HEAD_BYTES: Final = 64 * 1024
"""How much of a file a source may look at to know it."""
_CHUNK: Final = 1024 * 1024

Answers = Mapping[str, str]
"""What the person answered, by the key of the question: {"network": "facebook"}."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was handed in.

    Attributes:
        name: what its owner calls it, without folders: «Views.csv».
        folder: the folders around it, in the zip or in the folder handed in, with «/»: «Octubre/Facebook». They may
            say what the file does not, as which network it is of.
        path: where it is kept.
        sha256: of its bytes, in hexadecimal.
        size: in bytes.
        head: its first HEAD_BYTES bytes, for `identify`.
    """

    name: str
    folder: str
    path: Path
    sha256: str
    size: int
    head: bytes

    def read(self) -> bytes:
        """All its bytes."""
        return self.path.read_bytes()

    @property
    def place(self) -> str:
        """Its name with the folders around it, as people are told it."""
        return f"{self.folder}/{self.name}" if self.folder else self.name


def open_upload(path: Path, *, name: str = "", folder: str = "") -> Upload:
    """Take a file: its hash and its first bytes, read in pieces so that a large one costs no memory.

    Raises:
        OSError: it is not there or cannot be read.
    """
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            head = head or chunk[:HEAD_BYTES]
            digest.update(chunk)
            size += len(chunk)
    return Upload(name or path.name, folder, path, digest.hexdigest(), size, head)


class Confidence(IntEnum):
    """How sure a source is that a file is its own; the surest takes it, and a draw is asked."""

    POSSIBLE = 1
    """Nothing speaks against it: a table that a person could map."""
    LIKELY = 2
    """The columns are the source's, and something it always says is missing or damaged."""
    CERTAIN = 3
    """Only this source writes so."""


@dataclass(frozen=True, slots=True)
class Identification:
    """A source's claim to a file: how sure, and why in Spanish, to follow a colon: «tiene la línea «sep=,» …»."""

    confidence: Confidence
    why: str


@dataclass(frozen=True, slots=True)
class Birth:
    """The birth certificate of a record: which bytes, where in them, by which rule, and what was assumed.

    Attributes:
        file: the file's name.
        sha256: of the file.
        place: where in it, in Spanish: «fila 12», «filas 4 a 34», «hoja «Posts», fila 7».
        rule: what was done, in Spanish: «suma de los 31 días del mes».
        assumed: what the file does not say, sentence by sentence: «La hora es la del Pacífico, como en todo archivo de
            Meta».
    """

    file: str
    sha256: str
    place: str
    rule: str
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedObservation:
    """A metric's value as a file gives it, for a day, a month or whatever period it covers.

    `account` is the page or profile where the file names it. Missing is not zero: a status without a value has no
    amount. `breakdown` says what the count is made of, «texto» 12, «imagen» 5.
    """

    platform: Platform
    metric: str
    period: Period
    status: ObservationStatus
    amount: Amount | None
    birth: Birth
    method: Method = Method.EXPORT
    account: str = ""
    breakdown: tuple[tuple[str, int], ...] = ()

    def to_record(self, channel: str) -> Observation:
        """The observation of the office's channel of that code."""
        return Observation(
            metric=self.metric,
            channel=channel,
            period=self.period,
            status=self.status,
            amount=self.amount,
            method=self.method,
            source=self.birth.file,
            note="; ".join((self.birth.rule, *self.birth.assumed)).rstrip("."),
        )


@dataclass(frozen=True, slots=True)
class ImportedPublication:
    """Something published, as a file lists it.

    Attributes:
        reference: the platform's own identifier, as text; "" where the file lost it.
        published_at: the instant, with its zone; its date in `America/Bogota` is the day that counts.
        is_proved: whether the link or the identifier itself carries that instant.
        has_hour: whether the file gives more than the day.
        lifetime: the figures the platform showed on the day of the export, by metric: a snapshot that is never added
            over exports.
    """

    platform: Platform
    kind: PublicationKind
    published_at: datetime
    birth: Birth
    reference: str = ""
    title: str = ""
    link: str = ""
    account: str = ""
    is_proved: bool = False
    has_hour: bool = True
    lifetime: tuple[tuple[str, Amount], ...] = ()

    def to_record(self, channel: str, reference: str, day: datetime) -> Publication:
        """The publication of the office's channel of that code; `day` is `published_at` in the office's own zone."""
        return Publication(reference, channel, self.kind, day.date(), self.title, self.link)


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say of a file; `choices` are answers with their Spanish words, () for a free text."""

    key: str
    sentence: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """What a source read in a file. A file that cannot be read is `refused`: one Spanish sentence, and no records.

    Attributes:
        repairs: what was damaged and mended, one sentence each.
        remarks: what was left out, what the file does not cover and what a person should know, one sentence each.
        questions: what has to be answered first; the records that depend on an answer are not there.
        remembers: answers that hold for every file of this shape, by key: whoever asks keeps them for the next one.
    """

    observations: tuple[ImportedObservation, ...] = ()
    publications: tuple[ImportedPublication, ...] = ()
    repairs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    refused: str | None = None
    remembers: tuple[tuple[str, str], ...] = ()

    @property
    def period(self) -> Period | None:
        """The days from the first record to the last; None without records."""
        starts = [each.period.start for each in self.observations]
        ends = [each.period.end for each in self.observations]
        days = [each.published_at.date() for each in self.publications]
        if not starts and not days:
            return None
        return Period.span(min([*starts, *days]), max([*ends, *days]))


@dataclass(frozen=True, slots=True)
class Source:
    """Who writes files of one kind.

    `identify` looks at the name and the head alone and returns None for a file of others; `extract` reads it all,
    given the answers so far. Neither raises on any bytes.
    """

    code: str
    name: str
    identify: Callable[[Upload], Identification | None]
    extract: Callable[[Upload, Answers], Extract]
    says: str = field(default="", compare=False)
    """One Spanish sentence on where the file is downloaded, for the guide and for who has the wrong one."""
