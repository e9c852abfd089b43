import pytest

from pregon.figures.period import Period, find_periods


def said(text: str) -> list[tuple[str, str | None]]:
    return [(mention.text, str(mention.period) if mention.period else None) for mention in find_periods(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SEGUNDO TRIMESTRE 2025", [("SEGUNDO TRIMESTRE 2025", "2025-T2")]),
        ("En el tercer trimestre del año 2025 se hizo", [("tercer trimestre del año 2025", "2025-T3")]),
        ("Informe – Primer Trimestre. ", [("Primer Trimestre", None)]),
        ("cuarto\ntrimestre\nde 2025", [("cuarto\ntrimestre\nde 2025", "2025-T4")]),
        ("IV Trim. y Q4 2025, T4", [("IV Trim.", None), ("Q4 2025", "2025-T4"), ("T4", None)]),
        ("primer y segundo trimestre de 2025", [("primer", "2025-T1"), ("segundo trimestre de 2025", "2025-T2")]),
        ("octubre de 2025 a enero de 2026", [("octubre de 2025 a enero de 2026", "2025-10-01/2026-01-31")]),
        ("noviembre a enero de 2026", [("noviembre a enero de 2026", "2025-11-01/2026-01-31")]),
        ("entre julio y septiembre de 2025", [("julio y septiembre de 2025", "2025-T3")]),
        ("julio y septiembre de 2025", [("julio", None), ("septiembre de 2025", "2025-09")]),
        ("JULIO / AGOSTO / SEPTIEMBRE", [("JULIO / AGOSTO / SEPTIEMBRE", None)]),
        ("OCTUBRE\n\tNOVIEMBRE", [("OCTUBRE", None), ("NOVIEMBRE", None)]),
        ("OCTUBRE\n2025", [("OCTUBRE", None)]),
        ("en 2025-10 y 10/2025", [("2025-10", "2025-10"), ("10/2025", "2025-10")]),
        ("SEP. 2025, sept de 2025", [("SEP. 2025", "2025-09"), ("sept de 2025", "2025-09")]),
        ("setiembre", [("setiembre", None)]),
        ("DIC", [("DIC", None)]),
        ("segundo semestre del 2025", [("segundo semestre del 2025", "2025-S2")]),
        ("Julio Pérez publicó en julio", [("julio", None)]),
    ],
)
def test_finding_periods(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ley 2460 de 2025",
        "Sentencia T-095 de 2025",
        "vigencia 2025",
        "10 de octubre",
        "9 al 15 de diciembre de 2025",
        "6/10/2025",
        "2025-10-06",
        "Resolución 10/2025",
        "Contrato n.º 2025-10",
        "en mar abierto",
        "quinto trimestre",
        "cuatro trimestres",
        "el trimestre",
        "trimestre 4 eventos",
        "2T de carga",
        "la hormona t4 sube",
        "seis meses",
    ],
)
def test_what_names_no_period_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_a_quarter_without_year_is_told_by_its_number() -> None:
    (mention,) = find_periods("Durante el segundo trimestre, no se materializó")
    assert (mention.quarter, mention.months, mention.year, mention.period, mention.relative) == (
        2,
        (),
        None,
        None,
        False,
    )


def test_months_without_year_are_told_by_their_numbers() -> None:
    (mention,) = find_periods("Duración: agosto - septiembre")
    assert (mention.quarter, mention.months, mention.period) == (None, (8, 9), None)
    (wrapped,) = find_periods("noviembre a enero")
    assert wrapped.months == (11, 12, 1)
    (half,) = find_periods("primer semestre")
    assert (half.quarter, half.months) == (None, (1, 2, 3, 4, 5, 6))


@pytest.mark.parametrize(
    "text", ["el presente trimestre", "este trimestre", "el trimestre actual", "TRIMESTRE EN CURSO"]
)
def test_the_present_quarter_names_none_of_its_own(text: str) -> None:
    (mention,) = find_periods(text)
    assert (mention.relative, mention.quarter, mention.months, mention.period) == (True, None, (), None)


def test_a_mention_knows_its_place_in_the_text_as_given() -> None:
    text = "\u200bEn el cuar\u00adto trimestre de 2025."
    (mention,) = find_periods(text)
    assert text[mention.start : mention.end] == "cuar\u00adto trimestre de 2025"
    assert mention.text == "cuarto trimestre de 2025"
    assert (mention.period, mention.year) == (Period.quarter(2025, 4), 2025)
