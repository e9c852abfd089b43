"""The quantities of formulas, counted by hand; and what activities and cards come to with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pregon.figures.amount import Amount
from pregon.figures.metric import CATALOGUE as METRICS
from pregon.figures.metric import Additivity
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.formula_reading import spell
from pregon.records.indicators import Indicator
from pregon.records.measuring import measure_activity, measure_formula
from pregon.records.organisation import Channel, Closure, Control, Institution, Platform
from pregon.records.programme import Campaign, Deliverable, Event, IndicatorKind, PlanActivity
from pregon.records.publishing import Observation, ObservationStatus, Publication, PublicationKind
from pregon.records.quantities import CATALOGUE, LABELS
from pregon.records.service import RequestKind, Satisfaction, ServiceRequest

QUARTER = Period.quarter(2025, 4)
OCTOBER, NOVEMBER, DECEMBER = QUARTER.months


def day(month: int, number: int, year: int = 2025) -> date:
    return date(year, month, number)


def request(reference: str, asked: date, due: date | None, delivered: date | None, **more: object) -> ServiceRequest:
    return ServiceRequest(reference, RequestKind.DESIGN, "DH", "Afiche", asked, due, delivered, **more)  # type: ignore[arg-type]  # a few of its fields


REQUESTS = (
    request("S-1", day(10, 1), day(10, 8), day(10, 8)),  # on its day
    request("S-2", day(10, 1), day(10, 8), day(10, 9), returned=2),  # a day late
    request("S-3", day(11, 4), day(11, 20), day(11, 10)),
    request("S-4", day(12, 1), None, day(12, 3)),  # no date agreed
    request("S-5", day(12, 15), day(12, 22), day(1, 5, 2026)),  # delivered in the next quarter: overdue at the end
    request("S-6", day(9, 25), day(10, 2), day(10, 1)),  # asked before
    request("S-7", day(12, 1), day(12, 5), None, cancelled_on=day(12, 4)),
    ServiceRequest("S-8", RequestKind.COVERAGE, "DH", "Feria", day(12, 20), day(1, 9, 2026)),
)
CHANNELS = (
    Channel("fb", "Facebook", Platform.FACEBOOK),
    Channel("ig", "Instagram", Platform.INSTAGRAM),
    Channel("sede", "Sede", Platform.WEBSITE),
    Channel("wa", "WhatsApp", Platform.WHATSAPP, is_internal=True),
)


def observe(metric: str, channel: str, *values: int | None) -> tuple[Observation, ...]:
    return tuple(
        Observation(
            metric,
            channel,
            month,
            ObservationStatus.NO_DATA if value is None else ObservationStatus.VALUE,
            None if value is None else Amount.exact(value),
        )
        for month, value in zip(QUARTER.months, values, strict=True)
    )


def publish(reference: str, channel: str, on: date, **more: object) -> Publication:
    return Publication(reference, channel, PublicationKind.POST, on, "Título", **more)  # type: ignore[arg-type]  # a few of its fields


OFFICE = Dossier(
    Institution("Personería"),
    QUARTER,
    Control("GC-INF-02", "1"),
    channels=CHANNELS,
    publications=(
        publish("P-1", "ig", day(10, 3)),
        publish("P-2", "ig", day(11, 3), corrected_on=day(11, 4)),
        publish("P-3", "ig", day(12, 3), corrected_on=day(1, 8, 2026)),  # corrected in the next quarter
        publish("P-4", "ig", day(12, 4), withdrawn_on=day(12, 5), corrected_on=day(12, 5)),  # once
    ),
    observations=(
        *observe("posts", "fb", 44, 24, 26),
        *observe("messages", "wa", 10, 13, 14),
        *observe("visits", "sede", 34811, 34326, 25059),
        *observe("visits", "fb", 100, 200, None),
    ),
    campaigns=(
        Campaign("C-1", "Salud mental", "", "", (), "DH", deliverables=(Deliverable("posts", 5, 5),)),
        Campaign("C-2", "Informarse", "", "", (), "DH", deliverables=(Deliverable("a", 4, 4), Deliverable("b", 2, 1))),
    ),
    events=(
        Event("E-1", day(10, 6), "Charla", "DH", called=60, attended=45),
        Event("E-2", day(10, 17), "Taller", "DH", called=40),
        Event("E-3", day(11, 5), "Feria", "DH", called=0, attended=16),
        Event("E-4", day(1, 9, 2026), "Después", "DH", called=10, attended=10),
    ),
    requests=REQUESTS,
    activities=(
        PlanActivity("A-1", "6.1/7", "Seguimiento", "informes", 3, 3),
        PlanActivity("A-2", "6.2/6", "Mensajes", "mensajes", 36, 30),
        PlanActivity("A-3", "6.3/9", "Solo en otro trimestre", "", 0, None),
    ),
    satisfaction=(Satisfaction("ENC-1", "Charla", 30, 27), Satisfaction("ENC-2", "Servicio", 10, 6)),
    closures=(Closure(day(11, 6), "Día cívico"),),
)
NOTHING = Dossier(Institution("Personería"), QUARTER, Control("", ""))


@pytest.mark.parametrize(
    ("code", "value", "sources"),
    [
        ("publicaciones_facebook", 94, None),
        ("publicaciones_instagram", 4, None),
        ("publicaciones", 98, None),
        ("mensajes_internos", 37, None),
        ("publicaciones_anotadas", 4, 4),
        ("correcciones", 2, ("publication:P-2", "publication:P-4")),
        ("solicitudes_recibidas", 7, 7),
        ("solicitudes_entregadas", 5, 5),
        ("solicitudes_con_fecha", 4, 4),
        ("solicitudes_a_tiempo", 3, ("request:S-1", "request:S-3", "request:S-6")),
        ("solicitudes_tardias", 1, ("request:S-2",)),
        ("solicitudes_vencidas", 1, ("request:S-5",)),
        ("solicitudes_devueltas", 1, ("request:S-2",)),
        ("solicitudes_canceladas", 1, ("request:S-7",)),
        ("disenos", 6, 6),
        ("acompanamientos", 1, ("request:S-8",)),
        ("campanas_planeadas", 2, 2),
        ("campanas_realizadas", 1, ("campaign:C-1",)),
        ("productos_prometidos", 11, 2),
        ("productos_entregados", 10, 2),
        ("eventos", 3, 3),
        ("convocados", 60, ("event:E-1", "event:E-3")),
        ("asistentes", 61, ("event:E-1", "event:E-3")),
        ("actividades_planeadas", 2, ("activity:A-1", "activity:A-2")),
        ("actividades_realizadas", 1, ("activity:A-1",)),
        ("respuestas", 40, 2),
        ("respuestas_satisfechas", 33, 2),
        ("visitas_sede", 94196, None),
    ],
)
def test_a_quantity_counted_by_hand(code: str, value: int, sources: tuple[str, ...] | int | None) -> None:
    found = CATALOGUE[code].measure(OFFICE)
    assert found.value == value
    if isinstance(sources, int):
        assert len(found.sources) == sources
    elif sources is not None:
        assert found.sources == sources


def test_the_median_leaves_out_weekends_holidays_and_local_closures() -> None:
    # S-1: 2, 3, 6, 7, 8 October = 5; S-2: one more = 6; S-3: 5, 7, 10 November (the 6th is closed) = 3;
    # S-4: 2, 3 December = 2; S-6: 26, 29, 30 September, 1 October = 4.
    found = CATALOGUE["mediana_dias_habiles"].measure(OFFICE)
    assert (found.value, len(found.sources)) == (Decimal(4), 5)


def test_a_month_without_datum_makes_the_sum_unknown_and_is_named() -> None:
    found = CATALOGUE["visitas"].measure(OFFICE)
    assert (found.value, found.lacking) == (None, ("Facebook",))


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_an_office_that_recorded_nothing_has_no_datum_and_not_zero(code: str) -> None:
    assert CATALOGUE[code].measure(NOTHING).value is None


def test_codes_and_words_name_one_quantity_each() -> None:
    assert all(spell(code) == code for code in CATALOGUE)
    names = [name for code, label in LABELS.items() for name in {code, spell(label)}]
    assert len(names) == len(set(names))
    assert all(not character.isdigit() for label in LABELS.values() for character in label)


def test_no_quantity_adds_what_cannot_be_added() -> None:
    people = [metric.name.lower() for metric in METRICS.values() if metric.over_time is Additivity.NOT_ADDABLE]
    assert [label for label in LABELS.values() if label in people] == []


def outcome(found: Indicator) -> tuple[Decimal | None, str, str]:
    return found.result.value if found.result else None, found.unit, found.reason


@pytest.mark.parametrize(
    ("formula", "unit", "value", "of", "reason"),
    [
        ("solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100", "", Decimal("75.0"), "%", ""),
        ("solicitudes_a_tiempo ÷ solicitudes_con_fecha", "", Decimal("75.0"), "%", ""),
        ("asistentes ÷ convocados × 100", "", Decimal("101.7"), "%", ""),
        ("productos_entregados ÷ productos_prometidos", "productos", Decimal("0.9"), "productos", ""),
        ("mediana_dias_habiles", "", Decimal(4), "días hábiles", ""),
        ("publicaciones ÷ eventos", "", Decimal("32.7"), "", ""),
        ("publicaciones ÷ eventos", "%", Decimal("3266.7"), "%", ""),
        ("publicaciones + noticias", "", None, "", ("falta el dato de «noticias en la sede electrónica»: "
         "anote las publicaciones una por una, o su cifra de cada mes en Métricas")),
        ("visitas ÷ eventos", "visitas", None, "visitas", ("falta el dato de «visitas» (de «Facebook»): "
         "escriba su cifra de cada mes en Métricas, o importe el archivo de la plataforma")),
        ("eventos ÷ (solicitudes_tardias − correcciones + 1)", "", None, "",
         ("«solicitudes tardías − publicaciones corregidas o retiradas + 1» es cero y no se puede dividir por cero: "
         "registre las solicitudes con el día en que se pidieron y se entregaron y "
         "anote las publicaciones una por una")),
        ("", "", None, "%", "falta escribir la fórmula"),
        ("2 + 2", "", None, "", "la fórmula no nombra ninguna cantidad de los registros"),
        ("eventos ÷", "", None, "%", ("la fórmula no se puede leer: A la fórmula le falta lo que sigue: "
         "una cantidad de la lista o un número")),
        ("eventos × 999999999999999 × 999999999999999", "", None, "eventos",
         "el resultado es un número demasiado grande: revise la fórmula"),
    ],
)  # fmt: skip
def test_what_a_formula_comes_to_or_what_it_needs(
    formula: str, unit: str, value: Decimal | None, of: str, reason: str
) -> None:
    assert outcome(measure_formula(OFFICE, formula, "k", unit=unit)) == (value, of, reason)


def test_both_terms_keep_the_records_behind_them() -> None:
    found = measure_formula(OFFICE, "(solicitudes_a_tiempo + solicitudes_tardias) ÷ eventos × 100", "k")
    assert found.numerator is not None
    assert found.denominator is not None
    assert (found.numerator.value, found.denominator.value) == (Decimal(4), Decimal(3))
    assert found.numerator.sources == ("request:S-1", "request:S-3", "request:S-6", "request:S-2")
    assert found.formula == "(solicitudes a tiempo + solicitudes tardías) ÷ eventos × 100"
    assert found.sources == (*found.numerator.sources, "event:E-1", "event:E-2", "event:E-3")


def test_an_activity_is_measured_by_the_formula_that_the_office_wrote() -> None:
    activity = PlanActivity(
        "A-9", "6.3/9", "x", indicator=IndicatorKind.FORMULA, formula="correcciones ÷ publicaciones_anotadas × 100"
    )
    assert outcome(measure_activity(OFFICE, activity)) == (Decimal("50.0"), "%", "")
    assert measure_activity(OFFICE, activity).meets(Decimal(50)) is True


def test_the_progress_noted_counts_only_where_nothing_is_counted() -> None:
    noted = PlanActivity("A-9", "", "Manual", indicator=IndicatorKind.COMPLETION, progress=Decimal(60))
    assert outcome(measure_activity(OFFICE, noted)) == (Decimal(60), "%", "")
    counted = PlanActivity("A-9", "", "x", "", 10, 9, IndicatorKind.COMPLETION, progress=Decimal(60))
    assert outcome(measure_activity(OFFICE, counted)) == (Decimal("90.0"), "%", "")
