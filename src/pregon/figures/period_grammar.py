"""Periods in running Spanish text: quarters, semesters, months and runs of months, with or without their year."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pregon.figures.date_grammar import MONTH_WORDS, YEAR, lower_in_place, scan_dates
from pregon.figures.words import MONTH_NUMBERS, MONTHS, fold

# Months in each unit of a year.
_UNITS = {"bimestre": 2, "trimestre": 3, "trim": 3, "cuatrimestre": 4, "semestre": 6, "sem": 6}
_CODES = {"t": 3, "q": 3, "s": 6}
_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("primer primero i", "segundo ii", "tercer tercero iii", "cuarto iv", "quinto v", "sexto vi"), 1
    )
    for word in words.split()
}

_ORDINAL = r"(?:primero?|segundo|tercero?|cuarto|quinto|sexto|i{1,3}|iv|vi?|[1-6](?:\.?\s?(?:er|ro|do|to|[º°ªo])\.?)?)"
_UNIT = r"(?:cuatrimestre|bimestre|trimestre|semestre|trim\b\.?|sem\.)"
_WITH_YEAR = (
    r"(?:(?:\s{1,2}|\s{0,2}[,/–-]\s{0,2})(?:del?\s{1,2})?(?:(?:el|la)\s{1,2})?"
    rf"(?:(?:a[ñn]o|vigencia)\s{{1,2}}(?:de\s{{1,2}}|fiscal\s{{1,2}})?)?(?P<year>{YEAR}))"
)


@dataclass(frozen=True, slots=True)
class SaidPeriod:
    """What a text says of a period: its first and last month and the years printed with them.

    `first_month` is 0 when only the kind was named («el presente trimestre»), and then `relative` is true.
    """

    start: int
    end: int
    first_month: int
    last_month: int
    first_year: int | None
    last_year: int | None
    unit: int = 1
    relative: bool = False

    @property
    def quarter(self) -> int | None:
        """The quarter named as such, or None."""
        return self.last_month // 3 if self.unit == 3 and not self.relative else None

    @property
    def months(self) -> tuple[int, ...]:
        """The months named, in order, across the new year if need be; empty when the unit alone was named."""
        if not self.first_month:
            return ()
        count = (self.last_month - self.first_month) % 12 + 1
        return tuple((self.first_month - 1 + step) % 12 + 1 for step in range(count))


@functools.cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"""
        (?<![\w.,/-])(?:
          (?:(?P<earlier>{_ORDINAL})\s{{0,2}}(?:\sy\s|\se\s|\sal?\s|[,–-])\s{{0,2}}(?:el\s{{1,2}})?)?
          (?P<ordinal>{_ORDINAL})\s{{1,3}}(?P<unit>{_UNIT})(?P<plural>s)?(?!\w){_WITH_YEAR}?
        | (?:presente|actual|este)\s{{1,2}}(?P<now>{_UNIT})(?!\w)
        | (?P<unit_first>{_UNIT})(?:
              \s{{1,2}}(?:actual|presente|en\s{{1,2}}curso)(?!\w)
            | :?\s{{1,2}}(?:n\.?[º°o]?\s)?(?P<numeral>{_ORDINAL})(?!\w)
              (?:{_WITH_YEAR.replace("<year>", "<numeral_year>")}|(?=\s{{0,2}}(?:$|[.,;:)\n]|de\b)))
          )
        )
        """,
        re.VERBOSE,
    )


@functools.cache
def _code_pattern() -> re.Pattern[str]:
    mark = r"(?:\s?[-–/_'’]\s?|\s{1,2}(?:del?\s{1,2})?)?"
    return re.compile(
        rf"""
        (?<![\w.,/-])(?:
          (?P<year_a>(?:19|20)[0-9]{{2}}){mark}(?P<unit_a>[tqs])(?P<number_a>[1-4])
        | (?P<unit_b>[tqs])(?P<number_b>[1-4])(?:{mark}(?P<year_b>(?:19|20)[0-9]{{2}}))?
        | (?P<number_c>[1-4])(?P<unit_c>[tqs])(?:{mark}(?P<year_c>(?:19|20)[0-9]{{2}}))?
        | (?P<year_m>(?:19|20)[0-9]{{2}})-(?P<month_m>0[1-9]|1[0-2])
        | (?P<month_n>0?[1-9]|1[0-2])/(?P<year_n>(?:19|20)[0-9]{{2}})
        )(?![\w/]|[-.,][0-9])
        """,
        re.VERBOSE,
    )


@functools.cache
def _month_pattern() -> re.Pattern[str]:
    space = r"[^\S\n\t]"
    year = _WITH_YEAR.replace(r"\s", space)
    # the year may stand on the next line only after «de»
    return re.compile(
        rf"(?<![\w])(?P<month>{MONTH_WORDS})(?!\w)(?P<dot>\.)?(?:{year}|\s{{1,2}}del?\s{{1,2}}(?P<next>{YEAR}))?"
    )


_RANGE = re.compile(r"[^\S\n\t]*(?:[-–—]|\s(?:al?|hasta)\s)[^\S\n\t]*(?:(?:el|mes|de)\s+){0,3}")
_LIST = re.compile(r"[^\S\n\t]*(?:[,/]|\s[ye]\s)[^\S\n\t]*(?:de\s+)?")
_BETWEEN = re.compile(r"\bentre\s+(?:el mes de\s+)?$")
# «Resolución 10/2025» and «Contrato 2025-10» are numbers of papers.
_IS_NUMBER_OF = re.compile(
    r"(?:ley|decreto|resoluci[oó]n|acuerdo|circular|contrato|convenio|sentencia|acta|oficio|radicado|expediente|concepto"
    r"|n\.?[º°o]\.?|n[uú]mero|#)\s{0,2}$"
)
# Months that are also first names: «Julio Pérez», «Abril Gómez».
_NAMES = frozenset({"Julio", "Abril"})
_SURNAME = re.compile(r"\s(?!De\b|Y\b)[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,}")


def scan_periods(text: str) -> tuple[SaidPeriod, ...]:
    """Find every quarter, semester, month and run of months; of overlapping ones the first and longest stays.

    `text` must already be free of invisible marks.
    """
    lowered = lower_in_place(text)
    said = [*_scan_units(lowered), *_scan_codes(lowered, text), *_scan_months(lowered, text)]
    said.sort(key=lambda period: (period.start, -period.end))
    kept: list[SaidPeriod] = []
    for period in said:
        if not kept or period.start >= kept[-1].end:
            kept.append(period)
    return tuple(kept)


def _scan_units(lowered: str) -> Iterator[SaidPeriod]:
    for match in _unit_pattern().finditer(lowered):
        unit = _UNITS[(match["unit"] or match["now"] or match["unit_first"]).rstrip(".")]
        printed = match["year"] or match["numeral_year"]
        year = int(printed.replace(".", "")) if printed else None
        number = match["ordinal"] or match["numeral"]
        if number is None:
            yield SaidPeriod(match.start(), match.end(), 0, 0, None, None, unit, relative=True)
            continue
        if match["plural"] and not match["earlier"]:
            continue
        start = match.start("ordinal") if match["ordinal"] else match.start()
        if match["earlier"]:
            yield from _nth(match.start("earlier"), match.end("earlier"), _ordinal_number(match["earlier"]), unit, year)
        yield from _nth(start, match.end(), _ordinal_number(number), unit, year)


def _ordinal_number(written: str) -> int:
    return _ORDINALS.get(written) or int(written[0])


def _nth(start: int, end: int, number: int, unit: int, year: int | None) -> Iterator[SaidPeriod]:
    """Give the n-th unit of a year, when the year has so many."""
    last_month = number * unit
    if last_month <= 12:
        yield SaidPeriod(start, end, last_month - unit + 1, last_month, year, year, unit)


def _scan_codes(lowered: str, text: str) -> Iterator[SaidPeriod]:
    for match in _code_pattern().finditer(lowered):
        start, end = match.span()
        is_whole = end - start == len(text.strip())
        if match["year_m"] or match["year_n"]:
            if _IS_NUMBER_OF.search(lowered, max(0, start - 20), start):
                continue
            month = int(match["month_m"] or match["month_n"])
            year = int(match["year_m"] or match["year_n"])
            yield SaidPeriod(start, end, month, month, year, year)
            continue
        printed = match["year_a"] or match["year_b"] or match["year_c"]
        letter = match["unit_a"] or match["unit_b"] or match["unit_c"]
        if not printed and not is_whole and (match["unit_c"] or letter == "s" or text[start].islower()):
            continue  # «2T», «S1» and «t4» in the middle of a sentence are other things
        number = int(match["number_a"] or match["number_b"] or match["number_c"])
        yield from _nth(start, end, number, _CODES[letter], int(printed) if printed else None)


def _scan_months(lowered: str, text: str) -> Iterator[SaidPeriod]:
    """Give the months, joined when a range or a list of neighbours says so; those inside a date are not periods."""
    run: SaidPeriod | None = None
    is_short = False
    for said, short in _single_months(lowered, text):
        if run is not None:
            joined = _join(lowered, run, said)
            if joined is not None:
                run = joined
                is_short = False
                continue
            if not is_short:
                yield run
        run = said
        is_short = short and said.last_year is None and said.end - said.start < len(text.strip())
    if run is not None and not is_short:
        yield run


def _single_months(lowered: str, text: str) -> Iterator[tuple[SaidPeriod, bool]]:
    """Give each month word outside dates, and whether it is abbreviated."""
    matches = list(_month_pattern().finditer(lowered))
    if not matches:
        return
    dates = iter(scan_dates(text, relaxed=False))
    date = next(dates, None)
    for match in matches:
        while date is not None and date.end <= match.start("month"):
            date = next(dates, None)
        if date is not None and date.start <= match.start("month"):
            continue
        word = text[match.start("month") : match.end("month")]
        if word in _NAMES and _SURNAME.match(text, match.end("month")):
            continue
        printed = match["year"] or match["next"]
        year = int(printed.replace(".", "")) if printed else None
        month = MONTH_NUMBERS[match["month"]]
        short = fold(word) not in MONTHS and fold(word) != "setiembre"
        end = match.end() if printed or (short and match["dot"]) else match.end("month")
        yield SaidPeriod(match.start(), end, month, month, year, year), short


def _join(lowered: str, run: SaidPeriod, said: SaidPeriod) -> SaidPeriod | None:
    """Join a month to the run before it, when the words between say so."""
    if said.start - run.end > 20:
        return None
    is_range = _RANGE.fullmatch(lowered, run.end, said.start) is not None
    if not is_range:
        if _LIST.fullmatch(lowered, run.end, said.start) is None:
            return None
        follows = said.first_month == run.last_month % 12 + 1
        is_range = _BETWEEN.search(lowered, max(0, run.start - 20), run.start) is not None
        if not follows and not is_range:
            return None
    if run.first_year is not None and said.last_year is None:
        return None
    first_year = run.first_year
    if first_year is None and said.last_year is not None:
        first_year = said.last_year - (1 if run.first_month > said.last_month else 0)
    return replace(run, end=said.end, last_month=said.last_month, first_year=first_year, last_year=said.last_year)
