"""How the office served in the year and what it answers for: requests, risks, the plan, and what each quarter lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from pregon.document.model import Block, Cell, Paragraph, Role, Table
from pregon.document.prose import Operator, Prose
from pregon.figures.amount import Amount
from pregon.records.dossier import Dossier
from pregon.records.indicators import Indicator, timeliness
from pregon.records.measuring import PER_CENT, measure_activity
from pregon.records.monitors import follow_up_of, is_contradicted, watch
from pregon.records.programme import PlanActivity
from pregon.records.risk import Risk
from pregon.records.service import RequestKind
from pregon.records.totals import Measure
from pregon.records.turnaround import measure_turnaround
from pregon.report.compose import compose_sections
from pregon.report.rollup.merge import Year
from pregon.report.rollup.published import quarter_head, quarter_table
from pregon.report.rows import request_row
from pregon.report.setting import (
    NOT_MEASURABLE,
    absence,
    cell,
    cited,
    computed,
    joined,
    missing_cell,
    named,
    noun,
    number,
    period_name,
    print_measure,
    words,
)
from pregon.report.tables import plain_table

_KINDS = (
    (RequestKind.COVERAGE, "Acompañamientos", "los acompañamientos"),
    (RequestKind.DESIGN, "Diseños", "los diseños"),
    (RequestKind.NEWS, "Solicitudes de noticia", "las solicitudes de noticia"),
    (RequestKind.VIDEO, "Solicitudes de video", "las solicitudes de video"),
    (RequestKind.PUBLICATION, "Solicitudes de publicación", "las solicitudes de publicación"),
    (RequestKind.WALLPAPER, "Solicitudes de fondo de pantalla", "las solicitudes de fondo de pantalla"),
    (RequestKind.OTHER, "Solicitudes de otra clase", "las solicitudes de otra clase"),
)


def tell_requests(year: Year) -> list[Block]:
    """Requests by kind and quarter, those on time over all that were delivered, and the median of business days."""
    asked = [kind for kind in _KINDS if any(request.kind is kind[0] for request in year.merged.requests)]
    if not asked:
        return [Paragraph(Prose("Ningún trimestre registró solicitudes."), Role.NOTE)]
    rows = [(label, f"requests.{kind}.{year.period}", _asker(kind)) for kind, label, _ in asked]
    blocks: list[Block] = [quarter_table("Solicitudes por trimestre en que se pidieron", "Solicitud", year, rows)]
    for kind, _, the_many in asked:
        blocks.append(Paragraph(_tell_timeliness(year, kind, the_many)))
        median = measure_turnaround(year.merged, (kind,))
        if median.median is not None:
            key = f"turnaround.{kind}.{year.period}"
            days = computed(key, Amount.exact(median.median), Operator.MEDIAN)
            ending = " día hábil de mediana." if median.median == 1 else " días hábiles de mediana."
            blocks.append(Paragraph(Prose.of(f"Entre pedir y entregar {the_many} pasaron ", days, ending)))
    return blocks


def _asker(kind: RequestKind) -> Callable[[Dossier], Measure]:
    def take(quarter: Dossier) -> Measure:
        return request_row(quarter, kind, "").total

    return take


def _tell_timeliness(year: Year, kind: RequestKind, the_many: str) -> Prose:
    key = f"timeliness.{kind}.{year.period}"
    found = timeliness(year.merged, key, kind)
    if found.result is None or found.numerator is None or found.denominator is None:
        return Prose.of(f"Oportunidad de {the_many}: ", absence(NOT_MEASURABLE, key), f", porque {found.reason}.")
    closed = int(found.denominator.value or 0)
    return Prose.of(
        f"Oportunidad de {the_many}: ",
        computed(key, found.result, Operator.SHARE, (found.numerator.key, found.denominator.key)),
        ", con ",
        print_measure(found.numerator),
        " a tiempo de ",
        print_measure(found.denominator),
        noun(closed, " que tenía fecha pactada.", " que tenían fecha pactada."),
    )


def tell_risks(year: Year) -> list[Block]:
    """What the follow-up of each risk said in each quarter, and where the records say otherwise."""
    risks = year.merged.risks
    if not risks:
        return [Paragraph(Prose("Ningún trimestre registró un mapa de riesgos."), Role.NOTE)]
    top = (words("Riesgo"), *(quarter_head(quarter) for quarter in year.quarters))
    body = [
        (cell(cited(f"risk.{risk.reference}", risk.description)), *(_state(quarter, risk) for quarter in year.quarters))
        for risk in risks
    ]
    return [Table((top, *body), header_rows=1, header_columns=1, caption="Seguimiento de los riesgos por trimestre")]


def _state(quarter: Dossier, risk: Risk) -> Cell:
    own = next((each for each in quarter.risks if each.reference == risk.reference), None)
    key = f"risk.{risk.reference}.{quarter.period}"
    if own is None:
        return missing_cell("no estaba en el mapa", key)
    follow_up = follow_up_of(quarter, own)
    found = watch(quarter, own.signal)
    if follow_up is None:
        return missing_cell("sin seguimiento", key)
    told = "Se materializó" if follow_up.materialised else "No se materializó"
    if not is_contradicted(quarter, own, follow_up):
        return cell(told)
    return cell(
        f"{told}; los registros cuentan ",
        number(f"{key}.signal", found.count or 0, sources=found.sources),
        noun(found.count, " caso", " casos"),
    )


def tell_plan(year: Year) -> list[Block]:
    """Each activity of the plan: what the quarters planned and did, and its indicator over the whole year."""
    activities = year.merged.activities
    if not activities:
        return [Paragraph(Prose("Ningún trimestre registró actividades del plan."), Role.NOTE)]
    rows = [_activity_row(year, activity, measure_activity(year.merged, activity)) for activity in activities]
    head = ("Actividad", "Planeado", "Hecho", "Indicador", "Meta", "Resultado")
    return [plain_table("Actividades del plan en el año", head, rows)]


def _activity_row(year: Year, activity: PlanActivity, indicator: Indicator) -> list[Cell]:
    key = f"activity.{activity.reference}.{year.period}"
    return [
        cell(*((cited(f"{key}.step", activity.step), " ") if activity.step else ()), cited(key, activity.title)),
        _count_cell(f"{key}.planned", activity.planned, activity),
        _count_cell(f"{key}.done", activity.done, activity),
        named(f"{key}.formula", indicator.formula),
        _target_cell(f"{key}.target", activity.target, indicator.unit),
        missing_cell(NOT_MEASURABLE, indicator.key)
        if indicator.result is None
        else cell(computed(indicator.key, indicator.result, _operator(indicator))),
    ]


def _count_cell(key: str, value: int | None, activity: PlanActivity) -> Cell:
    source = (f"activity:{activity.reference}",)
    return missing_cell(key=key) if value is None else cell(number(key, value, Operator.SUM, source))


def _target_cell(key: str, value: Decimal | None, unit: str) -> Cell:
    if value is None:
        return missing_cell("sin meta", key)
    return cell(computed(key, Amount.exact(value, unit), Operator.RECORDED))


def _operator(indicator: Indicator) -> Operator:
    return Operator.SHARE if indicator.unit == PER_CENT and indicator.numerator is not None else Operator.RECORDED


def tell_lacking(year: Year) -> list[Block]:
    """The quarters that have no records, and how many things the report of each of the others declares missing."""
    blocks: list[Block] = []
    if year.lacking:
        many = len(year.lacking)
        told = [Prose.of("del ", period_name(period)) for period in year.lacking]
        blocks.append(
            Paragraph(
                Prose.of(
                    "Faltan los registros ",
                    joined(told),
                    noun(many, ". Las sumas son de los demás.", ". Las sumas son de los que hay."),
                ),
                Role.NOTE,
            )
        )
    blocks.append(
        plain_table(
            "Lo que falta en el informe de cada trimestre",
            ("Trimestre", "Cosas que faltan"),
            [_lacking_row(year, quarter) for quarter in year.quarters],
        )
    )
    return blocks


def _lacking_row(year: Year, quarter: Dossier) -> Sequence[Cell]:
    missing = sum(len(report.missing) for report in compose_sections(quarter, year.quarters))
    return (quarter_head(quarter), cell(number(f"missing.{quarter.period}", missing)))
