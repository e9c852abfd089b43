"""One row of each kind of the requests, a canary in every text of it: for the tests that look for what leaks."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from pregon_web.accounts.models import Office, Role
from pregon_web.ledger.evidence import Upload
from pregon_web.workflow.models import Deadline, State
from pregon_web.workflow.selectors import files_of
from pregon_web.workflow.services import agree_date, ensure_defaults, move_request, receive_request
from pregon_web.workflow.settings import add_closure, keep_kind
from tests.web.towns import Town
from tests.web.workflow.furniture_door import furnish_door
from tests.web.workflow.furniture_pieces import furnish_pieces

DAY = date(2025, 12, 5)


def furnish(town: Town, canary: str) -> dict[str, object]:
    """Fill an institution, and answer the arguments of each address that names a row of it."""
    access, institution = town.access(), town.institution
    ensure_defaults(institution)
    kind = keep_kind(
        access=town.access(Role.ADMINISTRATOR),
        row=None,
        fields={"name": f"Tipo {canary}", "counts_as": "design", "is_active": True},
    )
    Deadline.objects.create(institution=institution, kind=kind, priority="normal", business_days=3)
    closure = add_closure(access=town.access(Role.ADMINISTRATOR), day=date(2025, 12, 24), reason=f"Descanso {canary}")
    office = Office.objects.create(institution=institution, name=f"Dependencia que pide {canary}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lista.csv"
        path.write_text(f"Nombre;Cargo\n{canary};1\n", encoding="utf-8")
        request = receive_request(
            access=access,
            institution=institution,
            kind=kind,
            title=f"Pieza {canary}",
            office=office,
            fields={
                "requester": town.people[Role.REQUESTER],
                "requester_name": f"Quien pide {canary}",
                "purpose": f"Para {canary}",
                "brief": f"Lleva {canary}",
                "campaign": f"corto {canary}",
                "assignee": town.people[Role.EDITOR],
            },
            files=[Upload(path, f"{canary}.csv")],
            on=DAY,
        )
    move_request(access=access, request=request, to=State.RETURNED, note=f"Falta {canary}", on=DAY)
    agree_date(access=access, request=request, on=date(2025, 12, 22), reason=f"Acordada {canary}")
    rows = {
        (
            "request",
            "move_request",
            "assign_request",
            "agree_request",
            "mend_request",
            "attach_to_request",
            "download_request_file",
        ): request.pk,
        ("open_day",): closure.pk,
        ("kind",): kind.pk,
    }
    return {
        "suffix": "csv",
        "file": files_of(request)[0].pk,
        "add_request:kind": kind.pk,
        "add_request:office": office.pk,
        **furnish_pieces(town, canary, request),
        **furnish_door(town, canary),
        **{f"{name}.pk": pk for names, pk in rows.items() for name in names},
    }
