"""What a public document must not show: internal servers, private folders, identity numbers, people's own contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pregon.claims.vocabulary import flatten

MASK: Final = "•"


class Kind(StrEnum):
    """What is exposed."""

    SERVER = "server"
    """An address inside the institution's network."""
    FOLDER = "folder"
    """A folder of somebody's computer."""
    IDENTITY = "identity"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Exposure:
    """The stretch `[start:end]` of a text, and what it exposes."""

    kind: Kind
    start: int
    end: int


_END: Final = r"[^)»”'\n;|<>]"
_IDENTITY_WORDS: Final = (
    r"(?:\bc\.? ?c\.?|\bcedula(?: de (?:ciudadania|extranjeria))?|\bdocumento de identidad|\bidentificad[oa] con"
    r"|\btarjeta de identidad|\bt\. ?i\.|\bnuip)(?![a-z])"
)
_PHONE_WORDS: Final = r"\b(?:cel(?:ular(?:es)?)?|movil(?:es)?|tel(?:efono)?s?|whats ?app|contacto)\b"
_MAIL_HOSTS: Final = r"(?:gmail|hotmail|outlook|yahoo|live|icloud|msn|proton(?:mail)?|aol|une)"
_SOURCES: Final[tuple[tuple[Kind, str], ...]] = (
    (Kind.SERVER, rf"(?P<it>\\\\[\w.$-]+(?:\\{_END}*)?)"),
    (Kind.SERVER, r"(?P<it>(?:file|smb)://[^\s)»”']+)"),
    (
        Kind.SERVER,
        r"(?<![\d.])(?P<it>(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}(?:[:/][^\s)»”']+)?)(?!\.?\d)",
    ),
    # Four numbers that begin with 10 may be those of a section: only where the words say that it is an address.
    (Kind.SERVER, r"(?:\bip\b|servidor|direccion|//|equipo)[^\d\n]{0,20}(?P<it>10(?:\.\d{1,3}){3}(?::\d+)?)(?!\.?\d)"),
    (Kind.FOLDER, rf"(?<![a-z])(?P<it>[a-z]:\\(?:{_END}*?\.[a-z]{{2,4}}\b|{_END}+))"),
    (Kind.FOLDER, r"(?<![\w/.])(?P<it>/(?:home|users)/[\w.-]+/[^\s)»”']+)"),
    (
        Kind.IDENTITY,
        rf"{_IDENTITY_WORDS}[^\d\n]{{0,24}}?(?P<it>\d{{1,3}}(?:[. ]\d{{3}}){{2,3}}|\d{{6,11}})(?!\d|[.,]\d)",
    ),
    (Kind.EMAIL, rf"(?<![\w.+-])(?P<it>[\w.+-]+@{_MAIL_HOSTS}\.(?:com|es|me|co|net)(?:\.co|\.es)?)(?![\w-])"),
    (Kind.PHONE, r"(?<![\d.,+-])(?P<it>(?:\+?57[ -]?)?3\d\d[ -]\d{3}[ -]?\d{2}[ -]?\d{2})(?!\d|[.,-]\d)"),
    (Kind.PHONE, rf"{_PHONE_WORDS}[^\d\n]{{0,20}}?(?P<it>(?:\+?57[ -]?)?3\d{{9}})(?!\d)"),
)
_PATTERNS: Final = tuple((kind, re.compile(source, re.MULTILINE)) for kind, source in _SOURCES)
_MAY_EXPOSE: Final = re.compile(r"\\|//|@|\d{3}[ .-]?\d{3}|/home/|/users/|192\.168|172\.|10\.\d")
_PUBLIC: Final = re.compile(
    r"\blineas?\b|\bpbx\b|\bconmutador|\batencion\b|\binstitucional|\bciudadan|\bventanilla|\bde la entidad"
)
"""Words before a telephone or an address that say that it is there to be called."""
_NEAR: Final = 45
_COLUMNS: Final = (
    (
        Kind.IDENTITY,
        re.compile(
            r"(?:n\W*[oº°]?\W*|numero )?(?:de )?(?:cedula|documento(?: de identidad)?|identificacion|c\.? ?c\.?)"
        ),
        re.compile(r"\s*(?P<it>\d{1,3}(?:[. ]\d{3}){2,3}|\d{6,11})\s*"),
    ),
    (
        Kind.PHONE,
        re.compile(r"(?:n\W*[oº°]?\W*|numero )?(?:de )?(?:celular|movil|telefono|contacto|tel\.?|cel\.?)"),
        re.compile(r"\s*(?P<it>(?:\+?57[ -]?)?3\d\d[ -]?\d{3}[ -]?\d{4})\s*"),
    ),
)


def may_expose(text: str) -> bool:
    """Whether a text may expose something, whatever it stands under."""
    flat = flatten(text)
    return bool(_MAY_EXPOSE.search(flat)) or any(pattern.fullmatch(flat) for _, _, pattern in _COLUMNS)


def find_exposures(text: str, *, column: str = "") -> tuple[Exposure, ...]:
    """What a text exposes, in order and without overlap; `column` is the heading of the cell it stands in.

    >>> [(found.kind.value, found.end) for found in find_exposures("Escriba a ana.perez@gmail.com")]
    [('email', 29)]
    """
    flat = flatten(text)
    found = list(_in_column(flat, flatten(column).strip())) if column else []
    if _MAY_EXPOSE.search(flat):
        found += _in_text(flat)
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Exposure] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _in_text(flat: str) -> Iterator[Exposure]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(flat):
            start, end = match.span("it")
            while end > start and flat[end - 1] in " .,;:":
                end -= 1
            is_public = kind in (Kind.PHONE, Kind.EMAIL) and _PUBLIC.search(flat[max(0, start - _NEAR) : start])
            if end > start and not is_public:
                yield Exposure(kind, start, end)


def _in_column(flat: str, heading: str) -> Iterator[Exposure]:
    for kind, named, pattern in _COLUMNS:
        match = pattern.fullmatch(flat)
        if match is not None and named.fullmatch(heading):
            yield Exposure(kind, *match.span("it"))


def mask(text: str, *, column: str = "") -> str:
    r"""The text with what it exposes covered, letter for letter, so that places in it stay places in the text.

    >>> mask("Está en \\\\192.168.2.6\\prensa")
    'Está en \\\\•••.•••.•.•\\••••••'
    """
    for one in find_exposures(text, column=column):
        text = text[: one.start] + cover(text[one.start : one.end], one.kind) + text[one.end :]
    return text


def cover(exposed: str, kind: Kind) -> str:
    """What is exposed, covered: its letters and digits; of an e-mail address, the name before the @."""
    name, at, host = exposed.partition("@")
    if kind is Kind.EMAIL and at:
        return name[:1] + MASK * (len(name) - 1) + at + host
    return "".join(MASK if character.isalnum() else character for character in exposed)
