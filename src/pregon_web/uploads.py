"""Uploads: how much is kept while a file arrives, and the field that judges it. Content is not opened here."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

MEGABYTE = 1024 * 1024


def upload_limit() -> int:
    """The largest file that is taken, in bytes."""
    return int(settings.UPLOAD_LIMIT_MB) * MEGABYTE


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes to a temporary file up to the limit and only counts the rest, so that the answer can say the real size."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk while it fits; what goes beyond is counted by Django and dropped here."""
        if start + len(raw_data) <= upload_limit():
            super().receive_data_chunk(raw_data, start)


class DocumentField(forms.FileField):
    """A file chosen by a person: present, not empty, not too large, with the sentences of the house."""

    default_error_messages = {  # noqa: RUF012 - Django's own way to declare them
        "required": "Elija un archivo.",
        "missing": "Elija un archivo.",
        "invalid": "El archivo no llegó. Elíjalo de nuevo.",
        "max_length": "El nombre del archivo es muy largo. Póngale uno más corto y súbalo de nuevo.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        # An empty file is the reader's business: it has the right sentence for it.
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - as in Django
        """The uploaded file, or ValidationError with one sentence."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile) and (file.size or 0) > upload_limit():
            weight = -(-(file.size or 0) // MEGABYTE)
            raise forms.ValidationError(
                f"«{file.name}» pesa {weight} MB y el máximo es {settings.UPLOAD_LIMIT_MB} MB. "
                "Comprima sus imágenes o súbalo por partes."
            )
        return file
