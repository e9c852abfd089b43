"""Writes of evidence: a file that is kept once, whatever it is called; a link with what it answered.

Content is looked at in a child process with limits, before anything is written; what is kept is named by its SHA-256.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pregon.document.unreadable import UnreadableFile
from pregon.readers.child import ask_child, clean_name
from pregon.readers.evidence_kinds import KINDS, PICTURED
from pregon_web import vault
from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.links import look_at_link
from pregon_web.ledger.models import Evidence
from pregon_web.ledger.selectors import evidence_rows_for, next_reference, stored_bytes
from pregon_web.ledger.services import BadRecord, add_record, change_record, require_open

MEGABYTE: Final = 1024 * 1024
_CHILD: Final = "pregon.readers.evidence_child"
_NEAR: Final = 80  # per cent of the room from which it is told that it is filling up


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person brought: where it lies now, and what they call it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """How much the files of an institution take, of how much they may, in bytes."""

    used: int
    most: int

    @property
    def is_near(self) -> bool:
        """Whether it has to be told that it is filling up."""
        return self.used * 100 >= self.most * _NEAR

    @property
    def words(self) -> str:
        """What is told of it: «1,7 GB de 2 GB»."""
        return f"{print_size(self.used)} de {print_size(self.most)}"


def room_of(institution: Institution) -> Room:
    """The room that an institution's evidence takes."""
    return Room(stored_bytes(institution), int(settings.EVIDENCE_QUOTA_MB) * MEGABYTE)


def add_evidence(*, access: Access, period: str, fields: Mapping[str, Any], upload: Upload | None) -> Evidence:
    """Keep what proves something, under the next number of its year: «EV-2025-042».

    Raises:
        BadRecord: the file is not of a kind that is kept, is kept already, or does not fit.
        ClosedPeriod: the quarter is closed.
    """
    about = describe_upload(upload) if upload else {}
    with transaction.atomic():
        require_open(access.institution, [period])
        if upload:
            _refuse_twice(access, period, about)
            _require_room(access, about)
            vault.keep_file(access.institution.pk, upload.path)
        known = Evidence.objects.of(access.institution).values_list("reference", flat=True)
        reference = next_reference(known, f"EV-{period[:4]}-", 3)
        return add_record(access=access, row=Evidence(period=period, reference=reference, **fields, **about))


def attach_file(*, access: Access, row: Evidence, upload: Upload) -> Evidence:
    """Keep the file of an evidence that only named it. Where its hash was noted, it has to be that very file.

    Raises:
        BadRecord: it is another file, already kept, of a kind that is not kept, or does not fit.
        ClosedPeriod: the quarter is closed.
    """
    about = describe_upload(upload)
    with transaction.atomic():
        require_open(access.institution, [row.period])
        current = evidence_rows_for(access, row.period).get(pk=row.pk)
        if current.is_stored:
            raise BadRecord(
                f"{current.reference} ya tiene su archivo guardado. Para otro archivo, agregue otra evidencia."
            )
        if current.sha256 and current.sha256 != about["sha256"]:
            raise BadRecord(
                f"«{about['file']}» no es el archivo que se anotó en {current.reference}: su huella es otra. "
                "Busque el original, o agréguelo como otra evidencia."
            )
        _refuse_twice(access, row.period, about, but=row.pk)
        _require_room(access, about)
        vault.keep_file(access.institution.pk, upload.path)
        return change_record(access=access, row=current, fields=about, action="attach")


def check_link(*, access: Access, row: Evidence) -> Evidence:
    """Look whether the link of an evidence answers, and keep what it answered and when, also in a closed quarter.

    No figure rests on it. The look is taken outside any transaction: it may last seconds. Raises BadRecord where there
    is no link.
    """
    if not row.link:
        raise BadRecord(f"{row.reference} no tiene enlace.")
    told = look_at_link(row.link, allow_loopback=settings.LINK_CHECK_LOOPBACK)
    fields = {"check_result": told[:120], "checked_at": timezone.now()}
    return change_record(access=access, row=row, fields=fields, action="check", also_closed=True)


def preview_of(row: Evidence) -> Path | None:
    """A small picture of a stored image or PDF, made once and kept apart; None where none can be made."""
    return preview_file(row.institution_id, row.sha256, row.file, row.content_type) if row.is_stored else None


def preview_file(institution_id: int, sha256: str, name: str, content_type: str) -> Path | None:
    """As `preview_of`, of any file that is kept."""
    if content_type not in PICTURED:
        return None
    path = Path(settings.CACHE_FOLDER) / str(institution_id) / "previews" / f"{sha256}.png"
    if not path.exists():
        # An empty file says that none can be made: a damaged image is not tried again each time it is shown.
        vault.write_whole(path, _draw(vault.path_of(institution_id, sha256), name))
    return path if path.stat().st_size else None


def download_name(row: Evidence) -> str:
    """The name that the file of an evidence leaves with."""
    return name_download(row.file, row.content_type)


def name_download(file: str, content_type: str) -> str:
    """The name that a file leaves with: its own, with an ending that says what it is and not what it was called."""
    kind = KINDS.get(content_type)
    name = clean_name(file).replace("/", "-").replace("\\", "-")
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    return name if kind is None or ending in kind.endings else f"{name}.{kind.endings[0]}"


def name_kind(row: Evidence) -> str:
    """What an evidence is, in words: «PDF», «imagen PNG», «enlace», «archivo sin guardar»."""
    if row.is_stored:
        kind = KINDS.get(row.content_type)
        return kind.word if kind else "archivo"
    return "archivo sin guardar" if row.file else "enlace"


def print_size(size: int) -> str:
    """«340 KB», «1,7 MB», «2 GB»: rounded to what the eye compares."""
    for unit, name in ((MEGABYTE * 1024, "GB"), (MEGABYTE, "MB")):
        if size >= unit:
            whole, tenth = divmod(size * 10 // unit, 10)
            return f"{whole},{tenth} {name}" if tenth and whole < 100 else f"{whole} {name}"
    return f"{-(-size // 1024)} KB"


def describe_upload(upload: Upload) -> dict[str, Any]:
    """What a row says of a file, looked at in a child process. Raises BadRecord for one that is not kept."""
    name = clean_name(upload.name)
    try:
        answer = ask_child(_CHILD, upload.path, [name, "identify"], seconds=20, memory_mb=512)
    except UnreadableFile as error:
        raise BadRecord(str(error)) from error
    if "refused" in answer:
        raise BadRecord(str(answer["refused"]))
    return {
        "file": name,
        "sha256": vault.hash_file(upload.path),
        "size": upload.path.stat().st_size,
        "content_type": str(answer["content_type"]),
        "is_stored": True,
    }


def _refuse_twice(access: Access, period: str, about: Mapping[str, Any], but: int | None = None) -> None:
    same = evidence_rows_for(access, period).filter(sha256=about["sha256"]).first()
    if same is None or same.pk == but:
        return
    if same.is_stored:
        raise BadRecord(f"Ya está guardado como {same.reference}: «{same.title}». Use esa evidencia.")
    raise BadRecord(f"Ese archivo ya está anotado como {same.reference}, sin guardar. Ábrala y guárdelo ahí.")


def _require_room(access: Access, about: Mapping[str, Any]) -> None:
    same = Evidence.objects.of(access.institution).filter(sha256=about["sha256"], is_stored=True)
    room = room_of(access.institution)
    if room.used + int(about["size"]) > room.most and not same.exists():
        raise BadRecord(
            f"«{about['file']}» pesa {print_size(int(about['size']))} y no cabe: las evidencias ocupan {room.words}. "
            "Pida más espacio a quien administra el servidor, o anote el enlace en lugar del archivo."
        )


def _draw(path: Path, name: str) -> bytes:
    try:
        answer = ask_child(_CHILD, path, [clean_name(name), "preview"], seconds=20, memory_mb=1024)
        return base64.b64decode(str(answer.get("png", "")))
    except (UnreadableFile, ValueError):
        return b""
