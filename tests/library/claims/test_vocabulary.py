"""The words of reports against the catalogue of metrics: a measure's name is never read as another's."""

from __future__ import annotations

import pytest

from pregon.audit.wording import MEASURES
from pregon.claims.claim import Subject
from pregon.claims.records import platform_and_metric
from pregon.claims.vocabulary import MEASURE_CODES, measure_of
from pregon.figures.metric import CATALOGUE, Metric

NAMES = [(metric, name) for metric in CATALOGUE.values() for name in (metric.name, *metric.names_on(""))]


@pytest.mark.parametrize(("metric", "name"), NAMES, ids=[name for _, name in NAMES])
def test_a_name_of_the_catalogue_is_its_own_metric_or_none(metric: Metric, name: str) -> None:
    _, code = platform_and_metric(Subject("facebook", measure_of(name), None))
    assert not measure_of(name) or code == metric.code or code not in CATALOGUE


def test_the_names_that_share_a_word_are_told_apart() -> None:
    told = {
        "Reproducciones de video": "video_views",
        "Reproducciones": "views",
        "Espectadores totales": "total_viewers",
        "Total de espectadores": "total_viewers",
        "Espectadores": "viewers",
        "Seguidores perdidos": "followers_lost",
        "Nuevos seguidores": "followers_gained",
        "Visitas según el registro del servidor": "log_visits",
        "Páginas vistas según el registro del servidor": "log_page_views",
        "Visitas": "visits",
    }
    assert {name: measure_of(name) for name in told} == told


def test_every_measure_has_its_word_in_spanish() -> None:
    assert [code for code in MEASURE_CODES if code not in MEASURES] == []
