"""`pregon verify`: whether somebody touched a journal after it was written. Offline, and it changes nothing."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from pregon_web.commands import starting
from pregon_web.journal.chain import ChainState, UnreadableChain, read_lines, verify_links
from pregon_web.settings import environment

HELP = "comprueba que nadie tocó la bitácora"
HOLDS, BROKEN, UNREADABLE = 0, 1, 3


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, default=None, metavar="CARPETA", help="carpeta de los datos (PREGON_DATA)")
    parser.add_argument(
        "--file", type=Path, default=None, metavar="ARCHIVO", help="una cadena descargada de la bitácora, sin más"
    )
    parser.add_argument("--institution", default=None, metavar="NOMBRE", help="solo esta entidad")
    parser.add_argument(
        "--head", default=None, metavar="HUELLA", help="la última huella, como está impresa: nota si falta el final"
    )


def run(args: argparse.Namespace) -> int:
    """Say of each journal whether it holds. 0 where all do, 1 where one breaks, 2 wrong use, 3 an unreadable file."""
    if args.file is not None:
        return _verify_file(args.file, args.head)
    try:
        states = _states_of_the_office(args.data, args.institution, args.head)
    except starting.CannotStart as error:
        return starting.refuse(error)
    for name, state in states:
        starting.say(tell_state(name, state))
    return BROKEN if any(state.broken for _, state in states) else HOLDS


def tell_state(name: str, state: ChainState) -> str:
    """One line: how many entries hold, and the first place where they do not."""
    count = "1 anotación" if state.length == 1 else f"{state.length} anotaciones"
    if state.broken is not None:
        return (
            f"≠ {name}: se rompe en la anotación {state.broken.sequence}. {state.broken.problem} Antes cuadran {count}."
        )
    return f"= {name}: {count}, la cadena cuadra. Última huella: {state.head}"


def _verify_file(path: Path, head: str | None) -> int:
    try:
        with path.open(encoding="utf-8") as lines:
            state = verify_links(read_lines(lines), known_head=head)
    except (UnreadableChain, UnicodeDecodeError) as error:
        said = error if isinstance(error, UnreadableChain) else "No es un archivo de texto."
        sys.stderr.write(f"pregon: «{path.name}» no se pudo leer. {said}\n")
        return UNREADABLE
    starting.say(tell_state(path.name, state))
    return BROKEN if state.broken else HOLDS


def _states_of_the_office(folder: Path | None, named: str | None, head: str | None) -> list[tuple[str, ChainState]]:
    """Each institution's, by name. Raises CannotStart where there is no office; it is not made for this."""
    if folder is not None:
        os.environ["PREGON_DATA"] = str(folder.expanduser().absolute())
    place = environment.data_folder()
    if not os.environ.get("DATABASE_URL") and not (place / "pregon.sqlite3").exists():
        raise starting.CannotStart(f"No hay una oficina en «{place}». Indique su carpeta con --data.")
    starting.open_data_folder(folder)
    from pregon_web.accounts.models import Institution
    from pregon_web.journal.selectors import verify_chain

    institutions = list(Institution.objects.filter(name__iexact=named) if named else Institution.objects.all())
    if not institutions:
        raise starting.CannotStart(f"Ninguna entidad se llama «{named}»." if named else "No hay ninguna entidad.")
    if head and len(institutions) > 1:
        raise starting.CannotStart("Hay varias entidades: diga de cuál es la huella con --institution.")
    return [(institution.name, verify_chain(institution, known_head=head)) for institution in institutions]
