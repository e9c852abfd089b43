"""The figures, dates and periods of the reference report, counted by hand in findings.md."""

from pathlib import Path

import pytest

from pregon.figures.period import find_periods
from pregon.figures.spanish import find_amounts, find_dates

REPORT = Path(__file__).parents[4] / "shared" / "reference" / "informe-2025-T4.txt"


@pytest.fixture(scope="module")
def text() -> str:
    if not REPORT.exists():
        pytest.skip("falta ../shared/reference/informe-2025-T4.txt")
    return REPORT.read_text(encoding="utf-8")


def test_its_four_quarters_are_found(text: str) -> None:
    quarters = [(mention.quarter, mention.year) for mention in find_periods(text) if mention.quarter]
    assert quarters == [(2, 2025), (3, 2025), (4, 2025), (2, None), (1, None)]
    assert sum(mention.relative for mention in find_periods(text)) == 1


def test_its_campaigns_outside_the_quarter_are_found(text: str) -> None:
    durations = [mention.months for mention in find_periods(text) if mention.text.islower() and mention.months]
    assert durations == [(7,), (8,), (8,), (8, 9)]


def test_its_event_and_note_dates_are_found(text: str) -> None:
    dated = [mention.date.isoformat() for mention in find_dates(text) if mention.date]
    events = ["2025-10-06", "2025-10-17", "2025-10-27", "2025-11-19", "2025-10-28", "2025-12-10"]
    assert dated == [*events, "2025-07-04", "2025-07-04", "2025-07-04"]


def test_its_commemorations_are_found(text: str) -> None:
    yearless = [(mention.day, mention.month) for mention in find_dates(text) if mention.year is None]
    assert yearless == [(10, 10), (12, 10), (19, 10), (25, 11), (21, 7), (31, 7), (11, 9), (28, 9), (9, 12), (15, 12)]


def test_its_figures_are_found_and_its_server_is_not(text: str) -> None:
    values = [int(mention.amount.value) for mention in find_amounts(text)]
    for figure in (34811, 34326, 25059, 36, 273, 179, 278, 73300, 37764, 124045, 2106, 1830, 659, 65, 232, 77):
        assert figure in values
    assert not {192, 168, 95, 207037734} & set(values)
