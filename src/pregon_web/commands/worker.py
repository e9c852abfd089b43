"""`pregon worker`: does the long work of the office, on this machine or on as many as there are."""

from __future__ import annotations

import argparse
from pathlib import Path

from pregon_web.commands import starting

HELP = "hace el trabajo de fondo de la oficina (lo abre también pregon serve)"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, default=None, metavar="CARPETA", help="carpeta de los datos (PREGON_DATA)")
    parser.add_argument("--while-parent", type=int, default=None, metavar="PID", help=argparse.SUPPRESS)
    parser.add_argument("--until-idle", action="store_true", help="termina cuando no quede nada por hacer")


def run(args: argparse.Namespace) -> int:
    """Work until interrupted. 0 when closed, 2 where it cannot start."""
    try:
        starting.open_data_folder(args.data)
        if args.while_parent is None:  # the server that opens a worker has prepared the database
            starting.prepare_database()
    except starting.CannotStart as error:
        return starting.refuse(error)
    from pregon_web.programme.attendance import purge_attendance
    from pregon_web.work.running import run_worker
    from pregon_web.workflow.intake import forget_unconfirmed
    from pregon_web.workflow.notices import send_notices

    housekeeping = [purge_attendance, forget_unconfirmed, send_notices]
    run_worker(until_idle=args.until_idle, parent=args.while_parent, housekeeping=housekeeping)
    return 0
