"""Writes of the map: the scale and its versions, risks, their value and their controls.

The follow-up of each quarter and the incidents have their own file, `following`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from pregon.figures.spanish import fold
from pregon.records.risk_scale import BadScale, default_scale_data, parse_scale, scale_data
from pregon.records.risk_scale import Scale as ScaleValue
from pregon_web.accounts.models import Institution, Person
from pregon_web.accounts.selectors import Access
from pregon_web.journal.rows import name_subject, snapshot
from pregon_web.journal.services import Noted, record_changes
from pregon_web.ledger.selectors import next_reference
from pregon_web.ledger.services import (
    BadRecord,
    add_record,
    change_record,
    hold_institution,
    remove_record,
)
from pregon_web.risks.models import FollowUp, Incident, Risk, RiskControl, Scale
from pregon_web.risks.selectors import kept_scale

VALUE_FIELDS: Final = ("times_a_year", "probability", "impact", "impact_reason")


@transaction.atomic
def ensure_scale(institution: Institution, person: Person | None = None) -> Scale:
    """The institution's scale in force; DAFP's, version 6, is kept as its first where it has none."""
    hold_institution(institution)
    return kept_scale(institution) or _keep_scale(institution, person, default_scale_data(), 1, "")


@transaction.atomic
def change_scale(*, access: Access, data: Mapping[str, Any], reason: str, seen: int) -> Scale:
    """Put a new version of the scale in force; those before it stay, with the risks that were valued by them.

    `seen` is the number of the version that the person was looking at. The same again writes nothing.

    Raises:
        BadRecord: it is malformed, has the version of another, nobody said why, or somebody changed it meanwhile.
    """
    current = ensure_scale(access.institution, access.person)
    try:
        scale = parse_scale(dict(data))
    except BadScale as error:
        raise BadRecord(str(error)) from error
    if current.number != seen:
        raise BadRecord(
            f"Otra persona puso la versión {current.data['version']} mientras usted escribía. Ábrala y compárela."
        )
    if scale == parse_scale(current.data):
        return current
    if not reason.strip():
        raise BadRecord("Escriba qué cambió y por qué: los riesgos ya valorados conservan la versión anterior.")
    _require_own_version(access, scale)
    plain = scale_data(scale)
    return _keep_scale(access.institution, access.person, plain, current.number + 1, reason.strip())


def _require_own_version(access: Access, scale: ScaleValue) -> None:
    kept = [parse_scale(row.data) for row in Scale.objects.of(access.institution)]
    if any((fold(each.name), fold(each.version)) == (fold(scale.name), fold(scale.version)) for each in kept):
        raise BadRecord(
            f"Ya hay una versión «{scale.version}» de esta escala. Escriba otra, por ejemplo «{scale.version}.1»."
        )


def _keep_scale(
    institution: Institution, person: Person | None, data: dict[str, Any], number: int, reason: str
) -> Scale:
    row = Scale(institution=institution, number=number, data=data, reason=reason)
    row.save()
    noted = Noted("create", name_subject(row), after=snapshot(row))
    record_changes(institution=institution, person=person, changes=[noted])
    return row


@transaction.atomic
def add_risk(*, access: Access, fields: Mapping[str, Any]) -> Risk:
    """Put a risk on the map, from its quarter `since` on. Without a number it takes the next: «R4».

    Raises BadRecord where another risk has its number.
    """
    hold_institution(access.institution)
    known = Risk.objects.of(access.institution).values_list("reference", flat=True)
    reference = fields.get("reference") or next_reference(known, "R", 1)
    _require_own_reference(access, reference, None)
    return add_record(access=access, row=Risk(**{**fields, "reference": reference}))


@transaction.atomic
def change_risk(*, access: Access, risk: Risk, fields: Mapping[str, Any], version: int | None) -> Risk:
    """Change what a risk says. Its value changes by `value_risk_anew` alone. Raises Conflict and BadRecord."""
    hold_institution(access.institution)
    if "reference" in fields:
        _require_own_reference(access, fields["reference"], risk)
    return change_record(access=access, row=risk, fields=fields, version=version)


def _require_own_reference(access: Access, reference: str, risk: Risk | None) -> None:
    others = Risk.objects.of(access.institution).filter(reference__iexact=reference)
    if (others.exclude(pk=risk.pk) if risk else others).exists():
        raise BadRecord(f"Ya hay un riesgo «{reference}». Escriba otro número.")


@transaction.atomic
def value_risk_anew(*, access: Access, risk: Risk, fields: Mapping[str, Any], version: int | None) -> Risk:
    """Give a risk its probability and its impact, by the scale in force from now on.

    With a yearly frequency the scale says the level; without, the level that was chosen stands.

    Raises:
        Conflict: somebody changed it since `version`.
        BadRecord: a level that the scale does not have.
    """
    row = ensure_scale(access.institution, access.person)
    scale = parse_scale(row.data)
    values: dict[str, Any] = {name: fields.get(name) for name in VALUE_FIELDS}
    values["impact_reason"] = values["impact_reason"] or ""
    if values["times_a_year"] is not None:
        values["probability"] = scale.probability_for(values["times_a_year"])
    if values["probability"] is None:
        raise BadRecord("Escriba cuántas veces al año se hace la actividad, o elija la probabilidad.")
    if values["impact"] is None:
        raise BadRecord("Elija el impacto.")
    if values["probability"] >= len(scale.probabilities) or values["impact"] >= len(scale.impacts):
        raise BadRecord("Ese nivel no está en la escala. Elija uno de la lista.")
    return change_record(access=access, row=risk, fields={**values, "scale": row}, version=version, action="value")


@transaction.atomic
def remove_risk(*, access: Access, risk: Risk, reason: str) -> None:
    """Remove a risk that never was, with its controls. Raises BadRecord where a follow-up or an incident names it."""
    hold_institution(access.institution)
    for model in (FollowUp, Incident):
        if model.objects.of(access.institution).filter(risk=risk).exists():
            raise BadRecord(f"«{risk.reference}» tiene historia y no se borra. Puede sacarlo del mapa.")
    for control in RiskControl.objects.of(access.institution).filter(risk=risk):
        remove_record(access=access, row=control, reason=reason)
    remove_record(access=access, row=risk, reason=reason)


@transaction.atomic
def add_control(*, access: Access, risk: Risk, fields: Mapping[str, Any]) -> RiskControl:
    """Add a control to a risk, the last to be applied."""
    hold_institution(access.institution)
    rows = RiskControl.objects.of(access.institution).filter(risk=risk).order_by("-position")
    last = rows.values_list("position", flat=True).first()
    return add_record(access=access, row=RiskControl(risk=risk, position=0 if last is None else last + 1, **fields))


@transaction.atomic
def move_control(*, access: Access, control: RiskControl, step: int) -> None:
    """Apply a control one place earlier (−1) or later (+1). At the end of the list nothing happens."""
    hold_institution(access.institution)
    rows = RiskControl.objects.of(access.institution).filter(risk=control.risk_id)
    order = list(rows.order_by("position", "pk"))
    place = next(place for place, each in enumerate(order) if each.pk == control.pk)
    other = place + step
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, each in enumerate(order):
        change_record(access=access, row=each, fields={"position": position})
