"""Accounts that lines share, and totals that only a word announces: where they hold, fail, and say nothing."""

from decimal import Decimal

from pregon.audit.reading import Reading
from pregon.claims.bond import Bond, Tie
from pregon.relations.relation import Verdict
from tests.rules.sketch import read_sketch

MEASURES = (
    ("Norte", "1.245", "634", "611", "902", "788", "114"),
    ("Centro", "2.310", "1.102", "1.208", "834", "611", "223"),
    ("Sur", "987", "402", "585", "790", "571", "219"),
    ("Oriente", "1.561", "790", "771", "702", "585", "117"),
)


def _bonds(rows: tuple[tuple[str, ...], ...], tie: Tie) -> list[Bond]:
    head = "| Zona | Asistentes | Mujeres | Hombres | Contactos | Llamadas | Correos |\n|---|---|---|---|---|---|---|\n"
    return _bonds_of(head + "\n".join(f"| {' | '.join(row)} |" for row in rows), tie)


def _bonds_of(text: str, tie: Tie) -> list[Bond]:
    return [bond for bond in Reading(read_sketch(text)).bonds if bond.tie is tie]


def test_two_sums_in_each_of_four_rows() -> None:
    bonds = _bonds(MEASURES, Tie.SIBLING)
    assert [bond.relation.verdict for bond in bonds] == [Verdict.EXACT] * 8
    assert {bond.siblings for bond in bonds} == {3}


def test_the_row_that_fails_is_told_with_the_others_that_hold() -> None:
    broken = (*MEASURES[:2], ("Sur", "978", *MEASURES[2][2:]), MEASURES[3])
    wrong = [bond for bond in _bonds(broken, Tie.SIBLING) if bond.relation.verdict is Verdict.CONTRADICTION]
    assert [(bond.relation.difference, bond.siblings) for bond in wrong] == [(Decimal(-9), 3)]


def test_a_difference_that_no_slip_explains_is_no_contradiction() -> None:
    broken = (*MEASURES[:2], ("Sur", "3.111", *MEASURES[2][2:]), MEASURES[3])
    verdicts = {bond.relation.verdict for bond in _bonds(broken, Tie.SIBLING)}
    assert Verdict.CONTRADICTION not in verdicts


def test_two_rows_that_fail_of_four_make_no_rule() -> None:
    broken = (MEASURES[0], ("Centro", "2.301", *MEASURES[1][2:]), ("Sur", "978", *MEASURES[2][2:]), MEASURES[3])
    wrong = [bond for bond in _bonds(broken, Tie.SIBLING) if bond.relation.verdict is Verdict.CONTRADICTION]
    assert wrong == []


ONE_COLUMN = """
| Gasto | Pesos |
|---|---|
| Total gastos de funcionamiento | {} |
| Personal | 175.371 |
| Servicios | 51.767 |
| Arriendos | 13.591 |
| Papelería | 1.568 |
"""


def test_a_total_before_its_parts_that_a_slip_keeps_from_closing() -> None:
    (bond,) = _bonds_of(ONE_COLUMN.format("242.279"), Tie.TABLE_SUM)
    assert (bond.relation.verdict, bond.relation.difference) == (Verdict.CONTRADICTION, Decimal(-18))


def test_a_total_of_who_knows_what() -> None:
    assert _bonds_of(ONE_COLUMN.format("391.004"), Tie.TABLE_SUM) == []


BLOCKS = """\
| Año | Ventas | Servicios | Ingresos |
|---|---|---|---|
| 2021 | 1.667 | 36.589 | 38.256 |
| 2022 | 2.310 | 21.102 | 23.412 |
| 2023 | 1.987 | 14.402 | 16.389 |
| 2024 | 2.561 | 10.790 | {total} |
"""


def test_a_total_that_lost_a_part_closes_with_the_others_and_is_broken_all_the_same() -> None:
    """With a part left out the sum is the sum of the rest, in that row alone: no account of its own."""
    bonds = _bonds_of(BLOCKS.format(total="10.790"), Tie.SIBLING)
    assert [bond.relation.difference for bond in bonds if bond.relation.verdict is Verdict.CONTRADICTION] == [-2561]


def test_two_columns_that_close_are_enough_under_a_word() -> None:
    text = """\
| Vivienda | Casas | Hogares | Personas |
|---|---|---|---|
| Total | 1.421.188 | 2.755.154 | 5.219.284 |
| De 1 y 2 pisos | 1.349.630 | 1.657.771 | 3.608.304 |
| De 3 a 9 pisos | 51.529 | 1.086.426 | 1.577.577 |
| De 10 y más | 292 | 12.771 | 17.315 |
| Sin dato de pisos | 19.737 | 10.957 | 16.088 |
| Unifamiliares | 1.082.511 | 1.112.142 | 2.674.740 |
| En hilera | 75.109 | 382.273 | 696.753 |
| Otras | 263.566 | 1.273.507 | 1.847.789 |
"""
    wrong = [b for b in Reading(read_sketch(text)).bonds if b.relation.verdict is Verdict.CONTRADICTION]
    assert [bond.relation.difference for bond in wrong] == [Decimal(-12_771)]


CHANGES = """\
| Impuesto predial | | | |
| | 2023 | 2024 | Variación porcentual |
| Municipios | 272 | 293 | {} |
| Con topes | 137 | 145 | 5,8 |
| Con mínimo | 80 | 65 | -18,8 |
| Con tarifa propia | 55 | 83 | 50,9 |
| Con exenciones | 60 | 62 | 3,3 |
"""


def test_a_change_under_a_row_of_years_that_no_mark_sets_apart() -> None:
    """293 against 272 is 7,7 % more: found only if the years are read as names of their columns."""

    def wrong(printed: str) -> list[Decimal]:
        bonds = _bonds_of(CHANGES.format(printed), Tie.SIBLING)
        return [bond.relation.stated.value for bond in bonds if bond.relation.verdict is Verdict.CONTRADICTION]

    assert (wrong("7,7"), wrong("7,8")) == ([], [Decimal("7.8")])
