"""`pregon import`: the files that platforms give, told one by one and placed in a registro."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pregon.audit.finding import Finding
    from pregon.importers.base import Question
    from pregon.importers.intake import Receipt
    from pregon.importers.placing import Placement
    from pregon.records.dossier import Dossier

HELP = "Dice qué es cada archivo de las plataformas y lleva sus datos al registro."
_DONE, _CONTRADICTED, _WRONG_USE, _UNREADABLE = 0, 1, 2, 3
_COPY: Final = "antes-de-importar"

Answered = tuple[dict[str, str], dict[str, dict[str, str]]]
"""The answers for every file, and those for one of them by its name."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="ARCHIVO", help="archivos, carpetas o zip, como los dio la plataforma"
    )
    parser.add_argument("--into", type=Path, metavar="REGISTRO.xlsx", help="el registro que recibe los datos")
    parser.add_argument(
        "--source", default="", metavar="ORIGEN", help="de qué origen son, si no se reconocen: meta-daily, x-content…"
    )
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="CLAVE=VALOR[@ARCHIVO]",
        help="la respuesta a una pregunta: network=facebook, o network=facebook@Views.csv si es de un archivo",
    )
    parser.add_argument(
        "--replace", action="store_true", help="cambiar también las cifras del registro que sean otras en el archivo"
    )
    parser.add_argument(
        "--trust", action="store_true", help="leer sin límites de tiempo ni de memoria; solo para archivos propios"
    )
    parser.add_argument("--dry-run", action="store_true", help="decir qué pasaría, sin tocar el registro")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json para otro programa")


def run(arguments: argparse.Namespace) -> int:
    """Know, read, place, tell. 1 where records and files disagree, 2 where an answer is lacking, 3 for a bad file."""
    from pregon.registro import RegistroError

    try:
        return _import(arguments)
    except RegistroError as error:
        path, count = arguments.into, len(error.mistakes)
        told = f"«{path}» tiene {count} {'error' if count == 1 else 'errores'}"
        print(f"{told}: véalos con pregon registro check {path}.", file=sys.stderr)
        return _CONTRADICTED
    except ValueError as error:
        # An unknown source, or an answer that is not one: the sentence says what to write.
        print(error, file=sys.stderr)
        return _WRONG_USE


def _import(arguments: argparse.Namespace) -> int:
    import pregon
    from pregon.cli._kept_answers import keep_answers, kept_answers
    from pregon.importers.child import receive_limited
    from pregon.importers.intake import receive
    from pregon.importers.packages import open_package
    from pregon.importers.placing import place_receipts
    from pregon.importers.reconciling import reconcile

    everywhere, by_file = _read_answers(arguments.answer)
    dossier = pregon.load_registro(arguments.into) if arguments.into else None
    with TemporaryDirectory(prefix="pregon-") as workshop:
        uploads = list(open_package(arguments.files, Path(workshop)))
        places = {upload.place: _answers_for(upload.place, by_file) for upload in uploads}
        take = receive if arguments.trust else receive_limited
        receipts = take(uploads, {**kept_answers(), **everywhere}, by_place=places, source=arguments.source)
    if not arguments.dry_run:
        keep_answers(kept for receipt in receipts for kept in receipt.extract.remembers)
    placement = findings = None
    if dossier is not None:
        placement = place_receipts(receipts, dossier, everywhere, replaces=arguments.replace)
        findings = reconcile(dossier, placement.publications)
        if placement.has_changes and not arguments.dry_run:
            _save(placement.dossier, arguments.into)
    if arguments.format == "json":
        _print_json(receipts, placement, findings or ())
    else:
        _tell(receipts, placement, findings or (), arguments)
    return _status(receipts, placement, findings or ())


def _read_answers(words: Sequence[str]) -> Answered:
    everywhere: dict[str, str] = {}
    by_file: dict[str, dict[str, str]] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key:
            raise ValueError(f"«{word}» no es una respuesta: escriba CLAVE=VALOR, como network=facebook.")
        value, at, file = value.partition("@")
        (by_file.setdefault(file, {}) if at else everywhere)[key] = value
    return everywhere, by_file


def _answers_for(place: str, by_file: dict[str, dict[str, str]]) -> dict[str, str]:
    """The answers for a file, by its name alone or with its folders."""
    return {**by_file.get(place.rpartition("/")[2], {}), **by_file.get(place, {})}


def _save(dossier: Dossier, path: Path) -> None:
    """Write the registro over the old one, which stays beside it: never half of either."""
    from pregon.registro import write_registro

    copy = path.with_name(f"{path.stem}.{_COPY}{path.suffix}")
    fresh = path.with_name(f".{path.stem}.nuevo{path.suffix}")
    try:
        write_registro(dossier, fresh)
        copy.write_bytes(path.read_bytes())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _status(receipts: Sequence[Receipt], placement: Placement | None, findings: Sequence[Finding]) -> int:
    if any(receipt.extract.refused for receipt in receipts):
        return _UNREADABLE
    if any(receipt.extract.questions for receipt in receipts) or (placement is not None and placement.questions):
        return _WRONG_USE
    return _CONTRADICTED if any(finding.severity == "contradiction" for finding in findings) else _DONE


def _print_json(receipts: Sequence[Receipt], placement: Placement | None, findings: Sequence[Finding]) -> None:
    from pregon.importers.serial import question_to_values, receipt_to_values

    answer: dict[str, object] = {"files": [receipt_to_values(receipt) for receipt in receipts]}
    if placement is not None:
        answer["placed"] = [
            {"outcome": each.outcome.value, "what": each.what, "files": sorted(each.files)} for each in placement.placed
        ]
        answer["remarks"] = list(placement.remarks)
        answer["questions"] = [question_to_values(each) for each in placement.questions]
        answer["findings"] = [
            {"code": each.code, "name": each.name, "severity": each.severity.value, "message": each.message}
            for each in findings
        ]
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
    print()


def _tell(
    receipts: Sequence[Receipt],
    placement: Placement | None,
    findings: Sequence[Finding],
    arguments: argparse.Namespace,
) -> None:
    for receipt in receipts:
        _tell_file(receipt, placement)
    if placement is None:
        return
    print()
    for remark in placement.remarks:
        print(f"  · {remark}")
    for question in placement.questions:
        _ask(question)
    for finding in findings:
        print(f"{finding.severity.sign} {finding.message} {finding.remedy}")
    if arguments.dry_run:
        print("No se tocó el registro: era una prueba (--dry-run).")
    elif placement.has_changes:
        path: Path = arguments.into
        print(f"Se guardó «{path}»; el anterior quedó en «{path.stem}.{_COPY}{path.suffix}».")
    else:
        print("El registro ya tenía todo: no cambió.")


def _tell_file(receipt: Receipt, placement: Placement | None) -> None:
    from pregon.figures.spanish import count_of

    extract = receipt.extract
    print(receipt.place)
    if receipt.same_as:
        print(f"  = Es el mismo archivo que «{receipt.same_as}»: no se lee otra vez.")
        return
    if receipt.source:
        when = f", {_tell_period(receipt)}" if extract.period is not None else ""
        print(f"  {receipt.source_name}{when}: {receipt.why}.")
    if extract.refused:
        print(f"  ⊘ {extract.refused}")
    for repair in extract.repairs:
        print(f"  ≈ {repair}")
    for remark in extract.remarks:
        print(f"  · {remark}")
    for question in extract.questions:
        _ask(question)
    if placement is not None:
        _tell_placed(receipt, placement)
    elif extract.observations or extract.publications:
        figures = count_of(len(extract.observations), "cifra", "cifras")
        print(f"  {figures} y {count_of(len(extract.publications), 'publicación', 'publicaciones')}.")


def _tell_period(receipt: Receipt) -> str:
    from pregon.figures.spanish import print_date

    period = receipt.extract.period
    if period is None:
        return ""
    return f"{print_date(period.start, short=True)} a {print_date(period.end, short=True)}"


def _tell_placed(receipt: Receipt, placement: Placement) -> None:
    from pregon.importers.placing import Outcome, summarise

    signs = {Outcome.ADDED: ("+", "se añadió"), Outcome.CHANGED: ("~", "cambió"), Outcome.KEPT: ("=", "ya estaba")}
    for outcome, (sign, said) in signs.items():
        for what in summarise([each for each in placement.of(outcome) if receipt.sha256 in each.files]):
            print(f"  {sign} {said}: {what}")
    for what in summarise([each for each in placement.of(Outcome.LEFT_OUT) if receipt.sha256 in each.files]):
        print(f"  − quedó fuera: {what}")


def _ask(question: Question) -> None:
    print(f"  ? {question.sentence}")
    for value, words in question.choices:
        print(f"      --answer {question.key}={value}   {words}")
    if not question.choices:
        print(f"      --answer {question.key}=…")
