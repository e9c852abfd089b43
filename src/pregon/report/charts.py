"""Charts made from the same measures as the tables beside them."""

from __future__ import annotations

from collections.abc import Sequence

from pregon.document.model import Chart, Picture, Series
from pregon.document.prose import Figure
from pregon.figures.period import Period
from pregon.figures.spanish import month_name
from pregon.records.totals import Measure
from pregon.report.setting import print_measure


def month_chart(
    key: str, caption: str, period: Period, lines: Sequence[tuple[str, Sequence[Measure]]], unit: str
) -> Picture | None:
    """A chart of lines by month, its description naming every value; None where there is no value at all."""
    if not any(part.amount is not None for _, parts in lines for part in parts):
        return None
    months = period.months
    series = tuple(Series(name, tuple(_figure_or_none(part) for part in parts)) for name, parts in lines)
    told = []
    for name, parts in lines:
        values = [
            f"{month_name(month.start.month)} {print_measure(part).text}"
            for month, part in zip(months, parts, strict=True)
        ]
        told.append(f"{name}: {', '.join(values)} {unit}".strip())
    description = "; ".join(told) + "."
    categories = tuple(month_name(month.start.month) for month in months)
    chart = Chart(key, caption, description, categories, series, unit)
    return Picture(alt=description, caption=caption, drawing=chart)


def _figure_or_none(part: Measure) -> Figure | None:
    return None if part.amount is None else print_measure(part).figure
