"""Ley 2345 of 2023, «chao marcas»: what is asked of whoever looked at the piece. No program can see it.

Three questions with one answer each: the institution's own identity and no government's brand, no slogan of a
government, and no official promoted with public money.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pregon_web.workflow.gate.check import Check, Draft, Remark, Reply

_QUESTIONS: Final = (
    ("identidad", "Usa solo la identidad de la entidad, sin marcas ni colores de un gobierno o de un partido"),
    ("lemas", "No lleva lemas de un gobierno ni de una administración"),
    ("servidores", "No promociona a un servidor público: ni su nombre ni su foto están para darlo a conocer"),
)
_REMEDY: Final = "Márquela si es así. Si no, suba otra versión."


def check(draft: Draft) -> Iterator[Remark]:
    """The three questions, of whatever will be seen or read."""
    if draft.content_type or draft.passages:
        for found, question in _QUESTIONS:
            yield Remark(found, question, _REMEDY, Reply.YES)


def holds(draft: Draft) -> str:
    """Nothing: it is always asked."""
    del draft
    return ""


CHECK = Check("visual_identity", "Identidad visual (Ley 2345 de 2023)", 70, check, holds)
