"""Words, paragraphs, fields and bookmarks as Word's XML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pregon.writers.word_styles import MAIN, W14

BODY_NAMESPACES: Final = (
    f'xmlns:w="{MAIN}" xmlns:w14="{W14}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
)

# What no XML text can hold: control characters, halves of a pair, the two that are no characters.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS: Final = re.compile("([\n\t])")
_BREAK_TAGS: Final = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def clean(text: str) -> str:
    """The text without the characters that no Word file can hold."""
    return _UNWRITABLE.sub("", text)


def quoted(text: str) -> str:
    """The text as the value of an attribute, its quotes included."""
    return quoteattr(clean(text), {"\n": "&#10;", "\t": "&#9;"})


def run(text: str, style: str = "") -> str:
    """A run of text in a character style; line feeds and tabs become Word's own."""
    pieces = [
        _BREAK_TAGS.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in _BREAKS.split(clean(text))
        if piece
    ]
    if not pieces:
        return ""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


def runs(pieces: Iterable[tuple[str, str]]) -> str:
    """Texts with their character styles as runs, one for each stretch of the same style."""
    return "".join(
        run("".join(text for text, _ in stretch), style)
        for style, stretch in groupby(pieces, key=lambda piece: piece[1])
    )


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph of a style; `properties` are those set on it alone, in Word's order."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    own = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{own}{content}</w:p>"


def field(instruction: str, result: str) -> str:
    """A field whose result is shown until Word computes it anew."""
    return f"<w:fldSimple w:instr={quoted(f' {instruction} ')}>{run(result)}</w:fldSimple>"


def bookmark(number: int, name: str, content: str) -> str:
    """Content that can be pointed at by a name."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def field_mark(kind: str) -> str:
    """The beginning, middle or end of a field that holds more than words."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    """What a field of several parts is to compute."""
    return f'<w:r><w:instrText xml:space="preserve"> {escape(text)} </w:instrText></w:r>'
