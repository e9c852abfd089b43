"""Un «doble» que no lo es.

## Qué revisa

Las comparaciones dichas en una palabra: «Facebook publicó el doble que Instagram», «la mitad», «el triple», «casi el
doble», «más del doble». Busca en las tablas las dos cifras que la frase compara, de dos redes o de dos meses de una, y
mira cuántas veces cabe una en la otra.

## Por qué importa

Es lo que pasa a los titulares, y se escribe de memoria: el informe anterior decía «el doble» y este lo repite.

## Ejemplo

> X publicó **el triple** que Instagram.

«Dice el triple y 90 frente a 47 es 1,9 veces.»

## Qué no juzga

- El redondeo: 1,5 veces ya puede llamarse «el doble», y 2,4 todavía.
- Comparaciones con otro trimestre o con algo que las tablas no traen.
"""

from __future__ import annotations

from collections.abc import Iterator

from pregon.audit.finding import Agreement, Finding, Holding, Operand, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import name_place, name_subject
from pregon.claims.multiples import Multiple, find_multiples
from pregon.figures.spanish import print_number


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Judge every multiple whose two figures the tables give."""
    for multiple in find_multiples(reading.passages, reading.index):
        if multiple.closes:
            yield Holding(
                code=RULE.code,
                what=name_subject(multiple.first, reading),
                account=f"{multiple.first.text} frente a {multiple.second.text}: {multiple.text}",
                agreement=Agreement.EXACT if multiple.times in {2, 3, 4} else Agreement.ROUNDED,
                locations=(multiple.location, multiple.first.location, multiple.second.location),
            )
        else:
            yield _contradict(multiple)


def _contradict(multiple: Multiple) -> Finding:
    first, second = multiple.first, multiple.second
    times = _print_times(multiple)
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"Dice {multiple.text.lower()} y {first.text} frente a {second.text} es {times}.",
        locations=(multiple.location, first.location, second.location),
        stated=multiple.text,
        expected=times,
        operands=tuple(Operand(claim.name, claim.text, claim.location) for claim in (first, second)),
        operator="÷",
        cause="La comparación puede venir de otro informe, o de cifras que después cambiaron.",
        remedy=f"Revise {name_place(multiple.location)}: donde dice «{multiple.text.lower()}» la cuenta da {times}.",
    )


def _print_times(multiple: Multiple) -> str:
    return f"{print_number(multiple.times, decimals=1 if multiple.times >= 1 else 2)} veces"


RULE = Rule(code="PCT002", name="multiple-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
