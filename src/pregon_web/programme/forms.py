"""Forms of the programme."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils import timezone

from pregon.figures.spanish import print_date
from pregon_web.accounts.models import Office
from pregon_web.fields import ChoiceOf, CountField, DayField, RecordForm, RowField, TickField, WordsField
from pregon_web.ledger.models import Channel, Evidence, Publication
from pregon_web.programme.models import Commemoration
from pregon_web.programme.selectors import campaign_references, publications_near
from pregon_web.uploads import DocumentField

_SIGNATURES: Final = (
    b"%PDF-",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",  # JPEG
    b"PK\x03\x04",  # Excel, Word and OpenDocument
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # Excel and Word until 2003
)
"""How the files begin in which an office keeps a list: by their content, whatever they are called."""


class CampaignForm(RecordForm):
    """A campaign; its products have their own rows, `ProductForms`."""

    title = WordsField("Nombre de la campaña", asks="Escriba el nombre de la campaña.")
    reference = WordsField(
        "Nombre corto",
        asks="Escriba un nombre corto, por ejemplo salud-mental.",
        most=60,
        hint="Con él se enlazan sus publicaciones: salud-mental.",
    )
    aim = WordsField("Objetivo", most=2000, lines=3)
    target_audience = WordsField("Público", hint="A quién va: la ciudadanía, los personeros estudiantiles.")
    office = RowField(Office, "Dependencia que la coordina", none="Sin dependencia")
    start = DayField("Desde", hint="Sin fechas, corre todo el año en las suyas.")
    end = DayField("Hasta")
    is_internal = TickField("Va solo a la gente de la entidad")
    owed_by = WordsField(
        "Quién debe lo que falta", most=150, hint="Si un producto no tiene su cifra, quién la entrega."
    )
    due = DayField("Llega el")
    channels = forms.ModelMultipleChoiceField(
        queryset=Channel._base_manager.none(),  # noqa: SLF001 - empty until the form says whose
        label="Canales",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Elija los canales de la lista.",
            "invalid_pk_value": "Elija los canales de la lista.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.initial.get("channels") or []
        field = self.fields["channels"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Channel.objects.of(self.access.institution).filter(Q(is_active=True) | Q(pk__in=chosen))

    def visible_fields(self) -> list[Any]:
        """All but the channels, which the page sets by themselves."""
        return [field for field in super().visible_fields() if field.name != "channels"]

    @property
    def record(self) -> dict[str, Any]:
        """What was typed, by the field of the row; the channels are rows of their own."""
        return {name: value for name, value in super().record.items() if name != "channels"}

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", f"Termina antes de empezar: desde el {print_date(start)}. Revise las dos fechas.")
        return cleaned


class ProductForm(forms.Form):
    """A product of a campaign: a row of the table. Left empty there is none."""

    product = WordsField("Producto")
    promised = CountField("Prometidos")
    delivered = CountField("Entregados")

    def clean(self) -> dict[str, Any]:
        """Figures are of some product."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_figures = cleaned.get("promised") is not None or cleaned.get("delivered") is not None
        if has_figures and not cleaned.get("product") and "product" not in self.errors:
            self.add_error("product", "Escriba qué producto es.")
        return cleaned


class _ProductRows(forms.BaseFormSet):  # type: ignore[type-arg]  # of ProductForm
    default_error_messages = {  # noqa: RUF012 - Django's own way to declare them
        "missing_management_form": "La tabla de productos no llegó completa. Revísela y guarde otra vez.",
        "too_many_forms": "Son demasiados productos: agrupe los parecidos.",
    }


ProductForms: Final = forms.formset_factory(ProductForm, formset=_ProductRows, extra=3, max_num=60, validate_max=True)
"""The products of a campaign, and three rows more."""


class CommemorationForm(RecordForm):
    """A day that the institution marks, and the publication that marked it: one of the days around."""

    name = WordsField("Efeméride", asks="Escriba qué día es.")
    day = DayField("Fecha", asks="Escriba la fecha.", in_quarter=True)
    campaign = ChoiceOf("Campaña", [], none="Sin campaña")
    publication = RowField(
        Publication,
        "Publicación que la marcó",
        none="Todavía sin publicación",
        hint="Se ofrecen las de los diez días anteriores y siguientes, primero las más cercanas.",
    )

    def __init__(self, *args: Any, row: Commemoration | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaigns = list(campaign_references(self.access.institution, self.period))
        # A workbook may name a campaign that the quarter does not have: it is kept until somebody changes it.
        if row is not None and row.campaign and row.campaign not in {reference for reference, _ in campaigns}:
            campaigns.append((row.campaign, row.campaign))
        campaign = self.fields["campaign"]
        assert isinstance(campaign, ChoiceOf)  # noqa: S101 - for the type checker
        campaign.choices = [("", "Sin campaña"), *campaigns]
        self._offer_publications(row)

    def _offer_publications(self, row: Commemoration | None) -> None:
        field = self.fields["publication"]
        assert isinstance(field, RowField)  # noqa: S101 - for the type checker
        try:
            day = self.fields["day"].clean(self["day"].value())
        except forms.ValidationError:
            day = row.day if row else None
        near = publications_near(self.access, self.period, day) if day else []
        if row is not None and row.publication is not None and row.publication not in near:
            near.append(row.publication)
        field.queryset = Publication.objects.of(self.access.institution).filter(pk__in=[each.pk for each in near])
        told = [(each.pk, _tell_publication(each)) for each in near]
        field.widget.choices = [("", field.empty_label), *told]


def _tell_publication(row: Publication) -> str:
    title = row.title if len(row.title) <= 70 else f"{row.title[:69]}…"
    return f"{print_date(row.published_on, short=True)}, {row.channel.name}: {title}"


class EventForm(RecordForm):
    """An event. A count left empty is not known, and then who owes it is said."""

    title = WordsField("Evento", asks="Escriba qué evento fue.")
    day = DayField("Fecha", asks="Escriba el día del evento.", in_quarter=True)
    office = RowField(Office, "Dependencia", none="Sin dependencia")
    called = CountField("Convocados", hint="A cuántas personas se invitó. Vacío: sin dato, que no es cero.")
    attended = CountField("Asistentes", hint="Cuántas personas llegaron. Vacío: sin dato, que no es cero.")
    method = WordsField("Cómo se contó", most=120, hint="Lista de asistencia, registro de ingreso, conteo en la sala.")
    evidence = RowField(Evidence, "Evidencia", none="Sin evidencia")
    has_minors = TickField("Asisten menores de edad")
    consent = WordsField(
        "Autorización de imagen",
        hint="Con menores: dónde están las autorizaciones que firmó quien los representa.",
    )
    owed_by = WordsField("Quién debe la cifra que falta", most=150, hint="Si falta una de las dos cifras.")
    due = DayField("Llega el")

    def clean(self) -> dict[str, Any]:
        """With both counts nobody owes anything."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("called") is not None and cleaned.get("attended") is not None:
            cleaned["owed_by"], cleaned["due"] = "", None
        return cleaned


class AttendanceForm(RecordForm):
    """The list of who came, and until when it is kept."""

    attendance = DocumentField(label="Archivo de la lista")
    keep_until = DayField("Se guarda hasta", asks="Escriba hasta cuándo se guarda.")

    def clean_attendance(self) -> Any:  # noqa: ANN401 - as in Django
        """A file in which lists are kept, told by its content."""
        file = self.cleaned_data["attendance"]
        head = file.read(4096)
        file.seek(0)
        if not _is_list(head):
            raise forms.ValidationError(
                f"«{file.name}» no es una lista de asistencia que podamos guardar. Súbala en PDF, imagen, Excel o Word."
            )
        return file

    def clean_keep_until(self) -> object:
        """A day to come: what is over would be deleted tonight."""
        day = self.cleaned_data["keep_until"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError("Esa fecha ya pasó. Escriba hasta qué día se guarda la lista.")
        return day


def _is_list(head: bytes) -> bool:
    if head.startswith(_SIGNATURES) or head[4:8] == b"ftyp":  # HEIC, the picture of some telephones
        return True
    # A table of text: no byte that text never has, and not a page that a browser would run.
    return (
        bool(head.strip())
        and b"\x00" not in head
        and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"MZ", b"#!"))
    )
