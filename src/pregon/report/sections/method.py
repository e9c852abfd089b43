"""Método y lo que falta: how each thing was counted, what was checked, what is missing and who owes it."""

from __future__ import annotations

from pregon.document.model import Block, Cell, Heading, Paragraph, Role, Table
from pregon.document.prose import Prose
from pregon.figures.metric import metric
from pregon.records.dossier import Dossier
from pregon.records.totals import MESSAGES, NEWS_ITEMS, POSTS, WALLPAPERS
from pregon.report.section import Case, Definition, Missing, Section, SectionReport
from pregon.report.setting import cell, cited, day, joined, missing_cell, named, noun, number, period_span, words
from pregon.report.tables import facts_table, plain_table

SLUG = "method"


def build(case: Case, others: tuple[SectionReport, ...]) -> SectionReport:
    """The section: it sums up what all the others answered."""
    dossier = case.dossier
    blocks: list[Block] = [Paragraph(_tell_scope(dossier))]
    blocks.append(Heading(2, Prose("Lo que este informe no tiene")))
    blocks += _tell_missing(dossier, others)
    blocks.append(Heading(2, Prose("Cómo se contó")))
    blocks.append(_definitions(others))
    blocks += _tell_estimates(dossier)
    blocks.append(Heading(2, Prose("Lo que se comprobó")))
    blocks += _tell_checked(others)
    return SectionReport(SLUG, SECTION.title, tuple(blocks))


def _tell_scope(dossier: Dossier) -> Prose:
    cutoff = dossier.control.cutoff
    told = Prose.of("El informe cubre del ", period_span(dossier.period), ".")
    if cutoff is None:
        return Prose.of(told, " El corte de los datos no se registró.")
    when = cited("control.cutoff.time", f"{cutoff:%H:%M}")
    return Prose.of(
        told, " Las cifras se contaron hasta el ", day("control.cutoff", cutoff.date()), " a las ", when, "."
    )


def _tell_missing(dossier: Dossier, others: tuple[SectionReport, ...]) -> list[Block]:
    entries = [(report, entry) for report in others for entry in report.missing]
    if not entries:
        return [Paragraph(Prose("No falta nada."))]
    total = len(entries)
    told = Prose.of(
        noun(total, "Falta ", "Faltan "),
        number("missing.count", total),
        noun(total, " cosa; aparece", " cosas; cada una aparece"),
        " también en su sección.",
    )
    rows = [
        (words(report.title), Cell(_what(entry, _reason(dossier, report, entry))), _person(entry), _due(entry))
        for report, entry in entries
    ]
    head = ("Sección", "Qué falta", "Quién lo tiene", "Fecha")
    return [Paragraph(told), plain_table("Lo que falta, quién lo tiene y para cuándo", head, rows)]


def _reason(dossier: Dossier, report: SectionReport, entry: Missing) -> str:
    """Why it will not come, where the office declared it; "" where it is still expected."""
    asked = (report.slug, entry.what.text)
    return next((each.reason for each in dossier.declarations if (each.section, each.what) == asked), "")


def _what(entry: Missing, reason: str) -> Prose:
    what = entry.what
    if what.text and what.text[0].islower():
        # A capital keeps every mark where it was.
        what = Prose(what.text[0].upper() + what.text[1:], what.marks)
    if entry.file:
        what = Prose.of(what, " (", cited("missing.file", entry.file), ")")
    return Prose.of(what, ". Se declara sin dato: ", cited("missing.reason", reason)) if reason else what


def _person(entry: Missing) -> Cell:
    return named("missing.person", entry.person, absent="sin responsable")


def _due(entry: Missing) -> Cell:
    return cell(day("missing.due", entry.due, short=True)) if entry.due else missing_cell("sin fecha", "missing.due")


def _definitions(others: tuple[SectionReport, ...]) -> Table:
    counted = [POSTS, NEWS_ITEMS, MESSAGES, WALLPAPERS, "visits"]
    entries = {metric(code).name: Prose.of(cited(f"metric.{code}", metric(code).definition)) for code in counted}
    for report in others:
        for definition in report.definitions:
            entries.setdefault(definition.name, definition.meaning)
    extra = [Definition(name, meaning) for name, meaning in entries.items()]
    return facts_table("Qué quiere decir cada medida", [(d.name, d.meaning) for d in extra])


def _tell_estimates(dossier: Dossier) -> list[Block]:
    estimated = [o for o in dossier.observations if o.is_estimate and o.amount is not None]
    if not estimated:
        return []
    names: dict[tuple[str, str], Prose] = {}
    for observation in estimated:
        channel = cited("channel", dossier.channel(observation.channel).name)
        measure = metric(observation.metric).name.lower()
        names[observation.metric, observation.channel] = Prose.of(f"{measure} en ", channel)
    total = len(estimated)
    told = Prose.of(
        "Hay ",
        number("estimates.count", total),
        noun(
            total,
            " cifra estimada, marcada con ≈ donde aparece: ",
            " cifras estimadas, marcadas con ≈ donde aparecen: ",
        ),
        joined(list(names.values())),
        ".",
    )
    notes = dict.fromkeys(o.note for o in estimated if o.note)
    return [
        Paragraph(told),
        *(Paragraph(Prose.of(cited(f"estimates.note.{place}", note)), Role.SOURCE) for place, note in enumerate(notes)),
    ]


def _tell_checked(others: tuple[SectionReport, ...]) -> list[Block]:
    checks = [check for report in others for check in report.checked]
    if not checks:
        return [Paragraph(Prose("Ninguna cuenta tiene todas sus partes, así que ninguna se pudo comprobar."))]
    rows = [(named("checked", check.what), Cell(check.account)) for check in checks]
    total = len(checks)
    told = Prose.of(
        noun(total, "Cuadra ", "Cuadran "), number("checked.count", total), noun(total, " cuenta.", " cuentas.")
    )
    return [Paragraph(told), plain_table("Cuentas que se rehicieron al componer el informe", ("Qué", "Cuenta"), rows)]


SECTION = Section(SLUG, "Método y lo que falta", 140, build, sums_up=True)
