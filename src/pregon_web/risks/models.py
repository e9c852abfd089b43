"""The scale by which risks are valued, the map with its controls, and what each quarter's follow-up found."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from pregon.records.risk import RiskSignal
from pregon.records.risk_scale import ControlKind, Execution
from pregon.registro import vocabulary as words
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.ledger.models import PERIOD, Evidence, QuarterRecord, Record, choices_of


class Affectation(models.TextChoices):
    """What the risk would harm."""

    ECONOMIC = "economic", "Económica"
    REPUTATIONAL = "reputational", "Reputacional"
    BOTH = "both", "Económica y reputacional"


class Treatment(models.TextChoices):
    """What the office decided to do about a risk."""

    ACCEPT = "accept", "Aceptarlo"
    REDUCE = "reduce", "Reducirlo"
    AVOID = "avoid", "Evitarlo"
    TRANSFER = "transfer", "Transferirlo"


class Line(models.IntegerChoices):
    """Who checks: who does the work, who plans it, who evaluates it from outside."""

    FIRST = 1, "Primera línea: quien responde por el proceso"
    SECOND = 2, "Segunda línea: Planeación"
    THIRD = 3, "Tercera línea: Control Interno"


class IncidentKind(models.TextChoices):
    """How something published was misused."""

    MISUSE = "misuse", "Uso indebido"
    IMPERSONATION = "impersonation", "Suplantación"
    TAMPERING = "tampering", "Alteración de lo publicado"
    DISCLOSURE = "disclosure", "Difusión no autorizada"


CONTROL_KINDS = {
    ControlKind.PREVENTIVE: "Preventivo",
    ControlKind.DETECTIVE: "Detectivo",
    ControlKind.CORRECTIVE: "Correctivo",
}
EXECUTIONS = {Execution.AUTOMATIC: "Automático", Execution.MANUAL: "Manual"}
SIGNAL_NONE = "Ningún registro habla de él"


class Scale(TenantModel):
    """A version of the institution's scale. Never altered: editing makes the next one, and a risk keeps its own."""

    number = models.PositiveIntegerField("número")
    data = models.JSONField("niveles, zonas y pesos")
    reason = models.CharField("qué cambió", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = "escala de riesgos"
        verbose_name_plural = "escalas de riesgos"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "number"], name="scale_one_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.data.get('name', '')}, versión {self.data.get('version', '')}"


class Risk(Record):
    """A risk of the map. Its levels are places in the scale it was valued with; None where nobody valued it.

    `description` are its words where they were brought whole, as by a workbook; else its three parts make them. The
    zones that a workbook told serve only until somebody values it here.
    """

    reference = models.CharField("número", max_length=20)
    description = models.TextField("descripción", blank=True)
    affectation = models.CharField("qué afecta", max_length=20, choices=Affectation.choices, blank=True)
    immediate_cause = models.CharField("causa inmediata", max_length=300, blank=True)
    root_cause = models.CharField("causa raíz", max_length=300, blank=True)
    causes = models.TextField("otras causas", blank=True)
    owner = models.CharField("quién responde", max_length=150, blank=True)
    signal = models.CharField(
        "qué registros lo dejan ver", max_length=20, choices=choices_of(words.SIGNALS), default=RiskSignal.NONE
    )
    treatment = models.CharField("tratamiento", max_length=20, choices=Treatment.choices, blank=True)
    is_ptep = models.BooleanField("es del programa de transparencia y ética pública", default=False)
    scale = models.ForeignKey(Scale, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    times_a_year = models.PositiveIntegerField("veces al año que se hace la actividad", null=True, blank=True)
    probability = models.PositiveSmallIntegerField("nivel de probabilidad", null=True, blank=True)
    impact = models.PositiveSmallIntegerField("nivel de impacto", null=True, blank=True)
    impact_reason = models.CharField("por qué ese impacto", max_length=300, blank=True)
    told_inherent = models.CharField("zona inherente que trajo un libro", max_length=40, blank=True)
    told_residual = models.CharField("zona residual que trajo un libro", max_length=40, blank=True)
    is_active = models.BooleanField("está en el mapa", default=True)
    # The first quarter whose report has it; those before keep the map that they had.
    since = models.CharField("desde el trimestre", max_length=7, validators=[RegexValidator(f"^{PERIOD}$")])

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "riesgo"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "reference"], name="risk_one_per_reference"),
            models.CheckConstraint(condition=models.Q(signal__in=list(RiskSignal)), name="risk_signal_known"),
            models.CheckConstraint(
                condition=models.Q(probability__isnull=True, impact__isnull=True)
                | models.Q(probability__isnull=False, impact__isnull=False, scale__isnull=False),
                name="risk_valued_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.wording}"

    @property
    def wording(self) -> str:
        """«Posibilidad de afectación reputacional por … debido a …», or the words that were brought."""
        if self.description or not (self.immediate_cause and self.root_cause):
            return self.description
        harm = self.get_affectation_display().lower()
        return " ".join(
            f"Posibilidad de afectación {harm} por {self.immediate_cause} debido a {self.root_cause}.".split()
        )

    @property
    def is_valued(self) -> bool:
        """Whether somebody gave it a probability and an impact."""
        return self.probability is not None


class RiskControl(Record):
    """What the office does against a risk. Kind and execution weigh; the other attributes only describe it."""

    class Frequency(models.TextChoices):
        """Whether it is run each time, or now and then."""

        CONTINUOUS = "continuous", "Cada vez que se hace la actividad"
        RANDOM = "random", "De vez en cuando"

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField("orden", default=0)
    description = models.CharField("control", max_length=400)
    kind = models.CharField("tipo", max_length=20, choices=[(kind.value, name) for kind, name in CONTROL_KINDS.items()])
    execution = models.CharField(
        "ejecución", max_length=20, choices=[(each.value, name) for each, name in EXECUTIONS.items()]
    )
    is_documented = models.BooleanField("está documentado", default=False)
    frequency = models.CharField("frecuencia", max_length=20, choices=Frequency.choices, default=Frequency.CONTINUOUS)
    leaves_evidence = models.BooleanField("deja registro", default=False)
    responsible = models.CharField("quién lo hace", max_length=150, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = "control de riesgo"
        verbose_name_plural = "controles de riesgo"

    def __str__(self) -> str:
        return self.description


class Incident(QuarterRecord):
    """A misuse of what was published, as the office recorded it."""

    reference = models.CharField("referencia", max_length=40)
    happened_on = models.DateField("fecha")
    kind = models.CharField("qué fue", max_length=20, choices=IncidentKind.choices, default=IncidentKind.MISUSE)
    description = models.TextField("qué pasó")
    answer = models.TextField("qué se hizo", blank=True)
    risk = models.ForeignKey(
        Risk, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="riesgo"
    )
    evidence = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="evidencia"
    )

    class Meta:
        ordering: ClassVar = ["happened_on", "pk"]
        verbose_name = "incidente"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "period", "reference"], name="incident_one_per_reference"),
        ]

    def __str__(self) -> str:
        text = " ".join(self.description.split())
        return f"{self.reference}: {text if len(text) <= 80 else f'{text[:79]}…'}"


class FollowUp(QuarterRecord):
    """A check of a risk in a quarter: what was looked at and found, and who looked.

    `despite` is why it did not materialise although the records say otherwise. `is_copy_confirmed`: its words are those
    of an earlier quarter, and somebody said that they still hold.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="+", verbose_name="riesgo")
    checked_on = models.DateField("revisado el")
    line_of_defence = models.PositiveSmallIntegerField("línea de defensa", choices=Line.choices, null=True, blank=True)
    finding = models.TextField("qué se revisó y qué se encontró", blank=True)
    materialised = models.BooleanField("se materializó", default=False)
    controls_run = models.PositiveIntegerField("controles hechos", null=True, blank=True)
    controls_planned = models.PositiveIntegerField("controles previstos", null=True, blank=True)
    evidence = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="evidencia"
    )
    next_action = models.TextField("qué sigue", blank=True)
    despite = models.TextField("por qué no, aunque los registros digan otra cosa", blank=True)
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="incidente"
    )
    happened = models.TextField("qué pasó", blank=True)
    cause = models.TextField("causa", blank=True)
    correction = models.TextField("corrección", blank=True)
    is_copy_confirmed = models.BooleanField("se confirmó que el texto se repite", default=False)

    class Meta:
        ordering: ClassVar = ["checked_on", "pk"]
        verbose_name = "seguimiento de riesgo"
        verbose_name_plural = "seguimientos de riesgo"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "period", "risk", "checked_on"], name="follow_up_one_per_risk_and_day"
            ),
            models.CheckConstraint(
                condition=models.Q(line_of_defence__isnull=True) | models.Q(line_of_defence__in=Line.values),
                name="follow_up_line_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk.reference}, {self.checked_on}"
