"""Figures that are added more than once: differences, second readings, totals over subtotals; and what is refused."""

from pregon.document.prose import Operator
from pregon.relations.bare import read_bare_table
from pregon.relations.find import find_relations

Place = tuple[int, int]
Columns = tuple[int, ...]


def _sums(*rows: str) -> set[tuple[Place, tuple[Place, ...]]]:
    table = read_bare_table([row.split("|") for row in rows])
    found = find_relations(table.amounts, table.row_labels, table.column_labels, table.blanks)
    return {(relation.target, relation.operands) for relation in found if relation.operator is Operator.SUM}


def _across(*rows: str) -> set[tuple[int, Columns]]:
    """The sums along rows that hold in every row of figures: column of the total, columns of its parts."""
    told = [
        {
            (target[1], tuple(column for _, column in parts))
            for target, parts in _sums(*rows)
            if {row for row, _ in (target, *parts)} == {number}
        }
        for number in range(1, len(rows))
    ]
    return set.intersection(*told)


def _table(head: str, *columns: list[int]) -> list[str]:
    return [head, *(f"x{number}|" + "|".join(map(str, row)) for number, row in enumerate(zip(*columns, strict=True)))]


A = [1371, 2834, 4297, 1568, 3945]
B = [2118, 3196, 1450, 2773, 1681]
C = [1613, 1248, 2976, 3359, 2207]
D = [1724, 4091, 2662, 1893, 3527]


def _plus(*columns: list[int]) -> list[int]:
    return [sum(row) for row in zip(*columns, strict=True)]


def test_what_is_left_of_a_total_is_a_reading_of_it() -> None:
    """«Subtotal» sums three columns; two columns on, what was dropped of it and what is left."""
    total = _plus(A, B, C)
    dropped = [value // 3 for value in total]
    left = [whole - part for whole, part in zip(total, dropped, strict=True)]
    assert _across(*_table("|A|B|C|Subtotal|Fuera|Queda", A, B, C, total, dropped, left)) == {
        (4, (1, 2, 3)),
        (4, (5, 6)),
    }


def test_a_base_is_a_part_of_every_figure_whose_difference_from_it_is_told() -> None:
    first, second = _plus(A, B), _plus(A, C)
    rows = _table("|Meta|Sin ayuda|Diferencia|Con ayuda|Diferencia", A, first, B, second, C)
    assert _across(*rows) == {(2, (1, 3)), (4, (1, 5))}


def test_differences_of_rates_are_told_too() -> None:
    rows = _table("|% 2023|% 2024|Cambio 2024-2023", A, _plus(A, B), B)
    assert (2, (1, 3)) in _across(*rows)


def test_what_is_left_opens_the_next_account() -> None:
    """Before tax = tax + after tax; after tax and what comes besides = net: «after tax» is a part of both."""
    before, net = _plus(A, B), _plus(B, C, D)
    rows = ["|" + "|".join(f"T{k}" for k in range(5))]
    for name, line in (("Antes", before), ("Impuesto", A), ("Después", B), ("Otros", C), ("Extra", D), ("Neto", net)):
        rows.append(f"{name}|" + "|".join(map(str, line)))
    told = _sums(*rows)
    assert {((1, 1), ((2, 1), (3, 1))), ((6, 1), ((3, 1), (4, 1), (5, 1)))} <= told


def test_a_total_over_subtotals_names_them_and_not_their_parts() -> None:
    """Every third column is the total of its block; the first of all sums two of them and a block's subtotals."""
    level, rest = _plus(A, B, C, D), _plus(B, D)
    rows = _table(
        "|Total|Escuela Total|Nivel 1 Total|Nivel 1 Mujeres|Nivel 2 Total|Nivel 2 Mujeres|Otros",
        _plus(level, rest),
        level,
        _plus(A, B),
        B,
        _plus(C, D),
        D,
        rest,
    )
    told = _across(*rows)
    assert (1, (2, 7)) in told
    assert not any(target == 1 and {3, 5} <= set(parts) for target, parts in told)


def test_a_copy_of_a_total_far_from_its_parts_is_no_total() -> None:
    exam = _plus(A, B)
    rows = _table("|Oral|Escrito|Examen|Tarea|Taller|Notas|Total examen", A, B, exam, C, D, [7, 3, 9, 4, 8], exam)
    assert {told for told in _across(*rows) if told[0] in (3, 7)} == {(3, (1, 2))}


def test_the_double_of_a_total_is_not_its_parts_and_itself() -> None:
    part = _plus(A, B)
    assert _across(*_table("|A|B|Prueba|Puntos", A, B, part, _plus(part, part))) == {(3, (1, 2))}


def test_a_part_within_the_rounding_of_its_total_proves_nothing() -> None:
    """People and what they cost, in whole hundreds, year by year: the cost is not 1 + cost + 1."""
    cost = [50000, 15000, 18000, 75300, 20900, 90400]
    people = [1, 2, 1, 4, 3, 2]
    rows = _table("|Personas|Costo|Personas|Costo|Personas|Costo", people, cost, people, cost, people, cost)
    assert _across(*rows) == set()


def test_small_figures_do_not_make_second_readings() -> None:
    """2 = 1 + 1 holds somewhere in every small table."""
    rows = ("|A|B|C|Total", "x|1|1|2|4", "y|2|1|3|6", "z|1|2|3|6", "w|3|1|4|8")
    assert {told for told in _sums(*rows) if told[0][1] != 4} == set()
