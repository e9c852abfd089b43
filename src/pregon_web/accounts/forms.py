"""Forms of the accounts."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm

from pregon_web.accounts.models import Institution, Office, Person, Role
from pregon_web.accounts.selectors import (
    Access,
    choosable_leaders_of,
    choosable_offices_of,
    has_office_named,
)


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


def _speak(field: forms.Field, label: str, missing: str) -> None:
    """Our label and sentence on a field of allauth's, and no placeholder."""
    field.label = label
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["class"] = "input"


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password again, before what looks after the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["password"], "Contraseña", "Escriba su contraseña.")


class EnterCodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code of the phone, or one of those in reserve, while signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["code"], "Código", "Escriba el código.")


class ConfirmCodeForm(ReauthenticateCodeForm):  # type: ignore[misc]  # allauth ships no types
    """The same, before what looks after the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["code"], "Código", "Escriba el código.")


class ActivateCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The first code, which shows that the phone has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["code"], "Código que muestra la aplicación", "Escriba el código.")


class InstitutionForm(forms.Form):
    """Which of their institutions a person works in."""

    institution = forms.IntegerField(
        error_messages={"required": "Elija una entidad.", "invalid": "Elija una de sus entidades."}
    )

    def __init__(self, *args: Any, own: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = {institution.pk: institution for institution in own}

    def clean_institution(self) -> Institution:
        """The institution of that number, one of the person's own."""
        chosen = self._own.get(self.cleaned_data["institution"])
        if chosen is None:
            raise forms.ValidationError("Elija una de sus entidades.")
        return chosen


class RolesForm(forms.Form):
    """What somebody is in the institution, and of which office whoever asks for pieces is."""

    roles = forms.TypedMultipleChoiceField(
        label="Papeles",
        choices=Role.choices,
        coerce=Role,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija al menos un papel.", "invalid_choice": "Elija papeles de la lista."},
    )
    office: forms.ModelChoiceField[Office] = forms.ModelChoiceField(
        label="Dependencia de quien solicita",
        queryset=None,
        required=False,
        empty_label="Ninguna",
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": "Elija una dependencia de la lista."},
    )

    def __init__(self, *args: Any, access: Access, own: Office | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = cast("forms.ModelChoiceField[Office]", self.fields["office"])
        chooser.queryset = choosable_offices_of(access, own)

    def clean(self) -> dict[str, Any]:
        """Who asks for pieces asks for an office."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if Role.REQUESTER in cleaned.get("roles", []) and not cleaned.get("office") and "office" not in self.errors:
            self.add_error("office", "Elija la dependencia por la que solicita.")
        return cleaned


class InvitationForm(RolesForm):
    """Whom to ask in."""

    email = forms.EmailField(
        label="Correo",
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off"}),
        error_messages={
            "required": "Escriba el correo.",
            "invalid": "Ese correo no está completo. Por ejemplo, marcela@entidad.gov.co.",
        },
    )
    name = forms.CharField(
        label="Nombre y apellido",
        max_length=150,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
        error_messages={"required": "Escriba el nombre.", "max_length": "Escriba el nombre en 150 letras o menos."},
    )
    field_order = ["email", "name", "roles", "office"]  # noqa: RUF012 - Django's own way to declare it


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """The password of whoever comes in by an invitation, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("new_password1", "Contraseña"), ("new_password2", "La misma contraseña otra vez")):
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs["class"] = "input"
            self.fields[name].error_messages["required"] = "Escriba la contraseña."


class OfficeForm(forms.Form):
    """The name of an office, and who leads it."""

    name = forms.CharField(
        label="Nombre",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input"}),
        error_messages={"required": "Escriba el nombre.", "max_length": "Escriba el nombre en 200 letras o menos."},
    )
    leader: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label="Líder",
        queryset=None,
        required=False,
        empty_label="Nadie todavía",
        help_text="Da el visto bueno a lo que se publica a nombre de la dependencia.",
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": "Elija a una persona de la lista."},
    )

    def __init__(self, *args: Any, access: Access, office: Office | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.office = office
        chooser = cast("forms.ModelChoiceField[Person]", self.fields["leader"])
        chooser.queryset = choosable_leaders_of(access, office.leader if office else None)

    def clean_name(self) -> str:
        """A name that no other office of the institution has."""
        name = " ".join(self.cleaned_data["name"].split())
        if has_office_named(self.access, name, besides=self.office):
            raise forms.ValidationError(f"Ya hay una dependencia «{name}». Si está cerrada, ábrala.")
        return name


class SecondFactorForm(forms.Form):
    """Whether everybody signs in with a code as well."""

    is_required = forms.BooleanField(required=False)


class SupervisionForm(forms.Form):
    """Which body may read, by its whole name: a list would tell who else is here."""

    body_name = forms.CharField(
        label="Nombre completo del ente",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input"}),
        error_messages={"required": "Escriba el nombre del ente."},
    )
