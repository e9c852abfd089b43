"""SQLite as this house needs it, asserted on every new connection: what was asked for is read back."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# What each PRAGMA must answer: write-ahead log, every commit on the disk, keys enforced, 20 s of patience.
REQUIRED_PRAGMAS: dict[str, object] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 20000,
}


def check_sqlite_connection(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured unless this connection keeps every write and waits its turn.

    Other databases pass: these promises are theirs by default.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for pragma, required in REQUIRED_PRAGMAS.items():
            cursor.execute(f"PRAGMA {pragma}")
            (answer,) = cursor.fetchone()
            if answer != required:
                raise ImproperlyConfigured(
                    f"La base de datos no está como debe: {pragma} es {answer} y tiene que ser {required}."
                )
    if getattr(connection, "transaction_mode", None) != "IMMEDIATE":
        raise ImproperlyConfigured("La base de datos no está como debe: transaction_mode tiene que ser IMMEDIATE.")


def check_new_connection(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receiver of `connection_created`: a wrong connection is never used, not even once."""
    check_sqlite_connection(connection)


def watch_connections() -> None:
    """From now on every new connection is checked. Called once, when the apps are ready."""
    connection_created.connect(check_new_connection, dispatch_uid="pregon.check_sqlite_connection")
