"""The website's figures on their way to the registro: whole months, zeros that were told, and measures kept apart."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pregon.figures.period import Period
from pregon.importers.base import ImportedObservation, Upload, open_upload
from pregon.importers.intake import receive
from pregon.importers.monthly import roll_up
from pregon.importers.placing import OFFICE_ZONE
from pregon.importers.server_log.formats import make_reader, recognise
from pregon.importers.server_log.lines import TOO_LONG, DamagedLogError, read_lines
from pregon.importers.server_log.reading import read_register
from pregon.importers.server_log.robots import is_robot
from pregon.importers.server_log.visits import MAXIMUM_OPEN, UncountableError, VisitCounter
from pregon.importers.turned_dates import read_turned

HERE = timezone(timedelta(hours=-5))
OCTOBER = [date(2025, 10, number) for number in range(1, 32)]


def save(folder: Path, name: str, content: str | bytes) -> Upload:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_upload(path)


def months(*uploads: Upload) -> dict[tuple[str, str], int | None]:
    found = [each for receipt in receive(uploads) for each in receipt.extract.observations]
    return {(each.metric, str(each.period)): _value(each) for each in roll_up(found).observations}


def _value(each: ImportedObservation) -> int | None:
    return None if each.amount is None else int(each.amount.value)


def line(at: datetime, address: str = "192.0.2.1", agent: str = "Firefox/130.0") -> str:
    return f'{address} - - [{at:%d/%b/%Y:%H:%M:%S %z}] "GET / HTTP/1.1" 200 5 "-" "{agent}"'


def test_the_days_of_matomo_make_a_month_with_the_zeros_that_it_told(tmp_path: Path) -> None:
    told = {str(day): {"nb_uniq_visitors": 5, "nb_visits": 10} if day.day != 9 else [] for day in OCTOBER}
    assert months(save(tmp_path, "dias.json", json.dumps(told))) == {("visits", "2025-10"): 300}


def test_a_day_that_is_not_there_is_missing_and_makes_no_month(tmp_path: Path) -> None:
    rows = [f"{day},5,10,20" for day in OCTOBER if day.day != 9]
    text = "\n".join(["date,nb_uniq_visitors,nb_visits,nb_actions", *rows])
    assert months(save(tmp_path, "dias.csv", text)) == {}


def test_the_month_of_matomo_gives_its_visitors_and_the_days_do_not(tmp_path: Path) -> None:
    days = {str(day): {"nb_uniq_visitors": 5, "nb_visits": 10} for day in OCTOBER}
    month = {"2025-10": {"nb_uniq_visitors": 90, "nb_visits": 310}}
    uploads = save(tmp_path, "dias.json", json.dumps(days)), save(tmp_path, "mes.json", json.dumps(month))
    assert months(*uploads) == {("visits", "2025-10"): 310, ("unique_visitors", "2025-10"): 90}


def test_visits_of_a_register_are_never_in_the_row_of_matomos(tmp_path: Path) -> None:
    at = [datetime(2025, 10, day.day, hour, tzinfo=HERE) for day in OCTOBER for hour in (0, 12)]
    at.append(datetime(2025, 10, 31, 23, 55, tzinfo=HERE))
    log = save(tmp_path, "access.log", "\n".join(map(line, at)))
    month = save(tmp_path, "mes.json", '{"2025-10":{"nb_uniq_visitors":90,"nb_visits":310}}')
    assert months(log, month) == {
        ("log_page_views", "2025-10"): 63,
        ("log_visits", "2025-10"): 63,
        ("unique_visitors", "2025-10"): 90,
        ("visits", "2025-10"): 310,
    }


def test_a_register_behind_a_proxy_is_told(tmp_path: Path) -> None:
    start = datetime(2025, 10, 1, tzinfo=HERE)
    found = [line(start + timedelta(minutes=13 * each), agent=f"Firefox/{each % 7}") for each in range(111)]
    (receipt,) = receive([save(tmp_path, "access.log", "\n".join(found))])
    assert (
        "111 de las 111 páginas vistas vienen de una sola dirección. Si es un equipo intermedio (proxy), el registro "
        "no distingue a los visitantes: consulte a sistemas." in receipt.extract.remarks
    )


def test_what_is_open_stays_small_however_long_the_register() -> None:
    counter = VisitCounter(OFFICE_ZONE)
    start = datetime(2025, 10, 1, tzinfo=HERE)
    largest = 0
    for each in range(30_000):
        counter.add("", each, start + timedelta(seconds=10 * each))
        largest = max(largest, len(counter._open))
    counter.finish()
    assert sum(counter.visits.values()) == 30_000
    assert largest <= (3600 + 1800 + 900) // 10 + 2  # an hour of lateness, half of silence, a quarter until it is swept


def test_more_visits_at_once_than_a_website_has_are_refused() -> None:
    counter = VisitCounter(OFFICE_ZONE)
    at = datetime(2025, 10, 1, tzinfo=HERE)
    for each in range(MAXIMUM_OPEN):
        counter.add("", each, at)
    with pytest.raises(UncountableError, match="más visitas a la vez"):
        counter.add("", MAXIMUM_OPEN, at)


def test_a_register_is_read_line_by_line() -> None:
    start = datetime(2025, 10, 1, tzinfo=HERE)
    read: list[int] = []

    def lines() -> Iterator[str]:
        for each in range(1_000):
            read.append(each)
            yield line(start + timedelta(minutes=each))

    tally = read_register(lines(), make_reader("combined"), OFFICE_ZONE)
    assert (len(read), tally.views, tally.lines) == (1_000, 1_000, 1_000)


def test_a_gzip_that_inflates_for_ever_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bomba.gz"
    path.write_bytes(gzip.compress(b"x" * 20_000_000))
    with pytest.raises(DamagedLogError, match="descomprimido"):
        list(read_lines(path, most=10_000_000))
    path.write_bytes(gzip.compress(b"a\n" + b"x" * 200_000 + b"\nb\n"))
    assert list(read_lines(path)) == ["a", TOO_LONG, "b"]


@pytest.mark.parametrize(
    ("agent", "is_it"),
    [
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", True),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)", True),
        ("facebookexternalhit/1.1", True),
        ("WhatsApp/2.23.20.0", True),
        ("UptimeRobot/2.0", True),
        ("Go-http-client/1.1", True),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0", True),
        ("", True),
        ("-", True),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/128.0.0.0 Safari/537.36 Edg/128.0", False),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1", False),
        ("Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 30) Chrome/127.0 Mobile", False),
        ("Mozilla/5.0 (Linux; Android 14; SM-A546E) SamsungBrowser/25.0 Chrome/121.0 Mobile", False),
        ("Mozilla/5.0 (iPhone) GSA/330.0 [FBAN/FBIOS;FBAV/470.0]", False),
    ],
)
def test_robots_are_told_from_people(agent: str, is_it: bool) -> None:
    assert is_robot(agent) is is_it


def test_what_looks_like_a_register_and_is_none_is_not_known() -> None:
    assert recognise(["a b c", '1.2.3.4 - - [hoy] "GET / HTTP/1.1" 200 5']) == ""
    assert recognise(["#Fields: date time x-event", "2025-10-01 10:00:00 a"]) == ""
    assert recognise([]) == ""
    assert (
        recognise(['192.0.2.1 - ana pérez [01/Oct/2025:00:00:07 -0500] "GET / HTTP/1.1" 200 5 "-" "F"']) == "combined"
    )


@pytest.mark.parametrize(
    ("texts", "answers", "days"),
    [
        (["30/09/2025", "1/10/2025"], {}, ["2025-09-30", "2025-10-01"]),
        (["9/30/2025", "10/1/2025"], {}, ["2025-09-30", "2025-10-01"]),
        (["4/10/2025", "5/10/2025", "6/10/2025"], {}, ["2025-10-04", "2025-10-05", "2025-10-06"]),
        (["4/10/2025", "6/10/2025"], {"date_order": "mdy"}, ["2025-04-10", "2025-06-10"]),
        (["13-06-2025"], {}, ["2025-06-13"]),
        (["1/10/2025", "1/11/2025"], {"date_order": "dmy"}, []),
        (["31/02/2025"], {}, []),
    ],
)
def test_turned_dates_are_decided_over_the_whole_column(
    texts: list[str], answers: dict[str, str], days: list[str]
) -> None:
    assert [str(day) for day in read_turned(texts, answers).days.values()] == days


def test_a_turned_date_that_is_read_two_ways_is_asked() -> None:
    found = read_turned(["4/10/2025", "6/10/2025"], {})
    assert found.question is not None
    assert (found.question.key, found.days) == ("date_order", {})
    assert [value for value, _ in found.question.choices] == ["dmy", "mdy"]


def test_a_quarter_that_matomo_states_stays_whole(tmp_path: Path) -> None:
    upload = save(tmp_path, "rango.json", '{"2025-10-01,2025-12-31":{"nb_visits":7}}')
    (receipt,) = receive([upload])
    assert [each.period for each in receipt.extract.observations] == [Period.quarter(2025, 4)]
