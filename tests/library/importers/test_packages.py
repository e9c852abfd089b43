"""Files, folders and zips handed in: laid out as uploads, within bounds, nothing written where a name says."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from pregon.importers import packages
from pregon.importers.base import Upload
from pregon.importers.packages import NotTaken, open_package


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def laid_out(workshop: Path, *paths: Path) -> list[tuple[str, bytes]]:
    return [(found.place, found.read()) for found in open_package(paths, workshop) if isinstance(found, Upload)]


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    folder = tmp_path / "workshop"
    folder.mkdir()
    return folder


def test_a_folder_is_walked_in_order_without_what_systems_leave(tmp_path: Path, workshop: Path) -> None:
    root = tmp_path / "Octubre"
    for name in ("Instagram/Views.csv", "Facebook/Views.csv", ".DS_Store", "Facebook/~$notas.xlsx", "Thumbs.db"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(name.encode())
    assert laid_out(workshop, root) == [
        ("Octubre/Facebook/Views.csv", b"Facebook/Views.csv"),
        ("Octubre/Instagram/Views.csv", b"Instagram/Views.csv"),
    ]


def test_a_zip_gives_its_members_with_their_folders(tmp_path: Path, workshop: Path) -> None:
    made = make_zip(tmp_path / "meta.zip", {"Facebook/Visits.csv": b"a", "__MACOSX/._Visits.csv": b"x", "b.csv": b"b"})
    assert laid_out(workshop, made) == [("meta/Facebook/Visits.csv", b"a"), ("meta/b.csv", b"b")]


def test_a_members_name_is_never_a_path(tmp_path: Path, workshop: Path) -> None:
    made = make_zip(tmp_path / "z.zip", {"../../etc/passwd": b"a", "/abs.csv": b"b", "c\\d.csv": b"c"})
    assert sorted(laid_out(workshop, made)) == [
        ("z/abs.csv", b"b"),
        ("z/c/d.csv", b"c"),
        ("z/etc/passwd", b"a"),
    ]
    assert all(path.parent == workshop for path in workshop.iterdir())


def test_an_excel_file_is_left_whole(tmp_path: Path, workshop: Path) -> None:
    book = make_zip(tmp_path / "Datos.xlsx", {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})
    assert laid_out(workshop, book) == [("Datos.xlsx", book.read_bytes())]


def test_the_hash_and_the_head_are_of_the_bytes(tmp_path: Path, workshop: Path) -> None:
    content = b"x" * 200_000
    path = tmp_path / "big.csv"
    path.write_bytes(content)
    (found,) = open_package([path], workshop)
    assert isinstance(found, Upload)
    assert (found.sha256, found.size, len(found.head)) == (hashlib.sha256(content).hexdigest(), 200_000, 65_536)


def test_what_cannot_be_taken_is_told_and_the_rest_goes_on(tmp_path: Path, workshop: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", "a")
    made = make_zip(tmp_path / "todo.zip", {"dentro.zip": inner.getvalue(), "z.csv": b"z"})
    broken = tmp_path / "roto.zip"
    broken.write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    found = list(open_package([broken, made], workshop))
    assert found[0] == NotTaken(
        "roto.zip", "«roto.zip» está dañado o incompleto: descárguelo otra vez y vuelva a importarlo."
    )
    assert found[1] == NotTaken(
        "todo/dentro.zip", "«dentro.zip» es un zip dentro de otro: descomprima «todo.zip» e importe la carpeta."
    )
    assert [each.place for each in found[2:] if isinstance(each, Upload)] == ["todo/z.csv"]


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_with_a_bit_turned_is_told_or_read_as_it_is(tmp_path: Path, workshop: Path, packing: int) -> None:
    """The directory of a damaged zip sends zipfile to places before the start of the file, and to other packings."""
    made = tmp_path / "todo.zip"
    with zipfile.ZipFile(made, "w", packing) as archive:
        archive.writestr("a.csv", "mes,visitas\noctubre,31\n" * 9)
    whole = made.read_bytes()
    told = "«todo.zip» está dañado o incompleto: descárguelo otra vez y vuelva a importarlo."
    damaged = 0
    for place in range(4, len(whole)):  # from the fourth: before it is no zip
        made.write_bytes(whole[:place] + bytes([whole[place] ^ 0x80]) + whole[place + 1 :])
        for found in open_package([made], workshop):
            if isinstance(found, NotTaken):
                damaged += found.sentence == told
                assert (
                    found.sentence == told
                    or "tiene contraseña" in found.sentence
                    or "demasiado grande" in found.sentence
                )
            else:
                assert found.size == 9 * 23
    assert damaged >= len(whole) / 3


def test_a_bomb_is_cut_by_the_bytes_that_come(tmp_path: Path, workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAXIMUM_MEMBER_BYTES", 1_000_000)
    made = make_zip(tmp_path / "bomba.zip", {"a.csv": b"0" * 5_000_000, "b.csv": b"1"})
    found = list(open_package([made], workshop))
    assert found[0] == NotTaken(
        "bomba/a.csv", "«a.csv» es demasiado grande al descomprimirlo: impórtelo por periodos más cortos."
    )
    assert [each.place for each in found[1:] if isinstance(each, Upload)] == ["bomba/b.csv"]
    assert sum(path.stat().st_size for path in workshop.iterdir()) == 1


def test_too_many_files_are_refused(tmp_path: Path, workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAXIMUM_FILES", 2)
    made = make_zip(tmp_path / "muchos.zip", {f"{number}.csv": b"x" for number in range(3)})
    assert list(open_package([made], workshop)) == [
        NotTaken("muchos.zip", "«muchos.zip» trae más de 2 archivos: impórtelos por partes.")
    ]
