"""Claims of a table: what each of its figures is about, from its headers, title, notes and section."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
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
from pregon.document.passages import Passages
from pregon.figures.period import Period, PeriodMention
from pregon.figures.spanish import fold, month_name
from pregon.relations.labels import Level, is_name, is_rate, level_of

_SHORT_TEXT: Final = 80
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


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row or a column says of every figure in it, by its name."""

    label: str
    entity: str
    measure: str
    months: tuple[int, ...]
    mentions: tuple[PeriodMention, ...]
    is_rate: bool
    is_total: bool
    name: str
    """The word that tells its figures from those they are added to: its month, or what it is called."""
    otherwise: str = ""
    """Of a row: the entity of its figures where neither line names one."""


def claims_of_table(tabulation: Tabulation, timeline: Timeline, first: int, passages: Passages) -> list[Claim]:
    """A claim for each figure of a table that is neither a name, a year nor a code. `first` numbers them from there.

    `passages` are the texts of the whole document.
    """
    context = read_context(tabulation)
    time = _TableTime(tabulation, timeline)
    names_rows = tabulation.width > 1 and tabulation.has_label_column
    columns = [
        (column, _read_column(tabulation, column))
        for column, label in enumerate(tabulation.column_labels)
        if not is_name(label) and not (column == 0 and names_rows)
    ]
    number = tabulation.number
    scope = Scope.PART if context.is_partial else Scope.WHOLE
    claims: list[Claim] = []
    for row in tabulation.body:
        amounts = tabulation.amounts[row]
        across = _read_row(tabulation, context, row)
        for column, down in columns:
            amount = amounts[column]
            if amount is None or _is_year(amount.raw):
                continue
            is_other = across.is_rate or down.is_rate or bool(amount.unit)
            entity, measure = _name_subject(tabulation, context, across, down)
            passage = passages.cells[number, row + 1, column + 1]
            claims.append(
                Claim(
                    first + len(claims),
                    amount,
                    Subject(entity, measure, time.of(across, down)),
                    passages[passage].location,
                    down.name if len(down.months) == 1 else across.name or down.label,
                    Scope.OTHER if is_other else scope,
                    across.is_total or down.is_total,
                    is_cell=True,
                    passage=passage,
                )
            )
    return claims


def _is_year(raw: str) -> bool:
    year = raw.strip()
    return len(year) == 4 and year.isdigit() and year[:2] in ("19", "20")


def _read_column(tabulation: Tabulation, column: int) -> _Line:
    label, months = tabulation.column_labels[column], tabulation.months[column]
    return _Line(
        label=label,
        entity=entity_of(label),
        measure=measure_of(label),
        months=months,
        mentions=periods_in(label),
        is_rate=is_rate(label),
        is_total=level_of(label) is not Level.PART,
        name=month_name(months[0]) if len(months) == 1 else label,
    )


def _read_row(tabulation: Tabulation, context: TableContext, row: int) -> _Line:
    """A row; in a listing its name is that of a thing, which is not what its figures are about."""
    whole = tabulation.row_labels[row]
    label = whole if tabulation.has_label_column else ""
    speaking = "" if tabulation.is_listing else label
    months = tabulation.row_months[row]
    entity, measure = entity_of(speaking), measure_of(speaking)
    which = "" if tabulation.is_listing else narrow_label(label)
    if level_of(label) is not Level.PART:
        otherwise = context.group
    elif which and not context.entity:
        otherwise = "~" + which
    else:
        otherwise = "~" + fold(label) if label and not measure and not months else ""
    if tabulation.is_card and tabulation.section and not entity_of(label):
        entity = "~" + fold(tabulation.section)
    return _Line(
        label=label,
        entity=entity,
        measure=measure,
        months=months,
        mentions=periods_in(whole),
        is_rate=is_rate(label),
        is_total=level_of(whole) is not Level.PART,
        name=month_name(months[0]) if len(months) == 1 else tabulation.line_name(row),
        otherwise=otherwise or context.entity,
    )


def _name_subject(tabulation: Tabulation, context: TableContext, across: _Line, down: _Line) -> tuple[str, str]:
    """The entity and the measure of the figure where a row and a column meet."""
    entity = across.entity or down.entity or across.otherwise
    measure = across.measure or down.measure
    if not measure:
        measure = ("~" + stem(down.label) if down.label else "") if tabulation.is_listing else context.measure
    if entity == WEBSITE and measure == POSTS:
        measure = NEWS
    if measure and entity.startswith("~") and (which := narrow_label(down.label or across.label)):
        measure = f"{measure} {which}"
    return entity, measure


class _TableTime:
    """When the figures of a table are of: what the names of their lines say, or else the table itself."""

    def __init__(self, tabulation: Tabulation, timeline: Timeline) -> None:
        self._tabulation = tabulation
        self._timeline = timeline
        self._known: dict[tuple[tuple[int, ...], int | None], Period | None] = {}

    def of(self, row: _Line, column: _Line) -> Period | None:
        mentions = column.mentions or row.mentions
        months = column.months or row.months
        if months:
            return self._resolve(months, mentions[0].year if mentions else None)
        return self._resolve(months_said(mentions[0]), mentions[0].year) if mentions else self._own

    def _resolve(self, months: tuple[int, ...], year: int | None) -> Period | None:
        asked = months, year
        if asked not in self._known:
            self._known[asked] = self._timeline.resolve(months, year)
        return self._known[asked]

    @cached_property
    def _own(self) -> Period | None:
        """The period that the table as a whole is of."""
        named = self._tabulation.named_months
        if named:
            return self._timeline.resolve(tuple(sorted(named)))
        before, heads = self._tabulation.before, self._tabulation.column_labels
        for text in (
            self._tabulation.table.caption,
            *self._tabulation.titles,
            heads[0] if heads and self._tabulation.has_label_column else "",
            before if len(before) < _SHORT_TEXT else "",
        ):
            for mention in periods_in(text):
                if not mention.relative:
                    return self._timeline.resolve(months_said(mention), mention.year)
        return self._timeline.period


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
