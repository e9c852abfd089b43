"""Reports that people wrote by hand, read back: what may be taken and what the report itself puts in doubt."""

from pathlib import Path

import pytest

from pregon.figures.period import Period
from pregon.importers.base import Extract, open_upload
from pregon.importers.intake import receive
from pregon.importers.placing import place_receipts
from pregon.importers.registry import find_source
from pregon.records.dossier import Dossier
from pregon.records.organisation import Control, Institution
from pregon.records.publishing import Method

FIXTURES = Path(__file__).parent / "sources" / "old_report"
REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "informe-2025-T4.docx"
reference = pytest.mark.skipif(not REFERENCE.is_file(), reason="../shared, with the reference report, is not here")

# Read in the report by a person, table by table: what no other figure of it contradicts.
TRUE_OF_THE_REFERENCE = {
    ("website", "visits"): {"2025-10": 34811, "2025-11": 34326, "2025-12": 25059},
    ("website", "news_items"): {"2025-10": 3, "2025-11": 1, "2025-12": 2},
    ("wallpaper", "wallpapers"): {"2025-10": 0, "2025-11": 0, "2025-12": 2},
    ("facebook", "posts"): {"2025-10": 44, "2025-11": 24, "2025-12": 26},
    ("instagram", "posts"): {"2025-10": 44, "2025-11": 22, "2025-12": 23},
    ("x", "posts"): {"2025-10": 46, "2025-11": 19, "2025-12": 25},
    ("facebook", "viewers"): {"2025-10": 73300, "2025-11": 26700},
    ("facebook", "visits"): {"2025-10": 3400, "2025-11": 1400},
    ("facebook", "followers_gained"): {"2025-10": 111, "2025-11": 37},
    ("facebook", "views"): {"2025-10": 208800, "2025-11": 66800},
    ("instagram", "reach"): {"2025-10": 5700, "2025-11": 3400},
    ("instagram", "visits"): {"2025-10": 557, "2025-11": 439},
    ("instagram", "followers_gained"): {"2025-10": 34, "2025-11": 35},
    ("instagram", "views"): {"2025-10": 44600, "2025-11": 39300},
    ("x", "views"): {"2025-10": 2106, "2025-11": 1830},
}
IN_DISPUTE = (
    "WhatsApp: el total dice 36 y los tres meses suman 37.",
    "Sede electrónica: el resumen dice 3 y la tabla da 6.",
    "X: el resumen dice 179 y la tabla da 90.",
    "El total general dice 278 y la cuenta da 279.",
    "El texto dice 5 fondos de pantalla y la tabla 2 tiene 2.",
    "Dice 7 eventos y la tabla 11 tiene 6 filas.",
    "Los totales de Instagram no salen de octubre y noviembre: para 37.764, diciembre tendría que ser 28.664.",
    "Falta diciembre en Facebook, Instagram y X.",
)


def read(path: Path, **answers: str) -> Extract:
    source = find_source("old-report")
    assert source is not None
    return source.extract(open_upload(path), answers)


@reference
def test_the_reference_report_gives_what_nothing_in_it_contradicts() -> None:
    taken: dict[tuple[str, str], dict[str, int]] = {}
    for each in read(REFERENCE).observations:
        assert each.amount is not None
        assert (each.method, each.birth.rule) == (Method.REPORT, "tomado de un informe")
        taken.setdefault((each.platform.value, each.metric), {})[str(each.period)] = int(each.amount.value)
    assert taken == TRUE_OF_THE_REFERENCE


@reference
def test_the_reference_report_is_told_every_figure_that_it_contradicts() -> None:
    remarks = read(REFERENCE).remarks
    assert [told for told in IN_DISPUTE if told not in remarks] == []


@reference
def test_a_label_that_joins_two_measures_is_told_with_its_figures() -> None:
    (assumed,) = {
        each.birth.assumed
        for each in read(REFERENCE).observations
        if (each.platform.value, each.metric) == ("instagram", "followers_gained")
    }
    assert assumed == ("«ME GUSTA Y SEGUIDORES» junta dos medidas distintas: «me gusta» y seguidores.",)


def test_a_report_without_a_year_asks_its_period_again_after_an_answer_that_is_none() -> None:
    path = FIXTURES / "word_without_a_year" / "Informe.docx"
    for answers in ({}, {"period": "el primero"}):
        extract = read(path, **answers)
        assert [question.key for question in extract.questions] == ["period"]
        assert extract.observations == ()


def test_figures_of_a_report_say_in_the_registro_where_they_come_from() -> None:
    empty = Dossier(Institution("Personería de Peñaclara"), Period.quarter(2024, 1), Control("", ""))
    path = FIXTURES / "word_without_a_year" / "Informe.docx"
    placement = place_receipts(receive([open_upload(path)], {"period": "2024-T1"}), empty)
    assert len(placement.dossier.observations) == 6
    assert {(each.channel, each.method, each.note) for each in placement.dossier.observations} == {
        ("facebook", Method.REPORT, "tomado de un informe"),
        ("instagram", Method.REPORT, "tomado de un informe"),
    }
