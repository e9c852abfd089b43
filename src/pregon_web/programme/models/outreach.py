"""Campaigns with their products, commemorations, and events with who was called and who came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pregon_web.accounts.models import Office
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.ledger.models import Channel, Evidence, Publication, QuarterRecord


class Campaign(QuarterRecord):
    """A campaign. `start` and `end` bound it, or neither for one that runs all the year on its dates."""

    reference = models.CharField("nombre corto", max_length=60)
    title = models.CharField("título", max_length=200)
    aim = models.TextField("objetivo", blank=True)
    target_audience = models.CharField("público", max_length=200, blank=True)
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="dependencia"
    )
    start = models.DateField("desde", null=True, blank=True)
    end = models.DateField("hasta", null=True, blank=True)
    is_internal = models.BooleanField("va solo a la gente de la entidad", default=False)
    owed_by = models.CharField("quién debe lo que falta", max_length=150, blank=True)
    due = models.DateField("llega el", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "campaña"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "reference"], name="campaign_one_per_reference"),
        ]

    def __str__(self) -> str:
        return self.title


class CampaignChannel(TenantModel):
    """A channel of a campaign, in the office's order."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "channel"], name="campaign_channel_once"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.channel_id}"


class Deliverable(TenantModel):
    """A product of a campaign: how many were promised and how many delivered; None is not known, never 0."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    product = models.CharField("producto", max_length=200)
    promised = models.PositiveIntegerField("prometidos", null=True, blank=True)
    delivered = models.PositiveIntegerField("entregados", null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = "producto"

    def __str__(self) -> str:
        return self.product


class Commemoration(QuarterRecord):
    """A day that the institution marks: planned, and the publication that marked it."""

    name = models.CharField("efeméride", max_length=200)
    day = models.DateField("fecha")
    campaign = models.CharField("campaña", max_length=60, blank=True)
    publication = models.ForeignKey(Publication, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # A day of the national or the United Nations' calendar, by its code there; "" for one of the institution's own.
    calendar_code = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        verbose_name = "efeméride"

    def __str__(self) -> str:
        return self.name


class Event(QuarterRecord):
    """An event. `called` and `attended` are people counted by `method`; None is not known, never nobody."""

    reference = models.CharField("referencia", max_length=40)
    day = models.DateField("fecha")
    title = models.CharField("evento", max_length=200)
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="dependencia"
    )
    called = models.PositiveIntegerField("convocados", null=True, blank=True)
    attended = models.PositiveIntegerField("asistentes", null=True, blank=True)
    method = models.CharField("cómo se contó", max_length=120, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    has_minors = models.BooleanField("asisten menores de edad", default=False)
    consent = models.CharField("autorización de imagen", max_length=200, blank=True)
    owed_by = models.CharField("quién debe la asistencia", max_length=150, blank=True)
    due = models.DateField("llega el", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        verbose_name = "evento"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "reference"], name="event_one_per_reference"),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "period", "day"], name="events_by_day")]

    def __str__(self) -> str:
        return self.title


class AttendanceList(TenantModel):
    """The list of who came: personal data, seen by few, kept until `keep_until`; the event's count stays after it."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("archivo", max_length=200)
    sha256 = models.CharField("huella", max_length=64)
    size = models.PositiveBigIntegerField("tamaño en bytes")
    keep_until = models.DateField("se guarda hasta")
    purged_at = models.DateTimeField("se borró", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "lista de asistencia"

    def __str__(self) -> str:
        return f"{self.event_id}: {self.name}"


class Survey(QuarterRecord):
    """One question, from 1 to 5, to who was at an event or used the service. Nobody's name, address or hour is kept.

    `answers` and `satisfied` (those of 4 and 5) are fixed when it closes: until then it is in no figure.
    """

    reference = models.CharField("referencia", max_length=40)
    title = models.CharField("de qué se pregunta", max_length=200)
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    token = models.CharField("enlace", max_length=64, unique=True)
    # With fewer answers it says nothing of who answered, and of those few it would say too much.
    fewest = models.PositiveSmallIntegerField("respuestas mínimas", default=5)
    closed_at = models.DateTimeField("cerrada", null=True, blank=True)
    answers = models.PositiveIntegerField("respuestas", null=True, blank=True)
    satisfied = models.PositiveIntegerField("respuestas de 4 y 5", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "encuesta"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "reference"], name="survey_one_per_reference"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, answers=None, satisfied=None)
                | models.Q(closed_at__isnull=False, answers__gte=models.F("satisfied")),
                name="survey_counts_exactly_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyTally(TenantModel):
    """How many answered a survey with one value: the count, never an answer."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    value = models.PositiveSmallIntegerField("valor")
    count = models.PositiveIntegerField("respuestas", default=0)

    class Meta:
        ordering: ClassVar = ["survey", "value"]
        verbose_name = "conteo de la encuesta"
        verbose_name_plural = "conteos de encuestas"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "value"], name="tally_one_per_value"),
            models.CheckConstraint(condition=models.Q(value__range=(1, 5)), name="tally_value_of_five"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.value}, {self.count}"


class SurveyRemark(TenantModel):
    """What somebody would improve, apart from the value they gave and without when they wrote it."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    text = models.CharField("qué mejoraría", max_length=500)

    class Meta:
        ordering: ClassVar = ["text"]
        verbose_name = "comentario de la encuesta"
        verbose_name_plural = "comentarios de encuestas"

    def __str__(self) -> str:
        return self.text[:60]
