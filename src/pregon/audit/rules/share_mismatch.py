"""Un porcentaje que no sale de sus cifras.

## Qué revisa

Los porcentajes que dicen de dónde salen: «143 ÷ 148 = 96,6 %», «76,3 %, con 61 asistentes de 80 convocados», «Octubre
reunió 134, el 49,1 % del trimestre», «el 87,5 % (7 de 8)», «de 250, 87 fueron en Facebook, es decir, el 34,8 %»,
«pasaron de 200 a 250, un aumento del 25 %» (y que sea aumento si se dice aumento). En las tablas, busca las dos
columnas que dan la columna de porcentajes o de cambios («+23 (+9,2 %)») en la mayoría de las filas, y señala las filas
que no salen. En las partes de dos o tres filas, la que no sale se señala solo si un desliz la explica (dos dígitos
cambiados de lugar, una unidad de más, un cero) y las demás salen; con dos, además, los encabezados deben decir qué es
parte de qué («Asistentes», «Convocados», «Asistencia»). Y revisa que las partes de un total sumen 100 %.

## Por qué importa

Un porcentaje se calcula una vez y se olvida: cuando la cifra se corrige, él se queda. Y es lo que pasa a los titulares.

## Ejemplo

> Octubre reunió 134 publicaciones, el **52 %** del trimestre.

«Octubre: dice 52 % y 134 sobre 273 da 49,1 %.»

## Qué no juzga

- El redondeo: «49 %», «49,1 %» y «49,08 %» salen los tres de 134 sobre 273.
- Porcentajes cuyas dos cifras no están a la vista, y los que traen las plataformas.
- Columnas en las que ninguna cuenta sale en la mayoría de las filas, salvo las cortas en que un desliz explica la otra.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from pregon.audit.finding import Agreement, Finding, Holding, Operand, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import name_place, print_value, tidy
from pregon.claims.network_shares import find_network_shares
from pregon.claims.retold_shares import find_retold
from pregon.claims.shares import Share, find_shares
from pregon.claims.told_shares import find_told
from pregon.document.location import Location
from pregon.figures.spanish import print_number


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Judge every percentage whose operands are known."""
    found = chain(
        find_told(reading.passages),
        find_shares(reading.told, reading.index),
        find_network_shares(reading.told, reading.index),
        find_retold(reading.passages, reading.tabulations),
    )
    judged: set[Location] = set()
    for share in found:
        if share.location in judged:
            continue
        judged.add(share.location)
        if share.closes:
            yield Holding(
                code=RULE.code,
                what=_name(share) or "Porcentaje",
                account=_account(share, share.text),
                agreement=Agreement.EXACT if share.is_exact else Agreement.ROUNDED,
                locations=(share.location, *share.beside, *(place for _, place in share.operands)),
            )
        else:
            yield _contradict(share)


def _name(share: Share) -> str:
    name = tidy(share.name)
    return f"{name[:1].upper()}{name[1:]}"


def _account(share: Share, result: str) -> str:
    if share.is_sum:
        return f"{' + '.join(text for text, _ in share.operands)} = {result}"
    first, second = (text for text, _ in share.operands)
    return f"{first} frente a {second} = {result}" if share.is_change else f"{first} ÷ {second} = {result}"


def _contradict(share: Share) -> Finding:
    right = _right(share)
    if share.is_sum:
        message = f"{_name(share)}: las partes suman {right} y el total dice {share.text}."
    else:
        first, second = (text for text, _ in share.operands)
        joined = "frente a" if share.is_change else "sobre"
        name = _name(share)
        message = f"{f'{name}: dice' if name else 'Dice'} {share.text} y {first} {joined} {second} da {right}."
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=message,
        locations=tuple(dict.fromkeys([share.location, *(place for _, place in share.operands), *share.beside])),
        stated=share.text,
        expected=right,
        operands=tuple(Operand("", text, place) for text, place in share.operands),
        operator="+" if share.is_sum else "−" if share.is_change else "÷",
        cause="El porcentaje puede haberse calculado con cifras que después cambiaron.",
        remedy=f"Revise {name_place(share.location)}: donde dice {share.text} la cuenta pide {right}.",
    )


def _right(share: Share) -> str:
    """What the account gives, to the place that the document shows."""
    if "%" not in share.text:
        return print_value(share.value)
    shown = share.text.replace("%", "").strip()
    decimals = max(1, len(shown.partition(",")[2]))
    value = print_number(share.value, decimals=decimals)
    sign = "+" if share.is_change and share.value > 0 and shown.startswith("+") else ""
    return f"{sign}{value}\N{NO-BREAK SPACE}%"


RULE = Rule(code="PCT001", name="share-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
