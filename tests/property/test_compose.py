"""Whatever an office recorded, the report composes, leaves nothing blank and marks every number as a figure."""

import re

from hypothesis import HealthCheck, given, settings

import pregon
from pregon.document.location import LocationKind
from pregon.document.prose import FigureKind
from pregon.figures.spanish import find_amounts
from pregon.records.dossier import Dossier
from tests.property.dossiers import dossiers

BOUNDED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@BOUNDED
@given(dossiers())
def test_every_number_of_any_report_is_a_figure_and_no_cell_is_blank(dossier: Dossier) -> None:
    document = pregon.compose(dossier)
    for passage in document.passages:
        if passage.location.kind.value in {"header", "footer", "picture"}:
            continue
        assert passage.cell is None or passage.prose.text.strip(), passage.location.describe()
        plain = "".join("\N{BULLET}" if figure else text for text, figure in passage.prose.pieces())
        if passage.location.kind is LocationKind.TABLE:  # a caption is plain text, and may name a channel
            # The longest first: a channel may be called by a part of another's name.
            for channel in sorted(dossier.channels, key=lambda channel: -len(channel.name)):
                plain = plain.replace(channel.name, "").replace(channel.name[0].lower() + channel.name[1:], "")
        assert not re.search(r"\d", plain), passage.prose.text


@BOUNDED
@given(dossiers())
def test_a_computed_figure_prints_the_amount_it_holds(dossier: Dossier) -> None:
    for passage in pregon.compose(dossier).passages:
        for text, figure in passage.prose.pieces():
            if figure is not None and figure.kind is FigureKind.NUMBER and figure.amount is not None:
                assert find_amounts(text.lstrip("≈+ \N{NO-BREAK SPACE}"))[0].amount.value == figure.amount.value
