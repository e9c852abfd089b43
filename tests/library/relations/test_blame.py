"""Which figure is charged with what does not close."""

from decimal import Decimal

from pregon.document.prose import Operator
from pregon.figures.amount import Amount
from pregon.relations.blame import assign_blame
from pregon.relations.relation import Relation, Support, judge, sum_intervals


def _sum(figures: dict[str, int], target: str, *operands: str) -> Relation[str]:
    stated = Amount.exact(figures[target])
    computed = sum_intervals(Amount.exact(figures[operand]) for operand in operands)
    return Relation(Operator.SUM, target, operands, stated, computed, judge(stated, computed), Support.LABEL)


def test_a_figure_that_two_accounts_accuse() -> None:
    figures = {"x": 179, "fb": 94, "ig": 89, "all": 273, "oct": 46, "nov": 19, "dic": 25}
    relations = [_sum(figures, "x", "oct", "nov", "dic"), _sum(figures, "all", "fb", "ig", "x")]
    (blame,) = assign_blame(relations, rank={})
    assert (blame.place, blame.difference, blame.relations, blame.is_sure) == ("x", Decimal(89), (0, 1), True)


def test_the_cell_where_row_and_column_cross() -> None:
    figures = {"a": 45, "b": 24, "row": 68, "c": 46, "d": 19, "row2": 65, "col": 90, "col2": 43, "all": 133}
    relations = [
        _sum(figures, "row", "a", "b"),
        _sum(figures, "row2", "c", "d"),
        _sum(figures, "col", "a", "c"),
        _sum(figures, "col2", "b", "d"),
        _sum(figures, "all", "row", "row2"),
    ]
    (blame,) = assign_blame(relations, rank={})
    assert (blame.place, blame.difference, blame.relations, blame.is_sure) == ("a", Decimal(1), (0, 2), True)


def test_what_holds_elsewhere_is_trusted() -> None:
    figures = {"total": 36, "a": 10, "b": 13, "c": 14, "b again": 13}
    relations = [_sum(figures, "total", "a", "b", "c"), _sum(figures, "b again", "b")]
    (blame,) = assign_blame(relations, rank={"total": 0, "a": 1, "c": 1})
    assert (blame.place, blame.difference, blame.is_sure) == ("total", Decimal(-1), False)


def test_two_slips_are_two_blames() -> None:
    figures = {"t": 5, "a": 2, "b": 2, "u": 9, "c": 5, "d": 5}
    blames = assign_blame(
        [_sum(figures, "t", "a", "b"), _sum(figures, "u", "c", "d")], rank={"a": 1, "b": 1, "c": 1, "d": 1}
    )
    assert [(blame.place, blame.relations) for blame in blames] == [("t", (0,)), ("u", (1,))]


def test_a_relation_whose_figures_all_hold_elsewhere_is_its_targets() -> None:
    figures = {"t": 5, "a": 2, "b": 2, "t2": 5, "ab": 4}
    relations = [_sum(figures, "t", "a", "b"), _sum(figures, "t2", "t"), _sum(figures, "ab", "a", "b")]
    (blame,) = assign_blame(relations, rank={})
    assert (blame.place, blame.is_sure) == ("t", False)
