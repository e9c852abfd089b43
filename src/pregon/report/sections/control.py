"""Control del documento: the cover. Whose report it is, its code, version, dates, steps answered and signatures."""

from __future__ import annotations

from pregon.document.model import Block, Cell, CellState, Heading, Layout, Paragraph, Role, Table
from pregon.document.prose import Printed, Prose
from pregon.figures.spanish import print_date
from pregon.records.dossier import Dossier
from pregon.records.organisation import Signature, SignatureRole
from pregon.records.totals import Measure, over_channels
from pregon.report.missing import missing_recorded
from pregon.report.rows import internal_rows, news_total, social_total, websites
from pregon.report.section import Case, Missing, Section, SectionReport
from pregon.report.setting import (
    absence,
    cell,
    cell_of,
    cited,
    day,
    named,
    noun,
    number,
    period_name,
    period_span,
    words,
)

SLUG = "control"

_HANDS = {
    SignatureRole.PREPARED: "Elaboró",
    SignatureRole.REVIEWED: "Revisó",
    SignatureRole.APPROVED: "Aprobó",
}


def build(case: Case, others: tuple[SectionReport, ...]) -> SectionReport:
    """The cover, with the four figures people ask for first and the number of things the report declares missing."""
    dossier = case.dossier
    title = period_name(dossier.period)
    house = ". ".join(part for part in (dossier.institution.name, dossier.institution.process) if part)
    missing = (*missing_recorded(dossier, SLUG), *_missing_signatures(dossier))
    blocks: list[Block] = [
        Paragraph(Prose.of(cited("institution", house)), Role.SOURCE),
        Heading(0, Prose("Informe de comunicaciones"), anchor=SLUG),
        Paragraph(Prose.of(Printed(title.text[0].upper() + title.text[1:], title.figure)), Role.SUBTITLE),
        _control_table(dossier),
        _highlights(dossier),
        Paragraph(_tell_missing(sum(len(report.missing) for report in others) + len(missing)), Role.NOTE),
    ]
    return SectionReport(SLUG, SECTION.title, tuple(blocks), missing)


def _control_table(dossier: Dossier) -> Table:
    control = dossier.control
    rows: list[tuple[Cell, ...]] = [
        (
            words("Código"),
            cell(cited("control.code", control.code), ", versión ", cited("control.version", control.version)),
        ),
        (words("Periodo"), cell(period_span(dossier.period))),
        (words("Corte de los datos"), _cutoff(dossier)),
    ]
    if control.prepared_on:
        rows.append((words("Fecha del informe"), cell(day("control.prepared_on", control.prepared_on))))
    if control.steps:
        told = "\n".join(f"{step.code} {step.title}" for step in control.steps)
        rows.append((words("Responde a"), cell(cited("control.steps", told))))
    rows += [(words(_HANDS[signature.role]), _hand(signature)) for signature in control.signatures]
    if control.seal:
        rows.append((words("Cierre"), cell(cited("control.seal", control.seal))))
    return Table(tuple(rows), header_columns=1, layout=Layout.FACTS)


def _cutoff(dossier: Dossier) -> Cell:
    cutoff = dossier.control.cutoff
    if cutoff is None:
        return Cell(Prose.of(absence("sin registrar", "control.cutoff")), state=CellState.NO_DATA)
    time = cited("control.cutoff.time", f"{cutoff:%H:%M}")
    return cell(day("control.cutoff", cutoff.date()), ", ", time)


def _hand(signature: Signature) -> Cell:
    key = f"control.{signature.role}"
    who = cited(key, f"{signature.person}, {signature.post}" if signature.post else signature.person)
    if signature.signed_on:
        return cell(who, "; ", day(f"{key}.date", signature.signed_on))
    due = f", hasta el {print_date(signature.due)}" if signature.due else ""
    return Cell(Prose.of(who, "; ", absence(f"pendiente{due}", f"{key}.date")), state=CellState.NO_DATA)


def _highlights(dossier: Dossier) -> Table:
    figures: list[tuple[str, Measure]] = [
        ("Publicaciones en redes", social_total(dossier)),
        ("Noticias publicadas", news_total(dossier)),
        ("Visitas a la sede", over_channels(dossier, "visits", websites(dossier), dossier.period, "website")),
    ]
    figures += [(_name_internal(channel.name), row.total) for channel, row in internal_rows(dossier)[:1]]
    head = tuple(named("highlight", name) for name, _ in figures)
    values = tuple(cell_of(total) for _, total in figures)
    return Table((head, values), header_rows=1, layout=Layout.HIGHLIGHTS)


def _name_internal(name: str) -> str:
    return f"Mensajes por {name}" if name == "WhatsApp" else name


def _tell_missing(total: int) -> Prose:
    if not total:
        return Prose("Este informe salió de los registros, sin cifras escritas a mano. No le falta nada.")
    return Prose.of(
        "Este informe salió de los registros, sin cifras escritas a mano. ",
        noun(total, "Le falta ", "Le faltan "),
        number("missing.count", total),
        noun(total, " cosa, que declara", " cosas, que declara"),
        " en «Método y lo que falta», con quien la tiene y su fecha." if total == 1 else
        " en «Método y lo que falta», con quien las tiene y su fecha.",
    )  # fmt: skip


def _missing_signatures(dossier: Dossier) -> tuple[Missing, ...]:
    return tuple(
        Missing(Prose(f"firma de quien {_VERBS[signature.role]}"), person=signature.person, due=signature.due)
        for signature in dossier.control.signatures
        if signature.signed_on is None
    )


_VERBS = {
    SignatureRole.PREPARED: "elaboró",
    SignatureRole.REVIEWED: "revisa",
    SignatureRole.APPROVED: "aprueba",
}

SECTION = Section(SLUG, "Control del documento", 10, build, sums_up=True, is_cover=True)
