"""Running the rules over a document: findings ranked and gathered by root cause, what holds, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pregon.audit.finding import Finding, Holding, Severity, Unverified
from pregon.audit.masking import mask_result
from pregon.audit.reading import Reading
from pregon.audit.registry import load_rules
from pregon.audit.result import AuditResult
from pregon.audit.rule import Rule
from pregon.document.collection import without_collection
from pregon.document.location import Location, LocationKind
from pregon.document.model import Document

if TYPE_CHECKING:
    from pregon.records.dossier import Dossier

__all__ = ["AuditResult", "audit_document"]

_SEVERITIES: Final = tuple(Severity)


@without_collection()
def audit_document(
    document: Document,
    *,
    against: Dossier | None = None,
    previous: Document | None = None,
    rules: Sequence[Rule] | None = None,
) -> AuditResult:
    """Read a document critically with every rule of the catalogue, or with `rules`.

    `against` is the dossier it should agree with and `previous` an earlier report, for the rules that look at them.
    What must not be published is covered in the whole answer, whichever rules were asked for.
    """
    reading = Reading(document, against, previous)
    findings: list[Finding] = []
    holdings: list[Holding] = []
    for rule in load_rules() if rules is None else rules:
        for told in rule.check(reading):
            if isinstance(told, Finding):
                findings.append(told)
            else:
                holdings.append(told)
    order = _ReadingOrder(reading)
    findings = _gather(findings)
    findings.sort(key=lambda finding: (_SEVERITIES.index(finding.severity), order(finding.locations), finding.code))
    kept = sorted(dict.fromkeys(holdings), key=lambda holding: (order(holding.locations), holding.code))
    result = AuditResult(
        document=Path(document.source).name if document.source else "",
        title=document.properties.title,
        period=str(reading.period) if reading.period is not None and reading.timeline.has_year else "",
        findings=tuple(findings),
        consistent=tuple(kept),
        unverified=_left_over(reading, findings, kept),
        remarks=document.remarks,
    )
    return mask_result(result, reading)


class _ReadingOrder:
    """The place of a location in the order in which a person reads."""

    def __init__(self, reading: Reading) -> None:
        self._passages = reading.passages
        self._texts: dict[object, int] = {}
        for number, passage in reading.passages.outside_tables:
            self._texts.setdefault(_key(passage.location), number)

    def __call__(self, locations: Sequence[Location]) -> tuple[int, int]:
        if not locations:
            return -1, 0
        place = locations[0]
        if place.table is None:
            return self._texts.get(_key(place), -1), place.start
        found = self._passages.cells.get((place.table, place.row or 0, place.column or 0))
        return self._first_of_table.get(place.table, -1) if found is None else found, place.start

    @cached_property
    def _first_of_table(self) -> dict[int, int]:
        first: dict[int, int] = {}
        for number, passage in enumerate(self._passages):
            if passage.location.table is not None:
                first.setdefault(passage.location.table, number)
        return first


def _key(place: Location) -> tuple[object, ...]:
    if place.table is not None:
        return place.table, place.row, place.column
    return place.kind, place.section, place.paragraph, "" if place.paragraph is not None else place.text


def _spot(place: Location) -> tuple[object, ...]:
    return *_key(place), place.start, place.end


def _gather(findings: Iterable[Finding]) -> list[Finding]:
    """One root cause, one finding: contradictions that ask to mend the same figure hang under the most telling one."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    alone: list[Finding] = []
    for finding in findings:
        if finding.severity is Severity.CONTRADICTION and finding.locations:
            groups.setdefault(_spot(finding.locations[0]), []).append(finding)
        else:
            alone.append(finding)
    return [_merge(group) for group in groups.values()] + alone


def _merge(group: list[Finding]) -> Finding:
    if len(group) == 1:
        return group[0]
    in_table = group[0].locations[0].kind is LocationKind.CELL
    ranked = sorted(group, key=lambda finding: _weight(finding, in_table=in_table))
    head, rest = ranked[0], ranked[1:]
    places = dict.fromkeys(place for finding in ranked for place in finding.locations)
    told = dict.fromkeys(
        line for finding in rest for line in (finding.message, *finding.consequences) if line != head.message
    )
    return replace(head, locations=tuple(places), consequences=(*head.consequences, *told))


def _weight(finding: Finding, *, in_table: bool) -> tuple[int, str]:
    """What was changed by hand speaks first; then, for a wrong cell its own sum, for a wrong sentence the table."""
    leads = ("CTL", "SUM" if in_table else "REF")
    return next((place for place, code in enumerate(leads) if finding.code.startswith(code)), 9), finding.message


def _left_over(reading: Reading, findings: Iterable[Finding], holdings: Iterable[Holding]) -> tuple[Unverified, ...]:
    """The figures with a part in no finding and in no account that holds, in the reader's order."""
    bound = {number for bond in reading.bonds for number in (bond.relation.target, *bond.relation.operands)}
    loose = [claim for claim in reading.claims if claim.number not in bound]
    tables = {claim.location.table for claim in loose}
    told: tuple[Finding | Holding, ...] = (*findings, *holdings)
    begun = {(_key(place), place.start) for one in told for place in one.locations if place.table in tables}
    spots = {_key(place) for finding in findings for place in finding.locations if place.end is None}
    left = [
        claim
        for claim in loose
        if not (claim.is_cell and _key(claim.location) in spots)
        and (_key(claim.location), claim.location.start) not in begun
    ]
    left.sort(key=lambda claim: (claim.passage, claim.location.start))
    return tuple(Unverified(claim.text, claim.location) for claim in left)
