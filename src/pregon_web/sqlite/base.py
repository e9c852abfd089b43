"""Django's SQLite backend, where those who want to write wait in a line.

SQLite lets one write at a time and has the others look again every tenth of a second. Whoever comes late looks seldom
and finds it taken by whoever came later: of twenty who kept writing, three waited their 20 seconds out and were told
«database is locked». Here they first take their turn at a lock of the kernel, beside the database, which wakes them as
soon as it is free, in this process or another; a process that is killed gives it back by dying.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base

TURN_ENDING = "-turn"
"""The file of the lock: the name of the database's and this. It is always empty."""
_WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin when it is their turn. They all begin as writers (IMMEDIATE)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: int | None = None  # the open file of the lock; each connection has its own
        self.execute_wrappers.append(self._write_in_turn)

    def _take_turn(self) -> None:
        if self.is_in_memory_db():
            return
        if self._turn is None:
            path = f"{self.settings_dict['NAME']}{TURN_ENDING}"
            self._turn = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._turn, fcntl.LOCK_EX)

    def _give_turn(self) -> None:
        if self._turn is not None:
            fcntl.flock(self._turn, fcntl.LOCK_UN)

    def _write_in_turn(
        self, execute: Callable[..., Any], sql: str, params: object, many: bool, context: dict[str, Any]
    ) -> Any:  # noqa: ANN401 - as in Django
        """A change outside any transaction is one by itself."""
        if not self.get_autocommit() or not sql.lstrip().upper().startswith(_WRITING):
            return execute(sql, params, many, context)
        self._take_turn()
        try:
            return execute(sql, params, many, context)
        finally:
            self._give_turn()

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # private in Django
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # private in Django
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # private in Django
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # private in Django
        finally:
            if self._turn is not None:
                os.close(self._turn)  # and whatever turn it had
                self._turn = None
