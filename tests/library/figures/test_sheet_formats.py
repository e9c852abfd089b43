"""Numbers of a sheet, printed as its cells show them in Colombia. The truths were read off a spreadsheet by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pregon.figures.sheet_formats import print_cell_number


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("34811", "General", "34811"),
        ("34811", "#,##0", "34.811"),
        ("0", "#,##0", "0"),
        ("1234567.891", "#,##0.00", "1.234.567,89"),
        ("0.30000000000000004", "General", "0,3"),
        ("1234567.891", "General", "1234567,891"),
        ("0.485", "0%", "49%"),
        ("0.485", "0.0%", "48,5%"),
        ("0.485", '0.0"\u00a0"%', "48,5\u00a0%"),
        ("-3", "#,##0", "-3"),
        ("-1234", "#,##0_);(#,##0)", "(1.234)"),
        ("-3", '#,##0;"−"#,##0', "−3"),
        ("12", '"+"#,##0;"−"#,##0;0', "+12"),
        ("0", '#,##0;-#,##0;"-"', "-"),
        ("7", "000", "007"),
        ("0.5", "0.##", "0,5"),
        ("2", "0.##", "2"),
        ("1234567", '#,##0,"K"', "1.235K"),
        ("1500000", "[$$-240A] #,##0", "$ 1.500.000"),
        ("44", '0" post"', "44 post"),
        ("5", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "5"),
        ("1234.5", "0.00E+00", "1234,5"),
        ("12", "@", "12"),
        ("3", "[Red]#,##0;[Blue]-#,##0", "3"),
        ("2.5", "0", "3"),
    ],
)
def test_numbers(value: str, code: str, shown: str) -> None:
    assert print_cell_number(Decimal(value), code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("45936", "dd/mm/yyyy", "6/10/2025"),
        ("45936", "[$-409]d\\-mmm\\-yy;@", "6/10/2025"),
        ("45936", "mmm-yy", "octubre de 2025"),
        ("45936", "yyyy", "2025"),
        ("45936", "mmmm", "octubre"),
        ("45936.7125", "d/m/yyyy h:mm", "6/10/2025 17:06"),
        ("0.5", "h:mm AM/PM", "12:00"),
        ("1", "d/m/yyyy", "1/1/1900"),
        ("61", "d/m/yyyy", "1/3/1900"),
        ("99999999", "d/m/yyyy", "99999999"),
        ("-1", "d/m/yyyy", "-1"),
    ],
)
def test_days(value: str, code: str, shown: str) -> None:
    assert print_cell_number(Decimal(value), code) == shown


def test_a_workbook_that_counts_from_1904() -> None:
    assert print_cell_number(Decimal(44474), "d/m/yyyy", since_1904=True) == "6/10/2025"
