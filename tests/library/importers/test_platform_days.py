"""Days as platforms write them and as spreadsheets turn them round, and the years that a zip's name tells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pregon.figures.words import fold
from pregon.importers import platform_days
from pregon.importers.base import Upload
from pregon.importers.day_order import DayOrder
from pregon.importers.platform_days import (
    MONTH_WORDS,
    MixedDaysError,
    Yearless,
    read_days,
    read_worded_day,
    read_year_first,
    read_yearless,
)
from pregon.importers.tiktok_window import Window, date_rows, find_window

OCTOBER_8 = date(2025, 10, 8)


def upload(name: str, folder: str = "") -> Upload:
    return Upload(name, folder, Path(name), "0" * 64, 10, b"")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wed, Oct 8, 2025", OCTOBER_8),
        ("Wed Oct 08 2025", OCTOBER_8),
        ("Oct 8, 2025", OCTOBER_8),
        ("October 8, 2025", OCTOBER_8),
        ("8 oct 2025", OCTOBER_8),
        ("8 de octubre de 2025", OCTOBER_8),
        ("08-oct-25", OCTOBER_8),
        ("Thu, Oct 8, 2025", None),  # a Wednesday
        ("Feb 30, 2025", None),
        ("Foo 8, 2025", None),
        ("08/10/2025", None),
        ("", None),
    ],
)
def test_a_day_with_its_month_in_words(text: str, day: date | None) -> None:
    assert read_worded_day(text) == day


def test_no_word_is_the_month_of_two_languages() -> None:
    for words in (*platform_days._MONTHS_BY_LANGUAGE.values(), *platform_days._SHORT_MONTHS.values()):
        assert [MONTH_WORDS[fold(word)] for word in words.split()] == list(range(1, 13))


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["13-06-2025", "14-06-2025"], "dmy"),
        (["06/13/2025", "06/14/2025"], "mdy"),
        (["01/02/2025", "02/02/2025"], "dmy"),  # one day after the other only so
        (["01/02/2025", "01/03/2025"], "mdy"),
        (["03.02.2025", "02.02.2025", "01.02.2025"], "dmy"),
    ],
)
def test_the_order_of_a_series_is_that_which_fits_all_of_it(texts: list[str], order: str) -> None:
    found = read_days(texts, read_year_first, {}, is_series=True)
    first = [int(part) for part in texts[0].replace("/", "-").replace(".", "-").split("-")]
    month, day = (first[1], first[0]) if order == "dmy" else (first[0], first[1])
    assert found.days[0] == date(2025, month, day)
    assert found.question is None
    assert found.repairs[0].startswith(f"Las fechas venían como «{texts[0]}»: se leyeron ")


def test_one_day_that_can_be_two_is_asked_and_the_answer_holds() -> None:
    asked = read_days(["01/02/2025"], read_year_first, {})
    assert asked.days == (None,)
    assert asked.question is not None
    assert asked.question.key == "date_order"
    said = read_days(["01/02/2025"], read_year_first, {"date_order": "mdy"})
    assert said.days == (date(2025, 1, 2),)
    assert said.repairs == ("Las fechas venían como «01/02/2025»: se leyeron como mes/día/año, como usted dijo.",)


def test_days_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(
        MixedDaysError, match=r"^mezcla fechas con el día primero \(«13/06/2025»\) y con el mes primero"
    ):
        read_days(["13/06/2025", "06/14/2025"], read_year_first, {})


def test_where_the_month_goes_first_a_day_made_by_a_spreadsheet_is_judged_too() -> None:
    proved = read_days(["2025-09-10", "10/25/2025"], read_worded_day, {}, usual=DayOrder.MDY)
    assert proved.days == (date(2025, 10, 9), date(2025, 10, 25))
    plain = read_days(["10/09/2025"], read_worded_day, {}, usual=DayOrder.MDY)
    assert (plain.days, plain.repairs) == ((date(2025, 10, 9),), ())
    doubtful = read_days(["2025-09-10"], read_worded_day, {}, usual=DayOrder.MDY)
    assert doubtful.days == (None,)
    assert doubtful.question is not None
    assert doubtful.question.sentence == "¿Cómo se lee la fecha «10/09/2025»? El archivo no lo dice."


def test_days_without_a_year_in_every_language_and_what_a_spreadsheet_added() -> None:
    texts = ["September 25", "9 July", "25 de septiembre", "28 апреля", "9月13日", "25-sep", "1. März", "31 febrero"]
    assert read_yearless(texts, {}).days == (
        (9, 25),
        (7, 9),
        (9, 25),
        (4, 28),
        (9, 13),
        (9, 25),
        (3, 1),
        None,
    )
    added = read_yearless(["25/09/2026"], {})
    assert added.days == ((9, 25),)
    assert added.repairs[-1] == "A las fechas les habían puesto un año que el archivo no trae: se quitó."


def test_a_word_that_is_no_known_month_is_asked() -> None:
    found = read_yearless(["18 tháng Tám", "19 tháng Tám"], {})
    assert [question.key for question in found.questions] == ["month:thang tam"]
    several = date_rows(upload("Overview.csv"), read_yearless(["1 lipca", "1 sierpnia"], {}), {})
    assert [question.key for question in several.questions] == ["month:lipca", "month:sierpnia"]
    assert read_yearless(["18 tháng Tám"], {"month:thang tam": "8"}).days == ((8, 18),)
    assert read_yearless(["18 tháng Tám"], {"month:thang tam": "13"}).days == (None,)


@pytest.mark.parametrize(
    ("name", "folder", "window"),
    [
        (
            "Overview.csv",
            "Overview_2025-08-28_1787841428_penaclara",
            Window("Overview_2025-08-28_1787841428_penaclara", date(2025, 8, 28), date(2026, 8, 28), "penaclara"),
        ),
        (
            "Viewers_2025-08-28_1787841428000_la.penaclara (1).csv",
            "",
            Window(
                "Viewers_2025-08-28_1787841428000_la.penaclara (1)",
                date(2025, 8, 28),
                date(2026, 8, 28),
                "la.penaclara",
            ),
        ),
        ("Overview.csv", "TikTok/Overview_2025-08-28", Window("Overview_2025-08-28", date(2025, 8, 28), None)),
        ("Overview.csv", "Overview_2025-13-28_1787841428_x", None),
        ("Overview.csv", "Overview_2027-08-28_1787841428_x", None),  # made before it begins
        ("Overview.csv", "Octubre", None),
    ],
)
def test_the_window_that_a_name_tells(name: str, folder: str, window: Window | None) -> None:
    assert find_window(upload(name, folder)) == window


def test_a_window_without_its_end_is_believed_where_its_first_day_is_there() -> None:
    named = upload("Overview.csv", "Overview_2025-12-30")
    dated = date_rows(named, Yearless(((12, 30), (12, 31), (1, 1))), {})
    assert dated.days == (date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1))
    assert dated.assumed == ("El año sale del nombre «Overview_2025-12-30», que empieza el 30 de diciembre de 2025",)
    other = date_rows(named, Yearless(((11, 30),)), {})
    assert other.days == (None,)
    assert [question.key for question in other.questions] == ["year"]


def test_the_year_of_the_last_row_gives_all_the_others() -> None:
    nameless = upload("Overview.csv")
    rising = date_rows(nameless, Yearless(((12, 31), (1, 1))), {"year": "2026"})
    assert rising.days == (date(2025, 12, 31), date(2026, 1, 1))
    falling = date_rows(nameless, Yearless(((1, 1), (12, 31))), {"year": "2025"})
    assert falling.days == (date(2026, 1, 1), date(2025, 12, 31))
    wrong = date_rows(nameless, Yearless(((1, 1),)), {"year": "mil"})
    assert [question.key for question in wrong.questions] == ["year"]


def test_a_day_that_stands_twice_has_no_year() -> None:
    with pytest.raises(MixedDaysError, match=r"^repite el 28 de agosto y no trae los años"):
        date_rows(upload("Overview.csv"), Yearless(((8, 28), (8, 28))), {})


def test_an_answer_that_a_day_cannot_have_was_for_other_files() -> None:
    said = read_days(["13/10/2025", "01/02/2025"], read_year_first, {"date_order": "mdy"})
    assert said.days == (date(2025, 10, 13), date(2025, 2, 1))
    assert said.question is None
