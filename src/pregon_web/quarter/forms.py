"""Forms of a quarter: its workbook, what it lacks, and what its cover says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from pregon.registro import vocabulary as words
from pregon_web.fields import ChoiceOf, DayField, RecordForm, WordsField
from pregon_web.ledger.models import choices_of
from pregon_web.programme.models import Procedure
from pregon_web.quarter.models import ControlBlock
from pregon_web.uploads import DocumentField


class RegistroForm(forms.Form):
    """One workbook."""

    workbook = DocumentField(
        label="Suelte aquí el registro del trimestre, o elíjalo",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )


class GapForm(RecordForm):
    """Something the report lacks, declared with its reason."""

    section = ChoiceOf("Sección", choices_of(words.SECTIONS), asks="Elija la sección.")
    what = WordsField("Qué falta", asks="Diga qué falta.", most=400)
    reason = WordsField("Por qué no llega", asks="Escriba por qué no llega: el informe lo imprime.", most=400)


class PendingForm(RecordForm):
    """Something the report lacks: who has it and by when."""

    section = ChoiceOf("Sección", choices_of(words.SECTIONS), asks="Elija la sección.", none="Elija")
    what = WordsField("Qué falta", asks="Diga qué falta.", most=300)
    person = WordsField("Quién lo tiene", most=150)
    file = WordsField("En qué archivo llega", most=200)
    due = DayField("Llega el")


class MomentField(forms.CharField):
    """An instant in Colombian time, as «2026-01-07T17:00»."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        widget = forms.DateTimeInput(attrs={"class": "input", "type": "datetime-local"})
        super().__init__(label=label, required=False, help_text=hint, widget=widget)

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as in Django
        """ISO 8601 without zone, or nothing."""
        text = str(super().clean(value)).strip()
        if not text:
            return ""
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None).isoformat()
        except ValueError as error:
            raise forms.ValidationError("Escriba el día y la hora, por ejemplo 7/01/2026 17:00.") from error


class ControlForm(RecordForm):
    """What the cover of the report says of the document itself."""

    code = WordsField("Código del documento", most=60, hint="El del sistema de calidad: GC-INF-02.")
    document_version = WordsField("Versión del documento", most=20)
    cutoff = MomentField("Corte de las cifras", hint="Hasta cuándo se contó.")
    prepared_on = DayField("Fecha del informe")
    procedure = WordsField("Procedimiento", most=200, hint="El que el informe atiende, con su nombre.")
    steps = WordsField("Pasos a los que responde", most=2000, lines=4, hint="Uno por línea: 6.1/7 Hacer seguimiento…")
    process = WordsField("Proceso", most=200)
    city = WordsField("Municipio", most=120)

    @classmethod
    def initial_of(cls, row: ControlBlock | None, procedure: Procedure | None = None) -> dict[str, Any]:
        """What the form shows of a row; of one that is not written yet, what the procedure in force says."""
        if row is None and procedure is not None:
            lines = "\n".join(f"{code} {title}" for code, title in procedure.steps)
            return {"procedure": f"{procedure.code} {procedure.title}".strip(), "steps": lines}
        if row is None:
            return {}
        names = ("code", "document_version", "cutoff", "prepared_on", "procedure", "process", "city", "version")
        steps = "\n".join(f"{code} {title}" for code, title in row.steps)
        return {**{name: getattr(row, name) for name in names}, "steps": steps}

    def clean_steps(self) -> list[list[str]]:
        """The steps, each its code and its title."""
        lines = [line.split(maxsplit=1) for line in str(self.cleaned_data["steps"]).splitlines() if line.strip()]
        if any(len(parts) < 2 for parts in lines):
            raise forms.ValidationError("Escriba en cada línea el numeral y lo que pide: 6.1/7 Hacer seguimiento…")
        return lines
