"""Long lists of content are counted, and the counts are those of the list, whatever was done to the file."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pregon.importers.base import Extract, open_upload
from pregon.importers.delimited import DamagedTableError
from pregon.importers.large_tables import iterate_blocks, open_large
from pregon.importers.meta_counting import count_content
from pregon.importers.sources.meta_content import MOST_LISTED, SOURCE
from pregon.records.publishing import PublicationKind

HEADER = [
    "Post ID",
    "Account username",
    "Account name",
    "Description",
    "Publish time",
    "Permalink",
    "Post type",
    "Date",
]
KINDS = ("IG image", "IG reel", "IG carousel", "IG story")
START = datetime(2025, 8, 1, 8, tzinfo=UTC)
"""Midnight of 1 August in Los Angeles."""
DAYS = 92
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PACIFIC, OFFICE = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/Bogota")
Rows = list[list[str]]


def shortcode(at: datetime, low: int) -> str:
    number = (int(at.timestamp() * 1000) - 1_314_220_021_721) << 23 | low
    letters = ""
    while number:
        number, place = divmod(number, 64)
        letters = LETTERS[place] + letters
    return letters


def make_rows(count: int, zone: ZoneInfo = PACIFIC) -> Rows:
    chance = random.Random(4)  # noqa: S311 -- the same rows every time
    rows = []
    for number in range(count):
        at = START + timedelta(seconds=number * DAYS * 86_400 // count)
        kind = chance.choice(KINDS)
        what = "stories/x" if kind == "IG story" else "p"
        link = f"https://www.instagram.com/{what}/{shortcode(at, number)}/"
        caption = chance.choice(["", "Taller, gratis", 'Dijo «sí»\n\ny "también"', "Línea\r\ndos; y tres"])
        user = chance.choice(["entidad", "otra"])
        when = at.astimezone(zone).strftime("%m/%d/%Y %H:%M")
        rows.append([str(18_000_000_000_000_001 + number), user, "Ñ", caption, when, link, kind, "Lifetime"])
    return rows


def write(path: Path, rows: Rows, *, separator: str = ",", encoding: str = "utf-8-sig") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows([HEADER, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def wrap(path: Path) -> Path:
    """Each row in quotes a second time."""
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    text = io.StringIO()
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(row)
        csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow([line.getvalue().removesuffix("\r\n")])
    path.write_bytes(text.getvalue().encode())
    return path


def count_listed(extract: Extract) -> Counter[tuple[str, str, str]]:
    """By hand: the publications of a list by account, metric and month in Bogota."""
    return Counter(
        (
            each.account,
            "stories" if each.kind is PublicationKind.STORY else "posts",
            f"{each.published_at.astimezone(OFFICE):%Y-%m}",
        )
        for each in extract.publications
    )


def count_counted(extract: Extract) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for each in extract.observations:
        assert each.amount is not None
        if each.metric == "posts":
            assert sum(number for _, number in each.breakdown) == each.amount.value
        found[each.account, each.metric, str(each.period)] = int(each.amount.value)
    return found


@pytest.mark.parametrize("damage", ["none", "semicolons", "cp1252", "utf-16", "wrapped", "too many fields", "zone"])
def test_a_list_and_its_counts_are_the_same_whatever_was_done_to_the_file(damage: str, tmp_path: Path) -> None:
    rows = make_rows(3_000, OFFICE if damage == "zone" else PACIFIC)
    if damage == "too many fields":  # polars refuses such a row, and Python reads it
        rows[1_500] += ["9", "9"]
    path = write(
        tmp_path / "lista.csv",
        rows,
        separator=";" if damage == "semicolons" else ",",
        encoding=damage if damage in ("cp1252", "utf-16") else "utf-8-sig",
    )
    if damage == "wrapped":
        wrap(path)
    upload = open_upload(path)
    listed, counted = SOURCE.extract(upload, {}), count_content(upload, {})
    assert (listed.refused, listed.questions, counted.questions) == (None, (), ())
    assert len(listed.publications) == 3_000
    whole = ("2025-08", "2025-09", "2025-10")
    assert count_counted(counted) == Counter(
        {key: number for key, number in count_listed(listed).items() if key[2] in whole}
    )
    assert sum(count_counted(counted).values()) > 2_900
    assert counted.repairs == listed.repairs
    assert counted.remarks[0] == "Trae 3.000 filas: se cuentan por mes y tipo, sin listarlas una por una."


def test_a_list_of_many_rows_is_counted_by_itself(tmp_path: Path) -> None:
    upload = open_upload(write(tmp_path / "lista.csv", make_rows(MOST_LISTED + 1)))
    found = SOURCE.extract(upload, {})
    assert (found.refused, found.publications) == (None, ())
    assert found.remarks[0] == "Trae 20.001 filas: se cuentan por mes y tipo, sin listarlas una por una."
    august = [each for each in found.observations if each.account == "otra" and str(each.period) == "2025-08"]
    by_hand = Counter(row[6] for row in make_rows(MOST_LISTED + 1) if row[1] == "otra" and is_august(row))
    assert [(each.metric, str(each.amount and each.amount.value), each.breakdown) for each in august] == [
        (
            "posts",
            str(sum(by_hand.values()) - by_hand["IG story"]),
            (("imagen", by_hand["IG image"]), ("reel", by_hand["IG reel"]), ("secuencia", by_hand["IG carousel"])),
        ),
        ("stories", str(by_hand["IG story"]), ()),
    ]


def is_august(row: list[str]) -> bool:
    written = datetime.strptime(row[4], "%m/%d/%Y %H:%M").replace(tzinfo=PACIFIC)
    return written.astimezone(OFFICE).month == 8


def test_a_month_that_is_not_whole_is_left_out_and_said(tmp_path: Path) -> None:
    rows = [row for row in make_rows(900) if row[4][:5] < "10/20"]
    found = count_content(open_upload(write(tmp_path / "lista.csv", rows)), {})
    assert {str(each.period) for each in found.observations} == {"2025-08", "2025-09"}
    assert found.remarks[-1] == "El archivo no trae entero octubre de 2025: no se registra."


def test_rows_without_a_day_or_a_kind_are_counted_apart(tmp_path: Path) -> None:
    rows = make_rows(900)
    rows[3][4], rows[4][6] = "45931,5", ""
    found = count_content(open_upload(write(tmp_path / "lista.csv", rows)), {})
    assert "2 filas no dicen cuándo se publicó o de qué tipo es: no se tomaron." in found.remarks


def test_what_has_to_be_asked_of_a_list_is_asked_of_its_counts(tmp_path: Path) -> None:
    rows = make_rows(60)
    rows[7][6] = "Foto panorámica"
    upload = open_upload(write(tmp_path / "lista.csv", rows))
    assert [question.key for question in count_content(upload, {}).questions] == ["type:foto panoramica"]
    assert count_content(upload, {"type:foto panoramica": "post"}).questions == ()


def test_days_in_two_orders_are_refused_in_a_long_list_too(tmp_path: Path) -> None:
    rows = make_rows(60)
    rows[7][4] = "31/08/2025 10:00"
    with pytest.raises(DamagedTableError, match="trae unas fechas en un orden y otras en otro"):
        count_content(open_upload(write(tmp_path / "lista.csv", rows)), {})


def test_a_row_a_day_is_refused_in_a_long_list(tmp_path: Path) -> None:
    rows = make_rows(60)
    rows[7][7] = "2025-08-31"
    with pytest.raises(DamagedTableError, match="trae una fila por día y publicación"):
        count_content(open_upload(write(tmp_path / "lista.csv", rows)), {})


@pytest.mark.parametrize("size", [7, 64, 1000, 1_000_000])
def test_blocks_end_where_rows_end_and_lose_nothing(size: int, tmp_path: Path) -> None:
    path = write(tmp_path / "lista.csv", make_rows(40))
    blocks = list(iterate_blocks(path, "utf-8", size))
    assert b"".join(blocks) == path.read_bytes()[3:]
    rows = [row for block in blocks for row in csv.reader(io.StringIO(block.decode(), newline=""), strict=True)]
    assert rows == [HEADER, *make_rows(40)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b\n" + b"1,2\n" * 3_000 + b'1,"2\n' + b"3,4\n" * 12_000_000, "tiene una comilla sin cerrar"),
        (b"a,b\n1,2\n" * 1_000 + b"\x00,1\n", "tiene bytes que no son texto"),
        (b"a,b\n" + b'"x"y,1\n' * 10, "tiene comillas sueltas"),
        (b"," * 199_999, "más de 2000 columnas"),
        (b"\xff\xfea\x00,\x00b\x00\n\x00" + b"\x00\xd8a\x00" * 9, "letras dañadas"),
        (b"", "no tiene filas"),
    ],
    ids=["unclosed", "nul", "loose quotes", "wide", "broken letters", "empty"],
)
def test_hostile_bytes_end_in_one_sentence(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(DamagedTableError, match=sentence):
        open_large(path).count_groups([(0,), (1,)])
