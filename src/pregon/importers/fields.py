"""What the fields of an export say: counts, percentages and days, as machines write them, never guessed.

Meta, X, TikTok and YouTube write counts without thousands marks and decimals with a point. What a spreadsheet turned
into something else (a date, a number in scientific notation) is told apart and never read as a figure.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from pregon.figures.amount import Amount

_WHOLE: Final = re.compile(r"([-+]?[0-9]{1,15})(?:\.0{1,2})?")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}$")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?$")
_KEPT_DIGITS: Final = 15
_NOTHING: Final = frozenset({"", "-", "--", "—", "n/a", "na", "nan", "null", "none", "undefined", "(not set)"})


def is_nothing(text: str) -> bool:
    """Whether a field says that there is no figure: blank, «--», «NAN». Zero is a figure."""
    return text.strip().casefold() in _NOTHING


@lru_cache(maxsize=8192)
def read_whole(text: str, *, is_signed: bool = False) -> Amount | None:
    """The amount of a count; None for «1.234», whose point may be a mark of thousands or of decimals.

    `is_signed` where a figure may be less than zero: followers gained and lost.

    >>> read_whole("47").value, read_whole("47.0").value, read_whole("1.234"), read_whole("-3")
    (Decimal('47'), Decimal('47'), None, None)
    >>> read_whole("-3", is_signed=True).value
    Decimal('-3')
    """
    text = text.strip()
    found = _WHOLE.fullmatch(text)
    return Amount(Decimal(found[1]), raw=text) if found and (is_signed or text[0].isdigit()) else None


def is_scientific(text: str) -> bool:
    """Whether a spreadsheet turned an identifier into a number and lost its last digits: «1.22187E+17»."""
    return _SCIENTIFIC.match(text.strip()) is not None


def is_rounded(text: str) -> bool:
    """Whether an identifier of more digits than a spreadsheet keeps ends in zeros after the fifteenth."""
    text = text.strip()
    return len(text) > _KEPT_DIGITS and text.isascii() and text.isdigit() and not text[_KEPT_DIGITS:].strip("0")


def read_iso_day(text: str) -> date | None:
    """The day of «2025-10-31» or «2025-10-31T00:00:00»; None where it is not one."""
    found = _ISO_DAY.match(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
