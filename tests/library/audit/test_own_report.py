"""A report of ours audits clean in every format, and a figure changed by hand is found and named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

import pregon
from pregon.audit.finding import Severity
from pregon.audit.runner import audit_document
from pregon.document.model import Document, Heading, Paragraph, Table
from pregon.document.prose import FigureKind, Mark, Prose
from pregon.records.organisation import Channel, Platform

EXAMPLES = Path(__file__).parents[3] / "examples"
QUARTERS = ("2024-T4", "2025-T3", "2025-T4")
_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


@cache
def _compose(quarter: str) -> Document:
    paths = sorted(EXAMPLES.glob("registro-*.xlsx"))
    earlier = [pregon.load_registro(path) for path in paths if path.stem < f"registro-{quarter}"]
    return pregon.compose(pregon.load_registro(EXAMPLES / f"registro-{quarter}.xlsx"), earlier)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_untouched_it_has_no_findings(quarter: str) -> None:
    result = audit_document(_compose(quarter))
    assert [finding.message for finding in result.findings] == []
    assert result.period == quarter
    assert len(result.consistent) >= 70


@pytest.mark.parametrize("quarter", QUARTERS)
def test_against_its_own_records_it_has_no_findings(quarter: str) -> None:
    records = pregon.load_registro(EXAMPLES / f"registro-{quarter}.xlsx")
    result = audit_document(_compose(quarter), against=records)
    assert [finding.message for finding in result.findings] == []
    held = {holding.code for holding in result.consistent}
    assert {"LED001", "LED002", "LED003", "LED005"} <= held


def test_a_follow_up_that_the_records_deny_is_found_until_it_says_why() -> None:
    records = pregon.load_registro(EXAMPLES / "registro-2025-T4.xlsx")
    first, second = records.follow_ups
    denied = replace(records, follow_ups=(first, replace(second, materialised=False)))
    found = audit_document(pregon.compose(denied), against=denied).findings
    assert [(finding.code, finding.message) for finding in found] == [
        (
            "LED005",
            (
                "Posibilidad de retrasos en la publicación de la información interna y externa: el informe dice "
                "«No se materializó» y los registros tienen 7 solicitudes que pasaron de su fecha."
            ),
        )
    ]
    why = replace(second, materialised=False, despite="Las dependencias pidieron moverlas.")
    explained = replace(records, follow_ups=(first, why))
    assert audit_document(pregon.compose(explained), against=explained).findings == ()


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx", ".pdf"])
def test_read_back_it_has_no_findings(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"informe-2025-T4{suffix}"
    pregon.write(_compose("2025-T4"), path)
    result = pregon.audit(path)
    assert [finding.message for finding in result.findings] == []
    assert len(result.consistent) >= 70


@dataclass(frozen=True)
class _Broken:
    """The report with one figure one more than it was: where, and the document."""

    where: str
    table: int | None
    row: int | None
    column: int | None
    text: str
    document: Document


def _raise_figure(text: str, mark: Mark) -> str | None:
    printed = _NUMBER.search(text, mark.start, mark.end)
    if printed is None:
        return None
    digits = printed.group()
    if "," in digits:
        higher = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    else:
        value = int(digits.replace(".", "")) + 1
        higher = f"{value:,}".replace(",", ".") if "." in digits else str(value)
    return text[: printed.start()] + higher + text[printed.end() :]


def _break_prose(prose: Prose) -> Iterator[str]:
    for mark in prose.marks:
        if mark.figure.kind is FigureKind.NUMBER and (text := _raise_figure(prose.text, mark)) is not None:
            yield text


def _break_each(document: Document) -> Iterator[_Broken]:
    """Every number of the report in its turn, one more than it was."""
    tables = 0
    for place, block in enumerate(document.blocks):
        before, after = document.blocks[:place], document.blocks[place + 1 :]
        if isinstance(block, Heading | Paragraph):
            for text in _break_prose(block.prose):
                broken = replace(document, blocks=(*before, replace(block, prose=Prose(text)), *after))
                yield _Broken(block.text[:60], None, None, None, text, broken)
        elif isinstance(block, Table):
            tables += 1
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    for text in _break_prose(cell.prose):
                        line = (*cells[:column], replace(cell, prose=Prose(text)), *cells[column + 1 :])
                        rows = (*block.rows[:row], line, *block.rows[row + 1 :])
                        broken = replace(document, blocks=(*before, replace(block, rows=rows), *after))
                        yield _Broken(block.caption, tables, row + 1, column + 1, text, broken)


def _names_it(broken: _Broken) -> bool:
    """Whether some contradiction has the broken figure among its places."""
    for finding in audit_document(broken.document).findings:
        if finding.severity is not Severity.CONTRADICTION:
            continue
        for place in finding.locations:
            if broken.table is None and place.text == broken.text:
                return True
            if broken.table is not None and (place.table, place.row, place.column) == (
                broken.table,
                broken.row,
                broken.column,
            ):
                return True
    return False


WHOLE_TABLES = (
    "Visitas y noticias de la sede electrónica por mes",
    "Comunicación interna por canal y mes",
    "Publicaciones por red y mes",
    "Solicitudes por mes en que se pidieron",
)


@pytest.mark.parametrize("caption", WHOLE_TABLES)
def test_every_figure_of_a_table_with_totals_is_found(caption: str) -> None:
    cases = [broken for broken in _break_each(_compose("2025-T4")) if broken.where == caption]
    assert len(cases) >= 8
    assert [(case.row, case.column) for case in cases if not _names_it(case)] == []


def test_every_figure_of_the_summary_is_found() -> None:
    starts = ("En el cuarto trimestre de 2025 la entidad", "Facebook: ", "Instagram: ", "X: ", "Sede electrónica: ")
    cases = [
        broken
        for broken in _break_each(_compose("2025-T4"))
        if broken.table is None and broken.where.startswith(starts) and "%" not in broken.text
    ]
    assert len(cases) == 9  # 37 and 2; 279, 273 and 6; a line for each of the four channels
    assert [case.text for case in cases if not _names_it(case)] == []


@pytest.mark.slow
def test_the_share_of_all_figures_that_other_figures_betray() -> None:
    """Most of the rest are printed once, alone: for those a report of ours carries its copy (CTL001)."""
    cases = list(_break_each(_compose("2025-T4")))
    found = sum(map(_names_it, cases))
    assert found / len(cases) >= 0.4


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("Canal Joven", Platform.X),
        ("Facebook Juventud", Platform.FACEBOOK),
        ("Personería Joven", Platform.INSTAGRAM),
        ("X Juventud", Platform.X),
    ],
)
def test_an_office_with_two_accounts_in_a_network_does_not_contradict_itself(name: str, platform: Platform) -> None:
    dossier = pregon.load_registro(EXAMPLES / "registro-2025-T4.xlsx")
    code = next(channel.code for channel in dossier.channels if channel.platform is platform)
    moved = [replace(each, channel="otra", reference=f"Z{each.reference}") for each in dossier.publications]
    others = [new for new, each in zip(moved, dossier.publications, strict=True) if each.channel == code][:3]
    two = replace(
        dossier,
        channels=(*dossier.channels, Channel("otra", name, platform)),
        publications=(*dossier.publications, *others),
    )
    assert [finding.message for finding in audit_document(pregon.compose(two), against=two).findings] == []
