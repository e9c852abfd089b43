"""The records of a quarter: for now, the registro workbook that holds them."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from pregon_web.accounts.models import Person
from pregon_web.accounts.tenancy import TenantModel

PERIOD = r"\d{4}-T[1-4]"


class Registro(TenantModel):
    """A registro workbook that was accepted whole. Each upload for a quarter is a new version; the last one counts."""

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
