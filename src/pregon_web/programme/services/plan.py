"""Writes of the procedure and the plan, edition by edition, of the plan's follow-up, the matrix and the cards.

A draft is written, approved with its minute and from then on does not change: what comes next is another edition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from pregon_web.accounts.selectors import Access
from pregon_web.ledger.services import (
    BadRecord,
    Conflict,
    add_record,
    add_records,
    change_record,
    hold_institution,
    remove_record,
    require_open,
)
from pregon_web.programme.models import Activity, ActivityFollowUp, IndicatorCard, MatrixLine, Plan, Procedure
from pregon_web.programme.models.plan import ControlledDocument
from pregon_web.programme.selectors.plan import follow_ups_of

D = TypeVar("D", bound=ControlledDocument)
_COPIED_OF_ACTIVITY = (
    "reference",
    "objective",
    "step",
    "title",
    "unit",
    "first_quarter",
    "second_quarter",
    "third_quarter",
    "fourth_quarter",
    "start",
    "end",
    "owner",
    "budget",
    "indicator",
    "formula",
    "target",
)


# --- editions -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_plan(*, access: Access, fields: Mapping[str, Any]) -> Plan:
    """The first edition of a year's plan. Raises BadRecord where the year has one."""
    hold_institution(access.institution)
    if Plan.objects.of(access.institution).filter(fiscal_year=fields["fiscal_year"]).exists():
        raise BadRecord(f"Ya hay un plan de {fields['fiscal_year']}. Ábralo y haga una versión nueva.")
    return add_record(access=access, row=Plan(**fields))


@transaction.atomic
def add_procedure(*, access: Access, fields: Mapping[str, Any]) -> Procedure:
    """The first edition of the procedure. Raises BadRecord where there is one."""
    hold_institution(access.institution)
    if Procedure.objects.of(access.institution).exists():
        raise BadRecord("Ya hay un procedimiento. Ábralo y haga una versión nueva.")
    return add_record(access=access, row=Procedure(**fields))


@transaction.atomic
def change_edition(*, access: Access, row: D, fields: Mapping[str, Any], version: int | None) -> D:
    """Change a draft. Raises Conflict, and BadRecord where it was approved."""
    _require_draft(access, row)
    return change_record(access=access, row=row, fields=fields, version=version)


@transaction.atomic
def approve_edition(*, access: Access, row: D, fields: Mapping[str, Any], version: int | None) -> D:
    """Note the minute that approved a draft. Raises Conflict, and BadRecord where it had one or says nothing."""
    _require_draft(access, row)
    if isinstance(row, Plan) and not Activity.objects.of(access.institution).filter(plan=row).exists():
        raise BadRecord("El plan no tiene actividades: agréguelas antes de anotar su aprobación.")
    if isinstance(row, Procedure) and not row.steps:
        raise BadRecord("El procedimiento no tiene pasos: escríbalos antes de anotar su aprobación.")
    return change_record(access=access, row=row, fields=fields, version=version, action="approve")


@transaction.atomic
def renew_plan(*, access: Access, plan: Plan) -> Plan:
    """A draft that follows an edition of the plan, with its activities. Raises BadRecord where there is a draft."""
    hold_institution(access.institution)
    editions = Plan.objects.of(access.institution).filter(fiscal_year=plan.fiscal_year).order_by("edition")
    draft = _follow(list(editions), plan, fiscal_year=plan.fiscal_year, objectives=plan.objectives)
    add_record(access=access, row=draft, action="renew")
    copies = [
        Activity(plan=draft, **{name: getattr(each, name) for name in _COPIED_OF_ACTIVITY})
        for each in Activity.objects.of(access.institution).filter(plan=plan).order_by("pk")
    ]
    add_records(access=access, rows=copies)
    return draft


@transaction.atomic
def renew_procedure(*, access: Access, procedure: Procedure) -> Procedure:
    """A draft that follows an edition of the procedure. Raises BadRecord where there is a draft already."""
    hold_institution(access.institution)
    editions = Procedure.objects.of(access.institution).order_by("edition")
    return add_record(access=access, row=_follow(list(editions), procedure, steps=procedure.steps), action="renew")


def _follow(editions: Sequence[D], row: D, **own: Any) -> D:
    """The draft after the last of some editions, like `row` and without its approval."""
    draft = next((each for each in editions if each.is_draft), None)
    if draft is not None:
        raise BadRecord(f"Ya hay una versión {draft.edition} en borrador: siga en ella, o bórrela.")
    last = max(each.edition for each in editions)
    return type(row)(edition=last + 1, code=row.code, title=row.title, dated=row.dated, **own)


@transaction.atomic
def drop_edition(*, access: Access, row: Plan | Procedure, reason: str) -> None:
    """Remove a draft, its activities with it, each with its entry. Raises BadRecord where it was approved."""
    _require_draft(access, row)
    if isinstance(row, Plan):
        for activity in Activity.objects.of(access.institution).filter(plan=row).order_by("pk"):
            remove_record(access=access, row=activity, reason=reason)
    remove_record(access=access, row=row, reason=reason)


def _require_draft(access: Access, row: ControlledDocument) -> None:
    hold_institution(access.institution)
    current = type(row).objects.of(access.institution).get(pk=row.pk)
    if not current.is_draft:
        raise BadRecord(f"La versión {current.edition} está aprobada y no cambia. Haga una versión nueva.")


# --- activities -----------------------------------------------------------------------------------------------------


@transaction.atomic
def save_activity(
    *,
    access: Access,
    plan: Plan,
    activity: Activity | None,
    fields: Mapping[str, Any],
    version: int | None = None,
) -> Activity:
    """Keep an activity of a draft, new (None) or changed.

    Raises:
        Conflict: somebody changed it since `version`.
        BadRecord: the plan is approved, or another activity of it has that reference.
    """
    _require_draft(access, plan)
    twins = Activity.objects.of(access.institution).filter(plan=plan, reference=fields["reference"])
    if (twins if activity is None else twins.exclude(pk=activity.pk)).exists():
        raise BadRecord(f"Ya hay una actividad «{fields['reference']}» en este plan. Escriba otra referencia.")
    if activity is None:
        return add_record(access=access, row=Activity(plan=plan, **fields))
    return change_record(access=access, row=activity, fields=fields, version=version)


@transaction.atomic
def drop_activity(*, access: Access, activity: Activity, reason: str) -> None:
    """Remove an activity of a draft. Raises BadRecord where its plan was approved."""
    _require_draft(access, activity.plan)
    remove_record(access=access, row=activity, reason=reason)


# --- follow-up ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FollowUpEntry:
    """What was written of an activity in a quarter; `version` is the one seen, None where nothing was noted yet."""

    reference: str
    version: int | None
    fields: Mapping[str, Any]


@transaction.atomic
def save_follow_ups(*, access: Access, period: str, entries: Sequence[FollowUpEntry]) -> int:
    """Keep the follow-up of a quarter, all of it or nothing. Answers how many rows changed.

    Raises:
        ClosedPeriod: the quarter is closed.
        Conflict: somebody changed one of the rows meanwhile.
        BadRecord: an activity that is neither in the plan nor in the quarter.
    """
    require_open(access.institution, [period])
    known = {row.reference: row for row in follow_ups_of(access.institution, period)}
    noted = {reference for reference, row in known.items() if row.pk}
    changed = 0
    for entry in entries:
        row = known.get(entry.reference)
        if row is None:
            raise BadRecord(f"La actividad «{entry.reference}» ya no está en el plan de este trimestre.")
        if all(getattr(row, name) == value for name, value in entry.fields.items()):
            continue
        if entry.reference not in noted:
            for name, value in entry.fields.items():
                setattr(row, name, value)
            add_record(access=access, row=row)
        else:
            if entry.version is None:
                raise Conflict(row)
            change_record(access=access, row=row, fields=entry.fields, version=entry.version)
        changed += 1
    return changed


def drop_follow_up(*, access: Access, row: ActivityFollowUp, reason: str) -> None:
    """Take back what was noted of an activity in a quarter. Raises ClosedPeriod."""
    remove_record(access=access, row=row, reason=reason)


# --- matrix and cards -----------------------------------------------------------------------------------------------


def save_matrix_line(
    *, access: Access, line: MatrixLine | None, fields: Mapping[str, Any], version: int | None = None
) -> MatrixLine:
    """Keep a line of the matrix, new (None) or changed. Raises Conflict."""
    if line is None:
        return add_record(access=access, row=MatrixLine(**fields))
    return change_record(access=access, row=line, fields=fields, version=version)


@transaction.atomic
def save_card(
    *, access: Access, card: IndicatorCard | None, fields: Mapping[str, Any], version: int | None = None
) -> IndicatorCard:
    """Keep an indicator's card, new (None) or changed. Raises Conflict, and BadRecord where another has its name."""
    hold_institution(access.institution)
    twins = IndicatorCard.objects.of(access.institution).filter(name__iexact=fields["name"])
    if (twins if card is None else twins.exclude(pk=card.pk)).exists():
        raise BadRecord(f"Ya hay un indicador «{fields['name']}». Escriba otro nombre, o cambie el que está.")
    if card is None:
        return add_record(access=access, row=IndicatorCard(**fields))
    return change_record(access=access, row=card, fields=fields, version=version)
