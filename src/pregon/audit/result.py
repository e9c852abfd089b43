"""AuditResult: what an audit answers, as values and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pregon.audit.finding import Finding, Holding, Operand, Severity, Unverified
from pregon.document.location import Location

SCHEMA: Final = "pregon/audit/1"


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The findings, worst first and then in the reader's order; what holds; what nothing could be bound to.

    `document` names the document, `period` is its own by vote («2025-T4»), "" where nothing tells.
    """

    document: str
    title: str
    period: str
    findings: tuple[Finding, ...]
    consistent: tuple[Holding, ...]
    unverified: tuple[Unverified, ...]
    remarks: tuple[str, ...] = ()

    @property
    def contradicts(self) -> bool:
        """Whether anything contradicts: exit status 1."""
        return any(finding.severity is Severity.CONTRADICTION for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity, how many accounts that hold and figures left unverified."""
        told = {severity.value: self.count(severity) for severity in Severity}
        return told | {"consistent": len(self.consistent), "unverified": len(self.unverified)}

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The result as `schema.json` describes it: plain values, the same for the same document."""
        return {
            "schema": SCHEMA,
            "document": self.document,
            "title": self.title,
            "period": self.period,
            "findings": [_finding_values(finding) for finding in self.findings],
            "consistent": [_holding_values(holding) for holding in self.consistent],
            "unverified": [
                {"text": figure.text, "location": _location_values(figure.location)} for figure in self.unverified
            ],
            "remarks": list(self.remarks),
            "counts": self.counts,
        }


def _finding_values(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "stated": finding.stated,
        "expected": finding.expected,
        "operands": [_operand_values(operand) for operand in finding.operands],
        "operator": finding.operator,
        "cause": finding.cause,
        "remedy": finding.remedy,
        "consequences": list(finding.consequences),
        "locations": [_location_values(location) for location in finding.locations],
    }


def _operand_values(operand: Operand) -> dict[str, Any]:
    place = None if operand.location is None else _location_values(operand.location)
    return {"label": operand.label, "text": operand.text, "location": place}


def _holding_values(holding: Holding) -> dict[str, Any]:
    return {
        "code": holding.code,
        "what": holding.what,
        "account": holding.account,
        "agreement": holding.agreement.value,
        "locations": [_location_values(location) for location in holding.locations],
    }


def _location_values(location: Location) -> dict[str, Any]:
    return {
        "kind": location.kind.value,
        "section": location.section,
        "table": location.table,
        "table_caption": location.table_caption,
        "row": location.row,
        "column": location.column,
        "row_label": location.row_label,
        "column_label": location.column_label,
        "paragraph": location.paragraph,
        "page": location.page,
        "text": location.text,
        "start": location.start,
        "end": location.end,
        "describe": location.describe(),
    }
