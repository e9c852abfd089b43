"""The audit told in Spanish to a person at a terminal: calm, worst first, with what holds."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten, wrap
from typing import Final

from pregon.audit.finding import Finding, Severity
from pregon.audit.result import AuditResult
from pregon.document.location import Location, LocationKind
from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words

WIDTH: Final = 100
_MOST_PLACES: Final = 4
_LONGEST_SECTION: Final = 50
_MOST_HOLDINGS: Final = 12


def tell_audit(result: AuditResult, *, name: str = "") -> str:
    """The whole answer as text; `name` is the file as the person called it."""
    lines = [*_tell_head(result, name), ""]
    for finding in result.findings:
        lines += [*tell_finding(finding), ""]
    lines += _tell_holdings(result)
    if result.unverified:
        count = len(result.unverified)
        verb = "pudo" if count == 1 else "pudieron"
        lines.append(f"{count_of(count, 'cifra no se', 'cifras no se')} {verb} comprobar con otra del documento.")
    lines += [f"Nota de lectura: {remark}" for remark in result.remarks]
    return "\n".join(lines)


def _tell_head(result: AuditResult, name: str) -> Iterator[str]:
    known = [part for part in (name or result.document or result.title, _tell_period(result.period)) if part]
    yield " · ".join(known) or "Documento"
    yield tell_counts(result)


def tell_counts(result: AuditResult) -> str:
    """«12 contradicciones · 3 vacíos · 14 cuentas cuadran»."""
    counts = [
        f"{severity.sign} {count_of(count, severity.word, severity.plural)}"
        for severity in Severity
        if (count := result.count(severity))
    ]
    holding = len(result.consistent)
    counts.append(f"= {count_of(holding, 'cuenta cuadra', 'cuentas cuadran')}")
    if len(counts) == 1:
        counts.insert(0, "Cero hallazgos")
    return " · ".join(counts)


def _tell_period(period: str) -> str:
    return Period.parse(period).title if period else ""


def tell_finding(finding: Finding) -> Iterator[str]:
    """A finding in a few lines: title, account, cause, what follows, where and what to write."""
    yield from _block(f"{finding.severity.sign} ", f"{finding.message}  [{finding.code}]")
    account = tell_account(finding)
    if account:
        yield from _block("  ", account)
    if finding.cause:
        yield from _block("  ", finding.cause)
    for consequence in finding.consequences:
        yield from _block("  · ", consequence)
    if finding.locations:
        yield from _block("  ", f"Dónde: {tell_places(finding.locations)}.")
    if finding.remedy:
        yield from _block("  → ", finding.remedy)


def tell_account(finding: Finding) -> str:
    """«La cuenta: 10 + 13 + 14.»; "" where a finding has no account to show."""
    if finding.operator == "+" and len(finding.operands) > 1 and finding.expected:
        return f"La cuenta: {' + '.join(operand.text for operand in finding.operands)}."
    if finding.operator == ";":
        known = "; ".join(f"{operand.label}: {operand.text}" for operand in finding.operands)
        return f"Con lo que se ve: {known}."
    return ""


def places_to_mend(finding: Finding) -> tuple[Location, ...]:
    """The places where the document is wrong, without those that only bear witness.

    A finding of one figure is wrong at that figure, wherever it stands; one of several (dates of another period, cells
    left blank) at all its places.
    """
    first, rest = finding.locations[:1], finding.locations[1:]
    if finding.stated and "«" not in finding.stated:
        terms = {
            (term.location.table, term.location.row, term.location.column) for term in finding.operands if term.location
        }
        same = (place for place in rest if place.quoted.strip() == finding.stated)
        rest = tuple(place for place in same if (place.table, place.row, place.column) not in terms)
    return tuple(dict.fromkeys((*first, *rest)))


def tell_places(locations: tuple[Location, ...]) -> str:
    """The places in words, the one to mend first: cells gathered by row, paragraphs by section."""
    rows: dict[str, list[str]] = {}
    for location in dict.fromkeys(place._replace(start=0, end=None) for place in locations):
        head, tail = _part_place(location)
        told = rows.setdefault(head, [])
        if tail and tail not in told:
            told.append(tail)
    places = [_join_place(head, tails) for head, tails in rows.items()]
    shown = "; ".join(places[:_MOST_PLACES])
    more = len(places) - _MOST_PLACES
    return f"{shown} y {count_of(more, 'lugar más', 'lugares más')}" if more > 0 else shown


def _part_place(location: Location) -> tuple[str, str]:
    """What places near one another share, and what tells them apart."""
    if location.table is not None:
        where = location._replace(column=None, column_label="").describe()
        if location.column is None:
            return where, ""
        return where, f"«{location.column_label}»" if location.column_label else str(location.column)
    if location.kind in (LocationKind.PARAGRAPH, LocationKind.FOOTNOTE) and location.paragraph is not None:
        section = shorten(location.section, _LONGEST_SECTION, placeholder="…")
        return (f"sección «{section}»" if section else "texto"), str(location.paragraph)
    return location.describe(), ""


def _join_place(head: str, tails: list[str]) -> str:
    if not tails:
        return head
    is_cell = head.startswith("tabla")
    shown = tails[:_MOST_PLACES]
    listed = join_words(shown) if len(shown) == len(tails) else f"{', '.join(shown)} y {len(tails) - len(shown)} más"
    one, many = ("columna", "columnas") if is_cell else ("párrafo", "párrafos")
    return f"{head}, {one if len(tails) == 1 else many} {listed}"


def _block(mark: str, text: str) -> Iterator[str]:
    blank = " " * len(mark)
    for number, line in enumerate(wrap(text, WIDTH - len(mark), break_long_words=False, break_on_hyphens=False)):
        yield f"{blank if number else mark}{line}"


def _tell_holdings(result: AuditResult) -> Iterator[str]:
    if not result.consistent:
        return
    # What adds up is shown before what is merely said twice.
    told = sorted((" + " not in one.account, place) for place, one in enumerate(result.consistent))
    shown = [result.consistent[place] for _, place in told[:_MOST_HOLDINGS]]
    accounts = "; ".join(dict.fromkeys(f"{holding.what}: {holding.account}" for holding in shown))
    head = count_of(len(told), "cuenta cuadra", "cuentas cuadran")
    yield from _block("= ", f"{head}{', entre ellas' if len(told) > len(shown) else ''}: {accounts}.")
    yield ""
