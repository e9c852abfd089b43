"""The words by which reports name who and what: one code for an entity or a measure under all its aliases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pregon.figures.spanish import fold

NETWORKS: Final = "networks"
"""The entity «redes sociales»: all social networks together."""
TOGETHER: Final = "+"
"""Joins the codes of several networks whose figures are given together: «facebook+instagram»."""
WEBSITE: Final = "website"
SOCIAL: Final = frozenset({"facebook", "instagram", "x", "youtube", "tiktok", "linkedin", "threads", "flickr"})

POSTS: Final = "posts"
NEWS: Final = "news"
ATTENDEES: Final = "attendees"
EVENTS: Final = "events"
CAMPAIGNS: Final = "campaigns"

_ENTITIES: Final[tuple[tuple[str, str], ...]] = (
    ("facebook", r"facebook|fan ?page"),
    ("instagram", r"instagram"),
    (
        "x",
        (
            r"(?:plataforma )?x ?\(? ?(?:antes )?twitter ?\)?|twitter|(?:red|plataforma) x"
            r"|x(?= ?(?:[:,;.)(]|$|y\b))|(?<=\by )x\b|(?<=\ben )x(?= (?:se|hubo|fueron|con)\b)"
            r"|\bx(?= (?:publico|hizo|tuvo|sumo|fue|paso|alcanzo|llego|reunio|crecio|registro|logro|obtuvo)\b)"
        ),
    ),
    ("youtube", r"you ?tube"),
    ("tiktok", r"tik ?tok"),
    ("linkedin", r"linked ?in"),
    ("threads", r"threads"),
    ("whatsapp", r"whats ?app"),
    (WEBSITE, r"sede electronica|(?:pagina|sitio|portal) ?web|portal institucional|sitio oficial"),
    (NETWORKS, r"redes(?: sociales)?"),
)
_MEASURES: Final[tuple[tuple[str, str], ...]] = (
    # A request of a news item is no news item: those with an object come before the objects.
    ("news_requests", r"solicitud(?:es)? de (?:noticias?|boletin(?:es)?|comunicados?)"),
    ("video_requests", r"solicitud(?:es)? de videos?"),
    ("post_requests", r"solicitud(?:es)? de (?:publicacion(?:es)?|posts?)"),
    ("wallpaper_requests", r"solicitud(?:es)? de fondos? (?:de )?pantallas?"),
    ("other_requests", r"solicitud(?:es)? de otras? clases?|otras solicitud(?:es)?"),
    ("wallpapers", r"fondos? (?:de )?pantallas?|wallpapers?"),
    (NEWS, r"noticias?"),
    ("bulletins", r"boletin(?:es)?|comunicados?"),
    ("stories", r"historias?|stories"),
    ("log_visits", r"visitas? segun el registro del servidor"),
    ("log_page_views", r"paginas? vistas? segun el registro del servidor"),
    ("profile_visits", r"visitas? al perfil|visitas? a la pagina"),
    ("visits", r"visitas?"),
    ("likes_and_followers", r"me gusta y seguidores"),
    ("followers_total", r"seguidores (?:totales|en total)|total (?:de )?seguidores"),
    ("followers_lost", r"seguidor(?:es)? perdidos?"),
    ("followers_gained", r"(?:nuevos )?seguidores(?: nuevos)?|nuevos seguidores"),
    ("likes", r"me gusta|likes?"),
    ("total_viewers", r"espectador(?:es)? (?:totales|en total)|total (?:de )?espectadores"),
    ("viewers", r"espectador(?:es)?"),
    ("video_views", r"reproduccion(?:es)? de videos?"),
    ("views", r"visualizacion(?:es)?|vistas?|impresion(?:es)?|reproduccion(?:es)?|veces (?:fue |fueron )?vist[oa]s?"),
    ("reach", r"alcances?|cuentas alcanzadas|personas alcanzadas"),
    ("interactions", r"interaccion(?:es)?"),
    ("messages", r"mensajes?"),
    ("emails", r"correos?(?: electronicos?)?"),
    (EVENTS, r"eventos?"),
    (CAMPAIGNS, r"campanas?"),
    ("commemorations", r"conmemoracion(?:es)?|efemerides"),
    ("called", r"convocad[oa]s?|invitad[oa]s?"),
    (ATTENDEES, r"asistentes?|asistencias?|participantes?|personas?"),
    ("coverage", r"(?:solicitud(?:es)? de )?(?:acompanamientos?|cubrimientos?)"),
    ("designs", r"(?:solicitud(?:es)? de )?(?:disenos?|piezas? (?:graficas?|disenadas?))"),
    ("requests", r"solicitud(?:es)?"),
    ("risks", r"riesgos?"),
    ("videos", r"videos?"),
    ("activities", r"actividad(?:es)?"),
    (POSTS, r"publicacion(?:es)?|posts?|posteos?"),
)


@lru_cache(maxsize=4096)
def flatten(text: str) -> str:
    r"""Lower case without accents, one character for each of the text's, so that places in it are places in the text.

    >>> flatten("SEDE\N{NO-BREAK SPACE}Electrónica")
    'sede electronica'
    """
    if text.isascii():
        return text.lower()
    return "".join(_flat_character(character) for character in text)


@lru_cache(maxsize=2048)
def _flat_character(character: str) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    return unicodedata.normalize("NFD", character)[0].lower()[:1] or " "


@dataclass(frozen=True, slots=True)
class Term:
    """An alias found in a folded text: its code and where it stands."""

    code: str
    start: int
    end: int


def _compile(pairs: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{code}>{pattern})" for code, pattern in pairs)
    return re.compile(rf"(?<![\w@#/.])(?:{groups})(?![\w@])")


_ENTITY: Final = _compile(_ENTITIES)
_MEASURE: Final = _compile(_MEASURES)


@lru_cache(maxsize=8192)
def find_entities(folded: str) -> tuple[Term, ...]:
    """The entities named in a folded text, in order.

    >>> [term.code for term in find_entities("x(twitter): 90 y sede electronica")]
    ['x', 'website']
    """
    return tuple(_find(_ENTITY, folded))


@lru_cache(maxsize=8192)
def find_measures(folded: str) -> tuple[Term, ...]:
    """The measures named in a folded text, in order."""
    return tuple(_find(_MEASURE, folded))


def _find(pattern: re.Pattern[str], folded: str) -> Iterator[Term]:
    for match in pattern.finditer(folded):
        yield Term(match.lastgroup or "", match.start(), match.end())


@lru_cache(maxsize=4096)
def entity_of(label: str) -> str:
    """The entity that a label names, "" where it names none; a bare «X» is the network."""
    text = fold(label).strip(" .:*")
    if text == "x":
        return "x"
    found = find_entities(text)
    return found[-1].code if found else ""


@lru_cache(maxsize=4096)
def measure_of(label: str) -> str:
    """The measure that a label names, the most specific where it names several; "" where it names none."""
    found = find_measures(fold(label))
    return min((term.code for term in found), key=_RANK.__getitem__, default="")


MEASURE_CODES: Final = tuple(code for code, _ in _MEASURES)
"""Every measure that the vocabulary knows."""
_RANK: Final = {code: place for place, (code, _) in enumerate(_MEASURES)}


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A folded noun without its plural ending: «boletines» and «boletín» are one."""
    text = fold(word)
    if text.endswith("ces") and len(text) > 4:
        return text[:-3] + "z"
    if text.endswith("es") and len(text) > 4 and text[-3] not in "aeiou":
        return text[:-2]
    return text[:-1] if text.endswith("s") and len(text) > 3 else text


_DECLARED: Final = re.compile(
    r"^(?:sin datos?|no aplica|n/?a|no sumable|no medible|no disponible|no reporta(?:d[oa])?|en construccion"
    r"|pendientes?\b.*|faltan? .*|por definir|sin informacion|sin registro|no hubo|ninguno|ninguna|-+|–|—|…)\.?$"
)


@lru_cache(maxsize=4096)
def is_declared_gap(text: str) -> bool:
    """Whether a cell says in words that it has no figure: «sin dato», «falta diciembre», «no sumable», a dash."""
    return bool(_DECLARED.match(fold(text).strip()))
