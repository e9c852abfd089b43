"""A stranger's export is known and read in a process of its own, which takes no more than it is given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pregon.importers.base import Upload, open_upload
from pregon.importers.child import receive_limited
from pregon.importers.intake import receive
from pregon.importers.packages import NotTaken, open_package
from pregon.importers.registry import load_sources

DAILY = '\ufeffsep=,\n"Views"\n"Date","Primary"\n"2025-10-01T00:00:00","47"\n'.encode("utf-16-le")


def hand_in(path: Path, content: bytes, folder: str = "") -> Upload:
    path.write_bytes(content)
    return open_upload(path, folder=folder)


def test_the_child_gives_the_receipts_that_the_parent_would(tmp_path: Path) -> None:
    uploads: list[Upload | NotTaken] = [
        hand_in(tmp_path / "Views.csv", DAILY, "Facebook"),
        hand_in(tmp_path / "Views (1).csv", DAILY, "Facebook"),
        hand_in(tmp_path / "nada.csv", b"uno,dos\n1,2\n"),
        hand_in(tmp_path / "vacio.csv", b""),
        NotTaken("x/y.zip", "«y.zip» tiene contraseña."),
    ]
    answers = {"network": "instagram"}
    by_place = {"Facebook/Views.csv": {"network": "facebook"}}
    found = receive_limited(uploads, answers, by_place=by_place)
    assert found == receive(uploads, answers, by_place=by_place)
    assert [len(receipt.extract.observations) for receipt in found] == [1, 0, 0, 0, 0]
    assert found[1].same_as == "Facebook/Views.csv"


@pytest.mark.parametrize("code", [source.code for source in load_sources()])
def test_every_source_reads_in_the_child_what_it_reads_outside(code: str, tmp_path: Path) -> None:
    folder = Path(__file__).parent / "sources"
    variant = min(path.parent for path in folder.glob(f"{code.replace('-', '_')}/*/expected.yml"))
    uploads = list(open_package([path for path in sorted(variant.iterdir()) if path.suffix != ".yml"], tmp_path))
    assert receive_limited(uploads, source=code) == receive(uploads, source=code)


def test_an_unknown_source_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No hay un origen «nada»"):
        receive_limited([hand_in(tmp_path / "Views.csv", DAILY)], source="nada")


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "espera.csv"
    os.mkfifo(pipe)  # a file that never gives its bytes
    stuck = Upload("espera.csv", "", pipe, "0" * 64, 10, b"")
    found = receive_limited([stuck], seconds=1)
    assert found[0].extract.refused == (
        "Leer «espera.csv» tardó más de 1 segundo y se detuvo: descárguelo por periodos más cortos."
    )


def test_a_file_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    rows = b'"' + b"x" * 1_000 + '","ñ😀"\n'.encode()
    upload = hand_in(tmp_path / "grande.csv", b'"Views"\n"Date","Primary"\n' + rows * 40_000)
    (receipt,) = receive_limited([upload], {"network": "facebook"}, source="meta-daily", memory_mb=256)
    assert receipt.extract.refused in (
        "«grande.csv» necesita más memoria de la que se le da: descárguelo por periodos más cortos.",
        "No pudimos leer «grande.csv»: está dañado o incompleto. Descárguelo otra vez de la plataforma.",
    )
    assert receipt.extract.observations == ()


def test_a_file_that_takes_its_child_down_costs_the_others_nothing(tmp_path: Path) -> None:
    good = hand_in(tmp_path / "Views.csv", DAILY, "Facebook")
    pipe = tmp_path / "espera.csv"
    os.mkfifo(pipe)  # a file that never gives its bytes
    stuck = Upload("espera.csv", "", pipe, "0" * 64, 10, b"")
    other = hand_in(tmp_path / "Reach.csv", DAILY.replace("Views".encode("utf-16-le"), "Reach".encode("utf-16-le")))
    found = receive_limited([good, stuck, other], {"network": "facebook"}, seconds=3)
    assert [receipt.extract.refused is not None for receipt in found] == [False, True, False]
    assert [len(receipt.extract.observations) for receipt in found] == [1, 0, 1]
