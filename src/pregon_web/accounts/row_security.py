"""The wall between institutions, a second time: by PostgreSQL itself, on every table that has rows of institutions.

Each such table has row-level security, forced also on its owner, and a policy: a row is there for whoever works inside
its institution (`pregon_web.wall`), and it is nobody else's. A table of which people may see their own rows from
outside has one more, for reading only. The policies are made after every `migrate`, so a new app has them by itself.

The role that Pregón signs in with may own the tables but is neither superuser nor free of row security (BYPASSRLS):
`pregon_web.database` refuses such a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

from pregon_web.accounts.tenancy import TenantModel
from pregon_web.postgresql.base import INSTITUTION_SETTING, PERSON_SETTING

WALL = "pregon_wall"
OWN_ROWS = "pregon_own_rows"
# A sub-select is worked out once for a statement; the function alone would be asked for every row.
HERE = f"(SELECT NULLIF(current_setting('{INSTITUTION_SETTING}', true), '')::bigint)"
PERSON = f"(SELECT NULLIF(current_setting('{PERSON_SETTING}', true), '')::bigint)"


def tenant_models(configs: Iterable[AppConfig] | None = None) -> Iterator[type[TenantModel]]:
    """The models whose rows belong to institutions, of these apps or of all."""
    for config in configs if configs is not None else apps.get_app_configs():
        for model in config.get_models():
            if issubclass(model, TenantModel) and model._meta.managed and not model._meta.proxy:  # noqa: SLF001 - Django's public name for it
                yield model


def tables_without_wall(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables of rows of institutions that the database does not guard: security not forced, or no policy."""
    tables = {model._meta.db_table for model in tenant_models()}  # noqa: SLF001 - Django's public name for it
    return sorted(tables - _walled_tables(connection))


def _walled_tables(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polname = %s"
            " AND c.relnamespace = current_schema()::regnamespace",
            [WALL],
        )
        return {name for (name,) in cursor.fetchall()}


def raise_walls(*, app_config: AppConfig, using: str, **_: Any) -> None:
    """Receiver of `post_migrate`: guard the tables of an app that are not guarded yet."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    models = list(tenant_models([app_config]))
    walled = _walled_tables(connection) if models else set()
    present = set(connection.introspection.table_names()) if models else set()
    for model in models:
        table = model._meta.db_table  # noqa: SLF001 - Django's public name for it
        if table in present - walled:  # an app may be migrated to a state before the table
            _raise_wall(connection, model)


def _raise_wall(connection: BaseDatabaseWrapper, model: type[TenantModel]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django's public name for it
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS {WALL} ON {table}",
        f"CREATE POLICY {WALL} ON {table} USING (institution_id = {HERE}) WITH CHECK (institution_id = {HERE})",
        f"DROP POLICY IF EXISTS {OWN_ROWS} ON {table}",
    ]
    if model.own_rows:
        seen = model.own_rows.format(person=PERSON)
        statements.append(f"CREATE POLICY {OWN_ROWS} ON {table} FOR SELECT USING ({seen})")
    with connection.schema_editor() as editor:
        for statement in statements:
            editor.execute(statement)


def check_walls(
    app_configs: Sequence[AppConfig] | None, *, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """The check that `pregon serve` runs before it opens: no table without its wall."""
    del app_configs
    bare = [
        table
        for alias in databases or ()
        if connections[alias].vendor == "postgresql"
        for table in tables_without_wall(connections[alias])
    ]
    if not bare:
        return []
    sentence = f"A estas tablas les falta la seguridad por filas: {', '.join(bare)}. Ejecute la migración otra vez."
    return [Error(sentence, id="pregon.E001")]


def connect() -> None:
    """Start listening. Called once, when the apps are ready."""
    post_migrate.connect(raise_walls, dispatch_uid="pregon.raise_walls")
    register(check_walls, Tags.database)
