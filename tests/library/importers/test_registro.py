"""A registro handed in as a file: an empty one that takes it has the same figures and publications."""

from dataclasses import replace
from pathlib import Path

from pregon.importers.base import open_upload
from pregon.importers.intake import receive
from pregon.importers.placing import place_receipts
from pregon.registro import read_registro

EXAMPLE = Path(__file__).parents[3] / "examples" / "registro-2025-T4.xlsx"


def test_a_registro_fills_an_empty_one() -> None:
    full = read_registro(EXAMPLE)
    empty = replace(full, publications=(), observations=(), campaigns=(), commemorations=(), evidence=())
    placement = place_receipts(receive([open_upload(EXAMPLE)]), empty)
    assert placement.questions == ()
    assert {
        (each.metric, each.channel, each.period, each.status, each.amount, each.method)
        for each in placement.dossier.observations
    } == {(each.metric, each.channel, each.period, each.status, each.amount, each.method) for each in full.observations}
    assert sorted(
        (each.channel, each.kind, each.published_on, each.title, each.link) for each in placement.dossier.publications
    ) == sorted((each.channel, each.kind, each.published_on, each.title, each.link) for each in full.publications)
    again = place_receipts(receive([open_upload(EXAMPLE)]), placement.dossier)
    assert not again.has_changes
