"""A workbook is parsed in a child of its own, and only values come back."""

from __future__ import annotations

import io
import os
import pickle
from pathlib import Path

import pytest

from pregon.document.unreadable import UnreadableFile, Why
from pregon.records.organisation import Channel, Platform
from pregon_web.quarter.apart import pickle_values
from pregon_web.quarter.reading import _ValuesOnly, read_registro_apart
from tests.web.records import make_dossier, write_workbook

NAME = "Personería Municipal de Peñaclara"


def test_what_the_child_reads_is_what_was_written(tmp_path: Path) -> None:
    assert read_registro_apart(write_workbook(tmp_path, NAME), name="registro.xlsx") == make_dossier(NAME)


def test_an_enumeration_comes_back_on_every_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian 12's Python, 3.11.2, writes its members so that reading them takes `getattr`, which no reader is given."""
    monkeypatch.setattr(Platform, "__reduce_ex__", lambda self, _: (getattr, (Platform, self.name)))
    channel = Channel("fb", "Facebook", Platform.FACEBOOK)
    assert _ValuesOnly(io.BytesIO(pickle_values(channel))).load() == channel
    with pytest.raises(pickle.UnpicklingError):
        _ValuesOnly(io.BytesIO(pickle.dumps(channel))).load()


def test_a_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = write_workbook(tmp_path, NAME)
    with pytest.raises(UnreadableFile, match=r"«mío\.xlsx» tardó más de 0 segundos") as caught:
        read_registro_apart(path, name="mío.xlsx", seconds=0)
    assert caught.value.kind is Why.TOO_SLOW


def test_a_reading_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = write_workbook(tmp_path, NAME)
    with pytest.raises(UnreadableFile, match=r"«mío\.xlsx»"):
        read_registro_apart(path, name="mío.xlsx", memory_mb=8)


class Exploit:
    """What a child taken over by a file might send."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize("sent", [Exploit(), os.path.join, pickle.Unpickler, Path("/etc/passwd")])
def test_nothing_but_values_is_unpickled(sent: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is no value of a registro"):
        _ValuesOnly(io.BytesIO(pickle.dumps(sent))).load()
