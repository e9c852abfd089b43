"""A small registro to spoil: each test edits cells as a person would in Excel, and reads what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Closure, Control, Institution, Office, Pending, Platform, ProcedureStep
from pregon.records.programme import Campaign, Commemoration, Deliverable, Event, IndicatorKind, PlanActivity
from pregon.records.publishing import (
    Evidence,
    Method,
    Observation,
    ObservationStatus,
    Publication,
    PublicationKind,
)
from pregon.records.risk import Incident, Risk, RiskFollowUp, RiskSignal
from pregon.records.service import RequestKind, ServiceRequest
from pregon.registro import check_registro, write_registro

OCTOBER = Period.month(2025, 10)

SMALL = Dossier(
    Institution("Personería de Prueba", offices=(Office("Derechos Humanos", ("DDHH",)), Office("Secretaría General"))),
    Period.quarter(2025, 4),
    Control("G-1", "1", datetime.combine(date(2026, 1, 7), time(17)), steps=(ProcedureStep("6.1/7", "Seguimiento"),)),
    channels=(
        Channel("facebook", "Facebook", Platform.FACEBOOK),
        Channel("sede", "Sede electrónica", Platform.WEBSITE),
    ),
    publications=(
        Publication("PUB-1", "facebook", PublicationKind.POST, date(2025, 10, 6), "Charla"),
        Publication("PUB-2", "sede", PublicationKind.NEWS_ITEM, date(2025, 11, 19), "Capacitación", campaign="salud"),
    ),
    observations=(
        Observation("visits", "sede", OCTOBER, ObservationStatus.VALUE, Amount(Decimal(34811))),
        Observation(
            "views", "facebook", OCTOBER, ObservationStatus.VALUE, Amount(Decimal(73300), "", Decimal(100)),
            Method.PANEL,
        ),
        Observation("reach", "facebook", OCTOBER, ObservationStatus.NO_DATA, owed_by="Marcela Ríos"),
        Observation("likes", "sede", OCTOBER, ObservationStatus.NOT_APPLICABLE),
    ),
    campaigns=(
        Campaign(
            "salud", "Salud mental", "Que se sepa", "Comunidad", ("facebook", "sede"), "Derechos Humanos",
            date(2025, 10, 1), date(2025, 10, 31), (Deliverable("publicaciones", 8, None),),
        ),
    ),
    commemorations=(Commemoration("Día de la Salud Mental", date(2025, 10, 10), "salud", "PUB-1"),),
    events=(
        Event("EVE-1", date(2025, 10, 6), "Charla", "Derechos Humanos", 60, 45),
        Event("EVE-2", date(2025, 10, 28), "Rendición", "Secretaría General"),
        Event("EVE-3", date(2025, 12, 10), "Acto sin público", "Derechos Humanos", 0, 0),
    ),
    requests=(
        ServiceRequest(
            "SOL-1", RequestKind.DESIGN, "Derechos Humanos", "Pieza", date(2025, 10, 2), date(2025, 10, 7),
            date(2025, 10, 7), date(2025, 10, 6), "PUB-1", 1,
        ),
        ServiceRequest(
            "SOL-2", RequestKind.VIDEO, "Derechos Humanos", "Cápsula", date(2025, 11, 4),
            cancelled_on=date(2025, 11, 10),
        ),
    ),
    risks=(Risk("R1", "Publicar información errada", "", RiskSignal.CORRECTIONS, "Alto", "Moderado"),),
    follow_ups=(
        RiskFollowUp(
            "R1", date(2025, 12, 18), materialised=False, controls_run=3, controls_planned=3, line_of_defence=2,
            despite="Fue una tilde.",
        ),
    ),
    incidents=(Incident("INC-1", date(2025, 11, 4), "Perfil falso", "R1"),),
    activities=(PlanActivity("PA-1", "6.1/7", "Seguimiento", "informes", 3, 3, IndicatorKind.COMPLETION, Decimal(90)),),
    evidence=(Evidence("EV-1", "Captura", "panel.png", month=OCTOBER),),
    pending=(Pending("audience", "Diciembre", person="Marcela Ríos", due=date(2026, 1, 15)),),
    closures=(Closure(date(2025, 12, 26), "Jornada compensada"),),
)  # fmt: skip

Edit = Callable[[Workbook], None]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("registro") / "registro.xlsx"
    write_registro(SMALL, path)
    return path.read_bytes()


@pytest.fixture
def small(tmp_path: Path, written: bytes) -> Path:
    path = tmp_path / "registro.xlsx"
    path.write_bytes(written)
    return path


@pytest.fixture
def spoil(small: Path) -> Callable[[Edit], Path]:
    """Edit the small registro with openpyxl, as a person would with Excel."""

    def edit(change: Edit) -> Path:
        book = load_workbook(small)
        change(book)
        book.save(small)
        return small

    return edit


@pytest.fixture(scope="session")
def open_book(written: bytes) -> Workbook:
    """The small registro, opened once: who edits it puts it back."""
    return load_workbook(BytesIO(written))


@pytest.fixture
def said_of(open_book: Workbook, tmp_path: Path) -> Callable[[Mapping[str, object]], list[str]]:
    """Put values into cells, «Hoja!C4» by «Hoja!C4», and give back every sentence that the check says."""

    def check(cells: Mapping[str, object]) -> list[str]:
        path = tmp_path / "registro.xlsx"
        before = {}
        for place, value in cells.items():
            sheet, _, address = place.partition("!")
            cell = open_book[sheet][address]
            before[cell] = (cell.value, cell.data_type, cell.number_format, cell.quotePrefix)
            cell.number_format, cell.quotePrefix = "General", False
            cell.value = value
        try:
            open_book.save(path)
        finally:
            for cell, (value, data_type, number_format, prefix) in before.items():
                cell.value, cell.number_format, cell.quotePrefix = value, number_format, prefix
                cell.data_type = data_type
        return [str(mistake) for mistake in check_registro(path)]

    return check
