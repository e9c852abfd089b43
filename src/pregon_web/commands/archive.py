"""The backup of an office: one zip with its database, its vault and an index of both. No Django: it reads files.

The index (`indice.json`) has the SHA-256 and size of everything inside, and of each journal its length and its last
hash. The secret key is not in it: a restored office makes its own, and everybody signs in again.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from pregon_web.journal.chain import Link, verify_links

FORMAT = 1
INDEX = "indice.json"
DATABASE = "pregon.sqlite3"
VAULT = "files"
KEPT = re.compile(rf"{VAULT}/[1-9][0-9]*/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})")
"""How a file of the vault is named in the zip, as in the data folder: institution, first two digits, SHA-256."""
CHUNK = 1024 * 1024


class Damaged(Exception):  # noqa: N818 - what happened, not a suffix
    """Something is not what it says it is; the message is one Spanish sentence."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the index says of a file: its SHA-256 and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Journal:
    """What the index says of an institution's journal: how many entries, and the hash of the last."""

    institution: str
    length: int
    head: str


@dataclass(frozen=True, slots=True)
class Index:
    """All that is in a backup, by its name there, and when (UTC, ISO 8601) and by what version it was made."""

    made_at: str
    pregon_version: str
    contents: dict[str, Content]
    journals: tuple[Journal, ...]

    def write(self) -> str:
        """As JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def read(cls, text: str) -> Index:
        """From JSON. Raises Damaged."""
        try:
            values: dict[str, Any] = json.loads(text)
            if values.pop("format") != FORMAT:
                raise Damaged("Es de una versión de Pregón más nueva: actualice Pregón y restáurela otra vez.")
            return cls(
                made_at=str(values["made_at"]),
                pregon_version=str(values["pregon_version"]),
                contents={
                    name: Content(str(each["sha256"]), int(each["size"])) for name, each in values["contents"].items()
                },
                journals=tuple(
                    Journal(str(each["institution"]), int(each["length"]), str(each["head"]))
                    for each in values["journals"]
                ),
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Damaged("Su índice no se entiende.") from error


def copy_hashed(source: BinaryIO, target: BinaryIO, *, at_most: int | None = None) -> Content:
    """Copy all of it; answer what was copied. Raises Damaged where there is more than `at_most` bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if at_most is not None and size > at_most:
            raise Damaged("Adentro hay más de lo que dice su índice.")
        digest.update(chunk)
        target.write(chunk)
    return Content(digest.hexdigest(), size)


def read_journals(database: Path) -> tuple[Journal, ...]:
    """Walk every journal of a database that nobody is using. Raises Damaged where it or a chain does not hold."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            if opened.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise Damaged("La base de datos está dañada.")
            named = opened.execute("SELECT id, name FROM accounts_institution ORDER BY name, id").fetchall()
            return tuple(_read_journal(opened, key, name) for key, name in named)
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        raise Damaged("La base de datos está dañada.") from error


def _read_journal(database: sqlite3.Connection, institution: int, name: str) -> Journal:
    state = verify_links(_links_of(database, institution))
    if state.broken is not None:
        raise Damaged(
            f"La bitácora de «{name}» se rompe en la anotación {state.broken.sequence}: {state.broken.problem}"
        )
    return Journal(name, state.length, state.head)


def _links_of(database: sqlite3.Connection, institution: int) -> Iterator[tuple[Link, str]]:
    rows = database.execute(
        "SELECT sequence, at, person_id, action, subject, before, after, previous, digest"
        " FROM journal_entry WHERE institution_id = ? ORDER BY sequence",
        [institution],
    )
    for sequence, at, person, action, subject, before, after, previous, digest in rows:
        # Django keeps an instant as UTC without saying so, and JSON as text.
        instant = datetime.fromisoformat(at).replace(tzinfo=UTC).isoformat(timespec="microseconds")
        values = json.loads(before), json.loads(after)
        yield Link(institution, sequence, instant, person, action, subject, *values, previous), digest
