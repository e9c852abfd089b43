"""Reads of the procedure, the plan and its follow-up, the matrix and the indicators' cards. Each says whose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from pregon.figures.period import Period
from pregon.records import organisation, service
from pregon.records import programme as records
from pregon.records.dossier import Dossier
from pregon.records.programme import IndicatorKind
from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import Evidence, Observation, Publication
from pregon_web.ledger.selectors import ledger_dossier
from pregon_web.programme.models import (
    Activity,
    ActivityFollowUp,
    Campaign,
    Event,
    IndicatorCard,
    MatrixLine,
    Plan,
    Procedure,
    Survey,
)
from pregon_web.programme.selectors import campaigns_of, commemorations_of, events_of
from pregon_web.workflow.selectors import closures_of, requests_of

_HOLDERS = (Publication, Observation, Campaign, Event, ActivityFollowUp)


def latest_period(institution: Institution, today: date) -> str:
    """The latest quarter in which something was recorded; that of today where nothing was."""
    first, *rest = (holder.objects.of(institution).order_by().values_list("period") for holder in _HOLDERS)
    found = [period for (period,) in first.union(*rest)]
    return max(found, default=f"{today.year}-T{(today.month + 2) // 3}")


# --- the plan -------------------------------------------------------------------------------------------------------


def plans_for(access: Access) -> QuerySet[Plan]:
    """Every edition of every year's plan, the latest first."""
    return Plan.objects.of(access.institution).order_by("-fiscal_year", "-edition").select_related("evidence")


def plan_for(access: Access, pk: int) -> Plan:
    """An edition of the plan of the person's institution. Raises Http404."""
    return get_object_or_404(plans_for(access), pk=pk)


def plan_in_force(institution: Institution, period: str) -> Plan | None:
    """The edition that a quarter answers to: the last approved by its end; else the first approved, or the draft."""
    quarter = Period.parse(period)
    editions = list(Plan.objects.of(institution).filter(fiscal_year=quarter.start.year).order_by("edition"))
    approved = [each for each in editions if each.approved_on is not None]
    in_time = [each for each in approved if each.approved_on is not None and each.approved_on <= quarter.end]
    if in_time:
        return in_time[-1]
    return next(iter(approved), None) or next(iter(reversed(editions)), None)


def activities_in(access: Access, plan: Plan) -> list[Activity]:
    """The activities of an edition, in its order."""
    return list(Activity.objects.of(access.institution).filter(plan=plan).order_by("pk"))


def activity_for(access: Access, pk: int) -> Activity:
    """An activity of a plan of the person's institution. Raises Http404."""
    return get_object_or_404(Activity.objects.of(access.institution).select_related("plan"), pk=pk)


def target_of(activity: Activity, period: str) -> int | None:
    """How much an activity has planned for a quarter."""
    return activity.targets[int(period[-1]) - 1]


def is_scheduled(activity: Activity, period: str) -> bool:
    """Whether an activity is of a quarter: it has a target for it; one that is not counted, by its dates or always."""
    if any(target is not None for target in activity.targets):
        return target_of(activity, period) is not None
    if activity.start is None and activity.end is None:
        return True
    quarter = Period.parse(period)
    return (activity.start or quarter.start) <= quarter.end and (activity.end or quarter.end) >= quarter.start


# --- its follow-up --------------------------------------------------------------------------------------------------


def follow_ups_of(institution: Institution, period: str) -> list[ActivityFollowUp]:
    """The follow-up of a quarter: what was noted, and what the plan in force asks for and nobody noted yet.

    These last have no key: they are the plan's until somebody writes something of them.
    """
    rows = list(
        ActivityFollowUp.objects.of(institution).filter(period=period).select_related("evidence").order_by("pk")
    )
    plan = plan_in_force(institution, period)
    if plan is None:
        return rows
    noted = {row.reference for row in rows}
    formulas = _formulas_of(institution)
    planned = Activity.objects.of(institution).filter(plan=plan).order_by("pk")
    return rows + [
        as_planned(each, period, formulas.get(each.reference))
        for each in planned
        if each.reference not in noted and is_scheduled(each, period)
    ]


def _formulas_of(institution: Institution) -> dict[str, IndicatorCard]:
    """The cards in per cent that measure an activity of the plan, by its reference."""
    cards = IndicatorCard.objects.of(institution).exclude(activity="").order_by("-pk")
    return {card.activity: card for card in cards}


def as_planned(activity: Activity, period: str, card: IndicatorCard | None = None) -> ActivityFollowUp:
    """A row of follow-up as the plan says it, not kept. A card measures the activity that has no indicator itself."""
    by_card = card is not None and activity.indicator == IndicatorKind.NONE
    return ActivityFollowUp(
        institution_id=activity.institution_id,
        period=period,
        reference=activity.reference,
        step=activity.step,
        title=activity.title,
        unit=activity.unit,
        planned=target_of(activity, period),
        owner=activity.owner,
        indicator=IndicatorKind.FORMULA.value if by_card else activity.indicator,
        formula=card.formula if card is not None and by_card else activity.formula,
        target=card.target if card is not None and by_card else activity.target,
    )


def activities_of(institution: Institution, period: str) -> tuple[records.PlanActivity, ...]:
    """The activities of the plan in a quarter, as the library's records."""
    return tuple(activity_value(row) for row in follow_ups_of(institution, period))


def activity_value(row: ActivityFollowUp) -> records.PlanActivity:
    """A row as the library's record."""
    return records.PlanActivity(
        reference=row.reference,
        step=row.step,
        title=row.title,
        unit=row.unit,
        planned=row.planned,
        done=row.done,
        indicator=IndicatorKind(row.indicator),
        target=plain(row.target),
        note=row.note,
        formula=row.formula,
        owner=row.owner,
        obstacles=row.obstacles,
        evidence=row.evidence.reference if row.evidence else "",
        progress=plain(row.progress),
    )


def plain(value: Decimal | None) -> Decimal | None:
    """A number as somebody writes it, without the zeros of its column."""
    return None if value is None else value.normalize() + 0


def follow_up_for(access: Access, period: str, pk: int) -> ActivityFollowUp:
    """A row of follow-up of the person's institution. Raises Http404."""
    return get_object_or_404(ActivityFollowUp.objects.of(access.institution).filter(period=period), pk=pk)


def evidence_of_quarter(access: Access, period: str) -> list[Evidence]:
    """What a follow-up may show as its proof."""
    return list(Evidence.objects.of(access.institution).filter(period=period).order_by("reference"))


# --- procedure and matrix -------------------------------------------------------------------------------------------


def procedures_for(access: Access) -> QuerySet[Procedure]:
    """Every edition of the procedure, the latest first."""
    return Procedure.objects.of(access.institution).order_by("-edition").select_related("evidence")


def procedure_for(access: Access, pk: int) -> Procedure:
    """An edition of the procedure of the person's institution. Raises Http404."""
    return get_object_or_404(procedures_for(access), pk=pk)


def procedure_in_force(institution: Institution) -> Procedure | None:
    """The last edition of the procedure that was approved; the draft where none was."""
    editions = list(Procedure.objects.of(institution).order_by("edition"))
    approved = [each for each in editions if not each.is_draft]
    return next(iter(reversed(approved or editions)), None)


def steps_of(institution: Institution) -> list[tuple[str, str]]:
    """The steps of the procedure in force: code and title."""
    current = procedure_in_force(institution)
    return [(code, title) for code, title in current.steps] if current is not None else []


def approval_evidence_for(access: Access) -> QuerySet[Evidence]:
    """What may show the minute that approved a document: the evidence of any quarter, the latest first."""
    return Evidence.objects.of(access.institution).order_by("-period", "reference")


def matrix_for(access: Access) -> QuerySet[MatrixLine]:
    """The communication matrix, to be listed."""
    return MatrixLine.objects.of(access.institution)


def matrix_line_for(access: Access, pk: int) -> MatrixLine:
    """A line of the matrix of the person's institution. Raises Http404."""
    return get_object_or_404(matrix_for(access), pk=pk)


# --- indicators -----------------------------------------------------------------------------------------------------


def cards_for(access: Access) -> QuerySet[IndicatorCard]:
    """The indicators' cards, to be listed."""
    return IndicatorCard.objects.of(access.institution)


def card_for(access: Access, pk: int) -> IndicatorCard:
    """A card of the person's institution. Raises Http404."""
    return get_object_or_404(cards_for(access), pk=pk)


def activity_choices(institution: Institution, period: str) -> list[tuple[str, str]]:
    """The activities of the plan that a quarter answers to, as a form's choices."""
    plan = plan_in_force(institution, period)
    if plan is None:
        return []
    rows = Activity.objects.of(institution).filter(plan=plan).order_by("pk")
    return [(row.reference, f"{row.reference} {row.title}") for row in rows]


def open_surveys_of(institution: Institution, period: str) -> list[str]:
    """The titles of the surveys of a quarter that still take answers."""
    rows = Survey.objects.of(institution).filter(period=period, closed_at__isnull=True)
    return list(rows.order_by("pk").values_list("title", flat=True))


def satisfaction_of(institution: Institution, period: str) -> tuple[service.Satisfaction, ...]:
    """What the closed surveys of a quarter came to, those that had answers enough."""
    rows = Survey.objects.of(institution).filter(period=period, closed_at__isnull=False, answers__gt=0).order_by("pk")
    return tuple(_satisfaction(rows))


def _satisfaction(rows: Iterable[Survey]) -> Iterable[service.Satisfaction]:
    for row in rows:
        if row.answers is not None and row.satisfied is not None and row.answers >= row.fewest:
            yield service.Satisfaction(row.reference, row.title, row.answers, row.satisfied)


def programme_dossier(institution: Institution, period: str) -> Dossier:
    """What the programme, the requests and the ledger hold of a quarter, as indicators are worked out with it."""
    base = ledger_dossier(institution, period)
    return Dossier(
        base.institution,
        base.period,
        organisation.Control("", ""),
        channels=base.channels,
        publications=base.publications,
        observations=base.observations,
        campaigns=campaigns_of(institution, period),
        commemorations=commemorations_of(institution, period),
        events=events_of(institution, period),
        requests=requests_of(institution, period),
        activities=activities_of(institution, period),
        closures=closures_of(institution, period),
        satisfaction=satisfaction_of(institution, period),
    )
