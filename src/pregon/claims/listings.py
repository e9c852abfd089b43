"""What a text enumerates: the things listed under a count, and the rows of the table that lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from pregon.claims.accounts import Index
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim, Scope
from pregon.claims.tabulation import Tabulation
from pregon.claims.vocabulary import CAMPAIGNS, EVENTS, find_measures, flatten, stem
from pregon.document.location import Location, LocationKind
from pregon.document.model import Heading, Paragraph, Passage, Role
from pregon.document.prose import Operator
from pregon.figures.amount import Amount, Interval
from pregon.relations.labels import Level, level_of
from pregon.relations.relation import Relation, Support, judge

THINGS: Final = frozenset({CAMPAIGNS, EVENTS, "commemorations", "risks", "activities", "requests"})
"""What is counted one by one and listed by name."""
_SPANS: Final = frozenset(
    f"~{stem(word)}"
    for name in ("minuto", "hora", "día", "semana", "bimestre", "trimestre", "semestre", "año")
    for word in (name, f"{name}s")
) | {"~mes"}
"""Lengths of time: «pasaron 4 días hábiles» counts nothing that a table lists."""
_MOST_AMISS: Final = 1
"""By how much a count told in another section may miss the rows of the one table that lists such things."""
_MOST_THINGS: Final = 500
_BULLET: Final = re.compile(r"^\s*(?:[·•▪‣*–-]|\d{1,2}[.)]|[a-z][.)])\s+")
_FIELD: Final = re.compile(r"^\s*(?P<label>[^\W\d_][^:\n]{2,40}):\s")
_INTRODUCES: Final = re.compile(r":\s*$|\bsiguientes?\b|\ba continuacion\b|:\s*\d+\s*\.?\s*$")
_REACH: Final = 3
"""How many texts may stand between a count and its list."""


def find_counts(claims: Sequence[Claim], passages: Sequence[Passage], index: Index) -> Iterator[Bond]:
    """Every count of things that a list or a table of the document shows one by one."""
    yield from _count_own_rows(index)
    for claim in claims:
        if claim.scope not in (Scope.WHOLE, Scope.PART) or not _is_count(claim):
            continue
        own = index.timeline.period
        if claim.subject.period not in (None, own) and own is not None:
            continue
        listed = _listed_after(claim, passages) or _headed_after(claim, passages)
        narrowed = claim.subject.entity.startswith("~")
        if listed and not (narrowed and len(listed) != claim.amount.value):
            yield _bond(Tie.COUNT, claim, listed)
            continue
        table = _table_of(claim, passages, index.tabulations)
        if table is not None and claim.scope is Scope.WHOLE and not narrowed:
            yield _bond(Tie.ROW_COUNT, claim, _things_of(table), table.number)


def _is_count(claim: Claim) -> bool:
    value = claim.amount.value
    if (
        (claim.subject.entity and not claim.subject.entity.startswith("~"))
        or not claim.subject.measure
        or claim.subject.measure in _SPANS
        or claim.amount.unit
        or not claim.amount.is_exact
    ):
        return False
    return value == value.to_integral_value() and 1 <= value <= _MOST_THINGS


def _bond(tie: Tie, claim: Claim, things: tuple[tuple[str, Location], ...], table: int | None = None) -> Bond:
    return Bond(tie, _count_relation(claim.number, claim.amount, len(things)), table, things)


def _count_relation(number: int, stated: Amount, count: int) -> Relation[int]:
    computed = Interval(Decimal(count), Decimal(count))
    return Relation(Operator.COUNT, number, (), stated, computed, judge(stated, computed), Support.LABEL)


def _things_of(table: Tabulation) -> tuple[tuple[str, Location], ...]:
    return tuple((table.line_name(row), table.locate((row, 0))) for row in table.thing_rows)


def _table_of(claim: Claim, passages: Sequence[Passage], tabulations: Sequence[Tabulation]) -> Tabulation | None:
    """The table whose rows are the things counted: in the same section, the nearest."""
    if claim.subject.measure not in THINGS and not claim.subject.measure.startswith("~"):
        return None
    section = passages[claim.passage].location.section
    noun = claim.location.text[claim.location.end or 0 :].split()[:1]
    for table in tabulations:
        first = flatten(table.table.caption).split()[:1]
        if table.section == section and noun and first == [flatten(noun[0]).strip(".,;:")] and table.thing_rows:
            return table if table.head is not None and not table.has_time_columns else None
    fitting = [
        table
        for table in tabulations
        if table.is_listing and table.section == section and _lists(table, claim.subject.measure) and table.thing_rows
    ]
    if not fitting and claim.is_plain and claim.location.kind is LocationKind.PARAGRAPH:
        # Told elsewhere, as in a summary: where one table alone lists such things.
        fitting = [table for table in tabulations if table.is_listing and _lists(table, claim.subject.measure)]
        fitting = [table for table in fitting if abs(len(table.thing_rows) - claim.amount.value) <= _MOST_AMISS]
    return fitting[0] if len(fitting) == 1 and fitting[0].thing_rows else None


def _lists(table: Tabulation, measure: str) -> bool:
    """Whether a column of words is headed by the thing: «Evento». One that no vocabulary knows has to head the first:
    «Entregada» over a column of dates is not what a table lists.
    """
    labels = [
        flatten(label)
        for column, label in enumerate(table.column_labels)
        if label.strip() and column not in table.figure_columns
    ]
    if measure.startswith("~"):
        first = labels[0].split() if labels else []
        return bool(first) and stem(first[0]) == measure[1:]
    return any(
        len(label.split()) <= 2 and any(term.code == measure for term in find_measures(label)) for label in labels
    )


def _listed_after(claim: Claim, passages: Sequence[Passage]) -> tuple[tuple[str, Location], ...]:
    """The things listed right after a count, or nothing where what follows is not surely their list."""
    following: list[Passage] = []
    for passage in passages[claim.passage + 1 :]:
        if isinstance(passage.block, Heading):
            break
        if passage.location.kind is LocationKind.CELL:
            if len(following) <= 1:
                return ()
            continue
        if isinstance(passage.block, Paragraph) and passage.prose.text.strip():
            following.append(passage)
    is_thing = claim.subject.measure in THINGS
    records = _records(following) if is_thing else ()
    if records:
        return records
    introduces = _INTRODUCES.search(flatten(passages[claim.passage].prose.text)) is not None
    run = _run_of_points(following)
    if len(run) < 2:
        return ()
    matches = len(run) == claim.amount.value
    return run if (is_thing and introduces) or matches else ()


def _headed_after(claim: Claim, passages: Sequence[Passage]) -> tuple[tuple[str, Location], ...]:
    """The headings of a section that bear the thing's name: «Riesgo 1», «Riesgo 2», «Riesgo 3»."""
    noun = claim.location.text[claim.location.end or 0 :].split()[:1]
    word = stem(noun[0].strip(".,;:")) if noun else ""
    found: list[tuple[str, Location]] = []
    for passage in passages[claim.passage + 1 :]:
        block = passage.block
        if not isinstance(block, Heading):
            continue
        if block.level <= 1:
            break
        words = block.text.split()
        if word and words and stem(words[0]) == word:
            found.append((block.text, passage.location))
    return tuple(found) if len(found) > 1 else ()


def _is_point(passage: Passage) -> bool:
    block = passage.block
    return (isinstance(block, Paragraph) and block.role is Role.ITEM) or bool(_BULLET.match(passage.prose.text))


def _records(following: Sequence[Passage]) -> tuple[tuple[str, Location], ...]:
    """Things told in several lines each, known by the field that opens every one («Objetivo: …» after its name)."""
    fields = [_FIELD.match(passage.prose.text) for passage in following]
    opening = ""
    for place in range(1, min(_REACH + 1, len(following))):
        match = fields[place]
        if match is not None and _is_point(following[place - 1]):
            opening = flatten(match.group("label")).strip()
            break
    if not opening:
        return ()
    heads = [
        following[place - 1]
        for place in range(1, len(following))
        if (match := fields[place]) is not None and flatten(match.group("label")).strip() == opening
    ]
    return tuple((_strip_bullet(head.prose.text), head.location) for head in heads) if len(heads) > 1 else ()


def _run_of_points(following: Sequence[Passage]) -> tuple[tuple[str, Location], ...]:
    run: list[tuple[str, Location]] = []
    for passage in following:
        if not _is_point(passage):
            if run and len(run) < len(following) and _FIELD.match(passage.prose.text):
                run.pop()  # the last point is the name of the next thing, told in lines of its own
            break
        run.append((_strip_bullet(passage.prose.text), passage.location))
    return tuple(run)


def _strip_bullet(text: str) -> str:
    name = _BULLET.sub("", text).strip()
    return re.sub(r"^[Cc]ampaña:\s*", "", name)


def _count_own_rows(index: Index) -> Iterator[Bond]:
    """«Total eventos: 6» as the last row of the table that lists them."""
    for table in index.tabulations:
        if not table.is_listing:
            continue
        for row in table.body:
            label = table.row_labels[row]
            measures = find_measures(flatten(label))
            if level_of(label) is Level.PART or not measures or not _lists(table, measures[-1].code):
                continue
            printed = [column for column in range(table.width) if table.amounts[row][column] is not None]
            if len(printed) != 1:
                continue
            claim = index.cells[table.number].get((row, printed[0]))
            is_summable = printed[0] in table.figure_columns and any(
                table.amounts[line][printed[0]] is not None for line in table.thing_rows
            )
            if claim is not None and not is_summable:
                yield _bond(Tie.ROW_COUNT, claim, _things_of(table), table.number)
