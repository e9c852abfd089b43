"""Forms of the requests and of their terms."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from pregon.records.service import RequestKind
from pregon.registro import vocabulary as words
from pregon_web.accounts.models import Office, Person
from pregon_web.accounts.selectors import Access, choosable_offices_of
from pregon_web.fields import ChoiceOf, CountField, DayField, RecordForm, RowField, TickField, WordsField
from pregon_web.ledger.models import choices_of
from pregon_web.uploads import DocumentField
from pregon_web.workflow.files import MOST_FILES
from pregon_web.workflow.models import Kind, Priority, ServiceRequest, State
from pregon_web.workflow.selectors import closures_for, kinds_for, typed_origins, workers_of
from pregon_web.workflow.wording import tell_counted

PRIORITIES: Final = [(each.value, str(each.label)) for each in Priority]
MOST_DAYS: Final = 250
"""The longest term: a year of business days."""


class ManyFilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class DocumentsField(DocumentField):
    """Any number of files, none included."""

    def __init__(self, label: str) -> None:
        super().__init__(required=False, label=label, widget=ManyFilesInput(attrs={"class": "input"}))
        self.help_text = f"Hasta {MOST_FILES}, cada uno de {settings.UPLOAD_LIMIT_MB} MB o menos."

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 - as in Django
        """The uploaded files, or ValidationError with one sentence."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(DocumentsField, self).clean(each, initial) for each in files if each]


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # of people
    """Somebody who writes in the institution. Its people are set by the form."""

    def __init__(self, label: str, *, none: str) -> None:
        super().__init__(
            queryset=Person.objects.none(),
            label=label,
            required=False,
            empty_label=none,
            error_messages={"invalid_choice": "Elija a alguien de la lista."},
            widget=forms.Select(attrs={"class": "input"}),
        )


class AskingForm(RecordForm):
    """What is asked, in the words of who asks."""

    kind = RowField(Kind, "Tipo", asks="Elija qué se pide.")
    title = WordsField(
        "Qué se pide", asks="Escriba qué se pide, en una línea.", hint="Afiche de la feria de servicios."
    )
    purpose = WordsField("Para qué", most=2000, lines=2, hint="A quién va dirigida y qué se espera de ella.")
    brief = WordsField(
        "Qué debe llevar", most=5000, lines=5, hint="Textos, fechas, lugares, logos. Lo que no esté aquí no saldrá."
    )
    wished_on = DayField("La quieren para el", hint="Solo si hay una fecha. El plazo lo da la tabla de la entidad.")
    priority = ChoiceOf("Prioridad", PRIORITIES, asks="Elija la prioridad.")
    priority_reason = WordsField("Por qué es urgente", most=300, hint="Solo si es urgente.")

    def __init__(self, *args: Any, request: ServiceRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q(pk=request.kind_id) if request else Q(pk=None)
        self.fields["kind"].queryset = kinds_for(self.access).filter(Q(is_active=True) | own)  # type: ignore[attr-defined]  # a RowField

    def clean(self) -> dict[str, Any]:
        """An urgent one says why; a wish is not of a day before it was asked."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("priority") == Priority.URGENT and not str(cleaned.get("priority_reason") or "").strip():
            self.add_error(
                "priority_reason", "Escriba por qué es urgente: se hace el mismo día y deja esperando a otras."
            )
        if cleaned.get("priority") and cleaned["priority"] != Priority.URGENT:
            cleaned["priority_reason"] = ""
        return cleaned


class OwnRequestForm(AskingForm):
    """What an office asks for itself."""

    documents = DocumentsField("Archivos")


class RequestForm(AskingForm):
    """A request as the editor has it: also who asked, and when."""

    office = RowField(Office, "Dependencia", none="De ninguna dependencia")
    requester_name = WordsField("Quién la pide", most=150, hint="Nombre y cargo, si no entra en Pregón.")
    requester_email = WordsField("Su correo", most=254)
    asked_on = DayField("Pedida el", asks="Escriba el día en que la pidieron.")
    campaign = WordsField("Campaña", most=60, hint="El nombre corto de su campaña, si tiene.")
    field_order = (
        "version",
        "kind",
        "title",
        "office",
        "requester_name",
        "requester_email",
        "origin",
        "asked_on",
        "purpose",
        "brief",
        "wished_on",
        "priority",
        "priority_reason",
        "assignee",
        "campaign",
        "documents",
    )

    def __init__(self, *args: Any, request: ServiceRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        own = request.office if request else None
        self.fields["office"].queryset = choosable_offices_of(self.access, own)  # type: ignore[attr-defined]  # a RowField

    def clean_requester_email(self) -> str:
        """An address, where there is one."""
        typed = str(self.cleaned_data["requester_email"]).strip()
        return (
            str(forms.EmailField(error_messages={"invalid": "Escriba el correo completo."}).clean(typed))
            if typed
            else ""
        )

    def clean_asked_on(self) -> Any:  # noqa: ANN401 - a day
        """A day that has come."""
        day = self.cleaned_data["asked_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError("Ese día no ha llegado: escriba el día en que la pidieron.")
        return day

    def clean(self) -> dict[str, Any]:
        """As asked; a wish for a day before it was asked is a slip."""
        cleaned = super().clean()
        asked, wished = cleaned.get("asked_on"), cleaned.get("wished_on")
        if asked and wished and wished < asked:
            self.add_error("wished_on", "La quieren para antes de pedirla. Revise las dos fechas.")
        return cleaned


class TypedRequestForm(RequestForm):
    """A request that did not come through Pregón, typed by the editor."""

    origin = ChoiceOf("Cómo llegó", typed_origins(), asks="Elija cómo llegó.", none="Elija")
    assignee = PersonField("Quién la hace", none="Nadie todavía")
    documents = DocumentsField("Archivos")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = workers_of(self.access)  # type: ignore[attr-defined]  # a PersonField


class MoveForm(RecordForm):
    """A move to another state: which, on what day, and why."""

    to = forms.ChoiceField(choices=State.choices, error_messages={"required": "Elija qué pasó con ella."})
    on = DayField("Cuándo pasó", asks="Escriba el día en que pasó.")
    note = WordsField("Nota", most=2000, lines=2, hint="Para devolver o cancelar, por qué.")


class AgreementForm(RecordForm):
    """Another date than the table's."""

    agreed_on = DayField("Fecha acordada", hint="Vacía: vuelve a valer la del plazo.")
    agreed_reason = WordsField("Por qué se acordó", asks="Escriba por qué se acordó otra fecha, y con quién.", most=300)


class AssignForm(RecordForm):
    """Who makes it."""

    assignee = PersonField("Quién la hace", none="Nadie todavía")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = workers_of(self.access)  # type: ignore[attr-defined]  # a PersonField


class FilesForm(forms.Form):
    """More files for a request."""

    documents = DocumentsField("Archivos")

    def clean_documents(self) -> list[Any]:
        """One at least."""
        files: list[Any] = self.cleaned_data["documents"]
        if not files:
            raise forms.ValidationError("Elija un archivo.")
        return files


class KindForm(RecordForm):
    """A kind of request of the institution."""

    name = WordsField("Nombre", asks="Escriba cómo se llama este tipo de solicitud.", most=80)
    counts_as = ChoiceOf(
        "Se cuenta como",
        choices_of(words.REQUEST_KINDS),
        asks="Elija cómo lo cuenta el informe.",
        none="Elija",
        hint="El informe cuenta diseños y acompañamientos; lo demás va en el total.",
    )
    is_active = TickField("Se ofrece al pedir", hint="Si no, las que ya hay lo conservan.")

    def __init__(self, *args: Any, kind: Kind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_name(self) -> str:
        """A name that no other kind has."""
        name = str(self.cleaned_data["name"]).strip()
        others = kinds_for(self.access).filter(name__iexact=name)
        if self.kind is not None:
            others = others.exclude(pk=self.kind.pk)
        if others.exists():
            raise forms.ValidationError(f"Ya hay un tipo «{name}». Póngale otro nombre.")
        return name


class ClosureForm(RecordForm):
    """A local day off."""

    day = DayField("Día", asks="Escriba el día.")
    reason = WordsField("Motivo", asks="Escriba por qué no se trabaja.", most=150, hint="Fiestas del municipio.")

    def clean_day(self) -> Any:  # noqa: ANN401 - a day
        """A day that is not there yet."""
        day = self.cleaned_data["day"]
        if closures_for(self.access).filter(day=day).exists():
            raise forms.ValidationError("Ese día ya está anotado.")
        return day


class TermsForm(forms.Form):
    """The table of terms: a number of business days for each kind and priority; empty, no term."""

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = list(kinds_for(access))
        for kind in self.kinds:
            for priority in Priority:
                field = CountField(f"{kind.name}, {priority.label.lower()}")
                field.widget.attrs["aria-label"] = field.label
                self.fields[term_key(kind.pk, priority)] = field

    def clean(self) -> dict[str, Any]:
        """Terms that somebody would wait for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, days in list(cleaned.items()):
            if days is not None and days > MOST_DAYS:
                self.add_error(name, f"Escriba {MOST_DAYS} días hábiles o menos.")
        return cleaned

    @property
    def terms(self) -> dict[tuple[int, str], int | None]:
        """What was typed, by kind and priority."""
        return {
            (kind.pk, priority.value): self.cleaned_data[term_key(kind.pk, priority)]
            for kind in self.kinds
            for priority in Priority
        }

    @property
    def rows(self) -> list[tuple[Kind, list[forms.BoundField], str]]:
        """Each kind with its three fields, and how the report counts it."""
        return [
            (kind, [self[term_key(kind.pk, each)] for each in Priority], tell_counted(RequestKind(kind.counts_as)))
            for kind in self.kinds
        ]


def term_key(kind: int, priority: str) -> str:
    """The name of a field of the table."""
    return f"plazo-{kind}-{priority}"
