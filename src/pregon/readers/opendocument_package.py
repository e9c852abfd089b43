"""The zip that an OpenDocument file is, and the names its XML uses."""

from __future__ import annotations

from typing import Final

from lxml import etree

from pregon.readers import refusals
from pregon.readers.word_package import Package

_OASIS: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = f"{_OASIS}office:1.0}}"
TEXT: Final = f"{_OASIS}text:1.0}}"
TABLE: Final = f"{_OASIS}table:1.0}}"
STYLE: Final = f"{_OASIS}style:1.0}}"
DRAW: Final = f"{_OASIS}drawing:1.0}}"
SVG: Final = f"{_OASIS}svg-compatible:1.0}}"
FO: Final = f"{_OASIS}xsl-fo-compatible:1.0}}"
CONFIG: Final = f"{_OASIS}config:1.0}}"

_MANIFEST: Final = "META-INF/manifest.xml"


class OpenPackage(Package):
    """The parts of one OpenDocument file. One with a password still lists its parts; their bytes say nothing."""

    def _find_main_part(self) -> str:
        manifest = self._inflate(_MANIFEST) if _MANIFEST in self._members else b""
        # The older way encrypts each part, the newer one the whole; both are told in the manifest, which is plain.
        if b"encryption-data" in manifest or "encrypted-package" in self._members:
            raise refusals.protected(self.name)
        if "content.xml" not in self._members:
            raise refusals.damaged(self.name)
        return "content.xml"


def whole(node: etree._Element, attribute: str, *, least: int = 1, most: int = 1_048_576) -> int:
    """The whole number of an attribute, in bounds; `least` where it is missing or none.

    >>> whole(etree.fromstring('<a n="99999999999"/>'), "n")
    1048576
    """
    digits = node.get(attribute, "").strip()
    if not digits.isdecimal() or not digits.isascii():
        return least
    return most if len(digits) > 7 else max(least, min(int(digits), most))
