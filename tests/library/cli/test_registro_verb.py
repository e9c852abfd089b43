"""`pregon registro` as an office uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from pregon.cli.main import main
from pregon.registro import read_registro


def test_new_then_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "nuevo.xlsx"
    assert main(["registro", "new", str(path), "--period", "2026-T1", "--institution", "Personería de Prueba"]) == 0
    assert capsys.readouterr().out == (
        f"Se creó «{path}» para el primer trimestre de 2026. Empiece por la hoja «Instrucciones».\n"
    )
    assert str(read_registro(path).period) == "2026-T1"
    assert main(["registro", "check", str(path)]) == 0
    assert capsys.readouterr().out == "«nuevo.xlsx» no tiene errores.\n"


def test_new_never_writes_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "informe.xlsx"
    path.write_bytes(b"lo mio")
    assert main(["registro", "new", str(path)]) == 2
    assert capsys.readouterr().err == (
        "Ya existe «informe.xlsx» y no se tocó. Escriba otro nombre, o mueva ese archivo.\n"
    )
    assert path.read_bytes() == b"lo mio"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["libro.docx"], "El registro es un libro de Excel: escriba «libro.xlsx».\n"),
        (["libro.xlsx", "--period", "pronto"], "«pronto»"),
    ],
)
def test_new_asked_wrongly(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["registro", "new", *arguments]) == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_check_tells_each_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "registro.xlsx"
    assert main(["registro", "new", str(path), "--period", "2025-T4", "--institution", "Personería de Prueba"]) == 0
    book = load_workbook(path)
    book["Canales"]["A5"], book["Canales"]["B5"], book["Canales"]["C5"] = "x", "X", "Equis"
    book["Institución"]["B4"] = None
    book.save(path)
    capsys.readouterr()
    assert main(["registro", "check", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "  Institución, celda B4: Falta «Nombre de la entidad». Escriba el nombre completo de la entidad."
    )
    assert lines[1].startswith("  Canales, celda C5: «Equis» no está en la lista.")
    assert lines[2:] == ["2 errores en «registro.xlsx»."]


def test_check_of_what_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registro", "check", str(tmp_path / "no.xlsx")]) == 3
    assert capsys.readouterr().err == "No existe «no.xlsx». Revise el nombre y la carpeta.\n"
