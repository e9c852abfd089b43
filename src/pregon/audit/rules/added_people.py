"""Un total de lo que no se suma.

## Qué revisa

Las medidas que cuentan personas (alcance, espectadores, visitantes únicos) o que son un saldo (seguidores en total).
Si la tabla tiene un total que es justo la suma de los meses, o de las redes, lo señala.

## Por qué importa

La misma persona puede ver la página en octubre y en noviembre, y en Facebook y en Instagram. Sumarla dos veces infla el
resultado. La cifra del trimestre la da la plataforma cuando se le pide el trimestre entero.

## Ejemplo

| Instagram | Octubre | Noviembre | Diciembre | Total |
|---|---|---|---|---|
| Alcance | 5.700 | 3.400 | 4.100 | **13.200** |

«Alcance de Instagram: el total 13.200 suma los meses, y no se suman.» Son personas: la misma puede estar en dos meses o
en dos redes.

## Qué no juzga

- Visitas, visualizaciones, publicaciones y seguidores nuevos: se suman.
- Totales que no son la suma: pueden ser los que da la plataforma. De los imposibles se ocupa SUM001.
- «No sumable», que es la respuesta correcta.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import ENTITIES
from pregon.claims.cells import read_context
from pregon.claims.tabulation import Tabulation
from pregon.claims.vocabulary import SOCIAL, entity_of
from pregon.figures.metric import Additivity, Metric, find_metric
from pregon.relations.labels import Level, level_of
from pregon.relations.relation import sum_intervals

_Place = tuple[int, int]


def check(reading: Reading) -> Iterator[Finding]:
    """Tell each printed total that adds people or balances, by months and by networks."""
    for tabulation in reading.tabulations:
        yield from _over_months(tabulation)
        yield from _over_networks(tabulation)


def _over_months(tabulation: Tabulation) -> Iterator[Finding]:
    context = read_context(tabulation).entity
    if tabulation.has_time_columns:
        months = [column for column, said in enumerate(tabulation.months) if len(said) == 1]
        totals = [column for column, label in enumerate(tabulation.column_labels) if column and _is_total(label)]
        for row in tabulation.body:
            label = tabulation.row_labels[row]
            metric = _metric_of(label, tabulation, entity_of(label) or context)
            if metric is not None and metric.over_time is Additivity.NOT_ADDABLE:
                parts = [(row, column) for column in months]
                yield from _judge(tabulation, metric, [(row, column) for column in totals], parts, "los meses")
    elif tabulation.has_time_rows:
        months = [row for row in tabulation.body if len(tabulation.row_months[row]) == 1]
        totals = [row for row in tabulation.body if _is_total(tabulation.row_labels[row])]
        for column in range(1, tabulation.width):
            label = tabulation.column_labels[column]
            metric = _metric_of(label, tabulation, entity_of(label) or context)
            if metric is not None and metric.over_time is Additivity.NOT_ADDABLE:
                parts = [(row, column) for row in months]
                yield from _judge(tabulation, metric, [(row, column) for row in totals], parts, "los meses")


def _over_networks(tabulation: Tabulation) -> Iterator[Finding]:
    networks = [row for row in tabulation.body if entity_of(tabulation.row_labels[row]) in SOCIAL]
    totals = [row for row in tabulation.body if _is_total(tabulation.row_labels[row])]
    if len(networks) < 2 or not totals:
        return
    for column in range(1, tabulation.width):
        metric = _metric_of(tabulation.column_labels[column], tabulation, "")
        if metric is not None and metric.over_channels is Additivity.NOT_ADDABLE:
            parts = [(row, column) for row in networks]
            found = list(_judge(tabulation, metric, [(row, column) for row in totals], parts, "las redes"))
            if found:
                yield found[0]
                return


def _is_total(label: str) -> bool:
    return level_of(label) is not Level.PART


def _metric_of(label: str, tabulation: Tabulation, entity: str) -> Metric | None:
    """The metric that a line's name is, or that the table's title is where the line names none."""
    return find_metric(label, entity) or find_metric(label) or find_metric(tabulation.name.split(" por ")[0])


def _judge(
    tabulation: Tabulation, metric: Metric, totals: Sequence[_Place], parts: Sequence[_Place], what: str
) -> Iterator[Finding]:
    known = [(place, amount) for place in parts if (amount := tabulation.amounts[place[0]][place[1]]) is not None]
    if len(known) < 2:
        return
    added = sum_intervals(amount for _, amount in known)
    greatest = max(amount.value for _, amount in known)
    for total in totals:
        stated = tabulation.amounts[total[0]][total[1]]
        if stated is None or stated.value <= greatest or not stated.interval.meets(added):
            continue
        place = tabulation.locate(total)
        entity = entity_of(tabulation.row_labels[total[0]]) or read_context(tabulation).entity
        named = f"{metric.name} de {ENTITIES[entity]}" if entity in ENTITIES and what == "los meses" else metric.name
        yield Finding(
            code=RULE.code,
            name=RULE.name,
            severity=RULE.severity,
            message=f"{named}: el total {place.quoted.strip()} suma {what}, y no se suman.",
            locations=(place, *(tabulation.locate(part) for part, _ in known)),
            stated=place.quoted.strip(),
            expected="no sumable",
            cause=f"{metric.why_not[:1].upper()}{metric.why_not[1:]}.",
            remedy="Escriba «no sumable», o pida a la plataforma la cifra del trimestre entero.",
        )


RULE = Rule(code="ADD001", name="added-people", severity=Severity.INCONCLUSIVE, since="0.1", check=check)
