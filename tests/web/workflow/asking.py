"""Requests of the tests: how one is asked and brought to a state."""

from __future__ import annotations

from datetime import date

from pregon_web.accounts.models import Office
from pregon_web.workflow.models import Kind, ServiceRequest, State
from pregon_web.workflow.services import ensure_defaults, move_request, receive_request
from tests.web.towns import Town

ASKED = date(2025, 12, 5)


def kind(town: Town, name: str = "Pieza gráfica") -> Kind:
    """A kind that every institution starts with."""
    ensure_defaults(town.institution)
    return Kind.objects.of(town.institution).get(name=name)


def ask(
    town: Town,
    title: str = "Pieza del Día de los Derechos Humanos",
    *,
    on: date = ASKED,
    office: Office | None = None,
    of: str = "Pieza gráfica",
    **fields: object,
) -> ServiceRequest:
    """A request that the editor typed."""
    return receive_request(
        access=town.access(),
        institution=town.institution,
        kind=kind(town, of),
        title=title,
        office=office,
        fields=fields,
        on=on,
    )


def bring(town: Town, request: ServiceRequest, *steps: tuple[State, date]) -> ServiceRequest:
    """Move it from state to state, each on its day."""
    for to, day in steps:
        request = move_request(access=town.access(), request=request, to=to, on=day, note="Porque sí")
    return request
