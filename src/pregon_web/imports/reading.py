"""Files of strangers, read in a child process with limits: what comes back are receipts, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from pregon.importers.base import Extract
from pregon.importers.intake import Receipt
from pregon.importers.serial import receipt_from_values

AT: Final = "@"
SECONDS: Final = 120
MEMORY_MB: Final = 2048
_ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A kept file and the name that its owner gives it."""

    path: Path
    name: str


def read_apart(files: Sequence[HandedIn], answers: Mapping[str, str]) -> tuple[Receipt, ...]:
    """What each file is and holds. One that takes too long or too much is refused with a sentence.

    An answer of one file alone has its place behind its key: «network@Views.csv».
    """
    with tempfile.TemporaryDirectory(prefix="pregon-importar-") as name:
        folder = Path(name)
        paths = []
        for number, file in enumerate(files):
            # Under its owner's name, which may tell what the file does not; each apart, so that two may share it.
            place = folder / f"{number:04}"
            place.mkdir()
            link = place / (PurePath(file.name).name or "archivo")
            link.symlink_to(file.path.absolute())
            paths.append(link)
        return _ask_child(paths, answers, files)


def _ask_child(paths: Sequence[Path], answers: Mapping[str, str], files: Sequence[HandedIn]) -> tuple[Receipt, ...]:
    everywhere = {key: value for key, value in answers.items() if AT not in key}
    by_place: dict[str, dict[str, str]] = {}
    for told, value in answers.items():
        key, at, place = told.partition(AT)
        if at:
            by_place.setdefault(place, {})[key] = value
    asked = json.dumps({"paths": [str(path) for path in paths], "answers": everywhere, "by_place": by_place})
    command = [sys.executable, "-P", "-m", "pregon_web.imports.apart", str(SECONDS), str(MEMORY_MB)]
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            command, env=environment, input=asked.encode(), capture_output=True, timeout=SECONDS, check=False
        )
        if done.returncode == 0:
            return tuple(receipt_from_values(values) for values in json.loads(done.stdout))
        sentence = "no se pudo leer: descárguelo otra vez de la plataforma, sin abrirlo en Excel."
    except subprocess.TimeoutExpired:
        sentence = f"tardó más de {SECONDS} segundos y se detuvo. No se guardó nada. Impórtelo por periodos más cortos."
    except (ValueError, KeyError, TypeError):
        sentence = "no se pudo leer: descárguelo otra vez de la plataforma, sin abrirlo en Excel."
    if len(files) == 1:
        return (Receipt(files[0].name, "", extract=Extract(refused=f"«{files[0].name}» {sentence}")),)
    # One of several took the child down: each is read alone, so that the others do not pay for it.
    return tuple(
        receipt for path, file in zip(paths, files, strict=True) for receipt in _ask_child([path], answers, [file])
    )
