"""Institutions of the tests, with a person for each role."""

from __future__ import annotations

from dataclasses import dataclass

from pregon_web.accounts.models import Institution, Person, Role
from pregon_web.accounts.selectors import Access, access_for
from pregon_web.accounts.services import add_institution, add_membership

PASSWORD = "correcto-caballo-pila-grapa"  # noqa: S105 - of invented people


@dataclass(frozen=True, slots=True)
class Town:
    """An institution and its people. `slug` stands in their addresses."""

    institution: Institution
    people: dict[Role, Person]
    slug: str

    def access(self, role: Role = Role.EDITOR) -> Access:
        found = access_for(self.people[role], self.institution)
        assert found is not None
        return found

    def email(self, role: Role = Role.EDITOR) -> str:
        return f"{role}@{self.slug}.example"


def found_town(name: str, slug: str) -> Town:
    institution = add_institution(name=name, unit=f"Comunicaciones de {name}")
    people = {}
    for role in Role:
        person = Person.objects.create_user(f"{role}@{slug}.example", PASSWORD, name=f"{role.label} de {name}")
        add_membership(person=person, institution=institution, role=role)
        people[role] = person
    return Town(institution, people, slug)
