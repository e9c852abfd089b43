"""What the journal keeps of a row: its fields as plain JSON values, people and other rows by their key."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

_NEVER = frozenset({"id", "institution", "version", "created_at"})
"""What says nothing of the change itself."""


def snapshot(row: models.Model) -> dict[str, Any]:
    """The row's own fields by name. Dates are ISO 8601 and decimals their digits, so that a hash is always the same."""
    return {
        field.name: _plain(field.value_from_object(row))
        for field in row._meta.concrete_fields  # noqa: SLF001 - Django's own way to list them
        if field.name not in _NEVER
    }


def difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that changed, as they were and as they are."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}


def name_subject(row: models.Model) -> str:
    """How the journal names a row: «ledger.publication:12»."""
    return f"{row._meta.label_lower}:{row.pk}"  # noqa: SLF001 - Django's own name of a model


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value
