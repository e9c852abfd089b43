"""What `pregon import` tells a person: in one look how it went, then file by file, the worst first."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pregon.figures.spanish import count_of, join_words, print_date
from pregon.importers.placing import Outcome, summarise

if TYPE_CHECKING:
    from pregon.audit.finding import Finding
    from pregon.importers.base import Question
    from pregon.importers.intake import Receipt
    from pregon.importers.placing import Placement

COPY: Final = "antes-de-importar"
"""What the name of the registro's copy says."""
_MOST_CHOICES: Final = 8
_WIDTH: Final = 100
_PLAIN: Final = re.compile(r"[\w.,:=@/…-]+")
_REFUSED, _ASKED, _REMARKED, _PLACED, _SAME = range(5)
Listed = set[tuple[tuple[str, str], ...]]
"""The answers that were told already."""
_SIGNS: Final = {Outcome.ADDED: "+", Outcome.CHANGED: "~", Outcome.KEPT: "=", Outcome.LEFT_OUT: "−"}
_WORDS: Final = {
    Outcome.ADDED: (("se añadió", "se añadieron"), ("se añadiría", "se añadirían")),
    Outcome.CHANGED: (("cambió", "cambiaron"), ("cambiaría", "cambiarían")),
    Outcome.KEPT: (("ya estaba", "ya estaban"), ("ya está", "ya están")),
    Outcome.LEFT_OUT: (("quedó fuera", "quedaron fuera"), ("quedaría fuera", "quedarían fuera")),
}
"""What is said of one and of several, where it was done and where it was a trial."""


def tell_import(
    receipts: Sequence[Receipt],
    placement: Placement | None,
    findings: Sequence[Finding],
    into: Path | None,
    *,
    is_trial: bool,
) -> Iterator[str]:
    """The lines of text, in order. `is_trial` where nothing was written."""
    if len(receipts) > 1:
        yield _tell_whole(receipts)
        yield ""
    for finding in findings:
        yield f"{finding.severity.sign} {finding.message} {finding.remedy}"
    listed: Listed = set()
    names = Counter(_name(receipt) for receipt in receipts)
    for receipt in sorted(receipts, key=_rank):
        own = _name(receipt) if names[_name(receipt)] == 1 else receipt.place
        yield from _tell_file(receipt, f"@{own}" if len(receipts) > 1 else "", listed)
        if placement is not None:
            yield from _tell_placed(receipt, placement, is_trial=is_trial)
        elif receipt.extract.period is not None:
            yield _tell_counts(receipt)
    if placement is None or into is None:
        return
    yield ""
    yield from (f"  · {remark}" for remark in placement.remarks)
    for question in placement.questions:
        yield from _ask(question, "", listed)
    yield from _tell_end(receipts, placement, into, is_trial=is_trial)


def _name(receipt: Receipt) -> str:
    return receipt.place.rpartition("/")[2]


def _rank(receipt: Receipt) -> int:
    extract = receipt.extract
    if receipt.same_as:
        return _SAME
    if extract.refused:
        return _REFUSED
    if extract.questions:
        return _ASKED
    return _REMARKED if extract.remarks or extract.repairs else _PLACED


def _tell_whole(receipts: Sequence[Receipt]) -> str:
    """How many files there are, and how they went: «19 archivos: 4 esperan su respuesta y 15 se leyeron»."""
    ranks = Counter(_rank(receipt) for receipt in receipts)
    told = [
        count_of(number, *words)
        for number, words in (
            (ranks[_REFUSED], ("no se pudo leer", "no se pudieron leer")),
            (ranks[_ASKED], ("espera su respuesta", "esperan su respuesta")),
            (ranks[_REMARKED] + ranks[_PLACED], ("se leyó", "se leyeron")),
            (ranks[_SAME], ("es copia de otro", "son copias de otros")),
        )
        if number
    ]
    return f"{count_of(len(receipts), 'archivo', 'archivos')}: {join_words(told)}."


def _tell_file(receipt: Receipt, at: str, listed: Listed) -> Iterator[str]:
    extract = receipt.extract
    yield receipt.place
    if receipt.same_as:
        yield f"  = Es el mismo archivo que «{receipt.same_as}»: no se lee otra vez."
        return
    if receipt.source:
        yield f"  {receipt.source_name}{_tell_period(receipt)}: {receipt.why}."
    if extract.refused:
        yield f"  ⊘ {extract.refused}"
    for question in extract.questions:
        yield from _ask(question, at, listed)
    yield from (f"  ≈ {repair}" for repair in extract.repairs)
    yield from (f"  · {remark}" for remark in extract.remarks)


def _tell_period(receipt: Receipt) -> str:
    period = receipt.extract.period
    if period is None:
        return ""
    return f", {print_date(period.start, short=True)} a {print_date(period.end, short=True)}"


def _tell_counts(receipt: Receipt) -> str:
    figures = count_of(len(receipt.extract.observations), "cifra", "cifras")
    return f"  {figures} y {count_of(len(receipt.extract.publications), 'publicación', 'publicaciones')}."


def _tell_placed(receipt: Receipt, placement: Placement, *, is_trial: bool) -> Iterator[str]:
    for outcome, sign in _SIGNS.items():
        one, several = _WORDS[outcome][is_trial]
        for what in summarise([each for each in placement.of(outcome) if receipt.sha256 in each.files]):
            are_counted = what[0].isdigit() and not what.startswith("1 ")
            yield f"  {sign} {what}" if what[0] == "…" else f"  {sign} {several if are_counted else one}: {what}"


def _tell_end(receipts: Sequence[Receipt], placement: Placement, into: Path, *, is_trial: bool) -> Iterator[str]:
    if len(receipts) > 1 and (total := _tell_total(placement, is_trial=is_trial)):
        yield total
    if open_files := sum(bool(receipt.extract.questions) for receipt in receipts) if len(receipts) > 1 else 0:
        files = count_of(open_files, "archivo", "archivos")
        yield f"Falta responder por {files}: repita la orden con las respuestas; lo demás no se añade dos veces."
    if is_trial:
        yield "No se tocó el registro: era una prueba (--dry-run)."
    elif placement.has_changes:
        yield f"Se guardó «{into}»; el anterior quedó en «{into.stem}.{COPY}{into.suffix}»."
    elif placement.questions or any(receipt.extract.questions or receipt.extract.refused for receipt in receipts):
        yield "El registro no cambió."
    else:
        yield "El registro ya tenía todo: no cambió."


def _tell_total(placement: Placement, *, is_trial: bool) -> str:
    """What all the files gave together: «En total se añadieron 38 cifras y 273 publicaciones»."""
    told = []
    for outcome in (Outcome.ADDED, Outcome.CHANGED):
        verbs = _WORDS[outcome][is_trial]
        found = [each for each in placement.of(outcome) if each.files]
        publications = sum(each.is_publication for each in found)
        parts = [
            count_of(number, *nouns)
            for number, nouns in (
                (len(found) - publications, ("cifra", "cifras")),
                (publications, ("publicación", "publicaciones")),
            )
            if number
        ]
        if parts:
            told.append(f"{verbs[len(found) > 1]} {join_words(parts)}")
    return f"En total {join_words(told)}." if told else ""


def _ask(question: Question, at: str, listed: Listed) -> Iterator[str]:
    """A question with what to write for each answer; many answers are told in a few lines, and only once.

    `at` names the file, «@Views.csv»; `listed` are the answers that were told above.
    """
    yield f"  ? {question.sentence}"
    if question.choices and len(question.choices) <= _MOST_CHOICES:
        for value, words in question.choices:
            yield f"      --answer {_in_quotes(f'{question.key}={value}{at}')}   {words}"
        return
    yield f"      --answer {_in_quotes(f'{question.key}=…{at}')}"
    if question.choices in listed:
        yield "          una de las respuestas de arriba"
    elif question.choices:
        listed.add(question.choices)
        told = "; ".join(value if words == value else f"{value} = {words}" for value, words in question.choices)
        yield from textwrap.wrap(
            f"{told}.", _WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 10, break_on_hyphens=False
        )


def _in_quotes(words: str) -> str:
    """As it is written in a terminal: in quotes where it has a space or a sign."""
    return words if _PLAIN.fullmatch(words) else f'"{words}"'
