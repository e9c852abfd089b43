"""The public door: a link per office by which who has no user asks, once their e-mail is confirmed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from pregon_web.accounts.models import Office, Person
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.ledger.models import Record
from pregon_web.workflow.models.requests import Kind, ServiceRequest


class RequestLink(Record):
    """The address of an office's public form. Withdrawn, it answers that it is closed."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="dependencia")
    token = models.CharField("enlace", max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("cerrado", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["office", "pk"]
        verbose_name = "enlace del formulario público"
        verbose_name_plural = "enlaces del formulario público"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office"], condition=models.Q(withdrawn_at=None), name="request_link_one_open_per_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}"


class UnconfirmedRequest(TenantModel):
    """What somebody wrote in the public form, until they open the link of the e-mail. Then it is a request."""

    link = models.ForeignKey(RequestLink, on_delete=models.PROTECT, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=150)
    email = models.EmailField("correo")
    title = models.CharField("qué se pide", max_length=200)
    purpose = models.TextField("para qué", blank=True)
    brief = models.TextField("qué debe llevar", blank=True)
    wished_on = models.DateField("la quieren para el", null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("vence")
    confirmed_at = models.DateTimeField("confirmada", null=True, blank=True)
    request = models.OneToOneField(
        ServiceRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="solicitud"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "solicitud sin confirmar"
        verbose_name_plural = "solicitudes sin confirmar"

    def __str__(self) -> str:
        return self.title

    @property
    def is_expired(self) -> bool:
        """Whether it can no longer be confirmed."""
        return self.expires_at <= timezone.now()
