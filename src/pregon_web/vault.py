"""Where files are kept: by the SHA-256 of their content, apart for each institution, readable by the server alone.

A file is written before the row that names it; a row that is then rolled back leaves a file that nobody names, which
does no harm: the same content will find it there.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from django.conf import settings

CHUNK = 1024 * 1024


def path_of(institution_id: int, sha256: str) -> Path:
    """Where the content with this hash is kept for the institution, whether or not it is there yet."""
    return Path(settings.FILES_FOLDER) / str(institution_id) / sha256[:2] / sha256


def keep_file(institution_id: int, source: Path) -> str:
    """Keep a copy of the file's content and answer its SHA-256. Keeping it twice is keeping it once."""
    sha256 = hash_file(source)
    target = path_of(institution_id, sha256)
    if not target.exists():
        with source.open("rb") as content:
            write_whole(target, content.read())
    return sha256


def set_aside(institution_id: int, source: Path) -> str:
    """Keep a copy of a file that waits to be read; answers the token that finds it. Whoever reads it removes it."""
    token = secrets.token_hex(16)
    write_whole(aside_path(institution_id, token), source.read_bytes())
    return token


def aside_path(institution_id: int, token: str) -> Path:
    """Where a file that waits is kept."""
    return Path(settings.FILES_FOLDER) / str(institution_id) / "waiting" / token


def hash_file(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write_whole(target: Path, content: bytes) -> None:
    """Write a file that is either whole and on the disk, or not there: never half of it, also when the power goes."""
    _make_folder(target.parent)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(target.parent)


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it, each on the disk before something is put into it; only we can enter."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Have the disk keep which names the folder holds."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
