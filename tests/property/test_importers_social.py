"""Exports of X, TikTok, YouTube and LinkedIn: any that is generated comes back equal; a damaged one never misread.

The writers here are those of the platforms, as ../shared/platform-formats.md and the fixtures show them, and know
nothing of the importers. A damage is repaired to the same records, asked, or refused: a record that differs from what
was written is a failure wherever it comes from.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Final, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pregon.importers.base import Extract, Source, open_upload
from pregon.importers.placing import OFFICE_ZONE
from pregon.importers.registry import identify_upload, load_sources
from pregon.importers.sources import (
    linkedin_content,
    linkedin_followers,
    tiktok_content,
    tiktok_followers,
    tiktok_overview,
    tiktok_viewers,
    x_content,
    x_overview,
    x_video,
    youtube,
)

MANY: Final = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOCIAL: Final = ("linkedin", "tiktok", "x-", "youtube")
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
        text = io.StringIO()
        quoting: Literal[0, 1] = csv.QUOTE_ALL if self.quotes_all else csv.QUOTE_MINIMAL
        writer = csv.writer(text, delimiter=self.separator, quoting=quoting, lineterminator=self.newline)
        if title:
            writer.writerow([title, *[""] * (len(rows[0]) - 1)])
        writer.writerows(rows)
        told = text.getvalue()
        if self.is_wrapped:
            lines = [line for line in told.split(self.newline) if line]
            told = "".join('"' + line.replace('"', '""') + '"' + self.newline for line in lines)
        return told.encode(self.encoding)


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


def read(
    module: ModuleType, content: bytes, name: str, folder: str = "", answers: Mapping[str, str] | None = None
) -> Extract:
    """What a source reads, having been found by itself and by no other."""
    source: Source = module.SOURCE
    with TemporaryDirectory() as workshop:
        path = Path(workshop) / "file"
        path.write_bytes(content)
        upload = open_upload(path, name=name, folder=folder)
        assert {claimant.source.code for claimant in identify_upload(upload)} <= {source.code}
        return source.extract(upload, answers or {})


def told_by(extract: Extract) -> Truth:
    found: Truth = {}
    for each in extract.observations:
        when = str(each.period.start) if each.period.days == 1 else str(each.period)
        assert (each.metric, when) not in found
        found[each.metric, when] = None if each.amount is None else int(each.amount.value)
    return found


def assert_nothing_is_misread(extract: Extract, truth: Truth) -> None:
    told = told_by(extract)
    assert {key: truth.get(key, "never written") for key in told} == told


@MANY
@given(written_series(), WRITINGS)
def test_any_series_comes_back_equal_however_it_is_written(written: Written, writing: Writing) -> None:
    content = writing.write(written.rows, written.variant.title)
    extract = read(written.variant.module, content, written.variant.file, written.folder)
    assert extract.refused is None
    assert extract.questions == ()
    assert told_by(extract) == written.truth


@MANY
@given(written_series(), st.sampled_from(("", "no window here", "Overview_2019-13-45_1_x")))
def test_without_the_name_of_its_zip_a_day_without_a_year_is_asked(written: Written, folder: str) -> None:
    """And the year of the last row, once said, gives every record back."""
    content = Writing().write(written.rows, written.variant.title)
    extract = read(written.variant.module, content, written.variant.file, folder)
    if not written.folder:
        assert told_by(extract) == written.truth
        return
    assert told_by(extract) == {}
    assert [question.key for question in extract.questions] == ["year"]
    days = sorted(when for _, when in written.truth if len(when) == 10)
    is_newest_first = written.rows[1][0] == written.variant.write_day(date.fromisoformat(days[-1])) and len(days) > 1
    last = days[0] if is_newest_first else days[-1]
    again = read(written.variant.module, content, written.variant.file, folder, {"year": last[:4]})
    if len(written.rows) > 2:
        assert told_by(again) == written.truth


# --- Days that a spreadsheet wrote another way -----------------------------------------------------------------------


@MANY
@given(
    written_series(("x overview", "x video", "tiktok business", "youtube totals", "linkedin days"), least=2),
    st.sampled_from(("%d-%m-%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y-%m-%d")),
)
def test_days_turned_round_are_read_in_the_one_order_that_fits(written: Written, form: str) -> None:
    days = [date.fromisoformat(when) for when in dict.fromkeys(when for _, when in written.truth)]
    if written.rows[1][0] != written.variant.write_day(days[0]):
        days.reverse()
    rows = [written.rows[0], *((f"{day:{form}}", *row[1:]) for day, row in zip(days, written.rows[1:], strict=True))]
    content = Writing(separator=";", encoding="cp1252").write(rows, written.variant.title)
    extract = read(written.variant.module, content, written.variant.file)
    assert extract.refused is None
    assert_nothing_is_misread(extract, written.truth)
    if extract.questions:
        # Two readings fit, as 01/02 and 02/01 do: nothing is read, and the answer gives everything.
        assert [question.key for question in extract.questions] == ["date_order"]
        assert told_by(extract) == {}
        order = "mdy" if form == "%m/%d/%Y" else "dmy"
        extract = read(written.variant.module, content, written.variant.file, answers={"date_order": order})
    assert told_by(extract) == written.truth


@MANY
@given(written_series(least=2), st.data())
def test_a_spoilt_cell_is_left_out_or_refused_and_never_misread(written: Written, data: st.DataObject) -> None:
    rows = [list(row) for row in written.rows]
    line = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    forms = ["1.2K", "9k", "3.mar", "mar-03", "34.811", "1,234", "1 234", "12,5", "5 %", "#####", "1.2E+05"]
    # A day in the place of another day is nothing that could be told.
    spoilt = data.draw(st.sampled_from([*forms, "1/02/2025"] if column else forms))
    rows[line][column] = spoilt
    extract = read(written.variant.module, Writing().write(rows, written.variant.title), "x.csv", written.folder)
    assert_nothing_is_misread(extract, written.truth)
    metric = written.variant.figures.get(rows[0][column]) if column else None
    if metric is not None and extract.observations:
        days = {when for code, when in set(written.truth) - set(told_by(extract)) if code == metric}
        assert len({when for when in days if len(when) == 10}) == 1
        assert any(spoilt in remark for remark in extract.remarks)
    if metric is not None and spoilt in ("3.mar", "mar-03", "1/02/2025"):
        assert "convirtió una cifra en fecha" in (extract.refused or "")


@MANY
@given(written_series(least=2), st.data())
def test_a_separator_more_or_less_moves_no_figure_to_another_column(written: Written, data: st.DataObject) -> None:
    lines = Writing().write(written.rows).decode().splitlines()
    place = data.draw(st.integers(1, len(lines) - 1))
    commas = [at for at, sign in enumerate(lines[place]) if sign == ","]
    # A comma inside the quotes of «Thu, Sep 11, 2025» is the day's, not the table's.
    inside = lines[place].rfind('"')
    at = data.draw(st.sampled_from([comma for comma in commas if comma > inside] or commas))
    more = data.draw(st.booleans())
    lines[place] = lines[place][:at] + (",,1" if more else "") + lines[place][at + (0 if more else 1) :]
    extract = read(written.variant.module, "\n".join(lines).encode(), written.variant.file, written.folder)
    assert_nothing_is_misread(extract, written.truth)


@MANY
@given(written_series(), st.sampled_from(("Métrica nueva", "新しい", "Quotes per day")))
def test_a_column_that_nobody_knows_is_asked_and_the_rest_is_read(written: Written, name: str) -> None:
    rows = [(*written.rows[0], name), *((*row, "7") for row in written.rows[1:])]
    module = written.variant.module
    extract = read(module, Writing().write(rows, written.variant.title), written.variant.file, written.folder)
    assert [question.key.partition(":")[0] for question in extract.questions] == ["column"]
    assert told_by(extract) == written.truth
    answers = {extract.questions[0].key: "none"}
    again = read(module, Writing().write(rows, written.variant.title), written.variant.file, written.folder, answers)
    assert again.questions == ()
    assert told_by(again) == written.truth


# --- Publications ----------------------------------------------------------------------------------------------------

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


def listed_by(extract: Extract) -> list[tuple[datetime, str, str, dict[str, int]]]:
    return [
        (
            each.published_at,
            each.reference,
            " ".join(each.title.split()),
            {code: int(amount.value) for code, amount in each.lifetime},
        )
        for each in extract.publications
    ]


def x_truth(listed: Sequence[Post], rows: Sequence[Sequence[str]]) -> list[tuple[datetime, str, str, dict[str, int]]]:
    return [
        (post.at, post.x_id, " ".join(row[2].split()), kept(post, "views", "likes", "interactions"))
        for post, row in zip(listed, rows[1:], strict=True)
        if not post.is_reply
    ]


def wrappable(writing: Writing, rows: Sequence[Sequence[str]]) -> Writing:
    """Rows are wrapped line by line: a caption of several lines would be another damage."""
    return replace(writing, is_wrapped=writing.is_wrapped and not any("\n" in cell for row in rows for cell in row))


@MANY
@given(posts(), WRITINGS, st.booleans())
def test_posts_of_x_come_back_with_their_instants_and_without_the_replies(
    listed: list[Post], writing: Writing, is_of_2026: bool
) -> None:
    rows = x_table(listed, is_of_2026=is_of_2026)
    extract = read(x_content, wrappable(writing, rows).write(rows), "content.csv")
    assert extract.refused is None
    assert extract.questions == ()
    assert listed_by(extract) == x_truth(listed, rows)
    assert all(each.is_proved for each in extract.publications)
    replies = sum(post.is_reply for post in listed)
    assert sum("empieza" in remark for remark in extract.remarks) == (replies > 0)


@MANY
@given(posts(PLAIN_CAPTIONS), st.sampled_from(("1.98E+18", "1,98E+18", "")))
def test_identifiers_that_a_spreadsheet_spoilt_are_the_links(listed: list[Post], spoilt: str) -> None:
    # «Ñ–» in Windows-1252 is a letter of Ukraine in UTF-8: the word in front leaves no doubt, as any real text does.
    rows = x_table([replace(post, caption=f"Año: {post.caption}") for post in listed])
    truth = x_truth(listed, rows)
    rounded = [[f"{row[0][:15]}{'0' * (len(row[0]) - 15)}", *row[1:]] for row in rows[1:]]
    scientific = [[spoilt, *row[1:]] for row in rows[1:]]
    for damaged in (rounded, scientific):
        content = Writing(";", "cp1252").write([rows[0], *damaged])
        assert listed_by(read(x_content, content, "content.csv")) == truth
        without = [[*row[:3], "", *row[4:]] for row in damaged]
        extract = read(x_content, Writing(";", "cp1252").write([rows[0], *without]), "content.csv")
        assert [each.reference for each in extract.publications] == [""] * len(truth)
        for each, (at, *_) in zip(extract.publications, truth, strict=True):
            near = abs(each.published_at - at) <= timedelta(milliseconds=1)
            assert near if each.is_proved else each.published_at.date() == at.astimezone(UTC).date()


@MANY
@given(posts(), WRITINGS, st.sampled_from(("studio", "business")))
def test_videos_of_tiktok_come_back_with_the_instants_of_their_links(
    listed: list[Post], writing: Writing, kind: str
) -> None:
    names = ("Total views", "Total likes", "Total shares") if kind == "studio" else ("Video views", "Likes", "Shares")
    rows = [["Video title", "Video link", "Post time", *names]]
    for post in listed:
        office = post.at.astimezone(OFFICE_ZONE)
        said = f"{in_words('en', office)} {office.day}" if kind == "studio" else f"{post.at:%Y/%m/%d %H:%M:%S}"
        rows.append([post.caption, f"https://www.tiktok.com/@penaclara/video/{post.tiktok_id}", said, *cells(post)])
    extract = read(tiktok_content, wrappable(writing, rows).write(rows), "Content.csv")
    assert extract.questions == ()
    assert listed_by(extract) == [
        (
            post.at.replace(microsecond=0),
            post.tiktok_id,
            " ".join(post.caption.split()),
            kept(post, "views", "likes", "shares"),
        )
        for post in listed
    ]
    assert {each.account for each in extract.publications} == {"penaclara"}
    without = [[row[0], "", *row[2:]] for row in rows[1:]]
    again = read(tiktok_content, Writing().write([rows[0], *without]), "Content.csv")
    if kind == "business":
        assert [each.published_at for each in again.publications] == [post.at.replace(microsecond=0) for post in listed]
    else:
        assert ([question.key for question in again.questions], again.publications) == (["year"], ())


@MANY
@given(posts(), WRITINGS, st.sampled_from(("english", "spanish")))
def test_videos_of_youtube_come_back_without_the_total(listed: list[Post], writing: Writing, language: str) -> None:
    header = {
        "english": ["Content", "Video title", "Video publish time", "Views", "Subscribers", "Impressions"],
        "spanish": [
            "Contenido",
            "Título del vídeo",
            "Hora de publicación del vídeo",
            "Visualizaciones",
            "Suscriptores",
            "Impresiones",
        ],
    }[language]
    rows = [header, ["Total", "", "", "1", "1", "1"]]
    rows += [
        [f"v{post.x_id}", post.caption, f"{post.at:%b} {post.at.day}, {post.at.year}", *cells(post)] for post in listed
    ]
    extract = read(youtube, wrappable(writing, rows).write(rows), "Table data.csv")
    assert extract.questions == ()
    assert [(each.reference, each.published_at.date(), each.has_hour) for each in extract.publications] == [
        (f"v{post.x_id}", post.at.date(), False) for post in listed
    ]
    told = [lifetime for *_, lifetime in listed_by(extract)]
    truth = [kept(post, "views", "followers_gained", "thumbnails") for post in listed]
    assert told == [{code: value for code, value in each.items() if code != "thumbnails"} for each in truth]


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


@MANY
@given(posts(), WRITINGS, st.booleans())
def test_posts_of_linkedin_come_back_from_a_table_and_from_a_workbook(
    listed: list[Post], writing: Writing, is_described: bool
) -> None:
    listed = [replace(post, caption=f"P {post.caption.lstrip('=')}") for post in listed]
    rows = linkedin_table(listed)
    above = [["Engagement metrics of your posts"]] if is_described else []
    truth = [
        (
            f"{post.at:%Y-%m-%d}",
            post.x_id,
            "video" if post.is_reply else "post",
            kept(post, "views", "likes", "comments"),
        )
        for post in listed
    ]
    for content, name in (
        (wrappable(writing, rows).write(rows), "All posts.csv"),
        (workbook({"All posts": [*above, *typed(rows)]}), "content.xlsx"),
    ):
        extract = read(linkedin_content, content, name)
        assert extract.questions == ()
        assert [
            (str(each.published_at.date()), each.reference, each.kind.value, lifetime)
            for each, (*_, lifetime) in zip(extract.publications, listed_by(extract), strict=True)
        ] == truth


@MANY
@given(posts())
def test_posts_of_linkedin_turned_round_are_read_where_it_is_proved(listed: list[Post]) -> None:
    rows = linkedin_table(listed, "%d/%m/%Y")
    extract = read(linkedin_content, Writing(";").write(rows), "All posts.csv")
    days = [each.published_at.date() for each in extract.publications]
    if any(post.at.day > 12 for post in listed):
        assert days == [post.at.date() for post in listed]
        assert "día, mes y año" in extract.repairs[-1]
    # Else nothing tells them from LinkedIn's own: the certificate says which order was assumed.
    assert all("primero el mes" in each.birth.assumed[0] for each in extract.publications)


# --- Anything at all -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def social() -> list[Source]:
    return [source for source in load_sources() if source.code.startswith(SOCIAL)]


@MANY
@given(content=st.binary(max_size=400), name=st.sampled_from(("a.csv", "Totals.csv", "b.xls", "c.xlsx")))
def test_any_bytes_end_in_a_sentence_or_a_question(social: list[Source], content: bytes, name: str) -> None:
    end_well(social, content, name)


@MANY
@given(written=written_series(), seed=st.integers(0, 2**32))
def test_an_export_with_bytes_changed_ends_well(social: list[Source], written: Written, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- noise, not a secret
    content = bytearray(Writing(newline="\r\n").write(written.rows, written.variant.title))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        content[at : at + chance.randint(0, 3)] = bytes(chance.randrange(256) for _ in range(chance.randint(0, 3)))
    end_well(social, bytes(content), written.variant.file, written.folder)


@pytest.mark.parametrize(
    "content",
    [
        b"Date,Impressions,Engagements,Unfollows\n" + b'"' + b"x" * 300_000,
        b"Date,Impressions,Engagements,Unfollows" + b",a" * 5_000 + b"\n1,2,3,4\n",
        b"Date,Impressions,Engagements,Unfollows\n\x00\x00,1,2,3\n",
        b"PK\x03\x04" + b"\x00" * 100,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"Date,Impressions,Engagements,Unfollows\n" + b"9" * 400 + b",1,2,3\n",
    ],
    ids=["unclosed", "columns", "nul", "zip", "compound", "digits"],
)
def test_what_is_made_to_harm_ends_in_a_sentence(social: list[Source], content: bytes) -> None:
    end_well(social, content, "Overview.csv")


def end_well(social: Sequence[Source], content: bytes, name: str, folder: str = "") -> None:
    with TemporaryDirectory() as workshop:
        path = Path(workshop) / "file"
        path.write_bytes(content)
        upload = open_upload(path, name=name, folder=folder)
        for source in social:
            source.identify(upload)
            extract = source.extract(upload, {})
            assert extract.refused is None or (extract.refused.endswith(".") and "«" in extract.refused)
            assert all(isinstance(each.amount.value, Decimal) for each in extract.observations if each.amount)
