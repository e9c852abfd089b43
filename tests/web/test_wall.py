"""Three institutions with the same rooms: nobody reaches, sees or guesses a row of another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.audits.models import Audit, Decision, UploadedDocument
from pregon_web.quarter.models import Registro
from tests.web.records import keep_registro, write_workbook
from tests.web.towns import Town

CANARIES = {"penaclara": "CANARIO-AMARILLO", "valdehondo": "CANARIO-AZUL", "altamira": "CANARIO-ROJO"}


def furnish(town: Town) -> tuple[Registro, Audit]:
    """A quarter and an audit, with the institution's canary in every text."""
    canary = CANARIES[town.slug]
    registro = keep_registro(town, canary=canary)
    document = UploadedDocument.objects.create(
        institution=town.institution,
        name=f"{canary}.docx",
        sha256="0" * 64,
        size=1,
        uploaded_by=town.people[Role.EDITOR],
    )
    page = {
        "tally": [{"css": "is-ok", "sign": "=", "name": "cuadra", "count": 1, "word": f"cuenta cuadra {canary}"}],
        "findings": [],
        "holding": [{"what": canary, "account": "1 + 1 = 2", "sign": "=", "where": []}],
        "unverified": [],
        "paper": [],
        "tables": 0,
        "remarks": [],
    }
    audit = Audit.objects.create(
        institution=town.institution, document=document, pregon_version="0", result={"document": canary}, page=page
    )
    return registro, audit


@pytest.fixture
def furnished(town: Town, neighbour: Town, stranger: Town) -> dict[str, tuple[Town, Registro, Audit]]:
    return {place.slug: (place, *furnish(place)) for place in (town, neighbour, stranger)}


def addresses(registro: Registro, audit: Audit) -> list[str]:
    """Every address that a reader of the institution can open, for these rows."""
    period = registro.period
    return [
        reverse("quarter", args=[period]),
        reverse("download_registro", args=[period, registro.version]),
        reverse("report", args=[period]),
        *(reverse("download_report", args=[period, suffix]) for suffix in ("docx", "html", "xlsx")),
        reverse("audits"),
        reverse("audit", args=[audit.pk]),
        reverse("download_findings", args=[audit.pk]),
        reverse("choose_institution"),
    ]


def body(client: Client, path: str) -> tuple[int, bytes]:
    response = client.get(path)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, content


def test_each_sees_its_own_and_no_canary_of_the_others(
    client: Client, furnished: dict[str, tuple[Town, Registro, Audit]]
) -> None:
    for slug, (place, registro, audit) in furnished.items():
        client.force_login(place.people[Role.EDITOR])
        shown = b""
        for path in addresses(registro, audit):
            status, content = body(client, path)
            assert status == 200, path
            shown += content
        seen = {other for other, canary in CANARIES.items() if canary.encode() in shown}
        assert seen == {slug}


def test_rows_of_another_institution_are_not_found(
    client: Client, furnished: dict[str, tuple[Town, Registro, Audit]]
) -> None:
    for place, *_ in furnished.values():
        for role in Role:
            client.force_login(place.people[role])
            for other, _registro, audit in furnished.values():
                if other is place:
                    continue
                for name in ("audit", "download_annotated", "download_findings"):
                    status, content = body(client, reverse(name, args=[audit.pk]))
                    expected = 403 if role is Role.REQUESTER else 404
                    assert (status, CANARIES[other.slug].encode() in content) == (expected, False)


def test_nobody_decides_on_a_finding_of_another_institution(
    client: Client, furnished: dict[str, tuple[Town, Registro, Audit]]
) -> None:
    place, *_ = furnished["penaclara"]
    other, _, foreign = furnished["valdehondo"]
    client.force_login(place.people[Role.EDITOR])
    answer = client.post(reverse("decide_finding", args=[foreign.pk, 1]), {"choice": "corrected"})
    assert answer.status_code == 404
    assert Decision.objects.of(other.institution).count() == 0


def test_a_missing_row_and_a_foreign_row_read_the_same(
    client: Client, furnished: dict[str, tuple[Town, Registro, Audit]]
) -> None:
    place, *_ = furnished["penaclara"]
    _, _, foreign = furnished["valdehondo"]
    client.force_login(place.people[Role.EDITOR])
    assert body(client, reverse("audit", args=[foreign.pk])) == body(client, reverse("audit", args=[10**9]))


def test_nobody_moves_into_another_institution(
    client: Client, furnished: dict[str, tuple[Town, Registro, Audit]]
) -> None:
    place, *_ = furnished["penaclara"]
    other, *_ = furnished["valdehondo"]
    client.force_login(place.people[Role.EDITOR])
    answer = client.post(reverse("choose_institution"), {"institution": other.institution.pk})
    assert (answer.status_code, "Elija una de sus entidades." in answer.content.decode()) == (422, True)
    assert other.institution.name not in client.get(reverse("audits")).content.decode()


def test_a_workbook_of_another_institution_is_refused(
    client: Client, furnished: dict[str, tuple[Town, Registro, Audit]], tmp_path: Path
) -> None:
    place, registro, _ = furnished["penaclara"]
    foreign = write_workbook(tmp_path, "Alcaldía de Valdehondo")
    client.force_login(place.people[Role.EDITOR])
    answer = client.post(
        reverse("upload_registro", args=[registro.period]),
        {"workbook": SimpleUploadedFile("ajeno.xlsx", foreign.read_bytes())},
    )
    assert answer.status_code == 422
    assert "«ajeno.xlsx» es de Alcaldía de Valdehondo" in answer.content.decode()
    assert Registro.objects.of(place.institution).count() == 1
