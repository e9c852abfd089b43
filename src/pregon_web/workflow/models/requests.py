"""What an office asks of communications, when it is due by the institution's own table, and how it went."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from pregon.records.service import RequestKind
from pregon_web.accounts.models import Office, Person
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.ledger.models import PERIOD, QuarterRecord, Record


class Priority(models.TextChoices):
    """How soon it is needed; with the kind it gives the days."""

    NORMAL = "normal", "Normal"
    HIGH = "high", "Alta"
    URGENT = "urgent", "Urgente"


class State(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", "Recibida"
    IN_PROGRESS = "in_progress", "En proceso"
    IN_REVIEW = "in_review", "En revisión"
    APPROVED = "approved", "Aprobada"
    PUBLISHED = "published", "Publicada"
    DELIVERED = "delivered", "Entregada"
    RETURNED = "returned", "Devuelta"
    CANCELLED = "cancelled", "Cancelada"


class Origin(models.TextChoices):
    """How it arrived. What did not arrive through Pregón was typed by the editor."""

    OFFICE = "office", "En Pregón"
    FORM = "form", "Formulario público"
    PHONE = "phone", "Por teléfono"
    WHATSAPP = "whatsapp", "Por WhatsApp"
    EMAIL = "email", "Por correo"
    IN_PERSON = "in_person", "En persona"
    WORKBOOK = "workbook", "Registro de Excel"


class Kind(Record):
    """A kind of request as the institution names it. `counts_as` is how the report counts it."""

    name = models.CharField("nombre", max_length=80)
    counts_as = models.CharField(
        "se cuenta como", max_length=20, choices=[(each.value, each.value) for each in RequestKind]
    )
    position = models.PositiveIntegerField("lugar", default=0)
    is_active = models.BooleanField("se ofrece", default=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = "tipo de solicitud"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "name"], name="kind_one_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Deadline(Record):
    """A line of the table of terms: the business days for a kind and a priority. 0 is the same day."""

    kind = models.ForeignKey(Kind, on_delete=models.CASCADE, related_name="+")
    priority = models.CharField("prioridad", max_length=10, choices=Priority.choices)
    business_days = models.PositiveSmallIntegerField("días hábiles")

    class Meta:
        ordering: ClassVar = ["kind", "pk"]
        verbose_name = "plazo"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "priority"], name="deadline_one_per_kind_and_priority"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.priority}: {self.business_days}"


class Closure(Record):
    """A day on which the institution does not work and the country does: the town's day, the shared days off."""

    day = models.DateField("día")
    reason = models.CharField("motivo", max_length=150)

    class Meta:
        ordering: ClassVar = ["day"]
        verbose_name = "cierre local"
        verbose_name_plural = "cierres locales"
        constraints: ClassVar = [models.UniqueConstraint(fields=["institution", "day"], name="closure_one_per_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.reason}"


class Policy(Record):
    """How the institution approves: in which order, what the approver's link demands, and how long it serves."""

    class Demand(models.TextChoices):
        """What whoever opens the link has to show."""

        SIGN_IN = "sign_in", "Entrar con su usuario"
        SECOND_FACTOR = "second_factor", "Entrar con su usuario y el código de su teléfono"

    order = models.JSONField("orden de las aprobaciones", default=list)
    link_demand = models.CharField("qué pide el enlace", max_length=20, choices=Demand.choices, default=Demand.SIGN_IN)
    link_hours = models.PositiveSmallIntegerField("horas que sirve el enlace", default=72)
    remind_days = models.PositiveSmallIntegerField("días hábiles antes de vencer en que se avisa", default=1)
    # The names that pieces have to spell right, each with the wrong spellings that have been seen.
    names = models.JSONField("nombres de la entidad", default=list)

    class Meta:
        verbose_name = "reglas de aprobación"
        constraints: ClassVar = [models.UniqueConstraint(fields=["institution"], name="policy_one_per_institution")]

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.order}"


class ServiceRequest(QuarterRecord):
    """A request. Its quarter is the one in which it was asked; what happens later is dated in its moves.

    `due` is worked out of the table when it is received; `agreed_on`, with its reason, is the date that was agreed
    instead. `delivered_on` is the day it was delivered or published: where the link proves the instant, that day.
    """

    reference = models.CharField("referencia", max_length=40)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+", verbose_name="tipo")
    title = models.CharField("qué se pide", max_length=200)
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="dependencia"
    )
    requester = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="solicitante"
    )
    requester_name = models.CharField("quién pide", max_length=150, blank=True)
    requester_email = models.EmailField("correo de quien pide", blank=True)
    origin = models.CharField("cómo llegó", max_length=20, choices=Origin.choices, default=Origin.OFFICE)
    purpose = models.TextField("para qué", blank=True)
    brief = models.TextField("qué debe llevar", blank=True)
    asked_on = models.DateField("pedida el")
    wished_on = models.DateField("la quieren para el", null=True, blank=True)
    priority = models.CharField("prioridad", max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    priority_reason = models.CharField("por qué es urgente", max_length=300, blank=True)
    due = models.DateField("vence el", null=True, blank=True)
    agreed_on = models.DateField("fecha acordada", null=True, blank=True)
    agreed_reason = models.CharField("por qué se acordó otra fecha", max_length=300, blank=True)
    assignee = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="quién la hace"
    )
    state = models.CharField("estado", max_length=20, choices=State.choices, default=State.RECEIVED)
    # The day of the move that brought it to its state, and those of the two that the report counts by.
    state_on = models.DateField("en ese estado desde", null=True, blank=True)
    approved_on = models.DateField("aprobada el", null=True, blank=True)
    delivered_on = models.DateField("entregada el", null=True, blank=True)
    # A campaign lives in a sister app: it is named here by its reference, as in the registro.
    campaign = models.CharField("campaña", max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_on", "pk"]
        verbose_name = "solicitud"
        verbose_name_plural = "solicitudes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "reference"], name="request_one_per_reference"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="request_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "state", "due"], name="requests_by_state"),
            models.Index(fields=["institution", "asked_on"], name="requests_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"


class RequestFile(TenantModel):
    """A file that came with a request."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("archivo", max_length=200)
    sha256 = models.CharField("huella", max_length=64)
    size = models.PositiveBigIntegerField("tamaño en bytes")
    content_type = models.CharField("tipo", max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "archivo de la solicitud"

    def __str__(self) -> str:
        return self.name


class Move(TenantModel):
    """A step of a request from one state to another. Never altered."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="+")
    before = models.CharField("de", max_length=20, choices=State.choices, blank=True)
    after = models.CharField("a", max_length=20, choices=State.choices)
    happened_on = models.DateField("fecha")
    note = models.TextField("nota", blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    period = models.CharField("trimestre", max_length=7, validators=[RegexValidator(f"^{PERIOD}$")])
    at = models.DateTimeField("anotado", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "paso de la solicitud"
        verbose_name_plural = "pasos de la solicitud"

    def __str__(self) -> str:
        return f"{self.request_id}: {self.after}"
