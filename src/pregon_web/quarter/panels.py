"""What the quarter page shows, worked out of the dossier by the library. Figures are never computed here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pregon.figures.period import Period
from pregon.figures.spanish import month_name, print_date
from pregon.records import totals
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Platform
from pregon.records.totals import Measure, MeasureState
from pregon.report import setting
from pregon.report.compose import load_sections
from pregon.report.section import Missing, SectionReport
from pregon_web.quarter.sources import SourceLinks

COVER = "informe"
VISITS = "visits"
WIDTH, HEIGHT, BASE, TOP = 290, 165, 143, 22


@dataclass(frozen=True, slots=True)
class Printed:
    """A measure in print: its text, which face of nothing it is where it is no number (a class of the look), and where
    its records are.
    """

    text: str
    css: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class BigFigure:
    """A figure of the quarter with the parts it is made of."""

    name: str
    value: Printed
    parts: tuple[tuple[Printed, str], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A section of the report in the line of the quarter: its number, name and state."""

    number: int
    anchor: str
    title: str
    state: str

    @property
    def words(self) -> str:
        """What a screen reader says after the number."""
        states = {"": "lista", "is-missing": "con faltantes", "is-late": "vencida"}
        return f"{self.title}: {states[self.state]}"


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is missing, who has it and by when. `tag` is the colour of the date."""

    number: int
    anchor: str
    section: str
    what: str
    file: str
    person: str
    due: date | None
    when: str
    tag: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A section of the report and everything it lacks."""

    number: int
    anchor: str
    title: str
    things: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, in the coordinates of its drawing. One without datum is drawn as an empty frame."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    month: str
    is_missing: bool

    @property
    def label_y(self) -> float:
        """Where its label stands: just above it."""
        return round(self.y - 6, 1)


@dataclass(frozen=True, slots=True)
class Panel:
    """A small chart: one channel over the months."""

    key: str
    name: str
    note: str
    description: str
    bars: tuple[Bar, ...]


_FACES = {
    MeasureState.VALUE: "",
    MeasureState.NO_DATA: "no-data",
    MeasureState.NOT_APPLICABLE: "not-applicable",
    MeasureState.NOT_ADDABLE: "not-addable",
}


def print_measure(measure: Measure, links: SourceLinks | None = None) -> Printed:
    """The measure exactly as the report prints it; never a blank, never a zero for what is missing."""
    href = links.measure(measure) if links is not None and measure.state is MeasureState.VALUE else None
    return Printed(setting.print_measure(measure).text, _FACES[measure.state], href or "")


def short_month(month: Period) -> str:
    """«oct», as under a bar."""
    return month_name(month.start.month, short=True)


def big_figures(dossier: Dossier) -> tuple[BigFigure, ...]:
    """The four figures a quarter is known by; one that the office has no channel for is left out."""
    found = []
    links = SourceLinks(dossier)
    social = dossier.social_channels
    if social:
        total = totals.over_channels(dossier, totals.POSTS, social, dossier.period, "social")
        parts = tuple(
            (print_measure(totals.over_months(dossier, totals.POSTS, channel.code), links), channel.name)
            for channel in social
        )
        found.append(BigFigure("Publicaciones en redes", print_measure(total, links), parts))
    for name, code, platform in (
        ("Noticias publicadas", totals.NEWS_ITEMS, Platform.WEBSITE),
        ("Visitas a la sede", VISITS, Platform.WEBSITE),
        ("Mensajes por WhatsApp", totals.MESSAGES, Platform.WHATSAPP),
    ):
        channel = _first(dossier.channels, platform)
        if channel is not None:
            found.append(_monthly_figure(dossier, name, code, channel))
    return tuple(found)


def _first(channels: Iterable[Channel], platform: Platform) -> Channel | None:
    return next((channel for channel in channels if channel.platform is platform), None)


def _monthly_figure(dossier: Dossier, name: str, code: str, channel: Channel) -> BigFigure:
    links = SourceLinks(dossier)
    months = totals.by_month(dossier, code, channel.code)
    parts = tuple(
        (print_measure(part, links), short_month(month))
        for part, month in zip(months, dossier.period.months, strict=True)
    )
    return BigFigure(name, print_measure(totals.over_months(dossier, code, channel.code), links), parts)


def anchor_of(slug: str) -> str:
    """Where a section stands in the report's page: as the HTML writer names its headings; the cover has none."""
    covers = {section.slug for section in load_sections() if section.is_cover}
    return COVER if slug in covers else f"s-{slug.replace('_', '-')}"


def section_ticks(sections: tuple[SectionReport, ...], today: date) -> tuple[Tick, ...]:
    """Each section of the report: ready, with things missing, or with one that is past its date."""

    def state(missing: tuple[Missing, ...]) -> str:
        if any(entry.due is not None and entry.due < today for entry in missing):
            return "is-late"
        return "is-missing" if missing else ""

    return tuple(
        Tick(number, anchor_of(section.slug), section.title, state(section.missing))
        for number, section in enumerate(sections, start=1)
    )


def lacking_sections(sections: tuple[SectionReport, ...], today: date) -> tuple[Lacking, ...]:
    """The sections that lack something, in the report's order, each with what it lacks."""
    return tuple(
        Lacking(
            number,
            anchor_of(section.slug),
            section.title,
            tuple(_owed(number, section, each, today) for each in section.missing),
        )
        for number, section in enumerate(sections, start=1)
        if section.missing
    )


def owed_things(sections: tuple[SectionReport, ...], today: date) -> tuple[Owed, ...]:
    """Everything that is missing, the most pressing first; what has no date comes last."""
    found = [
        _owed(number, section, entry, today)
        for number, section in enumerate(sections, start=1)
        for entry in section.missing
    ]
    return tuple(sorted(found, key=lambda owed: (owed.due is None, owed.due or today, owed.number)))


def _owed(number: int, section: SectionReport, entry: Missing, today: date) -> Owed:
    when, tag = due_words(entry.due, today)
    return Owed(
        number, anchor_of(section.slug), section.title, entry.what.text, entry.file, entry.person, entry.due, when, tag
    )


def due_words(due: date | None, today: date) -> tuple[str, str]:
    """How a date is said from today, and the colour of its tag: «Vence mañana», `is-gap`."""
    if due is None:
        return "Sin fecha", ""
    days = (due - today).days
    if days < -1:
        return f"Venció el {print_date(due, short=True)}", "is-bad"
    near = {-1: ("Venció ayer", "is-bad"), 0: ("Vence hoy", "is-gap"), 1: ("Vence mañana", "is-gap")}
    return near.get(days, (f"Vence el {print_date(due, short=True)}", ""))


def channel_panels(dossier: Dossier) -> tuple[Panel, ...]:
    """Posts of each network over the months, all on one scale from zero."""
    series = [(channel, totals.by_month(dossier, totals.POSTS, channel.code)) for channel in dossier.social_channels]
    highest = max((measure.value or 0 for _, months in series for measure in months), default=0)
    if not highest:
        return ()
    return tuple(_panel(dossier, channel, months, float(highest)) for channel, months in series)


def _panel(dossier: Dossier, channel: Channel, months: tuple[Measure, ...], highest: float) -> Panel:
    step = (WIDTH + 18) / max(len(months), 1)
    width = step - 18
    bars, said = [], []
    for place, (measure, month) in enumerate(zip(months, dossier.period.months, strict=True)):
        shown = print_measure(measure)
        height = (BASE - TOP) * float(measure.value or 0) / highest if measure.value is not None else 42.0
        x = place * step
        bars.append(
            Bar(
                round(x, 1),
                round(BASE - height, 1),
                round(width, 1),
                round(height, 1),
                round(x + width / 2, 1),
                shown.text,
                short_month(month),
                is_missing=measure.value is None,
            )
        )
        said.append(f"{month.short} {shown.text}")
    total = print_measure(totals.over_months(dossier, totals.POSTS, channel.code))
    note = f"{total.text} en el trimestre"
    return Panel(channel.code, channel.name, note, f"{channel.name}, publicaciones: {', '.join(said)}", tuple(bars))
