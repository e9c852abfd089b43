"""Who reports and through what: institution, offices, people, channels, and the control block of the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Office:
    """A unit of the institution (a delegatura, the head office); `aliases` are the other names it goes by."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Institution:
    """The public body that reports, and the process that writes the report («Gestión de las Comunicaciones»)."""

    name: str
    process: str = ""
    city: str = ""
    offices: tuple[Office, ...] = ()


class Platform(StrEnum):
    """What a channel runs on; decides which metrics it has and what they are called."""

    WEBSITE = "website"
    WHATSAPP = "whatsapp"
    WALLPAPER = "wallpaper"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    X = "x"
    YOUTUBE = "youtube"
    TIKTOK = "tiktok"
    LINKEDIN = "linkedin"
    EMAIL = "email"
    BULLETIN_BOARD = "bulletin_board"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Channel:
    """Where the office publishes. `is_internal` channels reach the institution's own people only."""

    code: str
    name: str
    platform: Platform
    is_internal: bool = False

    @property
    def is_social(self) -> bool:
        """Whether it is a social network: outside the institution, and neither its website nor a mail list."""
        return not self.is_internal and self.platform in _SOCIAL


_SOCIAL = frozenset(
    {Platform.FACEBOOK, Platform.INSTAGRAM, Platform.X, Platform.YOUTUBE, Platform.TIKTOK, Platform.LINKEDIN}
)


class SignatureRole(StrEnum):
    """The three hands a controlled document passes through (ISO 9001, 7.5)."""

    PREPARED = "prepared"
    REVIEWED = "reviewed"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who prepared, reviewed or approved, in what post, and when; `signed_on` is None while it is owed."""

    role: SignatureRole
    person: str
    post: str = ""
    signed_on: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """The document control block: code, version, cut-off of the figures, procedure steps answered, signatures.

    `cutoff` is the instant, in Colombian local time, up to which figures were counted.
    `steps` name the activities of the procedure («6.1/7») with what each asks for. `seal` is what the report of a
    closed quarter prints of its closing: which version, when, and the journal's head that proves it; "" while open.
    """

    code: str
    version: str
    cutoff: datetime | None = None
    prepared_on: date | None = None
    procedure: str = ""
    steps: tuple[ProcedureStep, ...] = ()
    signatures: tuple[Signature, ...] = ()
    seal: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """An activity of the communications procedure that the report answers: «6.2/6» and what it says."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Something the report lacks: for which section, what, in which file it will come, who owes it and when."""

    section: str
    what: str
    file: str = ""
    person: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A gap that the office declares instead of filling: of which section, what is missing in the report's own words,
    and why it will not come. A quarter closes only with every gap filled or declared.
    """

    section: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Closure:
    """A day on which the institution does not work and the country does: it is no business day."""

    day: date
    reason: str
