"""What was brought, and what was found in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pregon_web.accounts.models import Person
from pregon_web.accounts.tenancy import TenantModel


class UploadedDocument(TenantModel):
    """A file somebody brought and that could be read. One that could not is never kept."""

    name = models.CharField("archivo", max_length=200)
    sha256 = models.CharField("huella", max_length=64)
    size = models.PositiveBigIntegerField("tamaño en bytes")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("subido", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = "documento"

    def __str__(self) -> str:
        return self.name


class Submission(TenantModel):
    """A file that waits to be read, or what became of it: its audit, or the sentence that says why there is none.

    The file itself is set aside until it was read; one that could not be read is not kept.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Esperando"
        DONE = "done", "Revisado"
        REFUSED = "refused", "No se pudo leer"

    name = models.CharField("archivo", max_length=200)
    token = models.CharField("dónde espera", max_length=64)
    against = models.CharField("trimestre con el que se compara", max_length=7, blank=True)
    state = models.CharField("estado", max_length=20, choices=State, default=State.WAITING)
    problem = models.CharField("por qué no se pudo", max_length=500, blank=True)
    audit = models.ForeignKey("Audit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recibido", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = "documento en espera"

    def __str__(self) -> str:
        return self.name


class Audit(TenantModel):
    """What this version of Pregón found in a document. Never altered: a later reading is another row."""

    document = models.ForeignKey(UploadedDocument, on_delete=models.PROTECT, related_name="+")
    pregon_version = models.CharField("versión de Pregón", max_length=40)
    # As `pregon audit --format json` prints it.
    result = models.JSONField("resultado")
    # As the page shows it: findings in words, and the document's text with its marks (presentation.py).
    page = models.JSONField("página")
    # The quarter whose records it was compared with, where it was.
    against = models.CharField("comparado con", max_length=7, blank=True)
    at = models.DateTimeField("revisado", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = "auditoría"

    def __str__(self) -> str:
        return f"{self.document_id}: {self.at:%Y-%m-%d}"


class Decision(TenantModel):
    """What somebody decided of a finding. Never altered: a change of mind is another row, and the last one counts.

    It is kept by the document's content and the finding's words, so that it is known again when the same file comes.
    """

    class Choice(models.TextChoices):
        CORRECTED = "corrected", "Corregido"
        ACCEPTED = "accepted", "Aceptado con motivo"
        NO_ERROR = "no_error", "No es un error"

    sha256 = models.CharField("huella del documento", max_length=64)
    finding = models.CharField("huella del hallazgo", max_length=64)
    choice = models.CharField("decisión", max_length=20, choices=Choice)
    reason = models.CharField("motivo", max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("decidido", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name = "decisión"
        verbose_name_plural = "decisiones"
        indexes: ClassVar = [models.Index(fields=["institution", "sha256"], name="decisions_of_a_document")]

    def __str__(self) -> str:
        return f"{self.finding[:8]}: {self.choice}"
