"""Reads of the report: composed from the records, audited by itself, remembered by what it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404

import pregon
from pregon.audit.runner import AuditResult, audit_document
from pregon.document.model import Document
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.report.compose import compose_sections
from pregon.report.rollup.compose import Reader, compose_rollup
from pregon.report.section import SectionReport
from pregon.writers.html import render_fragment
from pregon_web.accounts.selectors import Access
from pregon_web.quarter.selectors import Quarter, dossier, periods_for
from pregon_web.quarter.sources import SourceLinks


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a quarter as of now: the document, its own audit, what each section lacks, and its preview."""

    document: Document
    audit: AuditResult
    sections: tuple[SectionReport, ...]
    preview: str


def report_of(quarter: Quarter) -> Report:
    """The report of a quarter. Raises Http404 where nothing was recorded for it."""
    if quarter.dossier is None:
        raise Http404
    return _composed(quarter.dossier, quarter.earlier)


@dataclass(frozen=True, slots=True)
class YearReport:
    """The report of a year as of now: its quarters, the document, its own audit, and its preview."""

    quarters: tuple[Dossier, ...]
    document: Document
    audit: AuditResult
    preview: str


def year_report_for(access: Access, year: int, reader: Reader) -> YearReport:
    """The report of a year of the person's institution. Raises Http404 where no quarter of it was recorded."""
    found = [
        dossier(access.institution, period) for period in sorted(periods_for(access)) if period.startswith(f"{year}-T")
    ]
    quarters = tuple(each for each in found if each is not None)
    if not quarters:
        raise Http404
    return _composed_year(quarters, Period.year(year), reader)


@lru_cache(maxsize=8)
def _composed_year(quarters: tuple[Dossier, ...], period: Period, reader: Reader) -> YearReport:
    document = compose_rollup(quarters, period, reader)
    return YearReport(
        quarters=quarters,
        document=document,
        audit=audit_document(document),
        preview=render_fragment(document, link=SourceLinks(quarters[-1], quarters[:-1])),
    )


@lru_cache(maxsize=16)
def _composed(dossier: Dossier, earlier: tuple[Dossier, ...]) -> Report:
    """The same records give the same report: who comes back, or looks at it after another, does not wait again."""
    document = pregon.compose(dossier, earlier)
    return Report(
        document=document,
        audit=audit_document(document),
        sections=compose_sections(dossier, earlier),
        preview=render_fragment(document, link=SourceLinks(dossier, earlier)),
    )
