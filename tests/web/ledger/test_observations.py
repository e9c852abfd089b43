"""Figures supersede one another in one line, also after one of them was taken back."""

from __future__ import annotations

from decimal import Decimal

from pregon.figures.amount import Amount
from pregon.records import publishing
from pregon.records.publishing import ObservationStatus
from pregon_web.ledger.models import Channel, Observation
from pregon_web.ledger.services import add_records, record_observations, restore_observation
from tests.web.records import QUARTER
from tests.web.towns import Town

T4 = str(QUARTER)


def record(town: Town, value: int) -> Observation:
    seen = publishing.Observation(
        "posts", "fb", QUARTER.months[0], ObservationStatus.VALUE, Amount.exact(value), source="Panel"
    )
    (row,) = record_observations(access=town.access(), period=T4, observations=[seen])
    return row


def test_another_figure_can_be_recorded_after_one_was_taken_back(town: Town) -> None:
    add_records(access=town.access(), rows=[Channel(code="fb", name="Facebook", platform="facebook")])
    first, wrong = record(town, 1), record(town, 2)
    restore_observation(access=town.access(), row=wrong)
    right = record(town, 3)
    rows = Observation.objects.of(town.institution).values_list("pk", "value", "is_current", "supersedes")
    assert list(rows) == [
        (first.pk, Decimal(1), False, None),
        (wrong.pk, Decimal(2), False, None),
        (right.pk, Decimal(3), True, first.pk),
    ]
