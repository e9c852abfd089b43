"""The sources of the website: what is written in any variant comes back equal; damaged, it is mended or refused.

Never misread: no damage may give a figure that the export did not hold. Web servers' registers are counted again by a
simple counter that knows nothing of streams.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pregon.figures.period import Period
from pregon.importers.base import Extract, open_upload
from pregon.importers.intake import Receipt, receive
from pregon.importers.registry import find_source

SOURCES = ("matomo", "ga4", "web-log")
OFFICE = timezone(timedelta(hours=-5))
Record = tuple[str, str, int | None]
"""A metric, a period and a value."""


@dataclass(frozen=True)
class Figures:
    """A period's visitors and visits."""

    period: Period
    visitors: int
    visits: int

    @property
    def day(self) -> date:
        return self.period.start


def read(content: bytes, answers: dict[str, str] | None = None, *, name: str = "archivo", source: str = "") -> Receipt:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        (receipt,) = receive([open_upload(path)], answers, source=source)
    return receipt


def records(receipt: Receipt) -> set[Record]:
    told = [
        (each.metric, str(each.period), None if each.amount is None else int(each.amount.value))
        for each in receipt.extract.observations
    ]
    assert len(set(told)) == len(told)
    return set(told)


def truth(series: Sequence[Figures]) -> set[Record]:
    visits: set[Record] = {("visits", str(each.period), each.visits) for each in series}
    return visits | {("unique_visitors", str(each.period), each.visitors) for each in series}


counts = st.integers(0, 3_000_000) | st.integers(0, 40)


@st.composite
def days(draw: st.DrawFn) -> tuple[Figures, ...]:
    """A run of days; half of them of the first days of a month, where day and month can be taken for each other."""
    early = st.builds(date, st.integers(2015, 2030), st.integers(1, 12), st.integers(1, 8))
    first = draw(early | st.dates(date(2015, 1, 1), date(2030, 1, 1)))
    most = draw(st.sampled_from([1, 4, 40]))
    held = draw(st.lists(st.tuples(counts, counts), min_size=1, max_size=most))
    made = []
    for place, (visitors, visits) in enumerate(held):
        at = first + timedelta(days=place)
        made.append(Figures(Period.span(at, at), visitors, visits))
    return tuple(made)


@st.composite
def months(draw: st.DrawFn) -> tuple[Figures, ...]:
    held = draw(st.lists(st.tuples(counts, counts), min_size=1, max_size=14))
    index = draw(st.integers(2015 * 12, 2029 * 12))
    periods = [Period.month((index + place) // 12, (index + place) % 12 + 1) for place in range(len(held))]
    return tuple(Figures(period, *figures) for period, figures in zip(periods, held, strict=True))


# Matomo ------------------------------------------------------------------------------------------------------------

RAW = (
    "date,nb_uniq_visitors,nb_users,nb_visits,nb_actions,max_actions,bounce_rate,nb_actions_per_visit,avg_time_on_site"
)
SPANISH = (
    "date,Visitantes únicos,Usuarios,Visitas,Acciones,Acciones máximas en una visita,Porcentaje de rebote,"
    "Acciones por visita,Promedio de tiempo en el sitio"
)
GERMAN = (
    "date,Eindeutige Besucher,Benutzer,Besuche,Aktionen,Maximalanzahl Aktionen pro Besuch,Absprungrate,"
    "Aktionen pro Besuch,Durchschnittszeit auf der Website"
)


def label(period: Period) -> str:
    return period.start.isoformat() if period.days == 1 else str(period)


def matomo_rows(series: Sequence[Figures], header: str = RAW) -> list[list[str]]:
    percent = "100 %" if header is GERMAN else "100%"
    rows = [
        [label(each.period), str(each.visitors), "0", str(each.visits), "9", "3", percent, "1.5", "95"]
        for each in series
    ]
    return [header.split(","), *rows]


def as_text(rows: Sequence[Sequence[str]], separator: str = ",", end: str = "\n") -> str:
    return end.join(separator.join(row) for row in rows)


def matomo_json(series: Sequence[Figures]) -> bytes:
    held = {label(each.period): {"nb_uniq_visitors": each.visitors, "nb_visits": each.visits} for each in series}
    return json.dumps({name: figures if any(figures.values()) else [] for name, figures in held.items()}).encode()


MATOMO = {
    "utf-16": lambda series: as_text(matomo_rows(series)).encode("utf-16"),
    "utf-8": lambda series: as_text(matomo_rows(series)).encode(),
    "tabs": lambda series: as_text(matomo_rows(series), "\t").encode("utf-16"),
    "spanish": lambda series: as_text(matomo_rows(series, SPANISH)).encode("utf-16"),
    "german": lambda series: as_text(matomo_rows(series, GERMAN)).encode("utf-16"),
    "json": matomo_json,
}


@pytest.mark.parametrize("variant", MATOMO)
@settings(max_examples=40, deadline=None)
@given(series=days() | months())
def test_matomo_comes_back_equal(variant: str, series: tuple[Figures, ...]) -> None:
    receipt = read(MATOMO[variant](series))
    assert receipt.source == "matomo"
    expected = truth(series)
    if variant == "json" and not any(each.visits or each.visitors for each in series):
        expected = {record for record in expected if record[0] == "visits"}  # nothing says that visitors were asked for
    assert records(receipt) == expected


def turn(rows: list[list[str]], order: str) -> list[list[str]]:
    """What a spreadsheet makes of «2025-10-13»."""

    def turned(text: str) -> str:
        if len(text) != 10:
            return text
        at = date.fromisoformat(text)
        return f"{at.day}/{at.month}/{at.year}" if order == "dmy" else f"{at.month}/{at.day}/{at.year}"

    return [rows[0], *([turned(row[0]), *row[1:]] for row in rows[1:])]


def mark_thousands(rows: list[list[str]], mark: str) -> list[list[str]]:
    return [
        rows[0],
        *([cell if not cell.isdigit() else f"{int(cell):,}".replace(",", mark) for cell in row] for row in rows[1:]),
    ]


def month_days(rows: list[list[str]]) -> list[list[str]]:
    """What another makes of it: its first day, «1/10/2025»."""

    def turned(text: str) -> str:
        return f"1/{int(text[5:])}/{text[:4]}" if len(text) == 7 else text

    return [rows[0], *([turned(row[0]), *row[1:]] for row in rows[1:])]


def month_words(rows: list[list[str]]) -> list[list[str]]:
    """What a spreadsheet makes of «2025-10»: «oct-25»."""
    return [rows[0], *([f"oct-{row[0][2:4]}" if len(row[0]) == 7 else row[0], *row[1:]] for row in rows[1:])]


DAMAGES: dict[str, Callable[[list[list[str]]], bytes]] = {
    "semicolons": lambda rows: as_text(rows, ";", "\r\n").encode("cp1252"),
    "no mark": lambda rows: as_text(rows).encode("utf-16-le"),
    "wrapped": lambda rows: as_text([['"' + as_text([row]) + '"'] for row in rows]).encode("utf-8-sig"),
    "day first": lambda rows: as_text(turn(rows, "dmy"), ";").encode(),
    "month first": lambda rows: as_text(turn(rows, "mdy")).encode(),
    "points": lambda rows: as_text(mark_thousands(rows, "."), ";").encode(),
    "spaces": lambda rows: as_text(mark_thousands(rows, "\xa0"), ";").encode(),
    "months as words": lambda rows: as_text(month_words(rows), ";").encode(),
    "months as days": lambda rows: as_text(month_days(rows), ";").encode(),
    "scientific": lambda rows: as_text(
        [[f"{int(c):.2E}" if c.isdigit() and len(c) > 4 else c for c in r] for r in rows]
    ).encode(),
    "blank rows": lambda rows: as_text([each for row in rows for each in (row, [""] * len(row))], ";").encode(),
    "filled to the right": lambda rows: as_text([[*row, "", ""] for row in rows], ";").encode(),
    "a column twice": lambda rows: as_text([[*row, row[3]] for row in rows]).encode(),
    "a row twice": lambda rows: as_text([*rows, rows[-1]]).encode(),
}


@pytest.mark.parametrize("damage", DAMAGES)
@settings(max_examples=40, deadline=None)
@given(series=days() | months(), header=st.sampled_from([RAW, SPANISH]))
def test_a_damaged_matomo_is_mended_or_refused(damage: str, series: tuple[Figures, ...], header: str) -> None:
    receipt = read(DAMAGES[damage](matomo_rows(series, header)), source="matomo")
    extract = receipt.extract
    if extract.refused is not None or extract.questions:
        assert records(receipt) == set()
    else:
        assert records(receipt) == truth(series)
    if damage in ("semicolons", "no mark", "blank rows", "filled to the right"):
        assert records(receipt) == truth(series)
    if [question.key for question in extract.questions] == ["day_order"]:
        said = {"day_order": "dmy" if damage == "day first" else "mdy"}
        assert records(read(DAMAGES[damage](matomo_rows(series, header)), said, source="matomo")) == truth(series)


@settings(max_examples=150, deadline=None)
@given(series=days() | months(), variant=st.sampled_from(["utf-16", "utf-8", "spanish", "json"]), data=st.data())
def test_a_matomo_that_was_cut_gives_no_other_figure(
    series: tuple[Figures, ...], variant: str, data: st.DataObject
) -> None:
    content = MATOMO[variant](series)
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    assert records(read(cut, source="matomo")) <= truth(series)


# Google Analytics --------------------------------------------------------------------------------------------------


def heading(series: Sequence[Figures]) -> str:
    bars = "# ----------------------------------------"
    first, last = series[0].day, series[-1].day
    return (
        f"{bars}\n# Reports snapshot\n{bars}\n#\n# All Users\n# Start date: {first:%Y%m%d}\n# End date: {last:%Y%m%d}\n"
    )


def ga4_days(series: Sequence[Figures]) -> str:
    rows = [f"{place:04},{each.visits},{each.visitors}" for place, each in enumerate(series)]
    return heading(series) + "Nth day,Sessions,Active users\n" + "\n".join(rows) + "\n"


def ga4_cards(series: Sequence[Figures]) -> str:
    visits = [f"{place:04},{each.visits}" for place, each in enumerate(series)]
    visitors = [f"{place:04},{each.visitors}" for place, each in enumerate(series)]
    dates = "\n".join(heading(series).splitlines()[-2:])
    return "\n".join(
        [
            heading(series) + "Nth day,Active users",
            *visitors,
            "",
            dates,
            "Nth day,Sessions",
            *visits,
            "",
            dates,
            "Country,Sessions",
            "Colombia,7",
            "",
        ]
    )


def ga4_exploration(series: Sequence[Figures]) -> str:
    bars = "# ----------------------------------------"
    head = (
        f"{bars}\n# Por día\n# {series[0].day:%Y%m%d}-{series[-1].day:%Y%m%d}\n{bars}\n\nDate,Sessions,Active users\n"
    )
    total = f",{sum(each.visits for each in series)},{max(each.visitors for each in series)},Grand total\n"
    return head + total + "".join(f"{each.day:%Y%m%d},{each.visits},{each.visitors}\n" for each in series)


def ga4_api(series: Sequence[Figures]) -> str:
    rows = [
        {
            "dimensionValues": [{"value": f"{each.day:%Y%m%d}"}],
            "metricValues": [{"value": str(each.visits)}, {"value": str(each.visitors)}],
        }
        for each in series
    ]
    names = [{"name": name, "type": "TYPE_INTEGER"} for name in ("sessions", "activeUsers")]
    dimensions = [{"name": "date"}]
    return json.dumps({"dimensionHeaders": dimensions, "metricHeaders": names, "rows": rows, "rowCount": len(rows)})


GA4: dict[str, Callable[[Sequence[Figures]], str]] = {
    "one table": ga4_days,
    "cards": ga4_cards,
    "exploration": ga4_exploration,
    "api": ga4_api,
}


def ga4_truth(series: Sequence[Figures], variant: str) -> set[Record]:
    total = ("unique_visitors", str(Period.span(series[0].day, series[-1].day)), max(each.visitors for each in series))
    return truth(series) | ({total} if variant == "exploration" else set())


@pytest.mark.parametrize("variant", GA4)
@settings(max_examples=40, deadline=None)
@given(series=days())
def test_ga4_comes_back_equal(variant: str, series: tuple[Figures, ...]) -> None:
    assume(variant != "exploration" or len(series) > 1)  # a range of one day has its figures twice
    receipt = read(GA4[variant](series).encode())
    assert receipt.source == "ga4"
    assert records(receipt) == ga4_truth(series, variant)


def save_again(text: str) -> bytes:
    """What a spreadsheet writes: semicolons, rows filled to one width, numbers without zeros before them."""
    rows = [line.split(",") for line in text.splitlines()]
    width = max(map(len, rows))
    kept = [[str(int(cell)) if cell.isdigit() else cell for cell in row] + [""] * (width - len(row)) for row in rows]
    return as_text(kept, ";", "\r\n").encode("cp1252")


@pytest.mark.parametrize("variant", ["one table", "cards", "exploration"])
@settings(max_examples=40, deadline=None)
@given(series=days())
def test_a_damaged_ga4_is_mended_or_refused(variant: str, series: tuple[Figures, ...]) -> None:
    assume(variant != "exploration" or len(series) > 1)
    text = GA4[variant](series)
    assert records(read(save_again(text))) == ga4_truth(series, variant)
    wrapped = read("\n".join(f'"{line}"' for line in text.splitlines()).encode(), source="ga4")
    assert records(wrapped) in (ga4_truth(series, variant), set())
    if (
        variant == "one table" and len(series) > 9
    ):  # more rows than remarks, so that the quotes are seen for what they are
        assert records(wrapped) == ga4_truth(series, variant)
    marked = read(as_text(mark_thousands([[line] for line in text.splitlines()], ".")).encode(), source="ga4")
    assert records(marked) <= ga4_truth(series, variant)


@settings(max_examples=150, deadline=None)
@given(series=days(), variant=st.sampled_from([*GA4]), data=st.data())
def test_a_ga4_that_was_cut_gives_no_other_figure(
    series: tuple[Figures, ...], variant: str, data: st.DataObject
) -> None:
    text = GA4[variant](series)
    at = data.draw(st.integers(0, len(text) - 1))
    # The last figure of a whole table says nowhere that digits of it are missing.
    is_last = text[:at].rpartition("\n")[2].startswith(f"{len(series) - 1:04},")
    assume(variant in ("exploration", "api") or not is_last)
    assert records(read(text[:at].encode(), source="ga4")) <= ga4_truth(series, variant)


# Web servers' registers --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """A request: when it was made, how late its line was written, and the rest."""

    at: datetime
    late: int
    address: str
    agent: str
    method: str
    path: str
    status: int


BROWSERS = ("Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0", "Mozilla/5.0 (Linux; CUBOT) Chrome/128.0 Mobile")
ROBOTS = ("Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.5.0", "-", "python-requests/2.32")
PAGES = ("/", "/tramites", "/noticias?id=3", "/buscar?q=a.css", "/a/b/")
FILES = ("/a.css", "/img/x.PNG", "/informe.pdf?v=2", "/favicon.ico")


def make_hits(seed: int, most: int) -> list[Hit]:
    """Some days of requests, in the order in which a server writes them: mostly one visitor who comes and goes.

    Made of a seed: a list that Hypothesis draws has few visits of one visitor near the limits of the rule.
    """
    chance = Random(seed)  # noqa: S311 - no secret
    at = datetime(2025, 1, 1, tzinfo=OFFICE) + timedelta(seconds=chance.randrange(400 * 86_400))
    made = []
    for _ in range(most):
        at += timedelta(seconds=chance.choice([0, 1, 60, 600, 900, 1799, 1800, 1801, 2000, 3600, 40_000]))
        made.append(
            Hit(
                at,
                chance.choice([0, 0, 0, 1, 30, 1500, 3600]),
                chance.choice([*["192.0.2.1"] * 4, "198.51.100.2", "2001:db8::3"]),
                chance.choice([*BROWSERS[:1] * 8, *BROWSERS, *ROBOTS]),
                chance.choice([*["GET"] * 8, "POST", "HEAD"]),
                chance.choice([*PAGES, *PAGES, *FILES]),
                chance.choice([*[200] * 8, 206, 304, 301, 404, 500]),
            )
        )
    return sorted(made, key=lambda hit: hit.at + timedelta(seconds=hit.late))


hits = st.builds(make_hits, st.integers(0, 2**32), st.integers(1, 150))


def count_simply(found: Sequence[Hit], *, agents: bool = True) -> tuple[Counter[date], Counter[date]]:
    """Page views and visits by day, from all the requests at once and in the order of time."""
    views: Counter[date] = Counter()
    visits: Counter[date] = Counter()
    seen: dict[tuple[str, str], datetime] = {}
    for hit in sorted(found, key=lambda each: each.at):
        if (agents and hit.agent in ROBOTS) or hit.path in FILES or hit.method != "GET":
            continue
        if hit.status not in (200, 206, 304):
            continue
        visitor = (hit.address, hit.agent if agents else "")
        views[hit.at.date()] += 1
        if visitor not in seen or hit.at - seen[visitor] > timedelta(minutes=30):
            visits[hit.at.date()] += 1
        seen[visitor] = hit.at
    return views, visits


def write_common(hit: Hit) -> str:
    return f'{hit.address} - - [{hit.at:%d/%b/%Y:%H:%M:%S %z}] "{hit.method} {hit.path} HTTP/1.1" {hit.status} 512'


def write_combined(hit: Hit) -> str:
    return f'{write_common(hit)} "https://buscador.example/?q=\\"x\\"" "{hit.agent}"'


def write_json(hit: Hit) -> str:
    told = {"remote_addr": hit.address, "request_method": hit.method, "request_uri": hit.path, "status": hit.status}
    return json.dumps({"time_iso8601": hit.at.isoformat(), **told, "http_user_agent": hit.agent})


def write_iis(found: Sequence[Hit]) -> str:
    lines = ["#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status"]
    for hit in found:
        stem, _, query = hit.path.partition("?")
        agent = hit.agent.replace(" ", "+")
        told = f"{hit.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} {hit.method} {stem} {query or '-'} {hit.address} {agent}"
        lines.append(f"{told} {hit.status}")
    return "\r\n".join(lines) + "\r\n"


LOGS: dict[str, Callable[[Sequence[Hit]], bytes]] = {
    "common": lambda found: as_text([[write_common(hit)] for hit in found]).encode(),
    "combined": lambda found: (as_text([[write_combined(hit)] for hit in found]) + "\n").encode(),
    "gzip": lambda found: gzip.compress(as_text([[write_combined(hit)] for hit in found]).encode()),
    "vhost": lambda found: as_text([["sede.pc.gov.co:443 " + write_combined(hit)] for hit in found]).encode(),
    "json": lambda found: as_text([[write_json(hit)] for hit in found]).encode(),
    "iis": lambda found: write_iis(found).encode(),
    "utc": lambda found: as_text([[write_combined(_in_utc(hit))] for hit in found]).encode(),
}


def _in_utc(hit: Hit) -> Hit:
    return Hit(
        hit.at.astimezone(UTC),
        *(getattr(hit, name) for name in ("late", "address", "agent", "method", "path", "status")),
    )


@pytest.mark.parametrize("variant", LOGS)
@settings(max_examples=60, deadline=None)
@given(found=hits)
def test_a_register_is_counted_as_a_simple_counter_does(variant: str, found: list[Hit]) -> None:
    receipt = read(LOGS[variant](found), {"whole_days": "yes"})
    assert receipt.source == "web-log"
    assert receipt.extract.refused is None
    views, visits = count_simply(found, agents=variant != "common")
    told = {(metric, period[:10]): value for metric, period, value in records(receipt)}
    covered = {day for _, day in told}
    assert told == {
        **{("log_page_views", day): views[date.fromisoformat(day)] for day in covered},
        **{("log_visits", day): visits[date.fromisoformat(day)] for day in covered},
    }
    every_day = {hit.at.date().isoformat() for hit in found}
    scraps = {day for day in every_day - covered if day in (min(every_day), max(every_day))}
    assert covered == every_day - scraps
    assert len(scraps) < 3


@settings(max_examples=80, deadline=None)
@given(found=hits, data=st.data())
def test_no_address_leaves_a_register(found: list[Hit], data: st.DataObject) -> None:
    variant = data.draw(st.sampled_from([*LOGS]))
    receipt = read(LOGS[variant](found))
    told = repr(receipt.extract)
    assert not any(hit.address in told or "Mozilla" in told or "tramites" in told for hit in found)


# Hostile bytes -----------------------------------------------------------------------------------------------------

FIXTURES = sorted(
    path
    for source in SOURCES
    for path in (Path(__file__).parents[1] / "library/importers/sources" / source.replace("-", "_")).glob("*/*")
    if path.name != "expected.yml"
)
PIECES = (
    b"\x00",
    b'"',
    b"\n",
    b",",
    b";",
    b"#",
    b"\xff\xfe",
    b"{",
    b"[]",
    b"9" * 40,
    b"\x1f\x8b",
    b"\r\n\r\n",
    b"\\",
    b"\xc3",
    b"date",
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_bytes_raise(data: st.DataObject) -> None:
    answers = data.draw(
        st.sampled_from([{}, {"period": "2025-10", "whole_days": "yes", "site": "1", "audience": "all"}])
    )
    content = data.draw(st.sampled_from(FIXTURES)).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 60))
        content = (
            content[:at] + data.draw(st.sampled_from([b"", *PIECES]) | st.binary(max_size=8)) + content[at + length :]
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archivo"
        path.write_bytes(content)
        upload = open_upload(path)
        for code in SOURCES:
            source = find_source(code)
            assert source is not None
            source.identify(upload)
            assert isinstance(source.extract(upload, answers), Extract)
