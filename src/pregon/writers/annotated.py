"""Remarks into somebody's own file, of whatever kind can hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from pregon.document.anchors import Anchors, PageAnchors
from pregon.document.annotation import Annotation
from pregon.document.model import Document


def annotate(
    content: bytes, document: Document, anchors: Anchors | PageAnchors, annotations: Sequence[Annotation]
) -> bytes:
    """The same file, a Word or a PDF, with the annotations in it; `readers.file_anchors` gives the anchors.

    Raises:
        UnreadableFile: a PDF whose owner forbids changes.
    """
    if content.startswith(b"PK"):
        from pregon.writers.annotated_word import annotate_word

        return annotate_word(content, document, cast("Anchors", anchors), annotations)
    from pregon.writers.annotated_pdf import annotate_pdf

    return annotate_pdf(content, document, cast("PageAnchors", anchors), annotations)
