"""PDF → Document: by the file's own tags where it has them, else by where letters and rules stand on the page.

Every block knows its page. Running headers and footers are told apart from what the document says.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pregon.document.model import Block, Document, Heading, Properties
from pregon.document.unreadable import UnreadableFile
from pregon.readers import refusals
from pregon.readers.signatures import Content, recognise
from pregon.readers.word_captions import as_paragraph, bind_captions

if TYPE_CHECKING:
    import pikepdf

    from pregon.readers.pdf_pages.letters import Page

NAME: Final = "PDF"
SUFFIXES: Final = (".pdf",)

MAXIMUM_PAGES: Final = 2000
MAXIMUM_INFLATED: Final = 200 * 1024 * 1024
_WINDOW: Final = 4 * 1024 * 1024
"""No more of a packed part is looked at: packed a thousand to one, it is far over the limit already."""
_END: Final = 2048
"""A PDF says where it ends within its last bytes."""
_KEYWORDS: Final = {"código": "code", "versión": "version", "periodo": "period"}


def identify(content: bytes, name: str) -> bool:  # noqa: ARG001 -- a PDF says so itself
    """Whether the bytes are a PDF."""
    return recognise(content) is Content.PDF


def read(content: bytes, name: str) -> Document:
    """The document that a PDF holds.

    Raises:
        UnreadableFile: it has a password, is damaged, or holds pictures of pages and no text.
    """
    _check_opens(content, name)
    _check_streams(content, name)
    try:
        return _read_whole(content, name)
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:
        # What lost its end lost pages with it, and would be read as if it had none.
        if b"%%EOF" not in content[-_END:]:
            raise refusals.damaged(name) from error
        from pregon.readers.pdf_pages.mending import read_broken

        return read_broken(content, name, _read_whole)


def _read_whole(content: bytes, name: str) -> Document:
    import io

    import pikepdf

    from pregon.readers.pdf_pages.letters import read_pages

    pages = read_pages(content)
    if not any(letter.text.strip() for page in pages for letter in page.letters):
        raise refusals.scanned(name) if _shows_pictures(content) else refusals.empty(name)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return _read_pages(pdf, content, pages)


def _check_opens(content: bytes, name: str) -> None:
    """Refuse what no reader of PDF can open, in the words of its reason."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise refusals.protected(name) if "password" in str(error).casefold() else refusals.damaged(name) from error
    try:
        if not len(document):
            raise refusals.damaged(name)
        if len(document) > MAXIMUM_PAGES:
            raise refusals.too_many(name, "más de 2.000 páginas")
    finally:
        document.close()


def _check_streams(content: bytes, name: str) -> None:
    """Refuse a file whose packed parts, pictures aside, take more memory than can be given once they are unpacked."""
    inflated = 0
    for found in re.finditer(rb"/FlateDecode|/LZWDecode", content):
        start = content.find(b"stream", found.end(), found.end() + 2048)
        if start < 0 or b"/Image" in content[max(0, found.start() - 300) : start]:
            continue
        packed = content[start + 6 : start + 8].lstrip(b"\r\n") + content[start + 8 : start + _WINDOW]
        with contextlib.suppress(zlib.error):
            inflated += len(zlib.decompressobj().decompress(packed, MAXIMUM_INFLATED - inflated + 1))
        if inflated > MAXIMUM_INFLATED:
            raise refusals.too_large_inside(name, inflated, MAXIMUM_INFLATED)


def _shows_pictures(content: bytes) -> bool:
    """Whether any page shows a picture: of a file without text, that it was scanned."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument(content)
    try:
        return any(True for page in document for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    finally:
        document.close()


def _read_pages(pdf: pikepdf.Pdf, content: bytes, pages: Sequence[Page]) -> Document:
    from pregon.readers.pdf_pages.flow import read_flow
    from pregon.readers.pdf_pages.furniture import find_furniture
    from pregon.readers.pdf_pages.tags import find_tags, read_items

    tags = find_tags(pdf, pages)
    if tags is None:
        items, furniture = read_flow(content, pages)
    else:
        items, furniture = read_items(tags), find_furniture(pages)
    bound = [as_paragraph(item) for item in bind_captions(items)]
    properties = _read_properties(pdf)
    return Document(tuple(_settle_title(bound, properties)), properties, furniture.header, furniture.footer)


def _read_properties(pdf: pikepdf.Pdf) -> Properties:
    """What the file says of itself. Code, version and period are keywords that the writer of PDF puts there."""
    facts = {str(key)[1:]: str(value) for key, value in pdf.docinfo.items() if _is_text(value)}
    named: dict[str, str] = {}
    for keyword in facts.get("Keywords", "").split(", "):
        name, _, value = keyword.partition(" ")
        if name in _KEYWORDS and value:
            named[_KEYWORDS[name]] = value
    language = str(pdf.Root.get("/Lang", "")) or Properties().language
    return Properties(facts.get("Title", ""), facts.get("Author", ""), language=language, **named)


def _is_text(value: object) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.String)


def _settle_title(blocks: Sequence[Block], properties: Properties) -> list[Block]:
    """Where no tag says which the title is, a first heading that reads as the file's title is it."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    if not headings or any(not heading.level for heading in headings) or headings[0].text != properties.title:
        return list(blocks)
    first = headings[0]
    return [replace(block, level=0) if block is first else block for block in blocks]
