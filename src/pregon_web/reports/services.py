"""Files of the report, of a year's and of what backs them, made when asked for and kept by what they were made from."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404

import pregon
from pregon.document.model import Document
from pregon.records.publishing import Evidence
from pregon.report.rollup.compose import Reader
from pregon.writers.evidence_pack import write_evidence_pack
from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.quarter.selectors import fingerprint_of, quarter_for
from pregon_web.reports.selectors import report_of, year_report_for

_OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file of the report: where it is, the name it is handed over with, and its content type."""

    path: Path
    name: str
    content_type: str


def make_report_file(access: Access, period: str, file_format: str) -> ReportFile:
    """The report of the person's institution as a file. Raises Http404 for an unknown format or an empty quarter.

    A file is kept under a key of the records, this version of Pregón and the format: made once for everybody.
    """
    if file_format not in CONTENT_TYPES:
        raise Http404
    quarter = quarter_for(access, period)
    report = report_of(quarter)
    name = f"informe-{period}.{file_format}"
    path = _place(access, name, [file_format, *quarter.fingerprint])
    return _write_document(report.document, path, file_format)


def make_year_file(access: Access, year: int, reader: Reader, file_format: str) -> ReportFile:
    """The report of a year as a file. Raises Http404 for an unknown format or a year without records."""
    if file_format not in CONTENT_TYPES:
        raise Http404
    report = year_report_for(access, year, reader)
    stem = f"informe-concejo-{year}" if reader is Reader.COUNCIL else f"informe-anual-{year}"
    made_of = [file_format, *(fingerprint_of(quarter) for quarter in report.quarters)]
    return _write_document(report.document, _place(access, f"{stem}.{file_format}", made_of), file_format)


def make_evidence_pack(access: Access, period: str) -> ReportFile:
    """The evidence of a quarter with its files, its index and its hashes. Raises Http404 for an empty quarter.

    A file that is not kept is told in the index, not left out in silence.
    """
    quarter = quarter_for(access, period)
    if quarter.dossier is None:
        raise Http404
    kept = [evidence.sha256 for evidence in quarter.dossier.evidence if _kept(access, evidence) is not None]
    name = f"evidencias-{period}.zip"
    path = _place(access, name, [*quarter.fingerprint, *kept])
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".pack-", dir=path.parent) as folder:
            fresh = Path(folder) / name
            with fresh.open("wb") as out:
                write_evidence_pack(quarter.dossier, lambda evidence: _read(access, evidence), out)
            fresh.replace(path)
    return ReportFile(path, name, "application/zip")


def _kept(access: Access, evidence: Evidence) -> Path | None:
    """Where the file of an evidence is kept, or None where it is not."""
    path = vault.path_of(access.institution.pk, evidence.sha256) if evidence.sha256 else None
    return path if path is not None and path.is_file() else None


def _read(access: Access, evidence: Evidence) -> bytes | None:
    path = _kept(access, evidence)
    return None if path is None else path.read_bytes()


def _place(access: Access, name: str, made_of: list[str]) -> Path:
    """Where a file is kept: by what it was made from, this version of Pregón included."""
    key = hashlib.sha256("\n".join([pregon.__version__, *made_of]).encode()).hexdigest()
    return Path(settings.CACHE_FOLDER) / str(access.institution.pk) / key / name


def _write_document(document: Document, path: Path, file_format: str) -> ReportFile:
    if not path.exists():
        with tempfile.TemporaryDirectory(prefix="pregon-") as folder:
            fresh = Path(folder) / path.name
            pregon.write(document, fresh)
            vault.write_whole(path, fresh.read_bytes())
    return ReportFile(path, path.name, CONTENT_TYPES[file_format])
