"""Imagen institucional: what the offices asked for, month by month, and how it was served.

Counts by kind, those delivered on time, the median of business days, what came back after it had been approved, and
each one that missed its date by its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from pregon.document.model import Block, Cell, Paragraph, Table
from pregon.document.prose import Operator, Prose
from pregon.figures.amount import Amount
from pregon.records.calendar import business_days_between
from pregon.records.dossier import Dossier
from pregon.records.indicators import timeliness
from pregon.records.monitors import judge_deliveries, seen_on
from pregon.records.service import RequestKind, ServiceRequest
from pregon.records.turnaround import measure_turnaround
from pregon.report.missing import missing_months, missing_recorded, tell_missing
from pregon.report.rows import request_row
from pregon.report.section import Case, Definition, Missing, Section, SectionReport
from pregon.report.setting import (
    NOT_MEASURABLE,
    absence,
    cell,
    checked_sum,
    cited,
    computed,
    counted,
    day,
    gather,
    joined,
    missing_cell,
    named,
    noun,
    number,
    period_name,
)
from pregon.report.tables import month_table, plain_table

SLUG = "visual_identity"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of request in words: its line of the table, and one and many of them in a sentence."""

    code: RequestKind
    label: str
    one: str
    many: str

    @property
    def is_feminine(self) -> bool:
        """Whether its words take «la»: all but coverages and designs are told as requests."""
        return self.one.startswith("solicitud")

    @property
    def the_many(self) -> str:
        """«los diseños», «las solicitudes de video»."""
        return f"{'las' if self.is_feminine else 'los'} {self.many}"


_ALWAYS = (
    _Kind(RequestKind.COVERAGE, "Acompañamientos", "acompañamiento", "acompañamientos"),
    _Kind(RequestKind.DESIGN, "Diseños", "diseño", "diseños"),
)
_WHERE_ASKED = tuple(
    _Kind(code, f"Solicitudes {what}", f"solicitud {what}", f"solicitudes {what}")
    for code, what in (
        (RequestKind.NEWS, "de noticia"),
        (RequestKind.VIDEO, "de video"),
        (RequestKind.PUBLICATION, "de publicación"),
        (RequestKind.WALLPAPER, "de fondo de pantalla"),
        (RequestKind.OTHER, "de otra clase"),
    )
)
"""Told only where somebody asked for them, and named as requests: a request of a news item is no news item."""


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. Requests stand in the month they were asked; how they were served looks at those delivered in it."""
    dossier = case.dossier
    kinds = (*_ALWAYS, *(kind for kind in _WHERE_ASKED if _is_told(dossier, kind.code)))
    rows = [request_row(dossier, kind.code, kind.label) for kind in kinds]
    spoken = [counted(row.total, kind.one, kind.many) for row, kind in zip(rows, kinds, strict=True)]
    blocks: list[Block] = [
        Paragraph(Prose.of("En el ", period_name(dossier.period), " las dependencias pidieron ", joined(spoken), ".")),
        month_table("Solicitudes por mes en que se pidieron", "Solicitud", dossier.period, rows),
    ]
    blocks += [Paragraph(_tell_timeliness(case, kind)) for kind in kinds]
    blocks += [Paragraph(told) for kind in kinds for told in _tell_turnaround(dossier, kind)]
    blocks += [Paragraph(told) for told in _tell_returned(dossier)]
    blocks += _name_late(dossier)
    missing: list[Missing] = [*missing_recorded(dossier, SLUG)]
    if not missing:
        for row in rows:
            missing += missing_months(row.label, dossier.period, (row.months,))
    blocks += tell_missing(missing)
    checked = gather(*(checked_sum(f"{row.label}, por mes en que se pidieron", row.total) for row in rows))
    definitions = (_define_business_days(dossier),) if dossier.requests else ()
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing), checked=checked, definitions=definitions)


def _is_told(dossier: Dossier, kind: RequestKind) -> bool:
    """Whether any request of a kind was asked for or delivered in the period."""
    return any(
        day is not None and dossier.period.contains(day)
        for request in dossier.requests
        if request.kind is kind
        for day in (request.asked_on, request.delivered_on)
    )


def _tell_timeliness(case: Case, kind: _Kind) -> Prose:
    key = f"{SLUG}.{kind.code}.timeliness"
    found = timeliness(case.dossier, key, kind.code)
    of_kind = f"Oportunidad de {kind.the_many}: "
    ending = "a" if kind.is_feminine else "o"
    if found.result is None or found.numerator is None or found.denominator is None:
        none = "ninguna" if kind.is_feminine else "ningún"
        return Prose.of(
            of_kind,
            absence(NOT_MEASURABLE, key),
            f", porque {none} {kind.one} entregad{ending} en el periodo tiene fecha pactada.",
        )
    on_time, closed = int(found.numerator.value or 0), int(found.denominator.value or 0)
    return Prose.of(
        of_kind,
        computed(key, found.result, Operator.SHARE, (found.numerator.key, found.denominator.key)),
        ", con ",
        number(found.numerator.key, on_time, sources=found.numerator.sources),
        noun(on_time, f" entregad{ending}", f" entregad{ending}s"),
        " a tiempo de ",
        number(found.denominator.key, closed, sources=found.denominator.sources),
        noun(closed, " que tenía fecha pactada.", " que tenían fecha pactada."),
    )


def _tell_turnaround(dossier: Dossier, kind: _Kind) -> tuple[Prose, ...]:
    """The median of business days of a kind, where any was delivered."""
    found = measure_turnaround(dossier, (kind.code,))
    if found.median is None:
        return ()
    key = f"{SLUG}.{kind.code}.turnaround"
    delivered = len(found.requests)
    ending = "a" if kind.is_feminine else "o"
    return (
        Prose.of(
            f"Entre pedir y entregar {kind.the_many} pasaron ",
            computed(key, Amount.exact(found.median), Operator.MEDIAN, (f"{key}.delivered",)),
            noun(1 if found.median == 1 else None, " día hábil", " días hábiles"),
            " de mediana, en ",
            number(f"{key}.delivered", delivered, sources=_sources(found.requests)),
            noun(delivered, f" entregad{ending}.", f" entregad{ending}s."),
        ),
    )


def _tell_returned(dossier: Dossier) -> tuple[Prose, ...]:
    """How many pieces came back after they had been approved, where approvals are kept at all."""
    approved = tuple(
        request
        for request in dossier.requests
        if (request.approved_on is not None or request.returned)
        and request.delivered_on is not None
        and dossier.period.contains(request.delivered_on)
    )
    if not approved:
        return ()
    back = tuple(request for request in approved if request.returned)
    return (
        Prose.of(
            number(f"{SLUG}.returned", len(back), sources=_sources(back)),
            noun(len(back), " solicitud se devolvió", " solicitudes se devolvieron"),
            " después de aprobada" if len(back) == 1 else " después de aprobadas",
            ", de ",
            number(f"{SLUG}.approved", len(approved), sources=_sources(approved)),
            noun(len(approved), " entregada con aprobación.", " entregadas con aprobación."),
        ),
    )


def _name_late(dossier: Dossier) -> list[Block]:
    """Each request that missed its date, by the order of the dates."""
    found = judge_deliveries(dossier.requests, period=dossier.period, as_of=seen_on(dossier))
    if not found.failed:
        return []
    failed = sorted(found.failed, key=lambda request: (request.due or request.asked_on, request.reference))
    return [_table_of_late(dossier, failed)]


def _table_of_late(dossier: Dossier, failed: list[ServiceRequest]) -> Table:
    head = ("Solicitud", "Asunto", "Dependencia", "Para el", "Entregada el", "Días hábiles de más")
    return plain_table("Solicitudes que pasaron de su fecha", head, [_late_row(dossier, each) for each in failed])


def _late_row(dossier: Dossier, request: ServiceRequest) -> list[Cell]:
    key = f"request.{request.reference}"
    row = [
        cell(cited(f"{key}.reference", request.reference)),
        cell(cited(f"{key}.title", request.title)),
        named(f"{key}.office", request.office, absent="sin dependencia"),
    ]
    row.append(missing_cell("sin fecha") if request.due is None else cell(day(f"{key}.due", request.due, short=True)))
    delivered = request.delivered_on
    if delivered is None or delivered > dossier.period.end or request.due is None:
        return [*row, missing_cell("sin entregar", f"{key}.delivered"), missing_cell("sin entregar", f"{key}.delay")]
    closed = frozenset(closure.day for closure in dossier.closures)
    delay = business_days_between(request.due, delivered, closures=closed)
    source = (f"request:{request.reference}",)
    return [
        *row,
        cell(day(f"{key}.delivered", delivered, short=True)),
        cell(number(f"{key}.delay", delay, Operator.DIFFERENCE, source)),
    ]


def _define_business_days(dossier: Dossier) -> Definition:
    closed = [closure for closure in dossier.closures if dossier.period.contains(closure.day)]
    told = Prose("De lunes a viernes, sin los festivos de Colombia")
    if closed:
        told = Prose.of(
            told,
            " ni ",
            number("closures.count", len(closed)),
            noun(len(closed), " cierre local de la entidad", " cierres locales de la entidad"),
        )
    return Definition("Días hábiles", Prose.of(told, ". El día en que se pide no se cuenta."))


def _sources(requests: tuple[ServiceRequest, ...]) -> list[str]:
    return [f"request:{request.reference}" for request in requests]


SECTION = Section(SLUG, "Imagen institucional", 120, build)
