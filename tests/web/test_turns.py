"""On SQLite a writer holds the turn for as long as its transaction lasts, however it ends, and no longer."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from pregon_web.accounts.models import Person
from pregon_web.sqlite.base import TURN_ENDING
from tests.web.commands.calling import environment

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL several write at once"),
    pytest.mark.django_db(transaction=True),
]

WRITER = """
import django
django.setup()
from django.db import connection, transaction
with transaction.atomic():
    print("writing", flush=True)
    if input() == "record":
        connection.cursor().execute("CREATE TABLE recorded (id integer)")
"""


def is_free() -> bool:
    turn = os.open(f"{connection.settings_dict['NAME']}{TURN_ENDING}", os.O_RDWR)
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(turn)
    return True


def test_the_turn_lasts_as_long_as_the_transaction() -> None:
    with transaction.atomic():
        Person.objects.count()
        with transaction.atomic():
            assert not is_free()
        assert not is_free()
    assert is_free()
    Person.objects.count()
    assert is_free()


def test_the_turn_ends_with_a_transaction_that_fails() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert is_free()
    with transaction.atomic():
        transaction.set_rollback(True)
    assert is_free()


def test_the_turn_ends_with_the_connection() -> None:
    with transaction.atomic():
        connection.close()
        assert is_free()
    Person.objects.count()
    assert is_free()


def test_a_change_outside_a_transaction_takes_its_turn_too() -> None:
    seen: list[bool] = []

    def look(execute: Callable[..., Any], *statement: Any) -> Any:
        answer = execute(*statement)
        seen.append(is_free())
        return answer

    connection.ensure_connection()
    with connection.execute_wrapper(look):
        Person.objects.filter(pk=-1).update(name="Nadie")
        Person.objects.filter(pk=-1).first()
    assert (seen, is_free()) == ([False, True], True)


def test_who_is_killed_gives_the_turn_to_the_next(tmp_path: Path) -> None:
    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", WRITER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(PREGON_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE="pregon_web.settings.base"),
        )

    first = start()
    assert first.stdout is not None
    assert first.stdout.readline() == "writing\n"
    second = start()
    with pytest.raises(subprocess.TimeoutExpired):
        second.communicate("record\n", timeout=3)
    first.kill()
    first.communicate()
    assert second.communicate(timeout=60)[0] == "writing\n"
    assert second.returncode == 0
