"""Which columns hold figures, told from what they print."""

from __future__ import annotations

import pytest

from pregon.document.model import Cell, CellState, Table
from pregon.document.prose import Prose
from pregon.writers.columns import absence_of, find_figure_columns, prints_number


def table_of(*rows: tuple[str, ...], header_rows: int = 1) -> Table:
    return Table(tuple(tuple(Cell(Prose(text)) for text in row) for row in rows), header_rows)


def test_columns_of_numbers_and_of_their_absence() -> None:
    table = table_of(
        ("Red", "Oct", "Dic", "Trimestre", "Fecha"),
        ("Facebook", "73.300", "sin dato", "no sumable", "6/10/2025"),
        ("X", "≈ 2.106", "sin dato", "", "sin dato"),
    )
    assert find_figure_columns(table) == {1, 2, 3}


def test_absences_alone_make_no_column_of_figures() -> None:
    assert find_figure_columns(table_of(("Red", "Captura"), ("X", "sin dato"))) == frozenset()


def test_headers_do_not_count() -> None:
    assert find_figure_columns(table_of(("Red", "2025"), ("X", "por hacer"))) == frozenset()
    assert find_figure_columns(table_of(("Red", "2025"), ("X", "por hacer"), header_rows=0)) == frozenset()


@pytest.mark.parametrize(
    "text",
    ["0", "34.811", "1830", "48,5 %", "48,5\u00a0%", "−3", "+23 (+9,2\u00a0%)", "112K", "$ 1.500.000", "≈\u00a02.106"],
)
def test_what_is_a_number(text: str) -> None:
    assert prints_number(Cell(Prose(text)))


@pytest.mark.parametrize("text", ["", "6/10/2025", "2025-T4", "EV-041", "3 de 6", "44 + 24 = 68", "sin dato", "X"])
def test_what_is_none(text: str) -> None:
    assert not prints_number(Cell(Prose(text)))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("sin dato", CellState.NO_DATA),
        ("Sin  dato", CellState.NO_DATA),
        ("falta diciembre", CellState.NO_DATA),
        ("no aplica", CellState.NOT_APPLICABLE),
        ("no sumable", CellState.NOT_ADDABLE),
        ("no medible", CellState.NOT_MEASURABLE),
        ("falta que la oficina entregue el archivo de diciembre", None),
        ("0", None),
    ],
)
def test_what_is_an_absence(text: str, state: CellState | None) -> None:
    assert absence_of(Cell(Prose(text))) is state
