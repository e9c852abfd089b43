"""Files that come with a request: looked at in a child process, kept by their hash, handed over and never shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import Sum

from pregon_web import vault
from pregon_web.accounts.models import Institution
from pregon_web.journal.rows import name_subject, snapshot
from pregon_web.journal.services import Noted
from pregon_web.ledger.evidence import Upload, describe_upload, name_download, print_size, room_of
from pregon_web.ledger.services import BadRecord
from pregon_web.workflow.models import RequestFile, ServiceRequest

MOST_FILES: Final = 10
"""How many files a request takes: a brief with its pictures, not an archive."""


def look_at_files(files: Sequence[Upload]) -> list[RequestFile]:
    """The rows of files that were brought, of no request yet. Raises BadRecord for one that is not kept.

    Outside any transaction: each is opened by another process, which may take seconds.
    """
    if len(files) > MOST_FILES:
        raise BadRecord(f"Una solicitud lleva hasta {MOST_FILES} archivos. Júntelos en un zip.")
    told = [describe_upload(each) for each in files]
    return [
        RequestFile(
            name=each["file"][:200], sha256=each["sha256"], size=each["size"], content_type=each["content_type"]
        )
        for each in told
    ]


def keep_files(request: ServiceRequest, files: Sequence[Upload], rows: Sequence[RequestFile]) -> list[Noted]:
    """Keep the files of a request, inside the caller's transaction; answers what the journal notes.

    Raises BadRecord where they do not fit, are more than a request takes, or are there already.
    """
    if not rows:
        return []
    institution = request.institution
    known = set(RequestFile.objects.of(institution).filter(request=request).values_list("sha256", flat=True))
    new = list({row.sha256: row for row in rows}.values())
    if again := next((row for row in new if row.sha256 in known), None):
        raise BadRecord(f"«{again.name}» ya está en esta solicitud.")
    if len(known) + len(new) > MOST_FILES:
        raise BadRecord(f"Una solicitud lleva hasta {MOST_FILES} archivos y ya tiene {len(known)}.")
    _require_room(institution, sum(row.size for row in new))
    for upload in files:
        vault.keep_file(institution.pk, upload.path)
    for row in new:
        row.institution, row.request = institution, request
    kept = RequestFile.objects.bulk_create(new)
    return [Noted("attach", name_subject(row), after=snapshot(row)) for row in kept]


def download_name(row: RequestFile) -> str:
    """The name that a file leaves with: its own, with an ending that says what it is and not what it was called."""
    return name_download(row.name, row.content_type)


def _require_room(institution: Institution, size: int) -> None:
    """What requests bring counts against the same room as the evidence."""
    room = room_of(institution)
    used = room.used + (RequestFile.objects.of(institution).aggregate(total=Sum("size"))["total"] or 0)
    if used + size > room.most:
        raise BadRecord(
            f"Esos archivos pesan {print_size(size)} y no caben: lo guardado ocupa {print_size(used)} "
            f"de {print_size(room.most)}. Pida más espacio a quien administra el servidor."
        )
