"""`pregon audit`: reports read critically, one or many, told in Spanish or as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pregon.audit.result import AuditResult
    from pregon.document.model import Document
    from pregon.records.dossier import Dossier

HELP = "Revisa un informe: cada cifra contra todas las demás."
NOTHING, CONTRADICTED, WRONG_USE, UNREADABLE = 0, 1, 2, 3
_SUFFIXES: Final = {"text": ".txt", "json": ".json", "html": ".html"}
_SEVERITIES: Final = ("contradiction", "gap", "exposure", "inconclusive", "advice")


@dataclass(frozen=True, slots=True)
class _Order:
    """What to do with each file; plain values, so that it travels to another process."""

    format: str
    against: str | None
    previous: str | None
    annotated: Path | None = None
    trusts: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a file: its text in the format asked for and its counts, or the sentence that says why not."""

    name: str
    text: str = ""
    counts: dict[str, int] | None = None
    failure: str = ""
    note: str = ""
    """What else was done with it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="ARCHIVO", help="informes en Word, PDF, HTML, Excel, OpenDocument o texto"
    )
    parser.add_argument(
        "--format",
        choices=tuple(_SUFFIXES),
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
    if arguments.jobs < 1:
        print("El número de --jobs debe ser 1 o más.", file=sys.stderr)
        return WRONG_USE
    order = _Order(arguments.format, arguments.against, arguments.previous, arguments.annotate, arguments.trust)
    failure = _try_companions(order)
    if failure:
        print(failure, file=sys.stderr)
        return UNREADABLE
    files = _find_files(arguments.files)
    if not files:
        print("No hay archivos para revisar en esa carpeta.", file=sys.stderr)
        return WRONG_USE
    if order.annotated is not None:
        from pregon.cli._annotating import refuse_annotating

        failure = refuse_annotating(files, order.annotated)
        if failure:
            print(failure, file=sys.stderr)
            return WRONG_USE
    if order.format == "html" and len(files) > 1 and arguments.output is None:
        print("De varios archivos salen varias páginas: diga con --output en qué carpeta dejarlas.", file=sys.stderr)
        return WRONG_USE
    if len(files) == 1:
        return _tell_one(_audit_file(files[0], order), arguments.output, order)
    return _tell_many(list(_audit_all(files, order, arguments.jobs)), arguments.output, order)


def _find_files(names: Sequence[str]) -> list[str]:
    """The files named; of a folder, those whose endings can be read, in order of name."""
    found: list[str] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            from pregon.readers import find_readers

            suffixes = {suffix for reader in find_readers() for suffix in reader.SUFFIXES}
            found += sorted(str(inner) for inner in path.iterdir() if inner.suffix.lower() in suffixes)
        else:
            found.append(name)
    return list(dict.fromkeys(found))


def _try_companions(order: _Order) -> str:
    """Why the registro or the earlier report cannot be used; "" where they can."""
    try:
        _load_companions(order)
    except _CompanionError as error:
        return str(error)
    return ""


class _CompanionError(Exception):
    """A registro with mistakes, in one sentence."""


def _load_companions(order: _Order) -> tuple[Dossier | None, Document | None]:
    against = _load_records(order.against) if order.against else None
    return against, _read(order.previous, order) if order.previous else None


def _load_records(path: str) -> Dossier:
    import pregon
    from pregon.registro import RegistroError

    try:
        return pregon.load_registro(path)
    except RegistroError as error:
        count = len(error.mistakes)
        raise _CompanionError(
            f"«{path}» tiene {count} {'error' if count == 1 else 'errores'}: véalos con pregon registro check {path}."
        ) from error


def _read(name: str, order: _Order) -> Document:
    """Read a document: in a child process with limits, unless its owner is trusted.

    Raises:
        OSError: the file is not there, or may not be read.
        UnreadableFile: it cannot be read, or takes more time or memory than it may.
    """
    if order.trusts:
        import pregon

        return pregon.read(name)
    from pregon.readers.child import read_limited

    path = Path(name)
    with path.open("rb"):  # what the system itself refuses is told here, in its own words
        return read_limited(path)


def _audit_file(name: str, order: _Order) -> _Answer:
    """Read and audit one file; whatever it is, an answer comes back."""
    import pregon
    from pregon.document.unreadable import UnreadableFile

    try:
        document = _read(name, order)
    except UnreadableFile as error:
        return _Answer(name, failure=str(error))
    except FileNotFoundError:
        return _Answer(name, failure=f"No existe «{name}»: revise la ruta.")
    except OSError as error:
        return _Answer(name, failure=f"El sistema no dejó leer «{name}»: {error.strerror or error}.")
    against, previous = _load_companions(order)
    result = pregon.audit(document, against=against, previous=previous)
    note = ""
    if order.annotated is not None:
        from pregon.cli._annotating import write_annotated

        try:
            note = write_annotated(Path(name), order.annotated, result)
        except UnreadableFile as error:
            return _Answer(name, failure=str(error))
        except OSError as error:
            return _Answer(name, failure=f"No se pudo escribir «{order.annotated}»: {error.strerror or error}.")
    return _Answer(name, _print_result(document, result, Path(name).name, order.format), result.counts, note=note)


def _print_result(document: Document, result: AuditResult, name: str, form: str) -> str:
    """The answer in the format asked for; `name` is the file as the person called it."""
    if form == "json":
        values: dict[str, Any] = result.to_dict()
        values["document"] = name
        return _print_json(values)
    if form == "html":
        from pregon.audit.presentation import present, tell_headline
        from pregon.writers.audit_page import render_audit_page

        page = present(document, result)
        return render_audit_page(page, name=name, headline=tell_headline(page))
    from pregon.audit.summary import tell_audit

    return tell_audit(result, name=name)


def _print_json(values: dict[str, Any]) -> str:
    import json

    return json.dumps(values, ensure_ascii=False, indent=2)


def _audit_all(files: list[str], order: _Order, jobs: int) -> Iterator[_Answer]:
    """Every file in the order given, several at a time; progress shows only on a terminal."""
    if not sys.stderr.isatty():
        yield from _answers(files, order, jobs)
        return
    from rich.console import Console
    from rich.progress import track

    answers = _answers(files, order, jobs)
    yield from track(answers, description="Revisando", total=len(files), console=Console(stderr=True), transient=True)


def _answers(files: list[str], order: _Order, jobs: int) -> Iterator[_Answer]:
    if jobs == 1:
        yield from (_audit_file(name, order) for name in files)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(min(jobs, len(files)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_audit_file, files, [order] * len(files))


def _tell_one(answer: _Answer, output: Path | None, order: _Order) -> int:
    if answer.counts is None:
        print(answer.failure, file=sys.stderr)
        return UNREADABLE
    if answer.note:
        print(answer.note, file=sys.stderr)
    if output is None:
        print(answer.text)
    else:
        print(f"Escrito: {_write(answer, output, order, {})}")
    return CONTRADICTED if answer.counts["contradiction"] else NOTHING


def _tell_many(answers: list[_Answer], output: Path | None, order: _Order) -> int:
    """A line a document and a summary; each whole answer in the folder, or one after the other as JSON."""
    read = [answer for answer in answers if answer.counts is not None]
    if output is not None:
        taken: dict[str, int] = {}
        for answer in read:
            _write(answer, output, order, taken)
    if order.format == "json" and output is None:
        print("[\n" + ",\n".join(answer.text for answer in read) + "\n]")
    else:
        print(_tell_table(answers))
    for answer in answers:
        if answer.counts is None:
            print(answer.failure, file=sys.stderr)
    if len(read) < len(answers):
        return UNREADABLE
    return CONTRADICTED if any(answer.counts and answer.counts["contradiction"] for answer in read) else NOTHING


def _write(answer: _Answer, output: Path, order: _Order, taken: dict[str, int]) -> Path:
    """The answer as a file named after the document; two documents of one name get a number."""
    output.mkdir(parents=True, exist_ok=True)
    name = Path(answer.name).name
    taken[name] = taken.get(name, 0) + 1
    again = f"-{taken[name]}" if taken[name] > 1 else ""
    path = output / f"{name}{again}.auditoria{_SUFFIXES[order.format]}"
    path.write_text(answer.text + "\n", encoding="utf-8")
    return path


def _tell_table(answers: list[_Answer]) -> str:
    from pregon.audit.finding import Severity

    width = max(len(Path(answer.name).name) for answer in answers)
    signs = [severity.sign for severity in Severity]
    lines = [f"{'Documento':<{width}}  " + "  ".join(f"{sign:>4}" for sign in (*signs, "="))]
    totals = dict.fromkeys((*_SEVERITIES, "consistent"), 0)
    for answer in answers:
        name = Path(answer.name).name
        if answer.counts is None:
            lines.append(f"{name:<{width}}  no se pudo leer")
            continue
        row = [answer.counts[key] for key in totals]
        for key, value in zip(totals, row, strict=True):
            totals[key] += value
        lines.append(f"{name:<{width}}  " + "  ".join(f"{value:>4}" for value in row))
    return "\n".join([*lines, "", _tell_totals(answers, totals)])


def _tell_totals(answers: list[_Answer], totals: dict[str, int]) -> str:
    from pregon.figures.spanish import count_of

    read = [answer for answer in answers if answer.counts is not None]
    wrong = sum(1 for answer in read if answer.counts and answer.counts["contradiction"])
    told = (
        f"{count_of(len(read), 'documento revisado', 'documentos revisados')}, {wrong} con contradicciones "
        f"({totals['contradiction']} en total); {count_of(totals['consistent'], 'cuenta cuadra', 'cuentas cuadran')}."
    )
    lost = len(answers) - len(read)
    return f"{told} {count_of(lost, 'archivo no se pudo leer', 'archivos no se pudieron leer')}." if lost else told
