"""A small quarter of records, as a dossier and as the workbook that an office would bring."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Control, Institution, Office, Pending, Platform
from pregon.records.programme import Campaign, Event
from pregon.records.publishing import Observation, ObservationStatus, Publication, PublicationKind
from pregon.registro.write import write_registro
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.models import Registro
from pregon_web.quarter.selectors import open_dossier
from tests.web.towns import Town

QUARTER = Period.quarter(2025, 4)
CANARY = "Código de Integridad"
POSTS = {"fb": (44, 24, 26), "ig": (44, 22, 23), "x": (46, 19, 25)}
VISITS = (34811, 34326, 25059)
MESSAGES = (10, 13, 14)


def observe(metric: str, channel: str, period: Period, values: tuple[int | None, ...]) -> list[Observation]:
    """A value a month; None is no datum, owed by Marcela for 15 January."""
    return [
        Observation(
            metric,
            channel,
            month,
            ObservationStatus.NO_DATA if value is None else ObservationStatus.VALUE,
            None if value is None else Amount.exact(value),
            source="Panel",
            owed_by="Marcela Ríos" if value is None else "",
            due=date(2026, 1, 15) if value is None else None,
        )
        for month, value in zip(period.months, values, strict=True)
    ]


def make_dossier(institution: str, period: Period = QUARTER, canary: str = CANARY) -> Dossier:
    """The quarter of an institution; `canary` stands in its records and so in everything made from them."""
    first, second, last = period.months
    news = (first.start, first.end, first.end, second.start, last.start, last.end)
    return Dossier(
        institution=Institution(institution, "Gestión de las Comunicaciones", offices=(Office("Derechos Humanos"),)),
        period=period,
        control=Control(code="GC-INF-02", version="1"),
        channels=(
            Channel("sede", "Sede electrónica", Platform.WEBSITE),
            Channel("fb", "Facebook", Platform.FACEBOOK),
            Channel("ig", "Instagram", Platform.INSTAGRAM),
            Channel("x", "X", Platform.X),
            Channel("wa", "WhatsApp", Platform.WHATSAPP, is_internal=True),
        ),
        publications=tuple(
            Publication(f"N-{place}", "sede", PublicationKind.NEWS_ITEM, day, f"{canary}, noticia {place}")
            for place, day in enumerate(news, start=1)
        ),
        observations=(
            *observe("visits", "sede", period, VISITS),
            *(line for code, values in POSTS.items() for line in observe("posts", code, period, values)),
            *observe("messages", "wa", period, MESSAGES),
            *observe("views", "ig", period, (44600, 39300, None)),
        ),
        campaigns=(
            Campaign("C-1", canary, "Divulgar", "la ciudadanía", ("fb",), "Derechos Humanos", first.start, last.end),
        ),
        events=(Event("E-1", first.start, f"Feria de {canary}", "Derechos Humanos", called=50, attended=45),),
        pending=(Pending("stories", f"Historias de {canary}", person="Andrés Tobón", due=date(2026, 1, 20)),),
    )


@cache
def workbook_bytes(institution: str, period: Period, canary: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registro.xlsx"
        write_registro(make_dossier(institution, period, canary), path)
        return path.read_bytes()


def write_workbook(folder: Path, institution: str, period: Period = QUARTER, canary: str = CANARY) -> Path:
    """The dossier of those three as its registro workbook."""
    path = folder / f"registro-{period}.xlsx"
    path.write_bytes(workbook_bytes(institution, period, canary))
    return path


def keep_registro(town: Town, period: Period = QUARTER, canary: str = CANARY) -> Registro:
    """A registro that was accepted before the test began: its rows and its file, without reading it again."""
    with TemporaryDirectory() as folder:
        path = write_workbook(Path(folder), town.institution.name, period, canary)
        sha256 = vault.keep_file(town.institution.pk, path)
    new, now = make_dossier(town.institution.name, period, canary), open_dossier(town.institution, str(period))
    with transaction.atomic():
        load_dossier(access=town.access(), base=None, new=new, now=now)
    return Registro.objects.create(
        institution=town.institution,
        period=str(period),
        version=Registro.objects.of(town.institution).filter(period=str(period)).count() + 1,
        sha256=sha256,
        name=f"{canary}.xlsx",
        uploaded_by=town.people[Role.EDITOR],
    )
