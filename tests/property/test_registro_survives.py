"""Whatever is typed into a registro, its check answers: sentences with a place and a remedy, never an exception."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pregon.figures.spanish import fold
from pregon.registro import write_registro
from pregon.registro.cells import Cell
from pregon.registro.read import read_sheets
from pregon.registro.workbook import Grid, letter_of, read_grids
from tests.library.registro.conftest import SMALL

_TYPED = (
    "", " ", "=", "-", "—", "N/A", "n.a.", "s/d", "sin dato", "no aplica", "0", "-1", "1.000", "1,000", "1.2.3", "1e9",
    "∞", "½", "31/02/2025", "30/2/25", "2025-13-01", "ayer", "octubre", "T4", "2025-T9", "13", "uno", "ejemplo:",
    "ejemplo: x", '"', '"a', ";", "; ;", "Referencia *", "Canal", "#REF!", "\u200b", "💥" * 50, "facebook; facebook",
    "sí", "x",
)  # fmt: skip


@cache
def _small_grids() -> tuple[Grid, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registro.xlsx"
        write_registro(SMALL, path)
        return read_grids(path)


def _values() -> st.SearchStrategy[Cell]:
    held = st.one_of(
        st.none(),
        st.sampled_from(_TYPED),
        st.text(max_size=12),
        st.booleans(),
        st.integers(-(10**20), 10**20).map(Decimal),
        st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=4),
        st.datetimes(),
    )
    return st.builds(
        Cell, st.just(""), st.just(""), held, st.sampled_from(["General", "0%", "@"]), st.booleans(),
        st.sampled_from(["", "", "", "=", "#N/A"]),
    )  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999), st.integers(0, 14), _values()), max_size=12))
def test_the_check_always_answers(edits: list[tuple[int, int, int, Cell]]) -> None:
    grids = {fold(grid.name): grid for grid in _small_grids()}
    for which, row, column, cell in edits:
        name = [*grids][which % len(grids)]
        grids[name] = _edited(grids[name], row, column, cell)
    dossier, mistakes = read_sheets(grids)
    for mistake in mistakes:
        assert mistake.sheet
        assert mistake.problem.endswith((".", "?"))
        assert mistake.remedy.endswith((".", "?", "…"))
    assert (dossier is None) == any(not mistake.is_remark for mistake in mistakes)


def _edited(grid: Grid, row: int, column: int, cell: Cell) -> Grid:
    rows = list(grid.rows)
    if not rows:
        return grid
    number, cells = rows[row % len(rows)]
    padded = [*cells, *(Cell(grid.name, f"{letter_of(place)}{number}") for place in range(len(cells), column + 1))]
    padded[column] = replace(cell, sheet=grid.name, address=f"{letter_of(column)}{number}")
    rows[row % len(rows)] = (number, tuple(padded))
    return replace(grid, rows=tuple(rows))
