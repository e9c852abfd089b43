"""Every address of the office, asked by everybody with everybody's numbers: what the access tests are made from.

An app says what it has in `tests/web/<app>/furniture.py`: `furnish(town, canary)` makes its rows, with the canary in
every text, and answers what its addresses take. A key is the name of an argument («pk»), of one address's argument
(«audit.pk»), or of what is posted to it («upload_document:document»; a file is a pair of name and bytes).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, cast

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from pregon_web.accounts.models import Institution, Person, Role
from pregon_web.accounts.services import add_membership, choose_institution
from pregon_web.journal.models import Entry
from tests.web.accounts.furniture import BODY, OTHER_BODY
from tests.web.towns import PASSWORD, Town, found_town

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
CANARIES = {"penaclara": "CANARIOAMARILLO", "valdehondo": "CANARIOAZUL", "altamira": "CANARIOROJO"}
# Where the link itself is the right: whoever has it may see, and do, what it is for in its own institution.
LINKS = frozenset(
    {
        "accept_invitation",
        "answer_survey",
        "ask",
        "asked",
        "confirm_request",
        "due_dates_feed",
        "request_status",
        "survey_answered",
        "unsubscribe",
    }
)
MISSING = "nobody's"
MISSING_NUMBER = 999_999_999
NUMBER = re.compile(rb"\d+")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True, slots=True)
class Address:
    """An address by its name, the app it is of, and what it takes."""

    name: str
    app: str
    takes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks: whose canaries they may be shown where they work, and where they choose where to work."""

    name: str
    person: Person | None
    works_in: frozenset[str]
    belongs_to: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, without what is different in every answer."""

    status: int
    headers: bytes
    body: bytes


@dataclass
class World:
    """Institutions with the same rooms, and everything that their addresses take."""

    towns: dict[str, Town] = field(default_factory=dict)
    furniture: dict[str, dict[str, dict[str, object]]] = field(default_factory=dict)
    """By town, by app."""

    def settle(self, slug: str) -> Town:
        """Found the town of a canary and furnish it in every app."""
        canary = CANARIES[slug]
        town = found_town(f"Entidad {canary}", slug)
        for person in town.people.values():
            person.name = f"{person.name} {canary}"
            person.save(update_fields=["name"])
        self.towns[slug] = town
        self.furniture[slug] = {app: _furnish(app, town, canary) for app in furnished_apps()}
        return town


def furnished_apps() -> list[str]:
    """The office's apps, lowest first."""
    return [config.label for config in apps.get_app_configs() if config.name.startswith("pregon_web.")]


def _furnish(app: str, town: Town, canary: str) -> dict[str, object]:
    try:
        module = import_module(f"tests.web.{app}.furniture")
    except ModuleNotFoundError:
        return {}
    return cast("dict[str, object]", module.furnish(town, canary))


def addresses() -> list[Address]:
    """Every address there is, read from the URLconf."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: list[URLPattern | URLResolver], app: str, taken: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        takes = (*taken, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            module = getattr(pattern.urlconf_module, "__name__", "")
            found = module.split(".")[1] if module.startswith("pregon_web.") else app
            yield from _walk(pattern.url_patterns, found, takes)
        else:
            yield Address(str(pattern.name), app, takes)


def unfurnished(world: World) -> list[str]:
    """What addresses take and no app furnishes: «audit: pk»."""
    lacking = []
    for address in addresses():
        known = next(iter(world.furniture.values()))[address.app]
        names = [name for name in address.takes if f"{address.name}.{name}" not in known and name not in known]
        lacking += [f"{address.name}: {name}" for name in names]
    return lacking


def arguments_of(world: World, address: Address, owner: str) -> dict[str, object]:
    """What the address takes, of one institution's; of nobody's, numbers that there are not."""
    known = world.furniture[owner if owner != MISSING else next(iter(world.towns))][address.app]
    values = {name: known.get(f"{address.name}.{name}", known.get(name)) for name in address.takes}
    if owner == MISSING:
        return {
            name: MISSING_NUMBER if isinstance(value, int) and name != "version" else value
            for name, value in values.items()
        }
    return values


def posted_to(world: World, address: Address, owner: str, own: str) -> dict[str, object]:
    """What is posted: numbers are the owner's, words and files the visitor's own, files only beside their own numbers.

    Everything plain that the app furnishes is posted to each of its addresses; «address:field» to that one alone.
    """
    foreign, familiar = (_posted_fields(world.furniture[slug].get(address.app, {}), address) for slug in (owner, own))
    body: dict[str, object] = {name: value for name, value in foreign.items() if isinstance(value, int)}
    body |= {name: value for name, value in familiar.items() if isinstance(value, str)}
    if owner == own:
        files = {name: value for name, value in familiar.items() if isinstance(value, tuple)}
        body |= {name: SimpleUploadedFile(*value) for name, value in files.items()}
    return body


def _posted_fields(known: dict[str, object], address: Address) -> dict[str, Any]:
    prefix = f"{address.name}:"
    fields = {name: value for name, value in known.items() if not {".", ":"} & set(name)}
    return fields | {name.removeprefix(prefix): value for name, value in known.items() if name.startswith(prefix)}


def make_visitors(world: World) -> list[Visitor]:
    """For each institution: who has each role, somebody disabled, and somebody who is another thing elsewhere."""
    visitors = []
    slugs = list(world.towns)
    for place, (slug, town) in enumerate(world.towns.items()):
        own = frozenset({slug})
        visitors += [Visitor(f"{slug}, {role}", person, own, own) for role, person in town.people.items()]
        gone = Person.objects.create_user(f"gone@{slug}.example", PASSWORD, name="Persona retirada")
        add_membership(person=gone, institution=town.institution, role=Role.EDITOR)
        Person.objects.filter(pk=gone.pk).update(is_active=False)
        visitors.append(Visitor(f"{slug}, disabled", gone, frozenset(), frozenset()))
        visitors.append(_supervise(slug, town, frozenset(slugs)))
        other = slugs[(place + 1) % len(slugs)]
        if other != slug:
            both = Person.objects.create_user(f"both@{slug}.example", PASSWORD, name="Persona de dos entidades")
            add_membership(person=both, institution=town.institution, role=Role.REQUESTER)
            add_membership(person=both, institution=world.towns[other].institution, role=Role.EDITOR)
            choose_institution(person=both, institution=town.institution)
            visitors.append(Visitor(f"{slug}, requester; {other}, editor", both, own, frozenset({slug, other})))
    return visitors


def _supervise(slug: str, town: Town, supervised: frozenset[str]) -> Visitor:
    """Somebody of the body that supervises every institution, at work in this one."""
    person = Person.objects.create_user(f"control@{slug}.example", PASSWORD, name="Persona del ente")
    # Of both bodies: the other one supervises the neighbours and not the first institution.
    for body in Institution.objects.filter(name__in=[BODY, OTHER_BODY]):
        add_membership(person=person, institution=body, role=Role.REVIEWER)
    choose_institution(person=person, institution=town.institution)
    return Visitor(f"{slug}, supervised", person, frozenset({slug}), supervised)


ANYBODY = Visitor("anonymous", None, frozenset(), frozenset())


class Caller:
    """A browser of one visitor. Nothing that it does lasts: each request is undone."""

    def __init__(self, world: World, visitor: Visitor) -> None:
        self.world = world
        self.visitor = visitor
        self.client = Client(raise_request_exception=False)
        if visitor.person is not None:
            self.client.force_login(visitor.person)
            for slug in visitor.works_in if len(visitor.belongs_to) > 1 else ():  # signing in forgets a visit
                choose_institution(
                    person=Person.objects.get(pk=visitor.person.pk), institution=world.towns[slug].institution
                )
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}
        self.entries: dict[str, int] = {}

    def count_entries(self) -> None:
        """From now on nothing more may be written in an institution that is not the visitor's."""
        self.entries = self._count_entries()

    def _count_entries(self) -> dict[str, int]:
        return {slug: Entry.objects.of(town.institution).count() for slug, town in self.world.towns.items()}

    def ask(self, address: Address, method: str, owner: str) -> Answer | None:
        """The answer to one request; None where the address cannot be written with such numbers.

        Raises AssertionError where something was written in an institution that is not the visitor's.
        """
        try:
            path = reverse(address.name, kwargs=arguments_of(self.world, address, owner))
        except NoReverseMatch:
            return None
        sent: dict[str, Any] = {}
        if method in {"GET", "POST"}:
            own = next(iter(self.visitor.works_in), next(iter(self.world.towns)))
            sent = posted_to(self.world, address, owner if owner != MISSING else own, own)
        if method == "GET":
            sent = {name: value for name, value in sent.items() if not isinstance(value, SimpleUploadedFile)}
        if not self.visitor.works_in:  # what they send themselves would come back to them
            sent = {name: value for name, value in sent.items() if not isinstance(value, str)}
        self.client.cookies.load(self.cookies)
        with transaction.atomic():
            answer = _as_answer(getattr(self.client, method.lower())(path, *([sent] if sent else [])))
            if method not in {"GET", "HEAD", "OPTIONS"}:
                self._check_others(address, method, owner)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        return answer

    def _check_others(self, address: Address, method: str, owner: str) -> None:
        now = self._count_entries()
        # Signing out is told in every institution of the person.
        own = self.visitor.belongs_to if address.app == "accounts" else self.visitor.works_in
        own |= {owner} if address.name in LINKS else set()
        written = [slug for slug, count in now.items() if slug not in own and count != self.entries[slug]]
        if written:
            raise AssertionError(f"{self.visitor.name} wrote in {written}: {method} {address.name}")


def _as_answer(response: HttpResponseBase) -> Answer:
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]  # of either kind
    headers = "\n".join(f"{name}: {value}" for name, value in response.items() if name != "Set-Cookie").encode()
    return Answer(response.status_code, headers, TOKEN.sub(b"", _opened(content)))


def _opened(content: bytes) -> bytes:
    """The parts of a Word or Excel file, which are compressed in it; anything else as it is."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"\n".join(package.read(name) for name in package.namelist())


def canaries_in(answer: Answer) -> set[str]:
    """Whose canaries an answer shows."""
    shown = answer.headers + b"\n" + answer.body
    return {slug for slug, canary in CANARIES.items() if canary.encode() in shown}


def may_see(visitor: Visitor, address: Address, owner: str) -> frozenset[str]:
    """Whose canaries the visitor may be shown at this address."""
    if address.name in LINKS:
        return visitor.works_in | {owner}
    return visitor.belongs_to if address.name == "choose_institution" else visitor.works_in


def comparable(address: Address, answer: Answer) -> tuple[int, bytes, bytes]:
    """An answer without what chance put in it: numbers of new rows, a key that is drawn anew each time."""
    is_drawn = address.name == "mfa_activate_totp" or answer.status >= 500
    return answer.status, NUMBER.sub(b"#", answer.headers), b"" if is_drawn else answer.body
