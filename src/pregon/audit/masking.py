"""Covering what must not be published, in everything that an audit says: no output repeats it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from pregon.audit.finding import Finding, Holding, Operand, Unverified
from pregon.audit.reading import Reading
from pregon.audit.result import AuditResult
from pregon.claims.exposure import cover, mask
from pregon.document.location import Location

Cover = Callable[[str], str]


def mask_result(result: AuditResult, reading: Reading) -> AuditResult:
    """The result with every exposed text covered, letter for letter, wherever it is quoted.

    It is done on the values, so that no way of printing them can forget it. Places keep their start and end.
    """
    exposed = {
        passage.prose.text[one.start : one.end]: cover(passage.prose.text[one.start : one.end], one.kind)
        for passage, one in reading.exposures
    }
    if not exposed:
        return result
    longest_first = sorted(exposed.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    @cache
    def hide(text: str) -> str:  # the same labels and sections are quoted by most findings
        for shown, covered in longest_first:
            text = text.replace(shown, covered)
        return mask(text)

    return replace(
        result,
        title=hide(result.title),
        findings=tuple(_mask_finding(finding, hide) for finding in result.findings),
        consistent=tuple(_mask_holding(holding, hide) for holding in result.consistent),
        unverified=tuple(
            Unverified(hide(figure.text), _mask_place(figure.location, hide)) for figure in result.unverified
        ),
        remarks=tuple(hide(remark) for remark in result.remarks),
    )


def _mask_finding(finding: Finding, hide: Cover) -> Finding:
    return replace(
        finding,
        message=hide(finding.message),
        stated=hide(finding.stated),
        expected=hide(finding.expected),
        operands=tuple(_mask_operand(operand, hide) for operand in finding.operands),
        cause=hide(finding.cause),
        remedy=hide(finding.remedy),
        consequences=tuple(hide(consequence) for consequence in finding.consequences),
        locations=tuple(_mask_place(place, hide) for place in finding.locations),
    )


def _mask_operand(operand: Operand, hide: Cover) -> Operand:
    place = None if operand.location is None else _mask_place(operand.location, hide)
    return Operand(hide(operand.label), hide(operand.text), place)


def _mask_holding(holding: Holding, hide: Cover) -> Holding:
    return replace(
        holding,
        what=hide(holding.what),
        account=hide(holding.account),
        locations=tuple(_mask_place(place, hide) for place in holding.locations),
    )


def _mask_place(place: Location, hide: Cover) -> Location:
    quoted = (place.section, place.table_caption, place.row_label, place.column_label, place.text)
    hidden = tuple(map(hide, quoted))
    if hidden == quoted:
        return place
    section, caption, row, column, text = hidden
    return place._replace(section=section, table_caption=caption, row_label=row, column_label=column, text=text)
