"""Un total que no coincide con la suma de sus partes.

## Qué revisa

Que cada total dicho sea la suma de lo que dice sumar: la columna «Total» de una tabla, la fila «Total por mes», los
subtotales y el total de los subtotales, el desglose de una frase («273: 94 en Facebook, 89 en Instagram y 90 en X»),
la lista que sigue a una cifra y el total escrito en palabras («Para un total de 278 publicaciones»), también cuando la
misma frase dice sus partes: «267 en redes y 6 noticias, para un total de 283», «36 mensajes (10 en octubre, 13 en
noviembre y 14 en diciembre)». Mira las filas y las columnas: si las dos fallan en lo mismo, señala la celda donde se
cruzan.

## Por qué importa

Quien lee un informe suma. Un total que no sale hace dudar de todas las demás cifras, también de las que están bien.

## Ejemplo

| | Octubre | Noviembre | Diciembre | Total |
|---|---|---|---|---|
| WhatsApp | 10 | 13 | 14 | **36** |

«WhatsApp: el total dice 36 y los tres meses suman 37.» El total correcto es 37, o uno de los meses está mal.

## Qué no juzga

- Cifras redondeadas: si coinciden dentro del redondeo, cuadran y lo dice («cuadra por redondeo»).
- Totales de una tabla a la que le falta un mes: no se puede confirmar, y dice cuánto tendría que valer ese mes.
- Lo que no se suma: personas alcanzadas o espectadores de varios meses. «No sumable» es la respuesta correcta. Solo
  avisa si el dato del trimestre es menor que el de un mes o mayor que todos juntos.
- Partes de una frase que no dice que sean todas, o que pueden repetir a la misma persona: «45 personas (30 mujeres y 20
  jóvenes)». Solo dice si cuadran.
- Promedios, porcentajes y variaciones: tienen sus propias reglas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pregon.audit.explain import UNKNOWN, explain_figure
from pregon.audit.finding import Finding, Holding, Operand, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import (
    hold,
    name_line,
    name_parts,
    name_place,
    name_subject,
    operands_of,
    print_value,
    tidy,
)
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim
from pregon.figures.spanish import join_words
from pregon.relations.relation import Verdict

_TIES = (Tie.TABLE_SUM, Tie.BREAKDOWN, Tie.TOTAL_IN_PROSE, Tie.EQUATION)


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Judge every sum; totals whose table lacks a month are told once a table, as not derivable."""
    undecided: dict[int, list[Bond]] = defaultdict(list)
    for number, bond in enumerate(reading.bonds):
        if bond.tie not in _TIES:
            continue
        target = reading.claims[bond.relation.target]
        match bond.relation.verdict:
            case Verdict.CONTRADICTION:
                yield _contradict(number, bond, target, reading)
            case Verdict.UNDECIDED:
                undecided[bond.table or 0].append(bond)
            case _:
                what = "Cuenta escrita" if bond.tie is Tie.EQUATION else name_line(target)
                yield hold(RULE.code, what, bond, reading)
    for table, bonds in undecided.items():
        yield _abstain(table, bonds, reading)


def _contradict(number: int, bond: Bond, target: Claim, reading: Reading) -> Finding:
    relation = bond.relation
    parts = [reading.claims[operand] for operand in relation.operands]
    blame = reading.blame_of.get(number)
    culprit = reading.claims[blame.place] if blame is not None else target
    right = culprit.amount.value - (blame.difference if blame is not None else relation.difference)
    places = [culprit.location, target.location, *(part.location for part in parts)]
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=Severity.CONTRADICTION,
        message=_tell(bond, target, parts, reading),
        locations=tuple(dict.fromkeys(places)),
        stated=culprit.text,
        expected=print_value(right),
        operands=operands_of(parts),
        cause=_explain(bond, target, parts, culprit, reading, is_sure=blame is not None and blame.is_sure),
        remedy=_mend(culprit, target, print_value(right), bond, is_sure=blame is not None and blame.is_sure),
    )


def _tell(bond: Bond, target: Claim, parts: list[Claim], reading: Reading) -> str:
    account = print_value(bond.relation.value)
    match bond.tie:
        case Tie.BREAKDOWN:
            return f"El desglose de {target.text} {_noun(target, reading)}suma {account} y no {target.text}."
        case Tie.TOTAL_IN_PROSE:
            return f"El total general dice {target.text} y la cuenta da {account}."
        case Tie.EQUATION:
            return f"La cuenta escrita dice {target.text} y da {account}."
        case _:
            along_row = all(part.location.row == target.location.row for part in parts)
            line = name_line(target) if along_row else tidy(target.location.column_label) or name_line(target)
            return f"{line}: el total dice {target.text} y {name_parts(parts, along_row=along_row)} suman {account}."


def _noun(target: Claim, reading: Reading) -> str:
    named = name_subject(target, reading)
    if not named or named == "La cifra":
        return ""
    is_name = any(letter.isupper() for letter in named[1:])  # «WhatsApp» keeps its capitals
    return f"({named if is_name else named[0].lower() + named[1:]}) "


def _explain(bond: Bond, target: Claim, parts: list[Claim], culprit: Claim, reading: Reading, *, is_sure: bool) -> str:
    relation = bond.relation
    if culprit.number != target.number:
        where = "la línea de" if not culprit.is_cell else "la cifra de"
        return f"Viene de {where} {_name_culprit(culprit, reading)}, que dice {culprit.text}."
    named = [(part.name, part.amount.value) for part in parts]
    slip = explain_figure(target.amount.value, relation.value, own=target.name, parts=named)
    if bond.tie is Tie.TOTAL_IN_PROSE:
        return " ".join(filter(None, (_tell_tried(bond, target), slip))) or UNKNOWN
    if slip or bond.tie is not Tie.TABLE_SUM:
        return slip or UNKNOWN
    if is_sure:
        return "Otra cuenta del documento también lo muestra: el total es lo que no cuadra."
    one = "un mes" if "meses" in name_parts(parts, along_row=True) else "una parte"
    return (
        f"No se puede saber si sobra en {one} o falta en el total."
        if relation.difference < 0
        else (f"No se puede saber si falta en {one} o sobra en el total.")
    )


def _name_culprit(culprit: Claim, reading: Reading) -> str:
    return name_subject(culprit, reading)


def _tell_tried(bond: Bond, target: Claim) -> str:
    if not bond.tried:
        return ""
    told = [f"con {terms} daría {value}" for terms, value in bond.tried]
    sentence = "; ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}: ninguna combinación da {target.text}."


def _mend(culprit: Claim, target: Claim, right: str, bond: Bond, *, is_sure: bool) -> str:
    if culprit.number != target.number or is_sure or bond.tie is not Tie.TABLE_SUM:
        return f"Revise {name_place(culprit.location)}: donde dice {culprit.text} la cuenta pide {right}."
    return f"Revise las partes con su fuente; si están bien, el total es {right}."


def _abstain(table: int, bonds: list[Bond], reading: Reading) -> Finding:
    """Totals that do not come from the columns that are seen, because one is blank."""
    targets = [reading.claims[bond.relation.target] for bond in bonds]
    first = bonds[0]
    parts = [reading.claims[number] for number in first.relation.operands]
    lacking = tuple(dict.fromkeys(_column_or_row(bond, place) for bond in bonds for place in bond.missing))
    seen = join_words([part.name for part in parts])
    missing = join_words([label.lower() for label in lacking if label]) or "lo que falta"
    tabulation = reading.tabulation(table)
    named = tidy(tabulation.name) if tabulation is not None and tabulation.name else f"la tabla {table}"
    one = len(bonds) == 1
    needed = print_value(targets[0].amount.value - first.relation.value)
    consequences = tuple(
        f"{name_line(target)}: {write_seen(bond, reading)} y el total dice {target.text}; "
        f"{missing} tendría que ser {print_value(target.amount.value - bond.relation.value)}."
        for target, bond in zip(targets, bonds, strict=True)
    )
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=Severity.INCONCLUSIVE,
        message=(
            f"{'El total' if one else 'Los totales'} de {named} no {'sale' if one else 'salen'} de {seen}: "
            f"para {targets[0].text}, {missing} tendría que ser {needed}."
        ),
        locations=tuple(dict.fromkeys([*(target.location for target in targets), *first.missing])),
        stated=targets[0].text,
        expected="",
        operands=tuple(Operand(part.name, part.text, part.location) for part in parts),
        cause=f"Falta {missing}: con lo que se ve no se puede confirmar.",
        remedy=f"Lo resuelve la cifra de {missing}, con su archivo.",
        consequences=consequences if not one else (),
    )


def _column_or_row(bond: Bond, place: object) -> str:
    """What a missing part is called: the line in which it differs from the total."""
    target = bond.missing[0] if bond.missing else None
    if target is None:
        return ""
    found = next(location for location in bond.missing if location is place)
    return found.column_label if _is_along_row(bond) else found.row_label


def _is_along_row(bond: Bond) -> bool:
    rows = {location.row for location in bond.missing}
    return len(rows) == 1 and len({location.column for location in bond.missing}) >= 1


def write_seen(bond: Bond, reading: Reading) -> str:
    """What the parts that are there add up to: «5.700 + 3.400 = 9.100»."""
    terms = " + ".join(reading.claims[number].text for number in bond.relation.operands)
    return f"{terms} = {print_value(bond.relation.value)}"


RULE = Rule(code="SUM001", name="total-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
