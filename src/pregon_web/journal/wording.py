"""The journal in words: what was done, to what, and what changed in it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.apps import apps

from pregon_web.journal.models import Entry

ACTIONS = {
    "accept": "aceptó",
    "add-recovery-codes": "hizo códigos de reserva",
    "add-totp": "activó el código de su teléfono",
    "answer": "respondió a lo que se comprobó",
    "agree": "acordó otra fecha de",
    "approve": "aprobó",
    "assign": "asignó",
    "attach": "adjuntó",
    "close": "cerró",
    "close_survey": "cerró",
    "comment": "comentó",
    "create": "creó",
    "decide": "decidió",
    "delete": "borró",
    "disable": "desactivó",
    "enable": "activó",
    "invite": "invitó",
    "publish": "publicó",
    "move": "movió",
    "remove-recovery-codes": "quitó sus códigos de reserva",
    "remove-totp": "quitó el código de su teléfono",
    "renew": "hizo una versión nueva de",
    "reopen": "reabrió",
    "reopen_survey": "reabrió",
    "restore": "recuperó",
    "return": "devolvió",
    "send": "envió a aprobar",
    "sign-in": "entró",
    "sign-out": "salió",
    "update": "cambió",
    "value": "valoró",
    "visit": "visitó",
    "withdraw": "retiró",
}
EMPTY = "nada"
NOTES = {"reason": "motivo", "channels": "canales", "products": "productos", "roles": "papeles"}
"""What an entry keeps that is no field of its row."""


def tell_action(action: str) -> str:
    """«creó»; the code itself where an app has not given its word."""
    return ACTIONS.get(action, action)


def tell_kind(kind: str) -> str:
    """«dependencia» for «accounts.office»: as its model is called; the code where there is no such model any more."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)  # noqa: SLF001 - Django's public name for it
    except (LookupError, ValueError):
        return kind


def tell_subject(subject: str) -> str:
    """«dependencia 7» for «accounts.office:7»."""
    kind, _, key = subject.partition(":")
    return f"{tell_kind(kind)} {key}".strip()


def tell_changes(entry: Entry) -> list[tuple[str, str, str]]:
    """Each value that the entry holds: its name, how it was, how it became."""
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    labels = _labels_of(entry.subject.partition(":")[0])
    return [(labels.get(name, name), _tell(entry.before.get(name)), _tell(entry.after.get(name))) for name in names]


@lru_cache(maxsize=128)
def _labels_of(kind: str) -> dict[str, str]:
    """What a person calls the fields of a kind of row: «fecha» for `published_on`."""
    try:
        fields = apps.get_model(kind)._meta.concrete_fields  # noqa: SLF001 - Django's own way to list them
    except (LookupError, ValueError):
        return dict(NOTES)
    return {**NOTES, **{field.name: str(field.verbose_name) for field in fields}}


def _tell(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value is None or value in ("", [], {}):
        return EMPTY
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_tell, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
