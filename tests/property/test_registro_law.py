"""The law of the registro: what is written is read back equal."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings

from pregon.records.dossier import Dossier
from pregon.registro import read_registro, write_registro
from tests.property.dossiers import dossiers


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers())
def test_what_is_written_is_read_back_equal(dossier: Dossier) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registro.xlsx"
        write_registro(dossier, path)
        assert read_registro(path) == dossier
