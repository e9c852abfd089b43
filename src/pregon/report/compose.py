"""Dossier → Document. Sections are found by themselves, built, ordered, and their tables and charts numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from pregon.document.model import Block, Chart, Document, Heading, Picture, Properties, Table
from pregon.document.prose import Figure, FigureKind, Operator, Printed, Prose
from pregon.figures.amount import Amount
from pregon.records.dossier import Dossier
from pregon.report import sections
from pregon.report.section import Case, Section, SectionReport


@cache
def load_sections() -> tuple[Section, ...]:
    """Every section of `pregon.report.sections` in the report's order."""
    found: list[Section] = []
    for module in iter_modules(sections.__path__):
        section = import_module(f"{sections.__name__}.{module.name}").SECTION
        if not isinstance(section, Section) or section.slug != module.name:
            raise TypeError(f"{module.name}: SECTION must be a Section whose slug is its file's name")
        found.append(section)
    return tuple(sorted(found, key=lambda section: section.order))


def compose_sections(dossier: Dossier, earlier: tuple[Dossier, ...] = ()) -> tuple[SectionReport, ...]:
    """What each section answers, in the report's order. Those that sum up the others are built after them,
    and each of these knows those before it.
    """
    case = Case(dossier, earlier)
    everything = load_sections()
    built = {section.slug: section.build(case, ()) for section in everything if not section.sums_up}
    for section in everything:
        if section.sums_up:
            others = tuple(built[other.slug] for other in everything if other.slug in built)
            built[section.slug] = section.build(case, others)
    return tuple(built[section.slug] for section in everything)


def compose_report(dossier: Dossier, earlier: tuple[Dossier, ...] = ()) -> Document:
    """The report of a dossier. The same dossiers always give the same document."""
    control = dossier.control
    blocks: list[Block] = []
    for place, (section, answer) in enumerate(
        zip(load_sections(), compose_sections(dossier, earlier), strict=True), start=1
    ):
        if not section.is_cover:
            blocks.append(_head_section(place, section))
        blocks.extend(answer.blocks)
    title = f"Informe de comunicaciones, {dossier.period.title}"
    return Document(
        blocks=tuple(number_blocks(blocks)),
        properties=Properties(
            title=title,
            institution=dossier.institution.name,
            code=control.code,
            version=control.version,
            period=str(dossier.period),
        ),
        header=(f"{dossier.institution.name} · {title}",),
        footer=(f"{control.code} · versión {control.version}",),
    )


def _head_section(place: int, section: Section) -> Heading:
    figure = Figure(f"section.{section.slug}", FigureKind.NUMBER, Amount.exact(place), Operator.COUNT)
    return Heading(1, Prose.of(Printed(str(place), figure), f". {section.title}"), anchor=section.slug)


def number_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Number the captioned tables and, apart from them, the charts and the other pictures."""
    tables = charts = pictures = 0
    for block in blocks:
        if isinstance(block, Table) and block.caption:
            tables += 1
            yield replace(block, number=tables)
        elif isinstance(block, Picture) and block.caption and isinstance(block.drawing, Chart):
            charts += 1
            yield replace(block, number=charts)
        elif isinstance(block, Picture) and block.caption:
            pictures += 1
            yield replace(block, number=pictures)
        else:
            yield block
