"""A list of records as every page of them works: searched, filtered, sorted, paged, and taken away as a table.

The list is told by its columns; the query stays a query until the rows of one page are read, so that a page costs the
same whatever there is behind it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict

from pregon.writers.excel_rows import write_rows
from pregon_web.sheets import csv_lines

PAGE_SIZE: Final = 30
SEARCH, SORT, PAGE = "buscar", "orden", "pagina"
Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what a row says in it, and by which field of the database it is sorted (none: it is not)."""

    key: str
    title: str
    value: Callable[[Any], Value]
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows the list: its name in the address, its label, and which rows each choice leaves."""

    key: str
    label: str
    choices: Sequence[tuple[str, str]]
    narrow: Callable[[str], Q]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter as the page shows it: what is chosen in it now."""

    key: str
    label: str
    choices: Sequence[tuple[str, str]]
    value: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: where pressing it leads, and how the list is sorted by it now, in the words of ARIA."""

    title: str
    href: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as asked for: the rows of its page, how many there are in all, and what was asked."""

    rows: Sequence[Any]
    total: int
    search: str
    filters: Sequence[Chosen]
    headings: Sequence[Heading]
    page: int
    pages: int
    previous: str
    next: str
    query: str

    @property
    def is_narrowed(self) -> bool:
        """Whether something was searched or filtered: an empty list then says so."""
        return bool(self.search or any(chosen.value for chosen in self.filters))


@dataclass(frozen=True, slots=True)
class ListShape:
    """What a list of one kind of record is like. `search` are the fields that words are looked for in."""

    columns: Sequence[Column]
    search: Sequence[str] = ()
    filters: Sequence[Filter] = ()
    order: str = ""


def make_listing(shape: ListShape, rows: QuerySet[Any], asked: QueryDict) -> Listing:
    """The page that an address asks for. What it asks wrongly is as if it did not ask."""
    narrowed, chosen, search = _narrow(shape, rows, asked)
    column, descending = _sorting(shape, asked)
    ordered = _order(shape, narrowed, column, descending=descending)
    pages = Paginator(ordered, PAGE_SIZE)
    page = pages.get_page(asked.get(PAGE))
    return Listing(
        rows=list(page.object_list),
        total=pages.count,
        search=search,
        filters=chosen,
        headings=[_heading(each, asked, column, descending=descending) for each in shape.columns],
        page=page.number,
        pages=pages.num_pages,
        previous=_address(asked, {PAGE: str(page.number - 1)}) if page.has_previous() else "",
        next=_address(asked, {PAGE: str(page.number + 1)}) if page.has_next() else "",
        query=_address(asked, {PAGE: None}),
    )


def export_listing(shape: ListShape, rows: QuerySet[Any], asked: QueryDict, suffix: str, name: str) -> HttpResponse:
    """Everything that an address asks for, as «csv» or «xlsx». Raises Http404 for another format.

    No cell is a formula, whatever somebody typed into a record.
    """
    narrowed, _, _ = _narrow(shape, rows, asked)
    column, descending = _sorting(shape, asked)
    ordered = _order(shape, narrowed, column, descending=descending)
    titles = [each.title for each in shape.columns]
    table = [[each.value(row) for each in shape.columns] for row in ordered]
    if suffix == "csv":
        content, content_type = "".join(csv_lines(titles, table)).encode(), "text/csv; charset=utf-8"
    elif suffix == "xlsx":
        content = _write_xlsx(name, titles, table)
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        raise Http404
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def _narrow(shape: ListShape, rows: QuerySet[Any], asked: QueryDict) -> tuple[QuerySet[Any], list[Chosen], str]:
    chosen = []
    for each in shape.filters:
        value = asked.get(each.key, "")
        value = value if value in {key for key, _ in each.choices} else ""
        if value:
            rows = rows.filter(each.narrow(value))
        chosen.append(Chosen(each.key, each.label, each.choices, value))
    search = " ".join(asked.get(SEARCH, "").replace("\x00", "").split())[:100]
    for word in search.split():
        condition = Q()
        for field in shape.search:
            condition |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(condition)
    return rows, chosen, search


def _sorting(shape: ListShape, asked: QueryDict) -> tuple[str, bool]:
    """The key of the column sorted by, and whether from the last to the first."""
    for told in (asked.get(SORT, ""), shape.order):
        key = told.removeprefix("-")
        if any(each.key == key and each.sort for each in shape.columns):
            return key, told.startswith("-")
    return "", False


def _order(shape: ListShape, rows: QuerySet[Any], column: str, *, descending: bool) -> QuerySet[Any]:
    field = next((each.sort for each in shape.columns if each.key == column), "")
    sign = "-" if descending else ""
    return rows.order_by(f"{sign}{field}", f"{sign}pk") if field else rows.order_by("pk")


def _heading(column: Column, asked: QueryDict, current: str, *, descending: bool) -> Heading:
    if not column.sort:
        return Heading(column.title, "", "")
    is_current = column.key == current
    turned = f"-{column.key}" if is_current and not descending else column.key
    state = ("descending" if descending else "ascending") if is_current else "none"
    return Heading(column.title, _address(asked, {SORT: turned, PAGE: None}), state)


def _address(asked: QueryDict, changes: Mapping[str, str | None]) -> str:
    query = asked.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


def _write_xlsx(name: str, titles: Sequence[str], table: Sequence[Sequence[Value]]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="pregon-") as folder:
        path = Path(folder) / "tabla.xlsx"
        write_rows(path, name, titles, table)
        return path.read_bytes()
