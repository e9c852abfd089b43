"""`pregon backup` and `pregon restore`: the whole office in a file and back; what is damaged is refused, whole."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from pregon_web.commands import backup, restore, starting
from pregon_web.commands.archive import DATABASE, INDEX, Damaged, Index, read_journals
from tests.web.commands.calling import call
from tests.web.records import write_workbook

HOME = "Personería Municipal de Peñaclara"
OTHER = "Alcaldía de Valdehondo"
BODY = "Red de Control de los Ejemplos"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo office with a quarter: a database, a journal for each institution, a workbook and a picture."""
    folder = tmp_path_factory.mktemp("prepared")
    write_workbook(folder, HOME)
    data = folder / "datos"
    assert call("demo", "--no-serve", "--data", str(data), "--examples", str(folder)).returncode == 0
    return data


@pytest.fixture
def office(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(prepared, tmp_path / "oficina"))


def rows_of(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        return list(database.iterdump())


def vault_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "files").glob("*/*/*")}


def test_an_office_comes_back_as_it_was(office: Path, tmp_path: Path) -> None:
    copy, again = tmp_path / "copia.zip", tmp_path / "otra" / "oficina"
    (office / "files" / "1" / ".writing-abc").write_bytes(b"half a file")
    done = call("backup", "--data", str(office), "--output", str(copy))
    assert (done.returncode, done.stderr) == (0, "")
    assert copy.stat().st_mode & 0o777 == 0o600
    back = call("restore", str(copy), "--data", str(again))
    assert (back.returncode, back.stderr) == (0, "")
    kept = vault_of(again)
    assert kept == vault_of(office)
    assert len(kept) == 2  # the workbook, and the picture of a piece
    assert rows_of(again) == rows_of(office)
    assert {path.name: path.stat().st_mode & 0o777 for path in (again, *again.iterdir())} == {
        "oficina": 0o700,
        "pregon.sqlite3": 0o600,
        "files": 0o700,
    }
    heads = [f"= {each.institution}: {each.length} anotaciones. Última huella: {each.head}" for each in
             read_journals(office / DATABASE)]  # fmt: skip
    assert done.stdout.splitlines() == [
        f"Copia en {copy}: la base de datos y 2 archivos.",
        *heads,
        "Tiene datos personales: guárdela donde solo entre quien debe.",
    ]
    assert back.stdout.splitlines() == [
        f"Oficina en {again}: la base de datos y 2 archivos.",
        *heads,
        (
            "La llave (secret-key) no viaja en la copia: póngala en esa carpeta antes de abrir. "
            "Sin ella, quien tenga segundo factor no podrá entrar con él."
        ),
        f"Ábrala con: pregon serve --data {again}",
    ]
    verified = call("verify", "--data", str(again))
    assert (verified.returncode, [line.split(":")[0] for line in verified.stdout.splitlines()]) == (
        0,
        [f"= {OTHER}", f"= {HOME}", f"= {BODY}"],
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copia.zip", "oficina", "otra"]


def test_what_is_recorded_meanwhile_is_in_the_copy_whole_or_not_at_all(office: Path, tmp_path: Path) -> None:
    """Somebody keeps writing two rows at a time while the copy is made: it never has one without the other."""
    is_over = threading.Event()

    def keep_writing() -> None:
        with closing(sqlite3.connect(office / DATABASE, timeout=20)) as database:
            number = 0
            while not is_over.is_set():
                number += 1
                with database:
                    for side in "ab":
                        database.execute(
                            "INSERT INTO pregon_cache VALUES (?, ?, '2027-01-01')", [f"{side}{number}", "x"]
                        )

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for turn in range(3):
            index = backup.make_backup(office, tmp_path / f"{turn}.zip")
            restore.restore(tmp_path / f"{turn}.zip", tmp_path / f"{turn}")
            assert index.journals == read_journals(tmp_path / f"{turn}" / DATABASE)
            with closing(sqlite3.connect(tmp_path / f"{turn}" / DATABASE)) as database:
                keys = {key for (key,) in database.execute("SELECT cache_key FROM pregon_cache")}
            numbers = {key[1:] for key in keys if key[0] in "ab"}
            assert {f"{side}{number}" for side in "ab" for number in numbers} <= keys
    finally:
        is_over.set()
        writer.join()
    assert numbers


def break_journal(office: Path) -> None:
    with closing(sqlite3.connect(office / DATABASE)) as database, database:
        home = database.execute("SELECT id FROM accounts_institution WHERE name = ?", [HOME]).fetchone()[0]
        database.execute("UPDATE journal_entry SET subject = 'x:1' WHERE institution_id = ? AND sequence = 2", [home])


def break_file(office: Path) -> None:
    path = min((office / "files").glob("*/*/*"))
    path.write_bytes(b"otra cosa")


def break_database(office: Path) -> None:
    (office / DATABASE).write_bytes(b"no es una base de datos " * 500)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            break_journal,
            f"La bitácora de «{HOME}» se rompe en la anotación 2: La anotación 2 cambió después de escrita.",
        ),
        (break_file, "cambió en el disco."),
        (break_database, "La base de datos está dañada."),
    ],
)
def test_a_damaged_office_gives_no_copy(
    office: Path, tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    damage(office)
    for leftover in office.glob(f"{DATABASE}-*"):
        leftover.unlink()
    done = call("backup", "--data", str(office), "--output", str(tmp_path / "copia.zip"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("pregon: La copia no se hizo. ")
    assert done.stderr.endswith(f"{said}\n")
    assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["oficina"]


def rewrite(copy: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """The zip again, its members changed."""
    with zipfile.ZipFile(copy) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(copy, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def rename(members: dict[str, bytes], name: str) -> None:
    """The workbook under another name, in the index too."""
    kept = min(each for each in members if each.startswith("files/"))
    members[name] = members.pop(kept)
    told = json.loads(members[INDEX])
    told["contents"][name] = told["contents"].pop(kept)
    members[INDEX] = json.dumps(told).encode()


def edit_index(members: dict[str, bytes], **values: object) -> None:
    members[INDEX] = json.dumps({**json.loads(members[INDEX]), **values}).encode()


def kept_name(members: dict[str, bytes]) -> str:
    return next(name for name in members if name.startswith("files/"))


BROKEN_COPIES: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "a file is missing": (lambda zipped: zipped.pop(kept_name(zipped)), "Adentro no está lo que dice su índice."),
    "a file too many": (lambda zipped: zipped.update({"files/x": b""}), "Adentro no está lo que dice su índice."),
    "a file that changed": (lambda zipped: zipped.update({kept_name(zipped): b"otra"}), "no es lo que se guardó."),
    "a longer file": (
        lambda zipped: zipped.update({kept_name(zipped): zipped[kept_name(zipped)] + b"!"}),
        "Adentro hay más de lo que dice su índice.",
    ),
    "a name that climbs out": (
        lambda zipped: rename(zipped, "../fuera"),
        "«../fuera» no es un archivo de una oficina.",
    ),
    "another name": (
        lambda zipped: rename(zipped, f"files/1/ab/ab{'0' * 62}"),
        f"«files/1/ab/ab{'0' * 62}» no es un archivo de una oficina.",
    ),
    "no index": (lambda zipped: zipped.pop(INDEX), "El archivo está dañado o no es una copia de Pregón."),
    "an index of another kind": (lambda zipped: zipped.update({INDEX: b"[]"}), "Su índice no se entiende."),
    "an index in bytes": (lambda zipped: zipped.update({INDEX: b"\xff\xfe"}), "Su índice no se entiende."),
    "another journal": (lambda zipped: edit_index(zipped, journals=[]), "La bitácora no es la que dice su índice."),
    "a later format": (
        lambda zipped: edit_index(zipped, format=2),
        "Es de una versión de Pregón más nueva: actualice Pregón y restáurela otra vez.",
    ),
}


@pytest.fixture(scope="module")
def good_copy(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copies") / "buena.zip"
    backup.make_backup(prepared, path)
    return path


@pytest.mark.parametrize("fault", BROKEN_COPIES)
def test_a_damaged_copy_leaves_nothing(good_copy: Path, tmp_path: Path, fault: str) -> None:
    change, said = BROKEN_COPIES[fault]
    copy = Path(shutil.copy(good_copy, tmp_path / "copia.zip"))
    rewrite(copy, change)
    with pytest.raises(Damaged) as told:
        restore.restore(copy, tmp_path / "oficina")
    assert str(told.value).endswith(said)
    assert [path.name for path in tmp_path.iterdir()] == ["copia.zip"]


def test_a_copy_cut_anywhere_leaves_nothing(good_copy: Path, tmp_path: Path) -> None:
    whole = good_copy.read_bytes()
    copy = tmp_path / "copia.zip"
    for part in range(10):
        copy.write_bytes(whole[: len(whole) * part // 10])
        with pytest.raises(Damaged, match="El archivo está dañado o no es una copia de Pregón."):
            restore.restore(copy, tmp_path / "oficina")
    assert [path.name for path in tmp_path.iterdir()] == ["copia.zip"]


def refuses_turned(good_copy: Path, workshop: Path, places: Iterable[int], bit: int) -> list[bool]:
    """Whether it is refused, a bit turned at each place; what is not refused is the office as it was."""
    whole = good_copy.read_bytes()
    expected = rows_and_files(good_copy, workshop / "buena")
    copy, folder = workshop / "copia.zip", workshop / "oficina"
    refused = []
    for place in places:
        turned = bytearray(whole)
        turned[place] ^= bit
        copy.write_bytes(turned)
        try:
            found = rows_and_files(copy, folder)
        except Damaged:
            refused.append(True)
        else:
            refused.append(False)
            assert found == expected
            shutil.rmtree(folder)
    return refused


def test_a_bit_turned_anywhere_is_noticed_or_does_no_harm(good_copy: Path, tmp_path: Path) -> None:
    size = good_copy.stat().st_size
    assert sum(refuses_turned(good_copy, tmp_path, range(7, size, size // 40), 0x10)) >= 35


def test_a_bit_turned_in_its_directory_is_noticed_or_does_no_harm(good_copy: Path, tmp_path: Path) -> None:
    """There zipfile reads numbers: a place before the start of the file, another way of packing, a later version."""
    start = good_copy.read_bytes().index(b"PK\x01\x02")
    refused = refuses_turned(good_copy, tmp_path, range(start, good_copy.stat().st_size, 3), 0x04)
    assert sum(refused) >= len(refused) / 2


def rows_and_files(copy: Path, folder: Path) -> tuple[list[str], dict[str, bytes]]:
    restore.restore(copy, folder)
    return rows_of(folder), vault_of(folder)


def test_a_folder_with_something_in_it_is_left_as_it_is(good_copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "oficina"
    folder.mkdir()
    restored = call("restore", str(good_copy), "--data", str(folder))
    assert restored.returncode == 0
    before = rows_of(folder)
    again = call("restore", str(good_copy), "--data", str(folder))
    assert (again.returncode, again.stderr) == (
        2,
        f"pregon: «{folder}» no está vacía: indique con --data una carpeta nueva.\n",
    )
    assert rows_of(folder) == before


def test_what_cannot_be_done_is_one_sentence(office: Path, tmp_path: Path) -> None:
    nowhere, taken = tmp_path / "nada", tmp_path / "copia.zip"
    taken.write_bytes(b"")
    for arguments, more, said in (
        (("backup", "--data", str(nowhere)), {}, f"No hay una oficina en «{nowhere}». Indique su carpeta con --data."),
        (
            ("backup", "--data", str(office), "--output", str(taken)),
            {},
            f"Ya hay un archivo «{taken}». Indique otro con --output.",
        ),
        (
            ("backup", "--data", str(office), "--output", str(nowhere / "copia.zip")),
            {},
            f"No se pudo escribir «{nowhere / 'copia.zip'}»: revise la carpeta y el espacio.",
        ),
        (
            ("backup", "--data", str(office)),
            {"DATABASE_URL": "postgres://a@b/c"},
            (
                "La base de datos está en PostgreSQL: cópiela con pg_dump, y después copie la carpeta «files» "
                "de los datos."
            ),
        ),
        (("restore", str(nowhere), "--data", str(tmp_path / "x")), {}, f"No hay un archivo «{nowhere}»."),
    ):
        done = call(*arguments, **more)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"pregon: {said}\n")
    assert not nowhere.exists()
    with pytest.raises(starting.CannotStart):
        backup.make_backup(office, taken)


def test_the_index_reads_back_as_it_was_written(good_copy: Path) -> None:
    with zipfile.ZipFile(good_copy) as archive:
        text = archive.read(INDEX).decode()
        names = archive.namelist()
    index = Index.read(text)
    assert index.write() == text
    assert sorted(names) == sorted([INDEX, *index.contents])
