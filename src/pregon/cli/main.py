"""`pregon`: finds the verb, reads its arguments in Spanish, runs it and turns what went wrong into a sentence."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from io import TextIOWrapper
from typing import Protocol, cast

import pregon
from pregon import cli
from pregon.cli._spanish_help import speak_spanish
from pregon.document.unreadable import UnreadableFile

GROUP = "pregon.commands"
DONE, CONTRADICTED, WRONG_USE, UNREADABLE = 0, 1, 2, 3


class Verb(Protocol):
    """What a verb's module offers."""

    HELP: str

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the verb's arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit status."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    speak_spanish()
    _write_everywhere_alike()
    words = list(sys.argv[1:] if argv is None else argv)
    parser, verbs = _build_parser(words)
    arguments = parser.parse_args(words)
    if arguments.verb is None:
        parser.print_help()
        return WRONG_USE
    try:
        return verbs[arguments.verb].run(arguments)
    except UnreadableFile as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        # The reader of our output went away («| head»): nothing more to say, and nothing to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("Detenido.", file=sys.stderr)
        return 130
    except OSError as error:
        print(_tell_system_error(error), file=sys.stderr)
        return UNREADABLE


def _write_everywhere_alike() -> None:
    """What goes to a file or another program is UTF-8 in every locale; a terminal shows «?» for what it cannot."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                # The name of a file goes out in the very bytes it came in.
                stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def _tell_system_error(error: OSError) -> str:
    place = f"«{error.filename}»" if error.filename else "el archivo"
    if isinstance(error, FileNotFoundError):
        return f"No existe {place}: revise la ruta."
    if isinstance(error, PermissionError):
        return f"No hay permiso para usar {place}: elija otra carpeta o pida el permiso."
    if isinstance(error, IsADirectoryError):
        return f"{place[0].upper()}{place[1:]} es una carpeta: escriba el nombre de un archivo."
    return f"El sistema no dejó usar {place}: {error.strerror or error}."


def _build_parser(words: Sequence[str]) -> tuple[argparse.ArgumentParser, dict[str, Verb]]:
    verbs = _find_verbs(next((word for word in words if not word.startswith("-")), ""))
    parser = argparse.ArgumentParser(
        prog="pregon",
        description="Registrar, informar, auditar: el informe de comunicaciones, comprobado cifra por cifra.",
        epilog="«pregon ORDEN --help» explica cada orden. "
        "Termina en 0 si nada se contradice, 1 si hay contradicciones, 2 si la orden está mal escrita, "
        "3 si un archivo no se pudo leer.",
    )
    parser.add_argument(
        "--version", action="version", version=f"pregon {pregon.__version__}", help="muestra la versión y termina"
    )
    # Told its name, argparse need not work it out, for which it would load what looks at terminals and archives.
    subparsers = parser.add_subparsers(dest="verb", metavar="ORDEN", title="órdenes", prog="pregon")
    for name, verb in sorted(verbs.items()):
        verb.configure(subparsers.add_parser(name, help=verb.HELP, description=verb.HELP))
    return parser, verbs


def _find_verbs(asked: str) -> dict[str, Verb]:
    """The verb asked for where it is the library's own; else every verb there is, for the help or the correction.

    Loading the others, and looking up what other packages offer, costs time that only those two need.
    """
    for file in (asked, f"{asked}_"):  # a verb that is a word of Python's own has its file end in «_»: «import»
        if (
            asked.isidentifier()
            and "_" not in (asked[0], asked[-1])
            and asked != "main"
            and find_spec(f"{cli.__name__}.{file}")
        ):
            return {asked: cast("Verb", import_module(f"{cli.__name__}.{file}"))}
    from importlib.metadata import entry_points
    from pkgutil import iter_modules

    files = [module.name for module in iter_modules(cli.__path__) if module.name != "main" and module.name[0] != "_"]
    verbs = {file.rstrip("_"): cast("Verb", import_module(f"{cli.__name__}.{file}")) for file in files}
    return verbs | {entry.name: cast("Verb", entry.load()) for entry in entry_points(group=GROUP)}


if __name__ == "__main__":
    sys.exit(main())
