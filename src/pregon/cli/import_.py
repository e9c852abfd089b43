"""`pregon import`: the files that platforms give, told one by one and placed in a registro."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pregon.cli import _matomo_import

if TYPE_CHECKING:
    from pregon.audit.finding import Finding
    from pregon.importers.intake import Receipt
    from pregon.importers.placing import Placement
    from pregon.records.dossier import Dossier

HELP = "Dice qué es cada archivo de las plataformas y lleva sus datos al registro."
_DONE, _CONTRADICTED, _WRONG_USE, _UNREADABLE = 0, 1, 2, 3

Answered = tuple[dict[str, str], dict[str, dict[str, str]]]
"""The answers for every file, and those for one of them by its name."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="ARCHIVO", help="archivos, carpetas o zip, como los dio la plataforma"
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
    _matomo_import.configure(parser)


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
    from pregon.cli._import_told import tell_import
    from pregon.cli._kept_answers import keep_answers, kept_answers
    from pregon.cli._matomo_import import receive_from_matomo
    from pregon.importers.child import receive_limited
    from pregon.importers.intake import receive
    from pregon.importers.packages import open_package
    from pregon.importers.placing import place_receipts
    from pregon.importers.reconciling import reconcile

    if not arguments.files and not arguments.matomo:
        raise ValueError("No dijo qué importar: escriba los archivos, o --matomo con la dirección de su Matomo.")
    everywhere, by_file = _read_answers(arguments.answer)
    dossier = pregon.load_registro(arguments.into) if arguments.into else None
    with TemporaryDirectory(prefix="pregon-") as workshop:
        uploads = list(open_package(arguments.files, Path(workshop)))
        places = {upload.place: _answers_for(upload.place, by_file) for upload in uploads}
        take = receive if arguments.trust else receive_limited
        receipts = receive_from_matomo(arguments, Path(workshop))
        receipts += take(uploads, {**kept_answers(), **everywhere}, by_place=places, source=arguments.source)
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
        for line in tell_import(receipts, placement, findings or (), arguments.into, is_trial=arguments.dry_run):
            print(line)
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
    from pregon.cli._import_told import COPY
    from pregon.registro import write_registro

    copy = path.with_name(f"{path.stem}.{COPY}{path.suffix}")
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
