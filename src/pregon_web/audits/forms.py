"""The forms of the audits: bring a document, decide on a finding."""

from functools import cache
from typing import Any, cast

from django import forms

from pregon.figures.period import Period
from pregon.figures.spanish import join_words
from pregon.readers import find_readers
from pregon_web.audits.models import Decision
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
    against = forms.ChoiceField(
        label="Comparar con los registros de", required=False, widget=forms.Select(attrs={"class": "input"})
    )

    def __init__(self, *args: Any, periods: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = cast("forms.ChoiceField", self.fields["against"])
        chooser.choices = [("", "Ninguno: solo el documento"), *((each, Period.parse(each).title) for each in periods)]


class DecisionForm(forms.Form):
    """What is decided of a finding; who takes it as it is says why."""

    choice = forms.ChoiceField(choices=Decision.Choice, error_messages={"required": "Elija qué decide del hallazgo."})
    reason = forms.CharField(
        max_length=300, required=False, error_messages={"max_length": "Escriba el motivo en 300 letras o menos."}
    )

    def clean(self) -> dict[str, Any]:
        """An accepted finding has its reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("choice") == Decision.Choice.ACCEPTED and not cleaned.get("reason") and not self.errors:
            self.add_error("reason", "Escriba el motivo: sin él, nadie sabrá por qué se aceptó.")
        return cleaned
