"""Riesgos: whether each materialised, when it was checked, the controls run, and what the records themselves say."""

from __future__ import annotations

from pregon.document.model import Block, Heading, Paragraph, Role
from pregon.document.prose import Operator, Prose
from pregon.records.dossier import Dossier
from pregon.records.monitors import (
    Deliveries,
    Monitor,
    days_seen,
    find_mended,
    find_requested,
    find_unapproved,
    follow_up_of,
    is_contradicted,
    judge_deliveries,
    seen_on,
    watch,
)
from pregon.records.risk import Risk, RiskFollowUp, RiskSignal
from pregon.report.missing import missing_recorded, tell_missing
from pregon.report.section import Case, Missing, Section, SectionReport
from pregon.report.setting import NO_DATA, NOT_MEASURABLE, absence, cited, day, joined, noun, number, period_name
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
    blocks += [Paragraph(told) for told in _tell_contradicted(dossier, checked)]
    for place, risk in enumerate(dossier.risks, start=1):
        follow_up = checked[risk.reference]
        title = number(f"risk.{risk.reference}.place", place, Operator.COUNT)
        blocks.append(Heading(2, Prose.of("Riesgo ", title)))
        blocks.append(Paragraph(Prose.of(cited(f"risk.{risk.reference}", risk.description))))
        blocks.append(facts_table("", _facts(dossier, risk, follow_up)))
        if follow_up is None:
            what = Prose.of("seguimiento del riesgo ", title, " fechado en el ", period_name(dossier.period))
            missing.append(Missing(what, person=risk.owner))
        elif is_contradicted(dossier, risk, follow_up) and not follow_up.despite:
            what = Prose.of("por qué el riesgo ", title, " no se materializó, aunque los registros dicen otra cosa")
            missing.append(Missing(what, person=risk.owner, is_declarable=False))
    blocks += tell_missing(missing)
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing))


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


def _tell_contradicted(dossier: Dossier, checked: dict[str, RiskFollowUp | None]) -> list[Prose]:
    risks = [risk for risk in dossier.risks if is_contradicted(dossier, risk, checked[risk.reference])]
    if not risks:
        return []
    places = {risk.reference: place for place, risk in enumerate(dossier.risks, start=1)}
    named = joined([number(f"risk.{risk.reference}.place", places[risk.reference]) for risk in risks])
    return [
        Prose.of(
            noun(len(risks), "Del riesgo ", "De los riesgos "),
            named,
            " el seguimiento dice que no se ",
            noun(len(risks), "materializó", "materializaron"),
            " y los registros dicen otra cosa.",
        )
    ]


def _facts(dossier: Dossier, risk: Risk, follow_up: RiskFollowUp | None) -> list[tuple[str, Prose]]:
    key = f"risk.{risk.reference}"
    facts = _zones(key, risk)
    if follow_up is None:
        facts.append(("Estado", Prose.of(absence("sin seguimiento en el periodo", key))))
    else:
        facts += _checks(key, follow_up)
    facts.append(("Responsable", Prose.of(cited(f"{key}.owner", risk.owner or "sin responsable"))))
    facts.append(("Lo que dicen los registros", tell_signal(dossier, risk)))
    if follow_up is not None and is_contradicted(dossier, risk, follow_up):
        facts.append(("Contradicción", _contradiction(key, follow_up)))
    return facts


def _zones(key: str, risk: Risk) -> list[tuple[str, Prose]]:
    """The zones before and after the controls, where anybody valued the risk."""
    zones = (("Zona inherente", "inherent", risk.inherent_zone), ("Zona residual", "residual", risk.residual_zone))
    if not any(zone for _, _, zone in zones):
        return []
    return [(name, Prose.of(cited(f"{key}.{part}", zone or "sin valorar"))) for name, part, zone in zones]


def _checks(key: str, follow_up: RiskFollowUp) -> list[tuple[str, Prose]]:
    facts = [
        ("Estado", Prose("Se materializó" if follow_up.materialised else "No se materializó")),
        ("Revisado", Prose.of(day(f"{key}.checked", follow_up.checked_on))),
    ]
    if follow_up.line_of_defence is not None:
        line = number(f"{key}.line", follow_up.line_of_defence, Operator.RECORDED)
        facts.append(("Línea de defensa", Prose.of(line)))
    facts += [
        ("Controles", _controls(key, follow_up)),
        ("Hallazgo", Prose.of(cited(f"{key}.finding", follow_up.finding or NO_DATA))),
        ("Evidencia", Prose.of(cited(f"{key}.evidence", follow_up.evidence or "sin evidencia"))),
    ]
    if follow_up.next_action:
        facts.append(("Acción siguiente", Prose.of(cited(f"{key}.next", follow_up.next_action))))
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


def _contradiction(key: str, follow_up: RiskFollowUp) -> Prose:
    told = "El seguimiento dice que no se materializó y los registros dicen otra cosa. "
    if not follow_up.despite:
        return Prose.of(told, "Nadie ha dicho por qué.")
    return Prose.of(told, "Razón: ", cited(f"{key}.despite", follow_up.despite))


def tell_signal(dossier: Dossier, risk: Risk) -> Prose:
    """What the records say, whatever the follow-up claims."""
    key = f"risk.{risk.reference}.signal"
    found = watch(dossier, risk.signal)
    match risk.signal:
        case RiskSignal.CORRECTIONS:
            return _tell_corrections(key, dossier, found)
        case RiskSignal.LATE_DELIVERIES:
            return _tell_deliveries(
                key, judge_deliveries(dossier.requests, period=dossier.period, as_of=seen_on(dossier))
            )
        case RiskSignal.MISUSE:
            return _tell_misuse(key, found)
        case RiskSignal.NONE:
            return Prose("Ningún registro de la oficina habla de este riesgo.")


def _tell_corrections(key: str, dossier: Dossier, found: Monitor) -> Prose:
    seen = days_seen(dossier.period, seen_on(dossier))
    if found.total is None or seen is None:
        return Prose.of(absence(NOT_MEASURABLE, key), ": no hay publicaciones registradas, una por una.")
    mended = find_mended(dossier.publications, seen)
    told = Prose.of(
        number(f"{key}.mended", len(mended), sources=(f"publication:{each.reference}" for each in mended)),
        noun(len(mended), " publicación corregida o retirada", " publicaciones corregidas o retiradas"),
        " después de publicar, de ",
        number(f"{key}.published", found.total),
        noun(found.total, " registrada.", " registradas."),
    )
    requested = find_requested(dossier.publications, dossier.requests, seen)
    if not requested:
        return told
    bare = find_unapproved(dossier.publications, dossier.requests, seen)
    return Prose.of(
        told,
        " ",
        number(f"{key}.unapproved", len(bare), sources=(f"publication:{each.reference}" for each in bare)),
        noun(len(bare), " salió", " salieron"),
        " sin aprobación, de ",
        number(f"{key}.requested", len(requested), sources=(f"publication:{each.reference}" for each, _ in requested)),
        noun(len(requested), " que vino de una solicitud.", " que vinieron de solicitudes."),
    )


def _tell_deliveries(key: str, found: Deliveries) -> Prose:
    if not found.judged:
        return Prose.of(absence(NOT_MEASURABLE, key), ": a ninguna solicitud se le cumplía una fecha pactada.")
    late, overdue, judged = len(found.late), len(found.overdue), len(found.judged)
    told = Prose.of(
        number(f"{key}.late", late, sources=(f"request:{each.reference}" for each in found.late)),
        noun(late, " entrega tardía", " entregas tardías"),
    )
    if overdue:
        told = Prose.of(
            told,
            " y ",
            number(f"{key}.overdue", overdue, sources=(f"request:{each.reference}" for each in found.overdue)),
            noun(overdue, " vencida sin entregar", " vencidas sin entregar"),
        )
    return Prose.of(
        told,
        " de ",
        number(f"{key}.judged", judged, sources=(f"request:{each.reference}" for each in found.judged)),
        noun(judged, " solicitud con fecha pactada.", " solicitudes con fecha pactada."),
    )


def _tell_misuse(key: str, found: Monitor) -> Prose:
    many = found.count
    if many is None:
        return Prose.of(absence(NOT_MEASURABLE, key), ": el periodo no ha empezado.")
    word = noun(many, " incidente de uso indebido registrado.", " incidentes de uso indebido registrados.")
    return Prose.of(number(key, many, sources=found.sources), word)


SECTION = Section(SLUG, "Riesgos", 110, build)
