"""Exports of X, TikTok, YouTube and LinkedIn: any that is generated comes back equal; a damaged one never misread.

A damage is repaired to the same records, asked, or refused: a record that differs from what was written is a failure
wherever it comes from.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pregon.importers.base import Confidence, Extract, Source, open_upload
from pregon.importers.placing import OFFICE_ZONE
from pregon.importers.registry import identify_upload, load_sources
from pregon.importers.sources import linkedin_content, tiktok_content, x_content, youtube
from tests.property.social_exports import (
    PLAIN_CAPTIONS,
    WRITINGS,
    Post,
    Truth,
    Writing,
    Written,
    cells,
    in_words,
    kept,
    linkedin_table,
    posts,
    typed,
    workbook,
    written_series,
    x_table,
    x_truth,
)

MANY: Final = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIXTURES: Final = Path(__file__).parents[1] / "library" / "importers" / "sources"
SOCIAL: Final = ("linkedin", "tiktok", "x-", "youtube")


def read(
    module: ModuleType, content: bytes, name: str, folder: str = "", answers: Mapping[str, str] | None = None
) -> Extract:
    """What a source reads, having been found by itself and by no other; any table is possibly a person's own."""
    source: Source = module.SOURCE
    with TemporaryDirectory() as workshop:
        path = Path(workshop) / "file"
        path.write_bytes(content)
        upload = open_upload(path, name=name, folder=folder)
        sure = [claim for claim in identify_upload(upload) if claim.identification.confidence > Confidence.POSSIBLE]
        assert {claim.source.code for claim in sure} <= {source.code}
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


@MANY
@given(posts(), WRITINGS, st.booleans())
def test_posts_of_x_come_back_with_their_instants_and_without_the_replies(
    listed: list[Post], writing: Writing, is_of_2026: bool
) -> None:
    rows = x_table(listed, is_of_2026=is_of_2026)
    extract = read(x_content, writing.write(rows), "content.csv")
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
    extract = read(tiktok_content, writing.write(rows), "Content.csv")
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
    extract = read(youtube, writing.write(rows), "Table data.csv")
    assert extract.questions == ()
    assert [(each.reference, each.published_at.date(), each.has_hour) for each in extract.publications] == [
        (f"v{post.x_id}", post.at.date(), False) for post in listed
    ]
    told = [lifetime for *_, lifetime in listed_by(extract)]
    truth = [kept(post, "views", "followers_gained", "thumbnails") for post in listed]
    assert told == [{code: value for code, value in each.items() if code != "thumbnails"} for each in truth]


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
        (writing.write(rows), "All posts.csv"),
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
        assert "día/mes/año" in extract.repairs[-1]
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


BOOKS: Final = {
    "xls": min((FIXTURES / "linkedin_content" / "workbook").glob("*.xls")).read_bytes(),
    "xlsx": (FIXTURES / "linkedin_content" / "new_workbook" / "content.xlsx").read_bytes(),
}


@MANY
@given(kind=st.sampled_from(tuple(BOOKS)), seed=st.integers(0, 2**32))
def test_a_workbook_with_bytes_changed_ends_well(social: list[Source], kind: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- noise, not a secret
    content = bytearray(BOOKS[kind])
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) :]
    end_well(social, bytes(content), f"content.{kind}")


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
