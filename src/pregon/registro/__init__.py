"""The registro: one Excel workbook that holds a Dossier, to be filled in without the web.

Its sheets are declared once, in `schema`; `write` and `read` follow from there: `read_registro(write_registro(d))` is
an equal dossier. What a person wrote wrong is a `Mistake` with its sheet, its cell and what to write.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pregon.registro.mistake import Mistake, RegistroError
from pregon.registro.read import check_registro, read_registro

if TYPE_CHECKING:
    from pregon.figures.period import Period
    from pregon.records.dossier import Dossier

__all__ = ["Mistake", "RegistroError", "check_registro", "read_registro", "write_blank_registro", "write_registro"]


def write_registro(dossier: Dossier, path: Path) -> None:
    """Write a dossier as a registro, over what was there. `read_registro` gives back an equal dossier.

    Raises:
        ValueError: a text that Excel cannot hold, in one Spanish sentence that names its sheet.
    """
    from pregon.registro.write import write_registro as write  # openpyxl loads here, when it is needed

    write(dossier, path)


def write_blank_registro(path: Path, period: Period, *, institution: str = "") -> None:
    """Write a registro to be filled in, with a sample row in each sheet. Never writes over a file.

    Raises:
        FileExistsError: there is a file already, in one Spanish sentence.
        ValueError: a name that Excel cannot hold.
    """
    from pregon.registro.write import write_blank_registro as write

    write(path, period, institution=institution)
