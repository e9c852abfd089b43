"""Fields of the office's forms: what a person types in Spanish, and one sentence where it cannot be taken."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import models

from pregon.figures.period import Period
from pregon.figures.spanish import parse_amount, print_date
from pregon_web.accounts.selectors import Access

_MOST = 1_000_000_000


class WordsField(forms.CharField):
    """Words. `asks` is the sentence for one left empty; without it, it may be."""

    def __init__(self, label: str, *, asks: str = "", most: int = 200, lines: int = 1, hint: str = "") -> None:
        widget = forms.Textarea(attrs={"class": "input", "rows": lines}) if lines > 1 else None
        super().__init__(
            label=label,
            required=bool(asks),
            max_length=most,
            help_text=hint,
            widget=widget or forms.TextInput(attrs={"class": "input"}),
            error_messages={"required": asks, "max_length": f"Escríbalo en {most} letras o menos."},
        )


class LinkField(forms.CharField):
    """An address of the web. What a browser would run, or what lives on the institution's own network, is refused."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=500,
            help_text=hint,
            widget=forms.TextInput(attrs={"class": "input", "inputmode": "url", "autocapitalize": "off"}),
            error_messages={"max_length": "Ese enlace es muy largo: cópielo sin lo que sigue al signo «?»."},
        )

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as in Django
        """The address, or ValidationError with one sentence."""
        link = str(super().clean(value)).strip()
        scheme, found, _ = link.partition(":")
        if found and "/" not in scheme and "." not in scheme and scheme.casefold() not in {"http", "https"}:
            raise forms.ValidationError("Escriba el enlace público, por ejemplo https://www.facebook.com/…")
        if link.startswith("\\\\") or link.casefold().startswith("file:"):
            raise forms.ValidationError("Esa es una ruta de un servidor interno. Adjunte el archivo en Evidencias.")
        return link


class DayField(forms.Field):
    """A date: a browser's own field, or typed as «6/10/2025». With `in_quarter` it must fall in the form's."""

    widget = forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d")

    def __init__(self, label: str, *, asks: str = "", in_quarter: bool = False, hint: str = "") -> None:
        super().__init__(
            label=label,
            required=bool(asks),
            help_text=hint,
            error_messages={"required": asks},
            widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d"),
        )
        self.in_quarter = in_quarter
        self.within: Period | None = None

    def to_python(self, value: Any) -> date | None:  # noqa: ANN401 - as in Django
        """The day, or ValidationError with one sentence."""
        from pregon.figures.spanish import parse_date

        text = str(value or "").strip()
        if not text:
            return None
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
        try:
            return parse_date(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def validate(self, value: date | None) -> None:
        """Refuse a day outside the quarter."""
        super().validate(value)
        if value is not None and self.within is not None and not self.within.contains(value):
            raise forms.ValidationError(
                f"El {print_date(value)} está fuera del trimestre ({self.within.span_title}). "
                "Revise la fecha o cambie de trimestre."
            )


class CountField(forms.Field):
    """How many, 0 or more, as people write it: «1.150». Left empty it is not known, which is not 0."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(
            label=label,
            required=False,
            help_text=hint,
            widget=forms.TextInput(attrs={"class": "input num", "inputmode": "numeric"}),
        )

    def to_python(self, value: Any) -> int | None:  # noqa: ANN401 - as in Django
        """The count, or ValidationError with one sentence."""
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        try:
            amount = parse_amount(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if amount.value != amount.value.to_integral_value() or not 0 <= amount.value <= _MOST:
            raise forms.ValidationError(f"«{text}» no es una cantidad: escriba un número entero, por ejemplo 45.")
        return int(amount.value)


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]  # of whichever model
    """One row of the institution, to be chosen from a list. Its rows are set by `RecordForm`."""

    def __init__(
        self, model: type[models.Model], label: str, *, asks: str = "", hint: str = "", none: str = ""
    ) -> None:
        super().__init__(
            queryset=model._base_manager.none(),  # noqa: SLF001 - empty until the form says whose
            label=label,
            required=bool(asks),
            help_text=hint,
            empty_label=none or ("Elija" if asks else "Ninguno"),
            error_messages={"required": asks, "invalid_choice": "Elija uno de la lista."},
            widget=forms.Select(attrs={"class": "input"}),
        )
        self.model = model


class ChoiceOf(forms.ChoiceField):
    """One of a closed list."""

    def __init__(
        self, label: str, choices: list[tuple[str, str]], *, asks: str = "", hint: str = "", none: str = ""
    ) -> None:
        blank = [] if asks and not none else [("", none or "Ninguno")]
        super().__init__(
            label=label,
            choices=[*blank, *choices],
            required=bool(asks),
            help_text=hint,
            error_messages={"required": asks, "invalid_choice": "Elija uno de la lista."},
            widget=forms.Select(attrs={"class": "input"}),
        )


class TickField(forms.BooleanField):
    """Yes or no."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(label=label, required=False, help_text=hint)


class RecordForm(forms.Form):
    """A record in a form: whose, of which quarter, and the version that the person is looking at.

    `version` travels hidden: who saves over somebody else's change is told, and loses nothing.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, access: Access, period: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.quarter = Period.parse(period) if period else None
        self.period = period
        for field in self.fields.values():
            if isinstance(field, RowField):
                rows = field.model._default_manager.of(access.institution)  # type: ignore[attr-defined]  # noqa: SLF001 - our manager
                has_period = any(column.name == "period" for column in field.model._meta.fields)  # noqa: SLF001 - Django's own
                field.queryset = rows.filter(period=period) if has_period else rows
            if isinstance(field, DayField) and field.in_quarter:
                field.within = self.quarter

    @property
    def record(self) -> dict[str, Any]:
        """What was typed, by the field of the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
