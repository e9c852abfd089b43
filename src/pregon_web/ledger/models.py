"""Channels, publications, observations and evidence, each row of one institution."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower

from pregon.records.organisation import Platform
from pregon.records.publishing import Method, ObservationStatus, PublicationKind
from pregon.registro import vocabulary as words
from pregon_web.accounts.models import Person
from pregon_web.accounts.tenancy import TenantModel


def choices_of(vocabulary: words.Vocabulary) -> list[tuple[str, str]]:
    """A closed list of the records as a field's choices, with the words of the registro."""
    return [(str(value), label) for value, label in vocabulary.labels.items()]


PERIOD = r"\d{4}-T[1-4]"
"""How a quarter is written in rows, files and addresses."""


def quarter_of(day: date) -> str:
    """The quarter that a day is in, as rows name it: «2025-T4»."""
    return f"{day.year}-T{(day.month + 2) // 3}"


class Record(TenantModel):
    """A row that people change: each change raises its version, so that two who edit at once are told of it."""

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class QuarterRecord(Record):
    """A record of one quarter: it is in that quarter's report, and a closed quarter holds it fast."""

    period = models.CharField("trimestre", max_length=7, validators=[RegexValidator(f"^{PERIOD}$")])

    class Meta:
        abstract = True


class PeriodLock(TenantModel):
    """A quarter that was closed: none of its records changes until it is opened again."""

    period = models.CharField("trimestre", max_length=7)
    at = models.DateTimeField("cerrado", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["period"]
        verbose_name = "cierre"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period"], name="lock_one_per_period"),
        ]

    def __str__(self) -> str:
        return self.period


class Channel(Record):
    """Where the institution publishes: its website, a network, its internal messages."""

    code = models.SlugField("código", max_length=40)
    name = models.CharField("nombre", max_length=80)
    platform = models.CharField("plataforma", max_length=20, choices=choices_of(words.PLATFORMS))
    is_internal = models.BooleanField("solo llega a la gente de la entidad", default=False)
    position = models.PositiveIntegerField("lugar en el informe", default=0)
    is_active = models.BooleanField("se usa", default=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = "canal"
        verbose_name_plural = "canales"
        constraints: ClassVar = [
            models.UniqueConstraint("institution", Lower("code"), name="channel_one_per_code"),
            models.CheckConstraint(condition=models.Q(platform__in=list(Platform)), name="channel_platform_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Evidence(QuarterRecord):
    """What proves a record: a stored file with its SHA-256, or a link with the day it was last seen."""

    reference = models.CharField("referencia", max_length=40)
    title = models.CharField("qué prueba", max_length=200)
    file = models.CharField("archivo", max_length=200, blank=True)
    sha256 = models.CharField("huella", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("tamaño en bytes", default=0)
    content_type = models.CharField("tipo", max_length=100, blank=True)
    is_stored = models.BooleanField("el archivo está guardado aquí", default=False)
    link = models.CharField("enlace", max_length=500, blank=True)
    checked_at = models.DateTimeField("enlace visto", null=True, blank=True)
    check_result = models.CharField("resultado", max_length=120, blank=True)
    dated = models.DateField("fecha", null=True, blank=True)
    section = models.CharField("sección", max_length=40, blank=True, choices=choices_of(words.SECTIONS))
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    month = models.CharField("mes", max_length=7, blank=True)
    series = models.CharField("serie documental", max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["reference"]
        verbose_name = "evidencia"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "reference"], name="evidence_one_per_reference"),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "sha256"], name="evidence_by_content")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"


class Publication(QuarterRecord):
    """One thing published once in one channel."""

    reference = models.CharField("referencia", max_length=60)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("tipo", max_length=20, choices=choices_of(words.KINDS))
    published_on = models.DateField("fecha")
    published_at = models.DateTimeField("instante", null=True, blank=True)
    is_proved = models.BooleanField("el enlace prueba el instante", default=False)
    title = models.CharField("título", max_length=300)
    text = models.TextField("texto", blank=True)
    link = models.CharField("enlace", max_length=500, blank=True)
    # A campaign lives in the app above this one: it is named here by its reference, as in the registro.
    campaign = models.CharField("campaña", max_length=60, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    corrected_on = models.DateField("corregida el", null=True, blank=True)
    withdrawn_on = models.DateField("retirada el", null=True, blank=True)
    correction = models.CharField("qué se corrigió", max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["published_on", "pk"]
        verbose_name = "publicación"
        verbose_name_plural = "publicaciones"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "period", "reference"], name="publication_one_per_reference"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=list(PublicationKind)), name="publication_kind_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "period", "published_on"], name="publications_by_day"),
            models.Index(fields=["institution", "channel", "published_on"], name="publications_of_channel"),
        ]

    def __str__(self) -> str:
        return self.title


class Observation(TenantModel):
    """A metric's value for a channel and a period. Never altered: a new value supersedes it, with its reason.

    `is_current` is what alone changes in a row, when another one takes its place; one that is taken back also lets go
    of the one before it.
    """

    metric = models.CharField("métrica", max_length=40)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    # The quarter it is reported in, and what it measures: a month of it, or all of it.
    period = models.CharField("trimestre", max_length=7, validators=[RegexValidator(f"^{PERIOD}$")])
    measured = models.CharField("periodo medido", max_length=24)
    status = models.CharField("estado", max_length=20, choices=choices_of(words.STATUSES))
    value = models.DecimalField("cifra", max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField("unidad", max_length=12, blank=True)
    ulp = models.DecimalField("redondeada a", max_digits=24, decimal_places=6, default=0)
    raw = models.CharField("como se escribió", max_length=60, blank=True)
    method = models.CharField("método", max_length=20, choices=choices_of(words.METHODS))
    source = models.CharField("fuente", max_length=300, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owed_by = models.CharField("quién la debe", max_length=150, blank=True)
    due = models.DateField("llega el", null=True, blank=True)
    note = models.TextField("nota", blank=True)
    reason = models.CharField("motivo del cambio", max_length=300, blank=True)
    supersedes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("anotada", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "medición"
        verbose_name_plural = "mediciones"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "metric", "channel", "period", "measured"],
                condition=models.Q(is_current=True),
                name="observation_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(status=ObservationStatus.VALUE, value__isnull=False)
                | (~models.Q(status=ObservationStatus.VALUE) & models.Q(value__isnull=True)),
                name="observation_value_exactly_when_known",
            ),
            models.CheckConstraint(condition=models.Q(method__in=list(Method)), name="observation_method_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "period", "is_current"], name="observations_by_quarter")
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.channel_id} {self.measured}"
