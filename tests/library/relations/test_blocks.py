"""Sheets built in blocks: each closed by its total, blank lines between, a total of all subtotals at the end."""

from pregon.document.prose import Operator
from pregon.relations.bare import read_bare_table
from pregon.relations.find import find_relations

Lines = tuple[int, tuple[int, ...]]


def _down(*rows: str) -> set[Lines]:
    """The sums down columns that hold in every column of figures: row of the total, rows of its parts."""
    width = max(row.count("|") for row in rows)
    table = read_bare_table([row.split("|") + [""] * (width - row.count("|")) for row in rows])
    found = find_relations(table.amounts, table.row_labels, table.column_labels, table.blanks)
    told = [
        {
            (relation.target[0], tuple(row for row, _ in relation.operands))
            for relation in found
            if relation.operator is Operator.SUM
            and {column for _, column in (relation.target, *relation.operands)} == {number}
        }
        for number in range(1, width + 1)
    ]
    return set.intersection(*told)


HEAD = "|2023|2024|2025"
BLOCKS = (
    HEAD,
    "Norte|1137|2211|3145",
    "Sur|2083|1319|1061",
    "Subtotal|3220|3530|4206",
    "",
    "Centro|5029|4418|1077",
    "Puerto|1641|1733|2919",
    "Subtotal|6670|6151|3996",
    "",
    "Valle|2417|1186|4238",
    "Sierra|3352|2975|1164",
    "Subtotal|5769|4161|5402",
)


def test_a_block_with_one_figure_among_zeros_is_read_like_its_siblings() -> None:
    rows = (*BLOCKS, "", "Costa|0|0|0", "Isla|4416|3909|2788", "Subtotal|4416|3909|2788")
    assert _down(*rows) == {(3, (1, 2)), (7, (5, 6)), (11, (9, 10)), (15, (13, 14))}


def test_a_lone_block_with_one_figure_among_zeros_is_left_alone() -> None:
    assert _down(HEAD, "Costa|0|0|0", "Isla|4416|3909|2788", "Subtotal|4416|3909|2788") == set()


def test_a_block_that_does_not_close_is_not_one() -> None:
    rows = (*BLOCKS, "", "Costa|0|0|0", "Isla|4416|3909|2788", "Subtotal|4416|3919|2788")
    assert _down(*rows) == {(3, (1, 2)), (7, (5, 6)), (11, (9, 10))}


def test_a_total_of_all_subtotals_takes_them_whatever_stands_between() -> None:
    rows = (*BLOCKS, "", "Personas|16|23|31", "Nota|3|8|5", "", "Total general|15659|13842|13604")
    assert (16, (3, 7, 11)) in _down(*rows)


def test_a_total_of_one_kind_of_subtotals_leaves_the_other_kind() -> None:
    rows = [HEAD]
    costs = ((1137, 2211, 3145), (5029, 4418, 1077), (2417, 1186, 4238))
    heads = ((16, 23, 31), (24, 12, 9), (18, 27, 14))
    for size, (cost, head) in enumerate(zip(costs, heads, strict=True)):
        rows += ["Sección", *["Sin cifras"] * size]
        rows += ["Subtotal costos|" + "|".join(map(str, cost)), "Subtotal personas|" + "|".join(map(str, head))]
    rows += ["", "Total costos|8583|7815|8460", "Total personas|58|62|54"]
    told = _down(*rows)
    assert (14, (2, 6, 11)) in told
    assert (15, (3, 7, 12)) in told


def test_equal_totals_of_two_sides_each_close_their_own_block() -> None:
    """Assets and what they are financed by: both sides give both totals; a blank line tells which is whose."""
    rows = (
        HEAD + "|2026|2027|2028",
        "Equipo|5185|5604|5396|7180|8065|8952",
        "Inversiones|384|341|578|668|573|730",
        "Activos|957|1271|1202|1118|1061|1144",
        "|6526|7216|7176|8966|9699|10826",
        "",
        "Acciones|4552|4364|4726|4689|7339|7682",
        "Deuda|1569|2190|1885|3542|1614|2304",
        "Otros|405|662|565|735|746|840",
        "|6526|7216|7176|8966|9699|10826",
    )
    told = _down(*rows)
    assert {(4, (1, 2, 3)), (9, (6, 7, 8))} <= told
    assert not told & {(9, (1, 2, 3)), (4, (6, 7, 8))}


def test_sparse_columns_at_the_far_end_are_of_the_total() -> None:
    """Only one line has a figure in the last columns; the total is of all of them."""
    rows = ["|Total|T1|T2|T3|T4|T5"]
    rows += [f"x{k}|{5 * k + 18}|{k + 7}|{4 * k + 11}|||" for k in range(1, 31)]
    rows[11:11] = ["y|131|40|31|25|35|", "z|77|30|20|19||8"]
    table = read_bare_table([row.split("|") for row in rows])
    found = find_relations(table.amounts, table.row_labels, table.column_labels, table.blanks)
    told = {(r.target[0], tuple(c for _, c in r.operands)) for r in found if r.target[1] == 1}
    assert told == {(row, (2, 3, 4, 5, 6)) for row in range(1, 33)}
