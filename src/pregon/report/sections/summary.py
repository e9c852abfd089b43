"""Resumen: the totals in sentences, external and internal apart, and their change since earlier periods."""

from __future__ import annotations

from collections.abc import Callable

from pregon.document.model import Block, Cell, Paragraph, Role, Table
from pregon.document.prose import Operator, Printed, Prose
from pregon.figures.period import Period
from pregon.records.comparison import change_between
from pregon.records.dossier import Dossier
from pregon.records.indicators import events_within
from pregon.records.monitors import judge_deliveries, seen_on
from pregon.records.service import RequestKind
from pregon.records.totals import Measure, MeasureState, count, over_channels, over_months
from pregon.report.missing import missing_recorded, tell_missing
from pregon.report.rows import (
    external_total,
    internal_metric,
    internal_rows,
    news_total,
    request_row,
    row_of,
    social_total,
    tell_internal,
    websites,
)
from pregon.report.section import Case, Missing, Section, SectionReport
from pregon.report.setting import (
    cell,
    cell_of,
    checked_sum,
    cited,
    counted,
    gather,
    missing_cell,
    named,
    period_name,
    print_measure,
    signed,
    words,
)

SLUG = "summary"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. What is internal is told apart and never added to what was published to the outside."""
    dossier = case.dossier
    missing = [*missing_recorded(dossier, SLUG), *_missing_earlier(case)]
    blocks: list[Block] = [Paragraph(_tell_external(dossier))]
    for channel in dossier.social_channels:
        row = row_of(dossier, "posts", channel)
        told = Prose.of(cited("channel", channel.name), ": ", counted(row.total, "publicación", "publicaciones"))
        blocks.append(Paragraph(told, Role.ITEM))
    for channel in websites(dossier):
        row = row_of(dossier, "news_items", channel)
        told = Prose.of(cited("channel", channel.name), ": ", counted(row.total, "noticia", "noticias"))
        blocks.append(Paragraph(told, Role.ITEM))
    internal = _tell_internal(dossier)
    blocks += [Paragraph(internal)] if internal else []
    blocks.append(_compare(case))
    blocks += tell_missing(missing)
    checked = gather(checked_sum("Publicaciones externas: redes y noticias", external_total(dossier)))
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing), checked=checked)


def _tell_external(dossier: Dossier) -> Prose:
    total = external_total(dossier)
    start = Prose.of("En el ", period_name(dossier.period), " la entidad ")
    parts = Prose.of(
        counted(social_total(dossier), "publicación", "publicaciones"),
        " en redes sociales y ",
        counted(news_total(dossier), "noticia", "noticias"),
        " en la sede electrónica",
    )
    if total.amount is None:
        return Prose.of(
            start, "publicó hacia fuera ", parts, "; el total queda pendiente (", print_measure(total), ")."
        )
    return Prose.of(start, "hizo ", counted(total, "publicación externa", "publicaciones externas"), ": ", parts, ".")


def _tell_internal(dossier: Dossier) -> Prose | None:
    if not internal_rows(dossier):
        return None
    return Prose.of("Hacia dentro difundió ", tell_internal(dossier), ". Lo interno no se suma con lo externo.")


_Take = Callable[[Dossier], Measure]


def _lines(dossier: Dossier) -> list[tuple[str, _Take]]:
    lines: list[tuple[str, _Take]] = [
        ("Publicaciones en redes", social_total),
        ("Noticias", news_total),
        ("Publicaciones externas", external_total),
        ("Visitas a la sede electrónica", _visits),
    ]
    for channel in dossier.channels:
        if channel.is_internal:
            code, _, plural = internal_metric(channel)
            lines.append((plural[0].upper() + plural[1:], _taker(code, channel.code)))
    lines += [("Eventos", _events), ("Acompañamientos pedidos", _coverage), ("Diseños pedidos", _designs)]
    lines.append(("Solicitudes que pasaron de su fecha", _late))
    return lines


def _taker(code: str, channel: str) -> _Take:
    return lambda dossier: over_months(dossier, code, channel)


def _visits(dossier: Dossier) -> Measure:
    return over_channels(dossier, "visits", websites(dossier), dossier.period, "website")


def _events(dossier: Dossier) -> Measure:
    sources = (f"event:{event.reference}" for event in events_within(dossier))
    return count(f"events.{dossier.period}", sources)


def _coverage(dossier: Dossier) -> Measure:
    return request_row(dossier, RequestKind.COVERAGE, "").total


def _designs(dossier: Dossier) -> Measure:
    return request_row(dossier, RequestKind.DESIGN, "").total


def _late(dossier: Dossier) -> Measure:
    """The requests that missed their date; without any that had one to meet, nobody knows."""
    key = f"requests.late.{dossier.period}"
    found = judge_deliveries(dossier.requests, period=dossier.period, as_of=seen_on(dossier))
    if not found.judged:
        return Measure(key, MeasureState.NO_DATA)
    return count(key, (f"request:{request.reference}" for request in found.failed))


def _compare(case: Case) -> Table:
    against = [
        (_period_cell(earlier.period), words(change), earlier)
        for earlier, change in ((case.previous, "Cambio"), (case.year_before, "Cambio en un año"))
        if earlier is not None
    ]
    heads = [cell for period, change, _ in against for cell in (period, change)]
    head = (words("Medida"), _period_cell(case.dossier.period), *heads)
    rows: list[tuple[Cell, ...]] = []
    for label, take in _lines(case.dossier):
        now = take(case.dossier)
        row = [named("row", label), cell_of(now)]
        for _, _, earlier in against:
            before = take(earlier)
            row += [cell_of(before), _change_cell(now, before)]
        rows.append(tuple(row))
    return Table(
        (head, *rows),
        header_rows=1,
        header_columns=1,
        caption="El trimestre frente a periodos anteriores" if against else "Las cifras del trimestre",
    )


def _period_cell(period: Period) -> Cell:
    printed = period_name(period)
    return cell(Printed(printed.text[0].upper() + printed.text[1:], printed.figure))


def _change_cell(now: Measure, before: Measure) -> Cell:
    change = change_between(now, before)
    if change.difference is None:
        return missing_cell("no comparable")
    keys = (now.key, before.key)
    difference = signed(f"{now.key}.change.{before.key}", change.difference, Operator.DIFFERENCE, keys)
    if change.relative is None:
        return cell(difference)
    relative = signed(f"{now.key}.relative.{before.key}", change.relative, Operator.CHANGE, keys)
    return cell(difference, " (", relative, ")")


def _missing_earlier(case: Case) -> list[Missing]:
    period = case.dossier.period
    wanted = [(period.previous, case.previous), (period.year_before, case.year_before)]
    return [
        Missing(Prose.of("los registros del ", period_name(when), ", para comparar"))
        for when, there in wanted
        if there is None
    ]


SECTION = Section(SLUG, "Resumen", 50, build)
