"""A stranger's file is read in a process of its own, which can take no more than it is given."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from pregon.document.model import Document
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers.child import read_limited
from pregon.writers import write_document


def test_what_the_child_reads_is_what_the_parent_would(tmp_path: Path, sample_document: Document) -> None:
    path = tmp_path / "71c0.upload"
    write_document(sample_document, tmp_path / "informe.html")
    (tmp_path / "informe.html").rename(path)
    document = read_limited(path, name="informe del trimestre.html")
    assert document == sample_document
    assert document.source == "informe del trimestre.html"


def test_the_sentence_of_the_child_comes_through(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"%PDF-1.7 nada")
    with pytest.raises(UnreadableFile) as caught:
        read_limited(path, name="--informe «final».docx")
    assert (caught.value.kind, str(caught.value)) == (
        Why.WRONG_KIND,
        (
            "«--informe «final».docx» tiene nombre de Word y por dentro es PDF. "
            "Cámbiele el nombre a «--informe «final».pdf» y súbalo de nuevo."
        ),
    )


def test_it_is_stopped_when_it_takes_too_long(tmp_path: Path) -> None:
    path = tmp_path / "espera.html"
    os.mkfifo(path)  # a file that never gives its bytes
    with pytest.raises(UnreadableFile) as caught:
        read_limited(path, seconds=1)
    assert (caught.value.kind, str(caught.value)) == (
        Why.TOO_SLOW,
        "Leer «espera.html» tardó más de 1 segundo y se detuvo. No se guardó nada.",
    )


def test_it_has_no_more_memory_than_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "hinchado.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<a>" + "<b/>" * 14_000_000 + "</a>")
    with pytest.raises(UnreadableFile) as caught:
        read_limited(path, memory_mb=300)
    assert caught.value.kind in {Why.TOO_LARGE, Why.DAMAGED}
    assert "hinchado.docx" in str(caught.value)


def test_the_child_sees_nothing_of_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A module that shadows one of ours would run if the child took the parent's folder or its variables.
    (tmp_path / "json.py").write_text("raise SystemExit('leído de la carpeta')", encoding="utf-8")
    (tmp_path / "informe.txt").write_text("Hubo 6 eventos.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    assert read_limited(Path("informe.txt")).text == "Hubo 6 eventos."
