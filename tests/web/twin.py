"""A twin of an institution: the same keys, other words and figures.

Whatever is read without asking whose it is then shows in a page: a figure twice, a word that is the twin's.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from pregon.records.publishing import ObservationStatus
from pregon_web.accounts.models import Institution, Membership, Office, Person, Role
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.ledger.models import Channel, Evidence, Observation, PeriodLock
from pregon_web.programme.models import Survey
from pregon_web.quarter.models import Closing, ControlBlock, SignOff
from pregon_web.risks.models import FollowUp, Scale
from pregon_web.workflow.models import Closure
from tests.web.risks.furniture import COPIED_FINDING

NAME = "Entidad GEMELA"
# Somebody who also belonged to the twin would have to choose where to work.
NOT_COPIED = frozenset({"Membership", "Invitation", "Supervision", "MailChoice"})
WORDS = frozenset(
    {
        "aim",
        "answer",
        "brief",
        "comment",
        "consent",
        "correction",
        "description",
        "finding",
        "formula",
        "message",
        "method",
        "name",
        "note",
        "objective",
        "owed_by",
        "owner",
        "post",
        "process",
        "purpose",
        "reason",
        "requester_name",
        "target_audience",
        "text",
        "title",
        "value",
        "what",
    }
)
FIGURES = frozenset(
    {"answers", "attended", "business_days", "called", "delivered", "done", "planned", "promised", "size"}
)


def add_twin(home: Institution, period: str, previous: str) -> Institution:
    """Copy every row of an institution under its negative number; then add what the institution has none of."""
    twin = Institution.objects.create(name=NAME, unit=NAME)
    owned = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    for model in owned:
        if model.__name__ not in NOT_COPIED:
            rows = [_copied(row, twin) for row in model._base_manager.filter(institution=home)]
            model._base_manager.bulk_create(rows)
    _add_what_home_lacks(twin, period, previous)
    return twin


def _copied(row: Any, twin: Institution) -> Any:
    """The row as the twin's: a negative number, so that it is also the first where the first is asked for."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.primary_key or (_is_to_owned(field) and value is not None):
            value = -value
        elif field.name in WORDS and isinstance(value, str) and value and not field.choices:
            value = f"{value} GEMELO"
        elif field.name in FIGURES and isinstance(value, int):
            value += 1
        elif field.unique:
            value = None if value is None else f"{value}g"
        values[field.attname] = value
    values["institution_id"] = twin.pk
    if isinstance(row, Observation) and row.value is not None:
        values["value"] = row.value + 1
    return type(row)(**values)


def _is_to_owned(field: Any) -> bool:
    return bool(field.is_relation) and issubclass(field.related_model, TenantModel)


def _add_what_home_lacks(twin: Institution, period: str, previous: str) -> None:
    now, person = timezone.now(), Person.objects.order_by("pk")[0]
    PeriodLock.objects.create(institution=twin, period=period)
    for closed in {*ControlBlock.objects.of(twin).values_list("period", flat=True)}:
        Closing.objects.create(
            institution=twin,
            period=closed,
            version=9,
            registro_sha256="0" * 64,
            fingerprint="0" * 64,
            files={},
            journal_head="0" * 64,
            pregon_version="0",
            closed_by=person,
            closed_at=now,
        )
    ControlBlock.objects.of(twin).update(cutoff="2026-01-07T00:00:00-05:00", city="Ciudad GEMELA")
    SignOff.objects.create(institution=twin, period=period, role="prepared", name="Firma GEMELA", post="Cargo GEMELO")
    Closure.objects.create(institution=twin, day=date(2025, 12, 9), reason="Descanso GEMELO")
    Scale.objects.of(twin).update(number=models.F("number") + 90)
    Survey.objects.of(twin).update(closed_at=now, answers=9, satisfied=4)
    Evidence.objects.of(twin).update(size=10**9)
    Observation.objects.create(
        institution=twin,
        channel=Channel.objects.of(twin).get(code="fb"),
        metric="reach",
        period=previous,
        measured=previous,
        status=ObservationStatus.NO_DATA,
        method="panel",
        recorded_by=person,
    )
    follow_up = FollowUp.objects.of(twin).order_by("pk")[0]
    follow_up.pk, follow_up.period, follow_up.finding = None, previous, COPIED_FINDING
    follow_up.save(force_insert=True)


def give_office_in(twin: Institution, person: Person) -> None:
    """Somebody who asks for pieces here without an office asks in the twin with one."""
    office = Office.objects.of(twin).order_by("pk")[0]
    Membership.objects.create(institution=twin, person=person, role=Role.REQUESTER, office=office)
