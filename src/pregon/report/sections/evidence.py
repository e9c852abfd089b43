"""Evidencias: the index of what backs the figures, with the hash of every stored file."""

from __future__ import annotations

from pregon.document.model import Block, Cell, Paragraph, Role
from pregon.document.prose import Prose
from pregon.records.publishing import Evidence
from pregon.report.missing import missing_recorded, tell_missing
from pregon.report.section import Case, Missing, Section, SectionReport
from pregon.report.setting import cell, cited, day, missing_cell, noun, number
from pregon.report.tables import plain_table

SLUG = "evidence"


def build(case: Case, _others: tuple[SectionReport, ...]) -> SectionReport:
    """The section. A file is told by the two ends of its SHA-256, enough to compare by eye; a link by its address."""
    evidence = case.dossier.evidence
    missing: list[Missing] = [*missing_recorded(case.dossier, SLUG)]
    if not evidence:
        nothing = Paragraph(Prose("No hay evidencias registradas."), Role.NOTE)
        return SectionReport(SLUG, SECTION.title, (nothing, *tell_missing(missing)), tuple(missing))
    total = len(evidence)
    told = Prose.of(
        noun(total, "Respalda este informe ", "Respaldan este informe "),
        number("evidence.count", total, sources=(f"evidence:{e.reference}" for e in evidence)),
        noun(total, " evidencia.", " evidencias."),
    )
    rows = [_row(entry) for entry in evidence]
    blocks: list[Block] = [
        Paragraph(told),
        plain_table(
            "Índice de evidencias", ("Evidencia", "Qué muestra", "Fecha", "Archivo o enlace", "Huella (SHA)"), rows
        ),
        *tell_missing(missing),
    ]
    return SectionReport(SLUG, SECTION.title, tuple(blocks), tuple(missing))


def _row(evidence: Evidence) -> list[Cell]:
    key = f"evidence.{evidence.reference}"
    place = evidence.file or evidence.link
    return [
        cell(cited(key, evidence.reference)),
        cell(cited(f"{key}.title", evidence.title)),
        cell(day(f"{key}.date", evidence.dated, short=True)) if evidence.dated else missing_cell("sin fecha", key),
        cell(cited(f"{key}.place", place)) if place else missing_cell("sin archivo", key),
        cell(cited(f"{key}.sha256", f"{evidence.sha256[:8]}…{evidence.sha256[-8:]}"))
        if evidence.sha256
        else missing_cell("enlace, sin huella" if evidence.link else "sin huella", key),
    ]


SECTION = Section(SLUG, "Evidencias", 150, build)
