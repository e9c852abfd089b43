"""The plan in the report: a formula of the office's own in words, its account, and what it needs without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pregon.document.model import Paragraph, Table
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Control, Institution
from pregon.records.programme import Event, IndicatorKind, PlanActivity
from pregon.report.section import Case
from pregon.report.sections.plan import SECTION

QUARTER = Period.quarter(2025, 4)
CALL = "asistentes ÷ convocados × 100"


def activity(reference: str, title: str, **fields: object) -> PlanActivity:
    return PlanActivity(reference, "", title, **fields)  # type: ignore[arg-type]  # a few of its fields


OFFICE = Dossier(
    Institution("Personería"),
    QUARTER,
    Control("GC-INF-02", "1"),
    events=(Event("E-1", date(2025, 11, 5), "Taller", "DH", called=60, attended=45),),
    activities=(
        activity("A-1", "Convocar", indicator=IndicatorKind.FORMULA, formula=CALL, target=Decimal(70)),
        activity("A-2", "Publicar", indicator=IndicatorKind.FORMULA, formula="eventos + 1", target=Decimal(5)),
        activity("A-3", "Responder", indicator=IndicatorKind.FORMULA, formula="mediana_dias_habiles"),
        activity(
            "A-4",
            "Actualizar el manual",
            indicator=IndicatorKind.COMPLETION,
            progress=Decimal("62.5"),
            owner="Andrés Tobón",
            obstacles="Faltó el aval del 3 de noviembre",
            evidence="EV-4",
        ),
    ),
)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def told(dossier: Dossier) -> list[str]:
    blocks = SECTION.build(Case(dossier, ()), ()).blocks
    return [plain(block.prose.text) for block in blocks if isinstance(block, Paragraph)]


def test_the_accounts_of_each_activity() -> None:
    assert told(OFFICE) == [
        "El plan tiene 4 actividades para el cuarto trimestre de 2025. Se pudieron medir 3 y 1 cumple su meta.",
        "Convocar: 45 ÷ 60 = 75,0 % (personas que asistieron ÷ personas convocadas × 100).",
        "Publicar: 2 eventos (eventos + 1).",
        (
            "Responder: no medible, porque falta el dato de «mediana de días hábiles de respuesta»: registre el día"
            " en que se entregó cada solicitud."
        ),
        "Actualizar el manual: 62,5 % (avance anotado).",
        "Actualizar el manual. Responde: Andrés Tobón. Obstáculos: Faltó el aval del 3 de noviembre. Evidencia: EV-4.",
    ]


def test_the_table_says_target_and_result_in_the_unit_of_each() -> None:
    blocks = SECTION.build(Case(OFFICE, ()), ()).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    rows = [[plain(cell.prose.text) for cell in row] for row in table.rows]
    assert [row[3:] for row in rows[-4:]] == [
        ["personas que asistieron ÷ personas convocadas × 100", "70 %", "75,0 %"],
        ["eventos + 1", "5 eventos", "2 eventos"],
        ["mediana de días hábiles de respuesta", "sin meta", "no medible"],
        ["avance anotado", "sin meta", "62,5 %"],
    ]


def test_an_event_more_moves_the_account_by_exactly_that_one() -> None:
    more = replace(
        OFFICE, events=(*OFFICE.events, Event("E-2", date(2025, 12, 1), "Feria", "DH", called=40, attended=5))
    )
    assert told(more)[1] == "Convocar: 50 ÷ 100 = 50,0 % (personas que asistieron ÷ personas convocadas × 100)."
