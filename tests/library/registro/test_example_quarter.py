"""The example files: the figures of the real quarter counted by hand, and the files equal to what the script makes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.calendar import is_business_day
from pregon.records.dossier import Dossier
from pregon.records.publishing import ObservationStatus, PublicationKind
from pregon.records.service import RequestKind
from pregon.registro import check_registro, read_registro

EXAMPLES = Path(__file__).parents[3] / "examples"
OCTOBER, NOVEMBER, DECEMBER = Period.quarter(2025, 4).months


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_registro(EXAMPLES / "registro-2025-T4.xlsx")


@pytest.fixture(scope="module")
def made() -> Mapping[str, Dossier]:
    sys.path.insert(0, str(EXAMPLES))
    try:
        from make_example import make_dossiers

        return make_dossiers()
    finally:
        sys.path.remove(str(EXAMPLES))


def _per_month(dossier: Dossier, kind: PublicationKind, channel: str) -> list[int]:
    found = Counter(
        publication.published_on.month
        for publication in dossier.publications
        if publication.kind is kind and publication.channel == channel
    )
    return [found[10], found[11], found[12]]


@pytest.mark.parametrize("name", ["registro-2025-T4.xlsx", "registro-2025-T3.xlsx", "registro-2024-T4.xlsx"])
def test_the_files_are_what_the_script_makes(made: Mapping[str, Dossier], name: str) -> None:
    assert check_registro(EXAMPLES / name) == ()
    assert read_registro(EXAMPLES / name) == made[name]


def test_posts_by_network_and_month(dossier: Dossier) -> None:
    posts = {channel: _per_month(dossier, PublicationKind.POST, channel) for channel in ("facebook", "instagram", "x")}
    assert posts == {"facebook": [44, 24, 26], "instagram": [44, 22, 23], "x": [46, 19, 25]}
    assert [sum(months) for months in posts.values()] == [94, 89, 90]
    assert sum(map(sum, posts.values())) == 273


def test_news_messages_and_wallpapers(dossier: Dossier) -> None:
    assert _per_month(dossier, PublicationKind.NEWS_ITEM, "sede") == [3, 1, 2]
    assert _per_month(dossier, PublicationKind.MESSAGE, "whatsapp") == [10, 13, 14]
    assert _per_month(dossier, PublicationKind.WALLPAPER, "fondos") == [0, 0, 2]
    kinds = Counter(publication.kind for publication in dossier.publications)
    assert (kinds[PublicationKind.NEWS_ITEM], kinds[PublicationKind.MESSAGE], kinds[PublicationKind.WALLPAPER]) == (
        6,
        37,
        2,
    )


def test_visits_add_up_to_the_quarter(dossier: Dossier) -> None:
    visits = [dossier.observation("visits", "sede", month) for month in (OCTOBER, NOVEMBER, DECEMBER)]
    values = [observation.amount.value for observation in visits if observation and observation.amount]
    assert values == [34811, 34326, 25059]
    assert sum(values) == 94196


@pytest.mark.parametrize(
    ("channel", "metric", "october", "november", "ulp"),
    [
        ("facebook", "viewers", 73300, 26700, 100),
        ("facebook", "visits", 3400, 1400, 100),
        ("facebook", "followers_gained", 111, 37, 0),
        ("facebook", "views", 208800, 66800, 100),
        ("instagram", "reach", 5700, 3400, 100),
        ("instagram", "visits", 557, 439, 0),
        ("instagram", "followers_gained", 34, 35, 0),
        ("instagram", "views", 44600, 39300, 100),
        ("x", "views", 2106, 1830, 0),
    ],
)
def test_audience_and_its_december_that_is_owed(
    dossier: Dossier, channel: str, metric: str, october: int, november: int, ulp: int
) -> None:
    found = [dossier.observation(metric, channel, month) for month in (OCTOBER, NOVEMBER, DECEMBER)]
    assert [observation.amount if observation else None for observation in found] == [
        Amount(Decimal(october), ulp=Decimal(ulp)),
        Amount(Decimal(november), ulp=Decimal(ulp)),
        None,
    ]
    december = found[2]
    assert december is not None
    assert (december.status, december.owed_by, december.due) == (
        ObservationStatus.NO_DATA,
        "Marcela Ríos",
        date(2026, 1, 15),
    )
    assert dossier.observation(metric, channel, dossier.period) is None
    assert [observation.is_estimate for observation in found if observation] == [channel == "x"] * 3


def test_events_with_three_attendances_unknown(dossier: Dossier) -> None:
    assert [event.attended for event in dossier.events] == [45, None, 16, None, 40, None]
    assert [event.day for event in dossier.events] == sorted(event.day for event in dossier.events)
    assert all(bool(event.owed_by) == (event.attended is None) for event in dossier.events)


def test_campaigns_and_what_they_owe(dossier: Dossier) -> None:
    assert len(dossier.campaigns) == 7
    integrity = dossier.campaigns[-1]
    assert [(each.product, each.promised, each.delivered) for each in integrity.deliverables] == [
        ("mensajes por WhatsApp", 5, 5),
        ("fondos de pantalla", 5, 2),
    ]
    linked = Counter(publication.campaign for publication in dossier.publications)
    assert all(linked[campaign.reference] for campaign in dossier.campaigns)
    pieces = {
        campaign.reference: len({each.title for each in dossier.publications if each.campaign == campaign.reference})
        for campaign in dossier.campaigns[:6]
    }
    promised = {campaign.reference: campaign.deliverables[0].promised for campaign in dossier.campaigns[:6]}
    assert pieces == promised


def test_requests_are_measurable(dossier: Dossier) -> None:
    asked = Counter((request.kind, request.asked_on.month) for request in dossier.requests)
    assert [asked[(RequestKind.COVERAGE, month)] for month in (10, 11, 12)] == [29, 24, 18]
    assert [asked[(RequestKind.DESIGN, month)] for month in (10, 11, 12)] == [30, 27, 22]
    late = [request for request in dossier.requests if request.is_late]
    open_ones = [request for request in dossier.requests if request.delivered_on is None]
    assert (len(late), len(open_ones)) == (5, 2)
    for request in dossier.requests:
        days = (request.asked_on, request.due, request.delivered_on)
        assert all(is_business_day(day) for day in days if day is not None), request


def test_three_risks_two_checked_in_the_quarter(dossier: Dossier) -> None:
    assert len(dossier.risks) == 3
    assert [(each.risk, each.checked_on) for each in dossier.follow_ups] == [
        ("R1", date(2025, 12, 18)),
        ("R2", date(2025, 12, 18)),
    ]


def test_control(dossier: Dossier) -> None:
    control = dossier.control
    assert (control.code, control.version, str(control.cutoff)) == ("GC-INF-02", "1", "2026-01-07 17:00:00")
    assert [step.code for step in control.steps] == ["6.1/7", "6.2/6", "6.3/9"]
    assert [(each.person, each.signed_on) for each in control.signatures] == [
        ("Marcela Ríos", date(2026, 1, 6)),
        ("Luz Dary Cano", date(2026, 1, 7)),
        ("Beatriz Upegui", date(2026, 1, 8)),
    ]
