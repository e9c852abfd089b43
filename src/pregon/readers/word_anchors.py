"""A Word file, and where each text of its document stands in it: what a writer of remarks must know."""

from __future__ import annotations

from pregon.document.anchors import Anchors
from pregon.document.model import Document


def read_anchored(content: bytes, name: str) -> tuple[Document, Anchors]:
    """Read a Word file as `read_content` does, and tell where each of its passages stands.

    Raises:
        UnreadableFile: it cannot be read.
    """
    from pregon.readers import word
    from pregon.readers.bounds import bound_document
    from pregon.readers.characters import clean_document
    from pregon.readers.word_trace import Trace

    trace = Trace()
    document = word.read_traced(content, name, trace)
    clean = clean_document(bound_document(document, name))
    return clean, trace.anchors(document, clean)
