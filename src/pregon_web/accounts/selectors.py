"""Reads about people and institutions. Access is worked out here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pregon_web.accounts.models import Institution, Membership, Person, Role
from pregon_web.wall import own_rows


@dataclass(frozen=True, slots=True)
class Access:
    """A person at work in one institution. Selectors and services take it: whose rows they are is never forgotten."""

    person: Person
    institution: Institution
    roles: frozenset[Role]
    has_choice: bool = False
    """Whether the person also belongs to another institution."""

    def has_any(self, *roles: Role) -> bool:
        """Whether the person is any of these here."""
        return not self.roles.isdisjoint(roles)


def institutions_for(person: Person) -> list[Institution]:
    """The institutions a person belongs to, by name."""
    if not person.is_active:
        return []
    # Past the wall on purpose: whose rows they are is the very question.
    with own_rows(person.pk):
        own = Membership._base_manager.filter(person=person).values("institution_id")  # noqa: SLF001 - see above
        return list(Institution.objects.filter(pk__in=own))


def access_for(person: Person, institution: Institution) -> Access | None:
    """What this person may do in this institution; None where they do not belong to it or may no longer enter."""
    if not person.is_active:
        return None
    roles = Membership.objects.of(institution).filter(person=person).values_list("role", flat=True)
    held = frozenset(Role(role) for role in roles)
    return Access(person, institution, held) if held else None


def current_access(person: Person) -> Access | None:
    """The access of the institution the person chose, or of the only one they have; None where there is none."""
    own = institutions_for(person)
    chosen = [institution for institution in own if institution.pk == person.chosen_institution_id] or own
    access = access_for(person, chosen[0]) if len(chosen) == 1 else None
    return replace(access, has_choice=len(own) > 1) if access else None


def administrators_of(access: Access) -> list[Person]:
    """Who gives permissions in this institution, by name."""
    administrators = Membership.objects.of(access.institution).filter(role=Role.ADMINISTRATOR)
    holders = administrators.values_list("person_id", flat=True)
    return list(Person.objects.filter(pk__in=list(holders), is_active=True).order_by("name"))
