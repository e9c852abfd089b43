"""Formulas of indicators: what they say, what they come to, and where one cannot be read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pregon.records.formula import (
    Formula,
    FormulaFault,
    Name,
    Quotient,
    ZeroDivisor,
    evaluate,
    is_percent,
    split_ratio,
    tell_formula,
)
from pregon.records.formula_reading import MOST_DEPTH, MOST_LETTERS, parse_formula

LABELS = {
    "a_tiempo": "solicitudes a tiempo",
    "con_fecha": "solicitudes con fecha",
    "tarde": "solicitudes tardías",
    "x": "publicaciones en X",
}
VALUES = {"a_tiempo": Decimal(27), "con_fecha": Decimal(30), "tarde": Decimal(3), "x": Decimal(90)}


def read(text: str) -> Formula:
    found = parse_formula(text, LABELS)
    assert isinstance(found, Formula), found
    return found


def value(text: str) -> Decimal | None:
    found = evaluate(read(text).root, VALUES)
    return found.value if isinstance(found, Quotient) else None


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a_tiempo ÷ con_fecha × 100", Decimal(90)),
        ("a_tiempo/con_fecha*100", Decimal(90)),
        ("100 × a_tiempo : con_fecha", Decimal(90)),
        ("a_tiempo ÷ con_fecha x 100 %", Decimal(90)),
        ("Solicitudes a tiempo ÷ SOLICITUDES CON FECHA", Decimal("0.9")),
        ("solicitudes tardias + x", Decimal(93)),
        ("2 + 3 × 4", Decimal(14)),
        ("(2 + 3) × 4", Decimal(20)),
        ("20 − 6 - 4", Decimal(10)),
        ("80 ÷ 4 ÷ 2", Decimal(10)),
        ("80 ÷ (4 ÷ 2)", Decimal(40)),
        ("−tarde + 10", Decimal(7)),
        ("−(tarde − 10)", Decimal(7)),
        ("--tarde", Decimal(3)),
        ("x*0,5", Decimal(45)),
        ("x × 0.5", Decimal(45)),
        ("1.234,5 + x", Decimal("1324.5")),
        ("1 ÷ 3 × 3 − 1", Decimal(0)),  # exact: no digit is lost on the way
        ("x x 2", Decimal(180)),
        ("tarde ÷ (con_fecha − 10 × tarde)", None),
        ("tarde ÷ (1 ÷ 3 × 3 − 1)", None),
    ],
)
def test_what_a_formula_comes_to(text: str, result: Decimal | None) -> None:
    assert value(text) == result


@pytest.mark.parametrize(
    ("text", "message", "stretch"),
    [
        ("", "Escriba la fórmula, por ejemplo solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100.", ""),
        (
            "a_tiempo ÷ con_fehca",
            "«con_fehca» no está en la lista. ¿Quiso decir «con_fecha»?",
            "con_fehca",
        ),
        ("zanahorias ÷ x", "«zanahorias» no está en la lista. Elija una cantidad de la lista.", "zanahorias"),
        ("a_tiempo ÷", "A la fórmula le falta lo que sigue: una cantidad de la lista o un número.", ""),
        ("÷ x", "Antes de «÷» falta una cantidad de la lista o un número.", "÷"),
        ("tarde 5", "Antes de «5» falta un signo: + − × ÷.", "5"),
        ("tarde con_fecha", "Antes de «con_fecha» falta un signo: + − × ÷.", "con_fecha"),
        ("(x + 1", "Este paréntesis se abre y no se cierra.", "("),
        ("x + 1)", "Este paréntesis se cierra y no se había abierto, o no tiene nada dentro.", ")"),
        ("()", "Este paréntesis se cierra y no se había abierto, o no tiene nada dentro.", ")"),
        ("x = 3", "«=» no se usa en una fórmula. Use + − × ÷ y paréntesis.", "="),
        ("x ÷ tarde %", "El signo % sobra. Para dar el resultado en porcentaje, termine con × 100.", "%"),
        ("5 % × x", "Escriba ese porcentaje como decimal: 0,05 en lugar de 5 %.", "5 %"),
        ("2.106 × x", "«2.106» se puede leer de dos maneras. Escriba 2106 o 2,1060.", "2.106"),
        ("1.000 × x", "«1.000» se puede leer de dos maneras. Escriba 1000 o 1.", "1.000"),
        ("1234567890123456 × x", "Ese número tiene más de 15 cifras.", "1234567890123456"),
        ("__import__('os')", "«__import__» no está en la lista. Elija una cantidad de la lista.", "__import__"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, message: str, stretch: str) -> None:
    fault = parse_formula(text, LABELS)
    assert isinstance(fault, FormulaFault)
    assert (fault.message, fault.parts[1]) == (message, stretch)
    assert "".join(fault.parts) == text


def test_what_is_written_instead_of_an_ambiguous_number_is_read_in_one_way() -> None:
    assert value("2106 × 1") == Decimal(2106)
    assert value("2,1060 × 1") == Decimal("2.106")


def test_length_and_depth_have_a_limit() -> None:
    longest = "+".join(["1"] * (MOST_LETTERS // 2))
    assert value(longest) == MOST_LETTERS // 2
    too_long = parse_formula("1" + "+1" * (MOST_LETTERS // 2), LABELS)
    assert isinstance(too_long, FormulaFault)
    assert too_long.message == "La fórmula tiene 301 letras y el máximo es 300. Escríbala con los códigos."
    deepest = MOST_DEPTH - 1
    assert value("(" * deepest + "x" + ")" * deepest) == Decimal(90)
    for opening in ("(", "-"):
        fault = parse_formula(opening * MOST_DEPTH + "x", LABELS)
        assert isinstance(fault, FormulaFault)
        assert fault.message.startswith("Hay más de 20 paréntesis o signos uno dentro de otro.")


def test_a_decomposed_accent_is_the_same_letter() -> None:
    assert read("solicitudes tardi\u0301as").root == Name("tarde")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a_tiempo/con_fecha*100", "solicitudes a tiempo ÷ solicitudes con fecha × 100"),
        ("100*(a_tiempo+tarde)/x", "100 × (solicitudes a tiempo + solicitudes tardías) ÷ publicaciones en X"),
        ("x-(tarde-1)", "publicaciones en X − (solicitudes tardías − 1)"),
        ("x+(tarde-1)", "publicaciones en X + solicitudes tardías − 1"),
        ("x/(tarde*2)", "publicaciones en X ÷ (solicitudes tardías × 2)"),
        ("x*-tarde", "publicaciones en X × (−solicitudes tardías)"),
        ("1234,5*x", "1.234,5 × publicaciones en X"),
    ],
)
def test_a_formula_is_told_in_words_that_say_the_same(text: str, told: str) -> None:
    formula = read(text)
    assert tell_formula(formula.root, LABELS) == told
    assert value(tell_formula(formula.root, {code: code for code in LABELS}).replace("1.234,5", "1234,5")) == value(
        text
    )


@pytest.mark.parametrize(
    ("text", "above", "below", "percent"),
    [
        ("a_tiempo ÷ con_fecha × 100", "solicitudes a tiempo", "solicitudes con fecha", True),
        ("100 × (a_tiempo + tarde) ÷ x", "solicitudes a tiempo + solicitudes tardías", "publicaciones en X", True),
        ("(a_tiempo ÷ con_fecha) × 100", "solicitudes a tiempo", "solicitudes con fecha", True),
        ("a_tiempo ÷ con_fecha", "solicitudes a tiempo", "solicitudes con fecha", False),
        ("x ÷ (con_fecha ÷ tarde)", "publicaciones en X", "solicitudes con fecha ÷ solicitudes tardías", False),
        ("100 ÷ x", "100", "publicaciones en X", False),
    ],
)
def test_a_share_gives_both_its_terms(text: str, above: str, below: str, percent: bool) -> None:
    ratio = split_ratio(read(text).root)
    assert ratio is not None
    assert (tell_formula(ratio.above, LABELS), tell_formula(ratio.below, LABELS), ratio.is_percent) == (
        above,
        below,
        percent,
    )


def test_what_is_no_share_has_no_terms() -> None:
    assert [split_ratio(read(text).root) for text in ("x + tarde", "x ÷ 2", "x × 100", "x")] == [None] * 4
    assert [is_percent(read(text).root) for text in ("x × 100", "x × 10", "100", "100 × x ÷ 2")] == [
        True,
        False,
        False,
        True,
    ]


def test_the_divisor_that_is_zero_is_named() -> None:
    found = evaluate(read("x ÷ (con_fecha − 10 × tarde)").root, VALUES)
    assert isinstance(found, ZeroDivisor)
    assert tell_formula(found.divisor, LABELS) == "solicitudes con fecha − 10 × solicitudes tardías"
