"""Fields of time: «Duración: julio» in a line, or in a table of names and values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pregon.claims.tabulation import Tabulation
from pregon.claims.vocabulary import flatten
from pregon.document.location import LocationKind
from pregon.document.passages import Passages

_IN_LINE: Final = re.compile(r"^\W*(?:duracion|fechas?|periodo|ejecucion|realizacion|vigencia)\b[^:\n]{0,20}:\s*")
_IN_ROW: Final = re.compile(r"\W*(?:duracion|fechas?|ejecucion|realizacion)\W*")
_NAME_AND_VALUE: Final = 2
"""How many columns a table of names and values has; the value stands in the last."""


def find_time_fields(passages: Passages, tabulations: Sequence[Tabulation]) -> Iterator[tuple[int, int]]:
    """The number of each text that gives a thing's time, in reading order, and where the value begins in it."""
    pairs = {table.number for table in tabulations if table.width == _NAME_AND_VALUE}
    for number, passage in enumerate(passages) if pairs else passages.outside_tables:
        place = passage.location
        if place.kind is LocationKind.PARAGRAPH:
            match = _IN_LINE.match(flatten(passage.prose.text))
            if match is not None:
                yield number, match.end()
        elif place.table in pairs and place.row is not None and place.column == _NAME_AND_VALUE:
            label = tabulations[(place.table or 1) - 1].row_labels[place.row - 1]
            if _IN_ROW.fullmatch(flatten(label)):
                yield number, 0
