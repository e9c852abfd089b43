"""The worker: tasks done once, a killed worker's task taken up again, one that keeps killing it left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from pregon_web.audits.models import Audit, Submission
from pregon_web.audits.services import audit_submission, submit_document
from pregon_web.work.models import Pulse
from pregon_web.work.running import LOST_AFTER, MOST_TRIES, give_pulse, reap, run_worker
from tests.web.towns import Town

REPORT = """<!doctype html><html lang="es"><title>Informe</title><h1>Informe de octubre de 2025</h1>
<table><tr><th>Canal</th><th>Octubre</th><th>Noviembre</th><th>Total</th></tr>
<tr><th>WhatsApp</th><td>10</td><td>13</td><td>24</td></tr></table></html>"""


@pytest.fixture(autouse=True)
def _in_the_database(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "informe.html"
    path.write_text(REPORT, encoding="utf-8")
    return path


def waiting_task() -> Any:
    return DBTaskResult.objects.get()


def start(task: Any, worker_id: str, ago: timedelta) -> None:
    DBTaskResult.objects.filter(pk=task.pk).update(
        status=TaskResultStatus.RUNNING, worker_ids=[*task.worker_ids, worker_id], started_at=timezone.now() - ago
    )


@pytest.mark.django_db(transaction=True)
def test_a_document_waits_and_a_worker_audits_it(town: Town, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = submit_document(access=town.access(), path=report, name="informe.html")
    assert (submission.state, Audit.objects.of(town.institution).count()) == (Submission.State.WAITING, 0)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # pytest keeps its own
    run_worker(until_idle=True)
    submission.refresh_from_db()
    assert (submission.state, submission.audit_id) == (
        Submission.State.DONE,
        Audit.objects.of(town.institution).get().pk,
    )
    assert waiting_task().status == TaskResultStatus.SUCCESSFUL
    assert not Pulse.objects.exists()


def test_doing_it_twice_is_doing_it_once(town: Town, report: Path) -> None:
    submission = submit_document(access=town.access(), path=report, name="informe.html")
    for _ in range(2):
        audit_submission(access=town.access(), submission=submission)
    assert Audit.objects.of(town.institution).count() == 1


def test_what_cannot_be_read_leaves_its_sentence_and_no_file(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "informe.docx"
    path.write_bytes(b"PK\x03\x04 cortado")
    submission = submit_document(access=town.access(), path=path, name="informe.docx")
    audit_submission(access=town.access(), submission=submission)
    submission.refresh_from_db()
    assert (submission.state, "«informe.docx»" in submission.problem) == (Submission.State.REFUSED, True)
    assert list((tmp_path / "files").rglob(submission.token)) == []


def test_the_task_of_a_dead_worker_is_taken_up_again(town: Town, report: Path) -> None:
    submit_document(access=town.access(), path=report, name="informe.html")
    start(waiting_task(), "muerto", LOST_AFTER * 2)
    give_pulse("muerto", timezone.now() - LOST_AFTER * 2)
    assert (reap(), waiting_task().status) == (1, TaskResultStatus.READY)


def test_a_living_worker_keeps_its_task_however_long_it_takes(town: Town, report: Path) -> None:
    submit_document(access=town.access(), path=report, name="informe.html")
    start(waiting_task(), "vivo", timedelta(hours=1))
    give_pulse("vivo")
    assert (reap(), waiting_task().status) == (0, TaskResultStatus.RUNNING)


def test_a_task_that_keeps_killing_its_worker_is_left(town: Town, report: Path) -> None:
    submit_document(access=town.access(), path=report, name="informe.html")
    for number in range(MOST_TRIES):
        start(waiting_task(), f"muerto-{number}", LOST_AFTER * 2)
        reap()
    assert waiting_task().status == TaskResultStatus.FAILED


def test_a_worker_ends_with_its_server(tmp_path: Path) -> None:
    environment = {**os.environ, "PREGON_DATA": str(tmp_path / "datos")}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-P", "-m", "pregon.cli.main", "worker"]
    subprocess.run([*command, "--until-idle"], env=environment, check=True, timeout=120)
    orphan = subprocess.Popen([*command, "--while-parent", "1"], env=environment)
    try:
        assert orphan.wait(timeout=120) in (0, -signal.SIGTERM)
    finally:
        orphan.kill()


@pytest.mark.django_db(transaction=True)
def test_the_house_is_kept_when_the_work_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[datetime] = []

    def fail(_now: datetime) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(signal, "signal", lambda *_: None)  # pytest keeps its own
    run_worker(until_idle=True, housekeeping=[fail, kept.append])
    assert [abs(timezone.now() - now) < timedelta(minutes=5) for now in kept] == [True]
