"""LinkedIn, the followers of a page: a workbook with the new ones of each day, and five sheets on who they are.

«Total followers» of a day is that day's new ones, organic, sponsored and invited: not how many the page has. Who they
are is not recorded.
"""

from __future__ import annotations

from typing import Final

from pregon.figures.spanish import join_words
from pregon.importers.base import Answers, Confidence, Extract, Identification, Source, Upload
from pregon.importers.day_order import DayOrder
from pregon.importers.exports import Reading, Shape, read_export, sniff_export
from pregon.importers.platform_days import read_days, read_worded_day
from pregon.importers.tables import read_tables
from pregon.records.organisation import Platform

_SHAPE: Final = Shape(
    program="LinkedIn",
    platform=Platform.LINKEDIN,
    aliases={
        "date": ("Date",),
        "sponsored": ("Sponsored followers",),
        "organic": ("Organic followers",),
        "invited": ("Auto-invited followers",),
        "total": ("Total followers",),
    },
    required=("date", "organic", "total"),
    metrics={"total": "followers_gained"},
    words=("date", "sponsored", "organic", "invited"),
)
_NEW: Final = "«Total followers» son los seguidores nuevos del día, no los que tiene la página"
_MONTH_FIRST: Final = "LinkedIn escribe primero el mes y luego el día"


def identify(upload: Upload) -> Identification | None:
    """Whether a file has the columns of LinkedIn's new followers by day."""
    if sniff_export(upload, _SHAPE) is None:
        return None
    return Identification(Confidence.CERTAIN, "tiene las columnas de los seguidores nuevos de una página de LinkedIn")


def extract(upload: Upload, answers: Answers) -> Extract:
    """The new followers of each day."""
    return read_export(upload, _SHAPE, answers, _read, (_NEW, _MONTH_FIRST))


def _read(reading: Reading, answers: Answers) -> Extract:
    texts = reading.headed.texts("date")
    days = read_days(texts, read_worded_day, answers, usual=DayOrder.MDY, is_series=True)
    observations = reading.series(days, texts, "valor del día")
    own = reading.headed.table.sheet
    others = [f"«{table.sheet}»" for table in read_tables(reading.upload) if table.sheet != own]
    if others:
        reading.remarks.append(f"No se registra lo que dicen estas hojas: {join_words(others)}.")
    return reading.finish(observations)


SOURCE = Source(
    code="linkedin-followers",
    name="LinkedIn: seguidores de la página",
    identify=identify,
    extract=extract,
    says="En LinkedIn, como administrador de la página: Analytics, «Followers», «Export».",
)
