"""Writing in any format: found by its ending, all files or none, each chart drawn once for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import vl_convert

from pregon import writers
from pregon.document.model import Document
from pregon.writers import find_writer, writable_suffixes, write_all, write_document
from pregon.writers.charts import ChartShelf

FORMATS = ("docx", "pdf", "html", "xlsx")


class Failing:
    """A format whose disk is full."""

    SUFFIXES = (".pdf",)

    def write(self, document: Document, path: Path, *, charts: ChartShelf, template: Path | None = None) -> None:
        del document, charts, template
        path.write_bytes(b"half a file")
        raise OSError("No queda espacio.")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = dict(writers._writers())
    monkeypatch.setattr(writers, "_writers", lambda: kept | {".pdf": Failing()})


def test_every_format_is_found_by_itself() -> None:
    assert set(writable_suffixes()) == {".docx", ".pdf", ".html", ".htm", ".xlsx"}


def test_an_ending_is_known_in_capitals_too() -> None:
    assert find_writer(".PDF") is find_writer(".pdf")


@pytest.mark.parametrize(("suffix", "asked"), [(".odt", "en «.odt»"), ("", "sin terminación en el nombre")])
def test_an_unknown_ending_says_which_there_are(suffix: str, asked: str) -> None:
    with pytest.raises(ValueError, match="Pregón no escribe archivos") as caught:
        find_writer(suffix)
    assert str(caught.value) == f"Pregón no escribe archivos {asked}: use .xlsx, .html, .pdf y .docx."


def test_all_formats_are_written_with_each_chart_drawn_once(
    sample_document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []
    draw = vl_convert.vegalite_to_svg

    def count(spec: Any, **options: Any) -> str:
        drawn.append(spec)
        return draw(spec, **options)

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", count)
    folder = tmp_path / "salida" / "2025"
    made = write_all(sample_document, folder, "informe-2025-T4", [*FORMATS, ".PDF"])
    assert made == [folder / f"informe-2025-T4.{name}" for name in FORMATS]
    assert [path.read_bytes()[:2] for path in made] == [b"PK", b"%P", b"<!", b"PK"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in made)
    assert len(drawn) == 1


@pytest.mark.usefixtures("failing")
def test_a_format_that_fails_leaves_no_file_of_any(sample_document: Document, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No queda espacio"):
        write_all(sample_document, tmp_path, "informe", ["html", "pdf"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("failing")
def test_a_failure_leaves_what_was_there(sample_document: Document, tmp_path: Path) -> None:
    before = tmp_path / "informe.pdf"
    before.write_bytes(b"el de ayer")
    with pytest.raises(OSError, match="No queda espacio"):
        write_document(sample_document, before)
    assert before.read_bytes() == b"el de ayer"
    assert list(tmp_path.iterdir()) == [before]


def test_a_document_is_written_over_an_earlier_one(sample_document: Document, tmp_path: Path) -> None:
    path = tmp_path / "informe.html"
    path.write_text("el de ayer")
    write_document(sample_document, path)
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_unknown_format_writes_nothing(sample_document: Document, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"en «\.odt»"):
        write_all(sample_document, tmp_path / "salida", "informe", ["docx", "odt"])
    assert list(tmp_path.iterdir()) == []
