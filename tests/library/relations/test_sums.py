"""Sums in grids: which lines are totals, of what, and where an account breaks."""

from decimal import Decimal

import pytest

from pregon.figures.amount import Amount, Interval
from pregon.relations.grid import Grid
from pregon.relations.labels import Level, is_bare_total, is_name, is_rate, level_of
from pregon.relations.relation import Support, Verdict, choose_reading, judge, sum_intervals
from pregon.relations.sums import find_sums


def _grid(columns: str, *rows: str, **more: object) -> Grid:
    """«A B Total» and rows «x 1 2 3»; «_» is a blank, «-» nothing at all."""
    cells = [row.split()[1:] for row in rows]
    amounts = tuple(
        tuple(
            None if cell in "_-" else Amount(Decimal(cell.rstrip("~")), ulp=Decimal(cell.endswith("~")))
            for cell in line
        )
        for line in cells
    )
    blanks = frozenset((r, c) for r, line in enumerate(cells) for c, cell in enumerate(line) if cell == "_")
    labels = tuple(row.split()[0].replace("_", " ") for row in rows)
    return Grid(amounts, labels, tuple(columns.replace("_", " ").split("|")), blanks, **more)  # type: ignore[arg-type]  # its own fields


def _told(grid: Grid) -> list[tuple[tuple[int, int], list[tuple[int, int]], str]]:
    return [(sum_.target, list(sum_.operands), sum_.verdict.value) for sum_ in find_sums(grid)]


def test_rows_and_columns_that_close() -> None:
    grid = _grid("Oct|Nov|Total", "Facebook 44 24 68", "X 46 19 65", "Total 90 43 133")
    assert _told(grid) == [
        ((0, 2), [(0, 0), (0, 1)], "exact"),
        ((1, 2), [(1, 0), (1, 1)], "exact"),
        ((2, 2), [(2, 0), (2, 1)], "exact"),
        ((2, 0), [(0, 0), (1, 0)], "exact"),
        ((2, 1), [(0, 1), (1, 1)], "exact"),
        ((2, 2), [(0, 2), (1, 2)], "exact"),
    ]


def test_a_broken_row_is_found_by_its_siblings() -> None:
    grid = _grid("Oct|Nov|Total", "a 10 13 24", "b 1 2 3", "c 4 5 9")
    found = [sum_ for sum_ in find_sums(grid) if sum_.verdict is Verdict.CONTRADICTION]
    assert [(sum_.target, sum_.value, sum_.difference, sum_.support) for sum_ in found] == [
        ((0, 2), Decimal(23), Decimal(1), Support.SIBLINGS)
    ]


def test_a_lone_broken_total_needs_its_bare_word_and_months() -> None:
    broken = "WhatsApp 10 13 14 36"
    assert _told(_grid("Oct|Nov|Dic|Total", broken, has_time_columns=True)) == [
        ((0, 3), [(0, 0), (0, 1), (0, 2)], "contradiction")
    ]
    rows = ("a 10 13 14 500", "b 11 12 15 501", "c 9 8 7 502")
    assert _told(_grid("Posts|Historias|Videos|Total_de_seguidores", *rows)) == []


def test_totals_before_their_parts() -> None:
    grid = _grid("Total|Mujeres|Hombres", "a 30 10 20", "b 50 25 25", "c 7 3 4")
    assert _told(grid) == [((row, 0), [(row, 1), (row, 2)], "exact") for row in range(3)]


def test_a_total_of_subtotals() -> None:
    grid = _grid("Piezas", "a 94", "b 89", "Subtotal 183", "c 6", "d 4", "Subtotal 10", "Total_general 193")
    assert _told(grid) == [
        ((2, 0), [(0, 0), (1, 0)], "exact"),
        ((5, 0), [(3, 0), (4, 0)], "exact"),
        ((6, 0), [(0, 0), (1, 0), (3, 0), (4, 0)], "exact"),
    ]


def test_blanks() -> None:
    grid = _grid("Oct|Nov|Dic|Total", "a _ _ 2 2", "b 5 3 _ 37", "c 5 3 _ 7", "d 1 2 3 6", has_time_columns=True)
    assert _told(grid) == [
        ((0, 3), [(0, 2)], "exact"),
        ((1, 3), [(1, 0), (1, 1)], "undecided"),
        ((2, 3), [(2, 0), (2, 1)], "contradiction"),  # the parts already exceed the total
        ((3, 3), [(3, 0), (3, 1), (3, 2)], "exact"),
    ]


def test_what_may_not_be_added_is_only_bounded() -> None:
    rows = ("reach 5710 3420 4005 9850", "reach 5710 3420 4005 5100", "reach 5710 3420 4005 20000")
    for row, told in zip(rows, ([], ["contradiction"], ["contradiction"]), strict=True):
        grid = _grid("Oct|Nov|Dic|Total", row, has_time_columns=True, not_addable_rows=frozenset({0}))
        assert [verdict for _, _, verdict in _told(grid)] == told


def test_sums_that_no_word_announces_need_many_rows() -> None:
    rows = ("a 1203 8311 9514", "b 2210 4127 6337", "c 918 1777 2695", "d 4410 3132 7542")
    assert [verdict for _, _, verdict in _told(_grid("Uno|Dos|Tres", *rows))] == ["exact"] * 4
    assert _told(_grid("Uno|Dos|Tres", *rows[:2])) == []
    broken = _told(_grid("Uno|Dos|Tres", *rows, "e 1111 2222 3343"))
    assert [verdict for _, _, verdict in broken] == ["exact"] * 4 + ["contradiction"]


def test_judging_is_by_intervals() -> None:
    rounded = [Amount(Decimal(73300), ulp=Decimal(100)), Amount(Decimal(26700), ulp=Decimal(100))]
    computed = sum_intervals(rounded)
    assert computed == Interval(Decimal(99900), Decimal(100100))
    assert judge(Amount.exact(100000), computed) is Verdict.EXACT
    assert judge(Amount.exact(100087), computed) is Verdict.ROUNDED
    assert judge(Amount.exact(100101), computed) is Verdict.CONTRADICTION
    assert judge(Amount.exact(100101), computed, is_complete=False) is Verdict.UNDECIDED
    assert judge(Amount.exact(9), computed, is_complete=False) is Verdict.CONTRADICTION


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("Total", Level.TOTAL),
        ("TOTAL ", Level.TOTAL),
        ("Total por mes", Level.TOTAL),
        ("Trimestre", Level.TOTAL),
        ("Gran total", Level.GRAND),
        ("Subtotal redes", Level.SUBTOTAL),
        ("Facebook", Level.PART),
        ("Trimestre anterior", Level.PART),
        ("% del total", Level.PART),
        ("Promedio total", Level.PART),
    ],
)
def test_levels(label: str, level: Level) -> None:
    assert level_of(label) is level


def test_other_labels() -> None:
    assert [is_bare_total(label) for label in ("TOTAL", "Total por mes", "Suma:")] == [True, False, True]
    assert [is_rate(label) for label in ("Promedio", "Variación", "%", "Visitas")] == [True, True, True, False]
    assert [is_name(label) for label in ("N.º", "Año", "Código", "Visitas")] == [True, True, True, False]


def test_a_grand_total_of_very_many_subtotals_is_still_read() -> None:
    rows = [f"Subtotal_{n} {n} {2 * n} {3 * n}" for n in range(1, 301)]
    grid = _grid("A|B|C", *rows, "Total 45150 90300 135450")
    found = {sum_.target: len(sum_.operands) for sum_ in find_sums(grid) if sum_.verdict is Verdict.EXACT}
    assert [found.get((300, column)) for column in range(3)] == [300, 300, 300]


def test_of_a_thousand_totals_each_is_looked_for_nearby() -> None:
    grid = _grid("A|B", *(f"Total_{n} 7 9" for n in range(1000)))
    assert find_sums(grid) == ()


def test_a_figure_of_two_readings_agrees_where_one_of_them_does() -> None:
    english = Amount(Decimal("34.811"), ulp=Decimal("0.001"), alternatives=(Decimal(34811),))
    table = Amount(Decimal(34811), alternatives=(Decimal("34.811"),))
    exact = Interval(Decimal(34811), Decimal(34811))
    assert choose_reading(english, [table]) == (Amount(Decimal(34811)), exact)
    assert choose_reading(table, [english, Amount(Decimal(1))])[0] == table
    other = Amount(Decimal(34812))
    assert choose_reading(other, [table]) == (other, exact)
