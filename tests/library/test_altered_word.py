"""Our Word report, with any one figure changed by hand: the audit names the place that was changed."""

import io
import re
import zipfile
from pathlib import Path

import pytest

import pregon
from pregon.audit.finding import Severity
from pregon.document.location import LocationKind

EXAMPLES = Path(__file__).parents[2] / "examples"
STEP = 8
"""One figure in so many is tried, through all the tables of the report: all of them would take a minute."""


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = pregon.load_registro(EXAMPLES / "registro-2025-T4.xlsx")
    path = tmp_path_factory.mktemp("issued") / "informe-2025-T4.docx"
    pregon.write(pregon.compose(dossier), path)
    return path


def change_figure(path: Path, place: int) -> tuple[bytes, str, str]:
    """The file with the `place`-th run that holds a figure changed in its body; what it held and what it holds."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    found = list(_figures(body))[place]
    was = found.group(1)
    digit = was[-1]
    now = was[:-1] + ("1" if digit == "0" else "0" if digit == "9" else str(int(digit) + 1))
    parts["word/document.xml"] = (body[: found.start(1)] + now + body[found.end(1) :]).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue(), was, now


def _figures(body: str) -> list[re.Match[str]]:
    """Numbers that are the whole text of a run in a table's cell: what a person would type over."""
    return [
        found
        for found in re.finditer(r"<w:t(?: [^>]*)?>([0-9][0-9.,]*)</w:t>", body)
        if body.rfind("<w:tc>", 0, found.start()) > body.rfind("</w:tc>", 0, found.start())
    ]


def test_the_report_as_it_left_audits_clean(issued: Path) -> None:
    assert pregon.audit(issued).findings == ()


def test_any_one_figure_changed_by_hand_is_a_contradiction_at_its_place(issued: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(issued) as archive:
        total = len(_figures(archive.read("word/document.xml").decode()))
    assert total > 80
    for place in range(0, total, STEP):
        content, was, now = change_figure(issued, place)
        path = tmp_path / f"changed-{place}.docx"
        path.write_bytes(content)
        contradictions = [f for f in pregon.audit(path).findings if f.severity is Severity.CONTRADICTION]
        told = f"el informe salió con {was} y ahora dice {now}"
        named = [
            spot
            for finding in contradictions
            for spot in finding.locations
            if spot.kind is LocationKind.CELL and now in spot.text
        ]
        assert named, (place, was, now)
        assert any(told in line for f in contradictions for line in (f.message, *f.consequences)), (place, was, now)
