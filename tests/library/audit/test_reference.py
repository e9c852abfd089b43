"""The answer key of a real report: what must be found in it, by number, and what must never be said."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import pregon
from pregon.audit.finding import Finding, Severity
from pregon.audit.result import AuditResult

REFERENCE = Path(__file__).parents[4] / "shared" / "reference"
FILES = ("informe-2025-T4.docx", "informe-2025-T4.txt")

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared, with the reference report, is not here")


@cache
def _audit(name: str) -> AuditResult:
    return pregon.audit(REFERENCE / name)


def _told(finding: Finding) -> str:
    return " ".join((finding.code, finding.message, finding.stated, finding.cause, *finding.consequences))


# Each of class A: words that one and the same finding must hold.
CLASS_A = {
    1: ("PER001", "tres trimestres distintos", "SEGUNDO TRIMESTRE 2025", "cuarto trimestre de 2025"),
    2: ("PER001", "tres trimestres distintos", "tercer trimestre del año 2025", "cuarto trimestre del año 2025"),
    3: ("SUM001", "WhatsApp: el total dice 36 y los tres meses suman 37."),
    4: ("REF001", "Sede electrónica: el resumen dice 3 y la tabla da 6.", "3 es solo octubre."),
    5: ("REF001", "X: el resumen dice 179 y la tabla da 90.", "179 = 90 de X + 89 de Instagram."),
    6: ("REF001", "179", "El desglose de 273 (redes sociales) suma 362 y no 273."),
    7: ("SUM001", "El total general dice 278 y la cuenta da 279.", "273 + 3 daría 276", "daría 368"),
    8: ("CNT001", "Dice 6 campañas y enumera 7."),
    9: ("PER001", "Cuatro campañas son de julio a septiembre", "agosto - septiembre"),
    10: ("PER001", "efemérides ambientales", "21 de julio", "28 de septiembre"),
    11: ("REF001", "5 fondos de pantalla y la tabla 2 tiene 2"),
    12: ("SUM001", "5.700 + 3.400 = 9.100", "37.764", "28.664"),
    13: ("SUM001", "557 + 439 = 996", "2.215", "1.219"),
    14: ("SUM001", "34 + 35 = 69", "209", "140"),
    15: ("SUM001", "44.600 + 39.300 = 83.900", "124.045", "40.145"),
    16: ("GAP001", "Falta diciembre en Facebook, Instagram y X.", "26, 23 y 25"),
    17: ("GAP001", "«Total» está vacía en Facebook y X"),
    18: ("GAP001", "«Total» está vacía en Facebook y X"),
    19: ("CNT001", "Dice 7 eventos y la tabla 11 tiene 6 filas."),
    20: ("REF001", "659", "suma 101", "No se puede confirmar"),
    21: ("AVG001", "El promedio de 65", "659 ÷ 7 = 94,1; 101 ÷ 3 = 33,7", "unos 10 eventos"),
    22: ("REF001", "232", "no está en la tabla", "es 45"),
    23: ("GAP001", "Cantidad asistentes", "Veedurías", "Rendición Pública de Cuentas", "Reconocimiento al mérito"),
    24: ("ORD001", "El evento del 28/10/2025 está después del 19/11/2025 y es anterior."),
    25: ("PER001", "Las tres notas de riesgo están fechadas el 4/07/2025"),
    26: ("PER001", "notas de riesgo", "«segundo trimestre»"),
    27: ("PER001", "notas de riesgo", "Cita como evidencia el informe del «Primer Trimestre»"),
    28: ("PER001", "notas de riesgo", "«presente trimestre»", "tercer trimestre, no el cuarto"),
    29: ("PER001", "La tabla de acompañamientos y diseños es de julio a septiembre"),
    30: ("EXP001", "la dirección de un servidor interno 2 veces", "\\\\•••.•••.•.•\\"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("number", CLASS_A)
def test_class_a_is_found(name: str, number: int) -> None:
    told = [_told(finding) for finding in _audit(name).findings]
    assert [all(words in text for words in CLASS_A[number]) for text in told].count(True) == 1


# Class B: provable and minor.
CLASS_B = {
    32: ("GAP002", "Falta la cantidad en «Productos: post»."),
    33: ("FMT001", "«2.106» y «1830»", "Sugerencia: 1.830."),
    34: ("FMT003", "las cifras de X son aproximadas", "como exactas: 2.106 y 1830"),
    35: ("LBL001", "«Cuántas veces fue visto el post (alcance)» junta dos medidas distintas"),
    36: ("LBL001", "«ME GUSTA Y SEGUIDORES» junta dos medidas distintas"),
    38: ("FMT002", "«)» sin abrir"),
    39: ("GAP003", "y 7 títulos más no tienen contenido en este archivo", "HISTORIAS PUBLICADAS EN NOVIEMBRE"),
    40: ("GAP004", "Las tablas 1 y 3 no dicen el total", "34.811 + 34.326 + 25.059 = 94.196", "3 + 1 + 2 = 6"),
    41: ("ORD002", "«1. CANTIDAD DE PUBLICACIONES WHATSAPP» lleva número y ningún otro título lo lleva."),
    42: ("LBL002", "«X» y «X(Twitter)»", "«Coordinación con», «Coordinado con» y «Coordinada con»"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("number", CLASS_B)
def test_class_b_is_found(name: str, number: int) -> None:
    told = [_told(finding) for finding in _audit(name).findings]
    assert [all(words in text for words in CLASS_B[number]) for text in told].count(True) == 1


# Class C: what the document should show and does not, always as advice.
CLASS_C = {
    45: ("UNS001", "Eficacia de las Comunicaciones en convocatoria a eventos", "no tiene un indicador"),
    46: ("UNS001", "«No se han registrado retrasos» no tiene fechas pedidas ni entregadas"),
    47: ("UNS001", "«No se ha utilizado de manera indebida» no tiene un método"),
    49: ("UNS001", "Implementación y efectividad de las estrategias", "no tiene un indicador"),
    51: ("CTL002", "quién elaboró, revisó y aprobó, el código y la versión"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("number", CLASS_C)
def test_class_c_is_advice(name: str, number: int) -> None:
    found = [finding for finding in _audit(name).findings if all(words in _told(finding) for words in CLASS_C[number])]
    assert [finding.severity for finding in found] == [Severity.ADVICE]


@pytest.mark.parametrize("name", FILES)
def test_nothing_else_is_said(name: str) -> None:
    """Every finding belongs to the key: none of class D, and none made up."""
    known = (*CLASS_A.values(), *CLASS_B.values(), *CLASS_C.values())
    strange = [
        finding.message
        for finding in _audit(name).findings
        if not any(all(word in _told(finding) for word in words) for words in known)
    ]
    assert strange == []


def _contradicts(word: str) -> Callable[[Finding], bool]:
    return lambda finding: finding.severity is Severity.CONTRADICTION and word in finding.message


# Class D: what holds. A contradiction that quotes these words would be a false alarm.
CLASS_D = {
    1: "Facebook: ",
    2: "Instagram: ",
    3: "Total por mes",
    5: "noticias",
    6: "Fondo pantalla: ",
    7: "POST",
    9: "suman 72",
    10: "6/10/2025",
    13: "46",
    14: "Alcance",
    17: "34.811",
    19: "anual",
    20: "Ley",
    21: "77",
    24: "No se materializó",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("number", CLASS_D)
def test_class_d_is_never_called_wrong(name: str, number: int) -> None:
    assert list(filter(_contradicts(CLASS_D[number]), _audit(name).findings)) == []


HOLDS = (
    "44 + 24 + 26 = 94",
    "44 + 22 + 23 = 89",
    "44 + 44 + 46 = 134",
    "24 + 22 + 19 = 65",
    "26 + 23 + 25 = 74",
    "134 + 65 + 74 = 273",
    "3 + 1 + 2 = 6",
    "0 + 0 + 2 = 2",
    "4 = 4 enumerados",
    "46 = 46",
    "19 = 19",
    "32 + 25 + 15 = 72",
    "23 + 32 + 22 = 77",
)


@pytest.mark.parametrize("name", FILES)
def test_what_holds_is_said(name: str) -> None:
    accounts = {holding.account for holding in _audit(name).consistent}
    assert [account for account in HOLDS if account not in accounts] == []


@pytest.mark.parametrize("name", FILES)
def test_the_place_to_mend_comes_first(name: str) -> None:
    first = {finding.message: finding.locations[0] for finding in _audit(name).findings}
    place = first["WhatsApp: el total dice 36 y los tres meses suman 37."]
    assert (place.table, place.row_label, place.column_label, place.quoted) == (2, "WhatsApp", "TOTAL", "36")
    assert first["X: el resumen dice 179 y la tabla da 90."].quoted == "179"
    assert first["El total general dice 278 y la cuenta da 279."].quoted == "278"
    assert first["Sede electrónica: el resumen dice 3 y la tabla da 6."].quoted == "3"


def test_word_and_text_say_the_same() -> None:
    """All but what the conversion to text left in it."""
    word, text = ([f.message for f in _audit(name).findings if f.code != "FMT002"] for name in FILES)
    assert word == text
