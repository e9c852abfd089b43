"""Any table that a person could make, saved in any of the usual ways, gives its figures back or asks; never others."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pregon.figures.period import Period
from pregon.figures.spanish import month_name
from pregon.importers.base import Extract, open_upload
from pregon.importers.registry import find_source

TITLES = {"Visitas": "visits", "Alcance": "reach", "Publicaciones": "posts"}
ANSWERS = {"mapping": "yes", "network": "facebook"}

Values = dict[tuple[str, str], int | None]


@dataclass(frozen=True)
class Hand:
    """How a person writes a table and a program saves it."""

    separator: str
    encoding: str
    thousands: str
    months: str
    blank: str
    has_title: bool
    has_total: bool
    in_columns: bool

    def month(self, month: Period) -> str:
        start = month.start
        match self.months:
            case "name":
                return month.title
            case "short":
                return f"{month_name(start.month, short=True)}-{start:%y}"
            case _:
                return str(month)

    def figure(self, value: int | None) -> str:
        if value is None:
            return self.blank
        return f"{value:,}".replace(",", self.thousands)

    def write(self, values: Values, months: list[Period], titles: list[str]) -> bytes:
        rows = [["Mes", *titles]]
        rows += [[self.month(month), *(self.figure(values[title, str(month)]) for title in titles)] for month in months]
        if self.in_columns:
            rows = [["Medida", *(row[0] for row in rows[1:])]]
            rows += [[title, *(self.figure(values[title, str(month)]) for month in months)] for title in titles]
        elif self.has_total:
            rows.append(["Total", *(self.figure(sum(values[title, str(m)] or 0 for m in months)) for title in titles)])
        out = io.StringIO()
        if self.has_title:
            out.write("CIFRAS DEL TRIMESTRE\n")
        csv.writer(out, delimiter=self.separator).writerows(rows)
        return out.getvalue().encode(self.encoding)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Values, list[Period], list[str]]:
    first = draw(st.integers(1, 10))
    months = [Period.month(2025, number) for number in range(first, first + draw(st.integers(2, 3)))]
    titles = draw(st.lists(st.sampled_from(sorted(TITLES)), min_size=1, max_size=3, unique=True))
    figures = st.one_of(st.integers(0, 999), st.integers(1000, 9_999_999), st.none())
    values = {(title, str(month)): draw(figures) for title in titles for month in months}
    # A table of blanks alone has nothing to be known by.
    values[titles[0], str(months[0])] = draw(st.integers(0, 99_999))
    return values, months, titles


hands = st.builds(
    Hand,
    st.sampled_from(",;\t"),
    st.sampled_from(("utf-8", "utf-8-sig", "cp1252", "utf-16")),
    st.sampled_from(("", ".", ",")),
    st.sampled_from(("iso", "name", "short")),
    st.sampled_from(("", "--", "sin dato")),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def extract(content: bytes, **answers: str) -> Extract:
    source = find_source("generic")
    assert source is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Tabla.csv"
        path.write_bytes(content)
        return source.extract(open_upload(path), {**ANSWERS, **answers})


def values_of(told: Extract) -> Values:
    names = {code: title for title, code in TITLES.items()}
    return {
        (names[each.metric], str(each.period)): None if each.amount is None else int(each.amount.value)
        for each in told.observations
    }


@settings(deadline=None)
@given(tables(), hands)
def test_a_table_gives_its_figures_back(table: tuple[Values, list[Period], list[str]], hand: Hand) -> None:
    values, months, titles = table
    content = hand.write(values, months, titles)
    told = extract(content)
    if told.questions:
        assert [question.key for question in told.questions] == ["decimal"]
        told = extract(content, decimal="point" if hand.thousands == "," else "comma")
    assert told.refused is None
    # A column with a title and nothing below says nothing: its months are not even without a figure.
    silent = {title for title in titles if all(values[title, str(month)] is None for month in months)}
    says_nothing = silent if not hand.blank and not hand.in_columns else set()
    assert values_of(told) == {key: value for key, value in values.items() if key[0] not in says_nothing}
