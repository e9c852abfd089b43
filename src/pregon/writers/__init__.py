"""Writers: a Document becomes a file. A format is one module of this package, found by itself.

A format module has two names: `SUFFIXES`, the endings it answers for («.docx»), and
`write(document, path, *, charts, template=None)`. `charts` is the shelf that draws each chart once for all formats;
`template`, an office's own base file, is Word's alone. Format modules load their heavy libraries when they write.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, cast

from pregon.document.model import Document
from pregon.figures.spanish import join_words
from pregon.writers.charts import ChartShelf

__all__ = ["Writer", "find_writer", "writable_suffixes", "write_all", "write_document"]


class Writer(Protocol):
    """What a format module offers."""

    SUFFIXES: tuple[str, ...]

    def write(self, document: Document, path: Path, *, charts: ChartShelf, template: Path | None = None) -> None:
        """Write the document at `path`, over whatever stands there."""


def write_document(document: Document, path: Path, *, template: Path | None = None) -> None:
    """Write a document; the ending of the path decides the format. A failure leaves nothing and changes nothing.

    Raises:
        ValueError: no format has that ending, in one Spanish sentence.
        OSError: the folder does not exist or cannot be written to.
    """
    writer = find_writer(path.suffix)
    _write_files(document, path.parent, [(path.name, writer)], template)


def write_all(
    document: Document, folder: Path, stem: str, formats: Iterable[str], *, template: Path | None = None
) -> list[Path]:
    """Write a document in several formats, all or none, drawing its charts once; the folder is made where it lacks.

    `formats` are endings with or without their dot («docx», «.pdf»), repeated ones written once.

    Returns:
        The files' paths in the order of `formats`.

    Raises:
        ValueError: no format has one of the endings, in one Spanish sentence.
        OSError: the folder cannot be made or written to.
    """
    suffixes = dict.fromkeys("." + name.strip().lower().removeprefix(".") for name in formats)
    named = [(stem + suffix, find_writer(suffix)) for suffix in suffixes]
    folder.mkdir(parents=True, exist_ok=True)
    return _write_files(document, folder, named, template)


def _write_files(
    document: Document, folder: Path, named: list[tuple[str, Writer]], template: Path | None
) -> list[Path]:
    """Write every file beside its place and move them in together, so that nobody ever sees half a file."""
    charts = ChartShelf()
    with TemporaryDirectory(prefix=".pregon-", dir=folder) as draft_folder:
        drafts = Path(draft_folder)
        for name, writer in named:
            writer.write(document, drafts / name, charts=charts, template=template)
        for name, _ in named:
            (drafts / name).replace(folder / name)
    return [folder / name for name, _ in named]


def find_writer(suffix: str) -> Writer:
    """The format module that answers for an ending such as «.docx», in capitals or not.

    Raises:
        ValueError: none does, in one Spanish sentence that names those there are.
    """
    writers = _writers()
    writer = writers.get(suffix.lower())
    if writer is None:
        asked = f"en «{suffix}»" if suffix else "sin terminación en el nombre"
        usual = list(dict.fromkeys(writer.SUFFIXES[0] for writer in writers.values()))
        raise ValueError(f"Pregón no escribe archivos {asked}: use {join_words(usual)}.")
    return writer


def writable_suffixes() -> tuple[str, ...]:
    """The endings that can be written, in alphabetical order of their formats' names."""
    return tuple(_writers())


@cache
def _writers() -> dict[str, Writer]:
    found: dict[str, Writer] = {}
    for entry in pkgutil.iter_modules(__path__):
        module = import_module(f"{__name__}.{entry.name}")
        for suffix in getattr(module, "SUFFIXES", ()):
            found[suffix] = cast("Writer", module)
    return found
