"""Tables of anybody's: what is asked, what is kept, and how days and figures with two readings are decided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pregon.figures.amount import Amount
from pregon.importers.base import Confidence, Extract, open_upload
from pregon.importers.columns import Mark, agree_on_mark, read_days, read_figures, vote_mark
from pregon.importers.day_order import DayOrder
from pregon.importers.intake import receive
from pregon.importers.mappings import fingerprint, propose_role, read_kept
from pregon.importers.registry import find_source, identify_upload
from pregon.importers.serial import receipt_from_values, receipt_to_values


def extract(folder: Path, text: str, name: str = "Tabla.csv", **answers: str) -> Extract:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    source = find_source("generic")
    assert source is not None
    return source.extract(open_upload(path), answers)


def values(told: Extract) -> list[tuple[str, str, str, int | None]]:
    return [
        (each.platform.value, each.metric, str(each.period), None if each.amount is None else int(each.amount.value))
        for each in told.observations
    ]


def test_a_mapping_said_once_is_known_by_its_header(tmp_path: Path) -> None:
    answers = {"column:Cosas": "facebook:interactions", "mapping": "sí"}
    first = extract(tmp_path, "Mes,Cosas\n2025-10,12\n", **answers)
    ((key, value),) = first.remembers
    # The title of the next file is written otherwise, and another column stands in another file.
    again = extract(tmp_path, '"MES ","cosas"\n2025-11,9\n', **{key: value})
    assert values(again) == [("facebook", "interactions", "2025-11", 9)]
    other = extract(tmp_path, "Mes,Cosas,Otras\n2025-11,9,1\n", **{key: value})
    assert [question.key for question in other.questions] == ["column:Cosas", "column:Otras", "mapping"]


def test_what_the_person_says_now_stands_over_what_was_kept(tmp_path: Path) -> None:
    header = ("Mes", "Cosas")
    kept = {f"mapping:{fingerprint(header)}": '{"Mes": "month", "Cosas": "facebook:views"}'}
    told = extract(tmp_path, "Mes,Cosas\n2025-10,12\n", **kept, **{"column:Cosas": "x:views"})
    assert values(told) == [("x", "views", "2025-10", 12)]


@pytest.mark.parametrize(
    "value", ["", "no", "[]", "7", '{"Mes": 3}', '{"Mes": "cualquier cosa"}', "[" * 30_000, '{"Mes":' * 2000]
)
def test_a_kept_mapping_that_is_none_says_nothing(value: str) -> None:
    assert read_kept(value) == {}


def test_what_is_kept_survives_the_way_to_another_program(tmp_path: Path) -> None:
    path = tmp_path / "Tabla.csv"
    path.write_text("Mes,Visitas\n2025-10,12\n", encoding="utf-8")
    (receipt,) = receive([open_upload(path)], {"mapping": "yes", "network": "website"})
    assert receipt.extract.remembers[0][1] == '{"Mes": "month", "Visitas": "visits"}'
    assert receipt_from_values(receipt_to_values(receipt)) == receipt


def test_a_table_is_only_possible(tmp_path: Path) -> None:
    path = tmp_path / "Tabla.csv"
    path.write_text("Mes,Visitas\n2025-10,12\n", encoding="utf-8")
    (claim,) = identify_upload(open_upload(path))
    assert (claim.source.code, claim.identification.confidence) == ("generic", Confidence.POSSIBLE)


@pytest.mark.parametrize("text", ["", "Hola\n", '{"a": [1, 2]}\n', "a,b\nc,d\n", "1,2\n3,4\n"])
def test_what_has_no_header_over_figures_is_not_claimed(text: str, tmp_path: Path) -> None:
    path = tmp_path / "Tabla.csv"
    path.write_text(text, encoding="utf-8")
    assert identify_upload(open_upload(path)) == ()


@pytest.mark.parametrize(
    ("title", "filled", "role"),
    [
        ("Fecha", (), "date"),
        ("MES", (), "month"),
        ("Visitas Facebook", (), "facebook:visits"),
        ("Instagram: alcance", (), "instagram:reach"),
        ("Seguidores de X", (), ""),
        ("Seguidores de Instagram", (), "instagram:followers_gained"),
        ("Columna 1", ("Facebook", "Instagram"), "network"),
        ("Columna 1", ("Alcance", "Visitas"), "metric"),
        ("Columna 1", ("12", "14"), ""),
    ],
)
def test_what_a_title_proposes(title: str, filled: tuple[str, ...], role: str) -> None:
    assert propose_role(title, filled or ("12",), frozenset()) == role


def test_a_long_table_says_the_metric_in_each_row(tmp_path: Path) -> None:
    text = "Mes,Red,Medida,Valor\n2025-10,Facebook,Visitas,120\n2025-10,X,Impresiones,90\n2025-10,X,Cosas,4\n"
    told = extract(tmp_path, text, mapping="yes")
    assert values(told) == [("facebook", "visits", "2025-10", 120), ("x", "views", "2025-10", 90)]
    assert told.remarks[1:] == ("Fila 4: no conocemos la medida «Cosas».",)


@pytest.mark.parametrize(
    ("texts", "said", "days", "order"),
    [
        (["6/10/2025", "13/10/2025"], None, [date(2025, 10, 6), date(2025, 10, 13)], DayOrder.DMY),
        (["6/10/2025", "10/13/2025"], None, [date(2025, 6, 10), date(2025, 10, 13)], DayOrder.MDY),
        (["6/10/2025"], DayOrder.MDY, [date(2025, 6, 10)], DayOrder.MDY),
        # The person says what cannot be: the cells stand.
        (["13/10/2025"], DayOrder.MDY, [date(2025, 10, 13)], DayOrder.DMY),
        (["2025-10-06", "6 de octubre de 2025", "06-10-25"], DayOrder.DMY, [date(2025, 10, 6)] * 3, DayOrder.DMY),
        (["31/11/2025"], None, [None], DayOrder.DMY),
    ],
)
def test_the_order_of_days_is_decided_over_the_column(
    texts: list[str], said: DayOrder | None, days: list[date | None], order: DayOrder
) -> None:
    read = read_days(texts, said)
    assert (list(read.days), read.order, read.is_decided) == (days, order, True)


@pytest.mark.parametrize("texts", [["6/10/2025"], ["6/10/2025", "13/10/2025", "10/14/2025"]])
def test_days_with_two_readings_are_not_decided(texts: list[str]) -> None:
    assert not read_days(texts).is_decided


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["34.811", "1.234.567"], Mark.COMMA),
        (["34,811", "1,234,567"], Mark.POINT),
        (["34.811", "12,5"], Mark.COMMA),
        (["34,811", "12.5"], Mark.POINT),
        (["2.106", "1830"], None),
        (["12,5", "12.5"], None),
    ],
)
def test_the_decimal_mark_is_voted(texts: list[str], mark: Mark | None) -> None:
    assert vote_mark(texts) is mark


def test_two_counts_in_thousands_agree_and_one_does_not() -> None:
    assert agree_on_mark(["34.811", "34.326", "12"]) is Mark.COMMA
    assert agree_on_mark(["34,811", "34,326"]) is Mark.POINT
    assert agree_on_mark(["34.811"]) is None
    assert agree_on_mark(["34.811", "34,326"]) is None


def test_figures_are_read_with_the_mark_and_what_is_no_count_is_said() -> None:
    texts = ["34.811", "9k", "73,3 mil", "2,5", "12 %", "1,22E+17", "3-oct", "", "n/a", "muchas", "-4"]
    read = read_figures(texts, [False] * len(texts), Mark.COMMA)
    assert read.cells[:3] == (
        Amount(Decimal(34811)),
        Amount(Decimal(9000), ulp=Decimal(1000)),
        Amount(Decimal(73300), ulp=Decimal(100)),
    )
    assert [str(cell) for cell in read.cells[3:]] == [
        "«2,5» tiene decimales y no es una cuenta",
        "«12 %» no es una cuenta",
        "«1,22E+17» perdió cifras en una hoja de cálculo",
        "«3-oct» era un decimal y una hoja de cálculo lo volvió fecha: no se puede recuperar",
        "no_data",
        "no_data",
        "«muchas» no es una cifra",
        "«-4» es menor que cero",
    ]


def test_a_number_of_excel_has_one_reading() -> None:
    read = read_figures(["34.811"], [True], None)
    assert (read.cells, read.ambiguous) == ((Amount(Decimal(34811)),), None)


def test_sheets_with_other_titles_are_told(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name, title in (("Octubre", "Visitas"), ("Noviembre", "Visitas"), ("Notas", "Alcance")):
        sheet = book.create_sheet(name)
        sheet.append(["Mes", title])
        sheet.append(["2025-10" if name == "Octubre" else "2025-11", 5])
    path = tmp_path / "Libro.xlsx"
    book.save(path)
    source = find_source("generic")
    assert source is not None
    told = source.extract(open_upload(path), {"mapping": "yes", "network": "website"})
    assert values(told) == [("website", "visits", "2025-10", 5), ("website", "visits", "2025-11", 5)]
    assert told.remarks[-1] == "La hoja «Notas» tiene otros títulos y no se leyó."
