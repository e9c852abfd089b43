"""What the access tests ask of the journal; its entries are those of everything else."""

from __future__ import annotations

from django.db import transaction

from pregon_web.accounts.models import Role
from pregon_web.journal.services import record_change
from tests.web.towns import Town


def furnish(town: Town, canary: str) -> dict[str, object]:
    """An entry that holds the canary, of an action that nobody else's journal has; and a filter that finds it."""
    editor = town.people[Role.EDITOR]
    with transaction.atomic():
        record_change(
            institution=town.institution,
            person=editor,
            action=f"sing-{town.slug}",
            subject=f"tests.{town.slug}:1",
            after={"canto": canary},
        )
    return {"journal:person": editor.pk, "export_entries:person": editor.pk}
