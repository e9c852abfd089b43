"""`pregon import --matomo`: the months of a period asked of Matomo's API, and handed on as if they were files."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pregon.importers.intake import Receipt

TOKEN_VARIABLE: Final = "PREGON_MATOMO_TOKEN"  # noqa: S105 - the name of a variable, not what it holds


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that ask Matomo. The token is none of them: what is typed stays in the shell's history."""
    asked = parser.add_argument_group(
        "pedirle los datos a Matomo", f"El token se toma de {TOKEN_VARIABLE}, o se pregunta; nunca va en la orden."
    )
    asked.add_argument("--matomo", default="", metavar="URL", help="la dirección de su Matomo, con https")
    asked.add_argument("--site", default="", metavar="N", help="el número del sitio en Matomo")
    asked.add_argument("--period", default="", metavar="PERIODO", help="qué meses se piden: 2025-T4, 2025-10")
    asked.add_argument("--keep", type=Path, metavar="CARPETA", help="guardar ahí las respuestas, que son la evidencia")


def receive_from_matomo(arguments: argparse.Namespace, workshop: Path) -> tuple[Receipt, ...]:
    """Ask for the months of the period, and read the answers as the files that they are; () without `--matomo`.

    They are kept in the folder of `--keep`, or else in `workshop`. What was not asked for is told apart from the
    output, which may be another program's.

    Raises:
        ValueError: an argument or the token is lacking, or Matomo could not be asked, in one Spanish sentence.
    """
    if not arguments.matomo:
        return ()
    from datetime import datetime

    from pregon.figures.period import Period
    from pregon.importers.matomo.client import MatomoError, fetch_months, open_site, receive_fetched
    from pregon.importers.placing import OFFICE_ZONE

    if not arguments.site or not arguments.period:
        raise ValueError("Con --matomo diga también el sitio y el periodo: --site 1 --period 2025-T4.")
    period = Period.parse(arguments.period)
    if not period.months:
        raise ValueError(f"«{arguments.period}» no tiene un mes entero: pida un mes o un trimestre, como 2025-T4.")
    try:
        site = open_site(arguments.matomo, arguments.site, _read_token())
        fetched = fetch_months(site, period.months, arguments.keep or workshop, today=datetime.now(OFFICE_ZONE).date())
    except MatomoError as error:
        raise ValueError(str(error)) from error
    for remark in fetched.remarks:
        print(remark, file=sys.stderr)
    return receive_fetched(fetched)


def _read_token() -> str:
    """The token from the environment, else from whoever is at the keyboard, unseen."""
    token = os.environ.get(TOKEN_VARIABLE, "")
    if token or not sys.stdin.isatty():
        return token
    from getpass import getpass

    return getpass("Token de Matomo (no se ve al escribirlo): ")
