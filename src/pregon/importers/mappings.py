"""What each column of a person's table is: said once by the person, and known again by its header.

A mapping is kept as an answer to a question: its key names the header («mapping:3f09…») and its value is JSON. Whoever
asks the person keeps it, and hands it in with the other answers the next time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pregon.figures.metric import CATALOGUE, find_metric
from pregon.figures.spanish import fold
from pregon.importers.base import Answers
from pregon.importers.headers import COLUMN_KEY, clean_header
from pregon.records.organisation import Platform
from pregon.registro.vocabulary import PLATFORMS

MAPPING_KEY: Final = "mapping"
"""The answer that confirms what was proposed, «yes»; with «:» and a fingerprint, a mapping that was kept."""
CONFIRMED: Final = frozenset({"yes", "si", "sí", "ok"})
DATE, MONTH, NETWORK, METRIC, VALUE, TITLE, LINK, IGNORE = (
    "date",
    "month",
    "network",
    "metric",
    "value",
    "title",
    "link",
    "ignore",
)
ROLES: Final[Mapping[str, str]] = {
    DATE: "la fecha de cada fila",
    MONTH: "el mes de cada fila",
    NETWORK: "la red o canal de cada fila",
    METRIC: "la medida de cada fila",
    VALUE: "la cifra de la medida que dice la fila",
    TITLE: "el título o texto de una publicación",
    LINK: "el enlace de una publicación",
    IGNORE: "no se importa",
}
_PROPOSALS: Final[Mapping[str, tuple[str, ...]]] = {
    DATE: ("fecha", "dia", "date", "day", "fecha de publicacion", "publicado el", "publish time", "created date"),
    MONTH: ("mes", "month", "periodo"),
    NETWORK: ("red", "red social", "canal", "plataforma", "network", "channel", "platform", "medio"),
    METRIC: ("metrica", "medida", "indicador", "metric"),
    VALUE: ("valor", "cifra", "cantidad", "value"),
    TITLE: ("titulo", "title", "texto", "publicacion", "descripcion", "description", "tema", "contenido"),
    LINK: ("enlace", "link", "url", "permalink", "vinculo", "enlace permanente"),
}
_LONGEST_KEPT: Final = 20_000


def fingerprint(header: Sequence[str]) -> str:
    """What tells a table by its header: the same titles in the same order, whatever their case and accents."""
    plain = "\x1f".join(clean_header(words) for words in header)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What each column is, by its place: a role, the code of a metric, or both a platform and a metric «x:views».

    `open_columns` are those nobody has said; `proposed` those that were read in the title and not confirmed.
    """

    roles: tuple[str, ...]
    open_columns: tuple[int, ...] = ()
    proposed: tuple[int, ...] = ()

    def first(self, role: str) -> int | None:
        """Where a role stands first; None where no column has it."""
        return self.roles.index(role) if role in self.roles else None

    @property
    def measures(self) -> tuple[tuple[int, str, Platform | None], ...]:
        """The columns that hold a metric's figures: place, code, and the platform where the column says it."""
        return tuple(
            (place, code, platform)
            for place, role in enumerate(self.roles)
            for platform, code in (_part_measure(role),)
            if code
        )

    @property
    def is_list(self) -> bool:
        """Whether each row is a publication."""
        return self.first(DATE) is not None and (self.first(TITLE) is not None or self.first(LINK) is not None)


def _part_measure(role: str) -> tuple[Platform | None, str]:
    name, colon, code = role.partition(":")
    if not colon:
        return (None, role) if role in CATALOGUE else (None, "")
    platform = next((each for each in Platform if each.value == name), None)
    return (platform, code) if platform is not None and code in CATALOGUE else (None, "")


def is_role(said: str) -> bool:
    """Whether an answer says what a column is."""
    return said in ROLES or bool(_part_measure(said)[1])


def resolve_mapping(header: Sequence[str], answers: Answers, columns: Sequence[Sequence[str]]) -> TableMapping:
    """What each column is: as the person says, as it was kept for this header, else as its title and cells propose.

    `columns` are the texts of each column.
    """
    said = {
        clean_header(key.removeprefix(COLUMN_KEY)): each for key, each in answers.items() if key.startswith(COLUMN_KEY)
    }
    kept = read_kept(answers.get(f"{MAPPING_KEY}:{fingerprint(header)}", ""))
    roles: list[str] = []
    open_columns: list[int] = []
    proposed: list[int] = []
    for place, words in enumerate(header):
        name = clean_header(words)
        filled = [text for text in columns[place] if text]
        role = next((each for each in (said.get(name, ""), kept.get(name, "")) if is_role(each)), "")
        if not role and (not words or not filled):
            role = IGNORE
        if not role:
            role = propose_role(words, filled, frozenset(roles))
            (proposed if role else open_columns).append(place)
        roles.append(role or IGNORE)
    if VALUE in roles and METRIC not in roles:
        lone = roles.index(VALUE)
        open_columns = sorted({*open_columns, lone})
        proposed = [place for place in proposed if place != lone]
        roles[lone] = IGNORE
    return TableMapping(tuple(roles), tuple(open_columns), tuple(proposed))


def propose_role(words: str, filled: Sequence[str], taken: frozenset[str]) -> str:
    """What a column seems to be by its title and its cells; "" where nothing is known or another is that already."""
    name = fold(words).strip(" :.")
    role = next((role for role, names in _PROPOSALS.items() if name in names), "")
    if not role and all(PLATFORMS.find(text) is not None for text in filled):
        role = NETWORK
    if not role and all(find_metric(text) is not None for text in filled):
        role = METRIC
    if role:
        return "" if role in taken else role
    for platform in Platform:
        for spoken in _names_of(platform):
            rest = _without(name, spoken)
            if rest is not None and (metric := find_metric(rest, platform.value)) is not None:
                return f"{platform.value}:{metric.code}"
    metric = find_metric(words)
    return "" if metric is None else metric.code


def _names_of(platform: Platform) -> tuple[str, ...]:
    spoken = {fold(platform.value), fold(PLATFORMS.label(platform))}
    spoken |= {fold(name) for name, value in PLATFORMS.others.items() if value is platform}
    return tuple(spoken)


def _without(name: str, spoken: str) -> str | None:
    """A title without the network at one of its ends: «visitas de facebook», «facebook: visitas»."""
    for joint in (" de ", " en ", " - ", " (", ": ", " "):
        if name.startswith(f"{spoken}{joint}"):
            return name[len(spoken) + len(joint) :].strip(" ()")
        if name.removesuffix(")").endswith(f"{joint}{spoken}"):
            return name.removesuffix(")")[: -len(spoken) - len(joint)].strip()
    return None


def describe_role(role: str) -> str:
    """A role in Spanish: «la fecha de cada fila», «Visualizaciones de Facebook»."""
    platform, code = _part_measure(role)
    if not code:
        return ROLES.get(role, role)
    return CATALOGUE[code].name + (f" de {PLATFORMS.label(platform)}" if platform is not None else "")


def choices_of_role() -> tuple[tuple[str, str], ...]:
    """Everything a column can be, with its Spanish words."""
    return (*ROLES.items(), *((code, metric.name) for code, metric in CATALOGUE.items()))


def keep_mapping(header: Sequence[str], mapping: TableMapping) -> tuple[str, str]:
    """The answer that is worth keeping for the next table with the same header: its key and its value."""
    roles = {words: role for words, role in zip(header, mapping.roles, strict=True) if words}
    return f"{MAPPING_KEY}:{fingerprint(header)}", json.dumps(roles, ensure_ascii=False, sort_keys=True)


def read_kept(value: str) -> dict[str, str]:
    """The roles of a mapping that was kept, by clean title; {} for anything that is not one."""
    if not value or len(value) > _LONGEST_KEPT:
        return {}
    try:
        roles = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(roles, dict):
        return {}
    return {clean_header(str(words)): role for words, role in roles.items() if isinstance(role, str) and is_role(role)}
