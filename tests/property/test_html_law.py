"""The law of HTML: what the writer writes, the reader reads back equal."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from pregon.document.model import Document
from pregon.readers import read_document
from pregon.readers.html import read
from pregon.writers import write_document
from pregon.writers.html import render_page
from tests.property.documents import documents


@given(documents())
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_back_equal(document: Document) -> None:
    assert read(render_page(document).encode(), "informe.html") == document


@given(documents(max_blocks=3, with_charts=True))
@settings(max_examples=10, deadline=None)
def test_the_law_holds_through_files_with_charts(document: Document) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "informe.html"
        write_document(document, path)
        assert read_document(path) == document
