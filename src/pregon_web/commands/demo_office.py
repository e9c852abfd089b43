"""The people and records of the demo. Loaded once Django is ready; doing it twice changes nothing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

import pregon
from pregon_web.accounts.models import Institution, Person, Role
from pregon_web.accounts.selectors import Access, access_for, supervisions_of
from pregon_web.accounts.services import add_institution, add_membership, add_office, grant_supervision
from pregon_web.commands.demo_audit import load_audit
from pregon_web.commands.demo_plan import load_plan
from pregon_web.commands.demo_requests import load_requests
from pregon_web.commands.demo_risks import load_risks
from pregon_web.commands.starting import CannotStart
from pregon_web.quarter.selectors import periods_for
from pregon_web.quarter.services import RefusedRegistro, add_registro
from pregon_web.settings.environment import write_private

PEOPLE_FILE = "personas-de-muestra.txt"
UNIT = "Gestión de las Comunicaciones"


@dataclass(frozen=True, slots=True)
class Character:
    """An invented person of the demo and what they are in its institutions."""

    name: str
    email: str
    role: Role
    institutions: tuple[str, ...]


BODY = "Red de Control de los Ejemplos"
"""It supervises both: its people read what they have, and change nothing."""
HOME = "Personería Municipal de Peñaclara"
NEIGHBOUR = "Alcaldía de Valdehondo"
OFFICES = ("Derechos Humanos", "Vigilancia Administrativa", "Atención al Ciudadano")
CAST = (
    Character("Marcela Ríos", "marcela.rios@penaclara.example", Role.EDITOR, (HOME,)),
    Character("Beatriz Upegui", "beatriz.upegui@penaclara.example", Role.APPROVER, (HOME,)),
    Character("Carlos Gil", "carlos.gil@penaclara.example", Role.REVIEWER, (HOME,)),
    Character("Natalia Ochoa", "natalia.ochoa@penaclara.example", Role.REQUESTER, (HOME,)),
    Character("Luz Dary Cano", "luzdary.cano@penaclara.example", Role.ADMINISTRATOR, (HOME,)),
    Character("Julián Mesa", "julian.mesa@valdehondo.example", Role.EDITOR, (NEIGHBOUR,)),
    Character("Irene Salas", "irene.salas@asesores.example", Role.REVIEWER, (HOME, NEIGHBOUR)),
    Character("Tomás Beltrán", "tomas.beltran@control.example", Role.REVIEWER, (BODY,)),
)


def prepare(folder: Path, registros: list[Path]) -> str:
    """Make what is not there yet, and answer how to sign in, for the terminal."""
    institutions = {name: _institution(name) for name in (HOME, NEIGHBOUR)} | {BODY: _body()}
    written = folder / PEOPLE_FILE
    known = written.read_text(encoding="utf-8") if written.exists() else ""
    # Whoever is not in the file gets a password now: somebody new, or all of them where the file was lost.
    fresh = "".join(_admit(character, institutions) for character in CAST if f"{character.email}\t" not in known)
    if fresh:
        written.unlink(missing_ok=True)
        write_private(written, known + fresh)
    _let_in(institutions)
    _load_registros(institutions[HOME], registros)
    load_requests(institutions[HOME])
    return _sign_in_lines(written)


def _institution(name: str) -> Institution:
    found = Institution.objects.filter(name=name).first()
    if found is not None:
        return found
    institution = add_institution(name=name, unit=UNIT)
    for office in OFFICES:
        add_office(institution=institution, name=office)
    return institution


def _body() -> Institution:
    return Institution.objects.filter(name=BODY).first() or add_institution(name=BODY)


def _let_in(institutions: dict[str, Institution]) -> None:
    """Both institutions let the body in, each by the hand of somebody of its own."""
    for name, email in ((HOME, "luzdary.cano@penaclara.example"), (NEIGHBOUR, "julian.mesa@valdehondo.example")):
        access = access_for(Person.objects.get(email=email), institutions[name])
        if access is not None and not supervisions_of(access):
            grant_supervision(access=access, body_name=BODY)


@transaction.atomic
def _admit(character: Character, institutions: dict[str, Institution]) -> str:
    """Make the person, or give them a new password; answer their line of the file."""
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    person = Person.objects.filter(email=character.email).first()
    if person is None:
        person = Person.objects.create_user(character.email, password, name=character.name)
        for name in character.institutions:
            add_membership(person=person, institution=institutions[name], role=character.role)
    else:
        person.set_password(password)
        person.save(update_fields=["password"])
    part = "Supervisa las dos" if BODY in character.institutions else character.role.label
    return f"{character.email}\t{password}\t{part}, {character.name}\n"


def _load_registros(institution: Institution, registros: list[Path]) -> None:
    editor = Person.objects.get(email=CAST[0].email)
    access = access_for(editor, institution)
    if access is None or periods_for(access):
        return
    for path in registros:
        _load_registro(access, path)
    load_plan(access)
    load_risks(access)
    load_audit(access)


def _load_registro(access: Access, path: Path) -> None:
    try:
        add_registro(access=access, path=path, name=path.name)
    except (pregon.RegistroError, pregon.UnreadableFile, RefusedRegistro) as error:
        raise CannotStart(f"El registro de ejemplo «{path.name}» no se pudo cargar: {error}") from error


def _sign_in_lines(written: Path) -> str:
    lines = ["", "Entre con cualquiera de estas personas inventadas:"]
    for line in written.read_text(encoding="utf-8").splitlines():
        email, password, who = line.split("\t")
        lines.append(f"  {email:<36} {password}   {who}")
    lines.append(f"(También están en {written}, que solo usted puede leer.)")
    return "\n".join(lines)
