"""`pregon report`: a registro becomes the report, in every format asked for, audited before it leaves.

With `--year`, the registros of the quarters become the report of their year.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pregon.audit.runner import AuditResult
    from pregon.document.model import Document
    from pregon.figures.period import Period
    from pregon.records.dossier import Dossier
    from pregon.registro import RegistroError

HELP = "Hace el informe de un registro en Word, PDF, HTML y Excel, y lo revisa."
FORMATS = "docx,pdf,html,xlsx"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "registro",
        type=Path,
        nargs="+",
        metavar="REGISTRO.xlsx",
        help="el libro de Excel con los registros; varios, los de los trimestres, para el informe de un año",
    )
    parser.add_argument("--period", metavar="2025-T4", help="el periodo que debe tener el registro; 2025 pide el año")
    parser.add_argument(
        "--year",
        metavar="2025",
        help="hace el informe del año con los registros de sus trimestres; los que no se nombren se buscan al lado",
    )
    parser.add_argument(
        "--council", action="store_true", help="con --year, el informe que se rinde al Concejo en vez del interno"
    )
    parser.add_argument(
        "--format", default=FORMATS, metavar="FORMATOS", help=f"cuáles, separados por comas (todos: {FORMATS})"
    )
    parser.add_argument("--template", type=Path, metavar="OFICINA.docx", help="el Word de su entidad, como base")
    parser.add_argument(
        "--earlier",
        type=Path,
        nargs="+",
        metavar="REGISTRO",
        help="registros de periodos anteriores, para comparar; sin esto se buscan al lado del registro",
    )
    parser.add_argument("--output", type=Path, default=Path(), metavar="CARPETA", help="dónde dejar el informe")


def run(arguments: argparse.Namespace) -> int:
    """Read, compose, audit, write, tell. 1 where the report would contradict itself or the registro has mistakes."""
    from pregon.registro import RegistroError

    try:
        year = _year_asked(arguments)
        return _report(arguments) if year is None else _report_year(arguments, year)
    except RegistroError as error:
        _tell_mistakes(error)
        return 1
    except ValueError as error:
        # An unknown format or period: the sentence says which and what to write.
        print(error, file=sys.stderr)
        return 2


def _year_asked(arguments: argparse.Namespace) -> Period | None:
    """The year that is asked for, or None where it is a quarter's report.

    Raises:
        ValueError: the arguments do not go together.
    """
    asked = arguments.year or arguments.period
    year = _read_year(asked) if asked else None
    if arguments.year and year is None:
        raise ValueError(f"«{arguments.year}» no es un año. Escríbalo así: --year 2025.")
    if year is not None:
        return year
    if arguments.council:
        raise ValueError("El informe al Concejo es de un año: escriba también --year 2025.")
    if len(arguments.registro) > 1:
        raise ValueError("El informe de un trimestre sale de un solo registro. Para el de un año escriba --year 2025.")
    return None


def _read_year(asked: str) -> Period | None:
    from pregon.figures.period import Period

    if asked.strip().isdigit() and len(asked.strip()) == 4:
        return Period.year(int(asked))
    return None


def _report_year(arguments: argparse.Namespace, year: Period) -> int:
    import pregon
    from pregon.audit.runner import audit_document
    from pregon.report.rollup.compose import Reader, compose_rollup
    from pregon.writers import write_all

    formats = [name.strip() for name in arguments.format.split(",") if name.strip()]
    reader = Reader.COUNCIL if arguments.council else Reader.INSTITUTION
    name = f"informe-concejo-{year}" if arguments.council else f"informe-anual-{year}"
    with _show_work() as say:
        say("Leyendo los registros")
        dossiers = [pregon.load_registro(path) for path in arguments.registro]
        dossiers += _load_quarters_beside(arguments.registro[0], dossiers, year)
        say("Componiendo el informe y revisándolo")
        document = compose_rollup(dossiers, year, reader)
        result = audit_document(document)
        say("Escribiendo los archivos")
        made = write_all(document, arguments.output, name, formats, template=arguments.template)
    _tell(document, dossiers[0], made, result)
    return 0 if not result.counts.get("contradiction", 0) else 1


def _load_quarters_beside(registro: Path, named: list[Dossier], year: Period) -> list[Dossier]:
    """The registros of the other quarters of the year that lie beside one, where only that one was named."""
    import pregon
    from pregon.figures.period import Period

    if len(named) > 1:
        return []
    own = named[0].period
    quarters = (Period.quarter(year.start.year, number) for number in range(1, 5))
    beside = (_beside(registro, own, quarter) for quarter in quarters if quarter != own)
    return [pregon.load_registro(path) for path in beside if path is not None]


def _report(arguments: argparse.Namespace) -> int:
    import pregon
    from pregon.audit.runner import audit_document
    from pregon.figures.period import Period
    from pregon.writers import write_all

    formats = [name.strip() for name in arguments.format.split(",") if name.strip()]
    with _show_work() as say:
        say("Leyendo los registros")
        dossier = pregon.load_registro(arguments.registro[0])
        if arguments.period and Period.parse(arguments.period) != dossier.period:
            raise ValueError(f"El registro es de {dossier.period} y pidió {arguments.period}: use el de ese periodo.")
        earlier = _load_earlier(arguments, dossier)
        say("Componiendo el informe y revisándolo")
        document = pregon.compose(dossier, earlier)
        result = audit_document(document)
        say("Escribiendo los archivos")
        made = write_all(document, arguments.output, f"informe-{dossier.period}", formats, template=arguments.template)
    _tell(document, dossier, made, result)
    return 0 if not result.counts.get("contradiction", 0) else 1


@contextmanager
def _show_work() -> Iterator[Callable[[str], None]]:
    """What is being done, on a terminal while it lasts; nothing where there is none."""
    if not sys.stderr.isatty():
        yield lambda _words: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda words: status.update(f"{words}…")


def _load_earlier(arguments: argparse.Namespace, dossier: Dossier) -> tuple[Dossier, ...]:
    """The earlier registros named, or those of the quarter before and a year before that lie beside this one."""
    import pregon

    paths: list[Path] = arguments.earlier or [
        path
        for period in (dossier.period.previous, dossier.period.year_before)
        if (path := _beside(arguments.registro[0], dossier.period, period)) is not None
    ]
    return tuple(pregon.load_registro(path) for path in paths)


def _beside(registro: Path, period: Period, other: Period) -> Path | None:
    """The registro of another period with the same kind of name: registro-2025-T4.xlsx → registro-2025-T3.xlsx."""
    name = registro.name.replace(str(period), str(other))
    path = registro.with_name(name)
    return path if name != registro.name and path.is_file() else None


def _tell(document: Document, dossier: Dossier, made: list[Path], result: AuditResult) -> None:
    print(f"{document.properties.title}. {dossier.institution.name}.")
    for path in made:
        print(f"  {path}")
    contradictions = result.counts.get("contradiction", 0)
    if not result.findings:
        print(f"= Se revisó a sí mismo: 0 hallazgos; {len(result.consistent)} cuentas cuadran.")
    else:
        print(f"El informe tiene {len(result.findings)} hallazgos, {contradictions} de ellos contradicciones:")
        for finding in result.findings:
            print(f"  {finding.severity.sign} {finding.message}")


def _tell_mistakes(error: RegistroError) -> None:
    print(error, file=sys.stderr)
    for mistake in error.mistakes:
        print(f"  {mistake}", file=sys.stderr)
