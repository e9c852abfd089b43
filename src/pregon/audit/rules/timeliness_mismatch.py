"""Una oportunidad que no es la de los registros.

## Qué revisa

Con `--against registro.xlsx`, el porcentaje de diseños, acompañamientos o solicitudes que el informe dice entregados a
tiempo, contra las fechas de los registros. Vale sobre las entregadas y también sobre todas las que tenían fecha. Sin
registro no revisa nada.

## Por qué importa

La oportunidad es el indicador que más se afirma y menos se calcula: un 100 % se escribe sin mirar ninguna fecha.

## Ejemplo

> El **100 %** de los diseños se entregó a tiempo.

«Diseños a tiempo: el informe dice 100 % y los registros dan 96,2 % (75 de 78).»

## Qué no juzga

- Metas, y lo que se planeó o se espera.
- Los de una campaña, un evento, una dependencia o una parte del periodo.
- Las frases con más de un porcentaje.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pregon.audit.explain import UNKNOWN
from pregon.audit.finding import Agreement, Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import name_place
from pregon.claims.claim import Claim
from pregon.claims.narrowing import is_of_one, is_planned, names_other_year, sentence_of
from pregon.claims.vocabulary import find_measures, flatten
from pregon.figures.amount import Amount
from pregon.figures.spanish import print_amount, print_number

if TYPE_CHECKING:
    from pregon.claims.requests import OnTime
    from pregon.records.dossier import Dossier
    from pregon.records.service import RequestKind

_ON_TIME: Final = re.compile(
    r"\ba tiempo\b|\boportun(?:idad|o|a|os|as|amente)\b|\bdentro de los? (?:plazos?|terminos?)\b"
)
_OF_THEM: Final = re.compile(
    r"\s*de (?:l[ao]s )?(?:solicitudes|disenos|acompanamientos|cubrimientos|piezas)\b.*\b(?:entreg|atend|cumpl)"
)


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Hold every share of requests on time against the dossier's dates; without a dossier, nothing."""
    dossier = reading.against
    if dossier is None:
        return
    for claim in reading.claims:
        if claim.is_cell or claim.amount.unit != "%":
            continue
        found = _judge(claim, dossier, reading)
        if found is not None:
            yield found


def _judge(claim: Claim, dossier: Dossier, reading: Reading) -> Finding | Holding | None:
    sentence = sentence_of(claim)
    if not _is_bound(claim) or "%" in sentence or is_of_one(claim) or is_planned(claim):
        return None
    if names_other_year(claim, dossier.period.end.year):
        return None
    from pregon.claims.records import period_of_records
    from pregon.claims.requests import kinds_in, names_office, shares_on_time

    kinds = kinds_in(sentence)
    period = period_of_records(claim.subject.period, dossier, has_year=reading.timeline.has_year)
    if kinds is None or period != dossier.period or names_office(sentence, dossier):
        return None
    shares = shares_on_time(dossier, kinds)
    if not shares:
        return None
    for share in shares:
        if _agrees(claim.amount, share):
            agreement = Agreement.EXACT if claim.amount.value == share.rate.value else Agreement.ROUNDED
            account = f"{_count(share)} = {print_amount(share.rate)}"
            return Holding(
                RULE.code, f"{_name(kinds)} a tiempo, en los registros", account, agreement, (claim.location,)
            )
    return _tell(claim, kinds, shares[0])


def _is_bound(claim: Claim) -> bool:
    """Whether the percentage is of what was asked for and came on time, and not of anything said near it."""
    text = flatten(claim.location.text)
    before = re.split(r"[.;\n]", text[: claim.location.start])[-1]
    after = re.split(r"[.;\n]", text[claim.location.end or 0 :], maxsplit=1)[0]
    if _ON_TIME.search(before) and find_measures(before):
        return True
    return _OF_THEM.match(after) is not None and _ON_TIME.search(after) is not None


def _agrees(stated: Amount, share: OnTime) -> bool:
    """Whether a percentage prints so, rounded or cut at its last place."""
    exact = Decimal(share.on_time) * 100 / share.of
    ulp = stated.ulp or Decimal(1)
    return stated.value - ulp / 2 <= exact < stated.value + ulp


def _tell(claim: Claim, kinds: Collection[RequestKind], share: OnTime) -> Finding:
    right = f"{print_amount(share.rate)} ({_count(share)})"
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{_name(kinds)} a tiempo: el informe dice {claim.text} y los registros dan {right}.",
        locations=(claim.location,),
        stated=claim.text,
        expected=right,
        cause=UNKNOWN,
        remedy=f"Revise {name_place(claim.location)}: donde dice {claim.text} los registros dan {right}.",
    )


def _count(share: OnTime) -> str:
    return f"{print_number(share.on_time)} de {print_number(share.of)}"


def _name(kinds: Collection[RequestKind]) -> str:
    """«Diseños», «Acompañamientos», and «Solicitudes» for any others."""
    only = next(iter(kinds)).value if len(kinds) == 1 else ""
    return {"design": "Diseños", "coverage": "Acompañamientos"}.get(only, "Solicitudes")


RULE = Rule(code="LED003", name="timeliness-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
