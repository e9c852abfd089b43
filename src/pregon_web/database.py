"""The database as this house needs it, asserted on every new connection: what was asked for is read back.

SQLite has to keep every write; PostgreSQL has to hold us, too, to the wall between institutions.
"""

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
    """Raise ImproperlyConfigured unless this connection keeps every write and waits its turn."""
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


def check_postgresql_role(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured where the role is above row-level security: the wall would be painted on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        name, is_superuser, bypasses = cursor.fetchone()
    if is_superuser or bypasses:
        raise ImproperlyConfigured(
            f"El usuario «{name}» de PostgreSQL pasa por encima de la seguridad por filas. "
            f"Cree uno sin ese poder (CREATE ROLE pregon LOGIN NOSUPERUSER NOBYPASSRLS) y póngalo en DATABASE_URL."
        )


def check_new_connection(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receiver of `connection_created`: a wrong connection is never used, not even once."""
    if connection.vendor == "sqlite":
        check_sqlite_connection(connection)
    elif connection.vendor == "postgresql" and not getattr(connection, "role_is_checked", False):
        check_postgresql_role(connection)
        connection.role_is_checked = True  # type: ignore[attr-defined]  # of our own backend


def watch_connections() -> None:
    """From now on every new connection is checked. Called once, when the apps are ready."""
    connection_created.connect(check_new_connection, dispatch_uid="pregon.check_new_connection")
