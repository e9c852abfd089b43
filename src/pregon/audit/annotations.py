"""What an audit writes into the document itself: a remark for each finding, beside the figure to mend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.result import AuditResult
from pregon.audit.summary import places_to_mend, tell_account
from pregon.document.annotation import Annotation
from pregon.document.location import Location, LocationKind

_MOST_ECHOES: Final = 3
"""A finding is told whole at the place to mend, and only named at so many others: more would drown the rest."""


def annotate_findings(result: AuditResult) -> tuple[Annotation, ...]:
    """The remarks of a result in its own order: each whole at the place to mend, and named at its other places."""
    return tuple(annotation for finding in result.findings for annotation in _annotate(finding))


def _annotate(finding: Finding) -> Iterator[Annotation]:
    title = f"{finding.severity.sign} {finding.message}"
    first = finding.locations[0] if finding.locations else Location(LocationKind.DOCUMENT)
    yield Annotation(first, (title, *_tell(finding)))
    told = {_spot(first)}
    echoes = 0
    for place in places_to_mend(finding)[1:]:
        spot = _spot(place)
        if spot in told or echoes == _MOST_ECHOES:
            continue
        told.add(spot)
        echoes += 1
        yield Annotation(place, (title, f"Lo explica el comentario de: {first.describe()}."))


def _tell(finding: Finding) -> Iterator[str]:
    account = tell_account(finding)
    if account:
        yield account
    if finding.cause:
        yield finding.cause
    yield from finding.consequences
    if finding.remedy:
        yield f"Qué hacer: {finding.remedy}"
    yield f"{_capital(finding.severity)} · {finding.code}"


def _capital(severity: Severity) -> str:
    return severity.word[:1].upper() + severity.word[1:]


def _spot(place: Location) -> tuple[object, ...]:
    """A place as a comment sees it: whole cells of one table are one place, words meant in them are their own."""
    if place.table is not None and place.end is None:
        return (place.table,)
    return place.kind, place.table, place.row, place.column, place.paragraph, place.start, place.end
