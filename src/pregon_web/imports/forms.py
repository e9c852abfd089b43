"""The form that brings files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from pregon_web.uploads import DocumentField

MOST_FILES = 40


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(DocumentField):
    """Several files, each as `DocumentField` takes one."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401 - as in Django
        """The files, or ValidationError with one sentence."""
        handed_in = data if isinstance(data, list | tuple) else [data]
        if len(handed_in) > MOST_FILES:
            raise forms.ValidationError(
                f"Trajo {len(handed_in)} archivos y caben {MOST_FILES}: júntelos en un zip, o tráigalos por partes."
            )
        return [super(FilesField, self).clean(file, initial) for file in handed_in]


class ImportForm(forms.Form):
    """Files of the platforms, loose or in a zip."""

    exports = FilesField(
        label="Suelte aquí los archivos de las plataformas, o elíjalos", widget=ManyFiles(attrs={"multiple": True})
    )
