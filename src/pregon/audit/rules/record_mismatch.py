"""Una cifra que no es la de los registros.

## Qué revisa

Con `--against registro.xlsx`, cada cifra del informe que se sabe de qué canal, de qué medida y de qué mes o trimestre
es, contra la que dan los registros. También cuántos eventos y campañas hubo. Sin registro no revisa nada.

## Por qué importa

Un informe puede cuadrar consigo mismo y estar mal: si el total y el mes se cambiaron juntos, solo los registros lo
dicen.

## Ejemplo

| | Octubre | Noviembre | Diciembre | Total |
|---|---|---|---|---|
| WhatsApp | 10 | 13 | 14 | **36** |

«WhatsApp: el informe dice 36 y los registros dan 37.»

## Qué no juzga

- Cifras que no se sabe con seguridad de qué canal, de qué medida o de cuándo son.
- Lo que los registros no tienen, y lo que no se suma.
- Las de otro periodo que el del registro.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from pregon.audit.explain import UNKNOWN, explain_figure
from pregon.audit.finding import Agreement, Finding, Holding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import ENTITIES, MEASURES, name_place, print_value
from pregon.claims.claim import Claim, Scope
from pregon.claims.narrowing import is_of_one
from pregon.claims.said_periods import periods_in
from pregon.claims.vocabulary import ATTENDEES, CAMPAIGNS, EVENTS
from pregon.figures.period import PeriodKind
from pregon.figures.spanish import month_name
from pregon.relations.relation import Verdict, judge

if TYPE_CHECKING:
    from pregon.records.dossier import Dossier
    from pregon.records.totals import Measure


def check(reading: Reading) -> Iterator[Finding | Holding]:
    """Hold every figure whose subject is sure against the dossier's; without a dossier, nothing."""
    dossier = reading.against
    if dossier is None:
        return
    for claim in reading.claims:
        found = _judge(claim, dossier, reading)
        if found is not None:
            yield found


def _judge(claim: Claim, dossier: Dossier, reading: Reading) -> Finding | Holding | None:
    if claim.scope is not Scope.WHOLE or claim.amount.unit or (not claim.is_cell and _is_narrow(claim)):
        return None
    from pregon.claims.records import measure_of_claim  # the records' types load only for who brings a dossier

    recorded = measure_of_claim(reading.index.settle(claim.subject), dossier, has_year=reading.timeline.has_year)
    if recorded is None or recorded.amount is None:
        return None
    name = _name(claim, reading)
    right = print_value(recorded.amount.value)
    verdict = judge(claim.amount, recorded.amount.interval)
    if verdict is not Verdict.CONTRADICTION:
        agreement = Agreement.EXACT if verdict is Verdict.EXACT else Agreement.ROUNDED
        return Holding(RULE.code, f"{name}, en los registros", f"{claim.text} = {right}", agreement, (claim.location,))
    return Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{name}: el informe dice {claim.text} y los registros dan {right}.",
        locations=(claim.location,),
        stated=claim.text,
        expected=right,
        cause=explain_figure(claim.amount.value, recorded.amount.value, parts=list(_parts(recorded))) or UNKNOWN,
        remedy=f"Revise {name_place(claim.location)}: donde dice {claim.text} los registros dan {right}.",
    )


def _is_narrow(claim: Claim) -> bool:
    """Whether a sentence may speak of less than the whole: it names a campaign or an event, or leaves out the noun."""
    if claim.is_bound_by_context:
        return True
    if claim.subject.measure in (EVENTS, CAMPAIGNS, ATTENDEES):
        return False
    return is_of_one(claim)


def _parts(recorded: Measure) -> Iterator[tuple[str, Decimal]]:
    """The months that a quarter's figure is added from, by name."""
    for part in recorded.parts:
        months = periods_in(part.key.rpartition(".")[2])
        if part.amount is not None and len(months) == 1 and len(months[0].months) == 1:
            yield month_name(months[0].months[0]), part.amount.value


def _name(claim: Claim, reading: Reading) -> str:
    """«WhatsApp», «Facebook, visitas, octubre»."""
    subject = reading.index.settle(claim.subject)
    measure = MEASURES.get(subject.measure, "")
    entity = ENTITIES.get(subject.entity, "")
    plain = subject.measure in ("", "posts", "news", "messages")
    words = [entity or measure.capitalize(), measure if entity and not plain else ""]
    if subject.period is not None and subject.period.kind is PeriodKind.MONTH:
        words.append(month_name(subject.period.start.month))
    return ", ".join(word for word in words if word) or "La cifra"


RULE = Rule(code="LED001", name="record-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
