"""Spanish words around figures: folding, months, ordinals, agreement and lists."""

import functools
import re
import unicodedata
from collections.abc import Sequence

MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)

# What a writer may print instead of the full name; «setiembre» is correct too (RAE).
_MONTH_ALIASES = {"setiembre": 9, "sept": 9, "set": 9}

# Every written form of a month, folded, with its number.
MONTH_NUMBERS: dict[str, int] = (
    {name: number for number, name in enumerate(MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(MONTHS, 1)}
    | _MONTH_ALIASES
)

# Soft hyphen, zero-width and direction marks, byte-order mark, combining accents: seen in Word files and exports, read
# by nobody.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0300-\u036f]")

_UNITS = ("", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno")
_TENS = (
    "",
    "décimo",
    "vigésimo",
    "trigésimo",
    "cuadragésimo",
    "quincuagésimo",
    "sexagésimo",
    "septuagésimo",
    "octogésimo",
    "nonagésimo",
)
_TEENS = {11: "undécimo", 12: "duodécimo", 17: "decimoséptimo"}
# «e» replaces «y» before the sound i, but not before a diphthong: «agua y hielo», «cobre y hierro».
_SOUNDS_LIKE_I = re.compile(r"h?i(?![aeou])")


@functools.lru_cache(maxsize=8192)
def fold(text: str) -> str:
    r"""Give `text` as comparisons see it: no case, accents, invisible marks or uneven spaces.

    >>> fold("  ESPECTADORES\u00a0únicos ")
    'espectadores unicos'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(INVISIBLE.sub("", plain).split())


def month_name(month: int, *, short: bool = False) -> str:
    """Name a month (1 to 12): «octubre», or «oct» when `short`.

    Raises:
        ValueError: when there is no such month.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"No hay mes {month}. Escriba un mes de 1 a 12.")
    name = MONTHS[month - 1]
    return name[:3] if short else name


def ordinal(number: int, *, feminine: bool = False, before_noun: bool = False) -> str:
    """Write an ordinal: «cuarto», «tercera», and before a masculine noun «primer», «tercer».

    From 100 on it is printed in figures, «100.º», as offices do.

    Raises:
        ValueError: when `number` is below one.
    """
    if number < 1:
        raise ValueError(f"No hay ordinal de {number}. Escriba un número desde 1.")
    if number > 99:
        return f"{number}.{'ª' if feminine else 'º'}"
    word = _ordinal_word(number)
    if feminine:
        return " ".join(part[:-1] + "a" for part in word.split())
    if before_noun and word.endswith(("primero", "tercero")):
        return word[:-1]
    return word


def _ordinal_word(number: int) -> str:
    """Write an ordinal of 1 to 99, masculine and in full."""
    if number in _TEENS:
        return _TEENS[number]
    tens, units = divmod(number, 10)
    if tens == 0:
        return _UNITS[units]
    if units == 0:
        return _TENS[tens]
    if tens == 1:
        return "decimo" + _UNITS[units]
    return f"{_TENS[tens]} {_UNITS[units]}"


def join_words(words: Sequence[str]) -> str:
    """Join words as a sentence does: «a, b y c», «Facebook e Instagram».

    >>> join_words(["X", "Facebook", "Instagram"])
    'X, Facebook e Instagram'
    """
    if len(words) < 2:
        return "".join(words)
    last = words[-1]
    conjunction = "e" if _SOUNDS_LIKE_I.match(fold(last).lstrip("«“\"'(¿¡")) else "y"
    return f"{', '.join(words[:-1])} {conjunction} {last}"


def quote(text: str) -> str:
    """Quote what someone wrote as an error message does: between «», trimmed, and cut when it is long."""
    shown = text.strip()
    return f"«{shown if len(shown) <= 40 else shown[:39] + '…'}»"


def readable(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Drop the invisible marks of `text`; also give where each kept character stood, or None when nothing was dropped.

    The second value has one more entry than the text, so that an end position can be looked up too.
    """
    if text.isascii() or not INVISIBLE.search(text):
        return text, None
    kept = [(character, position) for position, character in enumerate(text) if not INVISIBLE.match(character)]
    positions = (*(position for _, position in kept), len(text))
    return "".join(character for character, _ in kept), positions


def original_span(positions: tuple[int, ...] | None, start: int, end: int) -> tuple[int, int]:
    """Turn a span of a `readable` text into the span of the text as it was given."""
    if positions is None:
        return start, end
    return positions[start], positions[end - 1] + 1
