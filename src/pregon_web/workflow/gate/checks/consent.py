"""Who is seen agreed to it: Ley 1581 of 2012 and, of minors, its article 7 and Ley 1098 of 2006.

An image in which somebody is recognised is personal data. Of adults the authorisation is kept, or it is said why none
is needed (a public act, nobody recognisable). Of minors it is their representative's, and it has to be kept: nobody's
word is enough. Who is in the image is what whoever brought it says; the gate does not look for faces.
"""

from __future__ import annotations

from collections.abc import Iterator

from pregon_web.workflow.gate.check import Check, Draft, Remark, Reply


def check(draft: Draft) -> Iterator[Remark]:
    """The authorisation that what is shown needs, or the question that nobody answered."""
    if draft.shows_minors:
        yield Remark(
            "menores de edad",
            "Muestra menores de edad: hace falta la autorización de su representante.",
            "Adjunte la autorización firmada, o suba otra versión en la que no se reconozcan.",
            Reply.EVIDENCE,
        )
    elif draft.shows_people:
        yield Remark(
            "personas",
            "Muestra personas: hace falta su autorización de imagen.",
            "Adjunte la autorización, o diga por qué no se necesita.",
        )
    elif draft.shows_people is None and (draft.is_image or draft.is_video):
        yield Remark(
            "no se dijo",
            "Nadie ha dicho si muestra personas.",
            "Mírela: si las muestra, suba otra versión que lo diga. Si no, escríbalo aquí.",
        )


def holds(draft: Draft) -> str:
    """That it shows nobody."""
    if draft.shows_people is False and not draft.shows_minors:
        return "No muestra personas: no necesita autorización de imagen"
    return ""


CHECK = Check("consent", "Autorización de imagen", 40, check, holds)
