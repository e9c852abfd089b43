"""`pregon backup`: the whole office in one file, also while people work in it."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pregon
from pregon_web.commands import starting
from pregon_web.commands.archive import (
    DATABASE,
    INDEX,
    KEPT,
    VAULT,
    Content,
    Damaged,
    Index,
    copy_hashed,
    read_journals,
)
from pregon_web.settings import environment

HELP = "guarda toda la oficina en un archivo"
DONE, DAMAGED = 0, 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, default=None, metavar="CARPETA", help="carpeta de los datos (PREGON_DATA)")
    parser.add_argument(
        "--output",
        type=Path,
        default=None,
        metavar="ARCHIVO",
        help="la copia (pregon-copia-FECHA.zip, en esta carpeta)",
    )


def run(args: argparse.Namespace) -> int:
    """Make the backup and say where it is. 0 done, 1 the office is damaged, 2 it cannot be made."""
    try:
        folder = office_folder(args.data)
        target = (args.output or default_name()).expanduser().absolute()
        index = make_backup(folder, target)
    except starting.CannotStart as error:
        return starting.refuse(error)
    except Damaged as error:
        sys.stderr.write(f"pregon: La copia no se hizo. {error}\n")
        return DAMAGED
    starting.say(f"Copia en {target}: la base de datos y {tell_count(len(index.contents) - 1)}.")
    for journal in index.journals:
        starting.say(f"= {journal.institution}: {journal.length} anotaciones. Última huella: {journal.head}")
    starting.say("Tiene datos personales: guárdela donde solo entre quien debe.")
    return DONE


def tell_count(count: int) -> str:
    """«1 archivo», «3 archivos»."""
    return "1 archivo" if count == 1 else f"{count} archivos"


def default_name() -> Path:
    """A name with the minute, in the folder where the terminal is."""
    return Path(f"pregon-copia-{datetime.now():%Y-%m-%d-%H%M}.zip")  # noqa: DTZ005 - the clock on the person's wall


def office_folder(named: Path | None) -> Path:
    """The data folder. Raises CannotStart where there is no office in it, or its database is elsewhere."""
    if os.environ.get("DATABASE_URL"):
        raise starting.CannotStart(
            "La base de datos está en PostgreSQL: cópiela con pg_dump, y después copie la carpeta «files» de los datos."
        )
    folder = named.expanduser().absolute() if named else environment.data_folder()
    if not (folder / DATABASE).is_file():
        raise starting.CannotStart(f"No hay una oficina en «{folder}». Indique su carpeta con --data.")
    return folder


def make_backup(folder: Path, target: Path) -> Index:
    """Write the zip, whole or not at all; answer what is in it.

    Raises:
        CannotStart: there is a file of that name, or it cannot be written there.
        Damaged: the database, a journal or a file of the vault is not what it was.
    """
    if target.exists():
        raise starting.CannotStart(f"Ya hay un archivo «{target}». Indique otro con --output.")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".pregon-copia-") as workshop:
            written = Path(workshop) / "copia.zip"
            index = _write_zip(folder, Path(workshop), written)
            written.replace(target)
    except OSError as error:
        raise starting.CannotStart(f"No se pudo escribir «{target}»: revise la carpeta y el espacio.") from error
    return index


def _write_zip(folder: Path, workshop: Path, written: Path) -> Index:
    # The database first: each file was in the vault before a row named it, so whatever this copy names is there.
    database = workshop / DATABASE
    _copy_database(folder / DATABASE, database)
    journals = read_journals(database)
    contents: dict[str, Content] = {}
    descriptor = os.open(written, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            contents[DATABASE] = _add(archive, DATABASE, database)
            for path in sorted((folder / VAULT).glob("*/*/*")):
                name = path.relative_to(folder).as_posix()
                if KEPT.fullmatch(name) is None:  # one that is being written
                    continue
                contents[name] = _add(archive, name, path)
                if contents[name].sha256 != path.name:
                    raise Damaged(f"El archivo guardado «{path}» cambió en el disco.")
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            index = Index(made_at, pregon.__version__, contents, journals)
            archive.writestr(INDEX, index.write())
        file.flush()
        os.fsync(file.fileno())
    return index


def _copy_database(source: Path, target: Path) -> None:
    """A copy as of one instant, while others write: SQLite's own way. Raises Damaged."""
    try:
        with closing(sqlite3.connect(source, timeout=20)) as office, closing(sqlite3.connect(target)) as copy:
            office.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # all of it in the one file
    except sqlite3.DatabaseError as error:
        raise Damaged("La base de datos está dañada.") from error


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Content:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        return copy_hashed(source, target)  # type: ignore[arg-type]  # zipfile's own file, which has write
