"""Títulos con la numeración cortada.

## Qué revisa

Los números de los títulos y de los nombres de las tablas: que no haya un «1.» solo, sin «2.», y que no se salte
ninguno.

## Por qué importa

Un «1.» sin «2.» le dice al lector que falta una parte. Muchas veces es verdad: se borró una sección y quedó el número.

## Ejemplo

> **1. CANTIDAD DE PUBLICACIONES WHATSAPP**
>
> REDES SOCIALES

«1. CANTIDAD DE PUBLICACIONES WHATSAPP» lleva número y ningún otro título lo lleva.

## Qué no juzga

- Los números de las actividades de un procedimiento: 6.1, 6.2/6.
- Listas numeradas dentro del texto.
- Si la numeración comienza en otro número: puede ser un capítulo de otro documento.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.document.location import Location, LocationKind
from pregon.figures.spanish import join_words

_NUMBERED: Final = re.compile(r"^\s*(?P<number>\d{1,2})\.\s+(?=[^\W\d_])")
_MOST_MISSING: Final = 3


def check(reading: Reading) -> Iterator[Finding]:
    """Tell a number that stands alone, or the numbers that a run of titles skips."""
    titles = [
        (int(match.group("number")), place)
        for place in _titles(reading)
        if (match := _NUMBERED.match(place.text)) is not None
    ]
    numbers = [number for number, _ in titles]
    if numbers == [1]:
        place = titles[0][1]
        yield Finding(
            code=RULE.code,
            name=RULE.name,
            severity=RULE.severity,
            message=f"«{' '.join(place.text.split())}» lleva número y ningún otro título lo lleva.",
            locations=(place,),
            stated=place.text.strip(),
            cause="Puede faltar una parte, o sobrar el número.",
            remedy="Numere todos los títulos o ninguno.",
        )
        return
    missing = [number for number in range(min(numbers, default=0), max(numbers, default=0)) if number not in numbers]
    if len(set(numbers)) < 3 or numbers != sorted(numbers) or not 0 < len(missing) <= _MOST_MISSING:
        return
    after = next(place for number, place in titles if number > missing[0])
    one = len(missing) == 1
    skipped = join_words([str(number) for number in missing])
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{'Falta el título' if one else 'Faltan los títulos'} {skipped}.",
        locations=(after,),
        stated=after.text.strip(),
        cause="Puede haberse borrado una sección, o los títulos estar mal numerados.",
        remedy="Compruebe que no falte nada y numere otra vez.",
    )


def _titles(reading: Reading) -> Iterator[Location]:
    """The headings, and the names of tables that stand inside them."""
    named = {(table.number, title) for table in reading.tabulations for title in table.titles}
    for _, passage in enumerate(reading.passages) if named else reading.passages.outside_tables:
        place = passage.location
        if place.kind is LocationKind.HEADING or (
            place.kind is LocationKind.CELL and (place.table, " ".join(place.text.split())) in named
        ):
            yield place


RULE = Rule(code="ORD002", name="broken-numbering", severity=Severity.ADVICE, since="0.1", check=check)
