"""A registro workbook read in a child process with limits: an upload is never parsed where it could do harm."""

from __future__ import annotations

from pathlib import Path

import pregon
from pregon.records.dossier import Dossier


def read_registro_apart(path: Path, *, name: str) -> Dossier:
    """The dossier of the workbook at `path`, which its owner calls `name`.

    Raises:
        UnreadableFile, RegistroError: as `pregon.load_registro`.
    """
    return pregon.load_registro(path)  # TODO limited child
