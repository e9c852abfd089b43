"""What the fields of an export say: counts, percentages and days, as machines write them, never guessed.

Meta, X, TikTok and YouTube write counts without thousands marks and decimals with a point. What a spreadsheet turned
into something else (a date, a number in scientific notation) is told apart and never read as a figure.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from pregon.figures.amount import Amount

_COUNT: Final = re.compile(r"[-+]?[0-9]{1,15}$")
_DECIMAL: Final = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,12}$")
_WHOLE: Final = re.compile(r"([0-9]{1,15})(?:\.0)?")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}$")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?$")
_KEPT_DIGITS: Final = 15
_NOTHING: Final = frozenset({"", "-", "--", "—", "n/a", "na", "nan", "null", "none", "undefined", "(not set)"})


def is_nothing(text: str) -> bool:
    """Whether a field says that there is no figure: blank, «--», «NAN». Zero is a figure."""
    return text.strip().casefold() in _NOTHING


def read_count(text: str) -> Amount | None:
    """The amount of a machine's number, whole or with a decimal point; None where it is not one.

    >>> read_count("34811").value, read_count("9k"), read_count("34.811").value
    (Decimal('34811'), None, Decimal('34.811'))
    """
    text = text.strip()
    if _COUNT.match(text):
        return Amount(Decimal(text), raw=text)
    if _DECIMAL.match(text):
        value = Decimal(text)
        return Amount(value, ulp=Decimal(1).scaleb(int(value.as_tuple().exponent)), raw=text)
    return None


def read_whole(text: str) -> Amount | None:
    """The amount of a count; None for «1.234», whose point may be a mark of thousands or of decimals.

    >>> read_whole("47").value, read_whole("47.0").value, read_whole("1.234"), read_whole("-3")
    (Decimal('47'), Decimal('47'), None, None)
    """
    found = _WHOLE.fullmatch(text.strip())
    return Amount(Decimal(found[1]), raw=text.strip()) if found else None


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
