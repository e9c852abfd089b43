"""The scale of risks: the guide's worked example, its edges, every cell of its matrix, and one that is malformed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pregon.records.risk_scale import (
    BadScale,
    Control,
    ControlKind,
    Execution,
    default_scale,
    default_scale_data,
    parse_scale,
    scale_data,
)

PREVENTIVE = Control(ControlKind.PREVENTIVE, Execution.MANUAL)
DETECTIVE = Control(ControlKind.DETECTIVE, Execution.MANUAL)
CORRECTIVE = Control(ControlKind.CORRECTIVE, Execution.MANUAL)
SCALE = default_scale()
PROBABILITIES = ("Muy baja", "Baja", "Media", "Alta", "Muy alta")
IMPACTS = ("Leve", "Menor", "Moderado", "Mayor", "Catastrófico")
# The guide's matrix as domain.md prints it, from the highest probability down; columns from Leve to Catastrófico.
PRINTED = {"Muy alta": "AAAAE", "Alta": "MMAAE", "Media": "MMMAE", "Baja": "BMMAE", "Muy baja": "BBMAE"}
NAMES = {"B": "Bajo", "M": "Moderado", "A": "Alto", "E": "Extremo"}


def test_the_worked_example_of_the_guide() -> None:
    # A preventive control run by hand weighs 25 + 15 = 40 %: 80 % × (1 − 0,40) = 48 %, which is Media.
    valued = SCALE.value(3, 2, [PREVENTIVE])
    assert [(step.before, step.weight, step.after) for step in valued.steps] == [
        (Decimal(80), Decimal(40), Decimal(48))
    ]
    assert (valued.inherent.probability, valued.inherent.zone.name) == (Decimal(80), "Alto")
    assert (valued.residual.probability, valued.residual.row, valued.residual.zone.name) == (
        Decimal(48),
        2,
        "Moderado",
    )
    assert valued.residual.impact == valued.inherent.impact == Decimal(60)


def test_each_control_takes_its_share_of_what_the_one_before_it_left() -> None:
    # Probability: 80 × 0,60 = 48; 48 × 0,70 = 33,6. Impact: 60 × 0,75 = 45; 45 × 0,65 = 29,25.
    automatic = Control(ControlKind.CORRECTIVE, Execution.AUTOMATIC)
    valued = SCALE.value(3, 2, [PREVENTIVE, CORRECTIVE, DETECTIVE, automatic])
    assert [(step.on_impact, f"{step.before:f}", f"{step.after:f}") for step in valued.steps] == [
        (False, "80", "48"),
        (True, "60", "45"),
        (False, "48", "33.6"),
        (True, "45", "29.25"),
    ]
    assert (valued.residual.row, valued.residual.column, valued.residual.zone.letter) == (1, 1, "M")


def test_a_risk_without_controls_stays_where_it_was() -> None:
    valued = SCALE.value(4, 4)
    assert (valued.steps, valued.residual) == ((), valued.inherent)


def test_controls_never_reach_zero() -> None:
    valued = SCALE.value(0, 0, [PREVENTIVE] * 10)
    assert valued.residual.probability == Decimal(20) * Decimal("0.6") ** 10
    assert valued.residual.zone.letter == "B"


@pytest.mark.parametrize(
    ("kind", "execution", "weight"),
    [
        (ControlKind.PREVENTIVE, Execution.AUTOMATIC, 50),
        (ControlKind.PREVENTIVE, Execution.MANUAL, 40),
        (ControlKind.DETECTIVE, Execution.AUTOMATIC, 40),
        (ControlKind.DETECTIVE, Execution.MANUAL, 30),
        (ControlKind.CORRECTIVE, Execution.AUTOMATIC, 35),
        (ControlKind.CORRECTIVE, Execution.MANUAL, 25),
    ],
)
def test_a_control_weighs_its_kind_and_its_execution(kind: ControlKind, execution: Execution, weight: int) -> None:
    assert SCALE.weight(Control(kind, execution)) == Decimal(weight)


@pytest.mark.parametrize(
    ("times", "name"),
    [
        (0, "Muy baja"),
        (2, "Muy baja"),
        (3, "Baja"),
        (24, "Baja"),
        (25, "Media"),
        (500, "Media"),
        (501, "Alta"),
        (5000, "Alta"),
        (5001, "Muy alta"),
        (1_000_000, "Muy alta"),
    ],
)
def test_how_often_a_year_gives_the_probability(times: int, name: str) -> None:
    assert SCALE.probabilities[SCALE.probability_for(times)].name == name


@pytest.mark.parametrize(
    ("percent", "row"),
    [("0.1", 0), ("20", 0), ("20.01", 1), ("40", 1), ("48", 2), ("60", 2), ("60.5", 3), ("80", 3), ("81", 4)],
)
def test_a_percentage_falls_in_the_first_level_that_reaches_it(percent: str, row: int) -> None:
    position = SCALE.position(Decimal(percent), Decimal(percent))
    assert (position.row, position.column) == (row, row)


@pytest.mark.parametrize("row", range(5))
@pytest.mark.parametrize("column", range(5))
def test_every_cell_of_the_matrix_is_the_guides(row: int, column: int) -> None:
    position = SCALE.inherent(row, column)
    letter = PRINTED[PROBABILITIES[row]][column]
    assert (position.row, position.column) == (row, column)
    assert (position.zone.letter, position.zone.name) == (letter, NAMES[letter])


def test_the_scale_that_comes_with_pregon_says_which_it_is() -> None:
    assert (SCALE.name, SCALE.version) == ("DAFP, Guía para la administración del riesgo", "6")
    assert [level.name for level in SCALE.probabilities] == list(PROBABILITIES)
    assert [level.name for level in SCALE.impacts] == list(IMPACTS)
    assert [level.percent for level in SCALE.impacts] == [20, 40, 60, 80, 100]


def test_a_scale_written_as_data_is_read_back_equal() -> None:
    assert parse_scale(scale_data(SCALE)) == SCALE


def test_a_scale_of_another_size_is_valued_by_its_own_rules() -> None:
    smaller = parse_scale(
        {
            "name": "De la entidad",
            "version": "1",
            "probability": [{"name": "Rara", "percent": 50, "at_most": 12}, {"name": "Común", "percent": 100}],
            "impact": [
                {"name": "Leve", "percent": 30},
                {"name": "Medio", "percent": 70},
                {"name": "G", "percent": 100},
            ],
            "zones": [{"letter": "v", "name": "Tolerable"}, {"letter": "r", "name": "Intolerable"}],
            "matrix": [["v", "v", "r"], ["v", "r", "r"]],
            "kinds": {"preventive": "10", "detective": "5", "corrective": "5"},
            "executions": {"automatic": "2.5", "manual": "0"},
        }
    )
    valued = smaller.value(1, 1, [Control(ControlKind.PREVENTIVE, Execution.AUTOMATIC)])
    # 100 × (1 − 0,125) = 87,5: still common, and 70 is still the middle impact.
    assert (valued.inherent.zone.name, f"{valued.residual.probability:f}", valued.residual.zone.name) == (
        "Intolerable",
        "87.5",
        "Intolerable",
    )
    assert smaller.probability_for(13) == 1


def _set(*road: Any, to: object) -> Callable[[dict[str, Any]], None]:
    def change(told: dict[str, Any]) -> None:
        place: Any = told
        for key in road[:-1]:
            place = place[key]
        place[road[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_set("name", to=" "), "La escala no tiene nombre: escriba de qué guía sale."),
        (_set("version", to=7), "La escala no tiene versión: escríbala, por ejemplo 6."),
        (_set("probability", to=[]), "La escala necesita entre 2 y 9 niveles de probabilidad."),
        (_set("impact", to=["Leve", "Menor"]), "La escala necesita entre 2 y 9 niveles de impacto."),
        (_set("zones", 0, "letter", to="BJ"), "Cada zona lleva una letra, por ejemplo A para «Alto»."),
        (_set("zones", 0, "letter", to="A"), "Dos zonas tienen la misma letra: dele a cada una la suya."),
        (_set("impact", 1, "name", to=""), "Un nivel de impacto no tiene nombre: escríbalo."),
        (
            _set("impact", 1, "percent", to="cuarenta"),
            "El nivel «Menor» necesita un porcentaje mayor que 0 y hasta 100.",
        ),
        (
            _set("impact", 4, "percent", to="NaN"),
            "El nivel «Catastrófico» necesita un porcentaje mayor que 0 y hasta 100.",
        ),
        (
            _set("impact", 1, "percent", to="20"),
            "Los niveles de impacto van de menor a mayor: «Menor» tiene 20 % y «Leve», 20 %.",
        ),
        (
            _set("probability", 1, "at_most", to=2.5),
            "El nivel «Baja» necesita hasta cuántas veces al año, en números enteros.",
        ),
        (_set("probability", 1, "at_most", to=None), "Falta hasta cuántas veces al año llega el nivel «Baja»."),
        (
            _set("probability", 2, "at_most", to=24),
            "Las veces al año van de menor a mayor: «Media» llega a 24 y «Baja», a 24.",
        ),
        (
            _set("probability", 4, "at_most", to=9000),
            "El nivel más alto, «Muy alta», no lleva tope de veces al año: déjelo vacío.",
        ),
        (_set("kinds", to=None), "Falta el peso de un control preventivo: un número de 0 a 99."),
        (_set("executions", "manual", to="-1"), "Falta el peso de un control manual: un número de 0 a 99."),
        (
            _set("kinds", "preventive", to="75"),
            "Un control no puede quitar el 100 %: baje el peso de su tipo o el de su ejecución.",
        ),
        (_set("matrix", 4, to=["A", "A"]), "La matriz necesita 5 filas de probabilidad con 5 zonas cada una."),
        (
            _set("matrix", 0, 4, to="X"),
            "La casilla Muy baja × Catastrófico de la matriz no nombra una zona de la escala.",
        ),
        (
            _set("matrix", 0, 4, to=["E"]),
            "La casilla Muy baja × Catastrófico de la matriz no nombra una zona de la escala.",
        ),
    ],
)
def test_a_malformed_scale_is_told_in_one_sentence(change: Callable[[dict[str, Any]], None], sentence: str) -> None:
    told = copy.deepcopy(default_scale_data())
    change(told)
    with pytest.raises(BadScale) as refused:
        parse_scale(told)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("told", [None, [], "escala", 6])
def test_what_is_no_scale_at_all_is_told_too(told: object) -> None:
    with pytest.raises(BadScale) as refused:
        parse_scale(told)
    assert str(refused.value) == (
        "La escala no se puede leer: debe traer sus niveles, sus zonas y los pesos de los controles."
    )
