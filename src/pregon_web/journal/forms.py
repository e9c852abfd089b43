"""The filter of the journal."""

from __future__ import annotations

from typing import Any

from django import forms

from pregon_web.accounts.selectors import Access
from pregon_web.journal.selectors import EntryFilter, actions_noted_for, kinds_noted_for, people_noted_for
from pregon_web.journal.wording import tell_action, tell_kind

WRONG_DAY = "Escriba día, mes y año. Por ejemplo, 17/10/2025."


def _chooser(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": "Elija de la lista."},
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": WRONG_DAY},
    )


class EntryFilterForm(forms.Form):
    """Of whom, what, to what, between which days. Only what is in the journal can be chosen."""

    person = _chooser("Persona")
    action = _chooser("Qué hizo")
    subject = _chooser("A qué")
    since = _day("Desde")
    until = _day("Hasta")

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(person.pk), person.name) for person in people_noted_for(access)]
        actions = [(action, tell_action(action)) for action in actions_noted_for(access)]
        kinds = [(kind, tell_kind(kind)) for kind in kinds_noted_for(access)]
        for name, first, choices in (
            ("person", "Todas", people),
            ("action", "Todo", actions),
            ("subject", "Todo", kinds),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("", first), *choices]

    def asked(self) -> EntryFilter:
        """The filter, of what was filled in well; what was not asks for nothing."""
        self.is_valid()
        values = self.cleaned_data
        return EntryFilter(
            person=int(values["person"]) if values.get("person") else None,
            action=values.get("action", ""),
            subject=values.get("subject", ""),
            since=values.get("since"),
            until=values.get("until"),
        )
