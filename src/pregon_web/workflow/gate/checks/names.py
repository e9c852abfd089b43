"""The names of the institution and its offices, spelled as they are.

Near misses of a name («Personeria Municipal de Peñaclara», «Vigilancia Adminstrativa»), by the letters in which they
differ, and the wrong spellings that the institution has written down in its rules of approval. A shorter form of the
name, or the name of another town's institution, is not a miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pregon_web.workflow.gate.check import Check, Draft, Remark
from pregon_web.workflow.gate.spelling import find_near_misses


def check(draft: Draft) -> Iterator[Remark]:
    """Each spelling that comes near a name, in each place that the version says something."""
    for where, said in draft.passages:
        told: set[str] = set()
        for wrong, right in draft.slips:
            found = re.search(rf"(?<!\w){re.escape(wrong)}(?!\w)", said, re.IGNORECASE)
            if found is not None and found.group() != right:
                told.add(found.group())
                yield _remark(where, found.group(), right)
        for miss in find_near_misses(said, draft.names):
            if miss.written not in told:
                told.add(miss.written)
                yield _remark(where, miss.written, miss.name)


def _remark(where: str, written: str, right: str) -> Remark:
    return Remark(
        f"{where}: {written}"[:300],
        f"En {where} dice «{written}» y el nombre es «{right}».",
        "Corríjalo en otra versión. Si es otra cosa, dígalo.",
    )


def holds(draft: Draft) -> str:
    """That the names it writes are right."""
    return "Los nombres de la entidad están bien escritos" if draft.passages and draft.names else ""


CHECK = Check("names", "Nombres de la entidad", 60, check, holds)
