"""Numbers of a spreadsheet printed as its cell shows them: Excel's number formats, with Colombia's point and comma.

The number behind a cell is not what a reader of the sheet sees; the printed text is what a report says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from pregon.figures.words import month_name

BUILT_IN: Final = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "$#,##0;-$#,##0",
    6: "$#,##0;-$#,##0",
    7: "$#,##0.00;-$#,##0.00",
    8: "$#,##0.00;-$#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "d/m/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "d/m/yyyy h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0",
    42: "$#,##0;-$#,##0",
    43: "#,##0.00;-#,##0.00",
    44: "$#,##0.00;-$#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    49: "@",
}
"""The formats that a file names by number alone."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<padding>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<number>[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)|(?P<percent>%)|(?P<exponent>E[+-])|(?P<general>(?i:General))"
    r"|(?P<date>AM/PM|[dmyhsDMYHS]+)|(?P<text>@)|(?P<other>.)",
    re.DOTALL,
)
_CURRENCY: Final = re.compile(r"\$([^-]*)")
_EXPONENT: Final = re.compile(r"0[.,]?0*E[+-]0+")
_GENERAL_DIGITS: Final = 11
_SECONDS_A_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts that a format has for positive, negative and zero numbers."""

    before: str
    pattern: str
    after: str
    percents: int
    dates: str
    is_general: bool


def print_cell_number(value: Decimal, code: str, *, since_1904: bool = False) -> str:
    """The text that a cell with this number and this format shows.

    >>> print_cell_number(Decimal("34811"), "#,##0")
    '34.811'
    >>> print_cell_number(Decimal("0.485"), "0.0%")
    '48,5%'
    >>> print_cell_number(Decimal("45936"), "dd/mm/yyyy")
    '6/10/2025'
    """
    sections = _read_sections(code)
    first = sections[0]
    if first.dates:
        return _print_moment(value, first.dates, since_1904=since_1904)
    if value < 0 and len(sections) > 1:
        return _print_section(abs(value), sections[1])
    if not value and len(sections) > 2:
        return _print_section(value, sections[2])
    if value < 0:
        return "-" + _print_section(abs(value), first)
    return _print_section(value, first)


def _print_section(value: Decimal, section: _Section) -> str:
    if section.is_general:
        return section.before + _print_general(value) + section.after
    if not section.pattern:
        return section.before + section.after
    whole, _, part = section.pattern.partition(".")
    scale = len(whole) - len(whole.rstrip(","))
    shown = value * 100**section.percents / Decimal(1000) ** scale
    digits = part.replace(",", "")
    text = _print_fixed(shown, len(digits), digits.count("0"), grouped="," in whole.rstrip(","), least=whole.count("0"))
    return section.before + text + section.after


def _print_fixed(value: Decimal, most: int, least_decimals: int, *, grouped: bool, least: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    while len(decimals) > least_decimals and decimals.endswith("0"):
        decimals = decimals[:-1]
    whole = whole.zfill(least) if least else whole.lstrip("0")
    if grouped:
        whole = _group(whole)
    return f"{whole},{decimals}" if decimals else whole


def _group(whole: str) -> str:
    head = len(whole) % 3
    groups = [whole[:head]] if head else []
    groups += [whole[place : place + 3] for place in range(head, len(whole), 3)]
    return ".".join(groups)


def _print_general(value: Decimal) -> str:
    """A number without format: no thousands, and no more digits than a cell has room for."""
    whole = len(str(abs(int(value))))
    most = max(_GENERAL_DIGITS - 1 - whole, 0)
    return _print_fixed(value, most, 0, grouped=False, least=1)


@lru_cache(maxsize=256)
def _read_sections(code: str) -> tuple[_Section, ...]:
    return tuple(_read_section(part) for part in _split_sections(code or "General")) or (_read_section("General"),)


def _split_sections(code: str) -> list[str]:
    sections = [""]
    for found in _TOKEN.finditer(code):
        if found["other"] == ";":
            sections.append("")
        else:
            sections[-1] += found.group()
    return sections


def _read_section(code: str) -> _Section:
    code = _EXPONENT.sub("General", code)  # scientific: the plain number says the same
    before, pattern, after, dates, percents, general = "", "", "", "", 0, False
    for found in _TOKEN.finditer(code):
        kind, words = found.lastgroup, found.group()
        literal = ""
        if kind == "number" and not pattern:
            pattern = words
        elif kind in {"general", "text"}:
            general = True
        elif kind == "date":
            dates += words.casefold()
        elif kind == "bracket":
            currency = _CURRENCY.match(found["bracket"])
            literal = currency[1] if currency else ""
            dates += "h" if found["bracket"].casefold() in {"h", "hh", "m", "mm", "s", "ss"} else ""
        elif kind == "percent":
            percents += 1
            literal = "%"
        elif kind in {"quoted", "escaped", "other"}:
            literal = found[kind]
        if pattern or general:
            after += literal
        else:
            before += literal
    is_number = bool(pattern) or general
    return _Section(
        before, pattern, after, percents, "" if is_number and not set(dates) & set("dyhs") else dates, general
    )


def _print_moment(value: Decimal, letters: str, *, since_1904: bool) -> str:
    """A day as «6/10/2025», a month as «octubre de 2025», an hour as «17:05»; a number out of range as it is."""
    try:
        moment = _moment_of(value, since_1904=since_1904)
    except (OverflowError, InvalidOperation, ValueError):
        return _print_general(value)
    clock = f"{moment.hour}:{moment.minute:02d}"
    if "d" in letters:
        day = f"{moment.day}/{moment.month}/{moment.year}"
        return f"{day} {clock}" if "h" in letters else day
    if "y" in letters:
        return f"{month_name(moment.month)} de {moment.year}" if "m" in letters else str(moment.year)
    if "h" in letters or "s" in letters:
        return clock
    return month_name(moment.month)


def _moment_of(value: Decimal, *, since_1904: bool) -> datetime:
    if value < 0 or value > 2_958_465:
        raise ValueError("No es una fecha.")
    days = int(value)
    # Excel counts a 29 February 1900 that never was: before it, days are one less.
    origin = date(1904, 1, 1) if since_1904 else date(1899, 12, 30) if days >= 60 else date(1899, 12, 31)
    seconds = int(((value - days) * _SECONDS_A_DAY).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    start = datetime(origin.year, origin.month, origin.day)  # noqa: DTZ001 -- a sheet's days belong to no time zone
    return start + timedelta(days=days, seconds=seconds)
