"""Eventos: each with those called and attended; total, mean over those that have a figure, best attended, the call."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from pregon.document.model import Block, Cell, CellState, Paragraph, Role
from pregon.document.prose import Operator, Printed, Prose
from pregon.figures.amount import Amount
from pregon.figures.spanish import print_number
from pregon.records.comparison import TENTH, percentage
from pregon.records.indicators import call_effectiveness, events_within
from pregon.records.programme import Event
from pregon.report.missing import missing_recorded, tell_missing
from pregon.report.section import Case, Checked, Missing, Section, SectionReport
from pregon.report.setting import (
    NOT_MEASURABLE,
    absence,
    cell,
    cited,
    computed,
    day,
    missing_cell,
    named,
    noun,
    number,
    period_name,
)
from pregon.report.tables import plain_table

SLUG = "events"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. Unknown attendance is not nobody: the mean says over how many events it was taken."""
    dossier = case.dossier
    events = events_within(dossier)
    missing = [*missing_recorded(dossier, SLUG), *_missing_attendance(events)]
    if not events:
        nothing = Paragraph(Prose.of("No se registraron eventos en el ", period_name(dossier.period), "."), Role.NOTE)
        return SectionReport(SLUG, SECTION.title, (nothing, *tell_missing(missing)), tuple(missing))
    known = [event for event in events if event.attended is not None]
    total = number("events.count", len(events), sources=(f"event:{event.reference}" for event in events))
    told = Prose.of(
        "En el ", period_name(dossier.period), " hubo ", total, " ", noun(len(events), "evento", "eventos"), "."
    )
    blocks: list[Block] = [Paragraph(told)]
    checked: tuple[Checked, ...] = ()
    if known:
        blocks.append(Paragraph(_tell_attendance(events, known)))
        blocks.append(Paragraph(_tell_best(known)))
        checked = _check(known)
    blocks.append(Paragraph(_tell_call(case)))
    head = ("Fecha", "Evento", "Dependencia", "Convocados", "Asistentes", "Asistencia")
    blocks.append(plain_table("Eventos del trimestre", head, [_row(event) for event in events]))
    blocks += tell_missing(missing)
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing), checked=checked)


def _row(event: Event) -> list[Cell]:
    key = f"event.{event.reference}"
    source = (f"event:{event.reference}",)
    if event.called and event.attended is not None:
        share = percentage(Decimal(event.attended), Decimal(event.called))
        effect = cell(computed(f"{key}.call", share, Operator.SHARE, (f"{key}.attended", f"{key}.called")))
    else:
        effect = Cell(Prose.of(absence(NOT_MEASURABLE, f"{key}.call")), state=CellState.NOT_MEASURABLE)
    return [
        cell(day(f"{key}.day", event.day, short=True)),
        cell(cited(f"{key}.title", event.title)),
        named(f"{key}.office", event.office, absent="sin dependencia"),
        missing_cell(key=f"{key}.called")
        if event.called is None
        else cell(number(f"{key}.called", event.called, Operator.RECORDED, source)),
        missing_cell(key=f"{key}.attended")
        if event.attended is None
        else cell(number(f"{key}.attended", event.attended, Operator.RECORDED, source)),
        effect,
    ]


def _tell_attendance(events: tuple[Event, ...], known: list[Event]) -> Prose:
    people = sum(event.attended or 0 for event in known)
    mean = (Decimal(people) / len(known)).quantize(TENTH, ROUND_HALF_UP)
    exact = mean * len(known) == people
    amount = Amount(mean.normalize() if exact else mean, "", Decimal(0) if exact else TENTH)
    keys = tuple(f"event.{event.reference}.attended" for event in known)
    attended = number("events.attended", people, Operator.SUM, (f"event:{event.reference}" for event in known))
    average = computed(
        "events.mean",
        amount,
        Operator.MEAN,
        keys,
        f"{print_number(people)} ÷ {len(known)} = {print_number(amount.value)}",
    )
    with_figure = number("events.known", len(known))
    if len(known) == len(events):
        scope = Prose("todos los eventos")
    else:
        scope = Prose.of(
            noun(len(known), "el evento que tiene la cifra (", "los eventos que tienen la cifra ("),
            with_figure,
            " de ",
            number("events.count", len(events)),
            ")",
        )
    return Prose.of(
        "Asistieron ",
        attended,
        noun(people, " persona a ", " personas a "),
        scope,
        "; el promedio en ellos es de ",
        average,
        " por evento.",
    )


def _tell_best(known: list[Event]) -> Prose:
    most = max(event.attended or 0 for event in known)
    best = [event for event in known if event.attended == most]
    people = number("events.maximum", most, Operator.MAXIMUM, (f"event:{event.reference}" for event in best))
    if len(best) > 1:
        return Prose.of(
            number("events.best", len(best)),
            " eventos comparten la mayor asistencia registrada, con ",
            people,
            " cada uno.",
        )
    event = best[0]
    title = cited(f"event.{event.reference}.title", event.title)
    return Prose.of(
        "La mayor asistencia registrada fue la de «", title, "», con ", people, noun(most, " persona.", " personas.")
    )


def _tell_call(case: Case) -> Prose:
    effect = call_effectiveness(case.dossier, "events.call")
    if effect.result is None or effect.numerator is None or effect.denominator is None:
        return Prose.of(
            "Eficacia de la convocatoria: ", absence(NOT_MEASURABLE, "events.call"), f", porque {effect.reason}."
        )
    above, below = effect.numerator, effect.denominator
    how_many = len(effect.sources)
    return Prose.of(
        "Eficacia de la convocatoria: ",
        computed("events.call", effect.result, Operator.SHARE, (above.key, below.key)),
        ", con ",
        number(above.key, int(above.value or 0), Operator.SUM, above.sources),
        " asistentes de ",
        number(below.key, int(below.value or 0), Operator.SUM, below.sources),
        " convocados, en ",
        number("events.call.events", how_many),
        noun(how_many, " evento con ambas cifras.", " eventos con ambas cifras."),
    )


def _missing_attendance(events: tuple[Event, ...]) -> list[Missing]:
    return [
        Missing(
            Prose.of("asistencia de «", cited(f"event.{event.reference}.title", event.title), "»"),
            person=event.owed_by,
            due=event.due,
        )
        for event in events
        if event.attended is None
    ]


def _check(known: list[Event]) -> tuple[Checked, ...]:
    if len(known) < 2:
        return ()
    pieces: list[str | Printed] = []
    for event in known:
        pieces += [" + ", number(f"event.{event.reference}.attended", event.attended or 0, Operator.RECORDED)]
    total = number("events.attended", sum(event.attended or 0 for event in known), Operator.SUM)
    return (Checked("Asistentes a los eventos que tienen la cifra", Prose.of(*pieces[1:], " = ", total)),)


SECTION = Section(SLUG, "Eventos", 100, build)
