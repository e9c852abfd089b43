"""The demo's report written by hand: what a reader adds up in it, and what the audit says of it."""

from __future__ import annotations

from pathlib import Path

import pregon
from pregon.audit.finding import Severity
from pregon_web.commands.demo_audit import write_by_hand


def test_its_slips_are_the_ones_that_were_put_there(tmp_path: Path) -> None:
    write_by_hand(tmp_path / "informe.docx")
    found = pregon.audit(tmp_path / "informe.docx").findings
    assert [finding.message for finding in found if finding.severity is Severity.CONTRADICTION] == [
        "El informe nombra dos trimestres distintos. Sus tablas son del tercer trimestre de 2025.",
        "El desglose de 265 (publicaciones) suma 255 y no 265.",  # 250 + 5
        "Instagram: el total dice 38 y los tres meses suman 83.",  # 28 + 29 + 26
        "El promedio de 33.747 visitas por mes no cuadra con ninguna cuenta: 95.242 ÷ 3 = 31.747,3.",
        "La nota de riesgo está fechada el 30 de junio de 2025, antes de que empezara el periodo.",
    ]
