"""Forms of the pieces: a version, what is answered to the gate, a decision, a publication, the rules of approval."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models import QuerySet

from pregon_web.accounts.selectors import Access
from pregon_web.fields import ChoiceOf, CountField, DayField, LinkField, RecordForm, RowField, TickField, WordsField
from pregon_web.ledger.evidence import Upload
from pregon_web.ledger.models import Channel, Evidence
from pregon_web.ledger.selectors import channels_for
from pregon_web.uploads import DocumentField
from pregon_web.workflow.approval_steps import read_order
from pregon_web.workflow.gate.check import Reply
from pregon_web.workflow.models import Approval, PieceVersion, Policy, Signer
from pregon_web.workflow.piece_rows import Judged
from pregon_web.workflow.pieces import ANSWERED_BY_EVIDENCE, Given

NOBODY, PEOPLE, MINORS = "nobody", "people", "minors"
_SHOWS: Final = [
    (NOBODY, "No muestra personas"),
    (PEOPLE, "Muestra personas adultas"),
    (MINORS, "Muestra menores de edad"),
]
_MOST_EVIDENCE: Final = 200


def upload_of(file: TemporaryUploadedFile | None) -> Upload | None:
    """A file that a person brought, where it lies; None where they brought none."""
    return Upload(Path(file.temporary_file_path()), file.name or "archivo") if file else None


class MomentField(forms.DateTimeField):
    """A day and an hour: a browser's own field."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(
            label=label,
            required=False,
            help_text=hint,
            widget=forms.DateTimeInput(attrs={"class": "input", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
            error_messages={"invalid": "Escriba el día y la hora, por ejemplo 24/01/2026 7:00."},
        )


class PieceForm(RecordForm):
    """What a piece is called and when it goes out."""

    title = WordsField(
        "Nombre de la pieza", asks="Escriba qué es, en una línea.", hint="Pieza del Día de la Educación."
    )
    goes_out_at = MomentField("Cuándo sale", hint="Si se sabe. Quien aprueba lo ve.")


class VersionForm(RecordForm):
    """What a version is made of. `last` is the version before it, whose file it keeps unless another is brought."""

    document = DocumentField(required=False, label="Archivo", widget=forms.FileInput(attrs={"class": "input"}))
    text = WordsField(
        "Texto que la acompaña", most=5000, lines=5, hint="Lo que se lee en la publicación, tal como va a salir."
    )
    alternative_text = WordsField(
        "Texto alternativo", most=1000, lines=2, hint="Qué dice y qué muestra la imagen, para quien no la ve."
    )
    captions = WordsField(
        "Subtítulos o guion", most=20000, lines=4, hint="De un video: lo que se dice, para quien no oye."
    )
    shows = ChoiceOf("Quién se ve en ella", _SHOWS, none="Elija", hint="De una imagen o un video.")
    channels = forms.MultipleChoiceField(
        label="Por dónde sale",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Elija los canales de la lista."},
    )

    def __init__(self, *args: Any, access: Access, last: PieceVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, access=access, **kwargs)
        self.last = last
        chosen = set(last.channels) if last else set()
        offered = [row for row in channels_for(access) if row.is_active or row.code in chosen]
        self.fields["channels"].choices = [(row.code, row.name) for row in offered]  # type: ignore[attr-defined]  # a choice field
        told = f"Imagen, video MP4 o PDF. Máximo {settings.UPLOAD_LIMIT_MB} MB."
        if last is not None and last.file_name:
            told += f" Si no elige otro, sigue «{last.file_name}»."
        self.fields["document"].help_text = told

    @staticmethod
    def initial_of(version: PieceVersion) -> dict[str, Any]:
        """What the form of the next version starts with."""
        shows = NOBODY if version.shows_people is False else ""
        if version.shows_people:
            shows = MINORS if version.shows_minors else PEOPLE
        names = ("text", "alternative_text", "captions", "channels")
        return {"shows": shows, **{name: getattr(version, name) for name in names}}

    def visible_fields(self) -> list[Any]:
        """All but the channels, which the page sets by themselves."""
        return [field for field in super().visible_fields() if field.name != "channels"]

    def clean(self) -> dict[str, Any]:
        """Of what can be seen it is said who is seen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_seen = cleaned.get("document") or (self.last is not None and self.last.file_sha256 and not self.drops_file)
        if is_seen and not cleaned.get("shows") and "shows" not in self.errors:
            self.add_error("shows", "Mírela y diga quién se ve: de eso depende la autorización que hace falta.")
        return cleaned

    @property
    def drops_file(self) -> bool:
        """Whether the file of the version before is let go."""
        return bool(self.cleaned_data.get("without_file"))

    @property
    def content(self) -> dict[str, Any]:
        """What was typed, by the fields of the version."""
        shows = self.cleaned_data["shows"]
        names = ("text", "alternative_text", "captions", "channels", "change")
        return {
            "shows_people": None if not shows else shows != NOBODY,
            "shows_minors": None if not shows else shows == MINORS,
            **{name: self.cleaned_data[name] for name in names if name in self.cleaned_data},
        }


class NewPieceForm(VersionForm, PieceForm):
    """A piece with its first version."""

    field_order = ("version", "title", "document", "text", "alternative_text", "captions", "shows", "goes_out_at")


class NewVersionForm(VersionForm):
    """Another version of a piece."""

    change = WordsField("Qué cambió", asks="Diga qué cambió, en una línea: quien aprueba lo lee.", most=300)
    without_file = TickField("Ya no lleva archivo")
    field_order = ("version", "change", "document", "without_file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.last is None or not self.last.file_sha256:
            del self.fields["without_file"]


class CommentForm(RecordForm):
    """Something said of a version."""

    text = WordsField("Comentario", asks="Escriba el comentario.", most=2000, lines=3)


class GateForm(forms.Form):
    """Every remark of the gate that waits, each with what answers it: words, a mark, an evidence. None is demanded by
    the form: what is left empty goes on waiting.
    """

    def __init__(self, *args: Any, access: Access, waiting: Sequence[Judged], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        rows = Evidence.objects.of(access.institution).order_by("-pk")
        for judged in waiting:
            self._add_fields(judged, rows)

    def _add_fields(self, judged: Judged, rows: QuerySet[Evidence]) -> None:
        key, earlier = key_of(judged), judged.earlier
        if judged.remark.reply is Reply.YES:
            self.fields[f"yes-{key}"] = TickField(judged.remark.message)
            return
        said = earlier.answer if earlier and earlier.answer != ANSWERED_BY_EVIDENCE else ""
        answer = WordsField("Respuesta", most=400, lines=2)
        answer.initial = said
        self.fields[f"answer-{key}"] = answer
        if judged.check_code == "consent":
            chooser = RowField(Evidence, "Autorización que ya está en Evidencias", none="Ninguna")
            recent = list(rows.values_list("pk", flat=True)[:_MOST_EVIDENCE])
            chooser.queryset = rows.filter(pk__in=[*recent, *([earlier.evidence_id] if earlier else [])])
            chooser.initial = earlier.evidence_id if earlier else None
            self.fields[f"evidence-{key}"] = chooser
            widget = forms.FileInput(attrs={"class": "input"})
            self.fields[f"document-{key}"] = DocumentField(required=False, label="O el archivo firmado", widget=widget)

    @property
    def given(self) -> list[Given]:
        """What was answered; what was left as it was is not."""
        found = []
        for judged in self.waiting:
            key = key_of(judged)
            answer = str(self.cleaned_data.get(f"answer-{key}") or "").strip()
            if self.cleaned_data.get(f"yes-{key}"):
                answer = "Sí"
            evidence = self.cleaned_data.get(f"evidence-{key}")
            upload = upload_of(self.cleaned_data.get(f"document-{key}"))
            if answer or evidence or upload:
                found.append(Given(judged.check_code, judged.remark.found, answer, evidence, upload))
        return found

    @property
    def has_questions(self) -> bool:
        """Whether some of it is answered with a mark."""
        return any(judged.remark.reply is Reply.YES for judged in self.waiting)

    @property
    def parts(self) -> list[tuple[Judged, list[Any]]]:
        """Each remark with its fields, for the page."""
        return [
            (judged, [self[name] for name in self.fields if name.endswith(f"-{key_of(judged)}")])
            for judged in self.waiting
        ]


def key_of(judged: Judged) -> str:
    """The end of the names of a remark's fields: what was found may hold any letter."""
    return hashlib.sha256(f"{judged.check_code}:{judged.remark.found}".encode()).hexdigest()[:12]


class PublishForm(RecordForm):
    """Where and when an approved version came out."""

    channel = RowField(Channel, "Canal", asks="Elija el canal.")
    link = LinkField(
        "Enlace", hint="La dirección de la publicación. La de Instagram, X o TikTok prueba la hora en que salió."
    )
    day = DayField("Día en que salió", hint="Vacío si el enlace ya lo prueba.")

    def __init__(self, *args: Any, version: PieceVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["channel"]
        assert isinstance(chooser, RowField)  # noqa: S101 - for the type checker
        chooser.queryset = channels_for(self.access).filter(is_active=True)
        if version.channels and not self.is_bound:
            chooser.initial = chooser.queryset.filter(code__in=version.channels).first()


class DecisionForm(forms.Form):
    """What a person decides on the version they see, named by its hash; `confirmed` comes with the second tap."""

    decision = forms.ChoiceField(choices=Approval.Decision.choices)
    comment = forms.CharField(required=False, max_length=2000)
    sha256 = forms.CharField(max_length=64)
    confirmed = forms.BooleanField(required=False)


_ORDERS: Final = {
    "owner,approver": "El líder y después la entidad",
    "approver,owner": "La entidad y después el líder",
    "owner": "Solo el líder de la dependencia",
    "approver": "Solo quien aprueba por la entidad",
}


class PolicyForm(RecordForm):
    """The institution's rules of approval."""

    order = ChoiceOf(
        "Quién aprueba, y en qué orden",
        list(_ORDERS.items()),
        asks="Elija un orden.",
        hint="El líder es el de la dependencia que la pide. Por la entidad aprueba quien tiene el papel «Aprueba».",
    )
    link_demand = ChoiceOf("Qué pide el enlace", list(Policy.Demand.choices), asks="Elija qué pide el enlace.")
    link_hours = CountField("Horas que sirve el enlace", hint="De 1 a 720.")
    remind_days = CountField("Días hábiles antes de vencer en que se avisa", hint="De 0 a 10.")
    names = WordsField(
        "Nombres que las piezas deben escribir bien",
        most=8000,
        lines=5,
        hint="Uno por línea, además del de la entidad y los de sus dependencias. Después de dos puntos, cómo lo han "
        "escrito mal: «Red de Veedurías: Red de Beedurias, Red Veedurias».",
    )

    @staticmethod
    def initial_of(policy: Policy) -> dict[str, Any]:
        """What the form shows of the rules."""
        order = read_order(policy.order)
        lines = [
            f"{each['name']}: {', '.join(each['wrong'])}" if each.get("wrong") else str(each["name"])
            for each in policy.names
        ]
        return {
            "order": ",".join(signer.value for signer in order),
            "link_demand": policy.link_demand,
            "link_hours": policy.link_hours,
            "remind_days": policy.remind_days,
            "names": "\n".join(lines),
            "version": policy.version,
        }

    def clean_order(self) -> list[str]:
        """The steps, in their order."""
        return [Signer(each).value for each in str(self.cleaned_data["order"]).split(",")]

    def clean_link_hours(self) -> int:
        """Between an hour and a month."""
        return self._between("link_hours", 1, 720)

    def clean_remind_days(self) -> int:
        """Between the same day and two weeks."""
        return self._between("remind_days", 0, 10)

    def _between(self, name: str, least: int, most: int) -> int:
        value = self.cleaned_data[name]
        if value is None or not least <= value <= most:
            raise forms.ValidationError(f"Escriba un número de {least} a {most}.")
        return int(value)

    def clean_names(self) -> list[dict[str, Any]]:
        """Each name with its wrong spellings."""
        names = []
        for line in str(self.cleaned_data["names"]).splitlines():
            name, _, wrong = line.partition(":")
            if name.strip():
                spellings = [each.strip() for each in wrong.split(",") if each.strip()]
                names.append({"name": name.strip(), "wrong": spellings})
        return names
