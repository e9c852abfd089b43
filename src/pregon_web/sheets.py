"""Rows for a spreadsheet: CSV as Excel opens it in Colombia, whose cells cannot be formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads accents as something else


class _Line:
    """What the writer of csv writes to: it hands the line back."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def safe_cell(value: object) -> object:
    """The value, which a spreadsheet would otherwise run as a formula when it is text that begins like one."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of the file, one by one: a long list is never whole in memory."""
    writer = csv.writer(_Line(), delimiter=";", quoting=csv.QUOTE_MINIMAL)
    yield BYTE_ORDER_MARK
    yield str(writer.writerow([*header]))
    for cells in rows:
        yield str(writer.writerow([safe_cell(cell) for cell in cells]))


def csv_file(name: str, header: Iterable[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """The file, handed over and never shown."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
