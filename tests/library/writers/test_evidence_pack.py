"""A pack of evidence: its names, its hashes checked by another path, its index, and the same bytes twice."""

import csv
import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from pregon.figures.period import Period
from pregon.readers import read_document
from pregon.records.dossier import Dossier
from pregon.records.organisation import Control, Institution
from pregon.records.programme import Event, PlanActivity
from pregon.records.publishing import Evidence
from pregon.records.risk import RiskFollowUp
from pregon.report.evidence_index import PackState
from pregon.writers.evidence_pack import pack_evidence, write_evidence_pack

FILES = {"EV-1": b"lista de asistencia", "EV-2": b"acta", "EV-3": b"otra acta"}
HASHES = {
    # printf 'lista de asistencia' | sha256sum, and so on.
    "EV-1": sha256(b"lista de asistencia").hexdigest(),
    "EV-2": sha256(b"acta").hexdigest(),
}
DOSSIER = Dossier(
    Institution("Personería de Prueba"),
    Period.quarter(2025, 4),
    Control("G-1", "1"),
    events=(Event("EVE-1", date(2025, 10, 6), "Charla", "DH", evidence="EV-1"),),
    follow_ups=(RiskFollowUp("R1", date(2025, 12, 18), materialised=False, evidence="EV-2"),),
    activities=(
        PlanActivity("PA-1", "6.1/7", "Seguimiento", evidence="EV-1"),
        PlanActivity("PA-2", "", "Sin prueba"),
    ),
    evidence=(
        Evidence("EV-5", "=SUMA(A1)", link="https://ejemplo.gov.co/acta"),
        Evidence("EV-4", "Captura que no llegó", "panel.png", section="audience"),
        Evidence("EV-3", "Acta cambiada", "acta.pdf", sha256="0" * 64, section="risks"),
        Evidence("EV-2", "Acta de revisión", "acta.pdf", sha256=HASHES["EV-2"], section="risks"),
        Evidence("EV-1", "Asistencia", "../../asistencia lista.PDF", section="events", dated=date(2025, 10, 6)),
    ),
)


def fetch(evidence: Evidence) -> bytes | None:
    return FILES.get(evidence.reference)


@pytest.fixture(scope="module")
def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(pack_evidence(DOSSIER, fetch, report={"informe.docx": b"informe"})))


def test_each_file_stands_under_its_section_and_never_outside(archive: zipfile.ZipFile) -> None:
    assert archive.namelist() == [
        "eventos/EV-1-asistencia lista.PDF",
        "riesgos/EV-2-acta.pdf",
        "riesgos/EV-3-acta.pdf",
        "informe/informe.docx",
        "indice.html",
        "indice.csv",
        "SHA256SUMS",
    ]
    assert archive.read("riesgos/EV-2-acta.pdf") == b"acta"


def test_every_hash_is_checked_by_another_program(archive: zipfile.ZipFile, tmp_path: Path) -> None:
    archive.extractall(tmp_path)
    found = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0
    assert len(found.stdout.splitlines()) == 6


def test_what_became_of_each_is_told(archive: zipfile.ZipFile) -> None:
    rows = list(csv.reader(io.StringIO(archive.read("indice.csv").decode("utf-8-sig")), delimiter=";"))
    assert [(row[0], row[2], row[10], row[11]) for row in rows[1:]] == [
        ("EV-4", "Seguimiento a la audiencia", "falta el archivo", ""),
        ("EV-1", "Eventos", "incluida", "actividad PA-1; evento EVE-1"),
        ("EV-2", "Riesgos", "incluida", "seguimiento del riesgo R1, 18 de diciembre de 2025"),
        ("EV-3", "Riesgos", "incluida; su huella no es la registrada", ""),
        ("EV-5", "Sin sección", "solo enlace", ""),
    ]
    assert rows[2][8] == HASHES["EV-1"]


def test_no_cell_is_a_formula(archive: zipfile.ZipFile) -> None:
    rows = list(csv.reader(io.StringIO(archive.read("indice.csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[-1][1] == "'=SUMA(A1)"


def test_the_index_tells_each_activity_of_the_plan(archive: zipfile.ZipFile, tmp_path: Path) -> None:
    path = tmp_path / "indice.html"
    path.write_bytes(archive.read("indice.html"))
    document = read_document(path)
    assert [[cell.text for cell in row] for row in document.tables[0].rows[1:]] == [
        ["PA-1. 6.1/7 Seguimiento", "EV-1. Asistencia", "eventos/EV-1-asistencia lista.PDF", "incluida"],
        ["PA-2. Sin prueba", "sin evidencia", "sin archivo", "sin prueba"],
    ]
    assert (
        "5 evidencias registradas, 3 con su archivo en el paquete. 1 archivo falta. "
        "1 archivo no tiene la huella registrada." in document.text
    )


def test_the_same_records_give_the_same_bytes_in_whatever_order() -> None:
    turned = replace(DOSSIER, evidence=DOSSIER.evidence[::-1])
    assert pack_evidence(DOSSIER, fetch) == pack_evidence(turned, fetch)


def test_only_what_has_a_file_is_asked_for() -> None:
    asked: list[str] = []

    def note(evidence: Evidence) -> bytes | None:
        asked.append(evidence.reference)
        return None

    packed = write_evidence_pack(DOSSIER, note, io.BytesIO())
    assert asked == ["EV-4", "EV-1", "EV-2", "EV-3"]
    assert [each.state for each in packed] == [PackState.LACKING] * 4 + [PackState.LINK]


def test_two_files_of_one_name_keep_both() -> None:
    same = replace(
        DOSSIER,
        evidence=(
            Evidence("EV 1", "Una", "a.pdf", section="events"),
            Evidence("EV/1", "Otra", "1-a.pdf", section="events"),
            Evidence("ev 1", "Tercera", "A.pdf", section="events"),
        ),
    )
    names = zipfile.ZipFile(io.BytesIO(pack_evidence(same, lambda _: b"x"))).namelist()[:3]
    assert len({name.lower() for name in names}) == 3


def test_a_quarter_without_evidence_has_its_index_all_the_same() -> None:
    bare = replace(DOSSIER, evidence=(), activities=())
    names = zipfile.ZipFile(io.BytesIO(pack_evidence(bare, fetch))).namelist()
    assert names == ["indice.html", "indice.csv", "SHA256SUMS"]
