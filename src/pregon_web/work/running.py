"""The worker: takes tasks from the database one by one, says that it lives while it works, and takes up again what a
killed one left. Tasks are idempotent: one that was done and not marked so may be done twice without harm.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from pregon_web.work.models import Pulse

PULSE_SECONDS: Final = 5.0
LOST_AFTER: Final = timedelta(seconds=30)
"""Without a pulse for so long, a worker is taken for dead."""
MOST_TRIES: Final = 3
HOUSEKEEPING_EVERY: Final = timedelta(hours=1)
Housekeeping = Callable[[datetime], object]
_QUIET: Final = 0.5
_log = logging.getLogger(__name__)


def run_worker(
    *, until_idle: bool = False, parent: int | None = None, housekeeping: Sequence[Housekeeping] = ()
) -> None:
    """Work until told to stop by a signal, until there is nothing to do, or until the process `parent` is gone.

    `housekeeping` is what is done at the start and then once an hour: each is told the instant and may be done twice.
    """
    worker = Worker(
        queue_names=["default"],
        interval=_QUIET,
        batch=until_idle,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # being told to stop is no news to its owner
    worker.configure_signals()
    give_pulse(worker.worker_id)
    reap()
    keep_house(housekeeping, timezone.now())
    stop = threading.Event()
    told = (worker.worker_id, stop, parent, housekeeping)
    pulse = threading.Thread(target=_keep_pulse, args=told, daemon=True)
    pulse.start()
    try:
        worker.run()
    finally:
        stop.set()
        pulse.join(timeout=PULSE_SECONDS)
        Pulse.objects.filter(pk=worker.worker_id).delete()


def _keep_pulse(
    worker_id: str, stop: threading.Event, parent: int | None, housekeeping: Sequence[Housekeeping]
) -> None:
    """Say that the worker lives, look for what dead ones left, keep house once an hour, until told to stop."""
    kept = timezone.now()
    while not stop.wait(PULSE_SECONDS):
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
        try:
            close_old_connections()
            give_pulse(worker_id)
            reap()
            if timezone.now() - kept >= HOUSEKEEPING_EVERY:
                kept = timezone.now()
                keep_house(housekeeping, kept)
        except Exception:  # noqa: BLE001 - a database that is away for a moment must not end the pulse
            _log.exception("the pulse of %s failed", worker_id)
    connection.close()


def keep_house(housekeeping: Sequence[Housekeeping], now: datetime) -> None:
    """Do what has to be done from time to time; one that fails does not keep the others from being done."""
    for each in housekeeping:
        try:
            each(now)
        except Exception:  # noqa: BLE001 - one fault must not end the others
            _log.exception("housekeeping failed: %s", each)


def give_pulse(worker_id: str, at: datetime | None = None) -> None:
    """Note that a worker lives."""
    Pulse.objects.update_or_create(pk=worker_id, defaults={"at": at or timezone.now()})


def reap(now: datetime | None = None) -> int:
    """Give back the tasks of workers that are dead; one that was tried too often fails instead. Answers how many."""
    limit = (now or timezone.now()) - LOST_AFTER
    living = set(Pulse.objects.filter(at__gte=limit).values_list("pk", flat=True))
    taken = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=limit):
        if task.worker_ids and task.worker_ids[-1] in living:
            continue
        held = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids)
        if len(task.worker_ids) >= MOST_TRIES:
            taken += held.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
        else:
            taken += held.update(status=TaskResultStatus.READY, started_at=None)
    Pulse.objects.filter(at__lt=limit - timedelta(hours=1)).delete()
    return taken
