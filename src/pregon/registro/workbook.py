"""Opening a workbook that a stranger may have sent: within limits, and with one sentence when it cannot be."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pregon.document.unreadable import UnreadableFile, Why
from pregon.registro.cells import Cell, CellValue, unescape_text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * _MEGABYTE
MOST_UNPACKED = 300 * _MEGABYTE
MOST_ROWS = 20_000
"""Rows with something written that one sheet may have: the records of a very big office in ten years."""
MOST_COLUMNS = 60

_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet that hold something: each with its number, its cells from column A on."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read every sheet of a workbook as it is, hidden ones too.

    Raises:
        UnreadableFile: missing, empty, damaged, too large, with a password, or not an Excel workbook.
    """
    _require_workbook(path)
    try:
        return _read(path)
    except UnreadableFile:
        raise
    except Exception as error:
        raise _damaged(path) from error


def _require_workbook(path: Path) -> None:
    """Refuse what is not a workbook before any parser sees it."""
    if not path.is_file():
        raise UnreadableFile(Why.MISSING, f"No existe «{path.name}». Revise el nombre y la carpeta.")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile(Why.EMPTY, f"«{path.name}» está vacío. Descárguelo o cópielo otra vez.")
    if size > MOST_BYTES:
        raise _too_large(path, size)
    with path.open("rb") as file:
        head = file.read(_MEGABYTE)
    if head.startswith(_OLD_OFFICE):
        if _ENCRYPTED in head or _ENCRYPTED in path.read_bytes():
            raise _locked(path)
        raise UnreadableFile(
            Why.WRONG_KIND, f"«{path.name}» es de un Excel antiguo. Ábralo y guárdelo como libro de Excel (.xlsx)."
        )
    if not head.startswith(_PACKED):
        raise _not_a_book(path)
    _require_parts(path)


def _require_parts(path: Path) -> None:
    """Look at the package without unpacking it."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(path) from error
    if any(part.flag_bits & 1 for part in parts):
        raise _locked(path)
    if not any(part.filename.endswith("workbook.xml") for part in parts):
        raise _not_a_book(path)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        raise _too_large(path, unpacked)


def _read(path: Path) -> tuple[Grid, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep; nothing is kept here
        formulas = _open(path, with_results=False)
        results = None
        try:
            grids = []
            for number, sheet in enumerate(formulas.worksheets):
                rows = tuple(_rows(path, sheet))
                if any(cell.fault == "=" for _, cells in rows for cell in cells):
                    results = results or _open(path, with_results=True)
                    rows = _with_results(rows, dict(_rows(path, results.worksheets[number])))
                grids.append(Grid(sheet.title, rows))
            return tuple(grids)
        finally:
            formulas.close()
            if results is not None:
                results.close()


def _open(path: Path, *, with_results: bool) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(path, read_only=True, data_only=with_results, keep_links=False)


def _rows(
    path: Path,
    sheet: Any,  # noqa: ANN401 -- the stubs know no read-only sheet
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    sheet.reset_dimensions()  # what the sheet says of its own size may be false
    kept = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if all(source.value is None for source in row):
            continue
        cells = tuple(
            _cell(sheet.title, source, f"{letter_of(index)}{number}") for index, source in enumerate(row[:MOST_COLUMNS])
        )
        if all(cell.is_blank for cell in cells):
            continue
        kept += 1
        if kept > MOST_ROWS:
            raise UnreadableFile(
                Why.TOO_LARGE,
                f"La hoja «{sheet.title}» de «{path.name}» tiene más de 20.000 filas. Parta el registro.",
            )
        yield number, cells


def _cell(sheet: str, source: Any, address: str) -> Cell:  # noqa: ANN401 -- nor its cells
    value = source.value
    if value is None:
        return Cell(sheet, address, "" if source.data_type == "s" else None)  # «""» is what a formula may give
    if source.data_type == "f":
        return Cell(sheet, address, fault="=")
    if source.data_type == "e":
        return Cell(sheet, address, fault=str(value))
    is_exact = bool(source.style_array.quotePrefix)
    return Cell(sheet, address, _value(value), source.number_format, is_exact=is_exact)


def _value(value: object) -> CellValue:
    """What openpyxl gives, without floats: 0.1 is a tenth, as the person wrote it."""
    match value:
        case bool():
            return value
        case int():
            return Decimal(value)
        case float():
            return Decimal(repr(value))
        case datetime():
            return value
        case date():
            return datetime.combine(value, time())
        case str():
            return unescape_text(value)
        case _:
            return str(value)


def _with_results(
    rows: tuple[tuple[int, tuple[Cell, ...]], ...], results: dict[int, tuple[Cell, ...]]
) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    """Put in the place of each formula what Excel last computed; one never computed stays as a fault."""

    def resolved(number: int, index: int, cell: Cell) -> Cell:
        if cell.fault != "=":
            return cell
        computed = results.get(number, ())
        if index < len(computed) and (computed[index].value is not None or computed[index].fault):
            return computed[index]
        return cell

    return tuple(
        (number, tuple(resolved(number, index, cell) for index, cell in enumerate(cells))) for number, cells in rows
    )


@cache
def letter_of(index: int) -> str:
    """The letter of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _damaged(path: Path) -> UnreadableFile:
    return UnreadableFile(
        Why.DAMAGED,
        f"No pudimos leer «{path.name}»: está dañado o incompleto. Ábralo en Excel, guárdelo otra vez y repita.",
    )


def _locked(path: Path) -> UnreadableFile:
    return UnreadableFile(
        Why.PASSWORD, f"«{path.name}» tiene contraseña. Quítela en Excel (Archivo, Información) y repita."
    )


def _not_a_book(path: Path) -> UnreadableFile:
    return UnreadableFile(Why.WRONG_KIND, f"«{path.name}» no es un libro de Excel. El registro es un archivo .xlsx.")


def _too_large(path: Path, size: int) -> UnreadableFile:
    return UnreadableFile(
        Why.TOO_LARGE,
        f"«{path.name}» pesa {size // _MEGABYTE} MB y el máximo es {MOST_BYTES // _MEGABYTE} MB."
        " Quite de él las imágenes y repita.",
    )
