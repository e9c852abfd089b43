"""Web servers' own registers: visits and page views of the website where nothing else measures it.

They are other metrics than Matomo's or Google Analytics', which see browsers: here are addresses and agents, less the
robots of a published list (`pregon.importers.server_log.robots`). Addresses and pages stay in the file: what comes out
are counts by day of the office's zone. A visit is never parted by midnight, but it is where a register ends: what a
server parts into several files is put together before it is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timezone
from typing import Final
from zoneinfo import ZoneInfo

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import join_words, print_date, print_number
from pregon.importers.base import (
    Answers,
    Birth,
    Confidence,
    Extract,
    Identification,
    ImportedObservation,
    Question,
    Source,
    Upload,
)
from pregon.importers.placing import OFFICE_ZONE
from pregon.importers.server_log.formats import NAMES, make_reader, recognise
from pregon.importers.server_log.lines import DamagedLogError, read_lines, sniff_lines
from pregon.importers.server_log.reading import Coverage, Tally, UnzonedError, cover_days, read_register
from pregon.importers.server_log.visits import UncountableError
from pregon.importers.website import observe_website

ZONE_KEY: Final = "time_zone"
"""The question of the zone of hours that say none."""
WHOLE_KEY: Final = "whole_days"
"""The question of whether the first and the last day are whole."""
OTHER_METRIC: Final = "Es otra medida que la de Matomo o Google Analytics: cuenta direcciones y navegadores"
NEAR_MIDNIGHT: Final = "El registro empieza o termina a menos de diez minutos de la medianoche: el día se tomó entero"
_RULES: Final = (
    ("log_visits", "visitas del día: páginas vistas con menos de 30 minutos entre una y otra"),
    ("log_page_views", "páginas vistas del día"),
)
_ZONES: Final[dict[str, ZoneInfo | timezone]] = {"UTC": UTC, "America/Bogota": OFFICE_ZONE}
_MOST_UNREAD: Final = 10
"""Per cent of lines that may be no request."""
_MOST_NAMED: Final = 4


def identify(upload: Upload) -> Identification | None:
    """Say whether a file's first lines are requests to a web server."""
    name, _ = _recognise(upload)
    if not name:
        return None
    return Identification(Confidence.CERTAIN, f"cada línea es una petición a un servidor web ({NAMES[name]})")


def extract(upload: Upload, answers: Answers) -> Extract:
    """Count the whole register, line by line."""
    name, is_wrapped = _recognise(upload)
    if not name:
        return Extract(refused=f"«{upload.name}» no es un registro de servidor web de los que se conocen.")
    unzoned = _ZONES.get(answers.get(ZONE_KEY, ""))
    try:
        tally = read_register(
            read_lines(upload.path),
            make_reader(name),
            OFFICE_ZONE,
            unzoned=unzoned,
            unwrap=_unwrap if is_wrapped else None,
        )
    except UnzonedError:
        choices = (("UTC", "hora universal (UTC)"), ("America/Bogota", "hora de Colombia"))
        return Extract(
            questions=(Question(ZONE_KEY, "El registro no dice de qué zona son sus horas: dígala.", choices),)
        )
    except (UncountableError, DamagedLogError) as error:
        return Extract(refused=f"«{upload.name}» {error}")
    total = tally.lines + tally.unread
    if not tally.lines or tally.unread * 100 > total * _MOST_UNREAD:
        told = f"{print_number(tally.unread)} de sus {print_number(total)} líneas"
        return Extract(refused=f"«{upload.name}» no se puede leer en {told}: cópielo otra vez del servidor.")
    repairs = ("Cada línea venía entre comillas: se quitaron.",) if is_wrapped else ()
    return _tell(upload, tally, answers, repairs)


def _recognise(upload: Upload) -> tuple[str, bool]:
    """The format of a file's lines, and whether they are wrapped in quotes."""
    lines = sniff_lines(upload.head)
    name = recognise(lines)
    if name or not any(line.startswith('"') for line in lines):
        return name, False
    return recognise([_unwrap(line) for line in lines]), True


def _unwrap(line: str) -> str:
    if len(line) > 1 and line.startswith('"') and line.endswith('"'):
        return line[1:-1].replace('""', '"')
    return line


def _tell(upload: Upload, tally: Tally, answers: Answers, repairs: tuple[str, ...]) -> Extract:
    coverage = cover_days(tally)
    said = answers.get(WHOLE_KEY, "")
    days = list(coverage.whole)
    questions: tuple[Question, ...] = ()
    if coverage.doubtful and said == "yes":
        days = sorted([*days, *coverage.doubtful])
    elif coverage.doubtful and said != "no":
        questions = (_ask_whole(tally, coverage),)
    observations = tuple(_observe(upload, tally, days, is_assumed=coverage.is_assumed))
    return Extract(observations, (), repairs, tuple(_remark(tally, coverage)), questions)


def _observe(upload: Upload, tally: Tally, days: list[date], *, is_assumed: bool) -> Iterator[ImportedObservation]:
    assumed = (OTHER_METRIC, NEAR_MIDNIGHT) if is_assumed else (OTHER_METRIC,)
    for site in sorted(tally.sites) or [""]:
        for day in days:
            first, last = tally.days[day]
            place = f"líneas {print_number(first)} a {print_number(last)}"
            for metric, rule in _RULES:
                counted = tally.counter.visits if metric == "log_visits" else tally.counter.views
                birth = Birth(upload.name, upload.sha256, place, rule, assumed)
                amount = Amount.exact(counted[site, day])
                yield observe_website(metric, Period.span(day, day), amount, birth, account=site)


def _ask_whole(tally: Tally, coverage: Coverage) -> Question:
    """Ask whether the days in which the register begins and ends are whole."""
    named = join_words([f"el {print_date(day)}" for day in coverage.doubtful])
    spans = [f"{instant:%H:%M}" for instant in (tally.first, tally.last) if instant is not None]
    return Question(
        WHOLE_KEY,
        f"El registro empieza a las {spans[0]} y termina a las {spans[-1]}: ¿está completo {named}? Si el servidor lo "
        "parte en varios archivos, júntelos en uno.",
        (("yes", "sí, está completo"), ("no", "no: que no se cuente")),
    )


def _remark(tally: Tally, coverage: Coverage) -> Iterator[str]:
    left = [
        f"{print_number(tally.robots)} de robots",
        f"{print_number(tally.files)} de archivos e imágenes",
        f"{print_number(tally.others)} de errores, redirecciones y otras",
    ]
    views = print_number(tally.views)
    yield f"De {print_number(tally.lines)} líneas, {views} son páginas vistas; quedan fuera {join_words(left)}."
    if not tally.tells_agents:
        yield "El registro no dice con qué programa se entró: los robots no se pueden quitar y cuentan como visitas."
    if tally.from_one:
        told = f"{print_number(tally.from_one)} de las {views} páginas vistas vienen de una sola dirección."
        why = "Si es un equipo intermedio (proxy), el registro no distingue a los visitantes: consulte a sistemas."
        yield f"{told} {why}"
    if tally.unread:
        which = f"la línea {print_number(tally.first_unread)}"
        lines = f"{print_number(tally.unread)} líneas (la primera, la {print_number(tally.first_unread)})"
        yield f"No es una petición {which} y no se cuenta." if tally.unread == 1 else f"No son peticiones {lines}."
    if coverage.scraps:
        yield f"Del {_name(coverage.scraps)} solo hay minutos, de peticiones en curso: ese día no se cuenta."
    if coverage.empty:
        yield f"No hay ninguna línea del {_name(coverage.empty)}: queda sin dato, porque pudo perderse."


def _name(days: tuple[date, ...]) -> str:
    if len(days) > _MOST_NAMED:
        return f"{print_date(days[0])} al {print_date(days[-1])} ({len(days)} días)"
    return join_words([print_date(day) for day in days])


SOURCE = Source(
    code="web-log",
    name="Registro del servidor web",
    identify=identify,
    extract=extract,
    says="Lo guarda el servidor del sitio (access.log, u_ex….log en IIS): pídalo a sistemas, por meses completos.",
)
