"""Figures as a sheet holds them: a number with the format that prints it, and a formula where it is made of others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import Final

from pregon.document.model import Cell
from pregon.document.prose import Figure, Operator
from pregon.figures.sheet_formats import print_cell_number

_PRINTED: Final = re.compile(
    r"(?P<about>≈[\u00a0 ]?)?(?P<sign>[+−-])?(?P<whole>\d{1,3}(?:\.\d{3})+|0|[1-9]\d*)(?:,(?P<part>\d+))?"
    r"(?P<percent>[\u00a0 ]?%)?"
)
_MOST_DIGITS: Final = 15
"""A sheet keeps no more of a number."""
_FUNCTIONS: Final = {
    Operator.SUM: "SUM",
    Operator.MEAN: "AVERAGE",
    Operator.MAXIMUM: "MAX",
    Operator.MINIMUM: "MIN",
    Operator.MEDIAN: "MEDIAN",
}


@dataclass(frozen=True, slots=True)
class SheetNumber:
    """A number and the number format under which a cell prints exactly the text it came from."""

    value: Decimal
    format: str


@dataclass(frozen=True, slots=True)
class PlacedNumber:
    """A number at a place of a sheet, rows and columns from 1."""

    row: int
    column: int
    number: SheetNumber


def read_printed(text: str) -> SheetNumber | None:
    """The number that a text prints, with its format; None where the text is no number or no format prints it so.

    >>> read_printed("34.811")
    SheetNumber(value=Decimal('34811'), format='#,##0')
    """
    found = _PRINTED.fullmatch(text)
    if found is None or len(re.sub(r"\D", "", text)) > _MOST_DIGITS:
        return None
    whole = found["whole"].replace(".", "")
    part = found["part"] or ""
    value = Decimal(f"{whole}.{part}" if part else whole)
    base = "0" if len(whole) > 3 and "." not in found["whole"] else "#,##0"
    base += f".{'0' * len(part)}" if part else ""
    if found["percent"]:
        value /= 100
        base += f"{_quote(found['percent'][:-1])}%"
    if found["sign"] in {"−", "-"}:
        value = -value
    code = _join_sections(_quote(found["about"] or ""), base, found["sign"])
    number = SheetNumber(value, code)
    return number if print_cell_number(value, code) == text else None


def write_formula(
    figure: Figure, number: SheetNumber, places: Mapping[str, PlacedNumber]
) -> tuple[str, Decimal] | None:
    """The formula that makes a figure of others on its sheet, and its value; None where the sheet has not all of them.

    A formula is written only where it prints exactly what the report prints.
    """
    operands = [places[key] for key in figure.parts if key in places]
    if len(operands) != len(figure.parts) or len(operands) < 2 or figure.key in figure.parts:
        return None
    function = _FUNCTIONS.get(figure.operator)
    names = [_name_place(each.row, each.column) for each in operands]
    if function is not None:
        formula = f"{function}({_join_places(operands)})"
    elif len(operands) == 2 and figure.operator is Operator.SHARE:
        formula = f"{names[0]}/{names[1]}"
    elif len(operands) == 2 and figure.operator is Operator.DIFFERENCE:
        formula = f"{names[0]}-{names[1]}"
    elif len(operands) == 2 and figure.operator is Operator.CHANGE:
        formula = f"({names[0]}-{names[1]})/{names[1]}"
    else:
        return None
    value = _compute(figure.operator, [each.number.value for each in operands])
    if value is None or print_cell_number(value, number.format) != print_cell_number(number.value, number.format):
        return None
    return formula, value


def sole_figure(cell: Cell) -> Figure | None:
    """The figure that is all that a cell prints."""
    marks = cell.prose.marks
    if len(marks) == 1 and (marks[0].start, marks[0].end) == (0, len(cell.text)):
        return marks[0].figure
    return None


def _compute(operator: Operator, values: Sequence[Decimal]) -> Decimal | None:
    with localcontext() as context:
        context.prec = 17
        try:
            match operator:
                case Operator.SUM:
                    return sum(values, Decimal(0))
                case Operator.MEAN:
                    return sum(values, Decimal(0)) / len(values)
                case Operator.MAXIMUM:
                    return max(values)
                case Operator.MINIMUM:
                    return min(values)
                case Operator.MEDIAN:
                    ordered = sorted(values)
                    middle = len(ordered) // 2
                    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
                case Operator.SHARE:
                    return values[0] / values[1]
                case Operator.DIFFERENCE:
                    return values[0] - values[1]
                case Operator.CHANGE:
                    return (values[0] - values[1]) / values[1]
                case _:
                    return None
        except (DivisionByZero, InvalidOperation):
            return None


def _join_places(operands: Sequence[PlacedNumber]) -> str:
    """«B5:D5» for cells that follow one another in a row or a column, else «B5,D5,E7»."""
    rows = [each.row for each in operands]
    columns = [each.column for each in operands]
    steps_right = columns == list(range(columns[0], columns[0] + len(columns))) and len(set(rows)) == 1
    steps_down = rows == list(range(rows[0], rows[0] + len(rows))) and len(set(columns)) == 1
    if steps_right or steps_down:
        return f"{_name_place(rows[0], columns[0])}:{_name_place(rows[-1], columns[-1])}"
    return ",".join(_name_place(each.row, each.column) for each in operands)


def _name_place(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _join_sections(about: str, base: str, sign: str | None) -> str:
    """The whole format. A report's minus is «−» and not the keyboard's hyphen, so the negative part says it."""
    if sign is None:
        return about + base
    if sign == "-":
        return f"{about}{base};{about}\\-{base}"
    plus = '"+"' if sign == "+" else ""
    return f'{about}{plus}{base};{about}"−"{base};{about}{base}'


def _quote(words: str) -> str:
    return f'"{words}"' if words else ""
