"""The compound file that Office wrote before 2007: a small file system of streams, by name.

Every chain of sectors is walked once and no longer than the file is, whatever it says of itself.
"""

from __future__ import annotations

import struct
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA
"""From this number on a sector is none: the end of a chain, a free one, one of the tables."""
_ENTRY: Final = 128
_MOST_ENTRIES: Final = 10_000


class Compound:
    """The streams at the top of a compound file."""

    def __init__(self, content: bytes) -> None:
        """Read its tables and its directory.

        Raises:
            ValueError: it is not such a file, or broken.
        """
        if len(content) < 512 or not content.startswith(SIGNATURE):
            raise ValueError("no compound file")
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 0x1E)
        if shift not in {9, 12} or mini_shift != 6:
            raise ValueError("sectors of an odd size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, self._cutoff = struct.unpack_from("<I4xI", content, 0x30)
        mini_fat, _, difat, _ = struct.unpack_from("<4I", content, 0x3C)
        self._fat = self._read_numbers(self._fat_sectors(difat))
        self._mini_fat = self._read_numbers(self._chain(mini_fat, self._fat))
        self._entries = self._read_directory(b"".join(map(self._sector, self._chain(directory, self._fat))))
        root = next((entry for entry in self._entries.values() if entry[0] == 5), (5, _END, 0))
        self._mini = b"".join(map(self._sector, self._chain(root[1], self._fat)))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the streams."""
        return tuple(name for name, (kind, _, _) in self._entries.items() if kind == 2)

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream; None where there is none of that name."""
        kind, start, size = self._entries.get(name, (0, 0, 0))
        if kind != 2:
            return None
        if size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(start, self._fat)))[:size]
        width = self._mini_size
        pieces = (self._mini[at * width : (at + 1) * width] for at in self._chain(start, self._mini_fat))
        return b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _fat_sectors(self, difat: int) -> list[int]:
        """The sectors of the table of chains: the first 109 in the header, further ones in a chain of their own."""
        sectors = list(struct.unpack_from("<109I", self._content, 0x4C))
        seen: set[int] = set()
        while difat < _END and difat not in seen and len(self._sector(difat)) == self._size:
            seen.add(difat)
            *more, difat = struct.unpack(f"<{self._size // 4}I", self._sector(difat))
            sectors += more
        most = len(self._content) // self._size + 1
        return list(dict.fromkeys(sector for sector in sectors if sector < _END))[:most]

    def _read_numbers(self, sectors: list[int]) -> tuple[int, ...]:
        joined = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    @staticmethod
    def _chain(start: int, table: tuple[int, ...]) -> list[int]:
        chain: dict[int, None] = {}
        while start < len(table) and start not in chain:
            chain[start] = None
            start = table[start]
        return list(chain)

    @staticmethod
    def _read_directory(directory: bytes) -> dict[str, tuple[int, int, int]]:
        """Kind, first sector and size of each entry, by its name; the first of several that are called alike."""
        entries: dict[str, tuple[int, int, int]] = {}
        for at in range(0, min(len(directory), _MOST_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind in {2, 5} and 2 <= length <= 64:
                name = directory[at : at + length - 2].decode("utf-16-le", "replace")
                entries.setdefault(name, (kind, start, size))
        return entries
