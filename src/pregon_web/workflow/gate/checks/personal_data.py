"""Personal data in what will be published: Ley 1581 of 2012.

Identity numbers, people's own telephones and private e-mail addresses, in the text, the alternative text and the
captions. The institution's own lines and addresses are there to be called. What only the image shows is for whoever
approves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pregon.claims.exposure import Kind
from pregon_web.workflow.gate.check import Check, Draft, Remark
from pregon_web.workflow.gate.exposing import remarks_on

_KINDS: Final = {
    Kind.IDENTITY: ("un número de documento de identidad", "Quítelo en otra versión, o diga con qué permiso sale."),
    Kind.PHONE: ("el celular de una persona", "Ponga la línea de la entidad, o diga con qué permiso sale."),
    Kind.EMAIL: ("un correo personal", "Ponga el correo de la entidad, o diga con qué permiso sale."),
}


def check(draft: Draft) -> Iterator[Remark]:
    """Each personal datum, covered."""
    yield from remarks_on(draft, _KINDS)


def holds(draft: Draft) -> str:
    """That its words show none."""
    return "Su texto no muestra datos personales" if draft.passages else ""


CHECK = Check("personal_data", "Datos personales", 30, check, holds)
