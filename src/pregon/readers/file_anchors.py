"""A file that remarks can be written into, of whatever kind, and where each text of its document stands in it."""

from __future__ import annotations

from pregon.document.anchors import Anchors, PageAnchors
from pregon.document.model import Document


def can_be_annotated(content: bytes, name: str) -> bool:
    """Whether remarks can be written into a file: Word and PDF."""
    from pregon.readers import pdf, word

    return word.identify(content, name) or pdf.identify(content, name)


def read_anchored(content: bytes, name: str) -> tuple[Document, Anchors | PageAnchors]:
    """Read a Word file or a PDF, and tell where each of its passages stands.

    Raises:
        UnreadableFile: it cannot be read.
    """
    from pregon.readers import pdf, pdf_anchors, word_anchors

    if pdf.identify(content, name):
        return pdf_anchors.read_anchored(content, name)
    return word_anchors.read_anchored(content, name)
