"""Django's PostgreSQL backend, which tells the server whose rows may be touched before each statement that changes it.

The policies of `accounts/row_security.py` read the two settings told here. They are told to the session, not to the
transaction, because most reads have none; what a rollback or a pool may have undone is told again. For the same reason
a pooler between Pregón and the server has to work by session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

from pregon_web.wall import Place, current_place

INSTITUTION_SETTING = "pregon.institution"
PERSON_SETTING = "pregon.person"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that keeps the server told of the place the work is done in."""

    role_is_checked = False  # by pregon_web.database, once
    _told: Place | None = None  # None: what the session knows is not known
    _is_undoing = False  # a transaction that failed takes no other statement than the one that undoes it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._tell_place)

    def _tell_place(
        self, execute: Callable[..., Any], sql: str, params: object, many: bool, context: dict[str, Any]
    ) -> Any:  # noqa: ANN401 - as in Django
        place = current_place()
        if place != self._told and not self._is_undoing:
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config(%s, %s, false), set_config(%s, %s, false)",
                    [INSTITUTION_SETTING, str(place.institution or ""), PERSON_SETTING, str(place.person or "")],
                )
            self._told = place
        return execute(sql, params, many, context)

    def init_connection_state(self) -> None:
        """A connection, new or out of the pool: nothing is known of what it was told."""
        self._told = None
        super().init_connection_state()

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # private in Django
        self._told = None

    def _savepoint_rollback(self, sid: str) -> None:
        self._is_undoing = True
        try:
            super()._savepoint_rollback(sid)  # type: ignore[misc]  # private in Django
        finally:
            self._is_undoing = False
            self._told = None
