"""`pregon registro`: the workbook an office fills in instead of the web, made blank or checked cell by cell."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pregon.figures.period import Period
    from pregon.registro import Mistake

HELP = "Crea un registro en blanco, o revisa uno y dice qué celda está mal."
_DONE, _MISTAKEN, _WRONG_USE = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the two things it does: `new` and `check`."""
    actions = parser.add_subparsers(dest="action", metavar="new|check", required=True, title="qué hacer")
    new = actions.add_parser(
        "new", help="crea un registro en blanco", description="Crea un registro en blanco. Nunca escribe sobre otro."
    )
    new.add_argument("file", type=Path, metavar="ARCHIVO.xlsx", help="el libro que se va a crear")
    new.add_argument("--period", metavar="2026-T1", help="el trimestre (sin esto, el de hoy)")
    new.add_argument("--institution", default="", metavar="NOMBRE", help="el nombre de la entidad")
    check = actions.add_parser(
        "check", help="revisa un registro", description="Dice cada error con su hoja, su celda y qué escribir en ella."
    )
    check.add_argument("file", type=Path, metavar="ARCHIVO.xlsx", help="el libro que se va a revisar")


def run(arguments: argparse.Namespace) -> int:
    """Make the blank one, or check. 0 clean, 1 with mistakes; `main` turns an unreadable file into 3."""
    return _make_new(arguments) if arguments.action == "new" else _check(arguments.file)


def _make_new(arguments: argparse.Namespace) -> int:
    from pregon.registro import write_blank_registro

    file: Path = arguments.file
    if file.suffix.casefold() != ".xlsx":
        print(f"El registro es un libro de Excel: escriba «{file.stem}.xlsx».", file=sys.stderr)
        return _WRONG_USE
    try:
        period = _period(arguments.period)
        write_blank_registro(file, period, institution=arguments.institution)
    except (FileExistsError, ValueError) as error:
        print(error, file=sys.stderr)
        return _WRONG_USE
    print(f"Se creó «{file}» para el {period.title}. Empiece por la hoja «Instrucciones».")
    return _DONE


def _period(text: str | None) -> Period:
    """The period asked for, or the quarter of today.

    Raises:
        ValueError: it is not a period, in one Spanish sentence.
    """
    from datetime import date

    from pregon.figures.period import Period

    if text is not None:
        return Period.parse(text)
    today = date.today()  # noqa: DTZ011 -- the office's own day, which is the machine's
    return Period.quarter(today.year, (today.month + 2) // 3)


def _check(file: Path) -> int:
    from pregon.figures.spanish import count_of
    from pregon.registro import check_registro

    found = check_registro(file)
    errors = [mistake for mistake in found if not mistake.is_remark]
    remarks = [mistake for mistake in found if mistake.is_remark]
    _tell(errors)
    if remarks:
        print("Para mirar otra vez (no impide hacer el informe):")
        _tell(remarks)
    if errors:
        print(f"{count_of(len(errors), 'error', 'errores')} en «{file.name}».")
        return _MISTAKEN
    print(f"«{file.name}» no tiene errores.")
    return _DONE


def _tell(mistakes: list[Mistake]) -> None:
    for mistake in mistakes:
        print(f"  {mistake}")
