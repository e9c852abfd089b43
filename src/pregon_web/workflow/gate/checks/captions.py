"""A video can be followed without hearing it: captions or a script, Resolución 1519 of 2020, annex 1.

Whether the words are those that are said is for whoever approves.
"""

from __future__ import annotations

from collections.abc import Iterator

from pregon_web.workflow.gate.check import Check, Draft, Remark


def check(draft: Draft) -> Iterator[Remark]:
    """A video without captions nor script."""
    if draft.is_video and not draft.captions.strip():
        yield Remark(
            "sin subtítulos ni guion",
            "El video no tiene subtítulos ni guion: quien no oye no puede seguirlo.",
            "Suba otra versión con ellos. Si nadie habla en el video, dígalo.",
        )


def holds(draft: Draft) -> str:
    """That it has them."""
    return "Tiene subtítulos o guion" if draft.is_video else ""


CHECK = Check("captions", "Subtítulos o guion", 20, check, holds)
