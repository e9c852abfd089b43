"""The form that brings a document."""

from functools import cache

from django import forms

from pregon.figures.spanish import join_words
from pregon.readers import find_readers
from pregon_web.uploads import DocumentField

# What an office brings most comes first; whatever else can be read follows.
USUAL = ("Word", "PDF", "Excel", "HTML", "OpenDocument")


@cache
def name_formats() -> str:
    """The kinds of document that can be read, in words: «Word, PDF y HTML»."""
    names = {reader.NAME for reader in find_readers()}
    return join_words([*(name for name in USUAL if name in names), *sorted(names.difference(USUAL))])


class DocumentForm(forms.Form):
    """One document."""

    document = DocumentField(label="Suelte aquí el informe, o elíjalo")
