"""The blocks of Meta's series and audience files, and what their titles mean.

Such a file is one or several blocks: a line with the title, a line with the header, the rows. A daily series has the
header «Date, Primary», or «Fecha, Primary» in Spanish: the second word stays English. In 2022 the file was a plain
table, «Date, Facebook Page reach». A title that nobody knows is asked, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pregon.figures.words import fold
from pregon.importers.base import Answers, Question
from pregon.importers.delimited import Row
from pregon.importers.headers import clean_header
from pregon.records.organisation import Platform

TITLE_KEY: Final = "title:"
"""How a person says what a title measures, among the answers: {"title:mentions likes": "likes"}."""
LEAVE_OUT: Final = "none"
"""The answer of who wants a title left out."""
_PRIMARY: Final = "primary"
_FB, _IG = Platform.FACEBOOK, Platform.INSTAGRAM


@dataclass(frozen=True, slots=True)
class Title:
    """What a title measures and on which network; no network where the title does not say it."""

    metric: str
    platform: Platform | None = None


_TITLES: Final = {
    # English, as the files have them.
    "views": Title("views"),
    "viewers": Title("viewers"),
    "total viewers": Title("total_viewers"),
    "reach": Title("reach"),
    "follows": Title("followers_gained"),
    "content interactions": Title("interactions"),
    "link clicks": Title("link_clicks"),
    "facebook visits": Title("visits", _FB),
    "facebook follows": Title("followers_gained", _FB),
    "facebook reach": Title("reach", _FB),
    "facebook page reach": Title("reach", _FB),
    "facebook link clicks": Title("link_clicks", _FB),
    "instagram profile visits": Title("visits", _IG),
    "instagram follows": Title("followers_gained", _IG),
    "instagram reach": Title("reach", _IG),
    "instagram link clicks": Title("link_clicks", _IG),
    # Spanish: the titles of the panel, of which only «Visualizaciones» was seen in a file.
    "visualizaciones": Title("views"),
    "espectadores": Title("viewers"),
    "total de espectadores": Title("total_viewers"),
    "espectadores totales": Title("total_viewers"),
    "alcance": Title("reach"),
    "seguidores": Title("followers_gained"),
    "seguimientos": Title("followers_gained"),
    "interacciones con el contenido": Title("interactions"),
    "clics en el enlace": Title("link_clicks"),
    "visitas de facebook": Title("visits", _FB),
    "visitas a facebook": Title("visits", _FB),
    "seguidores de facebook": Title("followers_gained", _FB),
    "alcance de facebook": Title("reach", _FB),
    "alcance de la pagina de facebook": Title("reach", _FB),
    "clics en el enlace de facebook": Title("link_clicks", _FB),
    "visitas al perfil de instagram": Title("visits", _IG),
    "seguidores de instagram": Title("followers_gained", _IG),
    "alcance de instagram": Title("reach", _IG),
    "clics en el enlace de instagram": Title("link_clicks", _IG),
}
METRICS: Final = ("views", "viewers", "total_viewers", "reach", "visits", "followers_gained", "interactions")
"""What a title that nobody knows is asked to be, with the clicks on links."""
_NAMES: Final = {
    "views": "views",
    "viewers": "viewers",
    "visits": "visits",
    "follows": "followers_gained",
    "reach": "reach",
    "interactions": "interactions",
    "link clicks": "link_clicks",
    "visualizaciones": "views",
    "alcance": "reach",
    "espectadores": "viewers",
    "visitas": "visits",
    "seguidores": "followers_gained",
    "interacciones": "interactions",
    "clics en el enlace": "link_clicks",
}
"""The names that Meta gives the files, and the metric that such a file has."""
NETWORK_KEY: Final = "network"
"""The question of which network a file is of."""
NETWORKS: Final = {"facebook": _FB, "instagram": _IG}
NETWORK_NAMES: Final = {_FB: "Facebook", _IG: "Instagram"}
_NETWORK_WORDS: Final = {"facebook": _FB, "fb": _FB, "instagram": _IG, "ig": _IG, "insta": _IG}


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its title, the line that the title stands on, its header and its rows."""

    title: str
    line: int
    header: Row
    rows: tuple[Row, ...]

    @property
    def is_daily(self) -> bool:
        """Whether it has a figure for each day."""
        return _is_daily(self.header)


def split_blocks(rows: Sequence[Row]) -> tuple[Block, ...]:
    """The blocks of a file's rows; () where they are not made of blocks."""
    starts = [place for place, row in enumerate(rows) if _is_title(rows, place, row)]
    if not starts:
        return _take_plain(rows)
    if any(not row.is_blank for row in rows[: starts[0]]):
        return ()
    blocks = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        told = [row for row in rows[start + 1 : end] if not row.is_blank]
        header = told[0] if told else Row(rows[start].line + 1, ())
        blocks.append(Block(_words(rows[start])[0], rows[start].line, header, tuple(told[1:])))
    return tuple(blocks)


def _take_plain(rows: Sequence[Row]) -> tuple[Block, ...]:
    """The plain table of 2022: «Date, Facebook Page reach»; its title has to name the network."""
    told = [row for row in rows if not row.is_blank]
    words = _words(told[0]) if told else ()
    if len(words) != 2 or fold(words[0]) not in ("date", "fecha"):
        return ()
    title = _TITLES.get(clean_header(words[1]))
    if title is None or title.platform is None:
        return ()
    header = Row(told[0].line, (words[0], _PRIMARY))
    return (Block(words[1], told[0].line, header, tuple(told[1:])),)


def _is_title(rows: Sequence[Row], place: int, row: Row) -> bool:
    words = _words(row)
    if len(words) != 1 or not row.fields[0].strip() or re.match(r"[-+0-9.,% ]+$", words[0]):
        return False
    if place == 0 or rows[place - 1].is_blank:
        return True
    return place + 1 < len(rows) and _is_daily(rows[place + 1])


def _is_daily(row: Row) -> bool:
    words = _words(row)
    return len(words) == 2 and clean_header(words[1]) == _PRIMARY


def _words(row: Row) -> tuple[str, ...]:
    return tuple(field.strip() for field in row.fields if field.strip())


def find_title(words: str, answers: Answers) -> Title | None:
    """What a title measures: as the person said, else as is known; None where nobody knows."""
    asked = {clean_header(key.removeprefix(TITLE_KEY)): value for key, value in answers.items() if is_title_key(key)}
    said = asked.get(clean_header(words))
    known = _TITLES.get(clean_header(words))
    platform = known.platform if known is not None else name_network(words)
    if said is not None:
        return Title(said, platform)
    return known


def is_title_key(key: str) -> bool:
    """Whether an answer says what a title measures."""
    return key.startswith(TITLE_KEY)


def metric_of_name(name: str) -> str:
    """The metric that a file's name announces, «Alcance (1).csv»; "" where it announces none."""
    stem = re.sub(r"\s*\([0-9]+\)$", "", name.rsplit(".", 1)[0])
    words = [word for word in re.split(r"[\s_-]+", fold(stem)) if word and word not in _NETWORK_WORDS]
    return _NAMES.get(" ".join(words), "")


def name_network(words: str) -> Platform | None:
    """The network that some words name; None where they name none, or both."""
    found = {_NETWORK_WORDS[word] for word in re.split(r"[^a-z]+", fold(words)) if word in _NETWORK_WORDS}
    return found.pop() if len(found) == 1 else None


def ask_network(name: str) -> Question:
    """Ask which network a file of that name is of."""
    return Question(
        NETWORK_KEY,
        f"«{name}» no dice de qué red es: diga si es de Facebook o de Instagram.",
        tuple((key, NETWORK_NAMES[platform]) for key, platform in NETWORKS.items()),
    )
