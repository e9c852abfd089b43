"""`pregon restore`: an office out of its backup, into an empty folder. All is proved before the folder is there."""

from __future__ import annotations

import argparse
import errno
import lzma
import os
import shutil
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from pregon_web.commands import starting
from pregon_web.commands.archive import DATABASE, INDEX, KEPT, Damaged, Index, copy_hashed, read_journals
from pregon_web.commands.backup import tell_count
from pregon_web.settings import environment

HELP = "abre una copia de la oficina en una carpeta vacía"
DONE, UNREADABLE = 0, 3
INDEX_LIMIT = 256 * 1024 * 1024  # bytes: some million files


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("backup", type=Path, metavar="ARCHIVO", help="la copia que hizo «pregon backup»")
    parser.add_argument(
        "--data", type=Path, default=None, metavar="CARPETA", help="la carpeta vacía de los datos (PREGON_DATA)"
    )


def run(args: argparse.Namespace) -> int:
    """Restore and say what there is. 0 done, 2 it cannot be done there, 3 the backup is damaged; then nothing stays."""
    folder = args.data.expanduser().absolute() if args.data else environment.data_folder()
    try:
        index = restore(args.backup, folder)
    except starting.CannotStart as error:
        return starting.refuse(error)
    except Damaged as error:
        sys.stderr.write(f"pregon: «{args.backup.name}» no se restauró. {error}\n")
        return UNREADABLE
    starting.say(f"Oficina en {folder}: la base de datos y {tell_count(len(index.contents) - 1)}.")
    for journal in index.journals:
        starting.say(f"= {journal.institution}: {journal.length} anotaciones. Última huella: {journal.head}")
    starting.say(
        "La llave (secret-key) no viaja en la copia: póngala en esa carpeta antes de abrir. "
        "Sin ella, quien tenga segundo factor no podrá entrar con él."
    )
    starting.say(f"Ábrala con: pregon serve --data {folder}")
    return DONE


def restore(backup: Path, folder: Path) -> Index:
    """Put an office in the folder, whole or not at all; answer what was in the backup.

    Raises:
        CannotStart: there is no such file, or the folder is not empty or cannot be written.
        Damaged: the backup is not what its index says.
    """
    if not backup.is_file():
        raise starting.CannotStart(f"No hay un archivo «{backup}».")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise starting.CannotStart(f"«{folder}» no está vacía: indique con --data una carpeta nueva.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside it, so that the last step is only to give it its name.
        workshop = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".pregon-restaura-"))
        try:
            index = _unpack(backup, workshop)
            _prove_database(workshop, index)
            workshop.replace(folder)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    except OSError as error:
        raise starting.CannotStart(f"No se pudo escribir en «{folder}»: revise la carpeta y el espacio.") from error
    return index


def _unpack(backup: Path, workshop: Path) -> Index:
    try:
        with zipfile.ZipFile(backup) as archive:
            index = _read_index(archive)
            for name in index.contents:
                _unpack_one(archive, name, index, workshop)
    except OSError as error:
        # The disk always says which fault it is; bz2 says none, and a place before the start of the file is this one.
        if error.errno not in (None, errno.EINVAL):
            raise
        raise Damaged("El archivo está dañado o no es una copia de Pregón.") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError) as error:
        raise Damaged("El archivo está dañado o no es una copia de Pregón.") from error
    return index


def _read_index(archive: zipfile.ZipFile) -> Index:
    names = archive.namelist()
    if INDEX not in names or archive.getinfo(INDEX).file_size > INDEX_LIMIT:
        raise Damaged("El archivo está dañado o no es una copia de Pregón.")
    try:
        index = Index.read(archive.read(INDEX).decode())
    except UnicodeDecodeError as error:
        raise Damaged("Su índice no se entiende.") from error
    if sorted(names) != sorted([INDEX, *index.contents]) or DATABASE not in index.contents:
        raise Damaged("Adentro no está lo que dice su índice.")
    return index


def _unpack_one(archive: zipfile.ZipFile, name: str, index: Index, workshop: Path) -> None:
    """Write one file. Its name can only be the database's or that of a file of the vault, so it stays in the folder."""
    told = index.contents[name]
    kept = KEPT.fullmatch(name)
    if name != DATABASE and (kept is None or kept[2] != told.sha256):
        raise Damaged(f"«{name}» no es un archivo de una oficina.")
    place = workshop
    for part in PurePosixPath(name).parent.parts:
        place /= part
        place.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(workshop / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with archive.open(name) as source, os.fdopen(descriptor, "wb") as target:
        found = copy_hashed(source, target, at_most=told.size)  # type: ignore[arg-type]  # zipfile's own file, which has read
        target.flush()
        os.fsync(target.fileno())
    if found != told:
        raise Damaged(f"«{name}» no es lo que se guardó.")


def _prove_database(workshop: Path, index: Index) -> None:
    if read_journals(workshop / DATABASE) != index.journals:
        raise Damaged("La bitácora no es la que dice su índice.")
