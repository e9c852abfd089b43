"""Forms of the surveys: the editor's, and the one that anybody answers."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from pregon_web.fields import CountField, RecordForm, RowField, WordsField
from pregon_web.programme.models import Event
from pregon_web.programme.surveys import VALUES

WORDS: Final = {
    5: "5, muy satisfecha o satisfecho",
    4: "4, satisfecha o satisfecho",
    3: "3, ni lo uno ni lo otro",
    2: "2, poco satisfecha o satisfecho",
    1: "1, nada satisfecha o satisfecho",
}


class SurveyForm(RecordForm):
    """What is asked about, and how many answers make it a figure."""

    title = WordsField(
        "De qué se pregunta",
        asks="Escriba de qué se pregunta: un evento o un servicio.",
        hint="Así lo lee quien responde: Charla de orientación vocacional.",
    )
    event = RowField(Event, "Evento", none="De un servicio", hint="Déjelo así si pregunta por un servicio.")
    fewest = CountField(
        "Respuestas mínimas", hint="Con menos, la encuesta es «no medible» y no se muestran sus respuestas."
    )

    def clean_fewest(self) -> int:
        """A number from 1; left empty, 5."""
        fewest: int | None = self.cleaned_data["fewest"]
        if fewest is None:
            return 5
        if not 1 <= fewest <= 1000:
            raise forms.ValidationError("Escriba un número de 1 a 1.000, por ejemplo 5.")
        return fewest


class AnswerForm(forms.Form):
    """One answer."""

    value = forms.TypedChoiceField(
        label="De 1 a 5, ¿cómo quedó?",
        choices=[(str(value), WORDS[value]) for value in VALUES],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija un número de 1 a 5.", "invalid_choice": "Elija un número de 1 a 5."},
    )
    remark = WordsField(
        "¿Qué mejoraría?", most=500, lines=4, hint="Si quiere. No escriba nombres, teléfonos ni otros datos personales."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].widget.attrs["autocomplete"] = "off"
