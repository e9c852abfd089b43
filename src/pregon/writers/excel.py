"""Document → Excel: an index, the prose in order, and a sheet for each table whose numbers are numbers.

Totals are formulas where their parts stand on the same sheet, with their value beside them, so that a program that
does not compute shows the same. Text is always text: nothing that a person typed is taken for a formula. The same
document gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pregon.document.model import Document
from pregon.document.sheet_words import MARK
from pregon.writers.charts import ChartShelf
from pregon.writers.excel_pages import write_pages

if TYPE_CHECKING:
    from openpyxl import Workbook

SUFFIXES: Final = (".xlsx",)

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_DATES: Final = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_FORMULA: Final = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?')


def write(document: Document, path: Path, *, charts: ChartShelf, template: Path | None = None) -> None:  # noqa: ARG001 -- every writer has them; a sheet draws no chart
    """Write the document as a workbook."""
    from openpyxl import Workbook

    workbook = Workbook()
    values = write_pages(document, workbook)
    _set_properties(document, workbook)
    drafted = io.BytesIO()
    workbook.save(drafted)
    path.write_bytes(_seal(drafted.getvalue(), values))


def _set_properties(document: Document, workbook: Workbook) -> None:
    from openpyxl.packaging.custom import StringProperty

    said = document.properties
    properties = workbook.properties
    properties.title = said.title
    properties.creator = said.institution
    properties.identifier = said.code
    properties.version = said.version
    properties.subject = said.period
    properties.language = said.language
    workbook.custom_doc_props.append(StringProperty(name=MARK, value="1"))  # type: ignore[attr-defined]  # new in 3.1
    workbook.calculation.fullCalcOnLoad = False


def _seal(draft: bytes, values: dict[str, dict[str, str]]) -> bytes:
    """The same workbook with the values of its formulas, and without the moment when it was written.

    `values` are, by the sheet's number in the file, the values of its formulas by their cells.
    """
    sealed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draft)) as source, zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _DATES.sub(b"", content)
            elif name in values:
                content = _set_values(content, values[name])
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return sealed.getvalue()


def _set_values(sheet: bytes, values: dict[str, str]) -> bytes:
    return _FORMULA.sub(lambda found: found[1] + b"<v>" + values[found[2].decode()].encode() + b"</v>", sheet)
