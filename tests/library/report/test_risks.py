"""The section of the risks: what was checked, and what the records say whatever the follow-up claims."""

from dataclasses import replace
from datetime import date

import pytest

from pregon.document.model import Paragraph, Table
from pregon.records.dossier import Dossier
from pregon.records.risk import Risk, RiskFollowUp, RiskSignal
from pregon.records.service import RequestKind, ServiceRequest
from pregon.report.compose import compose_sections
from pregon.report.section import SectionReport

CONTRADICTED = "El seguimiento dice que no se materializó y los registros dicen otra cosa."


def risks_of(dossier: Dossier) -> SectionReport:
    return {report.slug: report for report in compose_sections(dossier)}["risks"]


def sentences(report: SectionReport) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Paragraph)]


def facts(dossier: Dossier, place: int) -> dict[str, str]:
    """The table of the nth risk: its names and what stands beside each."""
    tables = [block for block in risks_of(dossier).blocks if isinstance(block, Table)]
    return {row[0].text: row[1].text for row in tables[place - 1].rows}


def test_a_risk_followed_up_outside_the_period_has_no_follow_up(dossier: Dossier) -> None:
    report = risks_of(dossier)
    assert sentences(report)[0] == (
        "El mapa tiene 3 riesgos; en el cuarto trimestre de 2025 se hizo seguimiento a 1. "
        "Ninguno de los revisados se materializó."
    )
    assert [entry.what.text for entry in report.missing][1:] == [
        "seguimiento del riesgo 2 fechado en el cuarto trimestre de 2025",
        "seguimiento del riesgo 3 fechado en el cuarto trimestre de 2025",
    ]


def test_the_records_speak_of_each_risk_whatever_the_follow_up_says(dossier: Dossier) -> None:
    assert [facts(dossier, place)["Lo que dicen los registros"] for place in (1, 2, 3)] == [
        "1 publicación corregida o retirada después de publicar, de 8 registradas.",
        "1 entrega tardía y 1 vencida sin entregar de 3 solicitudes con fecha pactada.",
        "1 incidente de uso indebido registrado.",
    ]


def test_a_follow_up_that_the_records_contradict_is_said_and_its_reason_is_owed(dossier: Dossier) -> None:
    assert sentences(risks_of(dossier))[1] == (
        "Del riesgo 1 el seguimiento dice que no se materializó y los registros dicen otra cosa."
    )
    assert facts(dossier, 1)["Contradicción"] == f"{CONTRADICTED} Nadie ha dicho por qué."
    owed = risks_of(dossier).missing[0]
    assert (owed.what.text, owed.person) == (
        "por qué el riesgo 1 no se materializó, aunque los registros dicen otra cosa",
        "Marcela Ríos",
    )


def test_a_contradiction_with_its_reason_is_printed_and_owes_nothing(dossier: Dossier) -> None:
    follow_up = replace(dossier.follow_ups[0], despite="Se corrigió una tilde.")
    explained = replace(dossier, follow_ups=(follow_up,))
    assert facts(explained, 1)["Contradicción"] == f"{CONTRADICTED} Razón: Se corrigió una tilde."
    assert [entry.what.text for entry in risks_of(explained).missing] == [
        "seguimiento del riesgo 2 fechado en el cuarto trimestre de 2025",
        "seguimiento del riesgo 3 fechado en el cuarto trimestre de 2025",
    ]


@pytest.mark.parametrize("place", [2, 3])
def test_only_a_follow_up_that_denies_is_contradicted(dossier: Dossier, place: int) -> None:
    told = replace(
        dossier,
        follow_ups=(
            RiskFollowUp("R-2", date(2025, 12, 15), materialised=True),
            RiskFollowUp("R-3", date(2025, 12, 15), materialised=True),
        ),
    )
    assert "Contradicción" not in facts(told, place)
    assert facts(told, place)["Estado"] == "Se materializó"


def test_zones_and_the_line_of_defence_are_printed_where_somebody_recorded_them(dossier: Dossier) -> None:
    assert "Zona inherente" not in facts(dossier, 1)
    assert "Línea de defensa" not in facts(dossier, 1)
    valued = replace(
        dossier,
        risks=(Risk("R-1", "Publicar información errada", inherent_zone="Alto", residual_zone=""),),
        follow_ups=(replace(dossier.follow_ups[0], line_of_defence=3),),
    )
    assert {name: facts(valued, 1)[name] for name in ("Zona inherente", "Zona residual", "Línea de defensa")} == {
        "Zona inherente": "Alto",
        "Zona residual": "sin valorar",
        "Línea de defensa": "3",
    }


def test_none_late_is_zero_of_those_that_had_a_date(dossier: Dossier) -> None:
    on_time = replace(dossier, requests=dossier.requests[:1])
    assert facts(on_time, 2)["Lo que dicen los registros"] == "0 entregas tardías de 1 solicitud con fecha pactada."


def test_what_cannot_be_known_is_not_zero(dossier: Dossier) -> None:
    bare = replace(dossier, requests=(), publications=())
    assert [facts(bare, place)["Lo que dicen los registros"] for place in (1, 2)] == [
        "no medible: no hay publicaciones registradas, una por una.",
        "no medible: a ninguna solicitud se le cumplía una fecha pactada.",
    ]
    assert "Contradicción" not in facts(bare, 1)


def test_pieces_that_came_out_unapproved_are_told_apart(dossier: Dossier) -> None:
    def piece(reference: str, published: str, approved: date | None) -> ServiceRequest:
        asked = date(2025, 9, 1)
        return ServiceRequest(
            reference, RequestKind.NEWS, "DH", "Noticia", asked, approved_on=approved, published=published
        )

    pieces = (piece("P-1", "N-1", date(2025, 10, 2)), piece("P-2", "N-2", None))
    assert facts(replace(dossier, requests=pieces), 1)["Lo que dicen los registros"] == (
        "1 publicación corregida o retirada después de publicar, de 8 registradas. "
        "1 salió sin aprobación, de 2 que vinieron de solicitudes."
    )


def test_a_risk_that_no_record_speaks_of_says_so(dossier: Dossier) -> None:
    mute = replace(dossier, risks=(Risk("R-1", "Posibilidad de otra cosa", signal=RiskSignal.NONE),))
    assert facts(mute, 1)["Lo que dicen los registros"] == "Ningún registro de la oficina habla de este riesgo."
    assert "Contradicción" not in facts(mute, 1)
