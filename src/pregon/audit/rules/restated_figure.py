"""La misma cifra dicha en dos lugares con valores distintos.

## Qué revisa

Que lo que el informe repite sea igual: una frase y la tabla que da el mismo dato, dos tablas, dos frases, la
descripción de una gráfica y su tabla, el evento con más asistencia y el mayor de la tabla, lo que se dice «más de»,
«al menos» o «casi» y lo que la tabla da. También que una parte no sea mayor que el todo: una campaña no puede entregar
5 fondos de pantalla si el trimestre tuvo 2. Cada cifra va con su mes, su red o su evento: «en diciembre…», «94, 47 y
90 en Facebook, Instagram y X», «a la Rendición de cuentas asistieron 150».

Reconoce los nombres que cambian: X, Twitter y X (Twitter) son la misma red; las publicaciones de la sede electrónica
son sus noticias.

## Por qué importa

Casi siempre significa que se corrigió un lugar y no el otro, o que una frase viene del informe anterior.

## Ejemplo

> X(Twitter): **179** publicaciones

| | Octubre | Noviembre | Diciembre |
|---|---|---|---|
| X | 46 | 19 | 25 |

«X: el resumen dice 179 y la tabla da 90.» Causa probable: 179 = 90 de X + 89 de Instagram.

## Qué no juzga

- Cifras que no se sabe con seguridad de quién, de qué o de cuándo son: quedan en «sin comprobar».
- Comparaciones con otros periodos, metas, pendientes y cuentas parciales («3 de ellas»).
- Cifras lejos de la tabla en frases que dicen algo más que quién, qué y cuándo («con video», «a la fecha»), si ningún
  desliz las explica: pueden ser de otra cosa.
- Lo de un día, una semana o el año, lo de una dependencia o un tema, y lo que se espera para después.
- «Cerca de 300» y «casi 300», si la tabla da una cifra a menos de una quinta parte.
- Lo que suma una tabla a la que le faltan cifras: no se puede confirmar, y dice qué falta.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pregon.audit.explain import UNKNOWN, explain_figure
from pregon.audit.finding import Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import (
    ENTITIES,
    MEASURES,
    hold,
    name_place,
    name_subject,
    operands_of,
    print_value,
    tidy,
)
from pregon.claims.accounts import accounts_of, relate
from pregon.claims.bond import Bond, Tie
from pregon.claims.bounded import quote_bound
from pregon.claims.claim import Claim, Subject
from pregon.claims.vocabulary import SOCIAL
from pregon.relations.relation import Verdict

_TIES = (Tie.RESTATED, Tie.SAME_CELL, Tie.SAME_PROSE, Tie.PART_OF_WHOLE, Tie.EXTREME, Tie.BOUND)


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Judge every figure that the document gives in two places."""
    for number, bond in enumerate(reading.bonds):
        if bond.tie not in _TIES:
            continue
        target = reading.claims[bond.relation.target]
        match bond.relation.verdict:
            case Verdict.CONTRADICTION:
                yield _contradict(number, bond, target, reading)
            case Verdict.UNDECIDED:
                yield _abstain(bond, target, reading)
            case _ if bond.tie is Tie.BOUND:
                told = f"«{quote_bound(target)}»: {print_value(bond.relation.value)}"
                yield replace(hold(RULE.code, name_subject(target, reading), bond, reading), account=told)
            case _:
                yield hold(RULE.code, name_subject(target, reading), bond, reading)


def _contradict(number: int, bond: Bond, target: Claim, reading: Reading) -> Finding:
    relation = bond.relation
    operands = [reading.claims[operand] for operand in relation.operands]
    blame = reading.blame_of.get(number)
    culprit = reading.claims[blame.place] if blame is not None else target
    right = culprit.amount.value - (blame.difference if blame is not None else relation.difference)
    expected = print_value(right)
    if bond.tie in (Tie.PART_OF_WHOLE, Tie.BOUND):
        culprit, expected = target, print_value(relation.value)
    places = [culprit.location, target.location, *(operand.location for operand in operands)]
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=Severity.CONTRADICTION,
        message=_tell(bond, target, operands, reading),
        locations=tuple(dict.fromkeys(places)),
        stated=culprit.text,
        expected=expected,
        operands=operands_of(operands),
        cause=_explain(bond, target, operands, culprit, reading),
        remedy=_mend(bond, culprit, expected),
    )


def _tell(bond: Bond, target: Claim, operands: list[Claim], reading: Reading) -> str:
    value = print_value(bond.relation.value)
    subject = _name(target, operands, reading)
    match bond.tie:
        case Tie.SAME_PROSE:
            return f"{subject}: una frase dice {operands[0].text} y otra {target.text}."
        case Tie.SAME_CELL:
            return (
                f"{subject}: {name_place(operands[0].location)} dice {operands[0].text} "
                f"y {name_place(target.location)} dice {target.text}."
            )
        case Tie.PART_OF_WHOLE:
            noun = MEASURES.get(target.subject.measure, target.name)
            return f"El texto dice {target.text} {noun} y la tabla {bond.table} tiene {value}."
        case Tie.BOUND:
            return f"{subject}: {name_place(target.location)} dice «{quote_bound(target)}» y la tabla da {value}."
        case Tie.EXTREME:
            return f"Dice que la mayor asistencia fue {target.text} y la tabla {bond.table} da {value}."
        case _:
            verb = "da" if len(operands) > 1 else "dice"
            return f"{subject}: {name_place(target.location)} dice {target.text} y la tabla {verb} {value}."


def _name(target: Claim, operands: list[Claim], reading: Reading) -> str:
    """What a figure is about; where its sentence names a row of the table, that row."""
    place = operands[0].location
    table = reading.tabulation(place.table)
    if len(operands) > 1 or target.subject.entity or table is None or place.row is None:
        return name_subject(target, reading)
    row = table.line_name(place.row - 1) if operands[0].subject.entity.startswith("~") else ""
    return tidy(row) or name_subject(target, reading)


def _explain(bond: Bond, target: Claim, operands: list[Claim], culprit: Claim, reading: Reading) -> str:
    if bond.tie is Tie.PART_OF_WHOLE:
        return "Una parte no puede ser mayor que el total: o faltan piezas en la tabla o no se entregaron todas."
    if culprit.number != target.number:
        return f"Otras cuentas del documento apuntan a la tabla: donde dice {culprit.text}."
    parts = [(operand.name, operand.amount.value) for operand in operands]
    own = ENTITIES.get(target.subject.entity, target.name)
    return (
        explain_figure(
            target.amount.value, bond.relation.value, own=own, parts=parts, neighbours=_neighbours(target, reading)
        )
        or UNKNOWN
    )


def _neighbours(target: Claim, reading: Reading) -> Iterator[tuple[str, Decimal]]:
    """The same measure of the other networks, as their own tables give it."""
    if target.subject.entity not in SOCIAL:
        return
    for entity in sorted(SOCIAL - {target.subject.entity}):
        subject = Subject(entity, target.subject.measure, target.subject.period)
        for account in accounts_of(subject, reading.index)[:1]:
            yield ENTITIES.get(entity, entity), relate(target, account, reading.index).value


def _mend(bond: Bond, culprit: Claim, expected: str) -> str:
    if bond.tie is Tie.PART_OF_WHOLE:
        return "Compruebe cuántas piezas se entregaron y escriba el mismo número en los dos lugares."
    return f"Revise {name_place(culprit.location)}: donde dice {culprit.text} debería decir {expected}."


def _abstain(bond: Bond, target: Claim, reading: Reading) -> Finding:
    operands = [reading.claims[number] for number in bond.relation.operands]
    value = print_value(bond.relation.value)
    if bond.tie is Tie.EXTREME:
        message = (
            f"Dice que la mayor asistencia fue {target.text} y ese evento no está en la tabla {bond.table}. "
            f"La mayor de la tabla es {value}."
        )
        remedy = "Lo resuelve agregar el evento a la tabla, con su lista de asistencia."
        cause = "El evento puede faltar en la tabla o la frase ser de otro informe."
    else:
        noun = MEASURES.get(target.subject.measure, "")
        message = (
            f"{name_subject(target, reading)}: {name_place(target.location)} dice {target.text} y lo que se ve en la "
            f"tabla {bond.table} suma {value}. No se puede confirmar: faltan cifras."
        )
        remedy = f"Lo resuelven las cifras de {noun} que faltan en la tabla." if noun else "Complete la tabla."
        cause = "A la tabla le faltan cifras."
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=Severity.INCONCLUSIVE,
        message=message,
        locations=tuple(dict.fromkeys([target.location, *(operand.location for operand in operands)])),
        stated=target.text,
        expected=value,
        operands=operands_of(operands),
        cause=cause,
        remedy=remedy,
    )


RULE = Rule(code="REF001", name="restated-figure", severity=Severity.CONTRADICTION, since="0.1", check=check)
