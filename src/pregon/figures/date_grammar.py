"""Dates in running Spanish text: numeric, in words, with ranges and lists that share their month and year."""

import datetime as dt
import functools
import re
from dataclasses import dataclass, replace

from pregon.figures.words import MONTH_NUMBERS, original_span, readable

# Longest names first, so that «mar» never wins over «marzo».
MONTH_WORDS = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
# «2.025» is how some offices print a year.
YEAR = r"(?:(?:19|20)[0-9]{2}|2\.0[0-9]{2})(?![\w])(?![.,][0-9])"

_DAY = r"(?:(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])(?:\.?[º°]|ro\b|\.?er\b)?|primero\b)"
_BETWEEN_DAYS = (
    r"(?:\s{0,2},\s{0,2}|\s{0,2}[-–—]\s{0,2}|\s{1,2}(?:y|e|o|al?|hasta)\s{1,2})(?:(?:del?|el|al)\s{1,2}){0,2}"
)
_BEFORE_YEAR = r"(?:\s{1,2}del?\s{1,2}(?:(?:l\s|el\s)?a[ñn]o\s{1,2})?|\s{0,2}[,/-]\s{0,2}|\s{1,2})"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date found in running text.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        text: the text itself, without invisible marks; in «9 al 15 de diciembre» that of the first date is «9».
        day: as printed.
        month: as printed; above 12 when the date is impossible.
        year: the one printed with it or with the end of its range, or None.
        date: the day of the calendar; None when there is no year or no such day.
    """

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None
    date: dt.date | None


@functools.cache
def _pattern(*, relaxed: bool) -> re.Pattern[str]:
    """Compile the grammar of dates; `relaxed` also takes «28 nov» and «28/10», safe only where a date is expected."""
    loose_month = r"|\s{1,2}(?:" + MONTH_WORDS + r")\b" if relaxed else ""
    loose_end = r"|(?![\w]|[.,][0-9])" if relaxed else ""
    loose_pair = "" if relaxed else r"(?:(?<=\bel\s)|(?<=\bdel\s)|(?<=\bal\s)|(?<=\bdía\s)|(?<=\bdia\s))"
    return re.compile(
        rf"""
        (?<![\w\\])(?<![0-9][.,:-])(?=[0-9p])(?:
          (?P<iso_year>[0-9]{{4}})(?P<iso_mark>[-/])(?P<iso_month>[0-9]{{1,2}})(?P=iso_mark)(?P<iso_day>[0-9]{{1,2}})
            (?![\w-]|[.,][0-9])
        | (?<!/)(?P<n_day>[0-9]{{1,2}})(?P<n_mark>[/.-])(?P<n_month>[0-9]{{1,2}})(?P=n_mark)(?P<n_year>[0-9]{{4}})
            (?![\w/-]|[.,][0-9])
        | (?<!/)(?P<s_day>0?[1-9]|[12][0-9]|3[01])/(?P<s_month>0?[1-9]|1[0-2])/(?P<s_year>[0-9]{{2}})
            (?![\w/-]|[.,][0-9])
        | (?<!/)(?P<days>{_DAY}(?:{_BETWEEN_DAYS}{_DAY}){{0,30}})
          (?=\s{{1,2}}del?\s|\s{{0,2}}[-/.]\s?[a-z]|\s{{1,2}}(?:{MONTH_WORDS})\.?{_BEFORE_YEAR}{YEAR}{loose_month})
          (?:\s{{1,2}}de(?:l\s{{1,2}}mes\s{{1,2}}de)?\s{{1,2}}|\s?[-/.]\s?|\s{{1,2}})
          (?P<month>{MONTH_WORDS})\b(?:\.(?=\s?[,/-]|\s{{1,2}}(?:de|[12])))?
          (?:{_BEFORE_YEAR}(?P<year>{YEAR}))?
        | {loose_pair}(?P<pair_day>0?[1-9]|[12][0-9]|3[01])/(?P<pair_month>0?[1-9]|1[0-2])(?![\w/]|[.,][0-9])
        )
        | (?<!\w)(?P<m_month>{MONTH_WORDS})\s{{1,2}}(?P<m_day>0?[1-9]|[12][0-9]|3[01])
            (?:(?:\s{{0,2}},\s{{0,2}}|\s{{1,2}})(?:del?\s{{1,2}})?(?P<m_year>{YEAR})
              |(?=\s{{1,2}}(?:al?|hasta)\s{{1,2}}(?:el\s)?(?:{MONTH_WORDS})\s{{1,2}}[0-9]{{1,2}}(?!\w|[.,][0-9])){loose_end})
        """,
        re.VERBOSE,
    )


# A figure alone is no date, and most cells of tables hold one: a date has a letter, a bar, a dash or two dots as well.
_MAY_HOLD_A_DATE = re.compile(r"[^\W\d_]|[/–—-]|\..*\.", re.DOTALL)
_SHORT = 200
_DAY_IN_LIST = re.compile(r"[0-9]{1,2}(?:\.?[º°]|ro\b|\.?er\b)?|primero")
_RANGE_GAP = re.compile(
    r"(?:\s{1,2}(?:al?|hasta)\s{1,2}|\s{0,2}[-–—]\s{0,2}|(?P<list>\s{1,2}[ye]\s{1,2}))(?:(?:el|del|al)\s{1,2}){0,2}"
)


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Find the dates of a running text, in order.

    «del 9 al 15 de diciembre» gives two, and both carry the month; a year printed at the end of a range holds for its
    beginning too. Impossible days («31/11/2025») are given with `date` None.
    """
    return _find_in_short(text) if len(text) <= _SHORT else scan_dates(text, relaxed=False)


@functools.lru_cache(maxsize=4096)
def _find_in_short(text: str) -> tuple[DateMention, ...]:
    """The dates of a label or a cell: tables repeat them, and each is asked by whoever wants to know what it is."""
    return scan_dates(text, relaxed=False)


def scan_dates(text: str, *, relaxed: bool) -> tuple[DateMention, ...]:
    """Find dates; `relaxed` also reads «28 nov» and «28/10», which in running text could be other things."""
    if not _MAY_HOLD_A_DATE.search(text):
        return ()
    clean, positions = readable(text)
    found: list[DateMention] = []
    for match in _pattern(relaxed=relaxed).finditer(lower_in_place(clean)):
        mentions = _mentions(match, clean)
        if found:
            found[-1] = _with_year_of(clean, found[-1], mentions[0])
        found.extend(mentions)
    if positions is None:
        return tuple(found)
    spans = (original_span(positions, mention.start, mention.end) for mention in found)
    return tuple(replace(mention, start=start, end=end) for mention, (start, end) in zip(found, spans, strict=True))


def lower_in_place(text: str) -> str:
    """Lower the case of a text and keep every character where it was («İ» would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(character.lower() if len(character.lower()) == 1 else character for character in text)


def _mentions(match: re.Match[str], text: str) -> list[DateMention]:
    if match["days"]:
        return _listed_days(match, text)
    for prefix in ("iso", "n", "s", "m", "pair"):
        if match[f"{prefix}_day"]:
            break
    month = match[f"{prefix}_month"]
    number = MONTH_NUMBERS[month] if prefix == "m" else int(month)
    printed = None if prefix == "pair" else match[f"{prefix}_year"]
    year = _year(printed) if printed else None
    return [_mention(text, match.start(), match.end(), int(match[f"{prefix}_day"]), number, year)]


def _listed_days(match: re.Match[str], text: str) -> list[DateMention]:
    """Give a mention for each day of «10, 12 y 19 de octubre de 2025»; the last one spans to the year."""
    month = MONTH_NUMBERS[match["month"]]
    year = _year(match["year"]) if match["year"] else None
    days = list(_DAY_IN_LIST.finditer(match["days"]))
    offset = match.start("days")
    mentions = []
    for day in days:
        end = match.end() if day is days[-1] else offset + day.end()
        number = 1 if day.group() == "primero" else int(re.match("[0-9]+", day.group()).group())  # type: ignore[union-attr]  # the pattern begins with digits
        mentions.append(_mention(text, offset + day.start(), end, number, month, year))
    return mentions


def _mention(text: str, start: int, end: int, day: int, month: int, year: int | None) -> DateMention:
    return DateMention(start, end, text[start:end], day, month, year, calendar_date(year, month, day))


def _year(printed: str) -> int:
    digits = printed.replace(".", "")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def calendar_date(year: int | None, month: int, day: int) -> dt.date | None:
    """Make a date, or None when the year is unknown or the calendar has no such day."""
    if year is None:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _with_year_of(text: str, first: DateMention, last: DateMention) -> DateMention:
    """Give the first date the year printed at the end of its range: «del 28 de noviembre al 3 de diciembre de 2025».

    A range may cross the new year; two dates joined by «y» share the year only when they stand in order.
    """
    if first.year is not None or last.year is None:
        return first
    gap = _RANGE_GAP.fullmatch(text, first.end, last.start)
    wraps = (first.month, first.day) > (last.month, last.day)
    if gap is None or (wraps and gap["list"]):
        return first
    year = last.year - 1 if wraps else last.year
    return replace(first, year=year, date=calendar_date(year, first.month, first.day))
