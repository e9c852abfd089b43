"""Forms of the accounts."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.forms import LoginForm
from django import forms

from pregon_web.accounts.models import Institution


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """allauth's sign-in with our labels and without placeholders: a label says what goes in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "login": ("Correo de la entidad", "Escriba su correo."),
            "password": ("Contraseña", "Escriba su contraseña."),
            "remember": ("Recordarme en este equipo por 14 días", ""),
        }
        for name, (label, required) in labels.items():
            field = self.fields[name]
            field.label = label
            field.error_messages["required"] = required
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].error_messages["invalid"] = (
            "Ese correo no está completo. Por ejemplo, marcela@entidad.gov.co."
        )
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "class": "input"})
        self.fields["password"].widget.attrs.update({"class": "input"})


class InstitutionForm(forms.Form):
    """Which of their institutions a person works in."""

    institution: forms.ModelChoiceField[Institution] = forms.ModelChoiceField(
        queryset=Institution.objects.none(),
        error_messages={"required": "Elija una entidad.", "invalid_choice": "Elija una de sus entidades."},
    )

    def __init__(self, *args: Any, own: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = cast("forms.ModelChoiceField[Institution]", self.fields["institution"])
        chooser.queryset = Institution.objects.filter(pk__in=[institution.pk for institution in own])
