"""The form that brings a registro workbook."""

from django import forms

from pregon_web.uploads import DocumentField


class RegistroForm(forms.Form):
    """One workbook."""

    workbook = DocumentField(
        label="Suelte aquí el registro del trimestre, o elíjalo",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
