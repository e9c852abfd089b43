"""Bytes of a file → Document. A format is one module of this package, found by itself.

A reader module has `NAME` (what people call the format), `SUFFIXES`, `identify(content, name) -> bool` by what the
bytes say, and `read(content, name) -> Document`. Importing it is cheap: it loads its library when it reads.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, Protocol, cast

from pregon.document.unreadable import UnreadableFile
from pregon.readers import refusals

if TYPE_CHECKING:
    from pregon.document.model import Document
    from pregon.readers.signatures import Content

__all__ = ["MAXIMUM_BYTES", "MAXIMUM_INFLATED_BYTES", "find_readers", "read_content", "read_document"]

MEGABYTE: Final = 1024 * 1024
MAXIMUM_BYTES: Final = 20 * MEGABYTE
MAXIMUM_INFLATED_BYTES: Final = 300 * MEGABYTE
"""What a zipped format may take once unpacked: a small file can hold a very large one."""


_OF_OTHERS: Final = {
    ".pptx": "PowerPoint",
    ".ppt": "PowerPoint",
    ".png": "imagen",
    ".jpg": "imagen",
    ".zip": "archivo zip",
}
"""Endings that promise a kind no reader reads: a report under one of them is misnamed too."""


class Reader(Protocol):
    """What a reader module offers."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    def identify(self, content: bytes, name: str) -> bool:
        """Whether the bytes are of this format. Told by the bytes; the name settles only what they leave open."""
        ...

    def read(self, content: bytes, name: str) -> Document:
        """Read them; raises UnreadableFile with one Spanish sentence."""
        ...


def read_document(path: Path, *, name: str | None = None) -> Document:
    """Read a file of any supported kind, told by its content and never by its name.

    `name` is what its owner calls it, where it is kept under another one.

    Raises:
        UnreadableFile: it cannot be read. The error's text is one Spanish sentence that names the file and what to do.
    """
    name = path.name if name is None else name
    try:
        if path.is_dir():
            raise refusals.folder(name)
        size = path.stat().st_size
        if size > MAXIMUM_BYTES:
            raise refusals.too_large(name, size, MAXIMUM_BYTES)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise refusals.missing(name) from error
    except OSError as error:
        raise refusals.forbidden(name) from error
    return read_content(content, name)


def read_content(content: bytes, name: str) -> Document:
    """As `read_document`, from the bytes of a file that its owner calls `name`."""
    # Whoever only starts the child that reads needs none of it.
    from dataclasses import replace

    from pregon.readers.bounds import bound_document
    from pregon.readers.characters import clean_document

    reader = _choose_reader(content, name)
    try:
        document = clean_document(bound_document(reader.read(content, name), name))
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise refusals.too_much_memory(name) from error
    except Exception as error:
        # A stranger's file breaks a library in more ways than can be listed; its owner is told one sentence always.
        raise refusals.damaged(name) from error
    return document if document.source else replace(document, source=name)


def find_readers(first: str = "") -> Iterator[Reader]:
    """Every reader there is; the module called `first` comes first, so that the others need not load."""
    # A format's further modules are called after it: word_tables.py. They load with it alone.
    slugs = [found.name for found in pkgutil.iter_modules(__path__) if "_" not in found.name]
    for slug in sorted(slugs, key=lambda slug: (slug != first, slug)):
        module = import_module(f"{__name__}.{slug}")
        # The package also has modules that are no format.
        if hasattr(module, "identify") and hasattr(module, "read"):
            yield cast("Reader", module)


def _choose_reader(content: bytes, name: str) -> Reader:
    from pregon.readers.signatures import Content

    kind = _check_content(content, name)
    suffix = PurePath(name).suffix.casefold()
    fitting: Iterator[Reader] = (each for each in find_readers(kind.value) if each.identify(content, name))
    if kind is Content.TEXT:  # a piece of HTML is text too: there the name settles it
        fitting = iter(sorted(fitting, key=lambda each: suffix not in each.SUFFIXES))
    reader = next(fitting, None)
    if reader is None:
        raise _refuse_kind(content, kind, name, suffix)
    if suffix not in reader.SUFFIXES:
        claimed = next((each.NAME for each in find_readers() if suffix in each.SUFFIXES), _OF_OTHERS.get(suffix))
        # An old Word name on a new Word file, or the reverse: its owner calls both Word.
        if claimed is not None and claimed != reader.NAME:
            raise refusals.misnamed(name, claimed, reader.NAME, reader.SUFFIXES[0])
    return reader


def _check_content(content: bytes, name: str) -> Content:
    """What the bytes are, once they are known to be neither empty, nor closed, nor too large, nor cut short."""
    from pregon.readers.signatures import Content, has_too_many_members, is_broken_zip, measure_zip, recognise

    if not content.strip(b"\x00 \t\r\n"):
        raise refusals.empty(name)
    if len(content) > MAXIMUM_BYTES:
        raise refusals.too_large(name, len(content), MAXIMUM_BYTES)
    if has_too_many_members(content):
        raise refusals.too_many(name, "más de 10 mil partes")
    kind = recognise(content)
    if kind is Content.ENCRYPTED:
        other = _OF_OTHERS.get(PurePath(name).suffix.casefold())
        if other is not None:  # without its password it would be refused all the same
            raise refusals.wrong_kind(name, other, tuple(each.NAME for each in find_readers()))
        raise refusals.protected(name)
    if is_broken_zip(content):
        raise refusals.damaged(name)
    inflated = measure_zip(content)
    if inflated > MAXIMUM_INFLATED_BYTES:
        raise refusals.too_large_inside(name, inflated, MAXIMUM_INFLATED_BYTES)
    return kind


def _refuse_kind(content: bytes, kind: Content, name: str, suffix: str) -> UnreadableFile:
    from pregon.readers.signatures import Content, is_office_zip

    readers = tuple(find_readers())
    is_spoilt = kind is Content.UNKNOWN or (kind is Content.ZIP and is_office_zip(content))
    if is_spoilt and any(suffix in each.SUFFIXES for each in readers):
        return refusals.damaged(name)
    label = kind.label
    if kind is Content.TEXT and suffix:  # text of another purpose: its ending says which
        label = f"un archivo {suffix}"
    return refusals.wrong_kind(name, label, tuple(each.NAME for each in readers))
