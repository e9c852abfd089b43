"""Aggregations of any table: what adds up, averages, divides or changes, with nothing but the texts of its cells."""

import pytest

from pregon.document.prose import Operator
from pregon.figures.amount import Amount
from pregon.relations.bare import read_bare_table
from pregon.relations.find import find_relations
from pregon.relations.relation import Relation, Verdict

Place = tuple[int, int]


def _relations(*rows: str) -> tuple[Relation[Place], ...]:
    table = read_bare_table([row.split("|") for row in rows])
    return find_relations(table.amounts, table.row_labels, table.column_labels, table.blanks)


def _told(operator: Operator, *rows: str) -> set[tuple[Place, tuple[Place, ...]]]:
    return {(found.target, found.operands) for found in _relations(*rows) if found.operator is operator}


def _turned(rows: tuple[str, ...]) -> list[str]:
    return ["|".join(column) for column in zip(*(row.split("|") for row in rows), strict=True)]


LAST = ("|A|B|C|Total", "x|137|211|45|393", "y|83|319|61|463", "z|29|418|77|524")
FIRST = ("|Total|A|B|C", "x|393|137|211|45", "y|463|83|319|61", "z|524|29|418|77")


def test_a_total_after_its_parts() -> None:
    assert _told(Operator.SUM, *LAST) == {((row, 4), ((row, 1), (row, 2), (row, 3))) for row in (1, 2, 3)}


def test_a_total_before_its_parts() -> None:
    assert _told(Operator.SUM, *FIRST) == {((row, 1), ((row, 2), (row, 3), (row, 4))) for row in (1, 2, 3)}


@pytest.mark.parametrize("rows", [LAST, FIRST])
def test_rows_and_columns_are_one(rows: tuple[str, ...]) -> None:
    turned = {
        ((column, row), tuple((c, r) for r, c in parts)) for (row, column), parts in _told(Operator.SUM, *_turned(rows))
    }
    assert turned == _told(Operator.SUM, *rows)


def test_a_total_needs_no_word() -> None:
    bare = (LAST[0].replace("Total", "D"), *LAST[1:])
    assert _told(Operator.SUM, *bare) == _told(Operator.SUM, *LAST)


def test_a_blank_adds_nothing_and_is_named_missing() -> None:
    rows = (LAST[0], "x|137|211||348", *LAST[2:])
    (found,) = [r for r in _relations(*rows) if r.target == (1, 4)]
    assert found.operands == ((1, 1), (1, 2), (1, 3))
    assert found.missing == ((1, 3),)
    assert found.verdict is Verdict.EXACT


def test_totals_of_subtotals() -> None:
    rows = (
        "|2023|2024|2025",
        "Norte|1137|2211|3145",
        "Sur|2083|1319|1061",
        "Subtotal campo|3220|3530|4206",
        "Centro|5029|4418|1077",
        "Puerto|1641|1733|2919",
        "Subtotal villa|6670|6151|3996",
        "Total|9890|9681|8202",
    )
    told = _told(Operator.SUM, *rows)
    assert told == {
        (target, tuple((row, column) for row in parts))
        for column in (1, 2, 3)
        for target, parts in (((3, column), (1, 2)), ((6, column), (4, 5)), ((7, column), (3, 6)))
    }


def test_lines_of_one_name_add_up_to_the_first_of_them() -> None:
    rows = (
        "|2023|2024|2025",
        "País|9890|9681|8202",
        "Hombres|5391|4702|4120",
        "Mujeres|4499|4979|4082",
        "Norte|3220|3530|4206",
        "Hombres|1711|1629|2087",
        "Mujeres|1509|1901|2119",
        "Sur|6670|6151|3996",
        "Hombres|3680|3073|2033",
        "Mujeres|2990|3078|1963",
    )
    told = _told(Operator.SUM, *rows)
    assert ((2, 1), ((5, 1), (8, 1))) in told
    assert ((3, 2), ((6, 2), (9, 2))) in told
    assert ((1, 3), ((2, 3), (3, 3))) in told


def test_a_total_of_two_readings_has_both() -> None:
    rows = (
        "|2021|2022|2023|2024|2025",
        "País|13510|13799|12304|11717|14068",
        "Hombres|7902|7101|6210|6011|7330",
        "Mujeres|5608|6698|6094|5706|6738",
        "Norte|3220|3530|4206|2997|3641",
        "Hombres|1711|1629|2087|1450|1813",
        "Mujeres|1509|1901|2119|1547|1828",
        "Sur|6670|6151|3996|5013|6218",
        "Hombres|3680|3073|2033|2611|3377",
        "Mujeres|2990|3078|1963|2402|2841",
        "Centro|3620|4118|4102|3707|4209",
        "Hombres|2511|2399|2090|1950|2140",
        "Mujeres|1109|1719|2012|1757|2069",
    )
    readings = {parts for target, parts in _told(Operator.SUM, *rows) if target == (1, 1)}
    assert readings == {((2, 1), (3, 1)), ((4, 1), (7, 1), (10, 1))}


def test_two_totals_may_share_their_parts() -> None:
    rows = (
        "|A|B|C|D|Total|Total sin D",
        *(f"x{k}|{k * 137}|{k * 211}|{k + 45}|{k * 19}|{k * 368 + 45}" for k in (3, 5, 7, 11)),
    )
    rows = (rows[0], *(f"{row}|{int(row.split('|')[-1]) - int(row.split('|')[4])}" for row in rows[1:]))
    told = _told(Operator.SUM, *rows)
    assert {((row, 5), ((row, 1), (row, 2), (row, 3), (row, 4))) for row in (1, 2, 3, 4)} <= told
    assert {((row, 6), ((row, 1), (row, 2), (row, 3))) for row in (1, 2, 3, 4)} <= told


def test_counts_that_are_exact_are_judged_exactly() -> None:
    table = [[Amount.exact(value) for value in row] for row in ((137, 211, 348), (83, 319, 402), (29, 418, 448))]
    verdicts = {found.target: found.verdict for found in find_relations(table, ("x", "y", "z"), ("A", "B", "Total"))}
    assert verdicts == {(0, 2): Verdict.EXACT, (1, 2): Verdict.EXACT, (2, 2): Verdict.CONTRADICTION}


def test_rounded_figures_close_by_rounding_only() -> None:
    rows = ("|A|B|Total", "x|10,4|20,4|30,9", "y|11,3|25,1|36,4", "z|17,7|31,6|49,3", "w|15,2|33,9|49,1")
    verdicts = {r.target: r.verdict for r in _relations(*rows) if r.operator is Operator.SUM}
    assert verdicts == {
        (1, 3): Verdict.ROUNDED,
        (2, 3): Verdict.EXACT,
        (3, 3): Verdict.EXACT,
        (4, 3): Verdict.EXACT,
    }


def test_a_broken_line_is_told_by_its_siblings() -> None:
    rows = (*LAST, "y|830|3190|610|4670")  # 4630
    found = {r.target: r for r in _relations(*rows) if r.operator is Operator.SUM}
    assert {found[row, 4].verdict for row in (1, 2, 3)} == {Verdict.EXACT}
    assert found[4, 4].verdict is Verdict.CONTRADICTION
    assert found[4, 4].difference == 40


def test_a_column_of_percentages_does_not_hide_a_sum() -> None:
    rows = (
        "|Total|Change %|Itinerant|Local",
        "a|20132|2.1|20012|120",
        "b|12919|2.7|4996|7923",
        "c|8541|29.1|2561|5980",
        "d|6667|12.5|5751|916",
    )
    assert _told(Operator.SUM, *rows) == {((row, 1), ((row, 3), (row, 4))) for row in (1, 2, 3, 4)}


def test_shares_of_another_column() -> None:
    rows = ("|Schools|Public|% public", "a|1383|1151|83.2", "b|2128|417|19.6", "c|1063|740|69.6", "d|285|62|21.8")
    assert _told(Operator.SHARE, *rows) == {((row, 3), ((row, 2), (row, 1))) for row in (1, 2, 3, 4)}


def test_changes_from_one_year_to_the_next() -> None:
    rows = ("|2023|2024|Variación", "a|1383|1451|4,9", "b|2128|1917|-9,9", "c|1063|1140|7,2", "d|2854|3362|17,8")
    assert _told(Operator.CHANGE, *rows) == {((row, 3), ((row, 2), (row, 1))) for row in (1, 2, 3, 4)}


def test_means_divide_by_the_figures_that_are_there() -> None:
    rows = ("|Lunes|Martes", "a|137|211", "b|83|", "c|29|418", "d|151|70", "Promedio|100|233")
    assert _told(Operator.MEAN, *rows) == {
        ((5, 1), ((1, 1), (2, 1), (3, 1), (4, 1))),
        ((5, 2), ((1, 2), (2, 2), (3, 2), (4, 2))),
    }


def test_means_of_the_lines_of_one_name() -> None:
    head = "|Prom. asistencia|Media asistencia|Lista|Asistencia|Tarea|Lista|Asistencia|Tarea"
    rows = (
        head.replace("Prom. asistencia", "Grupo"),
        "a|G1|84,5|x|81|62|x|88|71",
        "b|G2|66,0|x|59|93|x|73|64",
        "c|G3|71,5|x|92|78|x|51|85",
        "d|G4|39,0|x|44|57|x|34|90",
    )
    assert _told(Operator.MEAN, *rows) == {((row, 2), ((row, 4), (row, 7))) for row in (1, 2, 3, 4)}


def test_a_mean_may_be_a_total_over_a_count_beside_it() -> None:
    rows = (
        "|2023|2024|2025",
        "Becas, valor|4587715|4459442|4634228",
        "Becas, número|3461|3130|3085",
        "Beca promedio|1326|1425|1502",
    )
    assert _told(Operator.SHARE, *rows) == {((3, column), ((1, column), (2, column))) for column in (1, 2, 3)}


def test_a_mean_far_from_total_and_count_is_not_their_quotient() -> None:
    rows = (
        "|2023|2024|2025",
        "Becas, valor|4587715|4459442|4634228",
        "Becas, número|3461|3130|3085",
        *(f"Otra cosa {k}|{k}7|{k}1|{k}9" for k in (3, 5, 7)),
        "Beca promedio|1326|1425|1502",
    )
    assert _told(Operator.SHARE, *rows) == set()


@pytest.mark.parametrize(
    "rows",
    [
        ("|A|B|C", "x|3|5|9", "y|4|2|8", "z|1|7|6"),
        ("|2021|2022|2023", "x|137|214|45", "y|83|319|61", "z|29|418|77"),
        ("N.º|Nombre|Teléfono", "1|Ana|3104567", "2|Luis|3127788", "3|Eva|3009911"),
        ("Solo palabras|y más",),
        (),
    ],
)
def test_what_does_not_add_up_is_left_alone(rows: tuple[str, ...]) -> None:
    assert _relations(*rows) == ()
