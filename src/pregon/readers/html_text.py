"""What every part of the HTML reader does with elements and their text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pregon.readers.word_captions import part_caption

if TYPE_CHECKING:
    from lxml import etree

_SKIPPED_NAMES: Final = (
    "script style noscript template head title meta link base nav iframe object embed applet canvas audio video map "
    "button input select textarea option datalist menu dialog math"
)
_BLOCK_NAMES: Final = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr legend li main ol p pre section summary table ul"
)
SKIPPED: Final = frozenset(_SKIPPED_NAMES.split())
"""Elements that are no part of what a page says."""
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
"""Elements that part running text."""
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_UNSEEN: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_OURS: Final = re.compile(r"(?:Tabla|Gráfica|Imagen) (\d+)\.(?: (.*))?", re.DOTALL)
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def tag_of(element: etree._Element) -> str:
    """The element's name; empty for what is no element (a comment, an instruction)."""
    tag: object = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def is_hidden(element: etree._Element) -> bool:
    """Whether the page itself hides the element from its readers."""
    return element.get("hidden") is not None or _UNSEEN.search(element.get("style", "")) is not None


def words_in(element: etree._Element) -> str:
    """Every character inside an element, as it stands."""
    return "".join(str(part) for part in element.itertext())


def collapse(text: str) -> str:
    """The text as a page prints it: its spaces and line feeds are one space."""
    return _SPACES.sub(" ", text).strip(" ")


def text_of(element: etree._Element, *, is_exact: bool) -> str:
    """The text inside an element, without the tables in it; blocks and line breaks part it with line feeds."""
    pieces: list[str] = []
    _gather(element, pieces)
    text = "".join(pieces)
    if is_exact:
        return text.replace("\x00", "\n")
    lines = (collapse(line) for line in text.split("\x00"))
    return "\n".join(line for line in lines if line)


def part_printed_caption(caption: str, *, is_exact: bool) -> tuple[int | None, str]:
    """The number and the words of «Tabla 3. Publicaciones por red»."""
    if is_exact:
        found = _OURS.fullmatch(caption)
        return (None, caption) if found is None else (int(found[1]), found[2] or "")
    text = caption.replace("\n", " ")
    parted = part_caption(text, is_styled=True)
    return (None, text) if parted is None else (parted.number, parted.text)


def _gather(element: etree._Element, pieces: list[str]) -> None:
    """Gather the text; NUL, which no page can hold, marks where a line ends."""
    if tag_of(element) == "sup":
        # «273<sup>1</sup>» is 273 with a note, never 2731.
        pieces.append(words_in(element).translate(_RAISED))
        return
    if element.text:
        pieces.append(element.text)
    for child in element:
        tag = tag_of(child)
        if tag == "br":
            pieces.append("\x00")
        elif tag not in SKIPPED and tag not in {"table", "svg"} and not is_hidden(child):
            parted = tag in BLOCKS
            if parted:
                pieces.append("\x00")
            _gather(child, pieces)
            if parted:
                pieces.append("\x00")
        if child.tail:
            pieces.append(child.tail)
