"""Un título que promete un mes y no tiene nada debajo.

## Qué revisa

Los títulos que nombran un mes («Historias publicadas en octubre», «Informe estadístico, diciembre») y no tienen debajo
ni texto, ni cifras, ni imágenes.

## Por qué importa

El lector busca lo que el título promete. Si eran imágenes, al convertir el archivo pudieron perderse: entonces falta en
este archivo aunque esté en el original, y quien lo reciba tampoco las verá.

## Ejemplo

> HISTORIAS PUBLICADAS EN OCTUBRE
>
> HISTORIAS PUBLICADAS EN NOVIEMBRE

«HISTORIAS PUBLICADAS EN OCTUBRE» y 1 título más no tienen contenido en este archivo. Si eran imágenes, pudieron
perderse al convertirlo.

## Qué no juzga

- Títulos que no nombran un mes: pueden ser el encabezado de los que siguen.
- La portada.
- Secciones que dicen que no hay nada: «sin dato», «no hubo».
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.claims.said_periods import months_said, periods_in
from pregon.document.model import Block, Heading, Paragraph, Picture, Table
from pregon.figures.spanish import count_of

_OPENING: Final = 3


def check(reading: Reading) -> Iterator[Finding]:
    """Tell once the titles of a month that nothing follows."""
    blocks = reading.document.blocks
    empty = [
        place
        for place, block in enumerate(blocks)
        if place >= _OPENING and isinstance(block, Heading) and _names_a_month(block.text) and _is_empty(blocks, place)
    ]
    if not empty:
        return
    found = {id(blocks[place]) for place in empty}
    places = tuple(passage.location for passage in reading.passages if id(passage.block) in found)
    titles = [" ".join(place.text.split()) for place in places]
    if not titles:
        return
    one = len(titles) == 1
    more = "" if one else f" y {count_of(len(titles) - 1, 'título más', 'títulos más')}"
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"«{titles[0]}»{more} no {'tiene' if one else 'tienen'} contenido en este archivo.",
        locations=places,
        stated="; ".join(titles),
        cause="Si eran imágenes, pudieron perderse al convertirlo.",
        remedy="Compruebe el original. Si no hay nada que mostrar, escriba «sin dato» o quite el título.",
        consequences=() if one else tuple(f"«{title}» tampoco tiene contenido." for title in titles[1:]),
    )


def _names_a_month(text: str) -> bool:
    mentions = periods_in(text)
    return len(mentions) == 1 and len(months_said(mentions[0])) == 1


def _is_empty(blocks: tuple[Block, ...], place: int) -> bool:
    """Whether nothing stands between a heading and the next, or the end; blank tables and paragraphs are nothing."""
    for block in blocks[place + 1 :]:
        if isinstance(block, Heading):
            return True
        if isinstance(block, Picture) or (isinstance(block, Paragraph) and block.text.strip()):
            return False
        if isinstance(block, Table) and any(cell.text.strip() or cell.tables for row in block.rows for cell in row):
            return False
        if isinstance(block, Table) and block.caption:
            return False
    return True


RULE = Rule(code="GAP003", name="empty-section", severity=Severity.GAP, since="0.1", check=check)
