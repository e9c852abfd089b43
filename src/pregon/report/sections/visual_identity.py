"""Imagen institucional: coverage requests and designs by month, their totals, and how many were delivered on time."""

from __future__ import annotations

from pregon.document.model import Block, Paragraph
from pregon.document.prose import Operator, Prose
from pregon.records.indicators import timeliness
from pregon.records.service import RequestKind
from pregon.report.missing import missing_months, missing_recorded, tell_missing
from pregon.report.rows import request_row
from pregon.report.section import Case, Missing, Section, SectionReport
from pregon.report.setting import (
    NOT_MEASURABLE,
    absence,
    checked_sum,
    computed,
    counted,
    gather,
    noun,
    number,
    period_name,
)
from pregon.report.tables import month_table

SLUG = "visual_identity"

_KINDS = (
    (RequestKind.COVERAGE, "Acompañamientos", "acompañamiento", "acompañamientos"),
    (RequestKind.DESIGN, "Diseños", "diseño", "diseños"),
)


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. Requests stand in the month they were asked; timeliness looks at those delivered in the quarter."""
    dossier = case.dossier
    rows = [request_row(dossier, kind, label) for kind, label, _, _ in _KINDS]
    spoken = [counted(row.total, one, many) for row, (_, _, one, many) in zip(rows, _KINDS, strict=True)]
    blocks: list[Block] = [
        Paragraph(
            Prose.of(
                "En el ", period_name(dossier.period), " las dependencias pidieron ", spoken[0], " y ", spoken[1], "."
            )
        ),
        month_table("Solicitudes por mes en que se pidieron", "Solicitud", dossier.period, rows),
    ]
    blocks += [Paragraph(_tell_timeliness(case, kind, one, many)) for kind, _, one, many in _KINDS]
    missing: list[Missing] = [*missing_recorded(dossier, SLUG)]
    if not missing:
        for row in rows:
            missing += missing_months(row.label, dossier.period, (row.months,))
    blocks += tell_missing(missing)
    checked = gather(*(checked_sum(f"{row.label} pedidos", row.total) for row in rows))
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing), checked=checked)


def _tell_timeliness(case: Case, kind: RequestKind, one: str, many: str) -> Prose:
    key = f"{SLUG}.{kind}.timeliness"
    found = timeliness(case.dossier, key, kind)
    if found.result is None or found.numerator is None or found.denominator is None:
        return Prose.of(
            f"Oportunidad de los {many}: ",
            absence(NOT_MEASURABLE, key),
            f", porque ningún {one} entregado en el periodo tiene fecha pactada.",
        )
    on_time, closed = int(found.numerator.value or 0), int(found.denominator.value or 0)
    return Prose.of(
        f"Oportunidad de los {many}: ",
        computed(key, found.result, Operator.SHARE, (found.numerator.key, found.denominator.key)),
        ", con ",
        number(found.numerator.key, on_time, sources=found.numerator.sources),
        noun(on_time, " entregado", " entregados"),
        " a tiempo de ",
        number(found.denominator.key, closed, sources=found.denominator.sources),
        noun(closed, " que tenía fecha pactada.", " que tenían fecha pactada."),
    )


SECTION = Section(SLUG, "Imagen institucional", 120, build)
