"""The form over a scale's data: the same levels and zones, with other names, figures and weights."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from pregon.figures.spanish import parse_amount, print_number
from pregon.records.risk_scale import Scale
from pregon_web.fields import CountField, WordsField
from pregon_web.risks.models import CONTROL_KINDS, EXECUTIONS


class FigureField(forms.Field):
    """A figure as people write it, «33,3», as the plain decimal that a scale holds."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.TextInput(attrs={"class": "input num", "inputmode": "decimal"}),
        )

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - as in Django
        """The decimal's digits, or ValidationError with one sentence."""
        text = str(value if value is not None else "").strip().removesuffix("%").strip()
        if not text:
            return ""
        try:
            return f"{parse_amount(text).value:f}"
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form's tables: what it is of, and its fields."""

    title: str
    fields: tuple[BoundField, ...]


class ScaleForm(forms.Form):
    """A scale to be edited. Its levels are as many as they were; `parse_scale` says whether they can be."""

    name = WordsField("Guía de la que sale", asks="Escriba de qué guía sale.", most=120)
    version = WordsField("Versión", asks="Escriba la versión, por ejemplo 6.1.", most=20)
    reason = WordsField(
        "Qué cambió y por qué",
        most=300,
        hint="Los riesgos ya valorados conservan la versión anterior hasta revaluarlos.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scale: Scale, number: int, **kwargs: Any) -> None:
        initial = {"name": scale.name, "version": scale.version, "seen": number, **_initial(scale)}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.scale = scale
        for place, _ in enumerate(scale.probabilities):
            self.fields[f"p{place}_name"] = WordsField("Nombre", most=40)
            self.fields[f"p{place}_percent"] = FigureField("Porcentaje")
            self.fields[f"p{place}_at_most"] = CountField("Hasta cuántas veces al año")
            self.fields[f"p{place}_means"] = WordsField("Quiere decir", most=160)
        for place, _ in enumerate(scale.impacts):
            self.fields[f"i{place}_name"] = WordsField("Nombre", most=40)
            self.fields[f"i{place}_percent"] = FigureField("Porcentaje")
            self.fields[f"i{place}_economic"] = WordsField("En dinero", most=160)
            self.fields[f"i{place}_reputational"] = WordsField("En la imagen", most=160)
        for place, _ in enumerate(scale.zones):
            self.fields[f"z{place}_letter"] = WordsField("Letra", most=1)
            self.fields[f"z{place}_name"] = WordsField("Nombre", most=40)
        for row, _ in enumerate(scale.probabilities):
            for column, _ in enumerate(scale.impacts):
                self.fields[f"m{row}_{column}"] = WordsField("Zona", most=1)
        for kind in CONTROL_KINDS:
            self.fields[f"k_{kind.value}"] = FigureField("Peso")
        for execution in EXECUTIONS:
            self.fields[f"e_{execution.value}"] = FigureField("Peso")

    def visible_fields(self) -> list[BoundField]:
        """What stands alone; the tables have their own lines."""
        return [self["name"], self["version"], self["reason"]]

    @property
    def probability_lines(self) -> list[Line]:
        """The levels of probability, the lowest first."""
        return self._lines(
            "p", [each.name for each in self.scale.probabilities], ("name", "percent", "at_most", "means")
        )

    @property
    def impact_lines(self) -> list[Line]:
        """The levels of impact."""
        names = [each.name for each in self.scale.impacts]
        return self._lines("i", names, ("name", "percent", "economic", "reputational"))

    @property
    def zone_lines(self) -> list[Line]:
        """The zones."""
        return self._lines("z", [each.name for each in self.scale.zones], ("letter", "name"))

    @property
    def matrix_lines(self) -> list[Line]:
        """The matrix, the highest probability first."""
        rows = list(enumerate(self.scale.probabilities))
        columns = range(len(self.scale.impacts))
        return [
            Line(level.name, tuple(self[f"m{row}_{column}"] for column in columns)) for row, level in reversed(rows)
        ]

    @property
    def weight_lines(self) -> list[Line]:
        """What each kind and each execution of a control weighs."""
        kinds = [Line(name, (self[f"k_{kind.value}"],)) for kind, name in CONTROL_KINDS.items()]
        ways = [Line(name, (self[f"e_{way.value}"],)) for way, name in EXECUTIONS.items()]
        return [*kinds, *ways]

    def _lines(self, stem: str, names: list[str], parts: tuple[str, ...]) -> list[Line]:
        return [Line(name, tuple(self[f"{stem}{place}_{part}"] for part in parts)) for place, name in enumerate(names)]

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, as the data of a scale."""
        said = self.cleaned_data
        scale = self.scale
        return {
            "name": said["name"],
            "version": said["version"],
            "probability": [
                {part: said[f"p{place}_{part}"] for part in ("name", "percent", "at_most", "means")}
                for place, _ in enumerate(scale.probabilities)
            ],
            "impact": [
                {part: said[f"i{place}_{part}"] for part in ("name", "percent", "economic", "reputational")}
                for place, _ in enumerate(scale.impacts)
            ],
            "zones": [
                {part: said[f"z{place}_{part}"] for part in ("letter", "name")} for place, _ in enumerate(scale.zones)
            ],
            "matrix": [
                [said[f"m{row}_{column}"].upper() for column, _ in enumerate(scale.impacts)]
                for row, _ in enumerate(scale.probabilities)
            ],
            "kinds": {kind.value: said[f"k_{kind.value}"] for kind in CONTROL_KINDS},
            "executions": {execution.value: said[f"e_{execution.value}"] for execution in EXECUTIONS},
        }


def _initial(scale: Scale) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place, level in enumerate(scale.probabilities):
        found |= {
            f"p{place}_name": level.name,
            f"p{place}_percent": _print(level.percent),
            f"p{place}_at_most": "" if level.at_most is None else level.at_most,
            f"p{place}_means": level.means,
        }
    for place, harm in enumerate(scale.impacts):
        found |= {
            f"i{place}_name": harm.name,
            f"i{place}_percent": _print(harm.percent),
            f"i{place}_economic": harm.economic,
            f"i{place}_reputational": harm.reputational,
        }
    for place, zone in enumerate(scale.zones):
        found |= {f"z{place}_letter": zone.letter, f"z{place}_name": zone.name}
    for row, letters in enumerate(scale.matrix):
        found |= {f"m{row}_{column}": letter for column, letter in enumerate(letters)}
    found |= {f"k_{kind.value}": _print(weight) for kind, weight in scale.kinds.items()}
    return found | {f"e_{execution.value}": _print(weight) for execution, weight in scale.executions.items()}


def _print(value: Decimal) -> str:
    return print_number(value)
