"""Forms of the ledger."""

from __future__ import annotations

from typing import Any

from django import forms

from pregon.registro import vocabulary as words
from pregon_web.fields import ChoiceOf, DayField, LinkField, RecordForm, RowField, WordsField
from pregon_web.ledger.models import Channel, Evidence, choices_of


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
