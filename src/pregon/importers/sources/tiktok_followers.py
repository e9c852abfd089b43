"""TikTok Studio, the followers of each day (FollowerHistory): how many the account had when the day ended.

It is a balance: days never add up to a month, and the month's figure is that of its last day, where the file has it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from pregon.figures.period import Period
from pregon.importers.base import Answers, Confidence, Extract, Identification, ImportedObservation, Source, Upload
from pregon.importers.exports import Reading, Shape, read_export, sniff_export
from pregon.importers.tiktok_window import read_series
from pregon.records.organisation import Platform

_SHAPE: Final = Shape(
    program="TikTok Studio",
    platform=Platform.TIKTOK,
    aliases={
        "date": ("Date",),
        "followers": ("Followers",),
        "difference": ("Difference in followers from previous day",),
    },
    required=("date", "followers", "difference"),
    metrics={"followers": "followers_total"},
    words=("date", "difference"),
)
_MONTH_END: Final = "saldo del último día del mes"


def identify(upload: Upload) -> Identification | None:
    """Whether a file has the columns of TikTok's followers by day."""
    if sniff_export(upload, _SHAPE) is None:
        return None
    return Identification(Confidence.CERTAIN, "tiene las columnas de los seguidores de TikTok por día")


def extract(upload: Upload, answers: Answers) -> Extract:
    """The followers at the end of each day, and of each month whose last day is there."""
    return read_export(upload, _SHAPE, answers, _read)


def _read(reading: Reading, answers: Answers) -> Extract:
    days = read_series(reading, answers, "saldo del día")
    return reading.finish([*days, *(_month_of(reading, each) for each in days if _ends_month(each))])


def _ends_month(each: ImportedObservation) -> bool:
    return each.amount is not None and (each.period.end + timedelta(days=1)).day == 1


def _month_of(reading: Reading, day: ImportedObservation) -> ImportedObservation:
    """The month's balance, which is its last day's."""
    month = Period.month(day.period.end.year, day.period.end.month)
    return reading.observe(day.metric, month, day.amount, replace(day.birth, rule=_MONTH_END))


SOURCE = Source(
    code="tiktok-followers",
    name="TikTok: seguidores por día",
    identify=identify,
    extract=extract,
    says="En TikTok Studio: Analytics, pestaña «Followers», «Download data», formato CSV.",
)
