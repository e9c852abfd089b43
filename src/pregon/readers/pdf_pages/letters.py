"""Every letter of a PDF with its place and its marks, in the order of the page's content.

pdfplumber's own letters lose two things that matter here: the number of the marked content around a nested span, and
the text that a span says it stands for (`ActualText`). So the pages are read with pdfminer, on which it is built.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt, decode_text

# A stranger's file is full of what pdfminer warns of; its owner can do nothing about a font's missing box.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

_BOLD_NAMES: Final = ("bold", "black", "heavy", "demi")
_Matrix = tuple[float, float, float, float, float, float]


class Letter(NamedTuple):
    """A letter (or the several that one glyph stands for). Lengths are points from the page's upper left corner.

    `mark` is the number of the marked content that holds it, None outside any; `artifact` what it is when it is no
    part of what the document says: «Header», «Footer», «Pagination», «Layout», or «» where it is no artifact.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    mark: int | None
    artifact: str


@dataclass(slots=True)
class Page:
    """A page's size and its letters; `number` starts at one."""

    number: int
    width: float
    height: float
    letters: list[Letter] = field(default_factory=list)


class _Mark(NamedTuple):
    mcid: int | None
    artifact: str
    actual_text: str | None


def read_pages(content: bytes) -> list[Page]:
    """The pages of a PDF, each with its letters.

    Raises:
        pdfminer.psparser.PSException and others: the file is broken.
    """
    document = PDFDocument(PDFParser(io.BytesIO(content)))
    device = _LetterDevice()
    interpreter = PDFPageInterpreter(device.resource_manager, device)
    for page in PDFPage.create_pages(document):
        interpreter.process_page(page)
    return device.pages


class _LetterDevice(PDFTextDevice):
    """Collects letters as pdfminer draws a page."""

    def __init__(self) -> None:
        self.resource_manager = PDFResourceManager()
        super().__init__(self.resource_manager)
        self.pages: list[Page] = []
        self._marks: list[_Mark] = []
        self._properties: dict[str, Any] = {}

    def begin_page(self, page: PDFPage, ctm: _Matrix) -> None:  # noqa: ARG002 -- pdfminer's signature
        left, bottom, right, top = page.mediabox
        if page.rotate % 180:
            left, bottom, right, top = bottom, left, top, right
        self.pages.append(Page(len(self.pages) + 1, abs(right - left), abs(top - bottom)))
        self._marks = []
        properties = resolve1((resolve1(page.resources) or {}).get("Properties"))
        self._properties = properties if isinstance(properties, dict) else {}

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:  # noqa: ANN401 -- whatever the file holds
        if isinstance(props, PSLiteral):
            props = self._properties.get(str(props.name))
        props = resolve1(props)
        props = props if isinstance(props, dict) else {}
        around = self._marks[-1] if self._marks else _Mark(None, "", None)
        mcid = resolve1(props.get("MCID"))
        actual = resolve1(props.get("ActualText"))
        self._marks.append(
            _Mark(
                mcid if isinstance(mcid, int) else around.mcid,
                around.artifact or _name_artifact(tag, props),
                decode_text(actual) if isinstance(actual, bytes) else around.actual_text,
            )
        )

    def end_tag(self) -> None:
        if self._marks:
            self._marks.pop()

    def render_char(  # noqa: PLR0913, PLR0917 -- pdfminer's signature
        self,
        matrix: _Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: object,  # noqa: ARG002 -- pdfminer's signature
        graphicstate: object,  # noqa: ARG002 -- pdfminer's signature
    ) -> float:
        advance = float(font.char_width(cid) * fontsize * scaling)
        descent = font.get_descent() * fontsize + rise
        corners = [apply_matrix_pt(matrix, point) for point in ((0, descent), (advance, descent + fontsize))]
        (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
        page = self.pages[-1]
        top, bottom = page.height - y1, page.height - y0
        size = fontsize * (abs(matrix[3]) or abs(matrix[1]))
        mark = self._marks[-1] if self._marks else _Mark(None, "", None)
        text = self._say(font, cid, mark)
        page.letters.append(Letter(text, x0, x1, top, bottom, size, _is_bold(font), mark.mcid, mark.artifact))
        return advance

    def _say(self, font: PDFFont, cid: int, mark: _Mark) -> str:
        """What a glyph says: its letter, or the text that its span stands for, which the span's first glyph says."""
        if mark.actual_text is not None:
            self._marks[-1] = mark._replace(actual_text="")
            return mark.actual_text
        try:
            return str(font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            return "\ufffd"


def _is_bold(font: PDFFont) -> bool:
    name = str(font.fontname).casefold()
    return any(weight in name for weight in _BOLD_NAMES)


def _name_artifact(tag: PSLiteral, props: dict[str, Any]) -> str:
    if tag.name != "Artifact":
        return ""
    for key in ("Subtype", "Type"):
        value = resolve1(props.get(key))
        if isinstance(value, PSLiteral):
            return str(value.name)
    return "Layout"


def by_mark(page: Page) -> Iterator[tuple[int, list[Letter]]]:
    """The page's letters by the number of the marked content that holds them, artifacts left out."""
    held: dict[int, list[Letter]] = {}
    for letter in page.letters:
        if letter.mark is not None and not letter.artifact:
            held.setdefault(letter.mark, []).append(letter)
    yield from held.items()
