"""Setting figures into words and cells: the one place where a measure becomes text with its provenance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from pregon.document.model import Cell, CellState
from pregon.document.prose import Figure, FigureKind, Operator, Printed, Prose
from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import join_words, month_name, print_amount, print_date, print_number
from pregon.records.totals import Account, Measure, MeasureState
from pregon.report.section import Checked

APPROXIMATELY: Final = "≈\N{NO-BREAK SPACE}"
NO_DATA: Final = "sin dato"
NOT_APPLICABLE: Final = "no aplica"
NOT_ADDABLE: Final = "no sumable"
NOT_MEASURABLE: Final = "no medible"

_OPERATORS: Final = {
    Account.RECORDED: Operator.RECORDED,
    Account.COUNT: Operator.COUNT,
    Account.SUM: Operator.SUM,
}
_STATES: Final = {
    MeasureState.VALUE: CellState.VALUE,
    MeasureState.NO_DATA: CellState.NO_DATA,
    MeasureState.NOT_APPLICABLE: CellState.NOT_APPLICABLE,
    MeasureState.NOT_ADDABLE: CellState.NOT_ADDABLE,
}


def print_measure(measure: Measure) -> Printed:
    """A measure as it is printed: its number, ≈ before an estimate, or the words for its absence."""
    if measure.amount is None:
        return Printed(_print_absence(measure), Figure(measure.key, FigureKind.STATE, sources=measure.sources))
    text = print_number(measure.amount.value)
    figure = Figure(
        measure.key,
        FigureKind.NUMBER,
        measure.amount,
        _OPERATORS[measure.account],
        tuple(part.key for part in measure.parts),
        measure.sources,
        formula=_write_formula(measure),
        is_estimate=measure.is_estimate,
    )
    return Printed(APPROXIMATELY + text if measure.is_estimate else text, figure)


def _print_absence(measure: Measure) -> str:
    if measure.lacking and len(measure.lacking) < len(measure.parts):
        verb = "falta" if len(measure.lacking) == 1 else "faltan"
        return f"{verb} {join_words([_without_year(name) for name in measure.lacking])}"
    return {
        MeasureState.NO_DATA: NO_DATA,
        MeasureState.NOT_APPLICABLE: NOT_APPLICABLE,
        MeasureState.NOT_ADDABLE: NOT_ADDABLE,
    }[measure.state]


def _without_year(name: str) -> str:
    return name.split(" de ", 1)[0]


def _write_formula(measure: Measure) -> str:
    if measure.account is not Account.SUM or measure.amount is None:
        return ""
    terms = [print_number(part.amount.value) for part in measure.parts if part.amount is not None]
    return f"{' + '.join(terms)} = {print_number(measure.amount.value)}" if len(terms) > 1 else ""


def cell_of(measure: Measure) -> Cell:
    """A cell that holds a measure, in the face that its state asks for."""
    return Cell(Prose.of(print_measure(measure)), state=_STATES[measure.state])


def words(text: str) -> Cell:
    """A cell of plain words (no figure in it)."""
    return Cell(Prose(text))


def named(key: str, text: str, *, absent: str = NO_DATA) -> Cell:
    """A cell of a record's own words, or one that says that they are not there."""
    return Cell(Prose.of(cited(key, text))) if text.strip() else missing_cell(absent, key)


def cell(*parts: str | Printed | Prose) -> Cell:
    """A cell of words and figures."""
    return Cell(Prose.of(*parts))


def missing_cell(text: str = NO_DATA, key: str = "state") -> Cell:
    """A cell that says that something is not there."""
    return Cell(Prose.of(absence(text, key)), state=CellState.NO_DATA)


def absence(text: str, key: str = "state") -> Printed:
    """Words that stand where a figure should: «pendiente: Marcela Ríos, 15 ene 2026»."""
    return Printed(text, Figure(key, FigureKind.STATE))


def number(key: str, value: int, operator: Operator = Operator.COUNT, sources: Iterable[str] = ()) -> Printed:
    """A whole number with its key, as it is printed."""
    figure = Figure(key, FigureKind.NUMBER, Amount.exact(value), operator, sources=tuple(sources))
    return Printed(print_number(value), figure)


def computed(key: str, amount: Amount, operator: Operator, parts: Sequence[str] = (), formula: str = "") -> Printed:
    """A computed amount: a share, a mean, a change."""
    figure = Figure(key, FigureKind.NUMBER, amount, operator, tuple(parts), formula=formula)
    return Printed(print_amount(amount), figure)


def signed(key: str, amount: Amount, operator: Operator, parts: Sequence[str] = ()) -> Printed:
    """A change with its sign: «+12», «−1», «+8,5 %»; no change has none."""
    text = print_amount(amount)
    figure = Figure(key, FigureKind.NUMBER, amount, operator, tuple(parts))
    return Printed(f"+{text}" if amount.value > 0 else text, figure)


def day(key: str, value: date, *, short: bool = False) -> Printed:
    """A date as it is printed; `short` in tables."""
    return Printed(print_date(value, short=short), Figure(key, FigureKind.DATE))


def period_name(period: Period) -> Printed:
    """The period in words: «cuarto trimestre de 2025»."""
    return Printed(period.title, Figure(f"period.{period}", FigureKind.PERIOD))


def period_span(period: Period) -> Printed:
    """The days of the period: «1 de octubre al 31 de diciembre de 2025»."""
    return Printed(period.span_title, Figure(f"period.{period}.span", FigureKind.PERIOD))


def cited(key: str, text: str) -> Printed:
    """Words of a record, printed as the office wrote them."""
    return Printed(text, Figure(key, FigureKind.CITED))


def noun(value: int | None, singular: str, plural: str) -> str:
    """The noun that agrees with a count."""
    return singular if value == 1 else plural


def counted(measure: Measure, singular: str, plural: str) -> Prose:
    """A measure and its noun: «273 publicaciones», «1 noticia»; without datum, «noticias (falta octubre)»."""
    if measure.amount is None:
        return Prose.of(f"{plural} (", print_measure(measure), ")")
    return Prose.of(print_measure(measure), " ", noun(int(measure.amount.value), singular, plural))


def joined(parts: Sequence[Prose | Printed | str]) -> Prose:
    """Prose joined as a list: «a, b y c», with «e» before the sound of i."""
    settled = [Prose.of(part) for part in parts]
    if not settled:
        return Prose()
    out = settled[0]
    for place, part in enumerate(settled[1:], start=1):
        last = place == len(settled) - 1
        link = f" {join_words(['', part.text]).split()[0]} " if last else ", "
        out = Prose.of(out, link, part)
    return out


def month_title(period: Period) -> str:
    """A month's name for the head of a column: «Octubre»."""
    return month_name(period.start.month).capitalize()


def checked_sum(what: str, total: Measure) -> Checked | None:
    """The account of a sum that closes, every term marked; None where there is no sum of two terms or more."""
    if total.account is not Account.SUM or total.amount is None or len(total.parts) < 2:
        return None
    pieces: list[str | Printed] = []
    for part in total.parts:
        pieces += [" + ", print_measure(part)]
    return Checked(what, Prose.of(*pieces[1:], " = ", print_measure(total)))


def gather(*checks: Checked | None) -> tuple[Checked, ...]:
    """The accounts that could be made."""
    return tuple(check for check in checks if check is not None)
