"""A registro workbook read in a child process with limits: an upload is never parsed where it could do harm.

What comes back is unpickled by a reader that knows records, figures and mistakes and nothing else, so that a child
taken over by a file could still only hand over values.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path, PurePath
from typing import Any

from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import refusals
from pregon.records.dossier import Dossier
from pregon.registro.mistake import RegistroError

SECONDS = 60
MEMORY_MB = 1024
_ROOT = Path(__file__).resolve().parents[2]
_KNOWN = ("pregon.records.", "pregon.figures.", "pregon.registro.mistake")
_PLAIN = {("datetime", "date"), ("datetime", "datetime"), ("decimal", "Decimal")}


class _ValuesOnly(pickle.Unpickler):
    """Refuses everything that is not a class of records, figures or mistakes, a date or a decimal."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as in pickle
        """The class of that name, if it is one of those."""
        if (module, name) in _PLAIN or module.startswith(_KNOWN):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a registro")


def read_registro_apart(path: Path, *, name: str, seconds: int = SECONDS, memory_mb: int = MEMORY_MB) -> Dossier:
    """The dossier of the workbook at `path`, which its owner calls `name`.

    Raises:
        UnreadableFile: it cannot be opened, or reading takes more than `seconds` or `memory_mb`.
        RegistroError: it has mistakes; each names its sheet and cell.
    """
    with tempfile.TemporaryDirectory(prefix="pregon-registro-") as folder:
        # Under its owner's name, which the sentences of the reader take from the path.
        link = Path(folder) / (PurePath(name).name or "registro.xlsx")
        link.symlink_to(path.absolute())
        kind, value = _ask_child(link, seconds, memory_mb)
    if kind == "dossier" and isinstance(value, Dossier):
        return value
    if kind == "mistakes":
        raise RegistroError(name, value)
    if kind == "unreadable":
        raise UnreadableFile(Why(value[0]), str(value[1]))
    raise refusals.damaged(name)


def _ask_child(path: Path, seconds: int, memory_mb: int) -> tuple[str, Any]:
    command = [sys.executable, "-P", "-m", "pregon_web.quarter.apart", str(path), str(seconds), str(memory_mb)]
    # Nothing of our own environment: it holds the secret key. The packages are found where this one is.
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.too_slow(path.name, seconds) from error
    if done.returncode != 0:
        raise refusals.damaged(path.name)
    try:
        kind, value = _ValuesOnly(io.BytesIO(done.stdout)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError) as error:
        raise refusals.damaged(path.name) from error
    return str(kind), value
