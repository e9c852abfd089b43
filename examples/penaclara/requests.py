"""The designs and coverage that the offices asked of communications, with their dates in business days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from penaclara.office import CONTROL, CRIMINAL, ENVIRONMENT, HEAD, HUMAN_RIGHTS, OVERSIGHT, SECRETARY
from pregon.figures.period import Period
from pregon.records.calendar import add_business_days, business_days_between
from pregon.records.service import RequestKind, ServiceRequest

_DESIGN_DAYS = 3
_COVERAGE_DAYS = 4

_DESIGNS = (
    (HUMAN_RIGHTS, "Pieza para la jornada de atención a víctimas"),
    (ENVIRONMENT, "Afiche para el encuentro de veedurías"),
    (OVERSIGHT, "Infografía sobre el derecho de petición"),
    (SECRETARY, "Aviso de horario de atención"),
    (CRIMINAL, "Volante de la ruta por violencia intrafamiliar"),
    (HEAD, "Presentación para el concejo municipal"),
    (HUMAN_RIGHTS, "Certificados para personeros estudiantiles"),
    (CONTROL, "Pieza del Código de Integridad"),
    (ENVIRONMENT, "Pieza sobre cuidado de fuentes de agua"),
    (SECRETARY, "Señal para la ventanilla única"),
    (OVERSIGHT, "Invitación a la jornada de deber disciplinario"),
    (HUMAN_RIGHTS, "Pieza de conmemoración para redes"),
    (HEAD, "Tarjeta de invitación institucional"),
)
_COVERAGES = (
    (HUMAN_RIGHTS, "Reunión con personeros estudiantiles"),
    (HEAD, "Sesión del concejo municipal"),
    (ENVIRONMENT, "Recorrido con la comunidad de la vereda El Roble"),
    (CRIMINAL, "Brigada de atención en la comisaría de familia"),
    (OVERSIGHT, "Capacitación a servidores públicos"),
    (SECRETARY, "Jornada de rendición de cuentas por dependencias"),
    (HUMAN_RIGHTS, "Comité de justicia transicional"),
    (ENVIRONMENT, "Mesa de veedurías ciudadanas"),
    (HEAD, "Consejo de seguridad"),
    (HUMAN_RIGHTS, "Visita al hogar de paso"),
    (CONTROL, "Comité de control interno"),
)


def ask_requests(
    months: Sequence[Period],
    counts: Mapping[RequestKind, Sequence[int]],
    *,
    first: int,
    late: Mapping[int, int],
    open_ones: frozenset[int] = frozenset(),
) -> tuple[ServiceRequest, ...]:
    """The requests of a quarter, in order of the day they were asked.

    `counts` says how many of each kind in each month. The nth request is `late[n]` business days late; those in
    `open_ones` are not delivered yet. The others were delivered on their day or the one before.
    """
    asked: list[tuple[date, RequestKind, str, str]] = []
    turn = {RequestKind.DESIGN: 0, RequestKind.COVERAGE: 0}
    subjects = {RequestKind.DESIGN: _DESIGNS, RequestKind.COVERAGE: _COVERAGES}
    for place, month in enumerate(months):
        before = date.fromordinal(month.start.toordinal() - 1)
        workdays = business_days_between(before, month.end)
        for kind in (RequestKind.COVERAGE, RequestKind.DESIGN):
            many = counts[kind][place]
            for nth in range(many):
                office, title = subjects[kind][turn[kind] % len(subjects[kind])]
                asked.append((add_business_days(before, 1 + nth * (workdays - 4) // many), kind, office, title))
                turn[kind] += 1
    asked.sort(key=lambda request: request[0])
    return tuple(
        _request(first + nth, request, late=late.get(nth, 0), is_open=nth in open_ones)
        for nth, request in enumerate(asked)
    )


def _request(number: int, asked: tuple[date, RequestKind, str, str], *, late: int, is_open: bool) -> ServiceRequest:
    day, kind, office, title = asked
    due = add_business_days(day, _DESIGN_DAYS if kind is RequestKind.DESIGN else _COVERAGE_DAYS)
    # coverage happens on its day; a design may be ready the day before
    early = 1 if kind is RequestKind.DESIGN and number % 3 == 0 and not late else 0
    delivered = None if is_open else add_business_days(due, late - early)
    return ServiceRequest(f"SOL-{day.year}-{number:03}", kind, office, title, day, due, delivered)
