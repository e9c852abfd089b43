"""Historias: stories by network and month, with their captures."""

from __future__ import annotations

from pregon.document.model import Block, Paragraph, Role
from pregon.document.prose import Prose
from pregon.records.organisation import Platform
from pregon.records.totals import STORIES, over_channels
from pregon.report.captures import capture_table
from pregon.report.missing import missing_months, missing_recorded, tell_missing
from pregon.report.rows import row_of
from pregon.report.section import Case, Missing, Section, SectionReport
from pregon.report.setting import (
    checked_sum,
    counted,
    gather,
    period_name,
    print_measure,
)
from pregon.report.tables import MonthRow, month_table

SLUG = "stories"

_WITH_STORIES = {Platform.FACEBOOK, Platform.INSTAGRAM, Platform.TIKTOK}


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. Only networks that have stories appear; a month nobody recorded is «sin dato»."""
    dossier = case.dossier
    channels = [channel for channel in dossier.social_channels if channel.platform in _WITH_STORIES]
    recorded = missing_recorded(dossier, SLUG)
    if not channels:
        nothing = Paragraph(Prose("Ninguna de las redes de la entidad publica historias."), Role.NOTE)
        return SectionReport(SLUG, SECTION.title, (nothing, *tell_missing(recorded)), recorded)
    rows = [row_of(dossier, STORIES, channel) for channel in channels]
    months = tuple(over_channels(dossier, STORIES, channels, month, "stories") for month in dossier.period.months)
    whole = over_channels(dossier, STORIES, channels, dossier.period, "stories")
    if not any(part.amount is not None for row in rows for part in row.months):
        told = Prose.of("Nadie registró las historias del ", period_name(dossier.period), ".")
    elif whole.amount is None:
        told = Prose.of(
            "El número de historias del ", period_name(dossier.period), " no está completo: ", print_measure(whole), "."
        )
    else:
        told = Prose.of(
            "En el ", period_name(dossier.period), " se publicaron ", counted(whole, "historia", "historias"), "."
        )
    total = MonthRow("Total por mes", months, whole) if len(channels) > 1 else None
    blocks: list[Block] = [
        Paragraph(told),
        month_table("Historias por red y mes", "Red", dossier.period, rows, total=total),
    ]
    if any(evidence.section == SLUG for evidence in dossier.evidence):
        blocks.append(capture_table(dossier, SLUG, "Capturas de las historias por red y mes", channels))
    missing: list[Missing] = [*recorded]
    if not recorded:
        for row in rows:
            missing += missing_months(row.label, dossier.period, (row.months,))
    blocks += tell_missing(missing)
    checked = gather(*(checked_sum(f"Historias en {row.label}", row.total) for row in rows))
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing), checked=checked)


SECTION = Section(SLUG, "Historias", 90, build)
