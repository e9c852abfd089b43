"""Forms of the ledger."""

from __future__ import annotations

from typing import Any

from django import forms

from pregon.figures.period import Period
from pregon.figures.spanish import ask_reading, parse_amount, print_amount
from pregon.records import publishing
from pregon.records.publishing import ObservationStatus
from pregon.registro import vocabulary as words
from pregon_web.fields import ChoiceOf, DayField, LinkField, RecordForm, RowField, TickField, WordsField
from pregon_web.ledger.models import Channel, Evidence, Observation, choices_of
from pregon_web.ledger.selectors import observation_value


class PublicationForm(RecordForm):
    """Something published once in one channel."""

    title = WordsField("Título", asks="Escriba de qué trata, en una línea.", most=300)
    channel = RowField(Channel, "Canal", asks="Elija el canal.")
    kind = ChoiceOf("Tipo", choices_of(words.KINDS), asks="Elija qué se publicó.")
    published_on = DayField("Fecha", asks="Escriba el día en que salió.", in_quarter=True)
    link = LinkField(
        "Enlace", hint="La dirección de la publicación. La de Instagram, X o TikTok prueba además la hora en que salió."
    )
    text = WordsField("Texto", most=5000, lines=4, hint="Lo que decía la publicación, si quiere guardarlo.")
    campaign = WordsField("Campaña", most=60, hint="El nombre corto de su campaña, si tiene.")
    evidence = RowField(Evidence, "Evidencia", none="Sin evidencia")

    def clean(self) -> dict[str, Any]:
        """A link that carries its own instant has to agree with the day that was typed."""
        from pregon.figures.spanish import print_date
        from pregon.importers.placing import OFFICE_ZONE
        from pregon.records.instants import prove_instant

        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        proved = prove_instant(cleaned.get("link") or "")
        day = cleaned.get("published_on")
        if proved is not None:
            cleaned["published_at"], cleaned["is_proved"] = proved.at, True
            told = proved.at.astimezone(OFFICE_ZONE).date()
            if day is not None and day != told:
                self.add_error(
                    "published_on", f"El enlace dice que salió el {print_date(told)}. Corrija la fecha o el enlace."
                )
        else:
            cleaned["published_at"], cleaned["is_proved"] = None, False
        return cleaned


class CorrectionForm(RecordForm):
    """What had to be mended or taken down after it came out."""

    correction = WordsField("Qué se corrigió o por qué se retiró", asks="Escriba qué pasó, en una línea.", most=300)
    corrected_on = DayField("Corregida el")
    withdrawn_on = DayField("Retirada el")

    def clean(self) -> dict[str, Any]:
        """One of the two days at least."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("corrected_on") and not cleaned.get("withdrawn_on"):
            raise forms.ValidationError("Escriba el día en que se corrigió o se retiró.")
        return cleaned


class MeasureForm(RecordForm):
    """A figure with where it comes from. Left empty there is no datum, and then who owes it is said."""

    figure = WordsField("Cifra", most=60, hint="Como la da la plataforma: 2.100 o 73,3 mil. Vacía: sin dato.")
    not_applicable = TickField("No aplica", hint="La plataforma no lo ofrece en este canal.")
    method = ChoiceOf("Cómo se obtuvo", choices_of(words.METHODS), asks="Elija de dónde sale.")
    source = WordsField("Fuente", most=300, hint="El archivo o la pantalla de donde se tomó.")
    evidence = RowField(Evidence, "Evidencia", none="Sin evidencia")
    owed_by = WordsField("Quién la debe", most=150, hint="Si falta, quién la entrega.")
    due = DayField("Llega el")
    note = WordsField("Nota", most=1000, lines=2)
    reason = WordsField("Motivo del cambio", most=300, hint="Si corrige una cifra, por qué.")

    @classmethod
    def initial_of(cls, row: Observation | None) -> dict[str, Any]:
        """What the form shows of a row; the panel of the platform where there is none yet."""
        if row is None:
            return {"method": "panel"}
        names = ("method", "source", "evidence", "owed_by", "due", "note")
        amount = observation_value(row).amount
        return {
            "figure": print_amount(amount) if amount else "",
            "not_applicable": row.status == ObservationStatus.NOT_APPLICABLE,
            **{name: getattr(row, name) for name in names},
        }

    def clean(self) -> dict[str, Any]:
        """A figure, or that there is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text = str(cleaned.get("figure") or "").strip()
        if text and cleaned.get("not_applicable"):
            self.add_error("not_applicable", "Escribió una cifra y marcó «no aplica»: deje solo uno de los dos.")
        if text:
            try:
                amount = parse_amount(text)
            except ValueError as error:
                self.add_error("figure", str(error))
                return cleaned
            if amount.alternatives and "," in text:
                self.add_error("figure", ask_reading(amount))
            cleaned["amount"] = amount
        return cleaned

    def to_observation(self, code: str, channel: str, month: Period) -> publishing.Observation:
        """What was typed, as the library's record."""
        cleaned = self.cleaned_data
        amount = cleaned.get("amount")
        if amount is not None:
            status = ObservationStatus.VALUE
        elif cleaned["not_applicable"]:
            status = ObservationStatus.NOT_APPLICABLE
        else:
            status = ObservationStatus.NO_DATA
        is_owed = status is ObservationStatus.NO_DATA
        return publishing.Observation(
            metric=code,
            channel=channel,
            period=month,
            status=status,
            amount=amount,
            method=publishing.Method(cleaned["method"]),
            source=cleaned["source"],
            evidence=cleaned["evidence"].reference if cleaned["evidence"] else "",
            owed_by=cleaned["owed_by"] if is_owed else "",
            due=cleaned["due"] if is_owed else None,
            note=cleaned["note"],
        )
