"""Forms of the risks."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from pregon.figures.period import Period
from pregon.figures.spanish import print_number
from pregon.records import risk_scale
from pregon.registro import vocabulary as words
from pregon_web.fields import ChoiceOf, CountField, DayField, RecordForm, RowField, TickField, WordsField
from pregon_web.ledger.models import Evidence, choices_of, quarter_of
from pregon_web.risks.checking import Setting, find_refusals
from pregon_web.risks.following import claim_of, lines_for
from pregon_web.risks.models import (
    CONTROL_KINDS,
    EXECUTIONS,
    Affectation,
    Incident,
    IncidentKind,
    Line,
    Risk,
    RiskControl,
    Treatment,
)

PARTS = ("affectation", "immediate_cause", "root_cause")
QUARTERS_BACK = 8
OCCURRED = ("incident", "happened", "cause", "correction")
MATERIALISED = [("no", "No se materializó"), ("si", "Se materializó")]


class RiskForm(RecordForm):
    """A risk: its three parts, or its words as the map in force has them."""

    reference = WordsField("Número", most=20, hint="Como lo llama el mapa: R1. Vacío: toma el que sigue.")
    affectation = ChoiceOf("Qué afecta", list(Affectation.choices), none="Elija")
    immediate_cause = WordsField("Por qué pasaría", most=300, hint="La causa inmediata: publicar información errada.")
    root_cause = WordsField("Debido a qué", most=300, hint="La causa raíz: la pieza sale sin una segunda revisión.")
    description = WordsField(
        "O el texto del mapa vigente",
        most=600,
        lines=2,
        hint="Solo si no tiene las tres partes de arriba: con ellas, Pregón arma la frase.",
    )
    causes = WordsField("Otras causas", most=1000, lines=2)
    owner = WordsField("Quién responde", most=150, asks="Escriba quién responde por el riesgo.")
    signal = ChoiceOf(
        "Qué registros lo dejan ver",
        choices_of(words.SIGNALS),
        asks="Elija qué registros hablan de este riesgo.",
        hint="Con ellos se compara lo que diga cada seguimiento.",
    )
    since = ChoiceOf(
        "Desde qué trimestre se sigue",
        [],
        asks="Elija desde qué trimestre.",
        hint="Los informes anteriores no lo traen.",
    )
    treatment = ChoiceOf("Tratamiento", list(Treatment.choices), none="Sin decidir")
    is_ptep = TickField("Es del programa de transparencia y ética pública (PTEP)")
    is_active = TickField("Está en el mapa", hint="Sin marcar, sale del mapa y conserva su historia.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["since"]
        assert isinstance(field, ChoiceOf)  # noqa: S101 - for the type checker
        field.choices = [(each, Period.parse(each).title.capitalize()) for each in self._offered_quarters()]

    def _offered_quarters(self) -> list[str]:
        """This quarter and those of two years back, and the one that it already has."""
        last = Period.parse(quarter_of(timezone.localdate()))
        offered = [str(last)]
        for _ in range(QUARTERS_BACK):
            last = last.previous
            offered.append(str(last))
        own = self.initial.get("since")
        return [*offered, own] if own and own not in offered else offered

    def clean(self) -> dict[str, Any]:
        """All three parts, which then make the words, or the words alone."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = [name for name in PARTS if cleaned.get(name)]
        lacking = [name for name in PARTS if not cleaned.get(name) and name not in self.errors]
        if len(given) == len(PARTS):
            cleaned["description"] = ""
        elif given and lacking:
            self.add_error(lacking[0], "Faltan partes: escriba qué afecta, por qué pasaría y debido a qué.")
        elif not cleaned.get("description") and "description" not in self.errors:
            self.add_error("affectation", "Describa el riesgo: llene las tres partes o copie el texto del mapa.")
        return cleaned


class ValueForm(RecordForm):
    """How probable and how harmful, by the levels of the scale in force."""

    times_a_year = CountField(
        "Veces al año que se hace la actividad", hint="Con esto la escala da la probabilidad. Vacío: elíjala abajo."
    )
    probability = ChoiceOf("Probabilidad", [], none="La que dé la frecuencia")
    impact = ChoiceOf("Impacto", [], asks="Elija el impacto.")
    impact_reason = WordsField("Por qué ese impacto", most=300)

    def __init__(self, *args: Any, scale: risk_scale.Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        probability, impact = self.fields["probability"], self.fields["impact"]
        assert isinstance(probability, ChoiceOf) and isinstance(impact, ChoiceOf)  # noqa: S101, PT018 - for the type checker
        levels = [
            (str(place), _tell_level(each.name, each.percent, each.means))
            for place, each in enumerate(scale.probabilities)
        ]
        probability.choices = [("", "La que dé la frecuencia"), *levels]
        impact.choices = [
            ("", "Elija"),
            *(
                (str(place), _tell_level(each.name, each.percent, f"{each.economic}. {each.reputational}"))
                for place, each in enumerate(scale.impacts)
            ),
        ]

    @property
    def record(self) -> dict[str, Any]:
        """What was typed, the levels as their places in the scale."""
        typed = super().record
        levels = {name: int(typed[name]) if typed[name] else None for name in ("probability", "impact")}
        return {**typed, **levels}

    def clean(self) -> dict[str, Any]:
        """A frequency or a level."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("times_a_year") is None and not cleaned.get("probability"):
            self.add_error("probability", "Escriba cuántas veces al año se hace la actividad, o elija la probabilidad.")
        return cleaned


def _tell_level(name: str, percent: Any, means: str) -> str:  # noqa: ANN401 - a Decimal, which the scale has read
    meaning = means.strip(". ")
    return f"{name}, {print_number(percent)} %{f': {meaning}' if meaning else ''}"


class ControlForm(RecordForm):
    """A control. Its kind and execution weigh; the rest only describes it."""

    description = WordsField("Qué se hace", asks="Escriba qué se hace, quién y cómo.", most=400, lines=2)
    kind = ChoiceOf(
        "Tipo",
        [(kind.value, name) for kind, name in CONTROL_KINDS.items()],
        asks="Elija qué hace el control.",
        hint="El preventivo y el detectivo bajan la probabilidad; el correctivo, el impacto.",
        none="Elija",
    )
    execution = ChoiceOf(
        "Ejecución",
        [(each.value, name) for each, name in EXECUTIONS.items()],
        asks="Elija quién lo ejecuta.",
        none="Elija",
    )
    is_documented = TickField("Está documentado", hint="En un procedimiento o un manual. No pesa en el cálculo.")
    frequency = ChoiceOf("Frecuencia", list(RiskControl.Frequency.choices), asks="Elija cada cuánto se hace.")
    leaves_evidence = TickField("Deja registro", hint="Un acta, una lista, un correo. No pesa en el cálculo.")
    responsible = WordsField("Quién lo hace", most=150)


class FollowUpForm(RecordForm):
    """A follow-up. What is amiss is told beside its field, from the same list that the service refuses by."""

    checked_on = DayField("Revisado el", asks="Escriba el día en que se revisó.")
    line_of_defence = ChoiceOf("Línea de defensa", [], asks="Elija como qué línea de defensa revisa.")
    finding = WordsField(
        "Qué se revisó y qué se encontró",
        asks="Escriba qué se revisó y qué se encontró.",
        most=2000,
        lines=4,
        hint="De este trimestre: qué registros se miraron, cuántos y qué mostraron.",
    )
    is_copy_confirmed = TickField("Lo mismo vale para este trimestre: revisé y encontré lo que dice el texto")
    controls_run = CountField("Veces que se hizo el control", hint="Vacío: sin dato, que no es cero.")
    controls_planned = CountField("Veces que debía hacerse")
    evidence = RowField(Evidence, "Evidencia", none="Sin evidencia", hint="Solo se ofrecen las de este trimestre.")
    materialised = ChoiceOf("Resultado", MATERIALISED, asks="Elija si se materializó.", none="Elija")
    despite = WordsField("Por qué no se materializó, aunque los registros digan eso", most=1000, lines=3)
    next_action = WordsField("Qué sigue", most=600, lines=2)
    incident = RowField(Incident, "Incidente", none="Ninguno de los anotados")
    happened = WordsField("Qué pasó", most=1000, lines=2)
    cause = WordsField("Causa", most=1000, lines=2)
    correction = WordsField("Corrección", most=1000, lines=2, hint="Qué se hizo o se hará, quién y cuándo.")

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        field = self.fields["line_of_defence"]
        assert isinstance(field, ChoiceOf)  # noqa: S101 - for the type checker
        lines = [(str(line.value), line.label) for line in lines_for(self.access)]
        field.choices = lines if len(lines) == 1 else [("", "Elija"), *lines]

    def visible_fields(self) -> list[Any]:
        """The fields that apply: what happened is set apart, and a tick or a reason is asked where it is needed."""
        hidden = set(OCCURRED)
        if not self.asks_confirmation:
            hidden.add("is_copy_confirmed")
        if not self.asks_despite:
            hidden.add("despite")
        return [field for field in super().visible_fields() if field.name not in hidden]

    @property
    def asks_confirmation(self) -> bool:
        """Whether its words were found to be an earlier quarter's, or were already said to hold."""
        copied = (
            any("Este texto es el del" in error for error in self.errors.get("finding", ())) if self.is_bound else False
        )
        return copied or bool(self["is_copy_confirmed"].value())

    @property
    def asks_despite(self) -> bool:
        """Whether the records say that it happened, or a reason was given already."""
        return bool(self.setting.contradiction or self["despite"].value())

    @property
    def occurred_fields(self) -> list[Any]:
        """What is asked where it materialised."""
        return [self[name] for name in OCCURRED]

    @property
    def shows_occurred(self) -> bool:
        """Whether what happened is to be seen at once."""
        return self["materialised"].value() == "si" or any(name in self.errors for name in OCCURRED)

    @property
    def record(self) -> dict[str, Any]:
        """What was typed, by the field of the row."""
        typed = super().record
        return {
            **typed,
            "line_of_defence": Line(int(typed["line_of_defence"])),
            "materialised": typed["materialised"] == "si",
        }

    def clean(self) -> dict[str, Any]:
        """Everything amiss, each beside its field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("checked_on") and cleaned.get("materialised"):
            claim = claim_of({**cleaned, "materialised": cleaned["materialised"] == "si"})
            for refusal in find_refusals(claim, self.setting):
                if refusal.field not in self.errors:
                    self.add_error(refusal.field, refusal.sentence)
        return cleaned


class IncidentForm(RecordForm):
    """A misuse of what was published."""

    happened_on = DayField("Fecha", asks="Escriba el día en que pasó.", in_quarter=True)
    kind = ChoiceOf("Qué fue", list(IncidentKind.choices), asks="Elija qué fue.", none="Elija")
    description = WordsField("Qué pasó", asks="Escriba qué pasó y dónde.", most=1000, lines=3)
    answer = WordsField("Qué se hizo", most=1000, lines=2, hint="La denuncia, el comunicado, el reporte a la red.")
    risk = RowField(Risk, "Riesgo", none="Ninguno del mapa")
    evidence = RowField(Evidence, "Evidencia", none="Sin evidencia")
