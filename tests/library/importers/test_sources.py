"""Every source on the exports of its own kind and on those of all others.

A variant of an export is a folder `sources/<source>/<variant>`: the files to the byte as the platform writes them, under
the names it gives them (folders around them included), and `expected.yml`, written by a person who read the files:

    says: what this variant is, in one sentence
    answers: {network: facebook}      # what the person answers; left out where nothing is asked
    asked: true                       # nothing knows the file by itself: the person names its source
    files:
      Views.csv:
        observations:                 # channel, metric, period, value (null: no data), place in the file
          - [facebook, views, 2025-10-31, 47, fila 4]
        publications:                 # channel, kind, instant, what else is in the record (only what is not empty)
          - {channel: x, kind: post, at: 2025-10-08T14:01:26-05:00, link: https://…, title: …, lifetime: {views: 3}}
        repairs: []                   # the sentences, exactly; a list left out is empty
        remarks: []
        questions: [network]          # the keys that have to be answered
        refused: null                 # or the sentence
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from pregon.importers.base import Extract, ImportedObservation, ImportedPublication, Upload
from pregon.importers.intake import Receipt, receive
from pregon.importers.packages import NotTaken, open_package
from pregon.importers.registry import load_sources

FOLDER = Path(__file__).parent / "sources"
EXPECTED = "expected.yml"
VARIANTS = sorted(path.parent for path in FOLDER.glob(f"*/*/{EXPECTED}"))
OFFICE = ZoneInfo("America/Bogota")
BACKUPS = frozenset({"generic"})
"""Sources that may say «possible» of any table: they take only what no other source knows."""


def name_of(variant: Path) -> str:
    return f"{variant.parent.name}/{variant.name}"


def hand_in(variant: Path, workshop: Path) -> dict[str, Upload]:
    """The files of a variant, by their place below its folder: «Views.csv», «Octubre/Views.csv»."""
    paths = sorted(path for path in variant.iterdir() if path.name != EXPECTED)
    found = {}
    for upload in open_package(paths, workshop):
        assert not isinstance(upload, NotTaken), upload
        found[upload.place] = upload
    return found


@pytest.mark.parametrize("variant", VARIANTS, ids=name_of)
def test_what_a_source_reads_in_its_own_export(variant: Path, tmp_path: Path) -> None:
    expected = yaml.safe_load((variant / EXPECTED).read_text(encoding="utf-8"))
    code = variant.parent.name.replace("_", "-")
    uploads = hand_in(variant, tmp_path)
    receipts = receive(uploads.values(), expected.get("answers"), source=code if expected.get("asked") else "")
    assert {receipt.place: read_back(receipt, code) for receipt in receipts} == {
        place: complete(told, code) for place, told in expected["files"].items()
    }


@pytest.mark.parametrize("variant", VARIANTS, ids=name_of)
def test_no_other_source_claims_an_export(variant: Path, tmp_path: Path) -> None:
    for place, upload in hand_in(variant, tmp_path).items():
        claims = {source.code for source in load_sources() if source.identify(upload) is not None}
        assert claims - BACKUPS - {variant.parent.name.replace("_", "-")} == set(), place


@pytest.mark.parametrize("variant", VARIANTS, ids=name_of)
def test_every_source_withstands_the_exports_of_others(variant: Path, tmp_path: Path) -> None:
    """Somebody names the wrong source: no traceback, and no record that the file does not give."""
    for upload in hand_in(variant, tmp_path).values():
        for source in load_sources():
            assert isinstance(source.extract(upload, {}), Extract), source.code


def test_every_source_has_its_exports() -> None:
    assert {source.code.replace("-", "_") for source in load_sources()} == {variant.parent.name for variant in VARIANTS}


def read_back(receipt: Receipt, code: str) -> dict[str, Any]:
    extract = receipt.extract
    is_whose = receipt.source in (code, "")
    return {
        "source": code if is_whose else receipt.source,
        "observations": [_observation(each) for each in extract.observations],
        "publications": [_publication(each) for each in extract.publications],
        "repairs": list(extract.repairs),
        "remarks": list(extract.remarks),
        "questions": [question.key for question in extract.questions],
        "refused": extract.refused,
    }


def complete(told: dict[str, Any], code: str) -> dict[str, Any]:
    return {
        "source": code,
        "observations": [[*line[:2], str(line[2]), *line[3:]] for line in told.get("observations", [])],
        "publications": [{**line, "at": _instant(line["at"])} for line in told.get("publications", [])],
        "repairs": told.get("repairs", []),
        "remarks": told.get("remarks", []),
        "questions": told.get("questions", []),
        "refused": told.get("refused"),
    }


def _instant(written: datetime | str) -> str:
    """An instant as hand-written, in the office's zone: YAML reads one with its zone as UTC."""
    at = written if isinstance(written, datetime) else datetime.fromisoformat(written)
    return (at if at.tzinfo else at.replace(tzinfo=OFFICE)).astimezone(OFFICE).isoformat()


def _observation(each: ImportedObservation) -> list[Any]:
    platform = f"{each.platform.value} ({each.account})" if each.account else each.platform.value
    value = None if each.amount is None else _plain(each.amount.value)
    period = f"{each.period.start}" if each.period.days == 1 else str(each.period)
    return [platform, each.metric, period, value, each.birth.place]


def _publication(each: ImportedPublication) -> dict[str, Any]:
    told: dict[str, Any] = {
        "channel": each.platform.value,
        "kind": each.kind.value,
        "at": each.published_at.astimezone(OFFICE).isoformat(),
        "place": each.birth.place,
        "reference": each.reference,
        "title": each.title,
        "link": each.link,
        "account": each.account,
        "is_proved": each.is_proved,
        "day_only": not each.has_hour,
        "lifetime": {code: _plain(amount.value) for code, amount in each.lifetime},
    }
    always = {"channel", "kind", "at", "place"}
    return {key: value for key, value in told.items() if value or key in always}


def _plain(value: Any) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
