"""`pregon serve`: the office, on this machine."""

from __future__ import annotations

import argparse

from pregon_web.commands import starting

HELP = "abre la oficina web en este equipo"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    starting.add_server_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Bring the database up to date, check everything, serve. 0 when closed, 2 where it cannot start."""
    try:
        port = starting.chosen_port(args.port)
        folder = starting.open_data_folder(args.data)
        starting.prepare_database()
        starting.say(f"Datos en {folder}")
        return starting.listen(args.host, port, args.workers)
    except starting.CannotStart as error:
        return starting.refuse(error)
