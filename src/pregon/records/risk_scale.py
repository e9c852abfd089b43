"""The scale by which a risk is valued: levels, zones and the weight of controls, all of it data with a version.

DAFP's guide (v6, 2022) comes with Pregón; an institution may have its own, and a later guide stands beside it as one
more file of `scales`. Percentages are Decimals from 0 to 100. A control takes its share of what the one before it left:
80 % × (1 − 40 %) = 48 %, and then 48 % × (1 − 30 %) = 33,6 %. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

HUNDRED: Final = Decimal(100)
DEFAULT_SCALE: Final = "dafp-v6"
_MOST_LEVELS: Final = 9
_MOST_DIGITS: Final = 12


class BadScale(ValueError):  # noqa: N818 - what it is, not a suffix
    """A scale that cannot be valued with; the message is one Spanish sentence that says what to mend."""


class ControlKind(StrEnum):
    """What a control does: keep it from happening, notice it, or mend it."""

    PREVENTIVE = "preventive"
    DETECTIVE = "detective"
    CORRECTIVE = "corrective"

    @property
    def lowers_impact(self) -> bool:
        """Whether it lowers the impact; those that do not lower the probability."""
        return self is ControlKind.CORRECTIVE


class Execution(StrEnum):
    """Who runs a control: a system, or a person."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Probability:
    """A level of probability. `at_most` is how often a year, at most, the activity happens; None: without limit."""

    name: str
    percent: Decimal
    at_most: int | None
    means: str = ""


@dataclass(frozen=True, slots=True)
class Impact:
    """A level of impact, and its criteria: the money, and the institution's image."""

    name: str
    percent: Decimal
    economic: str = ""
    reputational: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone of the matrix; the letter tells it where there is no room for its name, and where there is no colour."""

    letter: str
    name: str


@dataclass(frozen=True, slots=True)
class Control:
    """A control as the scale weighs it."""

    kind: ControlKind
    execution: Execution


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the matrix: both percentages, the level that each falls in (from 0), and the zone."""

    probability: Decimal
    impact: Decimal
    row: int
    column: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Step:
    """What one control did: to which side, from what, by what weight, to what."""

    control: Control
    before: Decimal
    weight: Decimal
    after: Decimal

    @property
    def on_impact(self) -> bool:
        """Whether it is the impact that it lowered."""
        return self.control.kind.lowers_impact


@dataclass(frozen=True, slots=True)
class Valuation:
    """A risk valued: before its controls, each control's step in order, and after them."""

    inherent: Position
    steps: tuple[Step, ...]
    residual: Position


@dataclass(frozen=True, slots=True)
class Scale:
    """A version of a scale. `matrix` has a row of zone letters for each probability, the lowest first."""

    name: str
    version: str
    probabilities: tuple[Probability, ...]
    impacts: tuple[Impact, ...]
    zones: tuple[Zone, ...]
    matrix: tuple[tuple[str, ...], ...]
    kinds: Mapping[ControlKind, Decimal]
    executions: Mapping[Execution, Decimal]

    def probability_for(self, times_a_year: int) -> int:
        """The level for a yearly frequency, from 0. Where two bands share an edge (24, 500) it is of the lower one.

        >>> default_scale().probability_for(24)
        1
        """
        for place, level in enumerate(self.probabilities):
            if level.at_most is None or times_a_year <= level.at_most:
                return place
        return len(self.probabilities) - 1

    def position(self, probability: Decimal, impact: Decimal) -> Position:
        """Where two percentages fall: each in the first level that reaches it."""
        row, column = _level(self.probabilities, probability), _level(self.impacts, impact)
        letter = self.matrix[row][column]
        zone = next(each for each in self.zones if each.letter == letter)
        return Position(probability, impact, row, column, zone)

    def inherent(self, probability: int, impact: int) -> Position:
        """The place of two levels, before any control."""
        return self.position(self.probabilities[probability].percent, self.impacts[impact].percent)

    def weight(self, control: Control) -> Decimal:
        """What a control takes away, in percent: that of its kind and that of its execution."""
        return self.kinds[control.kind] + self.executions[control.execution]

    def value(self, probability: int, impact: int, controls: Iterable[Control] = ()) -> Valuation:
        """Two levels and the controls, applied one after another in their order."""
        inherent = self.inherent(probability, impact)
        left, harm = inherent.probability, inherent.impact
        steps = []
        for control in controls:
            before, weight = (harm if control.kind.lowers_impact else left), self.weight(control)
            after = before * (HUNDRED - weight) / HUNDRED
            steps.append(Step(control, before, weight, after))
            left, harm = (left, after) if control.kind.lowers_impact else (after, harm)
        return Valuation(inherent, tuple(steps), self.position(left, harm))


def _level(levels: Sequence[Probability | Impact], percent: Decimal) -> int:
    return next((place for place, level in enumerate(levels) if percent <= level.percent), len(levels) - 1)


@cache
def default_scale() -> Scale:
    """DAFP's guide, version 6."""
    return parse_scale(default_scale_data())


def default_scale_data() -> dict[str, Any]:
    """The data of DAFP's guide, version 6, as the file has it."""
    text = (files("pregon.records") / "scales" / f"{DEFAULT_SCALE}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def scale_data(scale: Scale) -> dict[str, Any]:
    """A scale as the plain data that `parse_scale` reads back equal."""
    return {
        "name": scale.name,
        "version": scale.version,
        "probability": [
            {"name": each.name, "percent": f"{each.percent:f}", "at_most": each.at_most, "means": each.means}
            for each in scale.probabilities
        ],
        "impact": [
            {
                "name": each.name,
                "percent": f"{each.percent:f}",
                "economic": each.economic,
                "reputational": each.reputational,
            }
            for each in scale.impacts
        ],
        "zones": [{"letter": each.letter, "name": each.name} for each in scale.zones],
        "matrix": [list(row) for row in scale.matrix],
        "kinds": {kind.value: f"{weight:f}" for kind, weight in scale.kinds.items()},
        "executions": {execution.value: f"{weight:f}" for execution, weight in scale.executions.items()},
    }


def parse_scale(data: object) -> Scale:
    """Read a scale from plain data (of JSON).

    Raises:
        BadScale: something is missing or cannot be, told in one Spanish sentence.
    """
    if not isinstance(data, Mapping):
        raise BadScale("La escala no se puede leer: debe traer sus niveles, sus zonas y los pesos de los controles.")
    probabilities = tuple(
        Probability(_name(each, "probabilidad"), _percent(each), _times(each), _text(each, "means"))
        for each in _rows(data, "probability", "de probabilidad")
    )
    impacts = tuple(
        Impact(_name(each, "impacto"), _percent(each), _text(each, "economic"), _text(each, "reputational"))
        for each in _rows(data, "impact", "de impacto")
    )
    zones = tuple(Zone(_letter(each), _name(each, "zona")) for each in _rows(data, "zones", "de zona"))
    _require_rising(probabilities, "probabilidad")
    _require_rising(impacts, "impacto")
    _require_bands(probabilities)
    letters = [zone.letter for zone in zones]
    if len(set(letters)) != len(letters):
        raise BadScale("Dos zonas tienen la misma letra: dele a cada una la suya.")
    kinds = _weights(data, "kinds", ControlKind)
    executions = _weights(data, "executions", Execution)
    if max(kinds.values()) + max(executions.values()) >= HUNDRED:
        raise BadScale("Un control no puede quitar el 100 %: baje el peso de su tipo o el de su ejecución.")
    return Scale(
        name=_text(data, "name") or _fail("La escala no tiene nombre: escriba de qué guía sale."),
        version=_text(data, "version") or _fail("La escala no tiene versión: escríbala, por ejemplo 6."),
        probabilities=probabilities,
        impacts=impacts,
        zones=zones,
        matrix=_matrix(data, probabilities, impacts, letters),
        kinds=kinds,
        executions=executions,
    )


def _fail(sentence: str) -> str:
    raise BadScale(sentence)


def _text(row: Mapping[Any, Any], key: str) -> str:
    value = row.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _rows(data: Mapping[Any, Any], key: str, what: str) -> list[Mapping[Any, Any]]:
    found = data.get(key)
    rows = [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
    if not isinstance(found, list) or len(rows) != len(found) or not 2 <= len(rows) <= _MOST_LEVELS:
        raise BadScale(f"La escala necesita entre 2 y {_MOST_LEVELS} niveles {what}.")
    return rows


def _name(row: Mapping[Any, Any], what: str) -> str:
    return _text(row, "name") or _fail(f"Un nivel de {what} no tiene nombre: escríbalo.")


def _letter(row: Mapping[Any, Any]) -> str:
    letter = _text(row, "letter")
    return letter if len(letter) == 1 else _fail("Cada zona lleva una letra, por ejemplo A para «Alto».")


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > _MOST_DIGITS:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _percent(row: Mapping[Any, Any]) -> Decimal:
    percent = _decimal(row.get("percent"))
    if percent is None or not 0 < percent <= HUNDRED:
        raise BadScale(f"El nivel «{_text(row, 'name')}» necesita un porcentaje mayor que 0 y hasta 100.")
    return percent


def _times(row: Mapping[Any, Any]) -> int | None:
    times = row.get("at_most")
    if times is None:
        return None
    if isinstance(times, bool) or not isinstance(times, int) or times < 0:
        raise BadScale(f"El nivel «{_text(row, 'name')}» necesita hasta cuántas veces al año, en números enteros.")
    return times


def _require_rising(levels: Sequence[Probability | Impact], what: str) -> None:
    for lower, higher in pairwise(levels):
        if higher.percent <= lower.percent:
            raise BadScale(
                f"Los niveles de {what} van de menor a mayor: «{higher.name}» tiene {higher.percent:f} % "
                f"y «{lower.name}», {lower.percent:f} %."
            )


def _require_bands(levels: Sequence[Probability]) -> None:
    """Each band ends after the one before it, and the last has no end: every frequency is in one."""
    if levels[-1].at_most is not None:
        raise BadScale(f"El nivel más alto, «{levels[-1].name}», no lleva tope de veces al año: déjelo vacío.")
    for lower, higher in pairwise(levels):
        if lower.at_most is None:
            raise BadScale(f"Falta hasta cuántas veces al año llega el nivel «{lower.name}».")
        if higher.at_most is not None and higher.at_most <= lower.at_most:
            raise BadScale(
                f"Las veces al año van de menor a mayor: «{higher.name}» llega a {higher.at_most} "
                f"y «{lower.name}», a {lower.at_most}."
            )


def _weights(data: Mapping[Any, Any], key: str, family: type[ControlKind | Execution]) -> dict[Any, Decimal]:
    told = data.get(key)
    weights = {}
    for member in family:
        weight = _decimal(told.get(member.value)) if isinstance(told, Mapping) else None
        if weight is None or not 0 <= weight < HUNDRED:
            raise BadScale(f"Falta el peso de un control {_WORDS[member]}: un número de 0 a 99.")
        weights[member] = weight
    return weights


_WORDS: Final[Mapping[ControlKind | Execution, str]] = {
    ControlKind.PREVENTIVE: "preventivo",
    ControlKind.DETECTIVE: "detectivo",
    ControlKind.CORRECTIVE: "correctivo",
    Execution.AUTOMATIC: "automático",
    Execution.MANUAL: "manual",
}


def _matrix(
    data: Mapping[Any, Any], probabilities: Sequence[Probability], impacts: Sequence[Impact], letters: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    told = data.get("matrix")
    rows = told if isinstance(told, list) else []
    shape = [len(row) if isinstance(row, list) else -1 for row in rows]
    if shape != [len(impacts)] * len(probabilities):
        raise BadScale(
            f"La matriz necesita {len(probabilities)} filas de probabilidad con {len(impacts)} zonas cada una."
        )
    for level, row in zip(probabilities, rows, strict=True):
        for impact, letter in zip(impacts, row, strict=True):
            if letter not in letters:
                raise BadScale(f"La casilla {level.name} × {impact.name} de la matriz no nombra una zona de la escala.")
    return tuple(tuple(row) for row in rows)
