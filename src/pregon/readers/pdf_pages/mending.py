"""A broken PDF, read as far as it goes: mended whole, or page by page, or at least its words. What failed is said."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pikepdf
import pypdfium2

from pregon.document.model import Block, Document, Paragraph, Properties
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile, Why
from pregon.figures.spanish import join_words
from pregon.readers import refusals
from pregon.readers.pdf_pages.words import tidy

MENDED: Final = "El PDF está dañado por dentro; se reparó para leerlo y puede faltarle algo."
_MOST_PAGES: Final = 200
"""Page by page is slow; a longer broken file is only read for its words."""


def read_broken(content: bytes, name: str, read_whole: Callable[[bytes, str], Document]) -> Document:
    """The document of a file that `read_whole` broke on, with remarks on what could not be read.

    Raises:
        UnreadableFile: not a word of it can be read.
    """
    mended = _mend(content)
    if mended is not None:
        try:
            document = read_whole(mended, name)
        except UnreadableFile:
            raise
        except Exception:  # noqa: BLE001 -- broken beyond mending: page by page
            document = None
        if document is not None:
            return replace(document, remarks=(*document.remarks, MENDED))
    return _read_by_page(content, mended, name, read_whole)


def _mend(content: bytes) -> bytes | None:
    """The same file written anew by qpdf, which finds its objects where the tables that name them are wrong."""
    saved = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pdf.save(saved)
    except Exception:  # noqa: BLE001 -- pikepdf raises several kinds; each means that it cannot
        return None
    return saved.getvalue()


def _read_by_page(
    content: bytes, mended: bytes | None, name: str, read_whole: Callable[[bytes, str], Document]
) -> Document:
    blocks: list[Block] = []
    plain: list[int] = []
    lost: list[int] = []
    document: Any = pypdfium2.PdfDocument(content)
    try:
        many = len(document)
        for number in range(1, many + 1):
            found = None if mended is None or many > _MOST_PAGES else _read_alone(mended, number, name, read_whole)
            if found is not None:
                blocks += found
                continue
            words = _read_words(document, number)
            blocks += words
            (plain if words else lost).append(number)
    finally:
        document.close()
    if not blocks:
        raise refusals.damaged(name)
    remarks = [f"{_name_pages(plain)}: se leyó el texto, sin sus tablas, porque el PDF está dañado."] if plain else []
    remarks += [f"{_name_pages(lost)}: no se pudo leer, porque el PDF está dañado."] if lost else []
    return Document(tuple(blocks), Properties(), source=name, remarks=tuple(remarks))


def _read_alone(
    mended: bytes, number: int, name: str, read_whole: Callable[[bytes, str], Document]
) -> list[Block] | None:
    """The blocks of one page, cut out of the file; None where it is the one that breaks."""
    cut = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(mended)) as pdf, pikepdf.new() as alone:
            alone.pages.append(pdf.pages[number - 1])
            alone.save(cut)
        document = read_whole(cut.getvalue(), name)
    except UnreadableFile as error:
        return [] if error.kind in {Why.EMPTY, Why.SCANNED} else None
    except Exception:  # noqa: BLE001 -- this is the page that breaks the libraries
        return None
    return [replace(block, page=number) for block in document.blocks]


def _read_words(document: Any, number: int) -> list[Block]:  # noqa: ANN401 -- pypdfium2 ships no types
    """The lines of a page as pypdfium2 reads them; none where it cannot."""
    try:
        text = document[number - 1].get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return []
    lines = (tidy(line) for line in text.replace("\r", "\n").split("\n"))
    return [Paragraph(Prose(line), page=number) for line in lines if line]


def _name_pages(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Página {numbers[0]}"
    shown = [str(number) for number in numbers[:20]]
    return f"Páginas {join_words(shown)}" + (" y otras" if len(numbers) > 20 else "")
