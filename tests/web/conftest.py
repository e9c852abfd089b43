"""The office on a data folder of its own, three institutions in it, and a person for each role."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Before Django reads its settings: nothing of a real office is ever touched by a test.
os.environ["PREGON_DATA"] = tempfile.mkdtemp(prefix="pregon-web-tests-")
os.environ["PREGON_SECRET_KEY"] = "only-for-tests-and-never-for-an-office"  # noqa: S105 - as it says
os.environ["DJANGO_SETTINGS_MODULE"] = "pregon_web.settings.base"
os.environ.pop("DATABASE_URL", None)
if os.environ.get("PREGON_TEST_DATABASE_URL"):  # `make test-postgres`: tests make a database of their own beside it
    os.environ["DATABASE_URL"] = os.environ["PREGON_TEST_DATABASE_URL"]

import django

django.setup()

import pytest  # noqa: E402 - after the environment is set
from django.test import Client  # noqa: E402 - after the environment is set
from pytest_django.fixtures import Settings  # noqa: E402 - after the environment is set

from pregon_web.accounts.models import Role  # noqa: E402 - after the environment is set
from tests.web.browsing import CHROMIUM, FLAGS  # noqa: E402 - after the environment is set
from tests.web.towns import Town, found_town  # noqa: E402 - after the environment is set


@pytest.fixture(autouse=True)
def _quick_and_apart(settings: Settings, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FILES_FOLDER = tmp_path / "files"
    settings.CACHE_FOLDER = tmp_path / "cache"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def town(db: None) -> Town:  # noqa: ARG001 - pytest asks for it by name
    return found_town("Personería Municipal de Peñaclara", "penaclara")


@pytest.fixture
def neighbour(db: None) -> Town:  # noqa: ARG001 - pytest asks for it by name
    return found_town("Alcaldía de Valdehondo", "valdehondo")


@pytest.fixture
def stranger(db: None) -> Town:  # noqa: ARG001 - pytest asks for it by name
    return found_town("Concejo de Altamira", "altamira")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    # Playwright keeps a loop in this thread, and Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS])
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def editor(town: Town, client: Client) -> Client:
    client.force_login(town.people[Role.EDITOR])
    return client
