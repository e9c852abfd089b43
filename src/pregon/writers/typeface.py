"""What the vendored faces hold: which characters they can print, and how wide each is.

Reads the three tables of a font file that say so (cmap, hhea with hmtx, head), as laid down in the OpenType
specification, ISO/IEC 14496-22. Widths are needed before a page is set, to share out a table's columns; the cover of
the faces, to replace what no face can print, because a PDF/A with an unprintable character is refused.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FONT_FOLDER: Final = Path(__file__).with_name("fonts")
"""The vendored faces for print, with their licences."""


_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Typeface:
    """The characters of one font file and their widths, in thousandths of the type's size."""

    widths: dict[int, int]

    def measure(self, text: str, size: float) -> float:
        """The width of a line in the unit of `size`; characters of other faces count as a wide letter."""
        return sum(self.widths.get(ord(character), 700) for character in text) * size / 1000


@cache
def load_typeface(name: str) -> Typeface:
    """The face in a vendored file, such as «PublicSans-Regular.ttf»."""
    content = (FONT_FOLDER / name).read_bytes()
    tables = _table_offsets(content)
    (units,) = struct.unpack_from(">H", content, tables["head"] + 18)
    (count,) = struct.unpack_from(">H", content, tables["hhea"] + 34)
    advances = struct.unpack_from(">" + "Hh" * count, content, tables["hmtx"])[::2]
    glyphs = _characters(content, tables["cmap"])
    return Typeface({code: advances[min(glyph, count - 1)] * 1000 // units for code, glyph in glyphs.items()})


@cache
def printable_characters() -> frozenset[int]:
    """The code points that a report can print: those of its faces, and the invisible ones that shape others."""
    names = ("SourceSerif4-Regular.otf", "PregonSignos.ttf", "NotoEmoji-Regular.ttf")
    covered = [load_typeface(name).widths for name in names]
    return frozenset().union(*covered) | {0x200D, 0xFE0E, 0xFE0F}


def printable(text: str) -> str:
    """The text on one line, without marks that print nothing; «?» stands for what no vendored face can print."""
    covered = printable_characters()
    shown = _INVISIBLE.sub("", text.replace("\n", " ").replace("\t", " "))
    return "".join(character if ord(character) in covered else "?" for character in shown)


def _table_offsets(content: bytes) -> dict[str, int]:
    (count,) = struct.unpack_from(">H", content, 4)
    records = (struct.unpack_from(">4sIII", content, 12 + 16 * at) for at in range(count))
    return {tag.decode("latin-1"): offset for tag, _, offset, _ in records}


def _characters(content: bytes, start: int) -> dict[int, int]:
    """Which glyph each character has, from every Unicode subtable of the formats in use (4 and 12)."""
    (count,) = struct.unpack_from(">H", content, start + 2)
    found: dict[int, int] = {}
    for at in range(count):
        platform, _, offset = struct.unpack_from(">HHI", content, start + 4 + 8 * at)
        (kind,) = struct.unpack_from(">H", content, start + offset)
        if platform in {0, 3} and kind == 4:
            found |= _short_segments(content, start + offset)
        elif platform in {0, 3} and kind == 12:
            found |= _long_groups(content, start + offset)
    return found


def _short_segments(content: bytes, start: int) -> dict[int, int]:
    """A format 4 subtable: segments of the basic plane, by delta or through an array of glyphs."""
    (doubled,) = struct.unpack_from(">H", content, start + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", content, start + 14)
    firsts = struct.unpack_from(f">{count}H", content, start + 16 + doubled)
    deltas = struct.unpack_from(f">{count}h", content, start + 16 + 2 * doubled)
    ranges_at = start + 16 + 3 * doubled
    ranges = struct.unpack_from(f">{count}H", content, ranges_at)
    found: dict[int, int] = {}
    for at, (first, end, delta, skip) in enumerate(zip(firsts, ends, deltas, ranges, strict=True)):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if skip:
                (glyph,) = struct.unpack_from(">H", content, ranges_at + 2 * at + skip + 2 * (code - first))
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                found[code] = (glyph + delta) & 0xFFFF
    return found


def _long_groups(content: bytes, start: int) -> dict[int, int]:
    """A format 12 subtable: groups of consecutive characters with consecutive glyphs."""
    (count,) = struct.unpack_from(">I", content, start + 12)
    groups = (struct.unpack_from(">III", content, start + 16 + 12 * at) for at in range(count))
    return {code: glyph + code - first for first, last, glyph in groups for code in range(first, last + 1)}
