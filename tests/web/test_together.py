"""Twenty people at once: nothing they record is lost, no figure is superseded twice, and the journal stays whole.

Each thread works as the server's do: its own connection, given back after each request.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from django.db import close_old_connections, connections, transaction

from pregon.figures.amount import Amount
from pregon.records import publishing
from pregon.records.publishing import ObservationStatus, PublicationKind
from pregon_web.accounts.models import Role
from pregon_web.accounts.selectors import Access
from pregon_web.journal.models import Entry
from pregon_web.journal.selectors import verify_chain
from pregon_web.journal.services import record_change
from pregon_web.ledger.models import Channel, Observation, Publication
from pregon_web.ledger.services import add_record, change_record, record_observations
from tests.web.records import QUARTER
from tests.web.towns import Town, found_town

T4 = str(QUARTER)
THREADS = 20
ROUNDS = 10  # of three records each: 600 in all
MONTHS = QUARTER.months
SECONDS = 120  # a thread that hangs fails the test, it does not stop the suite

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db: None) -> Town:
    del transactional_db
    town = found_town("Personería Municipal de Peñaclara", "penaclara")
    add_record(access=town.access(), row=Channel(code="fb", name="Facebook", platform="facebook"))
    return town


def run_together(work: Callable[[int], None]) -> list[str]:
    """Do the work in every thread at once; answer what went wrong in any of them."""
    faults: list[str] = []
    start = threading.Barrier(THREADS)

    def run(number: int) -> None:
        try:
            start.wait(SECONDS)
            work(number)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            faults.append(f"{number}: {type(error).__name__}: {error}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number], daemon=True) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    return faults + [f"{thread.name} is still at work" for thread in threads if thread.is_alive()]


def publish(access: Access, number: int, turn: int) -> None:
    row = Publication(
        period=T4,
        reference=f"P-{number}-{turn}",
        channel=Channel.objects.of(access.institution).get(code="fb"),
        kind=PublicationKind.NEWS_ITEM,
        published_on=date(2025, 10, 1),
        title=f"{number}, {turn}",
    )
    add_record(access=access, row=row)


def measure(access: Access, number: int, turn: int) -> None:
    """A value that nobody else records, in a cell that everybody records in."""
    value = Amount.exact(1000 * number + turn)
    month = MONTHS[turn % len(MONTHS)]
    seen = publishing.Observation("posts", "fb", month, ObservationStatus.VALUE, value, source="Panel")
    record_observations(access=access, period=T4, observations=[seen], reason="Otra lectura")


def note(access: Access, number: int, turn: int) -> None:
    with transaction.atomic():
        record_change(
            institution=access.institution,
            person=access.person,
            action="update",
            subject=f"tests.thing:{number}-{turn}",
        )


def test_twenty_at_once_lose_none_of_six_hundred_records(office: Town) -> None:
    access = office.access(Role.EDITOR)
    before = verify_chain(office.institution).length

    def work(number: int) -> None:
        for turn in range(ROUNDS):
            for record in (publish, measure, note):
                record(access, number, turn)
                close_old_connections()  # as at the end of a request

    assert run_together(work) == []
    told = [(number, turn) for number in range(THREADS) for turn in range(ROUNDS)]
    titles = Publication.objects.of(office.institution).values_list("title", flat=True)
    assert sorted(titles) == sorted(f"{number}, {turn}" for number, turn in told)
    observations = list(Observation.objects.of(office.institution))
    assert sorted(row.value or 0 for row in observations) == [1000 * number + turn for number, turn in told]
    for month in MONTHS:
        assert_one_chain([row for row in observations if row.measured == str(month)])
    entries = Entry.objects.of(office.institution).filter(sequence__gt=before)
    kinds = Counter((entry.action, entry.subject.partition(":")[0]) for entry in entries)
    assert kinds == {
        ("create", "ledger.publication"): 200,
        ("create", "ledger.observation"): 3,
        ("supersede", "ledger.observation"): 197,
        ("update", "tests.thing"): 200,
    }
    state = verify_chain(office.institution)
    assert (state.length, state.broken) == (before + 600, None)


def test_a_channel_is_changed_while_others_publish_in_it(office: Town) -> None:
    """A publication leans on its channel: on PostgreSQL each of the two would wait for what the other holds."""
    (channel,) = Channel.objects.of(office.institution)
    access = office.access(Role.EDITOR)

    def work(number: int) -> None:
        for turn in range(3):
            if number % 2:
                publish(access, number, turn)
            else:
                change_record(access=access, row=channel, fields={"position": 10 * number + turn + 1})
            close_old_connections()

    assert run_together(work) == []
    channel.refresh_from_db()
    assert (channel.version, Publication.objects.of(office.institution).count()) == (31, 30)
    assert verify_chain(office.institution).broken is None


def assert_one_chain(rows: list[Observation]) -> None:
    """The readings of a cell stand in one line: one first, one current, and each other one superseded exactly once."""
    behind = {row.pk: row.supersedes_id for row in rows}
    (current,) = (row.pk for row in rows if row.is_current)
    walked: list[int] = []
    here: int | None = current
    while here is not None:
        walked.append(here)
        here = behind[here]
    assert sorted(walked) == sorted(behind)
