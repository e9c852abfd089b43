"""Figures that a spreadsheet took for dates: «3.1» shown as «3.ene», «03-mar», «2025-01-03». What they were is lost."""

from __future__ import annotations

import re
from typing import Final

from pregon.figures.words import fold
from pregon.importers.platform_days import MONTH_WORDS

_WITH_MONTH: Final = re.compile(r"(?:[0-9]{1,4}[-./ ]+)?\(?(?P<month>[^\W\d_]{3,10})\.?\)?(?:[-./ ]+[0-9]{1,4})?")
_NUMERIC: Final = re.compile(r"[0-9]{1,4}([-/])[0-9]{1,2}(?:\1[0-9]{1,4})?(?: 0?0:00(?::00)?)?")
_LONGEST: Final = 40


def is_turned_into_date(text: str) -> bool:
    """Whether a spreadsheet made a date of a figure: «3.mar», «3.(marzo)», «mar-03», «3/01/2025», «2025-03-01 0:00».

    >>> [is_turned_into_date(text) for text in ("3.(marzo)", "01-mar", "2025-03-01", "3.1", "Marinilla", "marzo")]
    [True, True, True, False, False, False]
    """
    text = text.strip()
    if len(text) > _LONGEST or not any(letter.isdigit() for letter in text):
        return False
    if _NUMERIC.fullmatch(text):
        return True
    found = _WITH_MONTH.fullmatch(text)
    return found is not None and fold(found["month"]) in MONTH_WORDS
