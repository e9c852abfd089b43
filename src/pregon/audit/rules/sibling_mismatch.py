"""Una línea que no hace la cuenta de sus hermanas.

## Qué revisa

Las tablas en las que ninguna palabra dice «total»: busca la cuenta que sale en varias filas o columnas (una suma, esté
antes o después de sus partes, un subtotal, una diferencia, un promedio, una proporción, un cambio) y
señala la línea en la que no sale.

## Por qué importa

Una tabla hecha con cuidado hace la misma cuenta en todas sus líneas. Donde una se aparta, casi siempre hay una cifra
mal digitada, y quien la lea no tiene una palabra que le avise.

## Ejemplo

| Red | Textos | Imágenes | Publicaciones |
|---|---|---|---|
| Facebook | 44 | 50 | 94 |
| Instagram | 61 | 28 | 89 |
| X | 46 | 44 | **91** |
| YouTube | 17 | 35 | 52 |

«X, Publicaciones: dice 91 y la cuenta que hacen las otras tres filas da 90.»

## Qué no juzga

- Cuentas que salen en una sola línea, o que fallan en varias: no son una regla de la tabla.
- Líneas de otra clase (una fila de promedios bajo filas de cantidades).
- Cifras redondeadas: si en la tabla varias sumas se apartan en el último dígito, ninguna se señala.
- Diferencias que ningún descuido explica, en tablas de pocas líneas: dice que no es concluyente.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pregon.audit.explain import UNKNOWN, explain_figure
from pregon.audit.finding import Agreement, Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import count_words, name_cell, name_place, operands_of
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim
from pregon.document.prose import Operator
from pregon.figures.spanish import print_number
from pregon.relations.relation import Verdict

_SIGNS: Final = {Operator.SHARE: "÷", Operator.CHANGE: "−"}
_MORE_DECIMALS: Final = 2


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Judge every account that the lines of a table share."""
    for number, bond in enumerate(reading.bonds):
        if bond.tie is not Tie.SIBLING:
            continue
        match bond.relation.verdict:
            case Verdict.CONTRADICTION:
                yield _contradict(number, bond, reading)
            case Verdict.UNDECIDED:
                yield _abstain(bond, reading)
            case verdict:
                target, parts = _figures(bond, reading)
                yield Holding(
                    code=RULE.code,
                    what=name_cell(target, along_row=_runs_along_row(target, parts)),
                    account=f"{_account(bond, parts)} = {target.text}",
                    agreement=Agreement.EXACT if verdict is Verdict.EXACT else Agreement.ROUNDED,
                    locations=(target.location, *(part.location for part in parts)),
                )


def _figures(bond: Bond, reading: Reading) -> tuple[Claim, list[Claim]]:
    return reading.claims[bond.relation.target], [reading.claims[number] for number in bond.relation.operands]


def _runs_along_row(target: Claim, parts: list[Claim]) -> bool:
    return all(part.location.row == target.location.row for part in parts)


def _account(bond: Bond, parts: list[Claim]) -> str:
    """The account as a person writes it."""
    terms = [part.text for part in parts]
    match bond.relation.operator:
        case Operator.MEAN:
            return f"({' + '.join(terms)}) ÷ {len(terms)}"
        case Operator.SHARE:
            return " ÷ ".join(terms)
        case Operator.CHANGE:
            return " frente a ".join(terms)
        case _:
            return " + ".join(terms)


def _print_like(value: Decimal, claim: Claim) -> str:
    """A value to the last place that its figure shows; quotients with some more."""
    shown = len(claim.text.partition(",")[2].rstrip(" %\N{NO-BREAK SPACE}"))
    exponent = int(value.normalize().as_tuple().exponent)
    decimals = min(max(0, -exponent), max(shown, _MORE_DECIMALS))
    unit = "\N{NO-BREAK SPACE}%" if claim.amount.unit == "%" else ""
    return f"{print_number(value, decimals=decimals)}{unit}"


def _tell(bond: Bond, target: Claim, parts: list[Claim]) -> str:
    along_row = _runs_along_row(target, parts)
    lines = "filas" if along_row else "columnas"
    others = f"las otras {count_words(bond.siblings, feminine=True)} {lines}"
    if bond.siblings == 1:
        others = f"la otra {lines[:-1]}"
    does = "hace" if bond.siblings == 1 else "hacen"
    return (
        f"{name_cell(target, along_row=along_row)}: dice {target.text} y la cuenta que {does} {others} "
        f"da {_print_like(bond.relation.value, target)}."
    )


def _contradict(number: int, bond: Bond, reading: Reading) -> Finding:
    target, parts = _figures(bond, reading)
    blame = reading.blame_of.get(number)
    culprit = reading.claims[blame.place] if blame is not None else target
    difference = blame.difference if blame is not None else bond.relation.difference
    right = _print_like(culprit.amount.value - difference, culprit)
    place = name_cell(culprit, along_row=True)
    remedy = f"Revise esa línea con su fuente; si las demás cifras están bien, en vez de {culprit.text} va {right}."
    if blame is not None and blame.is_sure:
        remedy = f"Revise {name_place(culprit.location)}, {place}: donde dice {culprit.text} la cuenta pide {right}."
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=_tell(bond, target, parts),
        locations=tuple(dict.fromkeys([culprit.location, target.location, *(part.location for part in parts)])),
        stated=culprit.text,
        expected=right,
        operands=operands_of(parts),
        operator=_SIGNS.get(bond.relation.operator, "+" if bond.relation.operator is Operator.SUM else ";"),
        cause=_explain(bond, target, parts, culprit, difference, reading),
        remedy=remedy,
    )


def _explain(
    bond: Bond, target: Claim, parts: list[Claim], culprit: Claim, difference: Decimal, reading: Reading
) -> str:
    """The slip that explains it; where the figure charged shows none, the slip of one of its parts."""
    neighbours = [(claim.location.row_label, claim.amount.value) for claim in _beside(culprit, reading)]
    terms = [(part.name, part.amount.value) for part in parts]
    stated = culprit.amount.value
    slip = explain_figure(stated, stated - difference, parts=terms if culprit is target else (), neighbours=neighbours)
    if culprit is not target:
        return f"Viene de {name_cell(culprit, along_row=True)}, que dice {culprit.text}. {slip}".strip()
    if slip or bond.relation.operator is not Operator.SUM:
        return slip or UNKNOWN
    for part in parts:
        value = part.amount.value
        slip = explain_figure(value, value + difference)
        if slip:
            due = _print_like(value + difference, part)
            return f"Saldría si {name_cell(part, along_row=True)} fuera {due} y no {part.text}. {slip}"
    return UNKNOWN


def _beside(claim: Claim, reading: Reading) -> Iterator[Claim]:
    place = claim.location
    if place.table is None or place.row is None or place.column is None:
        return
    for row, column in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        found = reading.index.cells[place.table].get((place.row - 1 + row, place.column - 1 + column))
        if found is not None:
            yield found


def _abstain(bond: Bond, reading: Reading) -> Finding:
    target, parts = _figures(bond, reading)
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=Severity.INCONCLUSIVE,
        message=_tell(bond, target, parts),
        locations=tuple(dict.fromkeys([target.location, *(part.location for part in parts)])),
        stated=target.text,
        expected=_print_like(bond.relation.value, target),
        operands=operands_of(parts),
        cause="Ningún descuido conocido explica la diferencia: puede que esta línea no haga la misma cuenta.",
        remedy="Lo resuelve la fuente de esas cifras.",
    )


RULE = Rule(code="SUM002", name="sibling-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
