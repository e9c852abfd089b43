"""Dossiers of quarters → the document of their year, for the institution itself or for the council."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from pregon.document.model import Block, Cell, CellState, Document, Heading, Layout, Paragraph, Properties, Role, Table
from pregon.document.prose import Printed, Prose
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Signature, SignatureRole
from pregon.records.totals import Measure, over_channels
from pregon.report.compose import number_blocks
from pregon.report.rollup.merge import Year, gather_year
from pregon.report.rollup.published import (
    section_head,
    tell_audience,
    tell_campaigns,
    tell_events,
    tell_publications,
)
from pregon.report.rollup.served import tell_lacking, tell_plan, tell_requests, tell_risks
from pregon.report.rows import external_total, news_total, social_total, websites
from pregon.report.setting import absence, cell, cell_of, cited, joined, named, period_name, period_span, words


class Reader(StrEnum):
    """Whom a year's report is for."""

    INSTITUTION = "institution"
    COUNCIL = "council"
    """The municipal council, to which a personero reports every year (Ley 136 of 1994, article 178)."""


_TITLES = {
    Reader.INSTITUTION: "Informe anual de comunicaciones",
    Reader.COUNCIL: "Informe anual de comunicaciones al Concejo",
}
_HANDS = {
    SignatureRole.PREPARED: "Elaboró",
    SignatureRole.REVIEWED: "Revisó",
    SignatureRole.APPROVED: "Aprobó",
}
_SECTIONS: tuple[tuple[str, str, Callable[[Year], list[Block]]], ...] = (
    ("publications", "Lo que se publicó", tell_publications),
    ("audience", "A quién llegó", tell_audience),
    ("campaigns", "Campañas", tell_campaigns),
    ("events", "Eventos", tell_events),
    ("requests", "Lo que pidieron las dependencias", tell_requests),
    ("risks", "Riesgos", tell_risks),
    ("plan", "Plan de acción", tell_plan),
    ("lacking", "Lo que falta", tell_lacking),
)


def compose_rollup(dossiers: Iterable[Dossier], period: Period, reader: Reader = Reader.INSTITUTION) -> Document:
    """The report of a year from the dossiers of its quarters. The same dossiers always give the same document.

    Raises:
        ValueError: the dossiers are not quarters of that year of one institution, in one Spanish sentence.
    """
    year = gather_year(dossiers, period)
    blocks: list[Block] = [*_cover(year, reader)]
    for place, (slug, title, tell) in enumerate(_SECTIONS, start=1):
        blocks.append(section_head(place, title, slug))
        blocks += tell(year)
    title = f"{_TITLES[reader]}, {period.title}"
    return Document(
        blocks=tuple(number_blocks(blocks)),
        properties=Properties(
            title=title,
            institution=year.merged.institution.name,
            period=str(period),
        ),
        header=(f"{year.merged.institution.name} · {title}",),
        footer=(year.merged.institution.process or year.merged.institution.name,),
    )


def _cover(year: Year, reader: Reader) -> list[Block]:
    house = year.merged.institution
    facts = [
        (words("Periodo"), cell(period_span(year.period))),
        (words("Trimestres con registro"), cell(joined([period_name(each.period) for each in year.quarters]))),
    ]
    if year.lacking:
        facts.append((words("Trimestres sin registro"), cell(joined([period_name(each) for each in year.lacking]))))
    facts += [
        (named("quarter", f"Informe {quarter.period}"), cell(_control(quarter)))
        for quarter in year.quarters
        if quarter.control.code
    ]
    facts += [(words(_HANDS[signature.role]), _hand(signature)) for signature in year.merged.control.signatures]
    named_so = ". ".join(each for each in (house.name, house.process) if each)
    return [
        Paragraph(Prose.of(cited("institution", named_so)), Role.SOURCE),
        Heading(0, Prose(_TITLES[reader]), anchor="cover"),
        Paragraph(Prose.of(period_name(year.period)), Role.SUBTITLE),
        Table(tuple(facts), header_columns=1, layout=Layout.FACTS),
        _highlights(year),
        Paragraph(Prose("Las cifras salen de los registros de cada trimestre; ninguna se escribió a mano."), Role.NOTE),
    ]


def _hand(signature: Signature) -> Cell:
    """Who signed the last quarter signs the year; that signature is still to come."""
    key = f"control.{signature.role}"
    who = cited(key, f"{signature.person}, {signature.post}" if signature.post else signature.person)
    return Cell(Prose.of(who, "; ", absence("pendiente", f"{key}.date")), state=CellState.NO_DATA)


def _control(quarter: Dossier) -> Printed:
    control = quarter.control
    told = f"{control.code}, versión {control.version}" if control.version else control.code
    return cited(f"control.{quarter.period}", f"{told}. {control.seal}" if control.seal else told)


def _highlights(year: Year) -> Table:
    figures: list[tuple[str, Measure]] = [
        ("Publicaciones externas", year.total(f"external.{year.period}", year.row(external_total))),
        ("Publicaciones en redes", year.total(f"posts.social.{year.period}", year.row(social_total))),
        ("Noticias publicadas", year.total(f"news.{year.period}", year.row(news_total))),
        ("Visitas a la sede", year.total(f"visits.{year.period}", year.row(_visits))),
    ]
    head = tuple(named("highlight", name) for name, _ in figures)
    values = tuple(cell_of(total) for _, total in figures)
    return Table((head, values), header_rows=1, layout=Layout.HIGHLIGHTS)


def _visits(quarter: Dossier) -> Measure:
    return over_channels(quarter, "visits", websites(quarter), quarter.period, "website")
