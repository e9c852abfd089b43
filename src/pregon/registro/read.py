"""From a workbook to the dossier it holds, or to everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pregon.document.unreadable import UnreadableFile, Why
from pregon.figures.period import Period
from pregon.figures.spanish import fold
from pregon.records.dossier import Dossier
from pregon.records.organisation import Control, Institution
from pregon.registro.checks import check_rows, find_repeated
from pregon.registro.composite import RefusedField
from pregon.registro.links import resolve_links
from pregon.registro.mistake import Mistake, RegistroError
from pregon.registro.rows import Row, read_form, read_rows
from pregon.registro.schema import ALL, INSTITUTION, SHEETS
from pregon.registro.shape import Form, Sheet
from pregon.registro.vocabulary import nearest
from pregon.registro.workbook import Grid, read_grids

_FEWEST_SHEETS = 3
_NOT_RECORDS = {"instrucciones", "listas"}
_ORDER = {form.name: place for place, form in enumerate(ALL)}


def read_registro(path: Path, *, name: str = "") -> Dossier:
    """Read the dossier that a registro holds. `name` is the file's own name, where `path` is not what its owner knows.

    Raises:
        UnreadableFile: it is not a workbook that can be opened, or not a registro.
        RegistroError: it holds mistakes; `error.mistakes` has them all, remarks aside.
    """
    dossier, mistakes = _read(path)
    errors = [mistake for mistake in mistakes if not mistake.is_remark]
    if errors:
        raise RegistroError(name or path.name, errors)
    if dossier is None:
        raise AssertionError("a registro without mistakes has a dossier")
    return dossier


def check_registro(path: Path) -> tuple[Mistake, ...]:
    """Everything wrong in a registro, in the order of the book; remarks too, which do not stop it from being read.

    Raises:
        UnreadableFile: it is not a workbook that can be opened, or not a registro.
    """
    return _read(path)[1]


def _read(path: Path) -> tuple[Dossier | None, tuple[Mistake, ...]]:
    grids = {fold(grid.name): grid for grid in read_grids(path)}
    if sum(fold(sheet.name) in grids for sheet in ALL) < _FEWEST_SHEETS:
        raise UnreadableFile(
            Why.WRONG_KIND,
            f"«{path.name}» no es un registro: no tiene hojas como «Publicaciones» o «Mediciones»."
            " Cree uno con «pregon registro new».",
        )
    return read_sheets(grids)


def read_sheets(grids: Mapping[str, Grid]) -> tuple[Dossier | None, tuple[Mistake, ...]]:
    """The dossier of some sheets, by their folded names, and everything wrong in them; no dossier where there is."""
    mistakes = list(_missing_sheets(grids))
    form, wrong = _read_institution(grids.get(fold(INSTITUTION.name)))
    mistakes.extend(wrong)
    period = form.values["period"]
    rows: dict[str, list[Row]] = {}
    for sheet in SHEETS:
        grid = grids.get(fold(sheet.name))
        if grid is not None:
            rows[sheet.name], wrong = read_rows(sheet, grid, period)
            mistakes.extend(wrong)
    mistakes.extend(resolve_links(rows))
    for sheet_rows in rows.values():
        mistakes.extend(find_repeated(sheet_rows))
    if period is not None:
        mistakes.extend(check_rows(rows, period, form.values["cutoff"]))
    records, wrong = _build_records(rows)
    mistakes.extend(wrong)
    ordered = tuple(sorted(mistakes, key=_place))
    dossier = None if any(not mistake.is_remark for mistake in ordered) else _assemble(form.values, records)
    return dossier, ordered


def _read_institution(grid: Grid | None) -> tuple[Row, list[Mistake]]:
    if grid is None:
        row = Row(INSTITUTION, 0, {column.field: column.kind.empty for column in INSTITUTION.fields})
        return row, []
    return read_form(INSTITUTION, grid, None)


def _missing_sheets(grids: Mapping[str, Grid]) -> Iterable[Mistake]:
    """Sheets that are not there, with the one that may have been renamed."""
    known = {fold(sheet.name) for sheet in ALL} | _NOT_RECORDS
    strangers = [grid.name for folded, grid in grids.items() if folded not in known]
    for sheet in ALL:
        if fold(sheet.name) in grids or (isinstance(sheet, Sheet) and sheet.is_optional):
            continue
        close = nearest(sheet.name, strangers)
        remedy = f"Cambie el nombre de la hoja «{close}» por «{sheet.name}»." if close else _how_to_restore(sheet)
        yield Mistake(sheet.name, "", "No está en el libro.", remedy)


def _how_to_restore(sheet: Sheet | Form) -> str:
    return f"Cópiela de un registro nuevo; si no hay nada que anotar en «{sheet.name}», déjela vacía."


def _build_records(rows: Mapping[str, Sequence[Row]]) -> tuple[dict[str, list[Any]], list[Mistake]]:
    records: dict[str, list[Any]] = {}
    mistakes = []
    for sheet in SHEETS:
        built = records.setdefault(sheet.name, [])
        for row in rows.get(sheet.name, ()):
            if not row.is_whole:
                continue
            try:
                built.append(sheet.build(row.values))
            except RefusedField as refused:
                mistakes.append(row.mistake(refused.field, refused.problem, refused.remedy))
    return records, mistakes


def _assemble(form: Mapping[str, Any], records: Mapping[str, Sequence[Any]]) -> Dossier:
    """Put together the dossier of a book without mistakes."""
    products: dict[str, list[Any]] = {}
    for campaign, product in records["Productos"]:
        products.setdefault(campaign, []).append(product)
    period: Period = form["period"]
    return Dossier(
        institution=Institution(form["name"], form["process"], form["city"], tuple(records["Dependencias"])),
        period=period,
        control=Control(
            form["code"],
            form["version"],
            form["cutoff"],
            form["prepared_on"],
            form["procedure"],
            tuple(records["Pasos"]),
            tuple(records["Firmas"]),
            form["seal"],
        ),
        channels=tuple(records["Canales"]),
        publications=tuple(records["Publicaciones"]),
        observations=tuple(records["Mediciones"]),
        campaigns=tuple(
            replace(campaign, deliverables=tuple(products.get(campaign.reference, ())))
            for campaign in records["Campañas"]
        ),
        commemorations=tuple(records["Efemérides"]),
        events=tuple(records["Eventos"]),
        requests=tuple(records["Solicitudes"]),
        satisfaction=tuple(records["Satisfacción"]),
        risks=tuple(records["Riesgos"]),
        follow_ups=tuple(records["Seguimiento de riesgos"]),
        incidents=tuple(records["Incidentes"]),
        activities=tuple(records["Plan"]),
        evidence=tuple(records["Evidencias"]),
        pending=tuple(records["Pendientes"]),
        declarations=tuple(records["Faltantes declarados"]),
        closures=tuple(records["Cierres locales"]),
    )


def _place(mistake: Mistake) -> tuple[int, int, int, str]:
    """The order of the book: by sheet, row and column; what is said of a whole sheet comes first."""
    letters = mistake.cell.rstrip("0123456789")
    number = mistake.cell[len(letters) :]
    return (_ORDER.get(mistake.sheet, len(_ORDER)), int(number or 0), len(letters), letters)
