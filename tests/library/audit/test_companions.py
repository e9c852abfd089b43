"""Our own reports beside their registros and beside one another: nothing is said, and a changed figure is."""

from dataclasses import replace
from pathlib import Path

import pytest

import pregon
from pregon.audit.registry import find_rule
from pregon.audit.runner import audit_document
from pregon.document.model import Paragraph
from pregon.document.prose import Prose
from tests.library.audit.test_own_report import EXAMPLES, QUARTERS, _compose

REFERENCE = Path(__file__).parents[4] / "shared" / "reference"


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_figure_is_that_of_the_records(quarter: str) -> None:
    dossier = pregon.load_registro(EXAMPLES / f"registro-{quarter}.xlsx")
    result = audit_document(_compose(quarter), against=dossier)
    assert [finding.message for finding in result.findings] == []
    assert sum(holding.code == "LED001" for holding in result.consistent) >= 50


def test_month_and_total_changed_together_are_found_by_the_records() -> None:
    document = _compose("2025-T4")
    blocks = tuple(
        replace(block, prose=Prose(block.text.replace("37 mensajes", "39 mensajes")))
        if isinstance(block, Paragraph)
        else block
        for block in document.blocks
    )
    rule = find_rule("LED001")
    assert rule is not None
    dossier = pregon.load_registro(EXAMPLES / "registro-2025-T4.xlsx")
    told = [
        f.message for f in audit_document(replace(document, blocks=blocks), against=dossier, rules=(rule,)).findings
    ]
    assert told == ["WhatsApp: el informe dice 39 y los registros dan 37."] * 2


@pytest.mark.parametrize(("now", "before"), [("2025-T4", "2025-T3"), ("2025-T3", "2024-T4"), ("2025-T4", "2024-T4")])
def test_a_new_quarter_carries_nothing_over(now: str, before: str) -> None:
    result = audit_document(_compose(now), previous=_compose(before))
    assert [finding.message for finding in result.findings] == []


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared, with the reference report, is not here")
def test_the_reference_report_against_records() -> None:
    rule = find_rule("LED001")
    assert rule is not None
    dossier = pregon.load_registro(EXAMPLES / "registro-2025-T4.xlsx")
    document = pregon.read(REFERENCE / "informe-2025-T4.txt")
    told = [finding.message for finding in audit_document(document, against=dossier, rules=(rule,)).findings]
    assert told == [
        "WhatsApp: el informe dice 36 y los registros dan 37.",
        "X: el informe dice 179 y los registros dan 90.",
        "Eventos: el informe dice 7 y los registros dan 6.",
    ]
