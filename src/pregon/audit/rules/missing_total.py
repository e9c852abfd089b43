"""Una tabla sin el total que otras sí tienen.

## Qué revisa

Las tablas por meses cuyas cifras se pueden sumar y no dicen la suma, en un informe que en otras tablas sí la dice. Da
el total que falta.

## Por qué importa

El lector termina haciendo la suma, y la cifra del trimestre es la que se cita después. Además, un total escrito permite
comprobar los meses.

## Ejemplo

| Sede electrónica | Octubre | Noviembre | Diciembre |
|---|---|---|---|
| Visitas | 34.811 | 34.326 | 25.059 |

«La tabla 1 no dice el total de sus meses, y otras sí.» Visitas: 34.811 + 34.326 + 25.059 = 94.196.

## Qué no juzga

- Lo que no se suma: alcance, espectadores, seguidores en total.
- Tablas a las que les falta un mes.
- Informes en los que ninguna tabla tiene total.
"""

from __future__ import annotations

from collections.abc import Iterator

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import print_value, tidy
from pregon.claims.tabulation import Tabulation
from pregon.figures.metric import Additivity, find_metric
from pregon.figures.spanish import join_words
from pregon.relations.labels import Level, is_rate, level_of
from pregon.relations.relation import middle_of, sum_intervals


def check(reading: Reading) -> Iterator[Finding]:
    """Tell once the tables by months without a total, with the totals they would have."""
    by_months = [tabulation for tabulation in reading.tabulations if tabulation.has_time_columns]
    if not any(_has_total(tabulation) for tabulation in by_months):
        return
    without = [tabulation for tabulation in by_months if not _has_total(tabulation)]
    lacking = [(tabulation, sums) for tabulation in without if (sums := _sums(tabulation))]
    if not lacking:
        return
    one = len(lacking) == 1
    numbers = join_words([str(tabulation.number) for tabulation, _ in lacking])
    subject = f"La tabla {numbers} no dice" if one else f"Las tablas {numbers} no dicen"
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=RULE.severity,
        message=f"{subject} el total de sus meses, y otras sí.",
        locations=tuple(tabulation.locate_table() for tabulation, _ in lacking),
        cause="Las cuentas que faltan se pueden hacer con lo que hay.",
        remedy="Agregue la columna «Total».",
        consequences=tuple(told for _, sums in lacking for told in sums),
    )


def _has_total(tabulation: Tabulation) -> bool:
    return any(level_of(label) is not Level.PART or is_rate(label) for label in tabulation.column_labels[1:])


def _sums(tabulation: Tabulation) -> tuple[str, ...]:
    """What each whole line that may be added would make; none where some month is blank."""
    months = [column for column, said in enumerate(tabulation.months) if len(said) == 1]
    told = []
    for row in tabulation.body:
        amounts = [amount for column in months if (amount := tabulation.amounts[row][column]) is not None]
        label = tabulation.row_labels[row]
        metric = find_metric(label) or find_metric(tabulation.name.split(" por ")[0])
        adds = metric is None or metric.over_time is Additivity.ADDABLE
        if len(amounts) < len(months) or not adds or is_rate(label) or any(amount.unit for amount in amounts):
            continue
        terms = " + ".join(tabulation.locate((row, column)).quoted.strip() for column in months)
        told.append(f"{tidy(label) or 'La fila'}: {terms} = {print_value(middle_of(sum_intervals(amounts)))}.")
    return tuple(told)


RULE = Rule(code="GAP004", name="missing-total", severity=Severity.ADVICE, since="0.1", check=check)
