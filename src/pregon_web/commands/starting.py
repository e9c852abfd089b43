"""What `serve` and `demo` have in common: prepare the data folder, bring the database up to date, check, serve."""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pregon_web.settings import environment

DEFAULT_PORT = 8000


class CannotStart(Exception):  # noqa: N818 - what happened, not a suffix
    """The office cannot be opened; the message is one Spanish sentence that says what to do."""


def add_server_arguments(parser: argparse.ArgumentParser) -> None:
    """`--host`, `--port`, `--workers` and `--data`, as both verbs take them."""
    parser.add_argument("--host", default="127.0.0.1", help="dirección en la que se atiende (127.0.0.1)")
    parser.add_argument("--port", type=int, default=None, help="puerto (PORT, o 8000)")
    parser.add_argument("--workers", type=int, default=1, help="procesos que atienden (1)")
    parser.add_argument("--data", type=Path, default=None, metavar="CARPETA", help="carpeta de los datos (PREGON_DATA)")


def chosen_port(named: int | None) -> int:
    """The port asked for, that of the variable PORT, or 8000. Raises CannotStart where it is no port."""
    text = str(named) if named is not None else os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"«{text}» no es un puerto. Escriba un número de 1 a 65535.")
    return int(text)


def open_data_folder(folder: Path | None) -> Path:
    """Make the data folder and its key, name them in the environment, and load Django. Answers the folder."""
    if folder is not None:
        os.environ["PREGON_DATA"] = str(folder.expanduser().absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pregon_web.settings.base")
    place = environment.data_folder()
    try:
        environment.prepare_data_folder(place)
    except OSError as error:
        raise CannotStart(f"No se puede escribir en «{place}». Indique otra carpeta con --data.") from error
    import django

    try:
        django.setup()
    except environment.BadEnvironment as error:
        raise CannotStart(str(error)) from error
    return place


def prepare_database() -> None:
    """Migrate, make the cache's table, and run every check; a check that fails stops the start."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    _require_database()
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("check", databases=["default"], fail_level="WARNING", stdout=io.StringIO())
    except (ImproperlyConfigured, SystemCheckError) as error:
        raise CannotStart(str(error)) from error


def _require_database() -> None:
    """One try, at once: the pool would wait for a server that is not there."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    import psycopg

    try:
        psycopg.connect(**connection.get_connection_params(), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        raise CannotStart(
            "No se pudo entrar a la base de datos de DATABASE_URL. "
            "Revise que el servidor esté encendido y que el usuario y la clave sean los suyos."
        ) from error


def listen(host: str, port: int, workers: int) -> int:
    """Serve until interrupted. Raises CannotStart where the port is taken."""
    _require_free(host, port)
    shown = f"[{host}]" if ":" in host else host
    say(f"\nPregón está en http://{shown}:{port}/  (Ctrl+C para cerrar)")
    # The links of the reminders that the worker sends lead here, unless somebody named the public address.
    os.environ.setdefault("PREGON_ADDRESS", f"http://{shown}:{port}")
    with _worker_beside():
        _serve(host, port, workers)
    return 0


@contextmanager
def _worker_beside() -> Iterator[None]:
    """A worker for the background work, for as long as the office is open; it ends by itself should we be killed."""
    command = [sys.executable, "-P", "-m", "pregon.cli.main", "worker", "--while-parent", str(os.getpid())]
    worker = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own interpreter and module
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()


def _serve(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "pregon_web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # Requests of one process run beside each other; the composing of a report does not hold back a page.
        blocking_threads=4,
        backpressure=64,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


def _require_free(host: str, port: int) -> None:
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(f"El puerto {port} está ocupado. Elija otro: --port {port + 1}.") from error


def say(text: str) -> None:
    """Print a line at once, also where the output is a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def refuse(error: CannotStart) -> int:
    """Say why it cannot start; the exit status of a wrong use."""
    sys.stderr.write(f"pregon: {error}\n")
    return 2
