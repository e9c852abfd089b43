"""Un producto sin cantidad.

## Qué revisa

Los campos «Productos», «Piezas» o «Entregables» de las campañas: si los demás dicen cuántos y uno no, lo señala.

## Por qué importa

Sin la cantidad no se puede decir si se cumplió, ni sumar lo que se hizo.

## Ejemplo

> Productos: 8 post
>
> Productos: **post**

«Falta la cantidad en «Productos: post».» Las demás la dicen.

## Qué no juzga

- Documentos en los que ningún producto lleva cantidad.
- Los que dicen por qué no la hay: «pendiente», «ninguno», «no aplica».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.sentence_grammar import MAY_COUNT
from pregon.claims.vocabulary import flatten
from pregon.document.location import LocationKind

_FIELD: Final = re.compile(r"^\W*(?:productos?|piezas|entregables?)\s*:\s*(?P<value>\S.*)$")
_DECLARED: Final = re.compile(r"\bpendiente|\bningun|\bno aplica|\bsin\b|\bpor definir|\bun[ao]?\b")
_LEAST: Final = 2


def check(reading: Reading) -> Iterator[Finding]:
    """Tell the products without a number, where two others at least have theirs."""
    fields = [
        (passage, match.group("value"))
        for _, passage in reading.passages.outside_tables
        if passage.location.kind is LocationKind.PARAGRAPH
        and (match := _FIELD.match(flatten(passage.prose.text))) is not None
    ]
    counted = [value for _, value in fields if MAY_COUNT.search(value)]
    if len(counted) < _LEAST:
        return
    for passage, value in fields:
        if MAY_COUNT.search(value) or _DECLARED.search(value):
            continue
        shown = " ".join(passage.prose.text.split())
        yield Finding(
            code=RULE.code,
            name=RULE.name,
            severity=RULE.severity,
            message=f"Falta la cantidad en «{shown}».",
            locations=(passage.location,),
            stated=shown,
            cause=f"Las otras {len(counted)} la dicen.",
            remedy="Escriba cuántos fueron, o «sin dato» y quién lo debe.",
        )


RULE = Rule(code="GAP002", name="missing-quantity", severity=Severity.GAP, since="0.1", check=check)
