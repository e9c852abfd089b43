"""The office on a data folder of its own, three institutions in it, and a person for each role."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Before Django reads its settings: nothing of a real office is ever touched by a test.
_SCRATCH = tempfile.mkdtemp(prefix="pregon-web-tests-")
os.environ["PREGON_DATA"] = _SCRATCH
os.environ["PREGON_SECRET_KEY"] = "only-for-tests-and-never-for-an-office"  # noqa: S105 - as it says
os.environ["DJANGO_SETTINGS_MODULE"] = "pregon_web.settings.base"
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402 - after the environment is set

django.setup()

from dataclasses import dataclass  # noqa: E402 - after Django is ready

import pytest  # noqa: E402
from django.test import Client  # noqa: E402

from pregon_web.accounts.models import Institution, Person, Role  # noqa: E402
from pregon_web.accounts.selectors import Access, access_for  # noqa: E402
from pregon_web.accounts.services import add_institution, add_membership  # noqa: E402

PASSWORD = "correcto-caballo-pila-grapa"  # noqa: S105 - of invented people


@dataclass(frozen=True, slots=True)
class Town:
    """An institution of the tests and its person for each role."""

    institution: Institution
    people: dict[Role, Person]

    def access(self, role: Role = Role.EDITOR) -> Access:
        found = access_for(self.people[role], self.institution)
        assert found is not None
        return found


def found_town(name: str, slug: str) -> Town:
    institution = add_institution(name=name, unit=f"Comunicaciones de {name}")
    people = {}
    for role in Role:
        person = Person.objects.create_user(f"{role}@{slug}.example", PASSWORD, name=f"{role.label} de {name}")
        add_membership(person=person, institution=institution, role=role)
        people[role] = person
    return Town(institution, people)


@pytest.fixture(autouse=True)
def _quick_passwords(settings: pytest.FixtureRequest) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]  # pytest-django's wrapper


@pytest.fixture(autouse=True)
def _own_files(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.FILES_FOLDER = tmp_path / "files"  # type: ignore[attr-defined]  # pytest-django's wrapper
    settings.CACHE_FOLDER = tmp_path / "cache"  # type: ignore[attr-defined]  # pytest-django's wrapper


@pytest.fixture
def town(db: None) -> Town:
    return found_town("Personería Municipal de Peñaclara", "penaclara")


@pytest.fixture
def neighbour(db: None) -> Town:
    return found_town("Alcaldía de Valdehondo", "valdehondo")


@pytest.fixture
def stranger(db: None) -> Town:
    return found_town("Concejo de Altamira", "altamira")


@pytest.fixture
def editor(town: Town, client: Client) -> Client:
    client.force_login(town.people[Role.EDITOR])
    return client
