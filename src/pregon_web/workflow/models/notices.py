"""What each person wants to be told by e-mail."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from pregon_web.accounts.models import Person
from pregon_web.accounts.tenancy import TenantModel


class MailChoice(TenantModel):
    """A person's choices in an institution. Without a row they get everything that is theirs."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    wants_reminders = models.BooleanField("recordatorios de lo que vence", default=True)
    wants_digest = models.BooleanField("resumen de la semana", default=True)
    wants_approvals = models.BooleanField("piezas por aprobar", default=True)
    # The days of the last ones, so that none is sent twice, whoever sends them.
    reminded_on = models.DateField("último recordatorio", null=True, blank=True)
    digest_on = models.DateField("último resumen", null=True, blank=True)

    class Meta:
        verbose_name = "avisos por correo"
        verbose_name_plural = "avisos por correo"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "person"], name="mail_choice_one_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"

    def was_reminded(self, day: date) -> bool:
        """Whether the reminder of that day was sent."""
        return self.reminded_on is not None and self.reminded_on >= day
