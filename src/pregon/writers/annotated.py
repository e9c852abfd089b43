"""Remarks into somebody's own file, of whatever kind can hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from pregon.document.anchors import Anchors, PageAnchors
from pregon.document.annotation import Annotation
from pregon.document.model import Document
from pregon.document.unreadable import UnreadableFile, Why

_BROKEN: Final = "No se pudieron escribir los comentarios: abra el archivo en su programa, guárdelo otra vez y repita."


def annotate(
    content: bytes, document: Document, anchors: Anchors | PageAnchors, annotations: Sequence[Annotation]
) -> bytes:
    """The same file, a Word or a PDF, with the annotations in it; `readers.file_anchors` gives the anchors.

    Raises:
        UnreadableFile: the owner of a PDF forbids changes, or a part that the text does not need is broken.
    """
    try:
        if content.startswith(b"PK"):
            from pregon.writers.annotated_word import annotate_word

            return annotate_word(content, document, cast("Anchors", anchors), annotations)
        from pregon.writers.annotated_pdf import annotate_pdf

        return annotate_pdf(content, document, cast("PageAnchors", anchors), annotations)
    except UnreadableFile:
        raise
    except Exception as error:
        # As in reading: a stranger's file breaks a library in more ways than can be listed.
        raise UnreadableFile(Why.DAMAGED, _BROKEN) from error
