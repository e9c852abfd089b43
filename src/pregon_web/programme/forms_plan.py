"""Forms of the procedure, the plan, its follow-up, the communication matrix and the indicators' cards."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms

from pregon.figures.spanish import parse_amount
from pregon.records.formula import FormulaFault
from pregon.records.formula_reading import MOST_LETTERS, parse_formula
from pregon.records.programme import IndicatorKind
from pregon.records.quantities import LABELS
from pregon.registro import vocabulary as words
from pregon_web.fields import ChoiceOf, CountField, DayField, RecordForm, RowField, WordsField
from pregon_web.ledger.models import Evidence, choices_of
from pregon_web.programme.models import Activity, IndicatorCard, MatrixLine, Plan
from pregon_web.programme.selectors.plan import (
    activity_choices,
    approval_evidence_for,
    evidence_of_quarter,
    steps_of,
)

_MOST: Final = Decimal(10) ** 10


class AmountField(forms.Field):
    """A number, as people write it: «90», «2,5», «1.500.000»; a unit after it is understood. Empty is not known."""

    def __init__(self, label: str, *, hint: str = "", places: int = 4) -> None:
        super().__init__(
            label=label,
            required=False,
            help_text=hint,
            widget=forms.TextInput(attrs={"class": "input num", "inputmode": "decimal"}),
        )
        self.places = places

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as in Django
        """A number of the database as a person writes it."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:  # noqa: ANN401 - as in Django
        """The number, or ValidationError with one sentence."""
        text = str(value if value is not None else "").strip().removesuffix("%").strip()
        if not text:
            return None
        try:
            number = parse_amount(text).value
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if not 0 <= number < _MOST or number != round(number, self.places):
            raise forms.ValidationError(f"«{text}» no cabe aquí: escriba un número desde 0, por ejemplo 90.")
        return number


class FormulaField(forms.CharField):
    """A formula. One that cannot be read is told in one sentence; `fault` keeps its place."""

    def __init__(self, label: str, *, asks: str = "", hint: str = "") -> None:
        super().__init__(
            label=label,
            required=bool(asks),
            help_text=hint,
            error_messages={"required": asks},
            widget=forms.Textarea(attrs={"class": "input", "rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
        )

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as in Django
        """The formula in one line, or ValidationError."""
        text = " ".join(str(super().clean(value)).split())
        if not text:
            return ""
        found = parse_formula(text, LABELS)
        if isinstance(found, FormulaFault):
            raise forms.ValidationError(found.message)
        if not found.names:
            raise forms.ValidationError("La fórmula no nombra ninguna cantidad: elija al menos una de la lista.")
        return text


def fault_of(typed: str) -> FormulaFault | None:
    """Where a formula cannot be read; None where it can, or where nothing was written."""
    text = " ".join(typed.split())[: MOST_LETTERS + 1]
    found = parse_formula(text, LABELS) if text else None
    return found if isinstance(found, FormulaFault) else None


class ObjectivesField(WordsField):
    """A list, one a line."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as in Django
        """The lines of a list."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as in Django
        """The lines that say something, each in one line."""
        text = super().clean(value)
        return [" ".join(line.split()) for line in str(text).splitlines() if line.strip()]


class StepsField(WordsField):
    """The steps of a procedure, one a line: its code and what it asks for."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as in Django
        """The lines of the steps."""
        return "\n".join(f"{code} {title}" for code, title in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as in Django
        """The steps, each its code and its title; or ValidationError with the line that cannot be taken."""
        text = str(super().clean(value))
        steps = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
        for step in steps:
            if len(step) < 2:
                raise forms.ValidationError(
                    f"A la línea «{step[0]}» le falta lo que pide. Escriba el numeral y el paso: 6.2/6 Evaluar…"
                )
        codes = [code for code, _ in steps]
        twice = next((code for code in codes if codes.count(code) > 1), "")
        if twice:
            raise forms.ValidationError(f"El paso {twice} está dos veces. Déjelo una sola.")
        return [[code, " ".join(title.split())] for code, title in steps]


class _EditionForm(RecordForm):
    """What every controlled document says of itself."""

    title = WordsField("Título", asks="Escriba el título.")
    code = WordsField("Código", most=60, hint="El del sistema de calidad: GC-PLA-01.")
    dated = DayField("Fecha", asks="Escriba la fecha de esta versión.")
    changes = WordsField("Qué cambió", most=400, hint="Frente a la versión anterior.")


class ProcedureForm(_EditionForm):
    """An edition of the procedure."""

    steps = StepsField("Pasos", most=6000, lines=12, hint="Uno por línea: 6.2/6 Evaluar la eficacia y la oportunidad.")


class PlanForm(_EditionForm):
    """An edition of the plan."""

    objectives = ObjectivesField("Objetivos", most=4000, lines=6, hint="Uno por línea.")


class NewPlanForm(PlanForm):
    """The first edition of a year's plan."""

    fiscal_year = CountField("Vigencia", hint="El año del plan: 2026.")
    field_order = ("fiscal_year", "title", "code", "dated", "changes", "objectives")

    def clean_fiscal_year(self) -> int:
        """A year of these."""
        year = self.cleaned_data["fiscal_year"]
        if year is None or not 2000 <= year <= 2099:
            raise forms.ValidationError("Escriba el año del plan, por ejemplo 2026.")
        return int(year)


class ApprovalForm(RecordForm):
    """The minute that approves a document."""

    approved_on = DayField("Fecha del acta", asks="Escriba la fecha del acta.")
    committee = WordsField(
        "Comité", asks="Escriba qué comité la aprobó.", most=150, hint="Comité Institucional de Gestión y Desempeño."
    )
    minute = WordsField("Acta", asks="Escriba el número del acta.", most=120, hint="Acta 03 de 2026.")
    evidence = RowField(Evidence, "Evidencia", none="Sin evidencia", hint="El acta firmada, si está en Evidencias.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        assert isinstance(field, RowField)  # noqa: S101 - for the type checker
        field.queryset = approval_evidence_for(self.access)


class ActivityForm(RecordForm):
    """An activity of the plan. Targets left empty are not said, which is not 0."""

    reference = WordsField("Referencia", asks="Escriba una referencia, por ejemplo PA-01.", most=40)
    title = WordsField("Actividad", asks="Escriba la actividad.", most=300, lines=2)
    objective = ChoiceOf("Objetivo al que responde", [], none="Sin objetivo")
    step = ChoiceOf("Paso del procedimiento", [], none="Sin paso")
    unit = WordsField("Se cuenta en", most=80, hint="Informes, mensajes, campañas. Vacío si no se cuenta.")
    first_quarter = CountField("Meta de enero a marzo")
    second_quarter = CountField("Meta de abril a junio")
    third_quarter = CountField("Meta de julio a septiembre")
    fourth_quarter = CountField("Meta de octubre a diciembre")
    start = DayField("Desde")
    end = DayField("Hasta")
    owner = WordsField("Quién responde", most=150)
    budget = AmountField("Presupuesto, en pesos", hint="Si tiene.", places=2)
    indicator = ChoiceOf("Con qué se mide", choices_of(words.INDICATORS), asks="Elija con qué se mide.")
    formula = FormulaField("Fórmula", hint="Solo con «Fórmula propia». Las cantidades están en Indicadores.")
    target = AmountField("Meta del indicador", hint="En porcentaje, salvo que la fórmula dé otra cosa: 90.")

    def __init__(self, *args: Any, plan: Plan, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("objective", [(each, each) for each in plan.objectives], activity.objective if activity else "")
        steps = [(code, f"{code} {title}") for code, title in steps_of(self.access.institution)]
        self._offer("step", steps, activity.step if activity else "")

    def _offer(self, name: str, choices: list[tuple[str, str]], kept: str) -> None:
        """The choices of a list; what the row says stays among them, until somebody changes it."""
        field = self.fields[name]
        assert isinstance(field, ChoiceOf)  # noqa: S101 - for the type checker
        also = [(kept, kept)] if kept and kept not in {value for value, _ in choices} else []
        field.choices = [("", "Ninguno"), *choices, *also]

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins, and a formula of its own is written."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "Termina antes de empezar. Revise las dos fechas.")
        is_formula = cleaned.get("indicator") == IndicatorKind.FORMULA
        if is_formula and not cleaned.get("formula") and "formula" not in self.errors:
            self.add_error("formula", "Escriba la fórmula, o elija otro indicador.")
        return cleaned


class FollowUpForm(RecordForm):
    """An activity in a quarter: a line of the follow-up. `reference` travels hidden."""

    reference = forms.CharField(max_length=40, widget=forms.HiddenInput)
    done = CountField("Hecho")
    progress = AmountField("Avance (%)", places=2)
    evidence = ChoiceOf("Evidencia", [], none="Sin evidencia")
    obstacles = WordsField("Obstáculos", most=2000, lines=2)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], asked: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"done", "progress", "evidence", "obstacles"} - set(asked):
            del self.fields[name]
        field = self.fields["evidence"]
        assert isinstance(field, ChoiceOf)  # noqa: S101 - for the type checker
        field.choices = [("", "Sin evidencia"), *choices]

    def clean_progress(self) -> Decimal | None:
        """Per cent."""
        progress: Decimal | None = self.cleaned_data["progress"]
        if progress is not None and progress > 100:
            raise forms.ValidationError("El avance va de 0 a 100.")
        return progress

    @property
    def record(self) -> dict[str, Any]:
        """What was typed, by the field of the row; the evidence is set by the view, which has it."""
        return {name: value for name, value in super().record.items() if name not in {"reference", "evidence"}}


def evidence_choices(access: Any, period: str) -> tuple[list[tuple[str, str]], dict[str, Evidence]]:  # noqa: ANN401 - Access; only handed on
    """The evidence of a quarter as choices, and by its key."""
    rows = evidence_of_quarter(access, period)
    return [(str(row.pk), str(row)) for row in rows], {str(row.pk): row for row in rows}


class MatrixForm(RecordForm):
    """A line of the communication matrix."""

    kind = ChoiceOf("Tipo", list(MatrixLine.Reach.choices), asks="Elija el tipo.")
    sender = WordsField("Emisor", asks="Escriba quién comunica.", most=150)
    receiver = WordsField("Receptor", asks="Escriba a quién.")
    message = WordsField("Mensaje", asks="Escriba qué se comunica.", most=300, lines=2)
    frequency = WordsField(
        "Frecuencia", asks="Escriba cada cuánto.", most=80, hint="Permanente, mensual, anual, cuando ocurre."
    )
    media = WordsField(  # type: ignore[assignment]  # a field: the form's own `media` stays what it is
        "Medios", asks="Escriba por qué medios.", hint="Sede electrónica, WhatsApp, cartelera."
    )
    evidence = WordsField("Evidencia", hint="Con qué se comprueba: publicación, lista de asistencia.")


class CardForm(RecordForm):
    """An indicator's card."""

    name = WordsField("Nombre", asks="Escriba el nombre del indicador.", most=120)
    objective = WordsField("Para qué se mide", most=300, lines=2)
    formula = FormulaField(
        "Fórmula",
        asks="Escriba la fórmula.",
        hint="Con las cantidades de la lista: solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100.",
    )
    unit = WordsField("Unidad", most=40, hint="% o lo que la fórmula dé: días hábiles, publicaciones.")
    sense = ChoiceOf("Se cumple con", list(IndicatorCard.Sense.choices), asks="Elija cuándo se cumple.")
    target = AmountField("Meta", hint="Sin meta, el indicador sale «no medible».")
    tolerable = AmountField("Aceptable hasta", hint="El límite entre aceptable y crítico, si lo hay.")
    baseline = AmountField("Línea base", hint="De dónde se partió.")
    frequency = ChoiceOf("Frecuencia", list(IndicatorCard.Frequency.choices), asks="Elija la frecuencia.")
    source = WordsField("Fuente", hint="De qué registros sale.")
    owner = WordsField("Quién responde", most=150)
    activity = ChoiceOf("Actividad del plan que mide", [], none="Ninguna")

    def __init__(self, *args: Any, quarter: str, card: IndicatorCard | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = activity_choices(self.access.institution, quarter)
        kept = card.activity if card is not None else ""
        also = [(kept, kept)] if kept and kept not in {value for value, _ in choices} else []
        field = self.fields["activity"]
        assert isinstance(field, ChoiceOf)  # noqa: S101 - for the type checker
        field.choices = [("", "Ninguna"), *choices, *also]

    def clean(self) -> dict[str, Any]:
        """What is acceptable stands on the worse side of the target."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        target, tolerable = cleaned.get("target"), cleaned.get("tolerable")
        if tolerable is not None and target is None and "target" not in self.errors:
            self.add_error("tolerable", "Escriba primero la meta.")
        elif tolerable is not None and target is not None:
            is_up = cleaned.get("sense") == IndicatorCard.Sense.AT_LEAST
            if (tolerable >= target) if is_up else (tolerable <= target):
                side = "menor" if is_up else "mayor"
                self.add_error("tolerable", f"Lo aceptable tiene que ser {side} que la meta.")
        return cleaned
