"""A file that cannot be read is one sentence that says what to do, never a traceback."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from pregon.document.unreadable import UnreadableFile, Why
from pregon.registro import check_registro, read_registro


def _told_of(path: Path) -> tuple[Why, str]:
    with pytest.raises(UnreadableFile) as caught:
        read_registro(path)
    with pytest.raises(UnreadableFile):
        check_registro(path)
    return caught.value.kind, str(caught.value)


def test_missing(tmp_path: Path) -> None:
    assert _told_of(tmp_path / "no.xlsx") == (Why.MISSING, "No existe «no.xlsx». Revise el nombre y la carpeta.")


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "vacio.xlsx"
    path.touch()
    assert _told_of(path) == (Why.EMPTY, "«vacio.xlsx» está vacío. Descárguelo o cópielo otra vez.")


def test_another_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "informe.xlsx"
    path.write_bytes(b"%PDF-1.7\n%...")
    expected = "«informe.xlsx» no es un libro de Excel. El registro es un archivo .xlsx."
    assert _told_of(path) == (Why.WRONG_KIND, expected)


def test_a_word_file_called_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "informe.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert _told_of(path)[0] is Why.WRONG_KIND


def test_a_book_that_is_no_registro(tmp_path: Path) -> None:
    path = tmp_path / "cuentas.xlsx"
    Workbook().save(path)
    assert _told_of(path) == (
        Why.WRONG_KIND,
        (
            "«cuentas.xlsx» no es un registro: no tiene hojas como «Publicaciones» o «Mediciones»."
            " Cree uno con «pregon registro new»."
        ),
    )


@pytest.mark.parametrize("kept", [200, 5_000, 20_000])
def test_truncated(small: Path, kept: int) -> None:
    small.write_bytes(small.read_bytes()[:kept])
    assert _told_of(small) == (
        Why.DAMAGED,
        "No pudimos leer «registro.xlsx»: está dañado o incompleto. Ábralo en Excel, guárdelo otra vez y repita.",
    )


def test_damaged_inside(small: Path) -> None:
    with zipfile.ZipFile(small) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet7.xml"] = parts["xl/worksheets/sheet7.xml"][:900]
    with zipfile.ZipFile(small, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert _told_of(small)[0] is Why.DAMAGED


def test_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "registro.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    expected = "«registro.xlsx» tiene contraseña. Quítela en Excel (Archivo, Información) y repita."
    assert _told_of(path) == (Why.PASSWORD, expected)


def test_of_an_old_excel(tmp_path: Path) -> None:
    path = tmp_path / "registro.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    expected = "«registro.xls» es de un Excel antiguo. Ábralo y guárdelo como libro de Excel (.xlsx)."
    assert _told_of(path) == (Why.WRONG_KIND, expected)


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "registro.xlsx"
    with path.open("wb") as file:
        file.truncate(34 * 1024 * 1024)
    expected = "«registro.xlsx» pesa 34 MB y el máximo es 20 MB. Quite de él las imágenes y repita."
    assert _told_of(path) == (Why.TOO_LARGE, expected)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "registro.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<x/>")
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(301):
                part.write(bytes(1024 * 1024))
    assert path.stat().st_size < 20 * 1024 * 1024
    assert _told_of(path)[0] is Why.TOO_LARGE
