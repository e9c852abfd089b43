"""Writes about people and institutions. Keyword-only, atomic, each with its entry in the journal."""

from __future__ import annotations

from django.db import transaction

from pregon_web.accounts.changes import Change, announce_change
from pregon_web.accounts.models import Institution, Membership, Office, Person, Role
from pregon_web.accounts.selectors import access_for


class NotAMember(Exception):  # noqa: N818 - what happened, not a suffix
    """The person does not belong to that institution."""


@transaction.atomic
def add_institution(*, name: str, unit: str = "", by: Person | None = None) -> Institution:
    """A new institution, empty."""
    institution = Institution.objects.create(name=name, unit=unit)
    announce_change(
        Change(institution, by, "create", f"accounts.institution:{institution.pk}", after={"name": name, "unit": unit})
    )
    return institution


@transaction.atomic
def add_office(*, institution: Institution, name: str, by: Person | None = None) -> Office:
    """A new office of the institution."""
    office = Office.objects.create(institution=institution, name=name)
    announce_change(Change(institution, by, "create", f"accounts.office:{office.pk}", after={"name": name}))
    return office


@transaction.atomic
def add_membership(
    *, person: Person, institution: Institution, role: Role, office: Office | None = None, by: Person | None = None
) -> Membership:
    """Make the person this in the institution. The office must be of the same institution."""
    if office is not None and office.institution_id != institution.pk:
        raise NotAMember(f"office {office.pk} is not of institution {institution.pk}")
    membership = Membership.objects.create(person=person, institution=institution, role=role, office=office)
    after = {"person": person.pk, "role": str(role), "office": office.pk if office else None}
    announce_change(Change(institution, by, "create", f"accounts.membership:{membership.pk}", after=after))
    return membership


@transaction.atomic
def choose_institution(*, person: Person, institution: Institution) -> None:
    """Work in this institution from now on, also after signing in again. Raises NotAMember.

    A convenience of the person, not a record of the institution: it has no entry in the journal.
    """
    if access_for(person, institution) is None:
        raise NotAMember(f"person {person.pk} is not of institution {institution.pk}")
    person.chosen_institution = institution
    person.save(update_fields=["chosen_institution"])
