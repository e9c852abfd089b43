"""What the journal's entries are about, by the names that people know: «publicación «Día del Agua»», not its number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.db.models import Model

from pregon_web.accounts.models import Institution
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.journal.models import Entry
from pregon_web.journal.wording import tell_kind, tell_subject

NAMING_FIELDS: Final = ("title", "name", "what", "product", "description", "reference")
"""The fields that a person would know a row by, the best first."""
LONGEST: Final = 80


def name_entries(institution: Institution, entries: Iterable[Entry]) -> dict[str, str]:
    """What each entry's subject is called: as its row is named now or, where it is gone, as it was.

    One query a kind of row, whatever the number of entries.
    """
    asked = list(entries)
    subjects = {entry.subject for entry in asked}
    names = _names_now(institution, subjects)
    for entry in asked:  # the newest first: the last name that a row that is gone had
        name = _pick({**entry.before, **entry.after})
        if name:
            names.setdefault(entry.subject, name)
    return {subject: _tell(subject, names.get(subject, "")) for subject in subjects}


def _names_now(institution: Institution, subjects: Iterable[str]) -> dict[str, str]:
    by_kind: dict[str, set[int]] = {}
    for subject in subjects:
        kind, _, key = subject.partition(":")
        if key.isdecimal():
            by_kind.setdefault(kind, set()).add(int(key))
    names = {}
    for kind, keys in by_kind.items():
        model = _model_of(kind)
        fields = _naming_fields(model) if model is not None else []
        if model is None or not fields:
            continue
        for row in model.objects.of(institution).filter(pk__in=keys).values("pk", *fields):
            names[f"{kind}:{row['pk']}"] = _pick(row)
    return names


def _model_of(kind: str) -> type[TenantModel] | None:
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, TenantModel) else None


def _naming_fields(model: type[Model]) -> list[str]:
    known = {field.name for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's own way to list them
    return [name for name in NAMING_FIELDS if name in known]


def _pick(values: dict[str, Any]) -> str:
    """The best of the values that name a row, "" where none does."""
    found = (values.get(name) for name in NAMING_FIELDS)
    name = next((value for value in found if isinstance(value, str) and value.strip()), "")
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _tell(subject: str, name: str) -> str:
    return f"{tell_kind(subject.partition(':')[0])} «{name}»" if name else tell_subject(subject)
