"""What is missing, said: for which figure, in which file it will come, who owes it and by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pregon.document.model import Paragraph, Role
from pregon.document.prose import Operator, Printed, Prose
from pregon.figures.period import Period
from pregon.figures.spanish import join_words
from pregon.records.dossier import Dossier
from pregon.records.totals import Measure, MeasureState
from pregon.report.section import Missing
from pregon.report.setting import cited, day, noun, number


def missing_recorded(dossier: Dossier, slug: str) -> tuple[Missing, ...]:
    """What the office itself declared pending for a section."""
    return tuple(
        Missing(Prose.of(cited(f"pending.{slug}.{place}", pending.what)), pending.file, pending.person, pending.due)
        for place, pending in enumerate(dossier.pending, start=1)
        if pending.section == slug
    )


def missing_months(channel: str, period: Period, lines: Iterable[Sequence[Measure]]) -> tuple[Missing, ...]:
    """The figures of a channel without datum, one entry per person: «Facebook, diciembre: 4 cifras»."""
    gaps: dict[tuple[str, date | None], dict[str, int]] = {}
    for parts in lines:
        for month, part in zip(period.months, parts, strict=True):
            if part.state is MeasureState.NO_DATA:
                months = gaps.setdefault((part.owed_by, part.due), {})
                name = month.title.split(" de ", 1)[0]
                months[name] = months.get(name, 0) + 1
    found = []
    for (person, due), months in gaps.items():
        total = sum(months.values())
        what = Prose.of(
            cited("channel", channel),
            f", {join_words(list(months))}: ",
            number(f"missing.{channel}.{'.'.join(months)}", total, Operator.COUNT),
            f" {noun(total, 'cifra', 'cifras')}",
        )
        found.append(Missing(what, person=person, due=due))
    return tuple(found)


def tell_missing(missing: Sequence[Missing]) -> tuple[Paragraph, ...]:
    """A note for each thing missing: «Pendiente: … Lo entrega Marcela Ríos el 15 de enero de 2026.»."""
    return tuple(Paragraph(tell_one(entry), Role.NOTE) for entry in missing)


def tell_one(entry: Missing) -> Prose:
    """One thing missing in a sentence or two."""
    told: list[str | Printed | Prose] = ["Pendiente: ", entry.what, "."]
    if entry.file:
        told += [" Archivo: ", cited("missing.file", entry.file), "."]
    if entry.person:
        told += [" Responde ", cited("missing.person", entry.person)]
        told += [", hasta el ", day("missing.due", entry.due), "."] if entry.due else [", sin fecha acordada."]
    else:
        told += [" No tiene responsable: asígnele uno."]
    return Prose.of(*told)
