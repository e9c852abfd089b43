"""Estadísticas por plataforma: a chart from the records for each network, and the captures that back each month."""

from __future__ import annotations

from pregon.document.model import Block, Heading, Paragraph
from pregon.document.prose import Prose
from pregon.figures.metric import metric
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel
from pregon.records.totals import COUNTED, by_month
from pregon.report.captures import capture_table
from pregon.report.charts import month_chart
from pregon.report.missing import missing_recorded, tell_missing
from pregon.report.section import Case, Section, SectionReport
from pregon.report.setting import cited

SLUG = "platform_statistics"

_PREFERRED = ("views", "impressions", "reach", "visits")


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. Captures are evidence, not figures: they stand as references in the index of evidence."""
    dossier = case.dossier
    missing = missing_recorded(dossier, SLUG)
    blocks: list[Block] = [
        Paragraph(
            Prose(
                "Cada gráfica sale de los registros. Las capturas de pantalla respaldan las cifras "
                "y están en el índice de evidencias."
            )
        )
    ]
    for channel in dossier.social_channels:
        code = _leading_metric(dossier, channel)
        if code is None:
            continue
        name = metric(code).name
        chart = month_chart(
            f"{SLUG}.{channel.code}",
            f"{name} en {channel.name} por mes",
            dossier.period,
            [(name, by_month(dossier, code, channel.code))],
            name.lower(),
        )
        if chart:
            blocks += [Heading(2, Prose.of(cited("channel", channel.name))), chart]
    if dossier.social_channels:
        caption = "Capturas de las estadísticas por red y mes"
        blocks.append(capture_table(dossier, SLUG, caption, dossier.social_channels))
    blocks += tell_missing(missing)
    return SectionReport(SLUG, SECTION.title, tuple(blocks), missing)


def _leading_metric(dossier: Dossier, channel: Channel) -> str | None:
    observed = [o.metric for o in dossier.observations if o.channel == channel.code and o.metric not in COUNTED]
    for code in _PREFERRED:
        if code in observed:
            return code
    return observed[0] if observed else None


SECTION = Section(SLUG, "Estadísticas por plataforma", 80, build)
