"""One row for each change. Rows are added, never altered."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar, NoReturn

from django.db import models

from pregon_web.accounts.models import Person
from pregon_web.accounts.tenancy import TenantModel, TenantQuerySet
from pregon_web.journal.chain import Link


class EntryIsFinal(RuntimeError):  # noqa: N818 - what happened, not a suffix
    """Somebody tried to alter or remove an entry of the journal through the program."""


class EntryQuerySet(TenantQuerySet["Entry"]):
    """Entries together are as final as one alone."""

    def update(self, **_: Any) -> NoReturn:
        """Entries stay as they are."""
        raise EntryIsFinal("entries cannot be altered")

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refused before Django opens a transaction for it."""
        raise EntryIsFinal("entries cannot be altered")

    def delete(self) -> NoReturn:
        """Entries stay."""
        raise EntryIsFinal("entries cannot be removed")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Entry]:  # noqa: ANN401 - as in Django
        """Add rows; never write over those that are there, nor leave out one that is in the way."""
        if kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            raise EntryIsFinal("entries cannot be written over")
        return super().bulk_create(objs, *args, **kwargs)


class Entry(TenantModel):
    """Who did what to which thing, when, and how it was before and after."""

    sequence = models.PositiveBigIntegerField("número")
    at = models.DateTimeField("cuándo")
    # The person by key: whoever leaves is still named by their number, and nothing of theirs is copied here.
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField("qué hizo", max_length=40)
    subject = models.CharField("a qué", max_length=120)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    previous = models.CharField("huella anterior", max_length=64)
    digest = models.CharField("huella", max_length=64)

    objects = models.Manager.from_queryset(EntryQuerySet)()  # type: ignore[misc]  # of the class, as in the base

    class Meta:
        ordering: ClassVar = ["sequence"]
        verbose_name = "anotación"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "sequence"], name="journal_one_entry_per_number"),
            models.UniqueConstraint(fields=["institution", "previous"], name="journal_chain_does_not_fork"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.action} {self.subject}"

    def link(self) -> Link:
        """What the row's hash has to answer for, read from the row as it stands."""
        return Link(
            institution=self.institution_id,
            sequence=self.sequence,
            at=self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            person=self.person_id,
            action=self.action,
            subject=self.subject,
            before=self.before,
            after=self.after,
            previous=self.previous,
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; never write over one."""
        if not self._state.adding:
            raise EntryIsFinal(f"entry {self.sequence} cannot be altered")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Entries stay."""
        raise EntryIsFinal(f"entry {self.sequence} cannot be removed")
