"""Hypothesis strategies for exports of X, TikTok, YouTube and LinkedIn, and the bytes that they are written in.

The writers are those of the platforms, as their exports show them, and know nothing of the importers: what they write
is what the importers are held to.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Final, Literal

from hypothesis import strategies as st
from openpyxl import Workbook

from pregon.importers.sources import (
    linkedin_content,
    linkedin_followers,
    tiktok_followers,
    tiktok_overview,
    tiktok_viewers,
    x_overview,
    x_video,
    youtube,
)

MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


def in_words(language: str, day: date) -> str:
    return MONTHS[language].split()[day.month - 1]


@dataclass(frozen=True)
class Writing:
    """How a table becomes bytes."""

    separator: str = ","
    encoding: str = "utf-8"
    quotes_all: bool = False
    newline: str = "\n"
    is_wrapped: bool = False

    def write(self, rows: Sequence[Sequence[str]], title: str = "") -> bytes:
        told = [self._record(row) for row in ([[title, *[""] * (len(rows[0]) - 1)], *rows] if title else rows)]
        if self.is_wrapped:
            told = ['"' + record.replace('"', '""') + '"' for record in told]
        return "".join(f"{record}{self.newline}" for record in told).encode(self.encoding)

    def _record(self, row: Sequence[str]) -> str:
        text = io.StringIO()
        quoting: Literal[0, 1] = csv.QUOTE_ALL if self.quotes_all else csv.QUOTE_MINIMAL
        csv.writer(text, delimiter=self.separator, quoting=quoting, lineterminator=self.newline).writerow(row)
        return text.getvalue().removesuffix(self.newline)


WRITINGS: Final = st.builds(
    Writing,
    separator=st.sampled_from(",;\t"),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
    quotes_all=st.booleans(),
    newline=st.sampled_from(("\n", "\r\n")),
    is_wrapped=st.booleans(),
)
FIGURES: Final = st.none() | st.integers(-50, 10**6)
NOTHINGS: Final = st.sampled_from(("", "--", "NAN", "undefined", "n/a"))


@dataclass(frozen=True)
class Series:
    """A variant of an export with a row a day: its columns of figures with their metric, None where none is recorded.

    `folder` names the folder around the file from its first and last day.
    """

    module: ModuleType
    day_name: str
    write_day: Callable[[date], str]
    figures: Mapping[str, str | None]
    optional: int = 0
    """How many of the figures, from the end, a file may lack."""
    title: str = ""
    file: str = "export.csv"
    folder: Callable[[date, date], str] = lambda first, last: ""  # noqa: ARG005 -- one shape for all variants
    longest: int = 400


def tiktok_folder(section: str) -> Callable[[date, date], str]:
    def name(first: date, last: date) -> str:
        made = int(datetime(last.year, last.month, last.day, 20, tzinfo=UTC).timestamp())
        return f"{section}_{first}_{made}_penaclara"

    return name


TIKTOK: Final = {
    "Video Views": "views",
    "Profile Views": "visits",
    "Likes": "likes",
    "Comments": "comments",
    "Shares": "shares",
}
OVERVIEW: Final = Series(tiktok_overview, "Date", str, TIKTOK, 3, folder=tiktok_folder("Overview"), longest=365)
LINKEDIN_PARTS: Final = ("organic", "sponsored", "total")
SERIES: Final = {
    "x overview": Series(
        x_overview,
        "Date",
        lambda day: f"{day:%a, %b} {day.day}, {day.year}",
        {
            "Impressions": "views",
            "Engagements": "interactions",
            "Unfollows": "followers_lost",
            "Likes": "likes",
            "Bookmarks": "saves",
            "Shares": "shares",
            "New follows": "followers_gained",
            "Replies": "comments",
            "Reposts": "reposts",
            "Profile visits": "visits",
            "Create Post": "posts",
            "Video views": "video_views",
            "Media views": None,
        },
        10,
    ),
    "x video": Series(
        x_video,
        "Date",
        lambda day: f"{day:%a, %b} {day.day}, {day.year}",
        {"Views": "video_views", "Watch Time (ms)": None, "Completion Rate": None},
        title="Video overview",
    ),
    "tiktok english": replace(OVERVIEW, write_day=lambda day: f"{in_words('en', day)} {day.day}"),
    "tiktok british": replace(OVERVIEW, write_day=lambda day: f"{day.day} {in_words('en', day)}"),
    "tiktok spanish": replace(OVERVIEW, write_day=lambda day: f"{day.day} de {in_words('es', day)}"),
    "tiktok portuguese": replace(OVERVIEW, write_day=lambda day: f"{day.day} de {in_words('pt', day)}"),
    "tiktok russian": replace(OVERVIEW, write_day=lambda day: f"{day.day} {in_words('ru', day)}"),
    "tiktok japanese": replace(OVERVIEW, write_day=lambda day: f"{day.month}月{day.day}日"),
    "tiktok business": Series(
        tiktok_overview,
        "Date",
        lambda day: f"{day:%Y/%m/%d}",
        {"Reached audience": "reach", **TIKTOK, "Net growth": None, "New followers": "followers_gained"},
        4,
    ),
    "tiktok viewers": Series(
        tiktok_viewers,
        "Date",
        lambda day: f"{in_words('en', day)} {day.day}",
        {"Total Viewers": "viewers", "New Viewers": None, "Returning Viewers": None},
        1,
        folder=tiktok_folder("Viewers"),
        longest=365,
    ),
    "tiktok followers": Series(
        tiktok_followers,
        "Date",
        lambda day: f"{in_words('en', day)} {day.day}",
        {"Followers": "followers_total", "Difference in followers from previous day": None},
        folder=tiktok_folder("Followers"),
        longest=365,
    ),
    "youtube totals": Series(
        youtube, "Date", str, {"Views": "views", "Subscribers": "followers_gained"}, 1, file="Totals.csv"
    ),
    "linkedin days": Series(
        linkedin_content,
        "Date",
        lambda day: f"{day:%m/%d/%Y}",
        {
            f"{name} ({part})": metric if part == "total" else None
            for name, metric in (("Impressions", "views"), ("Reactions", "likes"), ("Reposts", "reposts"))
            for part in LINKEDIN_PARTS
        },
        6,
    ),
    "linkedin followers": Series(
        linkedin_followers,
        "Date",
        lambda day: f"{day:%m/%d/%Y}",
        {"Organic followers": None, "Total followers": "followers_gained", "Sponsored followers": None},
        1,
    ),
}

Truth = dict[tuple[str, str], int | None]
"""What was written: by metric and period."""


@dataclass(frozen=True)
class Written:
    """A series as a table, and what it says."""

    variant: Series
    rows: tuple[tuple[str, ...], ...]
    folder: str
    truth: Truth


@st.composite
def written_series(draw: st.DrawFn, names: Sequence[str] = tuple(SERIES), least: int = 1) -> Written:
    variant = SERIES[draw(st.sampled_from(names))]
    first = draw(st.dates(date(2019, 1, 1), date(2030, 1, 1)))
    count = draw(st.integers(least, 12) | st.just(min(60, variant.longest)))
    days = [first + timedelta(days=place) for place in range(count)]
    columns = list(variant.figures)
    columns = columns[: len(columns) - draw(st.integers(0, variant.optional))]
    columns = draw(st.permutations(columns))
    nothing = draw(NOTHINGS)
    # Few drawn values for many cells: what matters is how they are written.
    values = draw(st.lists(FIGURES, min_size=1, max_size=12))
    table, truth = [], {}
    for place, day in enumerate(days):
        row = [variant.write_day(day)]
        for column, name in enumerate(columns):
            value = values[(place * len(columns) + column) % len(values)]
            row.append(nothing if value is None else str(value))
            if (metric := variant.figures[name]) is not None:
                truth[metric, str(day)] = value
                if metric == "followers_total" and (day + timedelta(days=1)).day == 1 and value is not None:
                    truth[metric, f"{day:%Y-%m}"] = value
        table.append(tuple(row))
    if draw(st.booleans()):
        table.reverse()
    header = (variant.day_name, *columns)
    return Written(variant, (header, *table), variant.folder(days[0], days[-1]), truth)


# What a spreadsheet that writes Windows-1252 keeps.
LETTERS: Final = "abcdeñáéíóúüÑÁxyzABC0123456789«»“”’–—…ªº€%°<>&\"'#@*_$\\/{}[]()+=~`^|;:,.!?¿¡ \n"
CAPTIONS: Final = st.text(LETTERS + "😀шΩ中📣", min_size=1, max_size=60).map(str.strip).filter(bool)
PLAIN_CAPTIONS: Final = st.text(LETTERS, min_size=1, max_size=60).map(str.strip).filter(bool)


@dataclass(frozen=True)
class Post:
    """Something published, as a platform keeps it: the instant to the millisecond, and the noise of its identifier."""

    at: datetime
    noise: int
    caption: str
    figures: tuple[int | None, ...]
    is_reply: bool = False

    @property
    def x_id(self) -> str:
        """Snowflake: milliseconds since 2010-11-04 01:42:54.657 UTC above 22 bits."""
        since = self.at - datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)
        return str(((since // timedelta(milliseconds=1)) << 22) + self.noise % 2**22)

    @property
    def tiktok_id(self) -> str:
        """Seconds of Unix above 32 bits."""
        return str((int(self.at.timestamp()) << 32) + self.noise)


def posts(captions: st.SearchStrategy[str] = CAPTIONS) -> st.SearchStrategy[list[Post]]:
    instants = st.datetimes(datetime(2016, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001 -- given its zone below
        lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000, tzinfo=UTC)
    )
    figures = st.lists(FIGURES, min_size=3, max_size=3).map(tuple)
    made = st.builds(Post, instants, st.integers(0, 2**32 - 1), captions, figures, st.booleans())
    return st.lists(made, min_size=1, max_size=8, unique_by=lambda post: int(post.at.timestamp()))


def cells(post: Post) -> list[str]:
    return ["" if figure is None else str(figure) for figure in post.figures]


def kept(post: Post, *metrics: str) -> dict[str, int]:
    return {code: figure for code, figure in zip(metrics, post.figures, strict=True) if figure is not None}


def x_table(listed: Sequence[Post], *, is_of_2026: bool = True) -> list[list[str]]:
    link = "Post Link" if is_of_2026 else "Link"
    rows = [["Post id", "Date", "Post text", link, "Impressions", "Likes", "Engagements", "Detail expands"]]
    for post in listed:
        day = post.at.astimezone(UTC).date()
        said = f"{day:%a, %b} {day.day}, {day.year}" if is_of_2026 else f"{day:%a %b %d %Y}"
        text = f"@vecina {post.caption}" if post.is_reply else post.caption.lstrip("@ \n") or "Hola"
        rows.append([post.x_id, said, text, f"https://x.com/penaclara/status/{post.x_id}", *cells(post), "0"])
    return rows


def x_truth(listed: Sequence[Post], rows: Sequence[Sequence[str]]) -> list[tuple[datetime, str, str, dict[str, int]]]:
    return [
        (post.at, post.x_id, " ".join(row[2].split()), kept(post, "views", "likes", "interactions"))
        for post, row in zip(listed, rows[1:], strict=True)
        if not post.is_reply
    ]


def linkedin_table(listed: Sequence[Post], form: str = "%m/%d/%Y") -> list[list[str]]:
    rows = [["Post title", "Post link", "Created date", "Content Type", "Impressions", "Likes", "Comments"]]
    for post in listed:
        link = f"https://www.linkedin.com/feed/update/urn:li:activity:{post.x_id}"
        rows.append([post.caption, link, f"{post.at:{form}}", "Video" if post.is_reply else "Image", *cells(post)])
    return rows


def workbook(sheets: Mapping[str, Sequence[Sequence[str | int | None]]]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(content)
    return content.getvalue()


def typed(rows: Sequence[Sequence[str]]) -> Iterator[list[str | int | None]]:
    """The cells of a workbook: figures are numbers there, and captions that look like formulas are text."""
    for row in rows:
        yield [int(cell) if cell.lstrip("-").isdecimal() and len(cell) < 9 else cell or None for cell in row]
