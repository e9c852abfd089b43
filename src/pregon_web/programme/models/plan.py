"""The procedure, the communication plan and what was done of it, the communication matrix and the indicators' cards."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from pregon.records.programme import IndicatorKind
from pregon.registro import vocabulary as words
from pregon_web.ledger.models import Evidence, QuarterRecord, Record, choices_of


class ControlledDocument(Record):
    """A document with editions: a draft is written, a committee's minute approves it, and then it does not change.

    `edition` is the version that people speak of; `version`, as in every record, counts the changes of the row.
    """

    edition = models.PositiveSmallIntegerField("versión", default=1)
    code = models.CharField("código", max_length=60, blank=True)
    title = models.CharField("título", max_length=200)
    dated = models.DateField("fecha")
    changes = models.CharField("qué cambió", max_length=400, blank=True)
    approved_on = models.DateField("aprobada el", null=True, blank=True)
    committee = models.CharField("comité", max_length=150, blank=True)
    minute = models.CharField("acta", max_length=120, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        """Whether no minute approves it yet: it may still change."""
        return self.approved_on is None


class Procedure(ControlledDocument):
    """The communications procedure: its steps, each with its code («6.2/6») and what it asks for."""

    steps = models.JSONField("pasos", default=list)

    class Meta:
        ordering: ClassVar = ["edition"]
        verbose_name = "procedimiento"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "edition"], name="procedure_one_per_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, versión {self.edition}"


class Plan(ControlledDocument):
    """The communication plan of a fiscal year, with its objectives in order."""

    fiscal_year = models.PositiveSmallIntegerField(
        "vigencia", validators=[MinValueValidator(2000), MaxValueValidator(2099)]
    )
    objectives = models.JSONField("objetivos", default=list)

    class Meta:
        ordering: ClassVar = ["fiscal_year", "edition"]
        verbose_name = "plan de comunicaciones"
        verbose_name_plural = "planes de comunicaciones"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "fiscal_year", "edition"], name="plan_one_per_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.fiscal_year}, versión {self.edition}"


class Measured(models.Model):
    """What an activity is measured by. `target` is in the unit of the result, per cent as a rule."""

    indicator = models.CharField(
        "con qué se mide", max_length=20, choices=choices_of(words.INDICATORS), default=IndicatorKind.COMPLETION
    )
    formula = models.CharField("fórmula", max_length=300, blank=True)
    target = models.DecimalField("meta del indicador", max_digits=14, decimal_places=4, null=True, blank=True)

    class Meta:
        abstract = True


class Activity(Record, Measured):
    """An activity of an edition of the plan: how much of it each quarter, when, who answers for it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    reference = models.CharField("referencia", max_length=40)
    objective = models.CharField("objetivo", max_length=300, blank=True)
    step = models.CharField("paso del procedimiento", max_length=40, blank=True)
    title = models.CharField("actividad", max_length=300)
    unit = models.CharField("se cuenta en", max_length=80, blank=True)
    first_quarter = models.PositiveIntegerField("primer trimestre", null=True, blank=True)
    second_quarter = models.PositiveIntegerField("segundo trimestre", null=True, blank=True)
    third_quarter = models.PositiveIntegerField("tercer trimestre", null=True, blank=True)
    fourth_quarter = models.PositiveIntegerField("cuarto trimestre", null=True, blank=True)
    start = models.DateField("desde", null=True, blank=True)
    end = models.DateField("hasta", null=True, blank=True)
    owner = models.CharField("quién responde", max_length=150, blank=True)
    budget = models.DecimalField("presupuesto", max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "actividad del plan"
        verbose_name_plural = "actividades del plan"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "reference"], name="activity_one_per_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"

    @property
    def targets(self) -> tuple[int | None, int | None, int | None, int | None]:
        """How much is planned for each quarter; None is nothing said, which is not 0."""
        return self.first_quarter, self.second_quarter, self.third_quarter, self.fourth_quarter


class ActivityFollowUp(QuarterRecord, Measured):
    """An activity in a quarter: what was planned for it and what was done, as the quarter's report tells it.

    It keeps what it took of the plan: a later edition does not change what a quarter said.
    """

    reference = models.CharField("referencia", max_length=40)
    step = models.CharField("paso del procedimiento", max_length=40, blank=True)
    title = models.CharField("actividad", max_length=300)
    unit = models.CharField("se cuenta en", max_length=80, blank=True)
    planned = models.PositiveIntegerField("planeado", null=True, blank=True)
    done = models.PositiveIntegerField("hecho", null=True, blank=True)
    progress = models.DecimalField("avance", max_digits=7, decimal_places=2, null=True, blank=True)
    owner = models.CharField("quién responde", max_length=150, blank=True)
    obstacles = models.TextField("obstáculos", blank=True)
    note = models.TextField("nota", blank=True)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "seguimiento del plan"
        verbose_name_plural = "seguimientos del plan"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "reference"], name="follow_up_one_per_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"


class MatrixLine(Record):
    """A line of the communication matrix: who tells whom what, how often, by which media, and what proves it."""

    class Reach(models.TextChoices):
        """Whom a communication is for."""

        INTERNAL = "internal", "Interna"
        EXTERNAL = "external", "Externa"
        BOTH = "both", "Interna y externa"

    kind = models.CharField("tipo", max_length=20, choices=Reach.choices)
    sender = models.CharField("emisor", max_length=150)
    receiver = models.CharField("receptor", max_length=200)
    message = models.CharField("mensaje", max_length=300)
    frequency = models.CharField("frecuencia", max_length=80)
    media = models.CharField("medios", max_length=200)
    evidence = models.CharField("evidencia", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "línea de la matriz de comunicación"
        verbose_name_plural = "matriz de comunicación"

    def __str__(self) -> str:
        return self.message


class IndicatorCard(Record):
    """The card of an indicator: what it is for, how it is worked out, and when its result is good.

    `tolerable` is the limit between acceptable and critical; without it there are only two ranges. `activity` is the
    reference of the activity of the plan that it measures, whatever the edition.
    """

    class Frequency(models.TextChoices):
        """How often it is looked at. Whatever it is, it is worked out for each quarter."""

        MONTHLY = "monthly", "Mensual"
        QUARTERLY = "quarterly", "Trimestral"
        HALF_YEARLY = "half_yearly", "Semestral"
        YEARLY = "yearly", "Anual"
        EACH_EVENT = "each_event", "Por evento"

    class Sense(models.TextChoices):
        """Which way is better."""

        AT_LEAST = "at_least", "La meta o más"
        AT_MOST = "at_most", "La meta o menos"

    name = models.CharField("nombre", max_length=120)
    objective = models.CharField("para qué se mide", max_length=300, blank=True)
    formula = models.CharField("fórmula", max_length=300)
    unit = models.CharField("unidad", max_length=40, blank=True, default="%")
    source = models.CharField("fuente", max_length=200, blank=True)
    frequency = models.CharField("frecuencia", max_length=20, choices=Frequency.choices, default=Frequency.QUARTERLY)
    sense = models.CharField("se cumple con", max_length=20, choices=Sense.choices, default=Sense.AT_LEAST)
    baseline = models.DecimalField("línea base", max_digits=14, decimal_places=4, null=True, blank=True)
    target = models.DecimalField("meta", max_digits=14, decimal_places=4, null=True, blank=True)
    tolerable = models.DecimalField("aceptable hasta", max_digits=14, decimal_places=4, null=True, blank=True)
    owner = models.CharField("quién responde", max_length=150, blank=True)
    activity = models.CharField("actividad del plan", max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "indicador"
        verbose_name_plural = "indicadores"
        constraints: ClassVar = [models.UniqueConstraint(fields=["institution", "name"], name="card_one_per_name")]

    def __str__(self) -> str:
        return self.name
