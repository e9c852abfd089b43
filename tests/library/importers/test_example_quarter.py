"""The whole road: the files that the platforms would have given of the example quarter, into an empty registro.

What comes out is what the example registro says; a second import changes nothing; the report made from it audits clean.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

import pregon
from pregon.audit.finding import Severity
from pregon.figures.period import Period
from pregon.importers.base import Upload
from pregon.importers.intake import Receipt, receive
from pregon.importers.packages import NotTaken, open_package
from pregon.importers.placing import Placement, place_receipts
from pregon.importers.reconciling import reconcile
from pregon.records.dossier import Dossier
from pregon.records.organisation import Platform
from pregon.records.publishing import Publication
from pregon.records.totals import MESSAGES, NEWS_ITEMS, POSTS, WALLPAPERS, measure
from pregon.registro import read_registro

EXAMPLES = Path(__file__).parents[3] / "examples"

# Counted by a person in the example registro.
TRUE_COUNTS = {
    (Platform.FACEBOOK, POSTS): (44, 24, 26),
    (Platform.INSTAGRAM, POSTS): (44, 22, 23),
    (Platform.X, POSTS): (46, 19, 25),
    (Platform.WEBSITE, NEWS_ITEMS): (3, 1, 2),
    (Platform.WHATSAPP, MESSAGES): (10, 13, 14),
    (Platform.WALLPAPER, WALLPAPERS): (0, 0, 2),
    (Platform.WEBSITE, "visits"): (34811, 34326, 25059),
    (Platform.FACEBOOK, "viewers"): (73300, 26700, None),
    (Platform.FACEBOOK, "visits"): (3400, 1400, None),
    (Platform.FACEBOOK, "followers_gained"): (111, 37, None),
    (Platform.FACEBOOK, "views"): (208800, 66800, None),
    (Platform.INSTAGRAM, "reach"): (5700, 3400, None),
    (Platform.INSTAGRAM, "visits"): (557, 439, None),
    (Platform.INSTAGRAM, "followers_gained"): (34, 35, None),
    (Platform.INSTAGRAM, "views"): (44600, 39300, None),
    (Platform.X, "views"): (2106, 1830, None),
}


@dataclass(frozen=True)
class Road:
    """The example, what was handed in, and what became of it."""

    example: Dossier
    empty: Dossier
    receipts: tuple[Receipt, ...]
    placement: Placement


@pytest.fixture(scope="module")
def made() -> tuple[Mapping[str, bytes], Mapping[str, Mapping[str, str]]]:
    sys.path.insert(0, str(EXAMPLES))
    try:
        from penaclara.exports import ANSWERS, make_exports
        from penaclara.quarter_2025_t4 import make_dossier

        return make_exports(make_dossier()), ANSWERS
    finally:
        sys.path.remove(str(EXAMPLES))


@pytest.fixture(scope="module")
def road(
    made: tuple[Mapping[str, bytes], Mapping[str, Mapping[str, str]]], tmp_path_factory: pytest.TempPathFactory
) -> Road:
    files, answers = made
    folder = tmp_path_factory.mktemp("trimestre")
    for place, content in files.items():
        path = folder / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    uploads = list(open_package(sorted(folder.iterdir()), tmp_path_factory.mktemp("zip")))
    assert not any(isinstance(upload, NotTaken) for upload in uploads)
    by_place = {each.place: answers.get(each.name, {}) for each in uploads if isinstance(each, Upload)}
    receipts = receive(uploads, by_place=by_place)
    example = read_registro(EXAMPLES / "registro-2025-T4.xlsx")
    empty = Dossier(example.institution, example.period, example.control)
    return Road(example, empty, receipts, place_receipts(receipts, empty))


def test_every_file_is_known_and_read(road: Road) -> None:
    assert {receipt.place: receipt.source for receipt in road.receipts} == {
        "Facebook/Dec-01-2025_Dec-31-2025_1208812345678901.csv": "meta-content",
        "Facebook/Follows.csv": "meta-daily",
        "Facebook/Nov-01-2025_Nov-30-2025_1208812345678901.csv": "meta-content",
        "Facebook/Oct-01-2025_Oct-31-2025_1208812345678901.csv": "meta-content",
        "Facebook/Views.csv": "meta-daily",
        "Facebook/Visits.csv": "meta-daily",
        "Instagram/Dec-01-2025_Dec-31-2025_1208812345678902.csv": "meta-content",
        "Instagram/Follows.csv": "meta-daily",
        "Instagram/Nov-01-2025_Nov-30-2025_1208812345678902.csv": "meta-content",
        "Instagram/Oct-01-2025_Oct-31-2025_1208812345678902.csv": "meta-content",
        "Instagram/Views.csv": "meta-daily",
        "Instagram/Visits.csv": "meta-daily",
        "Matomo/Export _ Main metrics _ 2025-10-01,2025-12-31.csv": "matomo",
        "Oficina/Fondos de pantalla.csv": "generic",
        "Oficina/Noticias.csv": "generic",
        "Oficina/Panel de Meta.csv": "generic",
        "WhatsApp/Chat de WhatsApp con Comunicación Interna.txt": "whatsapp",
        "X/account_analytics_content_2025-10-01_2025-12-31.csv": "x-content",
        "X/account_overview_analytics.csv": "x-overview",
    }
    assert [(each.place, each.extract.refused) for each in road.receipts if each.extract.refused] == []
    assert [(each.place, each.extract.questions) for each in road.receipts if each.extract.questions] == []
    assert road.placement.questions == ()


def test_the_empty_registro_has_the_figures_of_the_example(road: Road) -> None:
    filled = road.placement.dossier
    code_of = {channel.platform: channel.code for channel in filled.channels}
    assert {
        (platform, metric): tuple(
            whole(measure(filled, metric, code_of[platform], month).value) for month in filled.period.months
        )
        for platform, metric in TRUE_COUNTS
    } == TRUE_COUNTS


def whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


def test_the_publications_are_those_of_the_example(road: Road) -> None:
    """All but the messages: of a chat only their count is taken."""
    assert published(road.placement.dossier) == published(road.example)


def published(dossier: Dossier) -> Counter[tuple[str, str, str, str]]:
    def line(each: Publication) -> tuple[str, str, str, str]:
        return (dossier.channel(each.channel).platform.value, each.kind.value, str(each.published_on), each.link)

    listed = [each for each in dossier.publications if dossier.channel(each.channel).platform is not Platform.WHATSAPP]
    return Counter(line(each) for each in listed)


def test_importing_twice_changes_nothing(road: Road) -> None:
    again = place_receipts(road.receipts, road.placement.dossier)
    assert not again.has_changes
    assert again.dossier == road.placement.dossier


def test_the_example_registro_lacks_no_publication_of_the_exports(road: Road) -> None:
    against = place_receipts(road.receipts, road.example)
    assert [
        finding.message
        for finding in reconcile(road.example, against.publications)
        if finding.severity is Severity.CONTRADICTION
    ] == []


def test_every_figure_names_its_file(road: Road) -> None:
    evidence = {each.reference: each for each in road.placement.dossier.evidence}
    hashes = {receipt.sha256 for receipt in road.receipts}
    for observation in road.placement.dossier.observations:
        assert evidence[observation.evidence].sha256 in hashes, observation


def test_the_report_made_from_it_audits_clean(road: Road) -> None:
    document = pregon.compose(road.placement.dossier)
    result = pregon.audit(document, against=road.placement.dossier)
    assert [finding.message for finding in result.findings if finding.severity is Severity.CONTRADICTION] == []


def test_daily_figures_of_the_files_add_up_to_their_month() -> None:
    sys.path.insert(0, str(EXAMPLES))
    try:
        from penaclara.exports import spread_over_days
    finally:
        sys.path.remove(str(EXAMPLES))
    for total in (0, 37, 208800):
        parted = spread_over_days(total, Period.month(2025, 11), "x/views")
        assert (len(parted), sum(parted.values()), min(parted.values()) >= 0) == (30, total, True)
