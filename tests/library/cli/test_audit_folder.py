"""`pregon audit` over a folder: what it passes over, what it goes on from, and what it keeps of bad files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pregon.cli.main import main

JOURNAL = ".pregon-audit.jsonl"


def write_reports(folder: Path, count: int) -> list[str]:
    """Reports of one table each, every third with a total that is wrong by one; their names."""
    folder.mkdir()
    for number in range(1, count + 1):
        total = 30 + number + (number % 3 == 0)
        table = f"\tRed\n\tOctubre\n\tNoviembre\n\tTotal\n\n\tFacebook\n\t{number}\n\t30\n\t{total}\n"
        (folder / f"informe-{number:02}.txt").write_text(table, encoding="utf-8")
    return sorted(path.name for path in folder.iterdir())


def answers_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name != JOURNAL}


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = write_reports(tmp_path / "informes", 9)
    output = tmp_path / "salida"
    order = ["audit", str(tmp_path / "informes"), "--output", str(output), "--jobs", "2"]
    with subprocess.Popen([sys.executable, "-m", "pregon.cli.main", *order], stdout=subprocess.DEVNULL) as run:
        journal = output / JOURNAL
        deadline = time.monotonic() + 60
        while (not journal.is_file() or journal.read_text().count("\n") < 3) and time.monotonic() < deadline:
            time.sleep(0.005)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    done = journal.read_text(encoding="utf-8").count("\n")
    assert 3 <= done < 9
    ready = {path: path.stat().st_mtime_ns for path in output.iterdir() if path.suffix == ".txt"}

    assert main(order) == 1
    assert last_line(capsys) == (
        "9 documentos revisados, 3 con contradicciones (3 en total); 6 cuentas cuadran. "
        f"{done} ya estaban revisados en esa carpeta y no se repitieron."
    )
    listed = [json.loads(line)["answer"] for line in journal.read_text(encoding="utf-8").splitlines()]
    assert sorted(listed) == [f"{name}.auditoria.txt" for name in names]
    kept = {f"{path.name}" for path, when in ready.items() if path.stat().st_mtime_ns == when}
    assert set(listed[:done]) <= kept

    whole = tmp_path / "entera"
    assert main(["audit", str(tmp_path / "informes"), "--output", str(whole)]) == 1
    assert answers_in(output) == answers_in(whole)


def test_what_changed_is_audited_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, output = tmp_path / "informes", tmp_path / "salida"
    write_reports(folder, 3)
    order = ["audit", str(folder), "--output", str(output)]
    assert main(order) == 1
    capsys.readouterr()
    (folder / "informe-03.txt").write_text((folder / "informe-02.txt").read_text(), encoding="utf-8")
    assert main(order) == 0
    assert last_line(capsys) == (
        "3 documentos revisados, 0 con contradicciones (0 en total); 3 cuentas cuadran. "
        "2 ya estaban revisados en esa carpeta y no se repitieron."
    )
    # An answer that was taken away is made again, and so are all of them in another format.
    (output / "informe-01.txt.auditoria.txt").unlink()
    assert main(order) == 0
    assert "2 ya estaban revisados" in last_line(capsys)
    assert main([*order, "--format", "json"]) == 0
    assert "ya estaba" not in last_line(capsys)


def test_a_journal_cut_short_costs_its_last_line_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, output = tmp_path / "informes", tmp_path / "salida"
    write_reports(folder, 2)
    order = ["audit", str(folder), "--output", str(output)]
    main(order)
    journal = output / JOURNAL
    journal.write_text(journal.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    capsys.readouterr()
    main(order)
    assert "1 ya estaba revisado en esa carpeta y no se repitió." in last_line(capsys)
    main(order)
    assert "2 ya estaban revisados en esa carpeta y no se repitieron." in last_line(capsys)


def test_bad_files_are_listed_and_the_rest_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, output = tmp_path / "informes", tmp_path / "salida"
    write_reports(folder, 2)
    (folder / "a-vacío.docx").write_bytes(b"")
    (folder / "b-roto.pdf").write_bytes(b"%PDF-1.7 nada")
    assert main(["audit", str(folder), "--output", str(output), "--jobs", "2"]) == 3
    told = capsys.readouterr()
    assert told.out.splitlines()[1:5] == [
        "a-vacío.docx    no se pudo leer",
        "b-roto.pdf      no se pudo leer",
        "informe-01.txt     0     0     0     0     0     1",
        "informe-02.txt     0     0     0     0     0     1",
    ]
    assert told.err.splitlines() == [
        "«a-vacío.docx» está vacío: no tiene nada para leer. Suba el archivo que tiene el informe.",
        "No pudimos leer «b-roto.pdf»: está dañado o incompleto. Pida el archivo otra vez a quien lo hizo y súbalo.",
    ]
    assert sorted(answers_in(output)) == ["informe-01.txt.auditoria.txt", "informe-02.txt.auditoria.txt"]


def test_our_own_answers_and_the_files_of_office_are_no_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "informes"
    write_reports(folder, 2)
    (folder / "~$informe-01.docx").write_bytes(b"\x05Ana")
    (folder / ".oculto.txt").write_text("Hubo 6 eventos.", encoding="utf-8")
    for _ in range(2):  # the second time, the answers lie beside the reports
        assert main(["audit", str(folder), "--output", str(folder), "--format", "html"]) == 0
        assert capsys.readouterr().out.splitlines()[-1].startswith("2 documentos revisados")


def test_json_of_many_is_one_list_as_they_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = write_reports(tmp_path / "informes", 2)
    (tmp_path / "informes" / "a.docx").write_bytes(b"")
    assert main(["audit", str(tmp_path / "informes"), "--format", "json"]) == 3
    assert [each["document"] for each in json.loads(capsys.readouterr().out)] == names
    (tmp_path / "nada").mkdir()
    (tmp_path / "nada" / "a.docx").write_bytes(b"")
    (tmp_path / "nada" / "b.docx").write_bytes(b"")
    assert main(["audit", str(tmp_path / "nada"), "--format", "json"]) == 3
    assert json.loads(capsys.readouterr().out) == []


def test_an_output_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "informe.txt"
    path.write_text("Hubo 6 eventos.", encoding="utf-8")
    assert main(["audit", str(path), "--output", str(path)]) == 2
    assert capsys.readouterr().err == (
        f"«{path}» no es una carpeta: diga con --output en qué carpeta dejar las respuestas.\n"
    )
