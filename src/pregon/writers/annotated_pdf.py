"""Remarks into somebody's own PDF: a highlight on the very words, with what there is to say of them.

Pages, fonts and pictures are handed on as they were; only the lists of annotations of the pages grow.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from pregon.document.anchors import PageAnchor, PageAnchors
from pregon.document.annotation import Annotation
from pregon.document.location import Location, LocationKind
from pregon.document.model import Document
from pregon.document.unreadable import UnreadableFile, Why

if TYPE_CHECKING:
    import pikepdf

AUTHOR: Final = "Pregón"
_YELLOW: Final = (1, 0.82, 0.25)
_NOTE: Final = 20
"""The side of a note's sign, in points."""
_PRINTED: Final = 4
"""The flag of an annotation that is printed with its page."""


_More = Mapping[str, object]


def annotate_pdf(content: bytes, document: Document, anchors: PageAnchors, annotations: Sequence[Annotation]) -> bytes:
    """The file with a highlight for each annotation; the same bytes where there is none.

    What stands nowhere that can be told for sure is said in a note at the top of its page.

    Raises:
        UnreadableFile: its owner forbids changes.
    """
    import pikepdf

    if not annotations:
        return content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if pdf.is_encrypted:
            sentence = "Este PDF está protegido contra cambios: anote el Word del que salió."
            raise UnreadableFile(Why.PASSWORD, sentence)
        places = {_key(passage.location): number for number, passage in reversed(tuple(enumerate(document.passages)))}
        notes: dict[int, int] = {}
        for annotation in annotations:
            location = annotation.location
            number = places.get(_key(location))
            words = () if number is None else _cut(anchors[number], location, document.passages[number].prose.text)
            if words and not pdf.pages[words[0].page - 1].get("/Rotate", 0):
                _highlight(pdf, words, "\n".join(annotation.lines))
            else:
                page = min(location.page or 1, len(pdf.pages))
                notes[page] = notes.get(page, 0) + 1
                lines = (*annotation.lines, f"Dónde: {location.describe()}.")
                _note(pdf, page, notes[page], "\n".join(lines))
        stream = io.BytesIO()
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def _key(place: Location) -> tuple[object, ...]:
    if place.table is not None:
        return place.table, place.row, place.column
    return place.kind is LocationKind.PICTURE, place.paragraph, "" if place.paragraph is not None else place.text


def _cut(words: Sequence[PageAnchor], location: Location, text: str) -> tuple[PageAnchor, ...]:
    """The words that a location means."""
    # A text with what must not be published covered has the length of its own.
    is_same = len(location.text) == len(text)
    start = location.start if is_same else 0
    end = location.end if is_same and location.end is not None else len(text)
    return tuple(word for word in words if word.start < end and start < word.end)


def _highlight(pdf: pikepdf.Pdf, words: Sequence[PageAnchor], contents: str) -> None:
    """One highlight over words of one page; words on the page after are left to the eye."""
    page = pdf.pages[words[0].page - 1]
    here = [word for word in words if word.page == words[0].page]
    left, bottom = _origin(page)
    corners = [
        length
        for word in here
        for x, y in (
            (word.left, word.top),
            (word.right, word.top),
            (word.left, word.bottom),
            (word.right, word.bottom),
        )
        for length in (round(x + left, 2), round(y + bottom, 2))
    ]
    box = [min(corners[::2]), min(corners[1::2]), max(corners[::2]), max(corners[1::2])]
    _add(pdf, page, "/Highlight", box, contents, {"/QuadPoints": corners})


def _note(pdf: pikepdf.Pdf, number: int, place: int, contents: str) -> None:
    """A note at the top of a page, right of those that are there."""
    import pikepdf

    page = pdf.pages[number - 1]
    left, _, _, top = (float(length) for length in page.mediabox)
    x, y = left + _NOTE * (0.5 + 1.25 * (place - 1)), top - _NOTE * 1.5
    _add(pdf, page, "/Text", [x, y, x + _NOTE, y + _NOTE], contents, {"/Name": pikepdf.Name("/Comment")})


def _origin(page: pikepdf.Page) -> tuple[float, float]:
    return float(page.mediabox[0]), float(page.mediabox[1])


def _add(pdf: pikepdf.Pdf, page: pikepdf.Page, kind: str, box: list[float], contents: str, more: _More) -> None:
    import pikepdf

    annotation = pikepdf.Dictionary(
        {
            "/Type": pikepdf.Name("/Annot"),
            "/Subtype": pikepdf.Name(kind),
            "/Rect": box,
            "/Contents": pikepdf.String(contents),
            "/T": pikepdf.String(AUTHOR),
            "/C": list(_YELLOW),
            "/F": _PRINTED,
            **more,
        }
    )
    held = page.get("/Annots")
    if held is None:
        page["/Annots"] = held = pikepdf.Array()
    held.append(pdf.make_indirect(annotation))
