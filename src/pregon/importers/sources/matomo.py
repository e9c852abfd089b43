"""Matomo: the visits of the official website, from its CSV, the JSON of its API, or a scheduled report.

Known by its columns, raw or translated. `nb_visits` are visits, `nb_uniq_visitors` unique visitors (of the period that
Matomo gives: those of days never make a month's), `nb_pageviews` page views; the rest is left.
"""

from __future__ import annotations

import re
from typing import Final

from pregon.importers.base import Answers, Confidence, Extract, Identification, Source, Upload
from pregon.importers.delimited import DamagedTableError, Row, decode, sniff_rows
from pregon.importers.headers import clean_header
from pregon.importers.matomo.columns import ALIASES, PECULIAR, RAW
from pregon.importers.matomo.reporting import read_answer
from pregon.importers.matomo.tables import read_tables

_JSON_KEYS: Final = re.compile(r'"nb_(?:visits|uniq_visitors|pageviews)"\s*:')
_JSON_EMPTY: Final = re.compile(r'\{\s*"[0-9]{4}-[0-9]{2}[-0-9,]*"\s*:\s*\[\s*\]')
_JSON_ERROR: Final = re.compile(r'\{\s*"result"\s*:\s*"error"\s*,\s*"message"\s*:')
_RAW: Final = frozenset(clean_header(name) for name in RAW)


def identify(upload: Upload) -> Identification | None:
    """Say whether a file is Matomo's, by its columns or keys."""
    try:
        text = decode(upload.head, is_whole=len(upload.head) == upload.size)[0].lstrip("\ufeff \r\n\t")
    except DamagedTableError:
        return None
    if text.startswith(("{", "[")):
        return _identify_json(text)
    found = [row for row in sniff_rows(upload.head) if _is_matomos(row)]
    if not found:
        return None
    raw = sum(clean_header(words) in _RAW for words in found[0].fields)
    if raw > 1:
        return Identification(Confidence.CERTAIN, "sus columnas son las de Matomo («nb_visits» y otras)")
    words = found[0].fields[0].strip(" \ufeff")
    return Identification(Confidence.CERTAIN, f"sus columnas son las de Matomo traducidas (desde «{words}»)")


def _is_matomos(row: Row) -> bool:
    """Two raw names, or four translated ones with one that only Matomo says: a hand-made list has dates and visits."""
    words = {clean_header(each) for each in row.fields}
    if sum(each in _RAW and "_" in each for each in words) > 1:
        return True
    known = {key for key, names in ALIASES.items() if not words.isdisjoint(map(clean_header, names))}
    return len(known) > 3 and not known.isdisjoint(PECULIAR)


def _identify_json(text: str) -> Identification | None:
    if _JSON_KEYS.search(text):
        return Identification(Confidence.CERTAIN, "es una respuesta de la API de Matomo («nb_visits» y otras)")
    if _JSON_EMPTY.match(text):
        return Identification(Confidence.LIKELY, "es una respuesta de la API de Matomo con periodos vacíos")
    if _JSON_ERROR.match(text):
        return Identification(Confidence.LIKELY, "es un aviso de error de la API de Matomo")
    return None


def extract(upload: Upload, answers: Answers) -> Extract:
    """Read the whole file; what it does not say is asked."""
    try:
        text = decode(upload.head, is_whole=len(upload.head) == upload.size)[0].lstrip("\ufeff \r\n\t")
    except DamagedTableError as error:
        return Extract(refused=f"«{upload.name}» {error}")
    return read_answer(upload, answers) if text.startswith(("{", "[")) else read_tables(upload, answers)


SOURCE = Source(
    code="matomo",
    name="Matomo: visitas",
    identify=identify,
    extract=extract,
    says="En Matomo, Visitantes → Resumen: botón de exportar, en CSV o JSON, por mes o por día.",
)
