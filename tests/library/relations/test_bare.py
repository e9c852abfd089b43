"""Bare tables: the way of writing numbers is voted by all cells; labels come from above and from the left."""

from decimal import Decimal

import pytest

from pregon.relations.bare import read_bare_table


def _values(*cells: str) -> list[Decimal | None]:
    (row,) = read_bare_table([list(cells)]).amounts
    return [None if amount is None else amount.value for amount in row]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1,234", "5.6", "12,345,678"), ("1234", "5.6", "12345678")),
        (("1.234", "5,6", "12.345.678"), ("1234", "5.6", "12345678")),
        (("1 234", "5,6", "12\xa0345"), ("1234", "5.6", "12345")),
        (("$ 1,200", "(350)", "−7"), ("1200", "-350", "-7")),
        (("12.5%", "40 %", "1,830"), ("12.5", "40", "1830")),
        (("2,242E", "851*", "77 r"), ("2242", "851", "77")),
    ],
)
def test_numbers_under_the_format_that_most_cells_have(cells: tuple[str, ...], values: tuple[str, ...]) -> None:
    assert _values(*cells) == [Decimal(value) for value in values]


@pytest.mark.parametrize("text", ["", "-", "..", "F", "Total", "2024-10-31", "A12", "1,2,3", "$000"])
def test_what_is_no_number(text: str) -> None:
    assert _values(text, "1,250", "3.5") == [None, Decimal(1250), Decimal("3.5")]


def test_what_is_printed_says_how_fine_it_is() -> None:
    (row,) = read_bare_table([["12.50", "7", "1,000"]]).amounts
    assert [None if amount is None else amount.ulp for amount in row] == [Decimal("0.01"), Decimal(1), Decimal(1)]


def test_labels_from_above_and_from_the_left() -> None:
    table = read_bare_table(
        [
            ["Cuadro 3", "", "", "", ""],
            ["", "2024", "", "2025", ""],
            ["", "Hombres", "Mujeres", "Hombres", "Mujeres"],
            ["Norte", "137", "211", "45", "-"],
        ]
    )
    assert table.column_labels == ("", "2024\nHombres", "2024\nMujeres", "2025\nHombres", "2025\nMujeres")
    assert table.row_labels[3] == "Norte"
    assert table.blanks == {(3, 4)}
