"""What the generated access tests (test_access.py) do not say: choosing and bringing what is another institution's."""

from __future__ import annotations

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pregon_web.quarter.models import Registro
from tests.web.records import QUARTER, write_workbook
from tests.web.towns import Town


def test_nobody_moves_into_another_institution(editor: Client, neighbour: Town) -> None:
    answer = editor.post(reverse("choose_institution"), {"institution": neighbour.institution.pk})
    assert (answer.status_code, "Elija una de sus entidades." in answer.content.decode()) == (422, True)
    assert neighbour.institution.name not in editor.get(reverse("audits")).content.decode()


def test_a_workbook_of_another_institution_is_refused(editor: Client, town: Town, tmp_path: Path) -> None:
    foreign = write_workbook(tmp_path, "Alcaldía de Valdehondo")
    answer = editor.post(
        reverse("upload_registro", args=[str(QUARTER)]),
        {"workbook": SimpleUploadedFile("ajeno.xlsx", foreign.read_bytes())},
    )
    assert answer.status_code == 422
    assert "«ajeno.xlsx» es de Alcaldía de Valdehondo" in answer.content.decode()
    assert Registro.objects.of(town.institution).count() == 0
