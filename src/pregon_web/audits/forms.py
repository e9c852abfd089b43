"""The form that brings a document."""

from django import forms

from pregon_web.uploads import DocumentField


class DocumentForm(forms.Form):
    """One document."""

    document = DocumentField(label="Suelte aquí el informe, o elíjalo")
