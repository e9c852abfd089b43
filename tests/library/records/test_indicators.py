"""Indicators: a result with both its terms, or «no medible» with the reason. Never 100 % out of nothing."""

from datetime import date
from decimal import Decimal

import pytest

from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.indicators import call_effectiveness, deliverables, timeliness
from pregon.records.measuring import measure_activity
from pregon.records.organisation import Control, Institution
from pregon.records.programme import Campaign, Deliverable, Event, IndicatorKind, PlanActivity
from pregon.records.service import RequestKind, ServiceRequest

QUARTER = Period.quarter(2025, 4)
ASKED = date(2025, 10, 1)
DUE = date(2025, 10, 8)


def dossier(**records: object) -> Dossier:
    return Dossier(Institution("Personería"), QUARTER, Control("GC-INF-02", "1"), **records)  # type: ignore[arg-type]  # each test gives one kind


def request(reference: str, due: date | None, delivered: date | None) -> ServiceRequest:
    return ServiceRequest(reference, RequestKind.DESIGN, "DH", "Afiche", ASKED, due, delivered)


def test_timeliness_counts_the_day_itself_as_on_time() -> None:
    found = timeliness(
        dossier(
            requests=(
                request("on the day", DUE, DUE),
                request("late", DUE, date(2025, 10, 9)),
                request("before", DUE, ASKED),
                request("no date agreed", None, ASKED),
                request("not delivered", DUE, None),
                request("delivered next quarter", DUE, date(2026, 1, 2)),
            )
        )
    )
    assert found.result is not None
    assert found.result.value == Decimal("66.7")
    assert found.numerator is not None
    assert found.numerator.sources == ("request:on the day", "request:before")


def test_timeliness_without_any_date_agreed_is_not_measurable() -> None:
    found = timeliness(dossier(requests=(request("r", None, ASKED),)))
    assert (found.is_measurable, found.reason) == (
        False,
        "ninguna solicitud entregada en el periodo tenía fecha pactada",
    )


@pytest.mark.parametrize(
    ("planned", "done", "result", "reason"),
    [
        (4, 3, Decimal("75.0"), ""),
        (0, 0, None, "no había nada planeado para el periodo"),
        (None, 3, None, "falta registrar lo planeado o lo hecho"),
        (3, None, None, "falta registrar lo planeado o lo hecho"),
        (None, None, None, "falta registrar lo hecho o el avance"),
        (3, 4, Decimal("133.3"), ""),
    ],
)
def test_completion(planned: int | None, done: int | None, result: Decimal | None, reason: str) -> None:
    activity = PlanActivity("A-1", "6.1/7", "Seguimiento", "", planned, done, IndicatorKind.COMPLETION, Decimal(90))
    found = measure_activity(dossier(activities=(activity,)), activity)
    assert (found.result.value if found.result else None, found.reason) == (result, reason)


def test_an_indicator_meets_its_target_only_when_it_has_both() -> None:
    activity = PlanActivity("A-1", "", "x", "", 10, 9, IndicatorKind.COMPLETION)
    found = measure_activity(dossier(), activity)
    assert found.meets(Decimal(90)) is True
    assert found.meets(Decimal("90.1")) is False
    assert found.meets(None) is None
    none = measure_activity(dossier(), PlanActivity("A-2", "", "x"))
    assert (none.meets(Decimal(1)), none.reason) == (None, "la actividad no tiene indicador definido")


def test_deliverables_leave_out_products_without_both_figures() -> None:
    campaign = Campaign(
        "C-1",
        "x",
        "",
        "",
        (),
        "DH",
        deliverables=(
            Deliverable("a", 5, 5),
            Deliverable("b", 5, 2),
            Deliverable("c", None, 9),
            Deliverable("d", 9, None),
        ),
    )
    found = deliverables(dossier(campaigns=(campaign,)))
    assert found.result is not None
    assert found.result.value == Decimal("70.0")


def test_the_call_is_measured_over_events_with_both_figures() -> None:
    events = (
        Event("E-1", ASKED, "x", "DH", called=50, attended=45),
        Event("E-2", ASKED, "x", "DH", called=50),
        Event("E-3", ASKED, "x", "DH", attended=400),
    )
    found = call_effectiveness(dossier(events=events))
    assert found.result is not None
    assert (found.result.value, found.sources) == (Decimal("90.0"), ("event:E-1",))
