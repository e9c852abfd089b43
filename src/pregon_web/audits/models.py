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


class Audit(TenantModel):
    """What this version of Pregón found in a document. Never altered: a later reading is another row."""

    document = models.ForeignKey(UploadedDocument, on_delete=models.PROTECT, related_name="+")
    pregon_version = models.CharField("versión de Pregón", max_length=40)
    # As `pregon audit --format json` prints it.
    result = models.JSONField("resultado")
    # As the page shows it: findings in words, and the document's text with its marks (presentation.py).
    page = models.JSONField("página")
    at = models.DateTimeField("revisado", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = "auditoría"

    def __str__(self) -> str:
        return f"{self.document_id}: {self.at:%Y-%m-%d}"
