"""Where figures come from, in the words a reader of the report needs."""

from __future__ import annotations

from collections.abc import Iterable

from pregon.document.model import Paragraph, Role
from pregon.document.prose import Prose
from pregon.records.dossier import Dossier
from pregon.records.totals import Account, Measure
from pregon.report.setting import cited

COUNTED_HERE = "registro de publicaciones de la oficina"


def name_sources(dossier: Dossier, measures: Iterable[Measure]) -> tuple[str, ...]:
    """The sources behind the measures that have a value, with their evidence, once each."""
    named: dict[str, None] = {}
    for measure in measures:
        if measure.amount is None:
            continue
        if measure.account is Account.COUNT:
            named[COUNTED_HERE] = None
        for observation in dossier.observations:
            reference = f"observation:{observation.metric}:{observation.channel}:{observation.period}"
            if reference in measure.sources and (observation.source or observation.evidence):
                evidence = f" (evidencia {observation.evidence})" if observation.evidence else ""
                named[f"{observation.source or 'sin nombre'}{evidence}"] = None
    return tuple(named)


def source_line(named: Iterable[str]) -> tuple[Paragraph, ...]:
    """«Fuente: …», or nothing where no source is known."""
    sources = tuple(named)
    if not sources:
        return ()
    label = "Fuente" if len(sources) == 1 else "Fuentes"
    return (Paragraph(Prose.of(f"{label}: ", cited("source", "; ".join(sources)), "."), Role.SOURCE),)
