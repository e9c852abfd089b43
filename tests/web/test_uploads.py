"""How much of an upload is kept, and what is said of one that is too large."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from pytest_django.fixtures import Settings

from pregon_web import uploads
from pregon_web.audits.models import UploadedDocument
from tests.web.towns import Town


def test_a_file_over_the_limit_is_told_its_weight_and_not_kept(
    editor: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    keep = TemporaryFileUploadHandler.receive_data_chunk

    def watch(self: TemporaryFileUploadHandler, raw_data: bytes, start: int) -> None:
        written.append(len(raw_data))
        keep(self, raw_data, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", watch)
    heavy = SimpleUploadedFile("informe.docx", b"x" * (33 * uploads.MEGABYTE + 1))
    response = editor.post(reverse("upload_document"), {"document": heavy})
    assert response.status_code == 422
    assert (
        "«informe.docx» pesa 34 MB y el máximo es 20 MB. Comprima sus imágenes o súbalo por partes."
        in response.content.decode()
    )
    assert 0 <= 20 * uploads.MEGABYTE - sum(written) < 2**16  # nothing of what goes beyond
    assert UploadedDocument.objects.of(town.institution).count() == 0


def test_the_limit_itself_still_passes_the_form(settings: Settings) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    from pregon_web.audits.forms import DocumentForm

    sizes = {uploads.MEGABYTE: True, uploads.MEGABYTE + 1: False}
    for size, passes in sizes.items():
        files: MultiValueDict[str, Any] = MultiValueDict({"document": [SimpleUploadedFile("a.docx", b"x" * size)]})
        form = DocumentForm({}, files, periods=[])
        assert form.is_valid() is passes
