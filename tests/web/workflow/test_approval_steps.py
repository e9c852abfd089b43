"""Where a version stands, by the order and what was decided; and whether a day was on time. By hand."""

from __future__ import annotations

from datetime import date

import pytest

from pregon_web.workflow.approval_steps import DEFAULT_ORDER, Standing, find_standing, read_order
from pregon_web.workflow.models import Signer
from pregon_web.workflow.timeliness import judge_timeliness

OWNER, APPROVER = Signer.OWNER, Signer.APPROVER


@pytest.mark.parametrize(
    ("order", "decided", "is_sent", "standing"),
    [
        ((OWNER, APPROVER), [], False, Standing()),
        ((OWNER, APPROVER), [], True, Standing(pending=OWNER)),
        ((OWNER, APPROVER), [("owner", True)], True, Standing(pending=APPROVER)),
        ((OWNER, APPROVER), [("owner", True), ("approver", True)], True, Standing(is_approved=True)),
        ((OWNER, APPROVER), [("owner", False)], True, Standing(is_returned=True)),
        ((OWNER, APPROVER), [("owner", True), ("approver", False)], True, Standing(is_returned=True)),
        ((APPROVER, OWNER), [("owner", True)], True, Standing(pending=APPROVER)),
        ((APPROVER,), [], True, Standing(pending=APPROVER)),
        # The rules came to ask for less, or for more, after the first decision.
        ((OWNER,), [("owner", True)], True, Standing(is_approved=True)),
        ((OWNER, APPROVER), [("approver", True)], True, Standing(pending=OWNER)),
    ],
)
def test_where_a_version_stands(
    order: tuple[Signer, ...], decided: list[tuple[str, bool]], is_sent: bool, standing: Standing
) -> None:
    assert find_standing(order, decided, is_sent=is_sent) == standing


@pytest.mark.parametrize(
    ("kept", "order"),
    [
        ([], DEFAULT_ORDER),
        (["nadie"], DEFAULT_ORDER),
        (["approver"], (APPROVER,)),
        (["approver", "owner", "approver"], (APPROVER, OWNER)),
    ],
)
def test_the_order_that_a_row_keeps(kept: list[object], order: tuple[Signer, ...]) -> None:
    assert read_order(kept) == order


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 10, 8), "A tiempo: salió el 8 de octubre de 2025"),
        (date(2025, 10, 10), "A tiempo: salió el 10 de octubre de 2025"),
        (date(2025, 10, 11), "Tarde, sin que pasara un día hábil: salió el 11 de octubre de 2025"),
        # Friday 10 to Tuesday 14: Monday 13 is a holiday, so one business day.
        (date(2025, 10, 14), "Tarde, 1 día hábil: salió el 14 de octubre de 2025"),
        (date(2025, 10, 17), "Tarde, 4 días hábiles: salió el 17 de octubre de 2025"),
    ],
)
def test_on_time_or_late_in_business_days(day: date, words: str) -> None:
    found = judge_timeliness(day, date(2025, 10, 10))
    assert found is not None
    assert found.words == f"{words} y vencía el 10 de octubre de 2025"


def test_without_a_date_it_is_neither_on_time_nor_late() -> None:
    assert judge_timeliness(date(2025, 10, 8), None) is None


def test_a_local_closure_is_no_business_day() -> None:
    found = judge_timeliness(date(2025, 10, 15), date(2025, 10, 14), closures={date(2025, 10, 15)})
    assert found is not None
    assert (found.is_late, found.late_days) == (True, 0)
