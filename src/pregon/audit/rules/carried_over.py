"""Texto y cifras que no cambiaron desde el informe anterior.

## Qué revisa

Con `--previous informe-anterior.docx`, los párrafos con cifras o con periodos que son iguales letra por letra, las
tablas con todas sus cifras iguales y los totales que no se movieron aunque sus meses sí. Sin informe anterior no revisa
nada.

## Por qué importa

El informe nuevo suele empezar como una copia del anterior. Lo que se olvidó de cambiar no se nota al leer: la frase es
correcta, solo que de otro trimestre.

## Ejemplo

> El evento con mayor asistencia fue la Final del Concurso de Oratoria, con **232** participantes.

«Un párrafo viene del informe anterior: «El evento con mayor asistencia fue la Final del Concurso…».» Es igual letra por
letra, con sus cifras.

## Qué no juzga

- Textos sin cifras ni periodos: objetivos, públicos, definiciones. Pueden repetirse.
- Cifras pequeñas y porcentajes, que coinciden por azar.
- Dos informes del mismo periodo: el segundo es una versión del primero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from textwrap import shorten
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import ENTITIES, MEASURES, name_line, tidy
from pregon.claims.claim import Claim, Scope
from pregon.claims.said_periods import periods_in
from pregon.claims.tabulation import Tabulation
from pregon.claims.timeline import is_comparing
from pregon.document.location import LocationKind
from pregon.document.model import Passage
from pregon.figures.spanish import fold

_LEAST_WORDS: Final = 8
_LEAST_TELLING: Final = 20
_LEAST_TOTAL: Final = 50
_LEAST_FIGURES: Final = 4
_SHOWN: Final = 60


def check(reading: Reading) -> Iterator[Finding]:
    """Lay the document beside the earlier one; nothing without one, or where both are of the same period."""
    if reading.previous is None:
        return
    earlier = Reading(reading.previous)
    if reading.period is not None and reading.period == earlier.period:
        return
    yield from _same_texts(reading, earlier)
    same = {now.number: before for now in reading.tabulations if (before := _same_table(now, earlier)) is not None}
    for tabulation in reading.tabulations:
        if tabulation.number in same:
            yield _tell_table(tabulation)
    yield from _same_totals(reading, earlier, frozenset(same))


def _same_texts(reading: Reading, earlier: Reading) -> Iterator[Finding]:
    """The paragraphs with figures or periods that did not change, told once."""
    before = {fold(passage.prose.text) for passage in earlier.passages}
    telling = {
        claim.passage
        for claim in reading.claims
        if not claim.is_cell and not claim.amount.unit and abs(claim.amount.value) >= _LEAST_TELLING
    }
    found = [
        passage
        for number, passage in enumerate(reading.passages)
        if _is_spoken(passage)
        and (number in telling or _names_a_period(passage.prose.text))
        and fold(passage.prose.text) in before
    ]
    if not found:
        return
    quotes = [f"«{shorten(passage.prose.text, _SHOWN, placeholder='…')}»" for passage in found]
    one = len(found) == 1
    subject = "Un párrafo viene" if one else f"{len(found)} párrafos vienen"
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{subject} del informe anterior: {quotes[0]}{'' if one else ' y otros'}.",
        locations=tuple(passage.location for passage in found),
        stated=quotes[0],
        cause="Es igual letra por letra, con sus cifras."
        if one
        else "Son iguales letra por letra, con sus cifras o sus periodos.",
        remedy="Compruebe con los registros que sigue siendo así, y si no, escríbalo de nuevo.",
        consequences=() if one else tuple(f"{quote} es igual." for quote in quotes),
    )


def _is_spoken(passage: Passage) -> bool:
    kinds = (LocationKind.PARAGRAPH, LocationKind.CELL, LocationKind.FOOTNOTE)
    return passage.location.kind in kinds and len(passage.prose.text.split()) >= _LEAST_WORDS


def _names_a_period(text: str) -> bool:
    return not is_comparing(text) and any(
        mention.quarter or (mention.months and re.search(r"\d", text)) for mention in periods_in(text)
    )


def _same_table(now: Tabulation, earlier: Reading) -> Tabulation | None:
    """The table of the earlier report with the same row names and all the same figures."""
    figures = _figures(now)
    telling = [value for value in figures.values() if abs(value) >= 2]
    if len(figures) < _LEAST_FIGURES or len(set(telling)) < _LEAST_FIGURES - 1:
        return None
    for before in earlier.tabulations:
        if _figures(before) == figures:
            return before
    return None


def _figures(tabulation: Tabulation) -> dict[tuple[str, int], Decimal]:
    """The figures of a table by the name of their row and their column's place; months' names may have changed."""
    return {
        (f"{row} {'' if tabulation.has_time_rows else fold(tabulation.row_labels[row])}", column): amount.value
        for row in tabulation.body
        for column, amount in enumerate(tabulation.amounts[row])
        if amount is not None and not amount.unit
    }


def _tell_table(tabulation: Tabulation) -> Finding:
    name = tidy(tabulation.name)
    named = f"La tabla «{name}»" if name else f"La tabla {tabulation.number}"
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{named} viene del informe anterior: todas sus cifras son las mismas.",
        locations=(tabulation.locate_table(),),
        cause="Ninguna de sus cifras cambió de un informe al otro.",
        remedy="Ponga las cifras de este periodo, o diga que la tabla es del anterior.",
    )


def _same_totals(reading: Reading, earlier: Reading, told: frozenset[int]) -> Iterator[Finding]:
    """Totals that did not move though what they add did."""
    before = _totals(earlier.claims)
    for key, claim in _totals(reading.claims).items():
        other = before.get(key)
        table = reading.tabulation(claim.location.table)
        if other is None or table is None or claim.location.table in told or other.amount.value != claim.amount.value:
            continue
        if abs(claim.amount.value) < _LEAST_TOTAL or _line(claim, reading) == _line(other, earlier):
            continue
        entity, measure = ENTITIES.get(claim.subject.entity, ""), MEASURES.get(claim.subject.measure, "")
        name = ", ".join(word for word in (entity, measure) if word) or name_line(claim)
        yield Finding(
            code=RULE.code,
            name=RULE.name,
            severity=RULE.severity,
            message=f"{name[:1].upper()}{name[1:]}: el total {claim.text} es el del informe anterior.",
            locations=(claim.location,),
            stated=claim.text,
            cause="Los meses cambiaron y el total no.",
            remedy="Vuelva a calcular el total con los meses de este periodo.",
        )


def _totals(claims: Sequence[Claim]) -> dict[tuple[str, str, str], Claim]:
    return {
        (claim.subject.entity, claim.subject.measure, fold(claim.location.row_label)): claim
        for claim in claims
        if claim.is_cell and claim.is_total and claim.scope is Scope.WHOLE and claim.subject.measure
    }


def _line(claim: Claim, reading: Reading) -> tuple[object, ...]:
    """The figures of the row of a total, without it."""
    table = reading.tabulation(claim.location.table)
    if table is None or claim.location.row is None:
        return ()
    amounts = table.amounts[claim.location.row - 1]
    return tuple(
        amount.value
        for column, amount in enumerate(amounts, start=1)
        if amount is not None and column != claim.location.column
    )


RULE = Rule(code="DUP001", name="carried-over", severity=Severity.INCONCLUSIVE, since="0.1", check=check)
