"""Diseños o acompañamientos que no son los de los registros.

## Qué revisa

Con `--against registro.xlsx`, cuántos diseños y acompañamientos dice el informe que hubo en un mes o en el trimestre,
contra las solicitudes de los registros. Vale cualquiera de las dos cuentas que una oficina puede hacer: las que se
pidieron en ese tiempo o las que se entregaron en él. Sin registro no revisa nada.

## Por qué importa

Son las cifras con que una oficina muestra su trabajo hacia dentro, y las que nadie puede comprobar por fuera.

## Ejemplo

| | Octubre | Noviembre | Diciembre | Total |
|---|---|---|---|---|
| Diseños | 30 | 27 | **32** | 89 |

«Diseños, diciembre: el informe dice 32 y los registros dan 22 por fecha de pedido y 24 por fecha de
entrega.»

## Qué no juzga

- Los de una campaña, un evento o una dependencia, o de una clase: «20 diseños de carnés».
- Lo que se planeó o se espera.
- Las de otro periodo que el del registro, y las de un registro sin solicitudes de esa clase.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from pregon.audit.explain import UNKNOWN
from pregon.audit.finding import Agreement, Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import MEASURES, name_place, print_value
from pregon.claims.claim import Claim, Scope
from pregon.claims.narrowing import is_of_one, is_planned, is_qualified, names_other_year
from pregon.figures.amount import Amount
from pregon.figures.period import PeriodKind
from pregon.figures.spanish import month_name
from pregon.relations.relation import Verdict, judge

if TYPE_CHECKING:
    from pregon.claims.requests import RequestCount
    from pregon.records.dossier import Dossier


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Hold every count of a kind of request against both counts of the dossier; without a dossier, nothing."""
    dossier = reading.against
    if dossier is None:
        return
    for claim in reading.claims:
        found = _judge(claim, dossier, reading)
        if found is not None:
            yield found


def _judge(claim: Claim, dossier: Dossier, reading: Reading) -> Finding | Holding | None:
    if claim.scope is not Scope.WHOLE or claim.amount.unit or claim.is_bound_by_context:
        return None
    if not claim.is_cell and (is_of_one(claim) or is_planned(claim) or is_qualified(claim)):
        return None
    if not claim.is_cell and names_other_year(claim, dossier.period.end.year):
        return None
    from pregon.claims.requests import count_of_claim  # the records' types load only for who brings a dossier

    counted = count_of_claim(reading.index.settle(claim.subject), dossier, has_year=reading.timeline.has_year)
    if counted is None:
        return None
    name = _name(claim, reading)
    for number, word in ((counted.asked, "por fecha de pedido"), (counted.delivered, "por fecha de entrega")):
        verdict = judge(claim.amount, Amount.exact(number).interval)
        if verdict is not Verdict.CONTRADICTION:
            agreement = Agreement.EXACT if verdict is Verdict.EXACT else Agreement.ROUNDED
            account = f"{claim.text} = {print_value(Decimal(number))} {word}"
            return Holding(RULE.code, f"{name}, en los registros", account, agreement, (claim.location,))
    return _tell(claim, name, counted)


def _tell(claim: Claim, name: str, counted: RequestCount) -> Finding:
    asked, delivered = print_value(Decimal(counted.asked)), print_value(Decimal(counted.delivered))
    right = f"{asked} por fecha de pedido y {delivered} por fecha de entrega" if asked != delivered else asked
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{name}: el informe dice {claim.text} y los registros dan {right}.",
        locations=(claim.location,),
        stated=claim.text,
        expected=right,
        cause=UNKNOWN,
        remedy=f"Revise {name_place(claim.location)}: donde dice {claim.text} los registros dan {right}.",
    )


def _name(claim: Claim, reading: Reading) -> str:
    """«Diseños», «Acompañamientos, octubre»."""
    subject = reading.index.settle(claim.subject)
    name = MEASURES.get(subject.measure, "solicitudes").capitalize()
    if subject.period is not None and subject.period.kind is PeriodKind.MONTH:
        return f"{name}, {month_name(subject.period.start.month)}"
    return name


RULE = Rule(code="LED002", name="request-count-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
