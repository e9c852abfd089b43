"""What backs a quarter, told: which records cite each evidence, and the index of a pack of them as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pregon.document.model import Block, Cell, CellState, Document, Heading, Paragraph, Properties, Role
from pregon.document.prose import Prose
from pregon.figures.spanish import print_date
from pregon.records.dossier import Dossier
from pregon.records.programme import PlanActivity
from pregon.records.publishing import Evidence
from pregon.report.compose import load_sections, number_blocks
from pregon.report.setting import cell, cited, day, missing_cell, named, noun, number, period_name
from pregon.report.tables import plain_table

NO_SECTION = "Sin sección"


class PackState(StrEnum):
    """What became of an evidence in a pack, in the words of its index."""

    INCLUDED = "incluida"
    CHANGED = "incluida; su huella no es la registrada"
    LACKING = "falta el archivo"
    LINK = "solo enlace"
    NOTHING = "sin archivo ni enlace"


@dataclass(frozen=True, slots=True)
class PackedEvidence:
    """An evidence in a pack: its name there ("" where it has no file), the SHA-256 of what was packed, what became of
    it, and the records that cite it in words.
    """

    evidence: Evidence
    name: str
    sha256: str
    state: PackState
    cited_by: tuple[str, ...]


def section_title(evidence: Evidence) -> str:
    """The title of the section of the report that an evidence is of."""
    return next((section.title for section in load_sections() if section.slug == evidence.section), NO_SECTION)


def section_place(evidence: Evidence) -> int:
    """The place of that section in the report; those of none come last."""
    slugs = [section.slug for section in load_sections()]
    return slugs.index(evidence.section) if evidence.section in slugs else len(slugs)


def name_citing(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """The records that cite each evidence, by its reference: «actividad PA-01», «evento EVE-2025-21»."""
    found: dict[str, dict[str, None]] = {}

    def cite(reference: str, record: str) -> None:
        if reference:
            found.setdefault(reference, {})[record] = None

    for activity in dossier.activities:
        cite(activity.evidence, f"actividad {activity.reference}")
    for publication in dossier.publications:
        cite(publication.evidence, f"publicación {publication.reference}")
    for event in dossier.events:
        cite(event.evidence, f"evento {event.reference}")
    for follow_up in dossier.follow_ups:
        cite(follow_up.evidence, f"seguimiento del riesgo {follow_up.risk}, {print_date(follow_up.checked_on)}")
    for incident in dossier.incidents:
        cite(incident.evidence, f"incidente {incident.reference}")
    for reference, many in _observed(dossier).items():
        cite(reference, f"{many} {noun(many, 'medición', 'mediciones')}")
    return {reference: tuple(records) for reference, records in found.items()}


def _observed(dossier: Dossier) -> dict[str, int]:
    counts: dict[str, int] = {}
    for observation in dossier.observations:
        if observation.evidence:
            counts[observation.evidence] = counts.get(observation.evidence, 0) + 1
    return counts


def compose_index(dossier: Dossier, packed: Sequence[PackedEvidence]) -> Document:
    """The index of a pack: by activity of the plan, then by section of the report."""
    blocks: list[Block] = [
        Heading(0, Prose("Paquete de evidencias"), anchor="evidencias"),
        Paragraph(
            Prose.of(cited("institution", dossier.institution.name), ". ", period_name(dossier.period)), Role.SOURCE
        ),
        Paragraph(_tell_counts(packed)),
        Paragraph(
            Prose.of(
                "La huella ",
                cited("hash", "SHA-256"),
                " se calculó sobre los archivos de este paquete. Se comprueban todas con «",
                cited("hash.check", "sha256sum -c SHA256SUMS"),
                "».",
            ),
            Role.NOTE,
        ),
    ]
    if dossier.activities:
        blocks += [Heading(1, Prose("Por actividad del plan")), _by_activity(dossier, packed)]
    blocks.append(Heading(1, Prose("Por sección del informe")))
    titles = dict.fromkeys([*(section.title for section in load_sections()), NO_SECTION])
    for title in titles:
        own = [each for each in packed if section_title(each.evidence) == title]
        if own:
            head = ("Evidencia", "Qué prueba", "Fecha", "Archivo", "Estado", "Huella (SHA)", "La citan")
            blocks += [Heading(2, Prose(title)), plain_table("", head, [_row(each) for each in own])]
    title = f"Paquete de evidencias, {dossier.period.title}"
    properties = Properties(title=title, institution=dossier.institution.name, period=str(dossier.period))
    return Document(
        tuple(number_blocks(blocks)), properties=properties, header=(f"{dossier.institution.name} · {title}",)
    )


def _tell_counts(packed: Sequence[PackedEvidence]) -> Prose:
    inside = [each for each in packed if each.name]
    told = Prose.of(
        number("evidence.count", len(packed)),
        noun(len(packed), " evidencia registrada, ", " evidencias registradas, "),
        number("evidence.packed", len(inside)),
        noun(len(inside), " con su archivo en el paquete.", " con su archivo en el paquete."),
    )
    for state, one, many in (
        (PackState.LACKING, " archivo falta.", " archivos faltan."),
        (PackState.CHANGED, " archivo no tiene la huella registrada.", " archivos no tienen la huella registrada."),
    ):
        count = sum(each.state is state for each in packed)
        if count:
            told = Prose.of(told, " ", number(f"evidence.{state.name.lower()}", count), noun(count, one, many))
    return told


def _by_activity(dossier: Dossier, packed: Sequence[PackedEvidence]) -> Block:
    known = {each.evidence.reference: each for each in packed}
    rows = [_activity_row(activity, known.get(activity.evidence)) for activity in dossier.activities]
    return plain_table("", ("Actividad", "Evidencia", "Archivo", "Estado"), rows)


def _activity_row(activity: PlanActivity, found: PackedEvidence | None) -> list[Cell]:
    key = f"activity.{activity.reference}"
    step = (cited(f"{key}.step", activity.step), " ") if activity.step else ()
    title = cell(cited(f"{key}.reference", activity.reference), ". ", *step, cited(f"{key}.title", activity.title))
    if found is None:
        absent = ("sin evidencia", "sin archivo", "sin prueba")
        return [title, *(missing_cell(words, f"{key}.evidence") for words in absent)]
    name = f"{found.evidence.reference}. {found.evidence.title}"
    return [title, cell(cited(f"{key}.evidence", name)), _file_cell(found), _state_cell(found)]


def _row(packed: PackedEvidence) -> list[Cell]:
    evidence = packed.evidence
    key = f"evidence.{evidence.reference}"
    return [
        cell(cited(key, evidence.reference)),
        cell(cited(f"{key}.title", evidence.title)),
        cell(day(f"{key}.date", evidence.dated, short=True)) if evidence.dated else missing_cell("sin fecha", key),
        _file_cell(packed),
        _state_cell(packed),
        named(f"{key}.sha256", _ends(packed.sha256), absent="sin huella"),
        named(f"{key}.cited", "; ".join(packed.cited_by), absent="ningún registro"),
    ]


def _ends(sha256: str) -> str:
    """The two ends of a hash, enough to compare by eye; it stands whole in the table and in the sums."""
    return f"{sha256[:8]}…{sha256[-8:]}" if sha256 else ""


def _file_cell(packed: PackedEvidence) -> Cell:
    return named(
        f"evidence.{packed.evidence.reference}.file", packed.name or packed.evidence.link, absent="sin archivo"
    )


def _state_cell(packed: PackedEvidence) -> Cell:
    is_there = packed.state in {PackState.INCLUDED, PackState.LINK}
    words = Prose(packed.state.value)
    return Cell(words) if is_there else Cell(words, state=CellState.NO_DATA)
