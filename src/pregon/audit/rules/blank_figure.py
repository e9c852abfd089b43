"""Una cifra que la tabla promete y no está.

## Qué revisa

Las celdas en blanco entre cifras: un mes entero sin datos (también cuando su columna perdió el título: «octubre,
noviembre, _, total»), una columna «Total» vacía, la asistencia de un evento, una celda suelta.

## Por qué importa

Un blanco no dice nada: puede ser cero, puede no haberse medido o puede haberse olvidado. Quien lee no lo sabe, y quien
suma lo toma por cero.

## Ejemplo

| Facebook | Octubre | Noviembre | | Total |
|---|---|---|---|---|
| Visitas | 3.400 | 1.400 | | |

«Falta diciembre en Facebook.» Y, aparte: «La columna «Total» está vacía en Facebook.»

## Qué no juzga

- Lo que se declara: «sin dato», «no aplica», «no sumable», «pendiente: lo entrega Marcela Ríos el 15 de enero». Eso es
  decirlo bien y no es un hallazgo.
- Filas y columnas vacías que solo separan, y tablas sin ninguna cifra.
- Celdas de texto en blanco.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pregon.audit.finding import Finding, Operand, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import ENTITIES, count_words, print_value, tidy
from pregon.claims.cells import read_context
from pregon.claims.claim import Subject
from pregon.claims.tabulation import Face, Tabulation
from pregon.claims.vocabulary import POSTS
from pregon.document.location import Location
from pregon.figures.metric import Additivity, find_metric
from pregon.figures.spanish import join_words, month_name
from pregon.relations.labels import Level, level_of


def check(reading: Reading) -> Iterator[Finding]:
    """Find what is blank. What says «sin dato», «pendiente» or a dash is declared, and no finding."""
    tabulations = [table for table in reading.tabulations if table.body]
    yield from _blank_months(tabulations, reading)
    yield from _blank_totals(tabulations)
    for tabulation in tabulations:
        yield from _blank_things(tabulation)
        yield from _blank_cells(tabulation)


def _blank_rows(tabulation: Tabulation, column: int) -> list[int]:
    """The rows blank in a column, among those that have some figure."""
    return [
        row
        for row in tabulation.body
        if tabulation.faces[row][column] is Face.BLANK and Face.FIGURE in tabulation.faces[row]
    ]


def _has_figures(tabulation: Tabulation, column: int) -> bool:
    return any(tabulation.faces[row][column] in (Face.FIGURE, Face.DECLARED) for row in tabulation.body)


def _name_table(tabulation: Tabulation) -> str:
    context = read_context(tabulation)
    return ENTITIES.get(context.entity) or tidy(tabulation.name) or f"la tabla {tabulation.number}"


def _blank_months(tabulations: list[Tabulation], reading: Reading) -> Iterator[Finding]:
    """Month columns without a single figure, told once a month for all the tables."""
    lacking: dict[int, list[tuple[Tabulation, int]]] = defaultdict(list)
    for tabulation in tabulations:
        if not tabulation.has_time_columns:
            continue
        for column, months in enumerate(tabulation.months):
            if len(months) == 1 and not _has_figures(tabulation, column) and _blank_rows(tabulation, column):
                lacking[months[0]].append((tabulation, column))
    for month, places in lacking.items():
        tables = [_name_table(tabulation) for tabulation, _ in places]
        yield Finding(
            code=RULE.code,
            name=RULE.name,
            severity=Severity.GAP,
            message=f"Falta {month_name(month)} en {join_words(tables)}.",
            locations=tuple(
                tabulation.locate((row, column))
                for tabulation, column in places
                for row in _blank_rows(tabulation, column)
            ),
            cause=" ".join(filter(None, (_tell_headless(places), _tell_known(month, [t for t, _ in places], reading)))),
            remedy=f"Pida las cifras de {month_name(month)} o escriba «sin dato» y quién las debe.",
        )


def _tell_headless(places: list[tuple[Tabulation, int]]) -> str:
    headless = sum(column in dict(tabulation.inferred) for tabulation, column in places)
    if not headless:
        return ""
    return "La columna no tiene título ni cifras." if len(places) == 1 else "Las columnas no tienen título ni cifras."


def _tell_known(month: int, tabulations: list[Tabulation], reading: Reading) -> str:
    """What other tables do give of that month."""
    period = reading.timeline.resolve((month,))
    known = []
    for tabulation in tabulations:
        subject = Subject(read_context(tabulation).entity, POSTS, period)
        found = reading.index.by_subject.get(subject) if subject.entity else None
        if found:
            known.append(found[0].text)
    return f"Sí hay publicaciones de ese mes: {join_words(known)}." if known else ""


def _blank_totals(tabulations: list[Tabulation]) -> Iterator[Finding]:
    """Total columns without a single figure, told once."""
    found = [
        (tabulation, column)
        for tabulation in tabulations
        for column, label in enumerate(tabulation.column_labels)
        if column and level_of(label) is not Level.PART
        and not _has_figures(tabulation, column)
        and _blank_rows(tabulation, column)
    ]  # fmt: skip
    if not found:
        return
    tables = [_name_table(tabulation) for tabulation, _ in found]
    label = tidy(found[0][0].column_labels[found[0][1]])
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=Severity.GAP,
        message=f"La columna «{label}» está vacía en {join_words(tables)}.",
        locations=tuple(t.locate((row, column)) for t, column in found for row in _blank_rows(t, column)),
        operands=tuple(operand for tabulation, _ in found for operand in _seen_sums(tabulation)),
        operator=";",
        cause="No se escribió ninguno de sus totales.",
        remedy="Escriba cada total, o «no sumable» donde los meses no se suman.",
    )


def _seen_sums(tabulation: Tabulation) -> Iterator[Operand]:
    """What the months that are there add up to, for the metrics that may be added."""
    columns = [column for column, months in enumerate(tabulation.months) if len(months) == 1]
    for row in tabulation.body:
        metric = find_metric(tabulation.row_labels[row])
        if metric is not None and metric.over_time is Additivity.NOT_ADDABLE:
            continue
        amounts = [amount for column in columns if (amount := tabulation.amounts[row][column]) is not None]
        if len(amounts) > 1:
            total = sum((amount.value for amount in amounts[1:]), amounts[0].value)
            yield Operand(f"{_name_table(tabulation)}, {tidy(tabulation.row_labels[row])}", print_value(total))


def _blank_things(tabulation: Tabulation) -> Iterator[Finding]:
    """Things (events) whose figure is blank."""
    if not tabulation.is_listing:
        return
    things = tabulation.thing_rows
    for column in tabulation.figure_columns:
        blank = [row for row in things if tabulation.faces[row][column] is Face.BLANK]
        if not blank or not any(tabulation.faces[row][column] is Face.FIGURE for row in things):
            continue
        label = tidy(tabulation.column_labels[column]) or "una columna"
        yield Finding(
            code=RULE.code,
            name=RULE.name,
            severity=Severity.GAP,
            message=f"Falta «{label}» en {count_words(len(blank), feminine=True)} de las {len(things)} filas."
            if len(blank) > 1
            else f"Falta «{label}» en una de las {len(things)} filas.",
            locations=tuple(tabulation.locate((row, column)) for row in blank),
            cause=f"Están en blanco: {join_words([f'«{tabulation.line_name(row)}»' for row in blank])}.",
            remedy="Escriba la cifra de la lista de asistencia o «sin dato» y quién la debe."
            if "asist" in label.lower()
            else "Escriba la cifra, o «sin dato» y quién la debe.",
        )


def _blank_cells(tabulation: Tabulation) -> Iterator[Finding]:
    """Blanks among figures in a table by months: neither a whole month nor a whole total column."""
    if tabulation.is_listing or not (tabulation.has_time_columns or tabulation.has_time_rows):
        return
    places: list[Location] = []
    for column in tabulation.figure_columns:
        if not _has_figures(tabulation, column):
            continue
        places += [tabulation.locate((row, column)) for row in _blank_rows(tabulation, column)]
    if not places:
        return
    names = [f"{tidy(place.row_label)}, {tidy(place.column_label).lower()}" for place in places]
    one = len(places) == 1
    yield Finding(
        code=RULE.code,
        name=RULE.name,
        severity=Severity.GAP,
        message=f"Falta una cifra en la tabla {tabulation.number}: {names[0]}."
        if one
        else f"Faltan {len(places)} cifras en la tabla {tabulation.number}: {'; '.join(names)}.",
        locations=tuple(places),
        cause="La celda está en blanco." if one else "Las celdas están en blanco.",
        remedy="Escriba la cifra, 0 si fue cero, o «sin dato» y quién la debe.",
    )


RULE = Rule(code="GAP001", name="blank-figure", severity=Severity.GAP, since="0.1", check=check)
