"""Seguimiento a la audiencia: what each network's audience did by month; the quarter only where it may be told."""

from __future__ import annotations

from pregon.document.model import Block, Heading, Paragraph, Role
from pregon.document.prose import Prose
from pregon.figures.metric import Additivity, find_metric, metric
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel
from pregon.records.publishing import Method
from pregon.records.totals import COUNTED, MeasureState
from pregon.report.missing import missing_months, missing_recorded, tell_missing
from pregon.report.rows import row_of
from pregon.report.section import Case, Checked, Definition, Missing, Section, SectionReport
from pregon.report.setting import checked_sum, cited, gather, period_name
from pregon.report.sources import name_sources, source_line
from pregon.report.tables import MonthRow, month_table

SLUG = "audience"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. Reach and viewers are people, so neither months nor networks are added."""
    dossier = case.dossier
    blocks: list[Block] = []
    missing: list[Missing] = [*missing_recorded(dossier, SLUG)]
    sources: list[str] = []
    checked: list[Checked] = []
    shown: dict[str, None] = {}
    told_pending = tell_missing(missing)
    for channel in dossier.social_channels:
        codes = audience_metrics(dossier, channel)
        if not codes:
            continue
        shown.update(dict.fromkeys(codes))
        rows = [row_of(dossier, code, channel, _label(code)) for code in codes]
        blocks.append(Heading(2, Prose.of(cited("channel", channel.name))))
        blocks.append(month_table(f"Audiencia de {channel.name}", "Métrica", dossier.period, rows, last="Trimestre"))
        named = name_sources(dossier, [part for row in rows for part in row.months])
        sources += named
        blocks += source_line(named)
        blocks += _notes(dossier, channel, rows)
        gaps = missing_months(channel.name, dossier.period, [row.months for row in rows])
        blocks += tell_missing(gaps)
        missing += gaps
        checked += gather(*(checked_sum(f"{channel.name}, {row.label.lower()}", row.total) for row in rows))
    if not blocks:
        blocks.append(
            Paragraph(
                Prose.of("No se registraron cifras de audiencia en el ", period_name(dossier.period), "."), Role.NOTE
            )
        )
    blocks += told_pending
    definitions = tuple(Definition(_label(code), _define(code)) for code in shown)
    unique = dict.fromkeys(sources)
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing), tuple(unique), tuple(checked), definitions)


def audience_metrics(dossier: Dossier, channel: Channel) -> tuple[str, ...]:
    """The metrics observed in a channel, in the order the office recorded them; what is counted from posts apart."""
    found = dict.fromkeys(o.metric for o in dossier.observations if o.channel == channel.code)
    return tuple(code for code in found if code not in COUNTED)


def _define(code: str) -> Prose:
    return Prose.of(cited(f"metric.{code}", metric(code).definition))


def _label(code: str) -> str:
    return metric(code).name


def _notes(dossier: Dossier, channel: Channel, rows: list[MonthRow]) -> list[Paragraph]:
    notes = []
    for row in rows:
        if row.total.state is MeasureState.NOT_ADDABLE:
            found = find_metric(row.label)
            if found is not None and found.over_time is Additivity.NOT_ADDABLE:
                why = cited(f"metric.{found.code}.why_not", found.why_not)
                told = Prose.of(f"{found.name}: no sumable entre meses, porque ", why, ".")
                notes.append(Paragraph(told, Role.SOURCE))
    by_hand = [
        o
        for o in dossier.observations
        if o.channel == channel.code and o.method in {Method.MANUAL_COUNT, Method.ESTIMATE} and o.metric not in COUNTED
    ]
    if by_hand:
        how = "conteo manual" if by_hand[0].method is Method.MANUAL_COUNT else "estimación"
        names = dict.fromkeys(_label(o.metric).lower() for o in by_hand)
        note = next((o.note for o in by_hand if o.note), "")
        estimated = Prose.of(f"≈ Cifras estimadas por {how}: {', '.join(names)}.")
        if note:
            estimated = Prose.of(estimated, " ", cited(f"{SLUG}.{channel.code}.note", note))
        notes.append(Paragraph(estimated, Role.SOURCE))
    return notes


SECTION = Section(SLUG, "Seguimiento a la audiencia", 70, build)
