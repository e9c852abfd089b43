"""What the tables of exports share: cells of workbooks, rows without their columns, and what figures are made of."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from pregon.importers.base import open_upload
from pregon.importers.intake import receive
from pregon.importers.monthly import roll_up
from pregon.importers.sources import linkedin_content, x_overview
from pregon.importers.tables import find_header, read_tables
from pregon.importers.turned_figures import is_turned_into_date


def kept(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_cells_of_a_workbook_are_written_as_machines_write_them(tmp_path: Path) -> None:
    book, content = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "Metrics"
    sheet.append(["Día", "Total", "Tasa", "Id", "Texto"])
    sheet.append([datetime(2025, 10, 6), 34811, 0.066, 1.98e18, "34.811"])  # noqa: DTZ001 -- a cell has no zone
    sheet["A2"].number_format, sheet["B2"].number_format = "dd/mm/yyyy", "#,##0"
    book.save(content)
    (table,) = read_tables(open_upload(kept(tmp_path, "a.xlsx", content.getvalue())))
    assert table.rows[1].fields == ("2025-10-06", "34811", "0.066", "1980000000000000000", "34.811")
    assert table.place(table.rows[1]) == "hoja «Metrics», fila 2"


def test_a_header_is_found_under_a_title_and_uneven_rows_are_told(tmp_path: Path) -> None:
    path = kept(tmp_path, "a.csv", b"Un resumen,\n\nDate,Views\nuno,1\ndos,2,3\ntres\n")
    headed = find_header(read_tables(open_upload(path)), {"date": ("Date",), "views": ("Views",)}, ("date", "views"))
    assert headed is not None
    assert headed.header.line == 3
    assert [row.line for row in headed.rows] == [4]
    assert [row.line for row in headed.uneven] == [5, 6]
    assert [row.line for row in headed.above] == [1, 2]


def test_blank_columns_at_the_end_of_every_row_are_none(tmp_path: Path) -> None:
    path = kept(tmp_path, "a.csv", b"Date,Views\nuno,1,\ndos,2,\n")
    headed = find_header(read_tables(open_upload(path)), {"date": ("Date",), "views": ("Views",)}, ("date", "views"))
    assert headed is not None
    assert (len(headed.rows), headed.uneven) == (2, ())


def test_what_a_spreadsheet_made_of_figures() -> None:
    turned = ("3.mar", "mar-03", "3-ene", "2025-03-01", "3/01/2025", "3/1/25", "3.(marzo)", "3/1", "2025-03-01 0:00")
    assert [text for text in turned if not is_turned_into_date(text)] == []
    kept = ("1.2K", "9k", "34.811", "12 mil", "#####", "marzo", "Marinilla", "12-x", "")
    assert [text for text in kept if is_turned_into_date(text)] == []


def test_the_figures_of_linkedin_say_what_is_organic_and_what_was_paid(tmp_path: Path) -> None:
    header = b"Date,Impressions (organic),Impressions (sponsored),Impressions (total)\n"
    path = kept(tmp_path, "m.csv", header + b"10/08/2025,300,20,320\n10/09/2025,300,20,321\n")
    extract = linkedin_content.SOURCE.extract(open_upload(path), {})
    first, second = extract.observations
    assert first.breakdown == (("orgánicas", 300), ("patrocinadas", 20))
    assert second.breakdown == ()
    (remark,) = extract.remarks
    assert remark == (
        "En 1 lugar lo orgánico y lo patrocinado no suman el total (fila 3, columna «Impressions (total)», el "
        "primero): se tomó el total."
    )


def test_a_month_of_x_says_that_its_days_are_those_of_utc(tmp_path: Path) -> None:
    lines = [f'"{datetime(2025, 11, day):%a, %b} {day}, 2025",10,1,0,2' for day in range(1, 31)]  # noqa: DTZ001 -- a day
    header = "Date,Impressions,Engagements,Unfollows,Create Post"
    path = kept(tmp_path, "o.csv", "\n".join([header, *reversed(lines), ""]).encode())
    extract = x_overview.SOURCE.extract(open_upload(path), {})
    months = {each.metric: each for each in roll_up(extract.observations).observations}
    assert {code: int(each.amount.value) for code, each in months.items() if each.amount} == {
        "views": 300,
        "interactions": 30,
        "followers_lost": 0,
        "posts": 60,
    }
    utc = "Los días son los de UTC, como en las publicaciones de X: cada uno empieza a las 7:00 p. m. de la víspera"
    assert months["views"].birth.assumed == (utc,)
    assert months["posts"].birth.assumed == (utc, "X no dice si «Create Post» cuenta también las respuestas")


def test_the_same_bytes_under_two_names_are_read_once(tmp_path: Path) -> None:
    content = b'Date,Impressions,Engagements,Unfollows\n"Thu, Sep 11, 2025",1203,61,1\n'
    uploads = [open_upload(kept(tmp_path, name, content)) for name in ("Visites.csv", "Overview (1).csv")]
    first, second = receive(uploads)
    assert (first.source, second.same_as, second.extract.observations) == ("x-overview", "Visites.csv", ())
