r"""Addresses of the institution's own network: servers, shared folders, folders of a computer.

They open nothing for who reads them outside, and they spare work to who wants to enter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pregon.claims.exposure import Kind
from pregon_web.workflow.gate.check import Check, Draft, Remark
from pregon_web.workflow.gate.exposing import remarks_on

_REMEDY: Final = "Ponga el enlace público en otra versión, o diga por qué debe salir."
_KINDS: Final = {
    Kind.SERVER: ("la dirección de un servidor interno", _REMEDY),
    Kind.FOLDER: ("la carpeta de un computador", _REMEDY),
}


def check(draft: Draft) -> Iterator[Remark]:
    """Each such address, covered."""
    yield from remarks_on(draft, _KINDS)


def holds(draft: Draft) -> str:
    """That its words show none."""
    return "Su texto no muestra direcciones internas" if draft.passages else ""


CHECK = Check("internal_addresses", "Direcciones internas", 50, check, holds)
