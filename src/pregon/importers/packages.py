"""What people hand in: files, folders and zips, laid out as uploads. A zip is unpacked within bounds, one level deep.

A zip's names are only names: nothing is ever written where a name says. What cannot be taken is told and the rest goes
on. An Excel or a Word file is a zip too, and is left whole.
"""

from __future__ import annotations

import errno
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from pregon.importers.base import Upload, open_upload

MAXIMUM_FILES: Final = 500
MAXIMUM_MEMBER_BYTES: Final = 256 * 1024 * 1024
MAXIMUM_INFLATED_BYTES: Final = 1024 * 1024 * 1024
_CHUNK: Final = 1024 * 1024
_DOCUMENT_PARTS: Final = ("[Content_Types].xml", "mimetype")
"""What a zip that is one document holds at its top."""
_JUNK: Final = ("__MACOSX", "thumbs.db", "desktop.ini")
_CHAT: Final = re.compile(r"_chat\.txt|(?:chat de whatsapp|whatsapp chat)\b.*\.txt", re.IGNORECASE)
_ATTACHMENT: Final = re.compile(r"\d{8}-.+|[A-Z]{3}-\d{8}-WA\d{4,}\..+")
"""What WhatsApp calls the files of a chat, on iPhone and on Android."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file that could not be taken from what was handed in: its place, and one Spanish sentence."""

    place: str
    sentence: str


def open_package(paths: Iterable[Path], workshop: Path) -> Iterator[Upload | NotTaken]:
    """Every file handed in, folders and zips walked through in the order of their names.

    `workshop` is an empty folder where the members of zips are kept, under names of our own.

    Raises:
        OSError: a path that is not there, or cannot be read.
    """
    taken = 0
    for path in paths:
        for file, folder in _walk(path):
            for found in _open(file, folder, workshop):
                taken += isinstance(found, Upload)
                if taken > MAXIMUM_FILES:
                    yield NotTaken(
                        path.name, f"«{path.name}» trae más de {MAXIMUM_FILES} archivos: impórtelos por partes."
                    )
                    return
                yield found


def _walk(path: Path) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, ""
        return
    for file in sorted(path.rglob("*"), key=lambda each: each.relative_to(path).parts):
        within = file.relative_to(path)
        if file.is_file() and not _is_junk(within.parts):
            yield file, "/".join((path.name, *within.parts[:-1]))


def _is_junk(parts: tuple[str, ...]) -> bool:
    """What systems and programs leave beside the files: «.DS_Store», «~$informe.docx», «__MACOSX»."""
    return any(part.startswith((".", "~$")) or part.casefold() in _JUNK or part in _JUNK for part in parts)


def _open(file: Path, folder: str, workshop: Path) -> Iterator[Upload | NotTaken]:
    upload = open_upload(file, folder=folder)
    if not upload.head.startswith(b"PK\x03\x04"):
        yield upload
        return
    try:
        with zipfile.ZipFile(file) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            names = {member.filename for member in members}
            if any(part in names for part in _DOCUMENT_PARTS):
                yield upload
                return
            yield from _unpack(archive, _without_attachments(members), upload, workshop)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        # A damaged directory sends zipfile to a place before the start of the file; the disk says other faults.
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        yield NotTaken(
            upload.place, f"«{upload.name}» está dañado o incompleto: descárguelo otra vez y vuelva a importarlo."
        )


def _without_attachments(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """A chat without the photos and files beside it, which it names and which are counted there."""
    if not any(_CHAT.fullmatch(member.filename) for member in members):
        return members
    return [member for member in members if not _ATTACHMENT.fullmatch(member.filename)]


def _unpack(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], upload: Upload, workshop: Path
) -> Iterator[Upload | NotTaken]:
    if len(members) > MAXIMUM_FILES:
        yield NotTaken(upload.place, f"«{upload.name}» trae más de {MAXIMUM_FILES} archivos: impórtelos por partes.")
        return
    inflated = 0
    stem = upload.name.rsplit(".", 1)[0]
    root = f"{upload.folder}/{stem}" if upload.folder else stem
    for number, member in enumerate(sorted(members, key=lambda each: each.filename), start=1):
        parts = tuple(
            part for part in PurePosixPath(member.filename.replace("\\", "/")).parts if part not in ("/", "..")
        )
        if not parts or _is_junk(parts):
            continue
        folder, name = "/".join((root, *parts[:-1])), parts[-1]
        place = f"{folder}/{name}"
        if member.flag_bits & 1:
            yield NotTaken(place, f"«{name}» tiene contraseña: descomprima «{upload.name}» e importe la carpeta.")
            continue
        kept = workshop / f"{upload.sha256[:16]}-{number:04}"
        size = _copy(archive, member, kept, min(MAXIMUM_MEMBER_BYTES, MAXIMUM_INFLATED_BYTES - inflated))
        if size is None:
            yield NotTaken(place, f"«{name}» es demasiado grande al descomprimirlo: impórtelo por periodos más cortos.")
            continue
        inflated += size
        found = open_upload(kept, name=name, folder=folder)
        if found.head.startswith(b"PK\x03\x04") and name.casefold().endswith(".zip"):
            yield NotTaken(
                place, f"«{name}» es un zip dentro de otro: descomprima «{upload.name}» e importe la carpeta."
            )
            continue
        yield found


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, kept: Path, most: int) -> int | None:
    """Unpack a member in pieces; how many bytes it had, or None where they are more than they may be.

    What a zip claims of its sizes is not believed: the bytes are counted as they come.
    """
    size = 0
    with kept.open("wb") as target:
        for chunk in _inflate(archive, member):
            size += len(chunk)
            if size > most:
                break
            target.write(chunk)
    if size > most:
        kept.unlink()
        return None
    return size


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a member holds, in pieces. Raises BadZipFile whatever is wrong with it."""
    try:
        with archive.open(member) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except Exception as error:
        # zlib, lzma, bz2, struct and zipfile each raise their own, OSError among them, which is also a full disk's.
        raise zipfile.BadZipFile(str(error)) from error
