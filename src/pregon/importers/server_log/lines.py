"""The lines of a register, plain or gzip, one at a time: a register of gigabytes is never in memory.

What gzip inflates to is counted as it comes, whatever the file claims; a line longer than any request is cut and told
apart.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

MAXIMUM_INFLATED_BYTES: Final = 8 * 1024 * 1024 * 1024
LONGEST_LINE: Final = 32 * 1024
TOO_LONG: Final = "\0"
GZIP_MARK: Final = b"\x1f\x8b"


class DamagedLogError(Exception):
    """The bytes cannot be read on; the text is one Spanish sentence without its subject."""


def read_lines(path: Path, *, most: int = MAXIMUM_INFLATED_BYTES) -> Iterator[str]:
    """Every line, without its end; one that is too long comes as `TOO_LONG` instead of its text.

    Raises:
        DamagedLogError: the gzip is cut or damaged, or inflates to more than `most` bytes.
    """
    with path.open("rb") as raw:
        is_gzip = raw.read(2) == GZIP_MARK
        raw.seek(0)
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if is_gzip else raw
        try:
            yield from _part(stream, most)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DamagedLogError("está cortado o dañado: cópielo otra vez del servidor.") from error


def _part(stream: IO[bytes], most: int) -> Iterator[str]:
    size = 0
    while line := stream.readline(LONGEST_LINE):
        size += len(line)
        if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
                size += len(line)
                _check(size, most)
            line = TOO_LONG.encode()
        _check(size, most)
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _check(size: int, most: int) -> None:
    if size > most:
        raise DamagedLogError(
            f"pesa más de {most // 1024 // 1024 // 1024} GB descomprimido: impórtelo por periodos más cortos."
        )


def sniff_lines(head: bytes, most: int = 40) -> list[str]:
    """The first whole lines of a file's head; [] where it is no text. Never raises."""
    if head.startswith(GZIP_MARK):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 64 * 1024)
        except zlib.error:
            return []
    if b"\x00" in head:
        return []
    whole, _, rest = head.rpartition(b"\n")
    lines = (whole or rest).decode("utf-8", errors="replace").lstrip("\ufeff").splitlines()
    return lines[:most]
