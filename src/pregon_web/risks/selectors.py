"""Reads of the risks: rows as the library's records, and rows for the pages. Each says whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from pregon.figures.period import Period
from pregon.records import risk as records
from pregon.records.risk import RiskSignal
from pregon.records.risk_scale import Valuation, default_scale_data
from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.risks.models import FollowUp, Incident, Risk, RiskControl, Scale
from pregon_web.risks.valuing import value_risk

LOOKED_BACK: Final = 8
"""How many quarters back a follow-up's words are looked for."""


def risks_of(institution: Institution, period: str) -> tuple[records.Risk, ...]:
    """The risks of a quarter's map with their zones: two queries however many there are."""
    rows = _in_quarter(institution, period)
    controls = controls_of(institution, rows)
    return tuple(risk_value(row, controls[row.pk]) for row in rows)


def _in_quarter(institution: Institution, period: str) -> list[Risk]:
    """Those on the map by then, and those that the quarter's records name although they are on it no more."""
    found = Risk.objects.of(institution).filter(_is_of_quarter(institution, period)).select_related("scale")
    return list(found.order_by("pk"))


def _is_of_quarter(institution: Institution, period: str) -> Q:
    named = FollowUp.objects.of(institution).filter(period=period).order_by().values("risk_id")
    hit = Incident.objects.of(institution).filter(period=period, risk__isnull=False).order_by().values("risk_id")
    return Q(is_active=True, since__lte=period) | Q(pk__in=named) | Q(pk__in=hit)


def risk_value(row: Risk, controls: Sequence[RiskControl]) -> records.Risk:
    """A row as the library's record."""
    valued = value_risk(row, controls)
    return records.Risk(
        reference=row.reference,
        description=row.wording,
        owner=row.owner,
        signal=RiskSignal(row.signal),
        inherent_zone=valued.inherent.zone.name if valued else row.told_inherent,
        residual_zone=valued.residual.zone.name if valued else row.told_residual,
    )


def controls_of(institution: Institution, risks: Iterable[Risk]) -> dict[int, list[RiskControl]]:
    """The controls of these risks in their order, by the risk's key."""
    found: dict[int, list[RiskControl]] = defaultdict(list)
    rows = RiskControl.objects.of(institution).filter(risk__in=[risk.pk for risk in risks])
    for row in rows.order_by("position", "pk"):
        found[row.risk_id].append(row)
    return found


def follow_ups_of(institution: Institution, period: str) -> tuple[records.RiskFollowUp, ...]:
    """What the follow-up of a quarter found, in the order in which it was noted."""
    rows = FollowUp.objects.of(institution).filter(period=period).select_related("risk", "evidence").order_by("pk")
    return tuple(follow_up_value(row) for row in rows)


def follow_up_value(row: FollowUp) -> records.RiskFollowUp:
    """A row as the library's record."""
    return records.RiskFollowUp(
        risk=row.risk.reference,
        checked_on=row.checked_on,
        materialised=row.materialised,
        controls_run=row.controls_run,
        controls_planned=row.controls_planned,
        finding=row.finding,
        evidence=row.evidence.reference if row.evidence else "",
        next_action=row.next_action,
        line_of_defence=row.line_of_defence,
        despite=row.despite,
    )


def incidents_of(institution: Institution, period: str) -> tuple[records.Incident, ...]:
    """The misuses that the office recorded in a quarter."""
    rows = Incident.objects.of(institution).filter(period=period).select_related("risk", "evidence").order_by("pk")
    return tuple(
        records.Incident(
            reference=row.reference,
            happened_on=row.happened_on,
            description=row.description,
            risk=row.risk.reference if row.risk else "",
            evidence=row.evidence.reference if row.evidence else "",
        )
        for row in rows
    )


def risks_for(access: Access) -> QuerySet[Risk]:
    """The risks of the person's institution, also those that left the map."""
    return Risk.objects.of(access.institution).select_related("scale")


def risk_for(access: Access, pk: int) -> Risk:
    """A risk of the person's institution. Raises Http404."""
    return get_object_or_404(risks_for(access), pk=pk)


def risks_in_quarter(access: Access, period: str) -> QuerySet[Risk]:
    """The risks that a quarter's report has, to be followed up."""
    return risks_for(access).filter(_is_of_quarter(access.institution, period)).order_by("pk")


def controls_for(access: Access, risk: Risk) -> list[RiskControl]:
    """The controls of a risk in their order."""
    return controls_of(access.institution, [risk])[risk.pk]


def control_for(access: Access, risk_pk: int, pk: int) -> RiskControl:
    """A control of the person's institution. Raises Http404."""
    rows = RiskControl.objects.of(access.institution).select_related("risk", "risk__scale")
    return get_object_or_404(rows, pk=pk, risk_id=risk_pk)


def follow_ups_for(access: Access, period: str) -> QuerySet[FollowUp]:
    """The follow-ups of a quarter of the person's institution, the last checked first."""
    rows = FollowUp.objects.of(access.institution).filter(period=period)
    return rows.select_related("risk", "evidence", "incident").order_by("-checked_on", "-pk")


def follow_up_for(access: Access, period: str, pk: int) -> FollowUp:
    """A follow-up of the person's institution. Raises Http404."""
    return get_object_or_404(follow_ups_for(access, period), pk=pk)


def follow_ups_of_risk(access: Access, risk: Risk) -> list[FollowUp]:
    """What was found of a risk in every quarter, the last first."""
    rows = FollowUp.objects.of(access.institution).filter(risk=risk).select_related("evidence")
    return list(rows.order_by("-period", "-checked_on")[:40])


def earlier_words(institution: Institution, period: str) -> list[tuple[str, str]]:
    """What the follow-ups of earlier quarters said, each with its quarter, the latest first."""
    first = Period.parse(period)
    for _ in range(LOOKED_BACK):
        first = first.previous
    rows = FollowUp.objects.of(institution).filter(period__lt=period, period__gte=str(first)).exclude(finding="")
    return list(rows.order_by("-period", "-pk").values_list("period", "finding"))


def incidents_for(access: Access, period: str) -> QuerySet[Incident]:
    """The incidents of a quarter of the person's institution, to be listed."""
    return Incident.objects.of(access.institution).filter(period=period).select_related("risk", "evidence")


def incident_for(access: Access, period: str, pk: int) -> Incident:
    """An incident of the person's institution. Raises Http404."""
    return get_object_or_404(incidents_for(access, period), pk=pk)


def kept_scale(institution: Institution) -> Scale | None:
    """The last scale that the institution kept; None where it has none of its own yet."""
    return Scale.objects.of(institution).order_by("-number").first()


def current_scale(institution: Institution) -> Scale:
    """The scale in force: the institution's last, or DAFP's, not kept yet, where it has none."""
    return kept_scale(institution) or Scale(institution=institution, number=1, data=default_scale_data())


def scales_for(access: Access) -> list[Scale]:
    """Every version of the person's institution, the last first; DAFP's where it has none."""
    return list(Scale.objects.of(access.institution).order_by("-number")) or [current_scale(access.institution)]


def scale_for(access: Access, number: int) -> Scale:
    """A version of the institution's scale. Raises Http404."""
    if number == 1 and kept_scale(access.institution) is None:
        return current_scale(access.institution)
    return get_object_or_404(Scale.objects.of(access.institution), number=number)


def valuation_for(access: Access, risk: Risk) -> tuple[Valuation | None, list[RiskControl]]:
    """A risk's value and the controls that it rests on."""
    controls = controls_for(access, risk)
    return value_risk(risk, controls), controls
