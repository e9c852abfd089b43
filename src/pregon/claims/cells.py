"""Claims of a table: what each of its figures is about, from its headers, title, notes and section."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pregon.claims.claim import Claim, Scope, Subject
from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.tabulation import Tabulation
from pregon.claims.timeline import Timeline
from pregon.claims.vocabulary import (
    NETWORKS,
    NEWS,
    POSTS,
    SOCIAL,
    WEBSITE,
    entity_of,
    find_entities,
    find_measures,
    flatten,
    measure_of,
    stem,
)
from pregon.figures.period import Period
from pregon.figures.spanish import fold, month_name
from pregon.relations.labels import Level, is_name, is_rate, level_of

_PARTIAL: Final = re.compile(
    r"\bcampan|\bpauta|\bpagad|\bpor tema|\bpor tipo|\bpor dependencia|\bpor responsable|\bpor formato"
)


@dataclass(frozen=True, slots=True)
class TableContext:
    """What a table says once for all its figures."""

    entity: str
    measure: str
    is_partial: bool
    group: str
    """The networks, where its rows that are no totals are several and all of them networks; "" elsewhere."""


def read_context(tabulation: Tabulation) -> TableContext:
    """The entity and measure that a table's title, notes, corner or section names for all its figures."""
    # In a strip of figures without names of rows the first head speaks of its own column alone.
    corner = tabulation.column_labels[0] if tabulation.column_labels and tabulation.has_label_column else ""
    titles = [tabulation.table.caption, *reversed(tabulation.titles), corner]
    notes = [text for _, text in tabulation.notes]
    entity = next((code for text in titles if (code := entity_of(text))), "")
    entity = entity or _entity_of_heading(tabulation)
    measure = next((code for text in (*titles, *notes, tabulation.section) if (code := measure_of(text))), "")
    words = flatten(" ".join((*titles, tabulation.section)))
    return TableContext(entity, measure, bool(_PARTIAL.search(words)), _group(_entities_of_rows(tabulation)))


def _entity_of_heading(tabulation: Tabulation) -> str:
    for text in (tabulation.before, tabulation.section):
        if len(text) < 60 and (code := entity_of(text)):
            return code
    return ""


def claims_of_table(
    tabulation: Tabulation, timeline: Timeline, first: int, passages: dict[tuple[int, int], int]
) -> list[Claim]:
    """A claim for each figure of a table that is neither a name, a year nor a code. `first` numbers them from there.

    `passages` gives the number of the text at each (row, column).
    """
    context = read_context(tabulation)
    claims: list[Claim] = []
    for row in tabulation.body:
        for column in range(tabulation.width):
            amount = tabulation.amounts[row][column]
            if amount is None or is_name(tabulation.column_labels[column]) or _is_year(amount.raw):
                continue
            if column == 0 and tabulation.width > 1 and tabulation.has_label_column:
                continue
            subject, scope = _subject(tabulation, context, timeline, row, column, amount.unit)
            claims.append(
                Claim(
                    number=first + len(claims),
                    amount=amount,
                    subject=subject,
                    location=tabulation.locate((row, column)),
                    name=_name(tabulation, row, column),
                    scope=scope,
                    is_total=_is_total(tabulation, row, column),
                    is_cell=True,
                    passage=passages.get((row, column), 0),
                )
            )
    return claims


def _is_year(raw: str) -> bool:
    return raw.strip().isdigit() and len(raw.strip()) == 4 and raw.strip()[:2] in ("19", "20")


def _is_total(tabulation: Tabulation, row: int, column: int) -> bool:
    return bool(level_of(tabulation.row_labels[row]) or level_of(tabulation.column_labels[column]))


def _name(tabulation: Tabulation, row: int, column: int) -> str:
    """The word that tells this figure from those it is added to."""
    months = tabulation.months[column] or tabulation.row_months[row]
    if len(months) == 1:
        return month_name(months[0])
    return tabulation.line_name(row) or tabulation.column_labels[column]


def _subject(
    tabulation: Tabulation, context: TableContext, timeline: Timeline, row: int, column: int, unit: str
) -> tuple[Subject, Scope]:
    row_label, column_label = tabulation.row_labels[row], tabulation.column_labels[column]
    row_label = row_label if tabulation.has_label_column else ""
    speaking = "" if tabulation.is_listing else row_label
    entity = entity_of(speaking) or entity_of(column_label)
    measure = measure_of(speaking) or measure_of(column_label)
    scope = Scope.OTHER if is_rate(row_label) or is_rate(column_label) or unit else Scope.WHOLE
    which = "" if tabulation.is_listing else narrow_label(row_label)
    is_total_row = level_of(row_label) is not Level.PART
    if not entity and is_total_row:
        entity = context.group or context.entity
    elif not entity and which and not context.entity:
        entity = "~" + which
    elif not entity and not measure_of(speaking) and not tabulation.row_months[row] and row_label:
        entity = "~" + fold(row_label)
    entity = entity or context.entity
    if tabulation.is_card and tabulation.section and not entity_of(row_label):
        entity = "~" + fold(tabulation.section)
    if not measure:
        measure = ("~" + stem(column_label) if column_label else "") if tabulation.is_listing else context.measure
    if entity == WEBSITE and measure == POSTS:
        measure = NEWS
    if entity.startswith("~") and measure and (which := narrow_label(column_label or row_label)):
        measure = f"{measure} {which}"
    if context.is_partial:
        scope = Scope.OTHER if scope is Scope.OTHER else Scope.PART
    return Subject(entity, measure, _period(tabulation, timeline, row, column)), scope


_NARROWING: Final = re.compile(r"[a-zñ]{4,}")
_NEUTRAL: Final = re.compile(
    r"(?:publicad|realizad)[oa]|total|nuev[oa]|cantidad|numero|tod[oa]|mes|trimestre|sobre|para|entidad|institucional"
)


def narrow_label(label: str) -> str:
    """What narrows a measure in a label: of «Publicaciones externas», «externa»; "" where nothing does."""
    flat = flatten(label)
    found = find_measures(flat)
    if not found:
        return ""
    rest = flat
    for term in (*found, *find_entities(flat)):
        rest = rest[: term.start] + " " * (term.end - term.start) + rest[term.end :]
    words = [stem(word) for word in _NARROWING.findall(rest)]
    return " ".join(word for word in words if not _NEUTRAL.fullmatch(word))


def _entities_of_rows(tabulation: Tabulation) -> tuple[str, ...]:
    labels = (
        tabulation.row_labels[row] for row in tabulation.body if level_of(tabulation.row_labels[row]) is Level.PART
    )
    return tuple(entity_of(label) for label in labels)


def _group(entities: Iterable[str]) -> str:
    found = tuple(entities)
    return NETWORKS if len(found) > 1 and all(entity in SOCIAL for entity in found) else ""


def _period(tabulation: Tabulation, timeline: Timeline, row: int, column: int) -> Period | None:
    label = tabulation.column_labels[column]
    months = tabulation.months[column] or tabulation.row_months[row]
    if months:
        mentions = periods_in(label) or periods_in(tabulation.row_labels[row])
        year = mentions[0].year if mentions else None
        return timeline.resolve(months, year)
    for text in (label, tabulation.row_labels[row]):
        for mention in periods_in(text):
            return timeline.resolve(months_said(mention), mention.year)
    named = tabulation.named_months
    if named:
        return timeline.resolve(tuple(sorted(named)))
    for text in (
        tabulation.table.caption,
        *tabulation.titles,
        tabulation.before if len(tabulation.before) < 80 else "",
    ):
        for mention in periods_in(text):
            if not mention.relative:
                return timeline.resolve(months_said(mention), mention.year)
    return timeline.period
