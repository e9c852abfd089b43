"""Files of the report, made when somebody asks for one and kept by what they were made from."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404

import pregon
from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.quarter.selectors import quarter_for
from pregon_web.reports.selectors import report_of

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
    made_of = "\n".join([pregon.__version__, file_format, *quarter.fingerprint])
    key = hashlib.sha256(made_of.encode()).hexdigest()
    name = f"informe-{period}.{file_format}"
    path = Path(settings.CACHE_FOLDER) / str(access.institution.pk) / key / name
    if not path.exists():
        with tempfile.TemporaryDirectory(prefix="pregon-") as folder:
            fresh = Path(folder) / name
            pregon.write(report.document, fresh)
            vault.write_whole(path, fresh.read_bytes())
    return ReportFile(path, name, CONTENT_TYPES[file_format])
