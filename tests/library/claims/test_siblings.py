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
