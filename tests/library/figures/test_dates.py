import re
from datetime import date

import pytest

from pregon.figures.period import Period
from pregon.figures.spanish import find_dates, parse_date, print_date

QUARTER = Period.quarter(2025, 4)


@pytest.mark.parametrize(
    "text",
    [
        "6/10/2025",
        "06/10/2025",
        "06-10-2025",
        "6.10.2025",
        "6/10/25",
        "2025-10-06",
        "2025/10/6",
        "6 oct 2025",
        "6 oct. 2025",
        "6-oct-2025",
        "6 de octubre de 2025",
        "6 de octubre del 2025",
        "6 DE OCTUBRE DE 2025",
        "lunes 6 de octubre de 2025",
        "Lunes, 6 de octubre de 2025",
        "octubre 6 de 2025",
        "octubre 6, 2025",
        "6 de octubre de 2.025",
        " 6\u00a0de\u00a0octubre\u00a0de\u00a02025. ",
        "6 de octubre, 2025",
        "el 6 de octubre de 2025",
        "6 de octu\u00adbre del año 2025",
    ],
)
def test_reading_a_date_with_its_year(text: str) -> None:
    assert parse_date(text) == date(2025, 10, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("28 de noviembre", date(2025, 11, 28)),
        ("28 nov", date(2025, 11, 28)),
        ("28/11", date(2025, 11, 28)),
        ("primero de octubre", date(2025, 10, 1)),
        ("1.º de octubre", date(2025, 10, 1)),
        ("5 de enero", date(2026, 1, 5)),  # five days after the quarter, 269 before it
        ("4 de julio", date(2025, 7, 4)),
        ("29 de febrero", date(2024, 2, 29)),
    ],
)
def test_a_date_without_year_takes_the_nearest(text: str, expected: date) -> None:
    assert parse_date(text, near=QUARTER) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/11/2025", "El 31/11/2025 no existe: noviembre tiene 30 días."),
        ("31 de noviembre", "El 31 de noviembre no existe: noviembre tiene 30 días."),
        ("29/02/2025", "El 29/02/2025 no existe: febrero de 2025 tiene 28 días."),
        ("10/31/2025", "El 10/31/2025 no existe: no hay mes 31. Escriba día, mes y año: 6/10/2025."),
        ("ayer", "«ayer» no es una fecha. Escríbala así: 6/10/2025 o 28 de noviembre de 2025."),
        ("6/10/2025 y 7/10/2025",
         "«6/10/2025 y 7/10/2025» no es una fecha. Escríbala así: 6/10/2025 o 28 de noviembre de 2025."),
        ("", "Falta la fecha. Escríbala así: 6/10/2025 o 28 de noviembre de 2025."),
    ],
)  # fmt: skip
def test_what_is_not_a_date_is_told_in_a_sentence(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_date(text, near=QUARTER)


def test_a_date_without_year_nor_period_asks_for_it() -> None:
    message = "«28 de noviembre» no dice el año. Escríbalo, por ejemplo «28 de noviembre de 2025»."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_date("28 de noviembre")


def test_printing_a_date() -> None:
    assert print_date(date(2025, 11, 28)) == "28 de noviembre de 2025"
    assert print_date(date(2026, 1, 6), short=True) == "6 ene 2026"


def found(text: str) -> list[tuple[int, int, int | None]]:
    return [(mention.day, mention.month, mention.year) for mention in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Día de la salud mental – 10 de octubre", [(10, 10, None)]),
        ("Día Mundial del Perro (21 de julio)", [(21, 7, None)]),
        ("Duración: del 9 al 15 de diciembre", [(9, 12, None), (15, 12, None)]),
        ("9–15 de diciembre de 2025", [(9, 12, 2025), (15, 12, 2025)]),
        ("los días 10, 12 y 19 de octubre de 2025", [(10, 10, 2025), (12, 10, 2025), (19, 10, 2025)]),
        ("del 28 de noviembre al 3 de diciembre de 2025", [(28, 11, 2025), (3, 12, 2025)]),
        ("desde el 28 de diciembre hasta el 3 de enero de 2026", [(28, 12, 2025), (3, 1, 2026)]),
        ("15 de diciembre y 10 de octubre de 2025", [(15, 12, None), (10, 10, 2025)]),
        ("31/11/2025", [(31, 11, 2025)]),
        ("El evento del 28/10 está después", [(28, 10, None)]),
        ("4/07/2025 Durante el trimestre", [(4, 7, 2025)]),
        ("2025-10-01/2025-12-31", [(1, 10, 2025), (31, 12, 2025)]),
        ("noviembre 28 de 2025", [(28, 11, 2025)]),
        ("octubre 1 a diciembre 31 de 2025", [(1, 10, 2025), (31, 12, 2025)]),
        ("28 de noviem\u00adbre", [(28, 11, None)]),
    ],
)
def test_finding_dates(text: str, expected: list[tuple[int, int, int | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ley 2460 de 2025",
        "octubre de 2025",
        "OCTUBRE 44",
        "OCTUBRE 3 y NOVIEMBRE 1",
        "octubre 3 a noviembre 34.811",
        "Facebook 26 diciembre",
        "45 de octubre",
        "6.2/6",
        "3/4 partes",
        "192.168.2.6",
        "44/24/26",
        "1.2.3",
        "T-095 de 2025",
        "1/2/3/2025",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_mention_knows_its_place_and_its_day() -> None:
    text = "Hubo evento el 6/10/2025 y el 31/11/2025."
    first, second = find_dates(text)
    assert (text[first.start : first.end], first.text, first.date) == ("6/10/2025", "6/10/2025", date(2025, 10, 6))
    assert (text[second.start : second.end], second.date) == ("31/11/2025", None)


def test_places_are_those_of_the_text_as_given() -> None:
    text = "\u200bel 28 de no\u00adviembre\u200b"
    (mention,) = find_dates(text)
    assert text[mention.start : mention.end] == "28 de no\u00adviembre"
    assert mention.text == "28 de noviembre"
