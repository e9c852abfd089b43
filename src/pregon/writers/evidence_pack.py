"""Evidence → one zip: every file under its section, an index to read (HTML) and to sort (CSV), and all the hashes.

The same dossier and the same files always give the same bytes: names in order, no clock, no machine, and nothing
compressed, since evidence is pictures and PDF and each compressor has its own bytes. `SHA256SUMS` is in the form of
`sha256sum`, so anybody can check the pack without Pregón.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import IO, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pregon.figures.spanish import fold
from pregon.records.dossier import Dossier
from pregon.records.publishing import Evidence
from pregon.report.evidence_index import (
    PackedEvidence,
    PackState,
    compose_index,
    name_citing,
    section_place,
    section_title,
)
from pregon.writers.html import render_page

Fetch = Callable[[Evidence], bytes | None]
"""Gives the bytes of an evidence's file; None where they are not there."""

INDEX_PAGE: Final = "indice.html"
INDEX_TABLE: Final = "indice.csv"
HASHES: Final = "SHA256SUMS"
REPORT_FOLDER: Final = "informe"
_NO_CLOCK: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE: Final = 0o644 << 16
_UNIX: Final = 3
_LONGEST: Final = 80
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TITLES: Final = (
    "Evidencia", "Qué prueba", "Sección", "Canal", "Mes", "Fecha", "Archivo", "Enlace", "Huella SHA-256",
    "Huella registrada", "Estado", "La citan",
)  # fmt: skip


def write_evidence_pack(
    dossier: Dossier, fetch: Fetch, out: IO[bytes], *, report: Mapping[str, bytes] | None = None
) -> tuple[PackedEvidence, ...]:
    """Write the pack of a dossier's evidence into a file that is open for writing bytes.

    `fetch` is asked for one file at a time, so that only one is in memory. `report` are the files of the report
    itself, by name. What lacks its file, or has another hash than the one recorded, is in the pack's index.

    Returns:
        What became of each evidence, in the order of the index.
    """
    citing = name_citing(dossier)
    packed: list[PackedEvidence] = []
    hashes: list[tuple[str, str]] = []
    taken: set[str] = set()
    with ZipFile(out, "w") as archive:
        for evidence in sorted(dossier.evidence, key=_place):
            content = fetch(evidence) if evidence.file or evidence.sha256 else None
            name = _name_inside(evidence, taken) if content is not None else ""
            digest = sha256(content).hexdigest() if content is not None else ""
            if content is not None:
                _add(archive, name, content)
                hashes.append((digest, name))
            state = _state_of(evidence, digest)
            packed.append(PackedEvidence(evidence, name, digest, state, citing.get(evidence.reference, ())))
        for file, content in sorted((report or {}).items()):
            name = f"{REPORT_FOLDER}/{_safe(file)}"
            _add(archive, name, content)
            hashes.append((sha256(content).hexdigest(), name))
        for name, content in (
            (INDEX_PAGE, render_page(compose_index(dossier, packed)).encode()),
            (INDEX_TABLE, _write_table(packed)),
        ):
            _add(archive, name, content)
            hashes.append((sha256(content).hexdigest(), name))
        _add(archive, HASHES, "".join(f"{digest}  {name}\n" for digest, name in hashes).encode())
    return tuple(packed)


def pack_evidence(dossier: Dossier, fetch: Fetch, *, report: Mapping[str, bytes] | None = None) -> bytes:
    """The pack as bytes, for one that fits in memory."""
    out = io.BytesIO()
    write_evidence_pack(dossier, fetch, out, report=report)
    return out.getvalue()


def _place(evidence: Evidence) -> tuple[int, str]:
    return section_place(evidence), evidence.reference


def _state_of(evidence: Evidence, digest: str) -> PackState:
    if digest:
        same = not evidence.sha256 or evidence.sha256.lower() == digest
        return PackState.INCLUDED if same else PackState.CHANGED
    if evidence.file or evidence.sha256:
        return PackState.LACKING
    return PackState.LINK if evidence.link else PackState.NOTHING


def _name_inside(evidence: Evidence, taken: set[str]) -> str:
    """`eventos/EV-2025-044-asistencia.pdf`; never outside its folder, never the name of another."""
    folder = "-".join(re.findall(r"[a-z0-9]+", fold(section_title(evidence))))
    file = _safe(evidence.file) if evidence.file else "archivo"
    stem, dot, ending = file.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and len(ending) <= 8 else (file, "")
    base = f"{_safe(evidence.reference)}-{stem}"[:_LONGEST]
    name, number = f"{folder}/{base}{ending}", 2
    while name.lower() in taken:
        name, number = f"{folder}/{base}-{number}{ending}", number + 1
    taken.add(name.lower())
    return name


def _safe(name: str) -> str:
    """A file's name with nothing in it that any system takes for a path, an option or a device."""
    last = re.split(r"[\\/]", name)[-1]
    kept = re.sub(r"[^\w.\- ]", "-", last).strip(" .-")
    return kept or "archivo"


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _NO_CLOCK)
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_STORED, _UNIX, _PLAIN_FILE
    archive.writestr(entry, content)


def _write_table(packed: Sequence[PackedEvidence]) -> bytes:
    """With its mark, so that Excel reads the accents, and semicolons, which Excel in Spanish parts columns by."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_TITLES)
    for each in packed:
        evidence = each.evidence
        writer.writerow(
            _plain(text)
            for text in (
                evidence.reference,
                evidence.title,
                section_title(evidence),
                evidence.channel,
                "" if evidence.month is None else evidence.month.title,
                "" if evidence.dated is None else evidence.dated.isoformat(),
                each.name,
                evidence.link,
                each.sha256,
                evidence.sha256,
                each.state.value,
                "; ".join(each.cited_by),
            )
        )
    return ("\N{BYTE ORDER MARK}" + out.getvalue()).encode()


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
