import re
from decimal import Decimal

import pytest

from pregon.figures.amount import Amount
from pregon.figures.spanish import (
    ask_reading,
    count_of,
    find_amounts,
    parse_amount,
    print_amount,
    print_number,
)

# text, value, unit, unit in the last place
READINGS = [
    ("34.811", "34811", "", "0"),
    ("1830", "1830", "", "0"),
    ("0", "0", "", "0"),
    ("1.234.567", "1234567", "", "0"),
    ("1,234,567", "1234567", "", "0"),
    ("1.234.567,89", "1234567.89", "", "0.01"),
    ("1,234,567.89", "1234567.89", "", "0.01"),
    ("1,234.5", "1234.5", "", "0.1"),
    ("1.830,5", "1830.5", "", "0.1"),
    ("34,811", "34.811", "", "0.001"),
    ("0.125", "0.125", "", "0.001"),
    ("1234.567", "1234.567", "", "0.001"),
    ("48.50%", "48.5", "%", "0.01"),
    ("48,5 %", "48.5", "%", "0.1"),
    ("48,5\u00a0%", "48.5", "%", "0.1"),
    ("48,5 por ciento", "48.5", "%", "0.1"),
    ("cien por ciento", "100", "%", "0"),
    ("cien por cien", "100", "%", "0"),
    ("34 811", "34811", "", "0"),
    ("34\u00a0811", "34811", "", "0"),
    ("34\u202f811", "34811", "", "0"),
    ("1\u2009234\u2009567,5", "1234567.5", "", "0.1"),
    ("1'234.567", "1234567", "", "0"),
    ("34.\u00ad811", "34811", "", "0"),
    ("\u200e34.811\n", "34811", "", "0"),
    ("10 mil 848", "10848", "", "0"),
    ("tres mil 206", "3206", "", "0"),
    ("15 millones 147 mil 785", "15147785", "", "0"),
    ("15 millones 147.785", "15147785", "", "0"),
    ("15 millones", "15000000", "", "1000000"),
    ("2,5 millones", "2500000", "", "100000"),
    ("2,5 mil millones", "2500000000", "", "100000000"),
    ("112K", "112000", "", "1000"),
    ("112 K", "112000", "", "1000"),
    ("9k", "9000", "", "1000"),
    ("1,2M", "1200000", "", "100000"),
    ("4,4 mil", "4400", "", "100"),
    ("73,3 mil", "73300", "", "100"),
    ("+2 mil%", "2000", "%", "1000"),
    ("doscientas setenta y tres", "273", "", "0"),
    ("DOSCIENTOS SETENTA Y TRES", "273", "", "0"),
    ("un millón doscientas mil", "1200000", "", "1000"),
    ("veintiún mil", "21000", "", "1000"),
    ("veintiun mil uno", "21001", "", "0"),
    ("treinta y cuatro mil ochocientas once", "34811", "", "0"),
    ("dieciseis", "16", "", "0"),
    ("una", "1", "", "0"),
    ("cero", "0", "", "0"),
    ("-1", "-1", "", "0"),
    ("\u22121", "-1", "", "0"),
    ("– 5", "-5", "", "0"),
    ("\u22123,2 %", "-3.2", "%", "0.1"),
    ("+2 %", "2", "%", "0"),
    ("$1.500.000", "1500000", "COP", "0"),
    ("-$ 1.500", "-1500", "COP", "0"),
    ("1.500 COP", "1500", "COP", "0"),
    ("≈ 2.106", "2106", "", "0"),
]


@pytest.mark.parametrize(("text", "value", "unit", "ulp"), READINGS)
def test_reading_one_number(text: str, value: str, unit: str, ulp: str) -> None:
    read = parse_amount(text)
    assert read == Amount(Decimal(value), unit, Decimal(ulp))
    assert read.raw == text


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("2.106", ("2.106",)),
        ("34,811", ("34811",)),
        ("-2.106", ("-2.106",)),
        ("\u22122.106 %", ("-2.106",)),
        ("2106", ()),
        ("1.234.567", ()),
        ("2.106,0", ()),
        ("0,811", ()),
        ("1234,567", ()),
        ("34 811", ()),
    ],
)
def test_an_ambiguous_number_keeps_its_other_reading(text: str, alternatives: tuple[str, ...]) -> None:
    assert parse_amount(text).alternatives == tuple(Decimal(value) for value in alternatives)


def test_asking_which_reading_is_meant() -> None:
    assert ask_reading(parse_amount("34,811")) == (
        "¿«34,811» es treinta y cuatro mil ochocientos once, o treinta y cuatro con decimales? Elija una."
    )
    assert ask_reading(parse_amount("2.106")).startswith("¿«2.106» es dos mil ciento seis, o dos con decimales?")
    assert ask_reading(parse_amount("273")) == ""


def test_the_unit_that_is_printed_goes_first() -> None:
    assert parse_amount("15", unit="h") == Amount(Decimal(15), "h")
    assert parse_amount("15 h", unit="h") == Amount(Decimal(15), "h")
    assert parse_amount("15 %", unit="h") == Amount(Decimal(15), "%")
    assert parse_amount("15", unit="%") == Amount(Decimal(15), "%")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Falta el número. Escriba una cifra, por ejemplo 2.100."),
        (" \u00a0", "Falta el número. Escriba una cifra, por ejemplo 2.100."),
        ("2.1oo", "«2.1oo» tiene letras. Escriba solo números, por ejemplo 2.100."),
        ("1.22187E+17", "«1.22187E+17» tiene letras. Escriba solo números, por ejemplo 2.100."),
        ("273 publicaciones", "«273 publicaciones» tiene letras. Escriba solo números, por ejemplo 2.100."),
        ("T4", "«T4» tiene letras. Escriba solo números, por ejemplo 2.100."),
    ],
)
def test_what_is_not_a_number_is_told_in_a_sentence(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "%",
        "192.168.2.6",
        "1.23.456",
        "1.234.56",
        "1,23,456",
        "6/10/2025",
        "10 134 65",
        "3 4",
        "8:00",
        "1" * 30,
        "٣",
        "½",
        "34..811",
        "34.811.",
        "1.234 567",
        "cien dos",
        "treinta dos",
        "dos tres",
        "y dos",
        "millones",
    ],
)
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Escr[ií]b"):
        parse_amount(text)


def test_a_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(ValueError, match=r"^«x{39}…» tiene letras"):
        parse_amount("x" * 5000)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[mention.start : mention.end], str(mention.amount.value)) for mention in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Se realizaron doscientas setenta y tres publicaciones y 3 de sede.",
            [("doscientas setenta y tres", "273"), ("3", "3")],
        ),
        ("Subió 48,5\u00a0% y bajó −3,2 %.", [("48,5\u00a0%", "48.5"), ("−3,2 %", "-3.2")]),
        ("15 millones 147 mil 785 vistas", [("15 millones 147 mil 785", "15147785")]),
        ("doscientas\nochenta", [("doscientas\nochenta", "280")]),
        ("doscientas\tochenta", [("doscientas", "200"), ("ochenta", "80")]),
        ("10\n\t13\n\t14", [("10", "10"), ("13", "13"), ("14", "14")]),
        ("dos o tres; veinte y treinta", [("dos", "2"), ("tres", "3"), ("veinte", "20"), ("treinta", "30")]),
        ("de 34\u00a0811 a 34\u00ad.326", [("34\u00a0811", "34811"), ("34\u00ad.326", "34326")]),
        ("doscien\u00adtas tres", [("doscien\u00adtas tres", "203")]),
        ("veintido\u0301s", [("veintido\u0301s", "22")]),
        ("134 65 74 273", [("134", "134"), ("65", "65"), ("74", "74"), ("273", "273")]),
        ("12 345,5 visitas en 2025 273", [("12 345,5", "12345.5"), ("2025", "2025"), ("273", "273")]),
        (
            "posts 44/24/26, 9-15 y (45)",
            [("44", "44"), ("24", "24"), ("26", "26"), ("9", "9"), ("15", "15"), ("45", "45")],
        ),
        ("En 2025 mil personas", [("2025", "2025"), ("mil", "1000")]),
        ("una nota, uno de dos, un millón", [("dos", "2"), ("un millón", "1000000")]),
        ("12 por ciento y ciento dos", [("12 por ciento", "12"), ("ciento dos", "102")]),
        ("$ 15 millones, US$300", [("$ 15 millones", "15000000"), ("300", "300")]),
        ("112K, 10k y 5kg", [("112K", "112000"), ("10k", "10000")]),
        ("", []),
    ],
)
def test_finding_numbers_in_running_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "6/10/2025",
        "06-10-2025",
        "2025-10-06",
        "6.10.2025",
        "6/10/25",
        "2025-10-01/2025-12-31",
        "5:00 p. m.",
        "10:40",
        "192.168.2.6",
        "T-095",
        "COVID-19",
        "5G",
        "H1N1",
        "v2.1",
        "T4",
        "2025-T4",
        "4.º",
        "3.ª",
        "1er",
        "30°",
        "_Hlk2070",
        r"\\192.168.2.6\comunicaciones\2025",
        "9" * 40,
    ],
)
def test_dates_hours_ordinals_addresses_and_codes_give_no_number(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (34811, "34.811"),
        (1234, "1.234"),
        (999, "999"),
        (-1, "−1"),
        (0, "0"),
        (Decimal("48.5"), "48,5"),
        (Decimal("48.50"), "48,50"),
        (Decimal("1234567.89"), "1.234.567,89"),
        (Decimal("2E+3"), "2.000"),
        (Decimal("-0"), "0"),
    ],
)
def test_printing_a_number(value: Decimal | int, printed: str) -> None:
    assert print_number(value) == printed


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("33.666", 1, "33,7"),
        ("0.05", 1, "0,1"),
        ("-0.04", 1, "0,0"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "−3"),
        ("7", 2, "7,00"),
    ],
)
def test_rounding_while_printing_takes_halves_away_from_zero(value: str, decimals: int, printed: str) -> None:
    assert print_number(Decimal(value), decimals=decimals) == printed


def test_what_is_not_finite_is_not_printed() -> None:
    with pytest.raises(ValueError, match="números finitos"):
        print_number(Decimal("NaN"))


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (Amount.exact(34811), "34.811"),
        (Amount(Decimal("48.5"), "%", Decimal("0.1")), "48,5\u00a0%"),
        (Amount(Decimal(48), "%", Decimal("0.01")), "48,00\u00a0%"),
        (Amount(Decimal(73300), ulp=Decimal(100)), "73.300"),
        (Amount.exact(-1500000, "COP"), "−$1.500.000"),
        (Amount.exact(15, "h"), "15\u00a0h"),
    ],
)
def test_printing_an_amount(amount: Amount, printed: str) -> None:
    assert print_amount(amount) == printed


def test_a_count_agrees_with_its_noun() -> None:
    assert count_of(1, "publicación", "publicaciones") == "1 publicación"
    assert count_of(0, "publicación", "publicaciones") == "0 publicaciones"
    assert count_of(1273, "publicación", "publicaciones") == "1.273 publicaciones"
