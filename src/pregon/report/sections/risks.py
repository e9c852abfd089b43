"""Riesgos: whether each materialised, when it was checked, the controls run, and what the records themselves say."""

from __future__ import annotations

from pregon.document.model import Block, Heading, Paragraph, Role
from pregon.document.prose import Operator, Prose
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.indicators import closed_requests
from pregon.records.risk import Risk, RiskFollowUp, RiskSignal
from pregon.report.missing import missing_recorded, tell_missing
from pregon.report.section import Case, Missing, Section, SectionReport
from pregon.report.setting import NO_DATA, absence, cited, day, noun, number, period_name
from pregon.report.tables import facts_table

SLUG = "risks"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. A follow-up dated outside the period is not of this report, and its lack is said."""
    dossier = case.dossier
    missing = [*missing_recorded(dossier, SLUG)]
    if not dossier.risks:
        nothing = Paragraph(Prose("No hay mapa de riesgos registrado."), Role.NOTE)
        return SectionReport(SLUG, SECTION.title, (nothing, *tell_missing(missing)), tuple(missing))
    checked = {risk.reference: follow_up_of(dossier, risk) for risk in dossier.risks}
    blocks: list[Block] = [Paragraph(_tell(dossier, checked))]
    for place, risk in enumerate(dossier.risks, start=1):
        follow_up = checked[risk.reference]
        title = number(f"risk.{risk.reference}.place", place, Operator.COUNT)
        blocks.append(Heading(2, Prose.of("Riesgo ", title)))
        blocks.append(Paragraph(Prose.of(cited(f"risk.{risk.reference}", risk.description))))
        blocks.append(facts_table("", _facts(dossier, risk, follow_up)))
        if follow_up is None:
            what = Prose.of("seguimiento del riesgo ", title, " fechado en el ", period_name(dossier.period))
            missing.append(Missing(what, person=risk.owner))
    blocks += tell_missing(missing)
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing))


def follow_up_of(dossier: Dossier, risk: Risk) -> RiskFollowUp | None:
    """The last follow-up of a risk dated inside the period, or in the days up to the cut-off that closes it."""
    cutoff = dossier.control.cutoff
    last = max(dossier.period.end, cutoff.date()) if cutoff else dossier.period.end
    within = Period.span(dossier.period.start, last)
    of_risk = [f for f in dossier.follow_ups if f.risk == risk.reference and within.contains(f.checked_on)]
    return max(of_risk, key=lambda follow_up: follow_up.checked_on, default=None)


def _tell(dossier: Dossier, checked: dict[str, RiskFollowUp | None]) -> Prose:
    done = [follow_up for follow_up in checked.values() if follow_up is not None]
    happened = [follow_up for follow_up in done if follow_up.materialised]
    total = number("risks.count", len(checked), sources=(f"risk:{reference}" for reference in checked))
    seen = number("risks.checked", len(done), sources=(f"follow_up:{follow_up.risk}" for follow_up in done))
    if not done:
        return Prose.of(
            "El mapa tiene ",
            total,
            noun(len(checked), " riesgo", " riesgos"),
            " y no hay seguimiento fechado en el ",
            period_name(dossier.period),
            ": no se puede decir si alguno se materializó.",
        )
    told = Prose.of(
        "El mapa tiene ", total, noun(len(checked), " riesgo", " riesgos"), "; en el ", period_name(dossier.period),
        " se hizo seguimiento a ", seen, ". ",
    )  # fmt: skip
    if not happened:
        return Prose.of(told, "Ninguno de los revisados se materializó.")
    count = number("risks.materialised", len(happened), sources=(f"follow_up:{f.risk}" for f in happened))
    return Prose.of(told, noun(len(happened), "Se materializó ", "Se materializaron "), count, ".")


def _facts(dossier: Dossier, risk: Risk, follow_up: RiskFollowUp | None) -> list[tuple[str, Prose]]:
    key = f"risk.{risk.reference}"
    facts = []
    if follow_up is None:
        facts.append(("Estado", Prose.of(absence("sin seguimiento en el periodo", key))))
    else:
        facts += [
            ("Estado", Prose("Se materializó" if follow_up.materialised else "No se materializó")),
            ("Revisado", Prose.of(day(f"{key}.checked", follow_up.checked_on))),
            ("Controles", _controls(key, follow_up)),
            ("Hallazgo", Prose.of(cited(f"{key}.finding", follow_up.finding or NO_DATA))),
            ("Evidencia", Prose.of(cited(f"{key}.evidence", follow_up.evidence or "sin evidencia"))),
        ]
        if follow_up.next_action:
            facts.append(("Acción siguiente", Prose.of(cited(f"{key}.next", follow_up.next_action))))
    facts.append(("Responsable", Prose.of(cited(f"{key}.owner", risk.owner or "sin responsable"))))
    facts.append(("Lo que dicen los registros", _signal(dossier, risk)))
    return facts


def _controls(key: str, follow_up: RiskFollowUp) -> Prose:
    if follow_up.controls_run is None or follow_up.controls_planned is None:
        return Prose.of(absence(NO_DATA, f"{key}.controls"))
    return Prose.of(
        number(f"{key}.controls.run", follow_up.controls_run, Operator.RECORDED),
        " de ",
        number(f"{key}.controls.planned", follow_up.controls_planned, Operator.RECORDED),
        " ejecutados",
    )


def _signal(dossier: Dossier, risk: Risk) -> Prose:
    """What the records say, whatever the follow-up claims."""
    key = f"risk.{risk.reference}.signal"
    period = dossier.period
    match risk.signal:
        case RiskSignal.CORRECTIONS:
            mended = [
                p
                for p in dossier.publications
                if any(d is not None and period.contains(d) for d in (p.corrected_on, p.withdrawn_on))
            ]
            counted = number(key, len(mended), sources=(f"publication:{p.reference}" for p in mended))
            return Prose.of(
                counted,
                noun(
                    len(mended),
                    " publicación corregida o retirada después de publicar.",
                    " publicaciones corregidas o retiradas después de publicar.",
                ),
            )
        case RiskSignal.LATE_DELIVERIES:
            closed = closed_requests(dossier)
            late = [request for request in closed if request.is_late]
            if not closed:
                return Prose.of(absence("no medible", key), ": ninguna solicitud entregada tiene fecha pactada.")
            return Prose.of(
                number(key, len(late), sources=(f"request:{request.reference}" for request in late)),
                noun(len(late), " entrega tardía de ", " entregas tardías de "),
                number(f"{key}.closed", len(closed), sources=(f"request:{request.reference}" for request in closed)),
                noun(len(closed), " solicitud con fecha pactada.", " solicitudes con fecha pactada."),
            )
        case RiskSignal.MISUSE:
            incidents = [i for i in dossier.incidents if period.contains(i.happened_on)]
            counted = number(key, len(incidents), sources=(f"incident:{i.reference}" for i in incidents))
            word = noun(
                len(incidents), " incidente de uso indebido registrado.", " incidentes de uso indebido registrados."
            )
            return Prose.of(counted, word)
        case RiskSignal.NONE:
            return Prose("Ningún registro de la oficina habla de este riesgo.")


SECTION = Section(SLUG, "Riesgos", 110, build)
