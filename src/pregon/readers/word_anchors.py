"""A Word file, and where each text of its document stands in it: what a writer of remarks must know."""

from __future__ import annotations

from pregon.document.anchors import Anchors
from pregon.document.model import Document


def read_anchored(content: bytes, name: str) -> tuple[Document, Anchors]:
    """Read a Word file as `word.read` does, and tell where each of its passages stands.

    Raises:
        UnreadableFile: it cannot be read.
    """
    from pregon.readers import word
    from pregon.readers.word_trace import Trace

    trace = Trace()
    document = word.read_traced(content, name, trace)
    return document, trace.anchors(document)
