"""The same input gives the same bytes: whatever the hash seed, the locale, the time zone and the hour of the day."""

from __future__ import annotations

import hashlib
import json
import locale
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "examples" / "registro-2025-T4.xlsx"
# What an office does in a day, in one process: its words are the folder to write in and the registro.
DAY = """
import sys
from pathlib import Path
from pregon.cli.main import main

out, registro = Path(sys.argv[1]), sys.argv[2]
main(["report", registro, "--output", str(out / "informe"), "--format", "docx,pdf,html,xlsx"])
for suffix in ("docx", "pdf"):
    wrong = out / f"ajeno.{suffix}"
    for form in ("text", "json", "html"):
        main(["audit", str(wrong), "--format", form, "--output", str(out / form)])
    main(["audit", str(wrong), "--annotate", str(out / f"anotado.{suffix}"), "--output", str(out / "otra")])
"""


def _find_locale(*names: str) -> str:
    """The first of them that this machine has; C where it has none."""
    before = locale.setlocale(locale.LC_ALL)
    for name in names:
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        locale.setlocale(locale.LC_ALL, before)
        return name
    return "C"


ENVIRONMENTS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "America/Bogota"},
    {"PYTHONHASHSEED": "42", "LC_ALL": _find_locale("es_CO.UTF-8", "es_ES.UTF-8", "C.UTF-8"), "TZ": "Asia/Tokyo"},
)


def start(folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", DAY, str(folder), str(EXAMPLE)]
    with (folder / "dicho").open("wb") as said:
        return subprocess.Popen(words, env={**os.environ, **environment}, cwd=folder, stdout=said)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The files that each environment leaves, and what it said, without the folder's own name."""
    import pregon

    table = "\tRed\n\tOctubre\n\tNoviembre\n\tTotal\n\n\tFacebook\n\t44\n\t24\n\t68\n\n\tX\n\t46\n\t19\n\t66\n"
    folders = [tmp_path_factory.mktemp(f"día-{number}") for number in range(len(ENVIRONMENTS))]
    source = folders[0] / "ajeno.txt"
    source.write_text(table + "\nFacebook: 95 publicaciones. Escriba a ana.perez@gmail.com.\n", encoding="utf-8")
    for suffix in (".docx", ".pdf"):
        pregon.write(pregon.read(source), source.with_suffix(suffix))
        for folder in folders[1:]:
            (folder / f"ajeno{suffix}").write_bytes(source.with_suffix(suffix).read_bytes())
    source.unlink()
    # The first one alone, so that the others come seconds later.
    assert start(folders[0], ENVIRONMENTS[0]).wait() == 0
    others = [start(folder, each) for folder, each in zip(folders[1:], ENVIRONMENTS[1:], strict=True)]
    assert [each.wait() for each in others] == [0, 0]
    return [
        {
            str(path.relative_to(folder)): path.read_bytes().replace(os.fsencode(folder), b"")
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        for folder in folders
    ]


@pytest.mark.parametrize("other", range(1, len(ENVIRONMENTS)))
def test_the_same_bytes_everywhere(days: list[dict[str, bytes]], other: int) -> None:
    first = {name: hashlib.sha256(content).hexdigest() for name, content in days[0].items()}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in days[other].items()} == first


def test_everything_was_made(days: list[dict[str, bytes]]) -> None:
    assert sorted(days[0]) == [
        "ajeno.docx",
        "ajeno.pdf",
        "anotado.docx",
        "anotado.pdf",
        "dicho",
        *(f"html/ajeno.{suffix}.auditoria.html" for suffix in ("docx", "pdf")),
        *(f"informe/informe-2025-T4.{suffix}" for suffix in ("docx", "html", "pdf", "xlsx")),
        *(f"json/ajeno.{suffix}.auditoria.json" for suffix in ("docx", "pdf")),
        *(f"otra/ajeno.{suffix}.auditoria.txt" for suffix in ("docx", "pdf")),
        *(f"text/ajeno.{suffix}.auditoria.txt" for suffix in ("docx", "pdf")),
    ]
    assert json.loads(days[0]["json/ajeno.docx.auditoria.json"])["counts"]["contradiction"] == 1
    assert days[0]["anotado.docx"] != days[0]["ajeno.docx"]
