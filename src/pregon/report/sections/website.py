"""Sede electrónica: visits and news by month, their totals, a chart and the source."""

from __future__ import annotations

from pregon.document.model import Block, Paragraph, Role
from pregon.document.prose import Prose
from pregon.records.organisation import Channel
from pregon.records.totals import NEWS_ITEMS
from pregon.report.charts import month_chart
from pregon.report.missing import missing_months, missing_recorded, tell_missing
from pregon.report.rows import row_of, websites
from pregon.report.section import Case, Checked, Section, SectionReport
from pregon.report.setting import checked_sum, cited, counted, gather, period_name, print_measure
from pregon.report.sources import name_sources, source_line
from pregon.report.tables import MonthRow, month_table

SLUG = "website"
VISITS = "visits"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section; an institution without a website says so."""
    dossier = case.dossier
    blocks: list[Block] = []
    checked: list[Checked] = []
    missing = list(missing_recorded(dossier, SLUG))
    sources: list[str] = []
    for channel in websites(dossier):
        visits = row_of(dossier, VISITS, channel, "Visitas")
        news = row_of(dossier, NEWS_ITEMS, channel, "Noticias publicadas")
        blocks.append(Paragraph(_tell(case, channel, visits, news)))
        blocks.append(
            month_table(
                f"Visitas y noticias de {_in_sentence(channel)} por mes", "Medida", dossier.period, (visits, news)
            )
        )
        chart = month_chart(
            f"{SLUG}.{channel.code}",
            f"Visitas a {_in_sentence(channel)} por mes",
            dossier.period,
            [("Visitas", visits.months)],
            "visitas",
        )
        blocks += [chart] if chart else []
        named = name_sources(dossier, (*visits.months, *news.months))
        sources += named
        blocks += source_line(named)
        missing += missing_months(channel.name, dossier.period, (visits.months, news.months))
        checked += gather(
            checked_sum(f"Visitas a {_in_sentence(channel)}", visits.total),
            checked_sum(f"Noticias de {_in_sentence(channel)}", news.total),
        )
    if not websites(dossier):
        blocks.append(Paragraph(Prose("La entidad no registró una sede electrónica entre sus canales."), Role.NOTE))
    blocks += tell_missing(missing)
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing), tuple(sources), tuple(checked))


def _in_sentence(channel: Channel) -> str:
    name = channel.name
    return f"la {name[0].lower()}{name[1:]}" if name.lower().startswith("sede") else name


def _tell(case: Case, channel: Channel, visits: MonthRow, news: MonthRow) -> Prose:
    place = _in_sentence(channel)
    start = Prose.of("En el ", period_name(case.dossier.period), ", ", cited("channel", place), " ")
    if visits.total.amount is None:
        told = Prose.of(start, "no tiene todavía el total de visitas (", print_measure(visits.total), ")")
    else:
        told = Prose.of(start, "recibió ", counted(visits.total, "visita", "visitas"))
    if news.total.amount is None:
        told = Prose.of(told, "; del total de noticias ", print_measure(news.total), ".")
    else:
        told = Prose.of(told, " y publicó ", counted(news.total, "noticia", "noticias"), ".")
    known = [
        (month, part) for month, part in zip(case.dossier.period.months, visits.months, strict=True) if part.amount
    ]
    if len(known) < 2 or len(known) < len(visits.months):
        return told
    month, best = max(known, key=lambda pair: pair[1].value or 0)
    if sum(1 for _, part in known if part.value == best.value) > 1:
        return told
    name = month.title.split(" de ", 1)[0]
    return Prose.of(told, f" El mes con más visitas fue {name}, con ", print_measure(best), ".")


SECTION = Section(SLUG, "Sede electrónica", 20, build)
