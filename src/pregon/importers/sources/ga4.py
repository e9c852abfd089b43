"""Google Analytics 4: the sessions, active users and views of the official website, from its exports or its Data API.

Known by the remarks with «#» that open an export, or by the keys of an answer of the API.
"""

from __future__ import annotations

import re
from typing import Final

from pregon.importers.base import Answers, Confidence, Extract, Identification, Source, Upload
from pregon.importers.delimited import DamagedTableError, decode
from pregon.importers.ga4.reports import read_reports
from pregon.importers.ga4.tables import read_export

_REMARK: Final = re.compile(
    r'^"?\s*#\s*(?:Start date:|Fecha de inicio:)\s*\d{8}|^"?\s*#\s*\d{8}\s*-\s*\d{8}\b', re.MULTILINE | re.IGNORECASE
)
_KEYS: Final = re.compile(r'"(?:metricHeaders|dimensionHeaders)"\s*:\s*\[')
_NAMES: Final = re.compile(r'"kind"\s*:\s*"analyticsData#|"metricHeaders"\s*:\s*\[\s*\{\s*"name"')


def identify(upload: Upload) -> Identification | None:
    """Say whether a file is Google Analytics', by its remarks or its keys."""
    text = _read_head(upload)
    if text.startswith(("{", "[")):
        if _KEYS.search(text) and _NAMES.search(text):
            return Identification(
                Confidence.CERTAIN, "es una respuesta de la API de Google Analytics («metricHeaders»)"
            )
        return None
    if text.startswith(("#", '"#')) and _REMARK.search(text):
        return Identification(Confidence.CERTAIN, "empieza como los archivos de Google Analytics («# Start date»)")
    return None


def _read_head(upload: Upload) -> str:
    try:
        return decode(upload.head, is_whole=len(upload.head) == upload.size)[0].lstrip("\ufeff \r\n\t")
    except DamagedTableError:
        return ""


def extract(upload: Upload, answers: Answers) -> Extract:
    """Read the whole file; what it does not say is asked."""
    return read_reports(upload, answers) if _read_head(upload).startswith(("{", "[")) else read_export(upload, answers)


SOURCE = Source(
    code="ga4",
    name="Google Analytics",
    identify=identify,
    extract=extract,
    says="En Google Analytics, el informe con el rango de un mes: Compartir → Descargar archivo → CSV.",
)
