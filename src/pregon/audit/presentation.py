"""A document and what was found in it, as plain values for a page: JSON in and out, whoever draws it.

Left, the findings in words; right, the document's own text with each place that a finding names marked and numbered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

from pregon.audit.finding import Agreement, Finding, Severity
from pregon.audit.result import AuditResult
from pregon.audit.summary import places_to_mend
from pregon.claims.exposure import mask
from pregon.document.location import Location, LocationKind
from pregon.document.model import Cell, Document, Heading, Paragraph, Passage, Picture, Role, Table
from pregon.figures.spanish import count_of

CSS = {
    Severity.CONTRADICTION: "is-bad",
    Severity.GAP: "is-gap",
    Severity.EXPOSURE: "is-expo",
    Severity.INCONCLUSIVE: "is-open",
    Severity.ADVICE: "",
}
OPEN_FINDINGS = 3
_UNSHOWN = frozenset({LocationKind.HEADER, LocationKind.FOOTER, LocationKind.DOCUMENT})
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
        "document": result.document,
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


def tell_headline(page: Mapping[str, Any]) -> tuple[str, str]:
    """What a page says first, and the sentence under it."""
    contradictions = next((line["count"] for line in page["tally"] if line["css"] == CSS[Severity.CONTRADICTION]), 0)
    if contradictions:
        title = f"El documento se contradice en {count_of(contradictions, 'punto', 'puntos')}"
        return title, "Primero van los que se prueban en el propio documento. Cada uno muestra su cuenta y su lugar."
    if page["findings"]:
        lead = "Lo que sigue no es una contradicción: son vacíos, dudas o consejos."
        return "El documento no se contradice", lead
    return "Cero hallazgos", "Vea abajo cuáles cuentas se comprobaron y cuáles no se pudieron."


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
    shown: dict[str, dict[str, str]] = {}
    for location in locations:
        anchor, text = _anchor(location), _capital(location.describe())
        shown.setdefault(anchor or text, {"anchor": anchor, "text": text})
    return list(shown.values())


def _places_to_look(finding: Finding) -> list[Location]:
    """Where the finding sends its reader: the places to mend, and its witnesses but the account's terms."""
    terms = {_place(operand.location) for operand in finding.operands if operand.location is not None}
    mended = places_to_mend(finding)
    return [*mended, *(place for place in finding.locations if place not in mended and _place(place) not in terms)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _place(location: Location) -> Place:
    if location.table is not None:
        kind = "c" if location.kind is LocationKind.CELL else "t"
        return kind, location.table, location.row, location.column
    if location.kind in _UNSHOWN:
        return location.kind.value, None, None, None
    if location.kind is LocationKind.PICTURE:  # pictures have no number: they are known by what they show
        return "i", crc32(f"{location.section}\n{mask(location.text)}".encode()), None, None
    return "p", location.paragraph, None, None


def _anchor(location: Location) -> str:
    """The id of a place on the page; "" where it has none (what stands at the edges of the pages)."""
    if location.kind in _UNSHOWN:
        return ""
    kind, *numbers = _place(location)
    return "-".join([kind, *(str(number) for number in numbers if number is not None)])


def _said_of(result: AuditResult) -> dict[Place, list[Stretch]]:
    """What was said of each place: findings first, then what holds."""
    said: dict[Place, list[Stretch]] = {}
    for number, finding in enumerate(result.findings, start=1):
        for location in places_to_mend(finding):
            css = CSS[finding.severity]
            said.setdefault(_place(location), []).append(_stretch(location, css, number))
        for location in finding.locations:  # a place to look at is there to be found, though nothing is wrong in it
            said.setdefault(_place(location), [])
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
    taken: set[str] = set()
    for shown in blocks:  # of two pictures that show the same under one heading, links lead to the first
        shown["anchor"] = "" if shown["anchor"] in taken else shown["anchor"]
        taken.add(shown["anchor"])
    return blocks


def _present_passage(
    block: Heading | Paragraph | Picture, passage: Passage, said: dict[Place, list[Stretch]]
) -> dict[str, Any]:
    location = passage.location
    pieces = cut(mask(passage.prose.text), said.get(_place(location), ()))
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
    caption = mask(table.caption) or f"Tabla {number}"
    return {
        "kind": "table",
        "anchor": f"t-{number}",
        "caption": caption,
        "pieces": cut(caption, said.get(("t", number, None, None), ())),
        "header_rows": table.header_rows,
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
    text = mask(cell.text, column=table.column_label(column))
    return {
        "anchor": f"c-{number}-{row + 1}-{column + 1}" if key in said else "",
        "scope": scope,
        "numeric": _is_numeric(text),
        "row_span": cell.row_span if cell.row_span > 1 else None,
        "column_span": cell.column_span if cell.column_span > 1 else None,
        "pieces": cut(text, said.get(key, ())),
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
