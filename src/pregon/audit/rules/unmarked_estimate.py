"""Una estimación que la tabla da por exacta.

## Qué revisa

Las notas que dicen que unas cifras se contaron a mano o son aproximadas, y la tabla de esa red: si sus cifras no llevan
ninguna señal (≈, un asterisco, «estimado»), lo dice.

## Por qué importa

La tabla se copia sin la nota. Una cifra aproximada sin señal se compara después con una exacta, y la diferencia no
quiere decir nada.

## Ejemplo

| X | Octubre | Noviembre |
|---|---|---|
| Visualizaciones | **2.106** | **1.830** |

> Nota: se hace un conteo manual para lograr una medición aproximada.

«La nota dice que las cifras de X son aproximadas y la tabla 1 las da como exactas: 2.106 y 1.830.»

## Qué no juzga

- Cifras menores de mil y las publicaciones, que se cuentan una por una.
- Notas que no nombran una sola red, o de otra sección.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import ENTITIES
from pregon.claims.claim import Claim
from pregon.claims.vocabulary import POSTS, find_entities, flatten
from pregon.document.location import LocationKind
from pregon.figures.spanish import join_words

_ESTIMATED: Final = re.compile(r"\bconteo manual\b|\baproximad[oa]s?\b|\bestimad[oa]s?\b|\bestimacion(?:es)?\b")
_MARKED: Final = re.compile(r"[≈~*]|\(e\)|\baprox|\bestimad", re.IGNORECASE)
_LEAST: Final = 1000
_SHOWN: Final = 3


def check(reading: Reading) -> Iterator[Finding]:
    """Hold each note that confesses an estimate beside the figures of the one network it names."""
    for _, passage in reading.passages.outside_tables:
        if passage.location.kind not in (LocationKind.PARAGRAPH, LocationKind.FOOTNOTE):
            continue
        flat = flatten(passage.prose.text)
        entities = {term.code for term in find_entities(flat)}
        if not _ESTIMATED.search(flat) or len(entities) != 1 or _MARKED.match(passage.prose.text.strip()):
            continue
        entity = next(iter(entities))
        exact = [claim for claim in reading.claims if _is_exact(claim, entity, passage.location.section)]
        if not exact:
            continue
        numbers = sorted({claim.location.table or 0 for claim in exact})
        one = len(numbers) == 1
        shown = [claim.text for claim in exact[:_SHOWN]]
        named = ENTITIES.get(entity, entity)
        listed = join_words([str(number) for number in numbers])
        tables = f"la tabla {listed} las da" if one else f"las tablas {listed} las dan"
        yield Finding(
            code=RULE.code,
            name=RULE.name,
            severity=RULE.severity,
            message=(
                f"La nota dice que las cifras de {named} son aproximadas y {tables} como exactas: {join_words(shown)}."
            ),
            locations=(*(claim.location for claim in exact), passage.location),
            stated=shown[0],
            expected=f"≈ {shown[0]}",
            cause="La señal está en la nota y no en la tabla.",
            remedy=f"Escriba ≈ delante de cada una: «≈ {shown[0]}».",
        )


def _is_exact(claim: Claim, entity: str, section: str) -> bool:
    place = claim.location
    return (
        claim.is_cell
        and claim.subject.entity == entity
        and claim.subject.measure != POSTS
        and place.section == section
        and claim.amount.value >= _LEAST
        and not _MARKED.search(f"{place.text} {place.row_label} {place.column_label} {place.table_caption}")
    )


RULE = Rule(code="FMT003", name="unmarked-estimate", severity=Severity.ADVICE, since="0.1", check=check)
