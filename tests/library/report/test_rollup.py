"""A year told from its quarters: every sum by hand, what is not added, and what is lacking by its name."""

import re
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import pregon
from pregon.audit.runner import audit_document
from pregon.document.model import Document, Paragraph
from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Control, Institution, Platform
from pregon.records.programme import Campaign, Event, IndicatorKind, PlanActivity
from pregon.records.publishing import Observation, ObservationStatus
from pregon.records.risk import Incident, Risk, RiskFollowUp, RiskSignal
from pregon.records.service import RequestKind, Satisfaction, ServiceRequest
from pregon.report.rollup.compose import Reader, compose_rollup
from pregon.report.rollup.merge import gather_year
from tests.library.registro.conftest import SMALL

EXAMPLES = Path(__file__).parents[3] / "examples"
YEAR = Period.year(2025)


def load(*quarters: str) -> list[Dossier]:
    return [pregon.load_registro(EXAMPLES / f"registro-{quarter}.xlsx") for quarter in quarters]


def table(document: Document, caption: str) -> list[list[str]]:
    for found in document.tables:
        if found.caption == caption:
            return [[cell.text for cell in row] for row in found.rows]
    raise AssertionError(caption)


def sentences(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.fixture(scope="module")
def half_year() -> Document:
    return compose_rollup(load("2025-T4", "2025-T3"), YEAR)


def test_posts_and_news_are_added_over_the_quarters_that_there_are(half_year: Document) -> None:
    # Third quarter: 29 + 31 + 27, 28 + 29 + 26, 27 + 28 + 25. Fourth: 94, 89 and 90.
    assert table(half_year, "Publicaciones por red y trimestre") == [
        ["Red", "Tercer trimestre de 2025", "Cuarto trimestre de 2025", "Suma"],
        ["Facebook", "87", "94", "181"],
        ["Instagram", "83", "89", "172"],
        ["X", "80", "90", "170"],
        ["Total en redes", "250", "273", "523"],
    ]
    assert table(half_year, "Sede electrónica por trimestre")[1:] == [
        ["Noticias", "5", "6", "11"],
        ["Visitas", "95.242", "94.196", "189.438"],
    ]
    assert (
        "En los 2 trimestres con registro la entidad hizo 534 publicaciones externas: 523 publicaciones en redes "
        "sociales y 11 noticias en la sede electrónica." in sentences(half_year)
    )


def test_people_are_not_added_over_quarters_and_a_missing_month_leaves_no_sum(half_year: Document) -> None:
    assert table(half_year, "Audiencia de Facebook por trimestre")[1:3] == [
        ["Espectadores", "no sumable", "no sumable", "no sumable"],
        ["Visitas", "7.200", "falta diciembre", "falta T4 2025"],
    ]


def test_events_requests_and_their_shares_are_computed_anew_over_the_year(half_year: Document) -> None:
    assert table(half_year, "Eventos por trimestre")[1:] == [
        ["Eventos", "4", "6", "10"],
        ["Con asistencia registrada", "4", "3", "7"],
        # 36 + 71 + 38 + 232 = 377 and 45 + 16 + 40 = 101.
        ["Asistencias registradas", "377", "101", "478"],
    ]
    assert table(half_year, "Solicitudes por trimestre en que se pidieron")[1:] == [
        ["Acompañamientos", "72", "71", "143"],
        ["Diseños", "77", "79", "156"],
    ]
    told = sentences(half_year)
    # 377 of 425 called and 61 of 80; 71 of 72 and 68 of 70 on time; 75 of 77 and 75 of 78.
    assert "Eficacia de la convocatoria: 86,7\N{NO-BREAK SPACE}%, con 438 asistentes de 505 convocados." in told
    assert (
        "Oportunidad de los acompañamientos: 97,9\N{NO-BREAK SPACE}%, con 139 a tiempo de 142 que tenían fecha pactada."
        in told
    )
    assert (
        "Oportunidad de los diseños: 96,8\N{NO-BREAK SPACE}%, con 150 a tiempo de 155 que tenían fecha pactada." in told
    )


def test_the_quarters_without_records_are_named(half_year: Document) -> None:
    assert (
        "Faltan los registros del primer trimestre de 2025 y del segundo trimestre de 2025. "
        "Las sumas son de los que hay." in sentences(half_year)
    )
    facts = {row[0].text: row[1].text for row in half_year.tables[0].rows}
    assert facts["Trimestres sin registro"] == "primer trimestre de 2025 y segundo trimestre de 2025"
    assert facts["Elaboró"] == "Marcela Ríos, Profesional de comunicaciones; pendiente"


def test_the_year_before_of_one_quarter(tmp_path: Path) -> None:
    document = compose_rollup(load("2024-T4"), Period.year(2024))
    # 26 + 22 + 20, 25 + 20 + 18, 23 + 19 + 17.
    assert table(document, "Publicaciones por red y trimestre")[-1] == ["Total en redes", "190", "190"]
    assert [finding.message for finding in audit_document(document).findings] == []
    pregon.write(document, tmp_path / "anual.html")
    assert [finding.message for finding in pregon.audit(tmp_path / "anual.html").findings] == []


def test_no_digit_stands_outside_a_figure(half_year: Document) -> None:
    for passage in half_year.passages:
        if passage.location.kind.value in {"header", "footer"}:
            continue
        plain = "".join("\N{BULLET}" if figure else text for text, figure in passage.prose.pieces())
        assert not re.search(r"\d", plain), passage.prose.text


def small(number: int, posts: int, **records: object) -> Dossier:
    """A quarter of 2025 with so many posts in one network, all in its first month."""
    quarter = Period.quarter(2025, number)
    counts = [posts, 0, 0]
    observed = tuple(
        Observation("posts", "fb", month, ObservationStatus.VALUE, Amount.exact(Decimal(value)))
        for month, value in zip(quarter.months, counts, strict=True)
    )
    return Dossier(
        Institution("Personería de Prueba"),
        quarter,
        Control("G-1", "1"),
        (Channel("fb", "Facebook", Platform.FACEBOOK),),
        observations=observed,
        **records,  # type: ignore[arg-type]  # each test gives one kind
    )


def test_a_whole_year_is_called_so() -> None:
    document = compose_rollup([small(number, number * 10) for number in (1, 2, 3, 4)], YEAR)
    assert table(document, "Publicaciones por red y trimestre") == [
        [
            "Red",
            "Primer trimestre de 2025",
            "Segundo trimestre de 2025",
            "Tercer trimestre de 2025",
            "Cuarto trimestre de 2025",
            "Año",
        ],
        ["Facebook", "10", "20", "30", "40", "100"],
    ]
    assert "Trimestres sin registro" not in document.text
    assert "Faltan los registros" not in document.text
    assert [finding.code for finding in audit_document(document).findings if finding.severity == "contradiction"] == []


def test_what_goes_from_a_quarter_to_the_next_is_one_thing() -> None:
    campaign = Campaign("C-1", "Salud mental", "", "", ("fb",), "DH")
    asked = ServiceRequest("S-1", RequestKind.DESIGN, "DH", "Afiche", date(2025, 3, 28), date(2025, 4, 2))
    first = small(1, 1, campaigns=(campaign,), requests=(asked,))
    second = small(2, 1, campaigns=(campaign,), requests=(replace(asked, delivered_on=date(2025, 4, 3)),))
    document = compose_rollup([first, second], YEAR)
    assert table(document, "Campañas del año")[1:] == [
        ["Salud mental", "DH", "primer trimestre de 2025 y segundo trimestre de 2025"]
    ]
    # Asked in the first quarter, delivered a day late in the second: one request, and none on time of one.
    assert table(document, "Solicitudes por trimestre en que se pidieron")[1] == [
        "Diseños",
        "1",
        "sin dato",
        "falta T2 2025",
    ]
    assert (
        "Oportunidad de los diseños: 0,0\N{NO-BREAK SPACE}%, con 0 a tiempo de 1 que tenía fecha pactada."
        in sentences(document)
    )


def test_a_risk_tells_each_quarter_and_where_the_records_say_otherwise() -> None:
    risk = Risk("R1", "Posibilidad de uso indebido", signal=RiskSignal.MISUSE)
    quiet = small(1, 1, risks=(risk,), follow_ups=(RiskFollowUp("R1", date(2025, 3, 1), materialised=False),))
    denied = small(
        2,
        1,
        risks=(risk,),
        follow_ups=(RiskFollowUp("R1", date(2025, 6, 1), materialised=False),),
        incidents=(Incident("I-1", date(2025, 5, 5), "Perfil falso"),),
    )
    silent = small(3, 1, risks=(risk,))
    before = small(4, 1)
    document = compose_rollup([quiet, denied, silent, before], YEAR)
    assert table(document, "Seguimiento de los riesgos por trimestre")[1][1:] == [
        "No se materializó",
        "No se materializó; los registros cuentan 1 caso",
        "sin seguimiento",
        "no estaba en el mapa",
    ]


def test_the_plan_adds_what_was_planned_and_done_and_measures_anew() -> None:
    def activity(planned: int | None, done: int | None) -> tuple[PlanActivity, ...]:
        return (
            PlanActivity(
                "A-1", "6.1/7", "Seguimiento", "informes", planned, done, IndicatorKind.COMPLETION, Decimal(90)
            ),
        )

    whole = compose_rollup([small(1, 1, activities=activity(4, 3)), small(2, 1, activities=activity(6, 6))], YEAR)
    # 9 done of 10 planned: neither the mean of 75 % and 100 %, nor the last.
    assert table(whole, "Actividades del plan en el año")[1] == [
        "6.1/7 Seguimiento", "10", "9", "hecho ÷ planeado", "90\N{NO-BREAK SPACE}%", "90,0\N{NO-BREAK SPACE}%",
    ]  # fmt: skip
    unknown = compose_rollup([small(1, 1, activities=activity(4, 3)), small(2, 1, activities=activity(6, None))], YEAR)
    assert table(unknown, "Actividades del plan en el año")[1][1:] == [
        "10", "sin dato", "hecho ÷ planeado", "90\N{NO-BREAK SPACE}%", "no medible",
    ]  # fmt: skip


def test_events_without_any_attendance_have_no_sum() -> None:
    events = (Event("E-1", date(2025, 2, 1), "Charla", "DH"),)
    document = compose_rollup([small(1, 1, events=events), small(2, 1)], YEAR)
    assert table(document, "Eventos por trimestre")[1:] == [
        ["Eventos", "1", "0", "1"],
        ["Con asistencia registrada", "0", "0", "0"],
        ["Asistencias registradas", "sin dato", "sin dato", "sin dato"],
    ]


def test_the_councils_report_has_its_own_title_and_the_same_figures(half_year: Document) -> None:
    council = compose_rollup(load("2025-T3", "2025-T4"), YEAR, Reader.COUNCIL)
    assert council.properties.title == "Informe anual de comunicaciones al Concejo, 2025"
    assert [found.rows for found in council.tables] == [found.rows for found in half_year.tables]


def test_no_kind_of_record_is_left_out_of_the_year() -> None:
    """A field that the dossier gains must be merged, or named here with the reason why the year has none of it."""
    of_the_quarter = {"pending", "declarations"}  # what a quarter lacks is its own; the year counts it
    full = replace(SMALL, satisfaction=(Satisfaction("ENC-1", "Charla", 10, 9),))
    whole = {field.name: getattr(full, field.name) for field in fields(full)}
    assert [name for name, value in whole.items() if value == ()] == ["declarations"]
    merged = gather_year([full], YEAR).merged
    assert [name for name in whole if getattr(merged, name) == () and name not in of_the_quarter] == []


@pytest.mark.parametrize(
    ("dossiers", "period", "sentence"),
    [
        ([small(1, 1)], Period.quarter(2025, 1), "El informe anual es de un año y pidió 2025-T1"),
        ([small(1, 1)], Period.year(2024), "Hay un registro de 2025-T1, que no es un trimestre de 2024. Quítelo."),
        ([small(1, 1), small(1, 2)], YEAR, "Hay dos registros de 2025-T1. Deje solo uno."),
        ([], YEAR, "No hay ningún registro de 2025. Indique al menos el de un trimestre."),
        (
            [small(1, 1), replace(small(2, 1), institution=Institution("Alcaldía"))],
            YEAR,
            "Los registros son de entidades distintas. Deje los de una sola.",
        ),
    ],
)
def test_what_is_no_year_is_refused(dossiers: list[Dossier], period: Period, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        compose_rollup(dossiers, period)
