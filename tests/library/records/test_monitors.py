"""What the records say of a risk: counted by hand here, one record at a time."""

from datetime import date, datetime

import pytest

from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.monitors import Monitor, judge_deliveries, monitor, seen_on, watch
from pregon.records.organisation import Control, Institution
from pregon.records.publishing import Publication, PublicationKind
from pregon.records.risk import Incident, RiskSignal
from pregon.records.service import RequestKind, ServiceRequest

QUARTER = Period.quarter(2025, 4)
AFTER = date(2026, 1, 7)


def posted(reference: str, day: date, *, corrected: date | None = None, withdrawn: date | None = None) -> Publication:
    return Publication(
        reference, "fb", PublicationKind.POST, day, "Afiche", corrected_on=corrected, withdrawn_on=withdrawn
    )


def asked(
    reference: str, due: date | None, delivered: date | None = None, *, cancelled: date | None = None
) -> ServiceRequest:
    return ServiceRequest(
        reference, RequestKind.DESIGN, "DH", "Afiche", date(2025, 9, 1), due, delivered, cancelled_on=cancelled
    )


def piece(
    reference: str, published: str, approved: date | None, kind: RequestKind = RequestKind.DESIGN
) -> ServiceRequest:
    return ServiceRequest(reference, kind, "DH", "Afiche", date(2025, 9, 1), approved_on=approved, published=published)


def look(
    signal: RiskSignal,
    *,
    publications: tuple[Publication, ...] = (),
    requests: tuple[ServiceRequest, ...] = (),
    incidents: tuple[Incident, ...] = (),
    as_of: date = AFTER,
) -> Monitor:
    return monitor(
        signal, period=QUARTER, publications=publications, requests=requests, incidents=incidents, as_of=as_of
    )


def test_corrections_and_withdrawals_count_when_they_happened_inside_the_period() -> None:
    found = look(
        RiskSignal.CORRECTIONS,
        publications=(
            posted("clean", date(2025, 10, 2)),
            posted("corrected", date(2025, 10, 2), corrected=date(2025, 10, 3)),
            posted("withdrawn", date(2025, 12, 30), withdrawn=date(2025, 12, 31)),
            posted("corrected next quarter", date(2025, 12, 30), corrected=date(2026, 1, 2)),
            posted("of before, corrected now", date(2025, 9, 30), corrected=date(2025, 10, 1)),
            posted("of before", date(2025, 9, 30)),
        ),
    )
    assert found == Monitor(
        RiskSignal.CORRECTIONS,
        3,
        5,
        ("publication:corrected", "publication:withdrawn", "publication:of before, corrected now"),
        contradicts=True,
    )


def test_a_piece_that_nobody_had_approved_when_it_came_out_counts_with_the_corrections() -> None:
    day = date(2025, 11, 5)
    found = look(
        RiskSignal.CORRECTIONS,
        publications=tuple(posted(name, day) for name in ("on the day", "before", "after", "never", "of no request")),
        requests=(
            piece("1", "on the day", day),
            piece("2", "before", date(2025, 11, 4)),
            piece("3", "after", date(2025, 11, 6)),
            piece("4", "never", None),
            piece("5", "", None),
            piece("6", "of another quarter", None),
        ),
    )
    assert (found.count, found.total, found.sources) == (2, 5, ("publication:after", "publication:never"))


def test_a_coverage_has_no_piece_to_approve() -> None:
    day = date(2025, 11, 5)
    requests = tuple(piece(kind.value, kind.value, None, kind) for kind in RequestKind)
    publications = tuple(posted(kind.value, day) for kind in RequestKind)
    found = look(RiskSignal.CORRECTIONS, publications=publications, requests=requests)
    assert found.sources == (
        "publication:design",
        "publication:news",
        "publication:video",
        "publication:publication",
        "publication:wallpaper",
    )


def test_one_publication_counts_once_though_it_was_mended_and_unapproved() -> None:
    day = date(2025, 11, 5)
    found = look(
        RiskSignal.CORRECTIONS,
        publications=(posted("both", day, corrected=day, withdrawn=day),),
        requests=(piece("1", "both", None),),
    )
    assert (found.count, found.total) == (1, 1)


def test_one_of_two_requests_of_a_publication_was_approved_and_that_is_enough() -> None:
    day = date(2025, 11, 5)
    found = look(
        RiskSignal.CORRECTIONS,
        publications=(posted("shared", day),),
        requests=(piece("1", "shared", None), piece("2", "shared", day)),
    )
    assert (found.count, found.contradicts) == (0, False)


def test_deliveries_are_late_after_their_date_and_overdue_when_it_passed() -> None:
    found = look(
        RiskSignal.LATE_DELIVERIES,
        requests=(
            asked("on the day", date(2025, 10, 8), date(2025, 10, 8)),
            asked("a day late", date(2025, 10, 8), date(2025, 10, 9)),
            asked("due before the quarter, delivered in it", date(2025, 9, 29), date(2025, 10, 1)),
            asked("due on the last day, not delivered", date(2025, 12, 31)),
            asked("due on the last day, delivered in January", date(2025, 12, 31), date(2026, 1, 2)),
            asked("due in January", date(2026, 1, 2)),
            asked("due before the quarter, open still", date(2025, 9, 29)),
            asked("cancelled in the quarter", date(2025, 10, 8), cancelled=date(2025, 12, 31)),
            asked("cancelled in January", date(2025, 12, 30), cancelled=date(2026, 1, 2)),
            asked("delivered before the quarter", date(2025, 10, 8), date(2025, 9, 30)),
            asked("no date", None, date(2025, 10, 9)),
        ),
    )
    assert found == Monitor(
        RiskSignal.LATE_DELIVERIES,
        5,
        6,
        (
            "request:a day late",
            "request:due before the quarter, delivered in it",
            "request:due on the last day, not delivered",
            "request:due on the last day, delivered in January",
            "request:cancelled in January",
        ),
        contradicts=True,
    )


def test_in_the_middle_of_the_quarter_what_comes_later_has_not_happened() -> None:
    requests = (
        asked("due yesterday", date(2025, 11, 4)),
        asked("due today", date(2025, 11, 5)),
        asked("due tomorrow", date(2025, 11, 6)),
        asked("delivered tomorrow", date(2025, 11, 4), date(2025, 11, 6)),
        asked("delivered today", date(2025, 11, 5), date(2025, 11, 5)),
    )
    found = judge_deliveries(requests, period=QUARTER, as_of=date(2025, 11, 5))
    assert [request.reference for request in found.on_time] == ["delivered today"]
    assert found.late == ()
    assert [request.reference for request in found.overdue] == ["due yesterday", "delivered tomorrow"]


def test_incidents_count_inside_the_period_and_none_recorded_is_none_happened() -> None:
    incidents = (
        Incident("first day", QUARTER.start, "Perfil falso"),
        Incident("day before", date(2025, 9, 30), "Perfil falso"),
        Incident("last day", QUARTER.end, "Perfil falso"),
    )
    found = look(RiskSignal.MISUSE, incidents=incidents)
    assert found == Monitor(RiskSignal.MISUSE, 2, None, ("incident:first day", "incident:last day"), contradicts=True)
    assert look(RiskSignal.MISUSE) == Monitor(RiskSignal.MISUSE, 0, None, (), contradicts=False)


@pytest.mark.parametrize("signal", [RiskSignal.CORRECTIONS, RiskSignal.LATE_DELIVERIES, RiskSignal.NONE])
def test_what_nothing_can_be_counted_from_is_not_zero(signal: RiskSignal) -> None:
    requests = (asked("no date", None, date(2025, 10, 9)), asked("due in January", date(2026, 1, 2)))
    assert look(signal, requests=requests) == Monitor(signal, None, None, (), contradicts=False)


@pytest.mark.parametrize("signal", RiskSignal)
def test_a_period_that_has_not_begun_says_nothing(signal: RiskSignal) -> None:
    found = look(signal, publications=(posted("early", QUARTER.start),), as_of=date(2025, 9, 30))
    assert (found.count, found.is_measurable, found.contradicts) == (None, False, False)


def test_a_dossier_is_looked_at_on_its_cutoff_and_otherwise_when_the_period_is_over() -> None:
    def of(cutoff: datetime | None) -> Dossier:
        return Dossier(
            Institution("Personería"), QUARTER, Control("GC", "1", cutoff), requests=(asked("open", QUARTER.end),)
        )

    assert seen_on(of(None)) == date(2026, 1, 1)
    assert seen_on(of(datetime(2025, 11, 5, 17))) == date(2025, 11, 5)  # noqa: DTZ001 -- local time by definition
    assert watch(of(None), RiskSignal.LATE_DELIVERIES).count == 1
    assert watch(of(datetime(2025, 11, 5, 17)), RiskSignal.LATE_DELIVERIES).count is None  # noqa: DTZ001 -- as above
