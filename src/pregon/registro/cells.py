"""A cell as the registro sees it, and the text that survives Excel: what goes in comes out the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

CellValue = str | int | Decimal | datetime | bool | None
"""What a cell can hold: text, a number, a date with its hour, true or false, nothing."""

LONGEST_TEXT = 32_767
"""Characters that one Excel cell holds, counted in UTF-16 units as Excel counts them."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = " \t\n\r\f\v\u00a0\u2007\u202f"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that was read: its sheet and address, its value, and how Excel shows it.

    `is_exact` marks text that Excel holds behind an apostrophe: it is kept to the letter, spaces included.
    `fault` is what Excel itself says is wrong («#N/A»), or «=» for a formula that was never computed.
    """

    sheet: str
    address: str
    value: CellValue = None
    number_format: str = "General"
    is_exact: bool = False
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written: no value, or only spaces."""
        return not self.fault and (self.value is None or (isinstance(self.value, str) and not self.text))

    @property
    def text(self) -> str:
        """The value as text, without the spaces around it unless it is exact."""
        if isinstance(self.value, str):
            return self.value if self.is_exact else self.value.strip(_SPACES)
        return spell_value(self.value)


def spell_value(value: CellValue) -> str:
    """Write as text a value that Excel turned into something else («1» typed in a text column comes as a number)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, datetime):
        moment = f"{value.day}/{value.month:02}/{value.year}"
        return moment if value.time() == datetime.min.time() else f"{moment} {value:%H:%M}"
    return str(value).replace(".", ",")


def escape_text(text: str) -> str:
    """Prepare text for a cell: what Excel would take for an escape, and carriage returns, become escapes of their own.

    Raises:
        ValueError: Excel cannot hold the text, in one Spanish sentence.
    """
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        raise ValueError(
            f"Excel no admite el carácter U+{ord(forbidden.group()):04X}, que está en «{_around(text, forbidden)}»."
            " Bórrelo y vuelva a escribir el registro."
        )
    escaped = _ESCAPED.sub(lambda match: f"_x005F_x{match.group(1)}_", text).replace("\r", "_x000D_")
    length = len(escaped.encode("utf-16-le")) // 2
    if length > LONGEST_TEXT:
        raise ValueError(
            f"El texto que empieza «{text[:40]}» tiene {length} caracteres y una celda de Excel guarda {LONGEST_TEXT}."
            " Acórtelo o pártalo."
        )
    return escaped


def unescape_text(text: str) -> str:
    """Undo `escape_text`, and the same escapes written by Excel."""
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)


def needs_apostrophe(text: str) -> bool:
    """Whether Excel would change this text when someone edits its cell, or trimming would: it is kept exact."""
    return text != text.strip(_SPACES) or text[:1] in {"=", "+", "-", "@", "'", "\t", "\r"} or _looks_typed(text)


def _looks_typed(text: str) -> bool:
    """Text made of digits and their signs only («34811», «1/2», «48 %»): Excel would make a number or date of it."""
    return bool(re.fullmatch(r"[\d\s.,:/%$€eE()+-]+", text)) and any(character.isdigit() for character in text)


def join_words(words: Iterable[str]) -> str:
    """Several values in one cell, parted by «; ». One with a «;», a quote or spaces around goes between quotes."""
    return "; ".join(_quote(word) for word in words)


def split_words(text: str) -> tuple[str, ...]:
    """The values of a cell written by `join_words` or by a person, who may also part them by new lines.

    Raises:
        ValueError: a quote is opened and not closed.
    """
    words: list[str] = []
    rest = text.strip(_SPACES)
    while rest:
        if rest.startswith('"'):
            match = re.match(r'"((?:[^"]|"")*)"\s*(?:[;\n]|$)', rest)
            if match is None:
                raise ValueError("abre comillas y no las cierra")
            words.append(match.group(1).replace('""', '"'))
            rest = rest[match.end() :].strip(_SPACES)
        else:
            word, rest = _cut(rest)
            if word.strip(_SPACES):
                words.append(word.strip(_SPACES))
    return tuple(words)


def _cut(text: str) -> tuple[str, str]:
    """The text up to the first «;» or new line, and what follows."""
    match = re.search(r"[;\n]", text)
    return (text[: match.start()], text[match.end() :].strip(_SPACES)) if match else (text, "")


def _quote(word: str) -> str:
    if word and word == word.strip(_SPACES) and not re.search(r'[;"\n\r]', word):
        return word
    return '"' + word.replace('"', '""') + '"'


def _around(text: str, match: re.Match[str]) -> str:
    """A few legible characters before the one that is refused."""
    return _FORBIDDEN.sub("", text[max(0, match.start() - 20) : match.start() + 20])
