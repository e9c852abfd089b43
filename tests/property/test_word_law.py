"""The law of the Word writer and reader: what one writes, the other reads back equal, and always the same bytes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings

from pregon.document.model import Document
from pregon.readers import word as word_reader
from pregon.writers import word as word_writer
from pregon.writers.charts import ChartShelf
from tests.property.documents import documents

_SHELF = ChartShelf()


def write(document: Document) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "informe.docx"
        word_writer.write(document, path, charts=_SHELF)
        return path.read_bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_what_is_written_is_read_back_equal(document: Document) -> None:
    content = write(document)
    assert word_reader.read(content, "informe.docx") == document


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(max_blocks=4, with_charts=True))
def test_what_was_read_is_written_and_read_again_and_bytes_do_not_vary(document: Document) -> None:
    content = write(document)
    assert write(document) == content
    read = word_reader.read(content, "informe.docx")
    assert word_reader.read(write(read), "informe.docx") == document
