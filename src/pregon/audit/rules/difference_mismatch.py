"""Una diferencia que no sale.

## Qué revisa

Lo que una frase dice que una cifra tiene de más o de menos que otra: «Facebook tuvo 5 publicaciones más que Instagram»,
«en diciembre hubo 10 publicaciones menos que en octubre». Busca en las tablas las dos cifras, de dos redes o de dos
meses, y las resta.

## Por qué importa

La resta se hace una vez, a mano; después se corrige una de las dos cifras y la diferencia queda como estaba.

## Ejemplo

> Facebook tuvo **7 publicaciones más** que Instagram.

«Dice 7 publicaciones más y 94 − 89 da 5.»

## Qué no juzga

- Comparaciones con otro trimestre o con algo que las tablas no traen.
- Frases que dicen algo más («con video», «sobre derechos humanos»), si la cuenta no cierra: pueden hablar de otra cosa.
"""

from __future__ import annotations

from collections.abc import Iterator

from pregon.audit.finding import Agreement, Finding, Holding, Operand, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import name_place, name_subject, print_value
from pregon.claims.differences import Difference, find_differences


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Judge every difference whose two figures the tables give."""
    for difference in find_differences(reading.passages, reading.index):
        if not difference.closes:
            yield _contradict(difference)
            continue
        is_exact = difference.due == difference.stated.value
        yield Holding(
            code=RULE.code,
            what=name_subject(difference.first, reading),
            account=f"{difference.first.text} frente a {difference.second.text}: {difference.text}",
            agreement=Agreement.EXACT if is_exact else Agreement.ROUNDED,
            locations=(difference.location, difference.first.location, difference.second.location),
        )


def _contradict(difference: Difference) -> Finding:
    first, second = difference.first, difference.second
    greater, lesser = (first, second) if first.amount.value >= second.amount.value else (second, first)
    account = f"{greater.text} − {lesser.text} da {print_value(abs(difference.due))}"
    is_other_way = difference.due < 0
    told = f"{first.text} no es {'más' if difference.text.endswith('más') else 'menos'} que {second.text}"
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"Dice {difference.text} y {told if is_other_way else account}.",
        locations=(difference.location, first.location, second.location),
        stated=difference.text,
        expected=print_value(abs(difference.due)),
        operands=tuple(Operand(claim.name, claim.text, claim.location) for claim in (greater, lesser)),
        operator="−",
        cause="La comparación puede venir de otro informe, o de cifras que después cambiaron.",
        remedy=f"Revise {name_place(difference.location)}: {account}.",
    )


RULE = Rule(code="PCT003", name="difference-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
