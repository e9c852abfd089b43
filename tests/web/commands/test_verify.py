"""`pregon verify`: offline, from the data folder or from a downloaded chain; it names the first broken place."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from pregon_web.journal.chain import GENESIS, Link, write_line
from tests.web.commands.calling import call

OTHER = "Alcaldía de Valdehondo"
BODY = "Red de Control de los Ejemplos"
HOME = "Personería Municipal de Peñaclara"


def make_chain(count: int) -> list[tuple[Link, str]]:
    chain: list[tuple[Link, str]] = []
    previous = GENESIS
    for sequence in range(1, count + 1):
        at = f"2026-01-0{sequence}T10:00:00.000000+00:00"
        link = Link(3, sequence, at, 5, "update", f"tests.thing:{sequence}", {}, {"año": sequence}, previous)
        previous = link.digest()
        chain.append((link, previous))
    return chain


def write_chain(folder: Path, chain: list[tuple[Link, str]]) -> Path:
    path = folder / "bitacora.jsonl"
    path.write_text("".join(write_line(link, digest) for link, digest in chain), encoding="utf-8")
    return path


def test_a_downloaded_chain_that_holds(tmp_path: Path) -> None:
    chain = make_chain(4)
    done = call("verify", "--file", str(write_chain(tmp_path, chain)))
    assert (done.returncode, done.stdout) == (
        0,
        f"= bitacora.jsonl: 4 anotaciones, la cadena cuadra. Última huella: {chain[-1][1]}\n",
    )


def test_a_touched_line_is_named(tmp_path: Path) -> None:
    path = write_chain(tmp_path, make_chain(4))
    lines = path.read_text(encoding="utf-8").splitlines()
    touched = json.loads(lines[2])
    touched["after"] = {"año": 1000}
    path.write_text("\n".join([*lines[:2], json.dumps(touched), *lines[3:]]), encoding="utf-8")
    done = call("verify", "--file", str(path))
    assert (done.returncode, done.stdout) == (
        1,
        (
            "≠ bitacora.jsonl: se rompe en la anotación 3. La anotación 3 cambió después de escrita. "
            "Antes cuadran 2 anotaciones.\n"
        ),
    )


def test_an_end_that_was_cut_is_noticed_by_the_printed_head(tmp_path: Path) -> None:
    chain = make_chain(4)
    path = write_chain(tmp_path, chain[:3])
    assert call("verify", "--file", str(path)).returncode == 0
    done = call("verify", "--file", str(path), "--head", chain[3][1])
    assert done.returncode == 1
    assert "se rompe en la anotación 4. Faltan anotaciones al final" in done.stdout


@pytest.mark.parametrize("content", [b"no es json\n", b"[]\n", b'{"digest": "x"}\n', b"\xff\xfe"])
def test_a_file_that_is_no_chain_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "otra.jsonl"
    path.write_bytes(content)
    done = call("verify", "--file", str(path))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("pregon: «otra.jsonl» no se pudo leer. ")
    assert "Traceback" not in done.stderr


def test_the_journals_of_an_office_and_the_first_broken_place(tmp_path: Path) -> None:
    data = tmp_path / "datos"
    call("demo", "--no-serve", "--data", str(data), "--examples", str(tmp_path))
    whole = call("verify", "--data", str(data))
    assert whole.returncode == 0
    assert [line.split(":")[0] for line in whole.stdout.splitlines()] == [f"= {OTHER}", f"= {HOME}", f"= {BODY}"]
    with sqlite3.connect(data / "pregon.sqlite3") as database:
        home = database.execute("SELECT id FROM accounts_institution WHERE name = ?", [HOME]).fetchone()[0]
        where = "WHERE institution_id = ? AND sequence = 3"
        database.execute(f"UPDATE journal_entry SET subject = 'x:1' {where}", [home])  # noqa: S608 - our own words
    database.close()
    broken = call("verify", "--data", str(data))
    assert broken.returncode == 1
    assert f"≠ {HOME}: se rompe en la anotación 3. La anotación 3 cambió después de escrita." in broken.stdout
    alone = call("verify", "--data", str(data), "--institution", OTHER)
    assert (alone.returncode, len(alone.stdout.splitlines())) == (0, 1)
    unclear = call("verify", "--data", str(data), "--head", "a" * 64)
    assert (unclear.returncode, unclear.stderr) == (
        2,
        "pregon: Hay varias entidades: diga de cuál es la huella con --institution.\n",
    )


def test_a_folder_without_an_office_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    data = tmp_path / "nada"
    done = call("verify", "--data", str(data))
    assert (done.returncode, done.stderr) == (
        2,
        f"pregon: No hay una oficina en «{data}». Indique su carpeta con --data.\n",
    )
    assert not data.exists()
