"""Comunicación interna: WhatsApp messages, wallpapers and any other internal channel, by month, with totals."""

from __future__ import annotations

from pregon.document.model import Block, Paragraph, Role
from pregon.document.prose import Prose
from pregon.figures.metric import metric
from pregon.report.missing import missing_months, missing_recorded, tell_missing
from pregon.report.rows import internal_metric, internal_rows, tell_internal
from pregon.report.section import Case, Section, SectionReport
from pregon.report.setting import checked_sum, gather, period_name
from pregon.report.sources import name_sources, source_line
from pregon.report.tables import month_table

SLUG = "internal_messages"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. Messages and wallpapers are different things: each has its total and they are not added."""
    dossier = case.dossier
    rows = internal_rows(dossier)
    missing = list(missing_recorded(dossier, SLUG))
    if not rows:
        nothing = Paragraph(Prose("La entidad no registró canales internos."), Role.NOTE)
        return SectionReport(SLUG, SECTION.title, (nothing, *tell_missing(missing)), tuple(missing))
    told = tell_internal(dossier)
    blocks: list[Block] = [
        Paragraph(Prose.of("En el ", period_name(dossier.period), " la entidad difundió a su personal ", told, ".")),
        month_table("Comunicación interna por canal y mes", "Canal", dossier.period, [row for _, row in rows]),
    ]
    named = name_sources(dossier, [part for _, row in rows for part in row.months])
    blocks += source_line(named)
    for channel, row in rows:
        missing += missing_months(channel.name, dossier.period, (row.months,))
    blocks += tell_missing(missing)
    checked = gather(
        *(
            checked_sum(f"{channel.name}: {metric(internal_metric(channel)[0]).name.lower()}", row.total)
            for channel, row in rows
        )
    )
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing), named, checked)


SECTION = Section(SLUG, "Comunicación interna", 30, build)
