"""Files of strangers, known and read in limited children: what comes back are receipts, and nothing else.

A zip is only unpacked here, within the bounds of `pregon.importers.packages`; nothing in it is parsed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from pregon.importers.base import Upload
from pregon.importers.child import receive_limited
from pregon.importers.intake import Receipt
from pregon.importers.packages import NotTaken, open_package

AT: Final = "@"
"""Between an answer's key and the place of the one file it is of: «network@Views.csv»."""
SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A kept file and the name that its owner gives it."""

    path: Path
    name: str


def read_apart(files: Sequence[HandedIn], answers: Mapping[str, str]) -> tuple[Receipt, ...]:
    """What each file is and holds. One that takes too long or too much is refused with a sentence."""
    everywhere = {key: value for key, value in answers.items() if AT not in key}
    by_place: dict[str, dict[str, str]] = {}
    for told, value in answers.items():
        key, at, place = told.partition(AT)
        if at:
            by_place.setdefault(place, {})[key] = value
    with tempfile.TemporaryDirectory(prefix="pregon-importar-") as name:
        folder = Path(name)
        uploads: list[Upload | NotTaken] = []
        for number, file in enumerate(files):
            # Under its owner's name, which may tell what the file does not; each apart, so that two may share it.
            own = folder / f"{number:04}"
            own.mkdir()
            link = own / (PurePath(file.name).name or "archivo")
            link.symlink_to(file.path.absolute())
            uploads += open_package([link], own)
        return receive_limited(uploads, everywhere, by_place=by_place, seconds=SECONDS)
