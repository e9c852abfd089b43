"""A document and what was found in it, as plain values for the page: pure, JSON in and out, no Django.

Left, the findings in words; right, the document's own text with each place that a finding names marked and numbered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pregon.audit.finding import Agreement, Finding, Severity
from pregon.audit.runner import AuditResult
from pregon.document.location import Location, LocationKind
from pregon.document.model import Cell, Document, Heading, Paragraph, Passage, Picture, Role, Table

CSS = {
    Severity.CONTRADICTION: "is-bad",
    Severity.GAP: "is-gap",
    Severity.EXPOSURE: "is-expo",
    Severity.INCONCLUSIVE: "is-open",
    Severity.ADVICE: "",
}
OPEN_FINDINGS = 3
# A place in the document: a passage's own numbers, without its words.
Place = tuple[str, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a passage that something was said of: `number` is the finding's, None where the place holds."""

    start: int
    end: int
    css: str
    number: int | None


def present(document: Document, result: AuditResult) -> dict[str, Any]:
    """Everything the page shows, as JSON values."""
    findings = [_present_finding(number, finding) for number, finding in enumerate(result.findings, start=1)]
    return {
        "tally": tally(result),
        "findings": findings,
        "holding": [
            {
                "what": holding.what,
                "account": holding.account,
                "sign": "≈" if holding.agreement is Agreement.ROUNDED else "=",
                "where": _where(holding.locations),
            }
            for holding in result.consistent
        ],
        "unverified": [{"text": each.text, "where": each.location.describe()} for each in result.unverified],
        "paper": _present_paper(document, result),
        "tables": len(document.tables),
        "remarks": list(document.remarks),
    }


def tally(result: AuditResult) -> list[dict[str, Any]]:
    """How many of each voice, with its sign and word; those with none are left out, what holds never is."""
    lines = []
    for severity in Severity:
        count = sum(finding.severity is severity for finding in result.findings)
        if count:
            word = severity.word if count == 1 else severity.plural
            lines.append(
                {"css": CSS[severity], "sign": severity.sign, "name": severity.word, "count": count, "word": word}
            )
    held = len(result.consistent)
    word = "cuenta cuadra" if held == 1 else "cuentas cuadran"
    return [*lines, {"css": "is-ok", "sign": "=", "name": "cuadra", "count": held, "word": word}]


def _present_finding(number: int, finding: Finding) -> dict[str, Any]:
    return {
        "number": number,
        "code": finding.code,
        "css": CSS[finding.severity],
        "sign": finding.severity.sign,
        "severity": finding.severity.word,
        "contradicts": finding.severity is Severity.CONTRADICTION,
        "title": finding.message,
        "stated": finding.stated,
        "expected": finding.expected,
        "operator": finding.operator,
        "operands": [{"label": operand.label, "text": operand.text} for operand in finding.operands],
        "cause": finding.cause,
        "remedy": finding.remedy,
        "consequences": list(finding.consequences),
        "where": _where(_places_to_look(finding)),
        "open": number <= OPEN_FINDINGS,
    }


def _where(locations: Iterable[Location]) -> list[dict[str, str]]:
    shown = {_anchor(location): location.describe() for location in reversed(tuple(locations))}
    return [{"anchor": anchor, "text": _capital(text)} for anchor, text in reversed(shown.items())]


def _places_to_look(finding: Finding) -> list[Location]:
    """Where the finding sends its reader: the place to mend and its likes, not the terms of the account beside it."""
    terms = {_place(operand.location) for operand in finding.operands if operand.location is not None}
    first, rest = finding.locations[:1], finding.locations[1:]
    return [*first, *(location for location in rest if _place(location) not in terms)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _place(location: Location) -> Place:
    if location.table is not None:
        kind = "c" if location.kind is LocationKind.CELL else "t"
        return kind, location.table, location.row, location.column
    if location.kind in {LocationKind.HEADER, LocationKind.FOOTER, LocationKind.DOCUMENT}:
        return location.kind.value, None, None, None
    return "p", location.paragraph, None, None


def _anchor(location: Location) -> str:
    kind, *numbers = _place(location)
    return "-".join([kind, *(str(number) for number in numbers if number is not None)])


def _said_of(result: AuditResult) -> dict[Place, list[Stretch]]:
    """What was said of each place: findings first, then what holds."""
    said: dict[Place, list[Stretch]] = {}
    for number, finding in enumerate(result.findings, start=1):
        for location in _places_to_look(finding):
            css = CSS[finding.severity]
            said.setdefault(_place(location), []).append(_stretch(location, css, number))
    for holding in result.consistent:
        for location in holding.locations:
            said.setdefault(_place(location), []).append(_stretch(location, "is-ok", None))
    return said


def _stretch(location: Location, css: str, number: int | None) -> Stretch:
    end = len(location.text) if location.end is None else location.end
    return Stretch(location.start, end, css, number)


def _present_paper(document: Document, result: AuditResult) -> list[dict[str, Any]]:
    said = _said_of(result)
    by_block: dict[int, list[Passage]] = {}
    for passage in document.passages:
        if passage.block is not None:
            by_block.setdefault(id(passage.block), []).append(passage)
    blocks: list[dict[str, Any]] = []
    numbers = {id(table): number for number, table in enumerate(document.tables, start=1)}
    for block in document.blocks:
        if isinstance(block, Table):
            blocks.append(_present_table(block, numbers, said))
            continue
        blocks.extend(_present_passage(block, passage, said) for passage in by_block.get(id(block), ()))
    return blocks


def _present_passage(
    block: Heading | Paragraph | Picture, passage: Passage, said: dict[Place, list[Stretch]]
) -> dict[str, Any]:
    location = passage.location
    pieces = cut(passage.prose.text, said.get(_place(location), ()))
    shared = {"anchor": _anchor(location), "pieces": pieces}
    match block:
        case Heading():
            # The page's own title is h1: the document's title stands one below.
            return {"kind": "heading", "level": min(block.level + 2, 6), **shared}
        case Picture():
            return {"kind": "picture", **shared}
        case Paragraph():
            return {"kind": "item" if block.role is Role.ITEM else "paragraph", "role": block.role.value, **shared}


def _present_table(table: Table, numbers: dict[int, int], said: dict[Place, list[Stretch]]) -> dict[str, Any]:
    number = numbers.get(id(table), 0)
    rows = []
    for row, line in enumerate(table.grid):
        cells = []
        for column, cell in enumerate(line):
            if cell is not None:
                cells.append(_present_cell(table, cell, (number, row, column), said))
        rows.append(cells)
    caption = table.caption or f"Tabla {number}"
    return {
        "kind": "table",
        "anchor": f"t-{number}",
        "caption": caption,
        "pieces": cut(caption, said.get(("t", number, None, None), ())),
        "rows": rows,
        "inner": [
            _present_table(inner, numbers, said) for line in table.rows for cell in line for inner in cell.tables
        ],
    }


def _present_cell(
    table: Table, cell: Cell, place: tuple[int, int, int], said: dict[Place, list[Stretch]]
) -> dict[str, Any]:
    number, row, column = place
    key: Place = ("c", number, row + 1, column + 1)
    scope = "col" if row < table.header_rows else "row" if column < table.header_columns else ""
    return {
        "anchor": f"c-{number}-{row + 1}-{column + 1}" if key in said else "",
        "scope": scope,
        "numeric": _is_numeric(cell.text),
        "row_span": cell.row_span if cell.row_span > 1 else None,
        "column_span": cell.column_span if cell.column_span > 1 else None,
        "pieces": cut(cell.text, said.get(key, ())),
    }


def _is_numeric(text: str) -> bool:
    stripped = text.strip()
    return bool(stripped) and all(sign.isdigit() or sign in " .,%−-+$≈\u00a0" for sign in stripped)


def cut(text: str, stretches: Sequence[Stretch]) -> list[dict[str, Any]]:
    """The text cut at every edge of what was said of it: each piece with its worst colour and the numbers ending there.

    >>> [piece["text"] for piece in cut("dice 36 hoy", [Stretch(5, 7, "is-bad", 1)])]
    ['dice ', '36', ' hoy']
    """
    if not stretches:
        return [{"text": text, "css": None, "refs": []}] if text else []
    bounded = [Stretch(max(0, s.start), min(len(text), max(s.end, s.start)), s.css, s.number) for s in stretches]
    edges = sorted({0, len(text), *(s.start for s in bounded), *(s.end for s in bounded)})
    order = [*CSS.values(), "is-ok"]
    pieces = []
    for start, end in pairwise(edges):
        here = [s for s in bounded if s.start <= start and end <= s.end]
        css = min((s.css for s in here), key=order.index, default=None)
        refs = sorted({s.number for s in bounded if s.number is not None and s.end == end and s.start < end})
        pieces.append({"text": text[start:end], "css": css, "refs": refs})
    if not pieces:
        # Something was said of an empty place: there is no text to mark, and its number still stands there.
        refs = sorted({s.number for s in bounded if s.number is not None})
        pieces.append({"text": "\u00a0\u00a0", "css": min((s.css for s in bounded), key=order.index), "refs": refs})
    return pieces
