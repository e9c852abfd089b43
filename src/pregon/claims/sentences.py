"""Claims of running text: each number with its noun, who it is of and when, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pregon.claims import sentence_grammar as grammar
from pregon.claims.claim import Claim, Scope, Subject
from pregon.claims.figure_scope import Number, Told, scope_of
from pregon.claims.figure_time import Surroundings, time_of
from pregon.claims.named_quarters import NamedQuarter, quarter_beside, quarters_in
from pregon.claims.parallel_lists import Listed, is_of_several, names_together, read_lists
from pregon.claims.plain_words import is_plain
from pregon.claims.said_periods import periods_in
from pregon.claims.stretches import stretches_near
from pregon.claims.timeline import Timeline, is_comparing
from pregon.claims.vocabulary import (
    NEWS,
    POSTS,
    WEBSITE,
    find_entities,
    find_measures,
    flatten,
    stem,
)
from pregon.document.location import Location
from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import find_amounts, find_dates, month_name

_REACH: Final = 80
"""How far from a number the words may begin that make it count nothing, in characters."""
_STOP: Final = re.compile(r"[;:.()\n]")
_JOINS: Final = re.compile(r"[,;:.()\n]| [ye] ")
"""What stands between the clauses of a sentence."""
_FAR: Final = 48
"""How far from a number its words are looked for, in characters."""


@dataclass(slots=True)
class _Context:
    """What the paragraph has been speaking of."""

    entity: str = ""
    measure: str = ""
    # The last part of it began with who it is of: «X: octubre 46, noviembre 19».
    is_labelled: bool = False
    # It, or the title of its section, speaks of something to which people come.
    people_come: bool = False
    # The quarters and longer periods that it names, in order.
    quarters: tuple[NamedQuarter, ...] = ()


def may_count(text: str) -> bool:
    """Whether a text may hold a number: a figure, or a word for one."""
    return grammar.MAY_COUNT.search(flatten(text)) is not None


def claims_of_text(
    text: str,
    location: Location,
    timeline: Timeline,
    *,
    around: str = "",
    scope: Scope | None = None,
) -> list[Claim]:
    """The claims of a paragraph or of a cell of words, not numbered yet: whoever gathers them says which they are.

    `around` is what heads the text (its section, a picture's caption): it names the entity that the text leaves out.
    `scope` is set where the place of the text tells it for all its figures.
    """
    flat = flatten(text)
    claims: list[Claim] = []
    context = _Context(entity=_only_entity(flatten(around)))
    numbers = _find_numbers(text, flat)
    if not numbers:
        return claims
    context.quarters = quarters_in(text, timeline.period, timeline.resolve)
    context.people_come = any(grammar.COMES.search(words) for words in (flat, flatten(location.section)))
    for start, end in _sentences(text):
        inside = [(s, e, amount) for s, e, amount in numbers if start <= s and e <= end]
        if not inside:
            entities = find_entities(flat[start:end])
            context.entity = entities[0].code if len({term.code for term in entities}) == 1 else context.entity
            continue
        claims += _claims_of_sentence(text, flat, start, end, inside, location, timeline, context)
    return claims if scope is None else [claim._replace(scope=scope) for claim in claims]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in grammar.SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _find_numbers(text: str, flat: str) -> list[tuple[int, int, Amount]]:
    """The numbers that count something: no dates, years, laws, codes, hours or sections."""
    mentions = find_amounts(text) if grammar.MAY_COUNT.search(flat) else ()
    if not mentions:
        return []
    masks = [
        (match.start(), match.end())
        for start, end in stretches_near(((each.start, each.end) for each in mentions), _REACH)
        for match in grammar.MASKED.finditer(flat, start, end)
    ]
    masks += [(day.start, day.end) for day in find_dates(text)]
    masks += [(period.start, period.end) for period in periods_in(text)]
    found = []
    for mention in mentions:
        if any(start < mention.end and mention.start < end for start, end in masks):
            continue
        is_year = grammar.YEAR.fullmatch(mention.amount.raw.strip()) is not None
        if not is_year or find_measures(flat[mention.end : mention.end + 20]):
            found.append((mention.start, mention.end, mention.amount))
    return found


def _claims_of_sentence(  # noqa: PLR0913, PLR0917 -- the sentence, its place and what the paragraph has said so far
    text: str,
    flat: str,
    start: int,
    end: int,
    inside: list[tuple[int, int, Amount]],
    location: Location,
    timeline: Timeline,
    context: _Context,
) -> Iterator[Claim]:
    numbers = _among_words(flat, start, end, inside)
    lead = flat[start : inside[0][0]]
    quarters = [quarter for quarter in context.quarters if start <= quarter.start and quarter.end <= end]
    sentence_period = _quarter_of(text[start:end], quarters, start)
    other = _other_label(lead, context)
    subject_entity = other or _only_entity(lead) or context.entity
    labelled = find_measures(lead.rsplit(":", 1)[0]) if ":" in lead else ()
    nouns = [_noun(number.after) for number in numbers]
    listed = read_lists(text, flat, (start, end), [(s, e) for s, e, _ in inside], timeline)
    head = ""
    compares = False
    for place, number in enumerate(numbers):
        noun = nouns[place]
        beside = listed.get(place)
        together = names_together(number.before, number.after) if beside is None else ""
        entity, is_own = _entity(number, numbers[place - 1] if place else None, subject_entity, beside)
        measure = noun or _measure_before(number.before, lead if place == 0 else "")
        is_total = bool(grammar.TOTAL.search(number.before[-_FAR:]))
        left = numbers[place - 1].end if place else start
        time = time_of(Surroundings(text, start, end, number.start, number.end, left), timeline, is_total=is_total)
        months = time.month or (beside.month if beside else None)
        entity = entity or _kind_of(number, noun, is_part=place > 0 and months is None)
        if not measure:
            known = is_own or months is not None or len(quarters) > 1 or grammar.MEAN.search(number.before)
            spoken = labelled[-1].code if labelled else context.measure
            said = (head or next(filter(None, nouns[place + 1 :]), "") or spoken) if known else ""
            measure = _measure_around(nouns[:place], said, is_total=is_total)
        head = noun if noun and not noun.startswith("~") else head
        compares = compares or grammar.COMPARES.search(number.before) is not None
        plain = _is_plain(number, lead if place else "", measure)
        sentence = Told(
            flat[flat.rfind("\n", 0, number.start) + 1 : number.start],
            flat[max(start, number.start - grammar.LONGEST) : number.start],
            people_come=context.people_come,
            compares=compares,
            is_of_several=is_of_several(number.before, beside) and not (together and measure and plain),
        )
        scope = scope_of(number, measure, sentence, time, has_month=months is not None)
        if together and scope is Scope.WHOLE:
            entity = together
        if entity == WEBSITE and measure == POSTS:
            measure = NEWS
        told = quarter_beside(quarters, number.start, number.end, flat) if len(quarters) > 1 else sentence_period
        yield Claim(
            number=0,
            amount=number.amount,
            subject=Subject(entity, measure, months or told or timeline.period),
            location=location._replace(text=text, start=number.start, end=number.end),
            name=_name(text, number, months),
            scope=scope,
            is_total=is_total,
            is_bound_by_context=not (noun or is_own),
            is_plain=plain,
        )
        if place == 0 and measure and not measure.startswith("~"):
            context.entity, context.measure = (entity if not other else "") or context.entity, measure


def _kind_of(number: Number, noun: str, *, is_part: bool) -> str:
    """Which ones a number counts, as their entity, by the words after it; "" where those tell no kind.

    «3 publicaciones externas»; of a part that names no thing of its own, «40 solicitudes: 36 de diseño».
    """
    if noun:
        which = "" if noun.startswith("~") else _which_ones(number.after)
        return f"~{which}" if which else ""
    kind = grammar.OF_A_KIND.match(number.after) if is_part else None
    return f"~{stem(kind.group('kind'))}" if kind else ""


def _is_plain(number: Number, lead: str, measure: str) -> bool:
    """Whether the words of a number's own clause, and those that the sentence begins with, leave no doubt of it."""
    before = _JOINS.split(number.before)[-1]
    return is_plain(f"{before} {_STOP.split(number.after, maxsplit=1)[0]}", measure) and is_plain(lead, "")


def _among_words(flat: str, start: int, end: int, inside: Sequence[tuple[int, int, Amount]]) -> list[Number]:
    """The numbers of a sentence, each with the words up to its neighbours."""
    ends = [start, *(last for _, last, _ in inside)]
    starts = [*(first for first, _, _ in inside[1:]), end]
    return [
        Number(amount, first, last, flat[left:first], flat[last:right])
        for left, (first, last, amount), right in zip(ends, inside, starts, strict=False)
    ]


def _noun(after: str) -> str:
    """The measure counted by the noun that follows a number, at most two words away: «94 nuevas publicaciones»."""
    near = re.split(r"[,;:()\n]", after, maxsplit=1)[0][:_FAR]
    for term in find_measures(near):
        words = grammar.WORD.findall(near[: term.start])
        if len(words) <= 1 and not any(grammar.NO_NOUN.fullmatch(word) for word in words):
            return term.code
    first = re.match(r"\s+([a-zñ]{3,})\b", near)
    if first is None or grammar.NO_NOUN.fullmatch(first.group(1)) or find_entities(first.group(1)):
        return ""
    return "~" + stem(first.group(1))


def _which_ones(after: str) -> str:
    """The word that narrows a noun: of «279 publicaciones externas», «externa»; "" where none does."""
    near = re.split(r"[,;:.()\n]", after, maxsplit=1)[0][:_FAR]
    for term in find_measures(near):
        word = re.match(r"\s+([a-zñ]{4,})", near[term.end :])
        if word is None or grammar.NO_NOUN.fullmatch(word.group(1)) or find_entities(word.group(1)):
            return ""
        return "" if grammar.NEUTRAL.fullmatch(word.group(1)) else stem(word.group(1))
    return ""


def _other_label(lead: str, context: _Context) -> str:
    """Who a part is of where those before it say it before a colon and nobody knows this one: «; Canal Joven: 3»."""
    label, colon, _ = lead.partition(":")
    was_labelled, context.is_labelled = context.is_labelled, bool(colon and find_entities(label))
    if not (was_labelled and colon) or context.is_labelled:
        return ""
    if find_measures(label) or periods_in(label) or grammar.TOTAL.search(label):
        return ""
    context.is_labelled = True
    return f"~{label.strip()}"


def _only_entity(words: str) -> str:
    codes = {term.code for term in find_entities(words)}
    return codes.pop() if len(codes) == 1 else ""


def _entity(number: Number, previous: Number | None, subject: str, beside: Listed | None) -> tuple[str, bool]:
    """Who a number is of, and whether its own words say so: a list beside its own, the words after it («94 en
    Facebook»), or before («Facebook: 94»).
    """
    if beside is not None and beside.entity:
        return beside.entity, True
    near = re.split(r"[,;:\n]|\by\b|\be\b", number.after, maxsplit=1)[0][:80]
    following = find_entities(near)
    if following and grammar.OF.search(near[: following[0].start]):
        return following[0].code, True
    label = find_entities(number.before)
    if label:
        term = label[-1]
        gap, lead = number.before[term.end :], number.before[: term.start]
        if grammar.LEADS.fullmatch(gap) or (
            not grammar.BREAK.search(gap) and (previous is None or grammar.JOINS.search(lead))
        ):
            return term.code, True
    return subject, False


def _measure_before(before: str, lead: str) -> str:
    """The measure named before a number: «Campañas realizadas: 6», «el mes con más visitas fue octubre, con 34.811»."""
    words = lead or before
    found = find_measures(words)
    rest = words[found[-1].end :] if found else ""
    is_handed_over = rest.strip() == "," or grammar.HANDS_OVER.search(words)
    return found[-1].code if found and is_handed_over and not re.search(r"[()÷×]", rest) else ""


def _measure_around(before: Sequence[str], said: str, *, is_total: bool) -> str:
    """The measure of a number without a noun: what its sentence or paragraph speaks of; of a total, the parts' own."""
    counted = {noun for noun in before if noun}
    if not said and is_total and len(counted) == 1:
        return counted.pop()  # «31 visitas en julio y 33 en agosto, para un total de 64»
    return said


def _quarter_of(sentence: str, quarters: Sequence[NamedQuarter], start: int) -> Period | None:
    """The one quarter or longer period that a whole sentence speaks of, unless something is set against it."""
    if not quarters or is_comparing(sentence[: quarters[0].start - start]):
        return None
    return quarters[0].period


def _name(text: str, number: Number, months: Period | None) -> str:
    """What a person would call the figure: its label before a colon, its month, or the words after it."""
    if months is not None:
        return month_name(months.start.month)
    line = text[: number.start].rsplit("\n", 1)[-1]
    label = grammar.LABEL.match(line)
    if label is not None:
        return label.group("label").strip()
    words = re.split(r"[,;:.\n]|\by\b", text[number.end :], maxsplit=1)[0].strip()
    return re.sub(r"^(?:en|de|del|por)\s+", "", words)[:40].strip()
