"""Partes del informe que son de otro periodo.

## Qué revisa

Primero averigua de qué periodo es el informe, por mayoría: pesan más las fechas y los meses de sus tablas que el
título. Después señala lo que no cabe en él: el título o las frases que nombran otro trimestre, tablas de otros meses,
notas fechadas antes (también «a corte del 30 de septiembre»), campañas con duración de otro trimestre, listas con todas
sus fechas fuera y eventos fuera de fecha.

## Por qué importa

Un párrafo de otro trimestre no describe lo que pasó en este. Y en una nota de seguimiento, una fecha anterior al
periodo dice que el seguimiento no se hizo.

## Ejemplo

> SEGUNDO TRIMESTRE 2025
> En el tercer trimestre del año 2025 se realizaron 273 publicaciones…
> Para un total de 278 publicaciones en el cuarto trimestre del año 2025

«El informe nombra tres trimestres distintos. Sus tablas son del cuarto trimestre de 2025.»

Si lo único de otro trimestre es una frase que empieza así («En el tercer trimestre…») y ninguna cifra suya es de este
informe, no es una contradicción: puede ser una comparación, y se dice que no se puede confirmar.

## Qué no juzga

- Comparaciones: «frente al tercer trimestre», «el mismo trimestre de 2024», «pasaron de 250 en el tercer trimestre a
  273», «250 en el tercero y 273 en este», columnas de periodos anteriores.
- Lo que empezó o quedó de otro trimestre («la estrategia del segundo trimestre») y lo que se hará en el próximo.
- Un corte anterior con cifras: «con corte al 30 de septiembre había 12.000 seguidores» puede ser de donde se partió.
- Duraciones abiertas o anuales, y lo que empieza antes y termina dentro del periodo.
- Los años de leyes y sentencias, los códigos y los números de sección.
- Documentos en los que nada dice de qué periodo son.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.reading import Reading
from pregon.audit.rule import Rule
from pregon.audit.wording import count_words, span_words, tidy
from pregon.claims.bond import Tie
from pregon.claims.dated_notes import DatedNote, find_dated_notes
from pregon.claims.other_quarters import calls_present, leads
from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.tabulation import Tabulation
from pregon.claims.time_fields import find_time_fields
from pregon.claims.timeline import PeriodClaim, Stand, is_comparing
from pregon.claims.vocabulary import flatten
from pregon.document.location import Location, LocationKind
from pregon.document.model import Heading, Passage
from pregon.figures.period import Period
from pregon.figures.spanish import find_dates, join_words, ordinal, parse_date

_OPEN: Final = re.compile(r"\bdesde\b|\bhasta\b|\banual|\btodo el ano|\bpermanente|\bpendiente|\bpor definir")
_EVENT: Final = re.compile(r"\bevento|\bactividad|\bconmemoracion|\befemeride|\bjornada|\bcapacitacion|\btaller")


def check(reading: Reading) -> Iterator[Finding]:
    """Hold every period named against the document's own; where nothing tells its own, judge nothing."""
    own = reading.period
    if own is None:
        return
    notes = [note for note in find_dated_notes(reading.passages) if note.day < own.start]
    noted = {note.passage for note in notes}
    yield from _quarters_named(reading, own, noted)
    yield from _things_outside(reading, own)
    yield from _listed_days_outside(reading, own)
    yield from _rows_outside(reading, own)
    yield from _notes_outside(reading, own, notes)
    yield from _tables_outside(reading, own)


def _finding(message: str, places: Sequence[Location], **told: object) -> Finding:
    base = Finding(RULE.code, RULE.name, Severity.CONTRADICTION, message, tuple(dict.fromkeys(places)))
    return replace(base, **told)  # type: ignore[arg-type]  # fields of Finding, named by each caller


def _place(reading: Reading, passage: int, start: int = 0, end: int | None = None) -> Location:
    return reading.passages[passage].location._replace(start=start, end=end)


def _quarters_named(reading: Reading, own: Period, noted: set[int]) -> Iterator[Finding]:
    """The title and the sentences that name another quarter than the tables."""
    named = [
        claim
        for claim in reading.timeline.claims
        if claim.is_quarter
        and claim.period is not None
        and claim.stand in (Stand.TITLE, Stand.HEADING, Stand.SENTENCE)
        and claim.passage >= 0
        and claim.passage not in noted
        and not claim.is_comparison
        and len(claim.period.months) == len(own.months)
    ]
    outside = [claim for claim in named if claim.period is not None and not claim.period.overlaps(own)]
    texts = {claim: reading.passages[claim.passage].prose.text for claim in outside}
    slipped = reading.other_quarters.slipped
    if not any(
        claim.stand is not Stand.SENTENCE or claim.passage in slipped or calls_present(text, claim.start)
        for claim, text in texts.items()
    ):
        # Nothing but sentences, and none gives a figure of this report: what happened before may be told.
        leading = [one for one, text in texts.items() if one.period != own.year_before and leads(text, one.start)]
        if leading:
            yield _may_be_told(reading, own, leading)
        return
    periods = {claim.period for claim in named if claim.period is not None} | {own}
    kind = "trimestres" if len(own.months) == 3 else "periodos"
    inside = [claim for claim in named if claim not in outside]
    quotes = join_words([f"«{claim.text}»" for claim in named])
    yield _finding(
        f"El informe nombra {count_words(len(periods))} {kind} distintos. {_tell_tables(reading, own)}",
        [_place(reading, claim.passage, claim.start, claim.end) for claim in (*outside, *inside)],
        stated=quotes,
        expected=reading.timeline.title,
        cause="Lo que nombra otro trimestre parece venir de un informe anterior.",
        remedy=f"Escriba «{reading.timeline.title}» en {_where(reading, outside)}.",
    )


def _may_be_told(reading: Reading, own: Period, outside: Sequence[PeriodClaim]) -> Finding:
    """Sentences of another quarter with nothing that is this report's: a comparison, or an older paragraph."""
    one = len(outside) == 1
    quotes = join_words([f"«{text}»" for text in dict.fromkeys(claim.text for claim in outside)])
    what = f"la frase de {quotes} compara o viene" if one else f"las frases de {quotes} comparan o vienen"
    mend = "quítela o corríjala" if one else "quítelas o corríjalas"
    finding = _finding(
        f"No se puede confirmar si {what} de otro informe.",
        [_place(reading, claim.passage, claim.start, claim.end) for claim in outside],
        stated=quotes,
        expected=reading.timeline.title,
        cause=f"El informe es de {span_words(own)}.",
        remedy=f"Si es una comparación, dígalo («frente al …»); si es de un informe anterior, {mend}.",
    )
    return replace(finding, severity=Severity.INCONCLUSIVE)


def _tell_tables(reading: Reading, own: Period) -> str:
    has_axis = any(
        claim.stand is Stand.AXIS and claim.period is not None and own.contains(claim.period)
        for claim in reading.timeline.claims
    )
    title = reading.timeline.title
    return f"Sus tablas son del {title}." if has_axis else f"Lo demás es del {title}."


def _where(reading: Reading, claims: Sequence[PeriodClaim]) -> str:
    places = []
    for claim in claims:
        location = reading.passages[claim.passage].location
        told = location.describe()
        article = "la " if told.startswith(("sección", "tabla", "nota", "imagen")) else "el "
        places.append("el título" if claim.stand is Stand.TITLE else f"{article}{told}")
    return join_words(list(dict.fromkeys(places)))


def _things_outside(reading: Reading, own: Period) -> Iterator[Finding]:
    """Campaigns and the like whose «Duración» lies outside the period."""
    outside: list[tuple[str, Location, str, Period]] = []
    for number, field in find_time_fields(reading.passages, reading.tabulations):
        value = reading.passages[number].prose.text[field:]
        period = None if _OPEN.search(flatten(value)) else _read_span(value, own, reading)
        if period is not None and not period.overlaps(own):
            name = _name_thing(reading, number)
            outside.append((name, _place(reading, number, field), value.strip(), period))
    if not outside:
        return
    places = [place for _, place, _, _ in outside]
    span = Period(min(p.start for _, _, _, p in outside), max(p.end for _, _, _, p in outside))
    one = len(outside) == 1
    noun = _noun_of_things(reading, one=one)
    subject = f"La {noun} «{outside[0][0]}»" if one and outside[0][0] else None
    subject = subject or f"{count_words(len(outside), feminine=True).capitalize()} {noun}"
    yield _finding(
        f"{subject} {'es' if one else 'son'} de {span_words(span)} y el informe, de {span_words(own)}.",
        places,
        stated="; ".join(f"«{name}»: {value}" if name else value for name, _, value, _ in outside),
        expected=f"fechas entre {span_words(own).replace(' a ', ' y ')}",
        cause="El párrafo viene de un informe anterior." if one else "Los párrafos vienen de un informe anterior.",
        remedy="Quite lo que no ocurrió en el periodo o corrija sus fechas.",
        consequences=tuple(f"«{name}» dura {value.rstrip('.')}." for name, _, value, _ in outside if name),
    )


def _read_span(text: str, own: Period, reading: Reading) -> Period | None:
    """The days or months that a value names, from the first to the last."""
    days = find_dates(text)
    found: list[Period] = []
    for day in days:
        value = day.date or _nearest_day(day.text, own)
        if value is not None and day.day != int(day.text if day.text.isdigit() else 0):
            found.append(Period(value, value))
        elif value is None and day.date is None and day.text.isdigit():
            continue
    for mention in periods_in(text):
        resolved = reading.timeline.resolve(months_said(mention), mention.year)
        if resolved is not None:
            found.append(resolved)
    if not found:
        return None
    return Period(min(period.start for period in found), max(period.end for period in found))


def _nearest_day(text: str, own: Period) -> date | None:
    try:
        return parse_date(text, near=own)
    except ValueError:
        return None


def _name_thing(reading: Reading, passage: int) -> str:
    """The thing a field belongs to: the last one listed before it, or the last heading."""
    here = reading.passages[passage].location
    best = ""
    for bond in reading.bonds:
        if bond.tie is not Tie.COUNT:
            continue
        for name, location in bond.things:
            if (location.paragraph or 0) <= (here.paragraph or 0):
                best = name
    if best:
        return best
    for earlier in range(passage, -1, -1):
        block = reading.passages[earlier].block
        if isinstance(block, Heading):
            return block.text
    return ""


def _noun_of_things(reading: Reading, *, one: bool) -> str:
    text = flatten(" ".join(passage.prose.text for passage in reading.passages[:400]))
    if "campana" in text:
        return "campaña" if one else "campañas"
    return "actividad" if one else "actividades"


def _listed_days_outside(reading: Reading, own: Period) -> Iterator[Finding]:
    """Lists whose every point has a day, all outside the period."""
    run: list[tuple[int, date, str]] = []
    days = ((number, _only_day(passage, own)) for number, passage in reading.passages.outside_tables)
    for number, day in (*((number, day) for number, day in days if day is not None), (-1, None)):
        if run and run[-1][0] != number - 1:
            if len(run) > 1 and not any(own.contains(found) for _, found, _ in run):
                yield _tell_days(reading, own, run)
            run = []
        if day is not None:
            run.append((number, *day))


def _only_day(passage: Passage, own: Period) -> tuple[date, str] | None:
    """The one day of a point of a list, and how it is printed; None for any other text."""
    text = passage.prose.text
    if passage.location.kind is not LocationKind.PARAGRAPH or len(text) > 160 or ":" in text:
        return None
    days = find_dates(text)
    if len(days) != 1 or days[0].start < 4:
        return None
    found = days[0].date or _nearest_day(days[0].text, own)
    return (found, days[0].text) if found is not None else None


def _tell_days(reading: Reading, own: Period, run: list[tuple[int, date, str]]) -> Finding:
    name = _name_thing(reading, run[0][0] - 1)
    days = sorted(found for _, found, _ in run)
    subject = f"«{name}»" if name else "La lista"
    last = days[-1].replace(day=monthrange(days[-1].year, days[-1].month)[1])
    months = span_words(Period(days[0].replace(day=1), last))
    return _finding(
        f"{subject} solo tiene fechas de {months} y el informe es de {span_words(own)}.",
        [_place(reading, number) for number, _, _ in run],
        stated=join_words([f"«{shown}»" for _, _, shown in run]),
        expected=f"fechas de {span_words(own)}",
        cause="La lista viene de un informe anterior.",
        remedy="Deje las fechas del periodo, o diga que no hubo.",
    )


def _rows_outside(reading: Reading, own: Period) -> Iterator[Finding]:
    """Events of a table that are dated outside the period, where most are inside."""
    for tabulation in reading.tabulations:
        if not tabulation.is_listing or not flatten(tabulation.column_labels[0]).startswith("fecha"):
            continue
        if not _EVENT.search(flatten(" ".join(tabulation.column_labels))):
            continue
        dated = [(row, day) for row in tabulation.thing_rows if (day := _day_of(tabulation, row, own)) is not None]
        outside = [(row, day) for row, day in dated if not own.contains(day)]
        if not outside or 2 * len(outside) >= len(dated):
            continue
        for row, day in outside:
            shown = tabulation.locate((row, 0)).text
            side = "antes" if day < own.start else "después"
            yield _finding(
                f"«{tabulation.line_name(row)}» está fechado el {shown}, {side} del periodo.",
                [tabulation.locate((row, 0))],
                stated=shown,
                expected=f"una fecha entre {span_words(own).replace(' a ', ' y ')}",
                cause="O la fecha está mal escrita o la fila es de otro informe.",
                remedy="Revise la fecha con la evidencia.",
            )


def _day_of(tabulation: Tabulation, row: int, own: Period) -> date | None:
    cell = tabulation.table.spread[row][0]
    days = find_dates(cell.text) if cell is not None else ()
    if len(days) != 1:
        return None
    return days[0].date or _nearest_day(days[0].text, own)


def _notes_outside(reading: Reading, own: Period, notes: list[DatedNote]) -> Iterator[Finding]:
    if not notes:
        return
    shown = list(dict.fromkeys(note.shown for note in notes))
    one = len(notes) == 1
    kind = " de riesgo" if all(_is_about_risk(reading, note) for note in notes) else ""
    subject = (
        f"La nota{kind} está fechada"
        if one
        else (f"Las {count_words(len(notes), feminine=True)} notas{kind} están fechadas")
    )
    yield _finding(
        f"{subject} el {join_words(shown)}, antes de que empezara el periodo.",
        [_place(reading, note.passage, note.start, note.end) for note in notes],
        stated=join_words([f"«{text}»" for text in shown]),
        expected=f"una fecha entre {span_words(own).replace(' a ', ' y ')} de {own.end.year}",
        cause="El texto viene de un informe anterior.",
        remedy="Haga el seguimiento del periodo y escriba su fecha.",
        consequences=tuple(_tell_noted_quarters(reading, own, notes)),
    )


def _is_about_risk(reading: Reading, note: DatedNote) -> bool:
    passage = reading.passages[note.passage]
    table = reading.tabulation(passage.location.table)
    around = f"{passage.prose.text} {passage.location.section} {table.before if table is not None else ''}"
    return "riesgo" in flatten(around)


def _tell_noted_quarters(reading: Reading, own: Period, notes: list[DatedNote]) -> Iterator[str]:
    """What the dated notes say of quarters: another one, an older report as evidence, a «presente» that is not this."""
    for note in notes:
        text = reading.passages[note.passage].prose.text
        named = [m for m in periods_in(text) if m.quarter or m.relative]
        said = [m.quarter for m in named if m.quarter]
        for mention in named:
            if mention.relative:
                running = ordinal((note.day.month + 2) // 3, before_noun=True)
                yield (
                    f"Una nota del {note.shown} dice «{mention.text}»: ese día corría el {running} trimestre, "
                    f"no el {_quarter_word(own)}."
                )
            elif mention.quarter and mention.quarter == min(said) and len(set(said)) > 1:
                yield f"Cita como evidencia el informe del «{mention.text}», anterior a lo que afirma."
            else:
                resolved = reading.timeline.resolve(months_said(mention), mention.year)
                if resolved is not None and not resolved.overlaps(own):
                    yield f"Una nota habla del «{mention.text}»."


def _quarter_word(own: Period) -> str:
    return own.title.replace("trimestre de ", "de ") if len(own.months) == 3 else own.title


def _tables_outside(reading: Reading, own: Period) -> Iterator[Finding]:
    for claim in reading.timeline.claims:
        if claim.stand is not Stand.AXIS or claim.period is None or claim.is_comparison:
            continue
        tabulation = reading.tabulation(claim.table)
        if tabulation is None or claim.period.overlaps(own) or is_comparing(" ".join(tabulation.column_labels)):
            continue
        yield _finding(
            f"La tabla de {_name_table(tabulation)} es de {span_words(claim.period)} "
            f"y el informe, de {span_words(own)}.",
            [tabulation.locate_table()],
            stated=span_words(claim.period),
            expected=span_words(own),
            cause="La tabla viene de un informe anterior.",
            remedy=f"Póngala con las cifras de {span_words(own)} o quítela.",
        )


def _name_table(tabulation: Tabulation) -> str:
    if tabulation.has_time_rows:
        labels = [tidy(label).lower() for label in tabulation.column_labels[1:] if label]
        if labels:
            return join_words(labels)
    return tidy(tabulation.name).lower() or f"número {tabulation.number}"


RULE = Rule(code="PER001", name="period-mismatch", severity=Severity.CONTRADICTION, since="0.1", check=check)
