"""`pregon demo`: an invented office with a quarter's records, to try everything without risk."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from pregon_web.commands import starting
from pregon_web.settings import environment

HELP = "abre una oficina de muestra, con datos inventados"
FOLDER_NAME = "pregon-muestra"
REGISTROS = "registro-*.xlsx"
MAIL_FOLDER = "correos"
"""The demo writes to nobody: its e-mails are files there."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    starting.add_server_arguments(parser)
    parser.add_argument(
        "--examples", type=Path, default=None, metavar="CARPETA", help="dónde están los registros de ejemplo"
    )
    parser.add_argument("--no-serve", action="store_true", help="solo prepara los datos, sin abrir la oficina")


def run(args: argparse.Namespace) -> int:
    """Prepare the demo once, print how to sign in, serve. 0 when closed, 2 where it cannot start."""
    try:
        port = starting.chosen_port(args.port)
        place = args.data or default_folder()
        os.environ.setdefault("PREGON_MAIL_FOLDER", str(place.expanduser().absolute() / MAIL_FOLDER))
        folder = starting.open_data_folder(place)
        starting.prepare_database()
        from pregon_web.commands import demo_office

        people = demo_office.prepare(folder, example_files(args.examples))
        starting.say(f"Datos de muestra en {folder}; los correos que enviaría, en {folder / MAIL_FOLDER}")
        starting.say(people)
        return 0 if args.no_serve else starting.listen(args.host, port, args.workers)
    except starting.CannotStart as error:
        return starting.refuse(error)


def default_folder() -> Path:
    """`PREGON_DATA` where it is set; else a folder of its own, so that invented data never meets real ones."""
    if os.environ.get("PREGON_DATA"):
        return environment.data_folder()
    return environment.data_folder().with_name(FOLDER_NAME)


def example_files(folder: Path | None) -> list[Path]:
    """The example registros that are there, oldest first: in the folder named, or in `examples/` of the repository."""
    place = folder or Path(__file__).resolve().parents[3] / "examples"
    return sorted(place.glob(REGISTROS))
