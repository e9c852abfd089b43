"""The server is killed while it closes a quarter: nothing is lost and nothing is half closed.

Fifty times is `bench/closing_killed.py`; here it is done three times, and who looks at the history is tried: each fault
that it is there to find is planted once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.quarter.closing import WORKSHOP, close_quarter
from pregon_web.quarter.models import Closing
from tests.web.commands.calling import environment
from tests.web.quarter.closing_history import Office, find_faults, find_losses, read_rows
from tests.web.quarter.test_closing import T4, load, ready_dossier, sign_all
from tests.web.towns import Town, found_town

ROOT = Path(__file__).resolve().parents[3]
BENCH = ROOT / "bench" / "closing_killed.py"

needs_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the history is read from SQLite's file")


@pytest.mark.parametrize("kills", [1, pytest.param(3, marks=pytest.mark.slow)])
def test_kills_during_the_closing_lose_nothing(kills: int) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH), "--kills", str(kills), "--seed", "7", "--longest", "2"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.splitlines()[-1].startswith(f"{kills} kills, 0 faults: ")


@pytest.mark.django_db
def test_what_a_killed_closing_left_unfinished_goes_after_a_day(town: Town) -> None:
    load(town, ready_dossier(town))
    sign_all(town)
    workshop = Path(settings.CACHE_FOLDER) / WORKSHOP
    for name, age in (("killed", 25), ("at work", 1)):
        (workshop / name).mkdir(parents=True)
        (workshop / name / "informe.docx").write_bytes(b"half of it")
        os.utime(workshop / name, times=(time.time() - age * 3600,) * 2)
    close_quarter(access=town.access(Role.APPROVER), period=T4)
    assert [left.name for left in workshop.iterdir()] == ["at work"]


def execute(sql: str) -> Callable[[Town, Closing], None]:
    """Past the program: straight on the rows."""

    def plant(_town: Town, _closing: Closing) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return plant


def lose_a_file(town: Town, closing: Closing) -> None:
    vault.path_of(town.institution.pk, closing.files["pdf"]).unlink()


def cut_a_file(town: Town, closing: Closing) -> None:
    path = vault.path_of(town.institution.pk, closing.registro_sha256)
    path.write_bytes(path.read_bytes()[:-1])


HALF_DONE = {
    "the lock alone is gone": (execute("DELETE FROM ledger_periodlock"), "has closed ['2025-T4'] and holds fast []"),
    "the closing alone is gone": (execute("DELETE FROM quarter_closing"), "has closed [] and holds fast ['2025-T4']"),
    "the journal's entry is gone": (
        execute("DELETE FROM journal_entry WHERE action = 'close'"),
        "the journal does not tell of quarter.closing:",
    ),
    "an entry was altered": (
        execute("UPDATE journal_entry SET subject = 'x:1' WHERE sequence = 3"),
        "breaks at 3: La anotación 3 cambió después de escrita.",
    ),
    "reopened without a word": (
        execute("UPDATE quarter_closing SET reopened_at = closed_at"),
        "is half done",
    ),
    "a publication is gone": (
        execute("DELETE FROM ledger_publication WHERE title LIKE '%noticia 2'"),
        "is in only one of the records and the journal",
    ),
    "a file is gone": (lose_a_file, "the pdf of quarter.closing:"),
    "a file was cut": (cut_a_file, "the registro of quarter.closing:"),
}


@needs_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", HALF_DONE)
def test_each_half_done_thing_is_found(fault: str) -> None:
    plant, said = HALF_DONE[fault]
    town = found_town("Personería Municipal de Peñaclara", "penaclara")
    load(town, ready_dossier(town))
    sign_all(town)
    closing = close_quarter(access=town.access(Role.APPROVER), period=T4)
    office = Office(Path(connection.settings_dict["NAME"]), Path(settings.FILES_FOLDER))
    assert list(find_faults(office)) == []
    before = read_rows(office)
    assert list(find_losses(before, read_rows(office))) == []
    with transaction.atomic():
        plant(town, closing)
    assert [told for told in find_faults(office) if said in told] != []
    is_of_files = fault.startswith("a file")
    assert (list(find_losses(before, read_rows(office))) == []) is is_of_files
