"""The public form: what somebody without a user asks for."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone

from pregon_web.fields import DayField, RowField, WordsField
from pregon_web.workflow.intake import kinds_offered
from pregon_web.workflow.models import Kind

TRAP: Final = "segundo_asunto"
"""The field that nobody sees: only what fills in every field of a page fills it in."""


class PublicRequestForm(forms.Form):
    """A request by whoever has the link, to be confirmed by e-mail."""

    kind = RowField(Kind, "Qué necesita", asks="Elija qué necesita.")
    title = WordsField(
        "De qué se trata", asks="Escriba de qué se trata.", hint="En una línea: afiche de la feria de derechos."
    )
    purpose = WordsField("Para qué", asks="Escriba para qué se necesita.", most=2000, lines=3)
    brief = WordsField(
        "Qué debe llevar", most=4000, lines=5, hint="Textos, fecha, hora, lugar, a quién va. Puede completarlo después."
    )
    wished_on = DayField("Para cuándo la quiere", hint="La oficina le dirá la fecha según sus plazos en días hábiles.")
    name = WordsField("Su nombre", asks="Escriba su nombre y apellido.", most=150)
    email = forms.EmailField(
        label="Su correo",
        help_text="Ahí le llega el enlace para confirmar.",
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
        error_messages={
            "required": "Escriba su correo.",
            "invalid": "Ese correo no está completo. Por ejemplo, marcela@entidad.gov.co.",
            "max_length": "Ese correo es muy largo. Escriba otro.",
        },
    )

    def __init__(self, *args: Any, institution_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["kind"]
        assert isinstance(kinds, RowField)  # noqa: S101 - for the type checker
        kinds.queryset = kinds_offered(institution_id)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        # A trap asks nothing of anybody: it is no field of the form.
        self.is_caught = bool(self.data.get(TRAP))

    def clean_wished_on(self) -> date | None:
        """A day that has not passed."""
        day: date | None = self.cleaned_data["wished_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError("Esa fecha ya pasó. Escriba una de hoy en adelante, o déjela vacía.")
        return day
