"""Plans for the tests: one of a year, its activities, and the minute that approves a document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pregon_web.programme.models import Activity, Plan, Procedure
from pregon_web.programme.services import plan as services
from tests.web.towns import Town


def make_plan(town: Town, year: int = 2025, **fields: Any) -> Plan:
    told = {"title": "Plan", "dated": date(year, 1, 20), "fiscal_year": year, "objectives": ["Informar"], **fields}
    return services.add_plan(access=town.access(), fields=told)


def add(town: Town, plan: Plan, reference: str = "PA-01", **fields: Any) -> Activity:
    told = {"reference": reference, "title": f"Actividad {reference}", "target": Decimal(90), **fields}
    return services.save_activity(access=town.access(), plan=plan, activity=None, fields=told)


def approve(town: Town, row: Plan | Procedure, on: date) -> None:
    fields = {"approved_on": on, "committee": "Comité", "minute": "Acta 01"}
    services.approve_edition(access=town.access(), row=row, fields=fields, version=None)
