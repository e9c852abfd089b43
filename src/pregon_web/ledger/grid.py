"""The month × metric grid: what each cell shows, and what a page of typed cells means. No request and no row here.

A cell says a figure, «sin dato» (left empty), «no aplica», or a count of publications that nobody types. What was typed
is read whole before anything is kept: a cell that cannot be read keeps the rest from being saved half.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pregon.figures.metric import CATALOGUE, metric
from pregon.figures.period import Period
from pregon.figures.spanish import ask_reading, fold, month_name, parse_amount, print_amount
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Platform
from pregon.records.publishing import Method, Observation, ObservationStatus
from pregon.records.totals import COUNTED, Account, Measure, MeasureState, by_month, listed, over_months

NOT_APPLICABLE: Final = "no aplica"
_NOTHING: Final = frozenset({"", "sin dato", "-", "—"})
_USUAL: Final[Mapping[Platform, tuple[str, ...]]] = {
    Platform.WEBSITE: ("visits", "news_items"),
    Platform.WHATSAPP: ("messages",),
    Platform.WALLPAPER: ("wallpapers",),
    Platform.EMAIL: ("messages",),
    Platform.FACEBOOK: ("posts", "viewers", "visits", "followers_gained", "views"),
    Platform.INSTAGRAM: ("posts", "reach", "visits", "followers_gained", "views"),
    Platform.X: ("posts", "views"),
    Platform.TIKTOK: ("posts", "views", "visits"),
    Platform.YOUTUBE: ("posts", "views", "followers_gained"),
    Platform.LINKEDIN: ("posts", "views"),
}
"""What an office usually follows in each platform; whatever else was measured has its line too."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a line: its name in the form, what stands in it and what it is called when read aloud.

    `count` is set where publications are counted instead of typed: the figure leads to them.
    """

    key: str
    month: Period
    label: str
    text: str
    css: str = ""
    count: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A metric of a channel: its months, the quarter's and where it comes from."""

    channel: Channel
    code: str
    name: str
    cells: tuple[Cell, ...]
    total: str
    total_css: str
    source: str
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a channel."""

    channel: Channel
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be read: which one, and one sentence."""

    key: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page of typed cells means: the observations that change, or the cells that cannot be read."""

    changed: tuple[Observation, ...]
    problems: tuple[Problem, ...]


def lay_out(
    dossier: Dossier,
    also: Mapping[str, frozenset[str]],
    typed: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> tuple[Group, ...]:
    """The grid of a quarter. `also` are metrics to show by channel beside the usual ones: those of earlier quarters."""
    wrong = {problem.key: problem.sentence for problem in problems}
    groups = []
    for channel in dossier.channels:
        observed = {each.metric for each in dossier.observations if each.channel == channel.code}
        wanted = dict.fromkeys((*_USUAL.get(channel.platform, ()), *CATALOGUE))
        codes = [
            code
            for code in wanted
            if code in _USUAL.get(channel.platform, ()) or code in observed or code in also.get(channel.code, ())
        ]
        lines = tuple(_line(dossier, channel, code, typed or {}, wrong) for code in codes)
        if lines:
            groups.append(Group(channel, lines))
    return tuple(groups)


def cell_key(channel: str, code: str, month: Period) -> str:
    """The name of a cell in the form: «facebook/views/2025-10»."""
    return f"{channel}/{code}/{month}"


def _line(dossier: Dossier, channel: Channel, code: str, typed: Mapping[str, str], wrong: Mapping[str, str]) -> Line:
    measures = by_month(dossier, code, channel.code)
    cells = tuple(
        _cell(channel, code, (month, measure), typed, wrong)
        for month, measure in zip(dossier.period.months, measures, strict=True)
    )
    total = over_months(dossier, code, channel.code)
    text, css = _print_total(total)
    return Line(
        channel,
        code,
        metric(code).name,
        cells,
        text,
        css,
        _source(dossier, channel, code),
        any(measure.is_estimate for measure in measures),
    )


def _cell(
    channel: Channel, code: str, told_in: tuple[Period, Measure], typed: Mapping[str, str], wrong: Mapping[str, str]
) -> Cell:
    month, measure = told_in
    key = cell_key(channel.code, code, month)
    label = f"{channel.name}, {metric(code).name}, {month_name(month.start.month)}"
    if measure.account is Account.COUNT and measure.amount is not None:
        return Cell(key, month, label, "", count=print_amount(measure.amount))
    told = _print(measure)
    text = typed.get(key, told)
    css = "is-empty" if not text else ""
    if text != told:
        css = "is-new"
    if key in wrong:
        css = "is-wrong"
    return Cell(key, month, label, text, css, problem=wrong.get(key, ""))


def _print(measure: Measure) -> str:
    if measure.amount is not None:
        return print_amount(measure.amount)
    return NOT_APPLICABLE if measure.state is MeasureState.NOT_APPLICABLE else ""


def _print_total(total: Measure) -> tuple[str, str]:
    if total.amount is not None:
        return print_amount(total.amount), ""
    if total.state is MeasureState.NOT_ADDABLE:
        return "no sumable", "not-addable"
    if total.state is MeasureState.NOT_APPLICABLE:
        return NOT_APPLICABLE, "not-applicable"
    if total.lacking and len(total.lacking) < len(total.parts):
        return f"falta {', '.join(name.split(' de ')[0][:3] for name in total.lacking)}", "no-data"
    return "sin dato", "no-data"


def _source(dossier: Dossier, channel: Channel, code: str) -> str:
    named = dict.fromkeys(
        each.source for each in dossier.observations if (each.channel, each.metric) == (channel.code, code)
    )
    told = " y ".join(name for name in named if name)
    if not told and code in COUNTED and listed(dossier, code, channel.code):
        return "Publicaciones anotadas"
    return told


def read_cells(dossier: Dossier, typed: Mapping[str, str]) -> Reading:
    """What was typed against what is recorded. A cell that says the same changes nothing.

    A figure already recorded keeps its source and its rounding's words; a new one is of the platform's panel until
    somebody says otherwise.
    """
    changed: list[Observation] = []
    problems: list[Problem] = []
    for channel in dossier.channels:
        for code in CATALOGUE:
            for month in dossier.period.months:
                key = cell_key(channel.code, code, month)
                if key not in typed:
                    continue
                old = dossier.observation(code, channel.code, month)
                label = f"{channel.name}, {metric(code).name}, {month_name(month.start.month)}"
                try:
                    new = _read(channel, code, month, typed[key], old)
                except ValueError as error:
                    problems.append(Problem(key, label, str(error)))
                    continue
                if new is not None and new != old:
                    changed.append(new)
    return Reading(tuple(changed), tuple(problems))


def _read(channel: Channel, code: str, month: Period, text: str, old: Observation | None) -> Observation | None:
    """The observation that a cell's text means; None where an empty cell says nothing new.

    Raises:
        ValueError: it cannot be read, or can be read in two ways; one Spanish sentence.
    """
    said = fold(text)
    base = old or Observation(code, channel.code, month, ObservationStatus.NO_DATA, source=f"Panel de {channel.name}")
    if said in _NOTHING:
        return None if old is None else replace(base, status=ObservationStatus.NO_DATA, amount=None)
    if base.amount is None:  # whatever was owed, it was typed from the platform's panel in the end
        base = replace(base, method=Method.PANEL)
    if said in (NOT_APPLICABLE, "n/a", "na"):
        return replace(base, status=ObservationStatus.NOT_APPLICABLE, amount=None, owed_by="", due=None)
    if old is not None and old.amount is not None and print_amount(old.amount) == text.strip():
        return old
    amount = parse_amount(text)
    if amount.alternatives and "," in text:
        raise ValueError(ask_reading(amount))
    if amount.value < 0 and code != "followers_gained":
        raise ValueError(f"«{text.strip()}» es menos que cero. Escriba 0 o más.")
    return replace(base, status=ObservationStatus.VALUE, amount=amount, owed_by="", due=None)


@dataclass(frozen=True, slots=True)
class CellCollision:
    """A cell that somebody else changed since the page was opened: who, when, what they put and what was typed."""

    key: str
    label: str
    who: str
    at: datetime
    theirs: str
    yours: str
