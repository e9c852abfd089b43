"""Forms of the ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify

from pregon.figures.period import Period
from pregon.figures.spanish import ask_reading, month_name, parse_amount, print_amount
from pregon.records import publishing
from pregon.records.publishing import ObservationStatus
from pregon.registro import vocabulary as words
from pregon_web.accounts.selectors import Access
from pregon_web.fields import ChoiceOf, DayField, LinkField, RecordForm, RowField, TickField, WordsField
from pregon_web.ledger.models import Channel, Evidence, Observation, choices_of
from pregon_web.ledger.proving import read_proof
from pregon_web.ledger.selectors import channels_for, observation_value
from pregon_web.uploads import DocumentField


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A channel that was put aside is not offered, but a publication that came out there keeps it.
        chosen = self.data.get("channel") or getattr(self.initial.get("channel"), "pk", None)
        own = Q(pk=chosen) if str(chosen or "").isdecimal() else Q(pk=None)
        self.fields["channel"].queryset = channels_for(self.access).filter(Q(is_active=True) | own)  # type: ignore[attr-defined]  # a RowField

    def clean(self) -> dict[str, Any]:
        """A link that carries its own instant has to agree with the day that was typed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        proof = read_proof(cleaned.get("link") or "")
        cleaned["published_at"], cleaned["is_proved"] = (proof.at, True) if proof else (None, False)
        if proof is not None and (told := proof.disagree(cleaned.get("published_on"))):
            self.add_error("published_on", told)
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


class EvidenceForm(RecordForm):
    """What proves something: where it belongs in the report, and its link."""

    title = WordsField(
        "Qué prueba", asks="Escriba qué prueba, en una línea.", hint="Estadísticas de Instagram, octubre."
    )
    link = LinkField("Enlace", hint="Si está en la web. Pregón puede revisar si responde.")
    dated = DayField("Fecha", hint="El día de la captura o del documento.")
    section = ChoiceOf("Sección del informe", choices_of(words.SECTIONS), none="Ninguna en especial")
    channel = RowField(Channel, "Canal", none="Ninguno en especial")
    month = ChoiceOf(
        "Mes", [], none="Ninguno en especial", hint="Con sección y canal, aparece en la tabla de capturas."
    )
    series = WordsField("Serie documental", most=120, hint="La de su tabla de retención, si la sabe.")

    def __init__(self, *args: Any, access: Access, period: str = "", **kwargs: Any) -> None:
        super().__init__(*args, access=access, period=period, **kwargs)
        months = [(str(each), month_name(each.start.month).capitalize()) for each in Period.parse(period).months]
        self.fields["series"].widget.attrs["list"] = "series-escritas"
        self.fields["month"].choices = [("", "Ninguno en especial"), *months]  # type: ignore[attr-defined]  # a ChoiceField


class NewEvidenceForm(EvidenceForm):
    """A new evidence: a file, a link or both."""

    document = DocumentField(required=False, label="Archivo", widget=forms.FileInput(attrs={"class": "input"}))
    field_order = ("version", "title", "document", "link")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "document"
        ].help_text = f"Imagen, PDF, video MP4, Office, CSV o zip. Máximo {settings.UPLOAD_LIMIT_MB} MB."

    @property
    def record(self) -> dict[str, Any]:
        """What was typed, without the file."""
        return {name: value for name, value in super().record.items() if name != "document"}

    def clean(self) -> dict[str, Any]:
        """A file or a link at least."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("document") and not cleaned.get("link"):
            raise forms.ValidationError("Elija un archivo o escriba un enlace: sin uno de los dos no hay evidencia.")
        return cleaned


class AttachForm(forms.Form):
    """The file of an evidence that only named it."""

    document = DocumentField(label="Archivo", widget=forms.FileInput(attrs={"class": "input"}))


class ChannelForm(RecordForm):
    """Where the institution publishes. The code is what files and records call it: once one does, it stays."""

    name = WordsField("Nombre", asks="Escriba cómo se llama el canal en el informe.", most=80)
    platform = ChoiceOf("Plataforma", choices_of(words.PLATFORMS), asks="Elija la plataforma.", none="Elija")
    is_internal = TickField(
        "Solo llega a la gente de la entidad", hint="Mensajes internos, fondos de pantalla, cartelera."
    )
    code = WordsField("Código", most=40, hint="Corto y sin espacios, como «instagram». Vacío: se hace del nombre.")

    def __init__(self, *args: Any, channel: Channel | None = None, keeps_code: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel = channel
        if keeps_code:
            del self.fields["code"]

    def clean_code(self) -> str:
        """A code that no other channel has."""
        typed = str(self.cleaned_data["code"]).strip()
        code = slugify(typed or str(self.cleaned_data.get("name") or ""))[:40].strip("-")
        if typed and code != typed:
            raise forms.ValidationError(f"Use minúsculas sin tildes, números y guiones: «{code or 'mi-canal'}».")
        others = channels_for(self.access).filter(code__iexact=code)
        if self.channel is not None:
            others = others.exclude(pk=self.channel.pk)
        if code and (other := others.first()) is not None:
            raise forms.ValidationError(f"Ese código ya es de «{other.name}». Escriba otro.")
        if not code and self.cleaned_data.get("name"):
            raise forms.ValidationError("Escriba un código: minúsculas sin tildes, números y guiones.")
        return code
