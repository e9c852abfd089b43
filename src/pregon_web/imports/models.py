"""What was brought, what was read in it, and which entries of the journal it wrote."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from pregon_web.accounts.models import Person
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.ledger.models import PERIOD


class Import(TenantModel):
    """Files brought together for a quarter. Looked at first, then taken whole, and undone whole."""

    class State(models.TextChoices):
        READING = "reading", "Leyéndose"
        PREVIEW = "preview", "Sin guardar"
        COMMITTED = "committed", "Guardada"
        UNDONE = "undone", "Deshecha"

    period = models.CharField("trimestre", max_length=7, validators=[RegexValidator(f"^{PERIOD}$")])
    state = models.CharField("estado", max_length=20, choices=State, default=State.READING)
    # What the library answered of each file (pregon.importers.serial), and what the person answered it.
    receipts = models.JSONField("lo que se leyó", default=list)
    answers = models.JSONField("respuestas", default=dict)
    summary = models.JSONField("lo que hizo", default=dict)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField("traída", auto_now_add=True)
    committed_at = models.DateTimeField("guardada", null=True, blank=True)
    undone_at = models.DateTimeField("deshecha", null=True, blank=True)
    # The entries that it wrote: what is undone is exactly what they say.
    first_entry = models.PositiveBigIntegerField("primera anotación", null=True, blank=True)
    last_entry = models.PositiveBigIntegerField("última anotación", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = "importación"
        verbose_name_plural = "importaciones"

    def __str__(self) -> str:
        return f"{self.period}, {self.brought_at:%Y-%m-%d}"


class KeptAnswer(TenantModel):
    """An answer that holds for every file of one shape: the columns of the office's own table are told once."""

    key = models.CharField("pregunta", max_length=200)
    value = models.TextField("respuesta")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "respuesta guardada"
        constraints: ClassVar = [models.UniqueConstraint(fields=["institution", "key"], name="kept_answer_once")]

    def __str__(self) -> str:
        return self.key


class ImportFile(TenantModel):
    """A file as it was handed in, kept by its content. A zip is one file."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("archivo", max_length=200)
    sha256 = models.CharField("huella", max_length=64)
    size = models.PositiveBigIntegerField("tamaño en bytes")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "archivo importado"
        indexes: ClassVar = [models.Index(fields=["institution", "sha256"], name="imported_by_content")]

    def __str__(self) -> str:
        return self.name
