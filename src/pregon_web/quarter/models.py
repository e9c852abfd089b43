"""A quarter as a whole: its control block, who signs it, what it lacks, its closings, and its workbooks."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from pregon.registro import vocabulary as words
from pregon_web.accounts.models import Person
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.ledger.models import PERIOD, QuarterRecord, choices_of

__all__ = ["PERIOD", "Closing", "ControlBlock", "DeclaredGap", "PendingThing", "Registro", "SignOff"]


class Registro(TenantModel):
    """A registro workbook that was accepted whole: its records became rows, and the file stays as their origin.

    Each upload for a quarter is a new version.
    """

    period = models.CharField("trimestre", max_length=7, validators=[RegexValidator(f"^{PERIOD}$")])
    version = models.PositiveIntegerField("versión")
    sha256 = models.CharField("huella", max_length=64)
    name = models.CharField("archivo", max_length=200)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("subido", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-period", "-version"]
        verbose_name = "registro"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "version"], name="registro_one_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.period}, versión {self.version}"


class ControlBlock(QuarterRecord):
    """What the cover of the report says of the document itself, and the offices under the names they had then."""

    code = models.CharField("código del documento", max_length=60, blank=True)
    document_version = models.CharField("versión del documento", max_length=20, blank=True)
    # In Colombian local time, without zone, as the registro has it.
    cutoff = models.CharField("corte", max_length=30, blank=True)
    prepared_on = models.DateField("fecha", null=True, blank=True)
    procedure = models.CharField("procedimiento", max_length=200, blank=True)
    steps = models.JSONField("pasos", default=list)
    process = models.CharField("proceso", max_length=200, blank=True)
    city = models.CharField("ciudad", max_length=120, blank=True)
    offices = models.JSONField("dependencias y sus otros nombres", default=list)

    class Meta:
        verbose_name = "control del documento"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period"], name="control_one_per_period"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.period}"


class SignOff(QuarterRecord):
    """Who prepares, reviews or approves the report of a quarter, and what they signed: the records as they were then.

    One that was signed says nothing of records changed since: `fingerprint` tells.
    """

    role = models.CharField("papel", max_length=20, choices=choices_of(words.ROLES))
    name = models.CharField("nombre", max_length=150)
    post = models.CharField("cargo", max_length=150, blank=True)
    due = models.DateField("vence", null=True, blank=True)
    signed_on = models.DateField("firmado el", null=True, blank=True)
    signed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField("huella de lo firmado", max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "firma"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "role"], name="sign_off_one_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"


class PendingThing(QuarterRecord):
    """Something the report lacks: for which section, what, in which file it will come, who owes it and by when."""

    section = models.CharField("sección", max_length=40, choices=choices_of(words.SECTIONS))
    what = models.CharField("qué falta", max_length=300)
    file = models.CharField("archivo", max_length=200, blank=True)
    person = models.CharField("quién lo tiene", max_length=150, blank=True)
    due = models.DateField("llega el", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "pendiente"

    def __str__(self) -> str:
        return self.what


class DeclaredGap(QuarterRecord):
    """A gap of the report, in its own words, that the office declares instead of filling, and why."""

    section = models.CharField("sección", max_length=40, choices=choices_of(words.SECTIONS))
    what = models.CharField("qué falta", max_length=400)
    reason = models.CharField("por qué no llega", max_length=400)
    declared_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "faltante declarado"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "section", "what"], name="declared_gap_once"),
        ]

    def __str__(self) -> str:
        return self.what


class Closing(TenantModel):
    """A quarter that was closed: its records frozen in a registro, its four files, and the journal's head they print.

    Reopening ends it, with its reason; closing again is another row with the next version. Nothing here is deleted.
    """

    period = models.CharField("trimestre", max_length=7)
    version = models.PositiveIntegerField("versión")
    registro_sha256 = models.CharField("huella del registro congelado", max_length=64)
    # The earlier quarters that it was compared with, as they were then.
    earlier = models.JSONField("huellas de los registros anteriores", default=list)
    fingerprint = models.CharField("huella de los registros", max_length=64)
    files = models.JSONField("archivos y sus huellas")
    journal_head = models.CharField("huella de la bitácora", max_length=64)
    pregon_version = models.CharField("versión de Pregón", max_length=40)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("cerrado")
    reopened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField("reabierto", null=True, blank=True)
    reopen_reason = models.CharField("motivo", max_length=400, blank=True)

    class Meta:
        ordering: ClassVar = ["period", "version"]
        verbose_name = "cierre"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "version"], name="closing_one_per_version"),
            models.UniqueConstraint(
                fields=["institution", "period"],
                condition=models.Q(reopened_at__isnull=True),
                name="closing_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}, versión {self.version}"
