"""The characters of a text that was read, made alike whatever file it came from. Every reader's document passes here.

What prints nothing is taken out (hyphens of line breaks, zero-width and direction marks, controls), ligatures become
their letters, and the thin spaces that part thousands become one kind. The no-break space stays: it says something.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pregon.document.model import Block, Cell, Document, Heading, Paragraph, Picture, Properties, Table
from pregon.document.prose import Prose

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    # The joiner of two pictures makes them one («familia»); between letters it prints nothing.
    "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_OTHERS: Final = {
    **dict.fromkeys(map(ord, "\u2006\u2007\u2008\u2009\u200a"), "\u202f"),
    **dict.fromkeys(map(ord, "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u205f\u3000"), " "),
    **dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n"),
    **dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_ODD: Final = re.compile(f"{_UNSEEN.pattern}|[{''.join(map(chr, _OTHERS))}]")


def clean_text(text: str) -> str:
    """The text as a person sees it.

    >>> clean_text("publica\u00adciones o\ufb01ciales: 34\u2009811")
    'publicaciones oficiales: 34\u202f811'
    """
    return text if _is_clean(text) else _UNSEEN.sub("", text).translate(_OTHERS)


def _is_clean(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or _ODD.search(text) is None


def clean_document(document: Document) -> Document:
    """The document with every text of it clean; the same one where all of them were."""
    blocks = tuple(_clean_block(block) for block in document.blocks)
    properties = document.properties
    said = {name: clean_text(getattr(properties, name)) for name in Properties.__slots__}
    header, footer = (tuple(clean_text(line) for line in lines) for lines in (document.header, document.footer))
    issued = None if document.issued is None else tuple(clean_text(text) for text in document.issued)
    return replace(document, blocks=blocks, properties=Properties(**said), header=header, footer=footer, issued=issued)


def _clean_block(block: Block) -> Block:
    match block:
        case Heading() | Paragraph():
            text = clean_text(block.text)
            return block if text is block.text else replace(block, prose=Prose(text))
        case Picture():
            return replace(block, alt=clean_text(block.alt), caption=clean_text(block.caption))
        case Table():
            return _clean_table(block)


def _clean_table(table: Table) -> Table:
    if _is_clean("".join([cell.prose.text for row in table.rows for cell in row])) and not any(
        cell.tables for row in table.rows for cell in row
    ):
        caption = clean_text(table.caption)
        return table if caption is table.caption else replace(table, caption=caption)
    rows = tuple(tuple(_clean_cell(cell) for cell in row) for row in table.rows)
    return replace(table, rows=rows, caption=clean_text(table.caption))


def _clean_cell(cell: Cell) -> Cell:
    text = clean_text(cell.text)
    if text is cell.text and not cell.tables:
        return cell
    return replace(cell, prose=Prose(text), tables=tuple(_clean_table(table) for table in cell.tables))
