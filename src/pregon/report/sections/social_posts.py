"""Publicaciones en redes sociales: posts by network and month, totals both ways, and their chart."""

from __future__ import annotations

from pregon.document.model import Block, Paragraph, Role
from pregon.document.prose import Operator, Prose
from pregon.figures.spanish import print_number
from pregon.records.comparison import percentage
from pregon.records.totals import POSTS, Measure, find_discrepancies, over_channels
from pregon.report.charts import month_chart
from pregon.report.missing import missing_months, missing_recorded, tell_missing
from pregon.report.rows import row_of, social_total
from pregon.report.section import Case, Missing, Section, SectionReport
from pregon.report.setting import (
    checked_sum,
    cited,
    computed,
    counted,
    gather,
    joined,
    number,
    period_name,
    print_measure,
)
from pregon.report.sources import name_sources, source_line
from pregon.report.tables import MonthRow, month_table

SLUG = "social_posts"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. The same piece in two networks is two posts; stories and replies are not posts."""
    dossier = case.dossier
    period = dossier.period
    channels = dossier.social_channels
    missing = list(missing_recorded(dossier, SLUG))
    if not channels:
        nothing = Paragraph(Prose("La entidad no registró redes sociales entre sus canales."), Role.NOTE)
        return SectionReport(SLUG, SECTION.title, (nothing, *tell_missing(missing)), tuple(missing))
    rows = [row_of(dossier, POSTS, channel) for channel in channels]
    months = tuple(over_channels(dossier, POSTS, channels, month, "social") for month in period.months)
    whole = social_total(dossier)
    blocks: list[Block] = [
        Paragraph(_tell(case, rows, months, whole)),
        month_table("Publicaciones por red y mes", "Red", period, rows, total=MonthRow("Total por mes", months, whole)),
    ]
    named = name_sources(dossier, [part for row in rows for part in row.months])
    blocks += source_line(named)
    lines = [(row.label, row.months) for row in rows]
    chart = month_chart(SLUG, _title_chart(case, months), period, lines, "publicaciones")
    blocks += [chart] if chart else []
    for row in rows:
        missing += missing_months(row.label, period, (row.months,))
    missing += _differences(case)
    blocks += tell_missing(missing)
    checked = [checked_sum(f"Publicaciones en {row.label}", row.total) for row in rows]
    checked.append(checked_sum("Publicaciones por red", whole))
    checked += [
        checked_sum(f"Publicaciones de {_month_name(month.title)}", total)
        for month, total in zip(period.months, months, strict=True)
    ]
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing), named, gather(*checked))


def _month_name(title: str) -> str:
    return title.split(" de ", 1)[0]


def _tell(case: Case, rows: list[MonthRow], months: tuple[Measure, ...], whole: Measure) -> Prose:
    period = case.dossier.period
    start = Prose.of("En el ", period_name(period), " la entidad ")
    shares = joined([Prose.of(print_measure(row.total), " en ", cited("channel", row.label)) for row in rows])
    if whole.value is None:
        return Prose.of(
            start, "no tiene completo el registro de sus publicaciones en redes sociales (",
            print_measure(whole), "): ", shares, ".",
        )  # fmt: skip
    told = Prose.of(start, "hizo ", counted(whole, "publicación", "publicaciones"), " en redes sociales: ", shares, ".")
    best = max(range(len(months)), key=lambda place: months[place].value or 0)
    most = months[best].value
    if most is None or not whole.value or sum(1 for month in months if month.value == most) > 1:
        return told
    share = percentage(most, whole.value)
    key = f"{months[best].key}.share"
    formula = f"{print_number(most)} ÷ {print_number(whole.value)} × 100"
    return Prose.of(
        told,
        f" {_month_name(period.months[best].title).capitalize()} reunió ",
        print_measure(months[best]),
        ", el ",
        computed(key, share, Operator.SHARE, (months[best].key, whole.key), formula),
        " del trimestre.",
    )


def _title_chart(case: Case, months: tuple[Measure, ...]) -> str:
    values = [month.value for month in months]
    known = [value for value in values if value is not None]
    if len(known) == len(values) and known and known.count(max(known)) == 1:
        name = _month_name(case.dossier.period.months[values.index(max(known))].title)
        return f"{name.capitalize()} fue el mes con más publicaciones"
    return "Publicaciones por red y mes"


def _differences(case: Case) -> list[Missing]:
    """Where the office recorded a count and listed another number of posts: one of the two must be mended."""
    found = []
    for difference in find_discrepancies(case.dossier):
        if difference.code != POSTS:
            continue
        key = f"{difference.code}.{difference.channel}.{difference.period}"
        what = Prose.of(
            cited("channel", case.dossier.channel(difference.channel).name),
            ": la medición dice ",
            number(f"{key}.recorded", int(difference.recorded.value), Operator.RECORDED),
            " y hay ",
            number(f"{key}.listed", difference.listed),
            " publicaciones anotadas",
        )
        found.append(Missing(what))
    return found


SECTION = Section(SLUG, "Publicaciones en redes sociales", 40, build)
