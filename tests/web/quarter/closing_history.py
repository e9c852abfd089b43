"""What a data folder tells of its closings, read from the files alone: no Django, no process of ours needs to be alive.

A history is whole when every closing is either there with all that belongs to it or has left no trace, and when what
was recorded before is still recorded.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing as closed_after
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pregon_web.journal.chain import Link, verify_links

FORMATS = ["docx", "html", "pdf", "xlsx"]
PREFIXES = ("ledger_", "programme_", "quarter_", "imports_", "journal_")
GROWING = {"journal_entry", "ledger_publication", "ledger_periodlock", "quarter_closing"}
"""Where a closing, and somebody who records beside it, may put a row."""

Row = tuple[object, ...]
Rows = Mapping[str, Mapping[object, Row]]
"""Of each table, its rows by their key."""


@dataclass(frozen=True, slots=True)
class Office:
    """The files of an office: its database and the folder of its vault."""

    database: Path
    files: Path

    @classmethod
    def of(cls, folder: Path) -> Office:
        """Those of a data folder."""
        return cls(folder / "pregon.sqlite3", folder / "files")


def read_rows(office: Office) -> Rows:
    """Everything the office recorded."""
    with closed_after(sqlite3.connect(office.database, timeout=20)) as database:
        named = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        tables = [name for (name,) in named if name.startswith(PREFIXES)]
        database.execute("BEGIN")  # all tables at the same instant
        return {
            table: {row[0]: row for row in database.execute(f"SELECT * FROM {table} ORDER BY id")}  # noqa: S608 - our own tables
            for table in tables
        }


def find_losses(before: Rows, after: Rows) -> Iterator[str]:
    """What was recorded and is not, or not as it was; and what nobody asked for."""
    for table, rows in before.items():
        for key, row in rows.items():
            if after[table].get(key) != row:
                yield f"{table} {key} was {row} and is {after[table].get(key)}"
        more = after[table].keys() - rows.keys()
        if more and table not in GROWING:
            yield f"{table} has rows from nowhere: {sorted(more, key=str)}"


def find_faults(office: Office) -> Iterator[str]:
    """What is broken or half done: the database, the journal, a closing, its lock, its files."""
    with closed_after(sqlite3.connect(office.database, timeout=20)) as database:
        database.row_factory = sqlite3.Row
        for (said,) in database.execute("PRAGMA integrity_check"):
            if said != "ok":
                yield f"the database says: {said}"
        for broken in database.execute("PRAGMA foreign_key_check"):
            yield f"a key leads nowhere: {tuple(broken)}"
        for (institution,) in database.execute("SELECT id FROM accounts_institution").fetchall():
            entries = read_entries(database, institution)
            state = verify_links(entries)
            if state.broken is not None:
                yield f"the journal of {institution} breaks at {state.broken.sequence}: {state.broken.problem}"
            links = [link for link, _ in entries]
            yield from _faults_of_closings(database, office, institution, links)
            yield from _faults_of_publications(database, institution, links)


def closing_in_force(office: Office, period: str) -> int | None:
    """The version of a quarter's closing; None where it is open. For an office with one institution."""
    with closed_after(sqlite3.connect(office.database, timeout=20)) as database:
        found = database.execute(
            "SELECT version FROM quarter_closing WHERE period = ? AND reopened_at IS NULL", [period]
        ).fetchone()
        return None if found is None else int(found[0])


def titles_in(office: Office, period: str) -> set[str]:
    """The titles of what was published in a quarter."""
    with closed_after(sqlite3.connect(office.database, timeout=20)) as database:
        return {
            title for (title,) in database.execute("SELECT title FROM ledger_publication WHERE period = ?", [period])
        }


def read_entries(database: sqlite3.Connection, institution: int) -> list[tuple[Link, str]]:
    """The journal of an institution as `verify_links` takes it."""
    rows = database.execute(
        "SELECT sequence, at, person_id, action, subject, before, after, previous, digest"
        " FROM journal_entry WHERE institution_id = ? ORDER BY sequence",
        [institution],
    )
    return [
        (
            Link(
                institution,
                sequence,
                datetime.fromisoformat(at).replace(tzinfo=UTC).isoformat(timespec="microseconds"),
                person,
                action,
                subject,
                json.loads(before),
                json.loads(after),
                previous,
            ),
            digest,
        )
        for sequence, at, person, action, subject, before, after, previous, digest in rows
    ]


def _faults_of_closings(
    database: sqlite3.Connection, office: Office, institution: int, links: list[Link]
) -> Iterator[str]:
    rows = database.execute("SELECT * FROM quarter_closing WHERE institution_id = ?", [institution]).fetchall()
    locks = database.execute("SELECT period FROM ledger_periodlock WHERE institution_id = ?", [institution])
    locked = sorted(period for (period,) in locks)
    in_force = sorted(row["period"] for row in rows if row["reopened_at"] is None)
    if locked != in_force:
        yield f"institution {institution} has closed {in_force} and holds fast {locked}"
    closed = {link.subject: link for link in links if link.action == "close"}
    reopened = {link.subject for link in links if link.action == "reopen"}
    if len(closed) != sum(link.action == "close" for link in links):
        yield "the journal tells a closing twice"
    for subject in closed.keys() - {f"quarter.closing:{row['id']}" for row in rows}:
        yield f"the journal tells of {subject}, which is not there"
    for row in rows:
        subject = f"quarter.closing:{row['id']}"
        files = json.loads(row["files"])
        yield from _faults_of_files(office, institution, subject, {**files, "registro": row["registro_sha256"]})
        if subject not in closed:
            yield f"the journal does not tell of {subject}"
        elif (closed[subject].previous, closed[subject].after["files"]) != (row["journal_head"], files):
            yield f"the journal tells {subject} otherwise"
        if (subject in reopened) != (row["reopened_at"] is not None):
            yield f"the reopening of {subject} is half done"


def _faults_of_files(office: Office, institution: int, subject: str, files: dict[str, str]) -> Iterator[str]:
    if sorted(files) != sorted([*FORMATS, "registro"]):
        yield f"{subject} has other files: {sorted(files)}"
    for kind, sha256 in files.items():
        path = office.files / str(institution) / sha256[:2] / sha256
        if not path.is_file():
            yield f"the {kind} of {subject} is not kept"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"the {kind} of {subject} is not what was kept"


def _faults_of_publications(database: sqlite3.Connection, institution: int, links: list[Link]) -> Iterator[str]:
    rows = database.execute("SELECT id FROM ledger_publication WHERE institution_id = ?", [institution])
    there = {f"ledger.publication:{key}" for (key,) in rows}
    told = {link.subject for link in links if link.subject.startswith("ledger.publication:")}
    told -= {link.subject for link in links if link.action in {"delete", "undo"}}
    for subject in sorted(there ^ told):
        yield f"{subject} is in only one of the records and the journal"
