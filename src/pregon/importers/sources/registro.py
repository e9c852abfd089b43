"""A registro of ours handed in as a file: its measurements and its publications, each with its row.

What else a registro holds (campaigns, events, requests, risks) is no export of a platform: it is told, and stays.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from datetime import datetime, time
from typing import Final

from pregon.document.unreadable import UnreadableFile
from pregon.figures.metric import CATALOGUE
from pregon.figures.spanish import count_of, fold
from pregon.importers.base import (
    Answers,
    Birth,
    Confidence,
    Extract,
    Identification,
    ImportedObservation,
    ImportedPublication,
    Source,
    Upload,
)
from pregon.importers.placing import OFFICE_ZONE
from pregon.records.dossier import Dossier
from pregon.registro.read import read_sheets
from pregon.registro.rows import read_rows
from pregon.registro.schema import ALL, SHEETS
from pregon.registro.workbook import Grid, read_grids

_BOOK: Final = "xl/workbook.xml"
_MOST_BOOK_BYTES: Final = 4 * 1024 * 1024
_FEWEST_SHEETS: Final = 5
_SHEET_NAME: Final = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]{1,80})"')
_RULE: Final = "tomado de otro registro"
_MEASUREMENTS: Final = "Mediciones"
_PUBLICATIONS: Final = "Publicaciones"
_Rows = dict[str, tuple[int, ...]]


def identify(upload: Upload) -> Identification | None:
    """A workbook with the sheets of a registro."""
    if not upload.head.startswith(b"PK\x03\x04"):
        return None
    ours = {fold(form.name) for form in ALL}
    if len({fold(name) for name in _read_sheet_names(upload)} & ours) < _FEWEST_SHEETS:
        return None
    return Identification(Confidence.CERTAIN, "tiene las hojas de un registro de Pregón")


def _read_sheet_names(upload: Upload) -> list[str]:
    """The names of a workbook's sheets, without reading the sheets; [] for any other file."""
    try:
        with zipfile.ZipFile(upload.path) as archive, archive.open(_BOOK) as part:
            book = part.read(_MOST_BOOK_BYTES)
    except (KeyError, OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, ValueError):
        return []
    return [name.decode("utf-8", errors="replace") for name in _SHEET_NAME.findall(book)]


def extract(upload: Upload, answers: Answers) -> Extract:  # noqa: ARG001 -- every source has the same two arguments
    """The measurements and the publications of the registro."""
    try:
        grids = {fold(grid.name): grid for grid in read_grids(upload.path)}
        if len(grids.keys() & {fold(form.name) for form in ALL}) < _FEWEST_SHEETS:
            return Extract(refused=f"«{upload.name}» no es un registro de Pregón: no tiene sus hojas.")
        dossier, mistakes = read_sheets(grids)
    except UnreadableFile as error:
        return Extract(refused=str(error).replace(upload.path.name, upload.name))
    if dossier is None:
        wrong = [mistake for mistake in mistakes if not mistake.is_remark]
        told = f"«{upload.name}» tiene {count_of(len(wrong), 'error', 'errores')} en sus hojas: "
        return Extract(refused=f"{told}véalos con pregon registro check y corríjalos.")
    rows = {name: _row_numbers(name, grids, dossier) for name in (_MEASUREMENTS, _PUBLICATIONS)}
    return Extract(
        observations=_observations(dossier, upload, rows),
        publications=_publications(dossier, upload, rows),
        remarks=tuple(_tell_rest(dossier)),
    )


def _row_numbers(name: str, grids: dict[str, Grid], dossier: Dossier) -> tuple[int, ...]:
    """The row of each record of a sheet, in the order of the records."""
    sheet = next(sheet for sheet in SHEETS if sheet.name == name)
    grid = grids.get(fold(name))
    return () if grid is None else tuple(row.number for row in read_rows(sheet, grid, dossier.period)[0])


def _birth(upload: Upload, rows: _Rows, sheet: str, place: int) -> Birth:
    return Birth(upload.name, upload.sha256, f"hoja «{sheet}», fila {rows[sheet][place]}", _RULE)


def _accounts(dossier: Dossier) -> dict[str, str]:
    """What tells a channel of a platform that has several: its name; "" for the only one."""
    number = Counter(channel.platform for channel in dossier.channels)
    return {channel.code: channel.name if number[channel.platform] > 1 else "" for channel in dossier.channels}


def _observations(dossier: Dossier, upload: Upload, rows: _Rows) -> tuple[ImportedObservation, ...]:
    accounts = _accounts(dossier)
    return tuple(
        ImportedObservation(
            dossier.channel(each.channel).platform,
            each.metric,
            each.period,
            each.status,
            each.amount,
            _birth(upload, rows, _MEASUREMENTS, place),
            each.method,
            accounts[each.channel],
        )
        for place, each in enumerate(dossier.observations)
        if each.metric in CATALOGUE
    )


def _publications(dossier: Dossier, upload: Upload, rows: _Rows) -> tuple[ImportedPublication, ...]:
    accounts = _accounts(dossier)
    return tuple(
        ImportedPublication(
            dossier.channel(each.channel).platform,
            each.kind,
            datetime.combine(each.published_on, time(), OFFICE_ZONE),
            _birth(upload, rows, _PUBLICATIONS, place),
            title=each.title,
            link=each.link,
            account=accounts[each.channel],
            has_hour=False,
        )
        for place, each in enumerate(dossier.publications)
    )


def _tell_rest(dossier: Dossier) -> list[str]:
    """What the registro holds that is not taken."""
    counts = (
        (len(dossier.campaigns), "campaña", "campañas"),
        (len(dossier.events), "evento", "eventos"),
        (len(dossier.requests), "solicitud", "solicitudes"),
        (len(dossier.risks), "riesgo", "riesgos"),
    )
    held = [count_of(number, one, many) for number, one, many in counts if number]
    if not held:
        return []
    told = f"De un registro se toman las mediciones y las publicaciones. Quedan en él: {', '.join(held)}. "
    return [f"{told}Para tenerlo todo, trabaje en ese mismo registro."]


SOURCE = Source(
    "registro",
    "Registro de Pregón",
    identify,
    extract,
    "El libro de Excel en que la oficina anota lo que pasó, hecho con «pregon registro new».",
)
