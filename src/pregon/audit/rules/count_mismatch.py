"""Un número de cosas que no coincide con las que se enumeran.

## Qué revisa

Que lo que se cuenta sea lo que se muestra: «Campañas realizadas: 6» y las campañas de la lista, «se llevaron a cabo 7
eventos» y las filas de la tabla de eventos, «Total eventos: 6» al final de su propia tabla, «3 riesgos» y los títulos
«Riesgo 1», «Riesgo 2» y «Riesgo 3».

## Por qué importa

Es lo primero que comprueba quien audita: contar con el dedo. Y suele delatar una lista que creció o un número que quedó
de otro informe.

## Ejemplo

> Campañas realizadas en el trimestre: **6**
> · Salud mental · Discriminación · Violencia institucional · Informarse · DDHH · Ambientales · Código de Integridad

«Dice 6 campañas y enumera 7.» La última pudo agregarse sin cambiar el número.

## Qué no juzga

- Cuentas que no abarcan todo: «3 eventos sin asistencia», «de ellos, 2 virtuales».
- Plazos y duraciones: «pasaron 4 días hábiles», aunque haya una tabla de días.
- Números sin una lista o una tabla que sea, con seguridad, la de esas cosas y esté en la misma sección.
- Si las cosas ocurrieron en el periodo: de eso se ocupa PER001.
"""

from __future__ import annotations

from collections.abc import Iterator

from pregon.audit.finding import Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import MEASURES, hold, name_place
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim
from pregon.figures.spanish import count_of
from pregon.relations.relation import Verdict


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Judge every count whose things the document shows one by one."""
    for bond in reading.bonds:
        if bond.tie not in (Tie.COUNT, Tie.ROW_COUNT):
            continue
        target = reading.claims[bond.relation.target]
        if bond.relation.verdict is Verdict.CONTRADICTION:
            yield _contradict(bond, target)
        else:
            yield hold(RULE.code, _noun(target).capitalize(), bond, reading)


def _noun(target: Claim) -> str:
    return MEASURES.get(target.subject.measure) or target.subject.measure.removeprefix("~") or "cosas"


def _contradict(bond: Bond, target: Claim) -> Finding:
    count = len(bond.things)
    if bond.tie is Tie.COUNT:
        message = f"Dice {target.text} {_noun(target)} y enumera {count}."
    else:
        message = (
            f"Dice {target.text} {_noun(target)} y la tabla {bond.table} tiene {count_of(count, 'fila', 'filas')}."
        )
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=Severity.CONTRADICTION,
        message=message,
        locations=(target.location, *(place for _, place in bond.things)),
        stated=target.text,
        expected=str(count),
        operands=(),
        operator="#",
        cause=_explain(bond, target, count),
        remedy=f"Compruebe cuáles van y corrija {name_place(target.location)} o la lista.",
    )


def _explain(bond: Bond, target: Claim, count: int) -> str:
    if target.amount.value == count - 1:
        last = bond.things[-1][0]
        return f"La última, «{last}», pudo agregarse sin cambiar el número."
    if target.amount.value == count + 1:
        return "Puede faltar una en la lista, o el número venir de otro informe."
    return "No se encontró la causa."


RULE = Rule(code="CNT001", name="count-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
