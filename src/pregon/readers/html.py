"""HTML → Document: a report of ours equal to what was written, and anyone's page as far as its tags tell.

Nothing is fetched and no entity is loaded. Scripts, styles, navigation, form controls and what the page itself hides
are not what it says, and are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pregon.document.model import Document, Paragraph, Properties
from pregon.readers import refusals
from pregon.readers.bounds import check_tags
from pregon.readers.html_text import words_in
from pregon.readers.signatures import Content, decode_text, recognise
from pregon.readers.word_captions import Item, as_paragraph, bind_captions, part_caption

if TYPE_CHECKING:
    from lxml import etree

NAME: Final = "HTML"
SUFFIXES: Final = (".html", ".htm", ".xhtml")
GENERATOR: Final = "Pregón"
"""What a file of ours says that it was made by; such a file is read to the letter."""

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_MARKUP: Final = re.compile(rb"<(?:p|div|table|h[1-6]|ul|ol|br|span|section|article|main)\b[^<]*>", re.IGNORECASE)


def identify(content: bytes, name: str) -> bool:
    """Whether the bytes are HTML; a piece of a page counts where its name says so too."""
    kind = recognise(content)
    if kind is Content.HTML:
        return True
    if kind is Content.XML:
        return b"<html" in content[:2048].lower()
    named = name.casefold().endswith(SUFFIXES)
    return kind is Content.TEXT and named and _MARKUP.search(content) is not None


def read(content: bytes, name: str) -> Document:
    """The document that a page holds.

    Raises:
        UnreadableFile: nothing in it can be read, or its tables are too large.
    """
    from lxml import etree

    check_tags(content, name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    root = etree.fromstring(_decode(content).encode("utf-8", "replace"), parser)
    if root is None:
        raise refusals.empty(name)
    document = _read_root(root, name)
    if not document.blocks:
        raise refusals.empty(name)
    return document


def _read_root(root: etree._Element, name: str) -> Document:
    from pregon.readers.html_blocks import BlockReader

    metas = {meta.get("name", "").casefold(): meta.get("content", "") for meta in root.iter("meta")}
    is_ours = metas.get("generator") == GENERATOR
    body = root.find("body")
    reader = BlockReader(name, is_exact=is_ours)
    header = _take_running(root, "header") if is_ours else ()
    footer = _take_running(root, "footer") if is_ours else ()
    items = reader.read(root if body is None else body)
    if not is_ours:
        captioned: list[Item] = [_find_caption(item) if isinstance(item, Paragraph) else item for item in items]
        items = [as_paragraph(item) for item in bind_captions(captioned)]
    return Document(tuple(items), _read_properties(root, metas, is_ours=is_ours), header, footer, source=name)


def _find_caption(paragraph: Paragraph) -> Item:
    return part_caption(paragraph.text, is_styled=False) or paragraph


def _read_properties(root: etree._Element, metas: dict[str, str], *, is_ours: bool) -> Properties:
    title = root.find("head/title")
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    if is_ours:
        said = {part: metas.get(f"pregon:{part}", "") for part in ("title", "institution", "code", "version", "period")}
        return Properties(**said, language=language)
    shown = " ".join(words_in(title).split()) if title is not None else ""
    return Properties(title=shown, institution=metas.get("author", ""), language=language or "es-CO")


def _take_running(root: etree._Element, tag: str) -> tuple[str, ...]:
    """The lines of the page's header or footer, which is then no part of the body."""
    for element in root.iter(tag):
        if "running" in element.get("class", "").split():
            lines = tuple(words_in(line) for line in element.iter("p"))
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            return lines
    return ()


def _decode(content: bytes) -> str:
    """The page's text: by its byte order mark, by what is valid, else by what it says of itself."""
    found = _CHARSET.search(content[:4096])
    if found is not None and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        said = found[1].decode("ascii").casefold()
        # Letters of Windows or Latin-1 are never valid UTF-8 by chance: a page saved anew often keeps its old word.
        if said.startswith(("windows-125", "iso-8859-", "latin", "cp125")):
            return decode_text(content)
        try:
            return content.decode(said)
        except (LookupError, UnicodeDecodeError):
            pass  # the page says what it is not: its bytes tell
    return decode_text(content)
