"""`pregon audit`: reports read critically, one or many, told in Spanish or as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pregon.cli._auditing import Answer

HELP = "Revisa un informe: cada cifra contra todas las demás."
NOTHING, CONTRADICTED, WRONG_USE, UNREADABLE = 0, 1, 2, 3
_FORMATS: Final = ("text", "json", "html")
_NOT_REPORTS: Final = (".", "~$")
"""How the names of hidden files begin, and of those that Office keeps beside a file while it is open."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="ARCHIVO", help="informes en Word, PDF, HTML, Excel, OpenDocument o texto"
    )
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        default="text",
        help="text para leerlo, html para verlo junto al documento, json para otro programa",
    )
    parser.add_argument("--against", metavar="REGISTRO.xlsx", help="el registro con el que debe coincidir")
    parser.add_argument("--previous", metavar="ARCHIVO", help="el informe anterior, para ver qué se repitió")
    parser.add_argument(
        "--annotate", type=Path, metavar="COPIA", help="dónde dejar el mismo Word o PDF con un comentario en cada cifra"
    )
    parser.add_argument("--output", type=Path, metavar="CARPETA", help="dónde dejar una respuesta por archivo")
    parser.add_argument(
        "--trust", action="store_true", help="leer sin límites de tiempo ni de memoria; solo para archivos propios"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="cuántos archivos revisar a la vez")


def run(arguments: argparse.Namespace) -> int:
    """Audit each file. 1 where something contradicts, 3 where a file could not be read."""
    from pregon.cli._auditing import CompanionError, Order, audit_file, load_companions

    order = Order(arguments.format, arguments.against, arguments.previous, arguments.annotate, arguments.trust)
    files = _find_files(arguments.files)
    failure = _refuse(arguments, files)
    if failure:
        print(failure, file=sys.stderr)
        return WRONG_USE
    if order.against or order.previous:
        try:  # told once, before any file is read
            load_companions(order.against, order.previous, trusts=order.trusts)
        except CompanionError as error:
            print(error, file=sys.stderr)
            return UNREADABLE
    answers: list[Answer]
    if len(files) == 1:
        answers = [audit_file(files[0], order)]
        _tell_one(answers[0], arguments.output, order.format)
    else:
        from pregon.cli._auditing_many import audit_many

        answers = audit_many(files, order, arguments.output, arguments.jobs)
    if any(answer.counts is None for answer in answers):
        return UNREADABLE
    return CONTRADICTED if any(answer.counts and answer.counts["contradiction"] for answer in answers) else NOTHING


def _refuse(arguments: argparse.Namespace, files: list[str]) -> str:
    """Why the order cannot be carried out, in one sentence; "" where it can."""
    if arguments.jobs < 1:
        return "El número de --jobs debe ser 1 o más."
    if not files:
        return "No hay archivos para revisar en esa carpeta."
    if arguments.output is not None and arguments.output.exists() and not arguments.output.is_dir():
        return f"«{arguments.output}» no es una carpeta: diga con --output en qué carpeta dejar las respuestas."
    if arguments.annotate is not None:
        from pregon.cli._annotating import refuse_annotating

        return refuse_annotating(files, arguments.annotate)
    if arguments.format == "html" and len(files) > 1 and arguments.output is None:
        return "De varios archivos salen varias páginas: diga con --output en qué carpeta dejarlas."
    return ""


def _find_files(names: Sequence[str]) -> list[str]:
    """The files named; of a folder, those whose endings can be read, in order of name."""
    found: list[str] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found += sorted(str(inner) for inner in _list_reports(path))
        else:
            found.append(name)
    return list(dict.fromkeys(found))


def _list_reports(folder: Path) -> Iterator[Path]:
    """The files of a folder that a reader may read; our own answers, where they are left beside them, are none."""
    from pregon.cli._auditing_many import ENDING
    from pregon.readers import find_readers

    suffixes = {suffix for reader in find_readers() for suffix in reader.SUFFIXES}
    for inner in folder.iterdir():
        is_answer = inner.stem.endswith(ENDING)
        if inner.suffix.lower() in suffixes and not is_answer and not inner.name.startswith(_NOT_REPORTS):
            yield inner


def _tell_one(answer: Answer, output: Path | None, form: str) -> None:
    if answer.counts is None:
        print(answer.failure, file=sys.stderr)
        return
    if answer.note:
        print(answer.note, file=sys.stderr)
    if output is None:
        print(answer.text)
        return
    from pregon.cli._auditing_many import name_answer, write_answer

    output.mkdir(parents=True, exist_ok=True)
    target = output / name_answer(answer.name, form, {})
    write_answer(answer, target)
    print(f"Escrito: {target}")
