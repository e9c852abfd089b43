"""One report audited for `pregon audit`: in a child process with limits, or here where its owner is trusted.

This side of it loads next to nothing (named tuples for that reason: dataclasses bring a compiler's modules with them),
because the child loads what reads and audits.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pregon.document.unreadable import UnreadableFile, Why

if TYPE_CHECKING:
    from pregon.audit.result import AuditResult
    from pregon.document.model import Document
    from pregon.records.dossier import Dossier

SECONDS, MEGABYTES = 120, 1536
"""The most that reading and auditing one report may take."""


class Order(NamedTuple):
    """What to do with each file."""

    format: str
    against: str | None
    previous: str | None
    annotated: Path | None = None
    trusts: bool = False


class Answer(NamedTuple):
    """What came of a file: its text in the format asked for and its counts, or the sentence that says why not."""

    name: str
    text: str = ""
    counts: dict[str, int] | None = None
    failure: str = ""
    note: str = ""
    """What else was done with it."""


class CompanionError(Exception):
    """A registro with mistakes, in one sentence."""


def load_companions(
    against: str | None, previous: str | None, *, trusts: bool
) -> tuple[Dossier | None, Document | None]:
    """The registro and the earlier report to compare with.

    Raises:
        CompanionError: the registro has mistakes.
        OSError, UnreadableFile: one of them cannot be read.
    """
    dossier = _load_records(against) if against else None
    return dossier, _read(previous, trusts=trusts) if previous else None


def _load_records(path: str) -> Dossier:
    import pregon
    from pregon.registro import RegistroError

    try:
        return pregon.load_registro(path)
    except RegistroError as error:
        count = len(error.mistakes)
        raise CompanionError(
            f"«{path}» tiene {count} {'error' if count == 1 else 'errores'}: véalos con pregon registro check {path}."
        ) from error


def _read(name: str, *, trusts: bool) -> Document:
    """Read a document: in a child process with limits, unless its owner is trusted.

    Raises:
        OSError: the file is not there, or may not be read.
        UnreadableFile: it cannot be read, or takes more time or memory than it may.
    """
    if trusts:
        import pregon

        return pregon.read(name)
    from pregon.readers.child import read_limited

    _open(Path(name))
    return read_limited(Path(name))


def _open(path: Path) -> None:
    """What the system itself refuses is told before any child starts, in the system's own words."""
    if path.is_file() or not path.exists():  # a pipe would keep us waiting: the child has a clock
        with path.open("rb"):
            pass


def audit_file(name: str, order: Order) -> Answer:
    """Read and audit one file; whatever it is, an answer comes back."""
    from pregon.readers.child import is_of_old_office

    try:
        # What LibreOffice opens first, and what is written beside the answer, is not for the child.
        if order.trusts or order.annotated is not None or is_of_old_office(Path(name)):
            return _audit_here(name, order)
        return _audit_in_child(name, order)
    except UnreadableFile as error:
        return Answer(name, failure=str(error))
    except FileNotFoundError:
        return Answer(name, failure=f"No existe «{name}»: revise la ruta.")
    except PermissionError:
        return Answer(name, failure=f"No hay permiso para leer «{name}»: pídaselo a su dueño.")
    except OSError as error:
        return Answer(name, failure=f"El sistema no dejó leer «{name}»: {error.strerror or error}.")


def _audit_in_child(name: str, order: Order) -> Answer:
    from pregon.readers.child import ask_child, clean_name

    path = Path(name)
    _open(path)
    # The child works from another folder.
    companions = (str(Path(each).resolve()) if each else "" for each in (order.against, order.previous))
    words = [clean_name(path.name), order.format, *companions]
    told = ask_child("pregon.cli._auditing_child", path, words, seconds=SECONDS, memory_mb=MEGABYTES)
    if "sentence" in told:
        raise UnreadableFile(Why(told["kind"]), str(told["sentence"]))
    if "failure" in told:
        return Answer(name, failure=str(told["failure"]))
    return Answer(name, str(told["text"]), {str(key): int(count) for key, count in told["counts"].items()})


def _audit_here(name: str, order: Order) -> Answer:
    import pregon
    from pregon.readers.child import clean_name

    document = _read(name, trusts=order.trusts)
    against, previous = load_companions(order.against, order.previous, trusts=order.trusts)
    result = pregon.audit(document, against=against, previous=previous)
    text = print_result(document, result, clean_name(Path(name).name), order.format)
    if order.annotated is None:
        return Answer(name, text, result.counts)
    from pregon.cli._annotating import write_annotated

    try:
        note = write_annotated(Path(name), order.annotated, result)
    except OSError as error:
        return Answer(name, failure=f"No se pudo escribir «{order.annotated}»: {error.strerror or error}.")
    return Answer(name, text, result.counts, note=note)


def print_result(document: Document, result: AuditResult, name: str, form: str) -> str:
    """The answer in the format asked for; `name` is the file as the person called it."""
    if form == "json":
        import json

        values: dict[str, Any] = result.to_dict()
        values["document"] = name
        return json.dumps(values, ensure_ascii=False, indent=2)
    if form == "html":
        from pregon.audit.presentation import present, tell_headline
        from pregon.writers.audit_page import render_audit_page

        page = present(document, result)
        return render_audit_page(page, name=name, headline=tell_headline(page))
    from pregon.audit.summary import tell_audit

    return tell_audit(result, name=name)
