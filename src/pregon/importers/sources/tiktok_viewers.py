"""TikTok Studio, the viewers of each day (Viewers): people, whom no sum of days can count for a month."""

from __future__ import annotations

from typing import Final

from pregon.importers.base import Answers, Confidence, Extract, Identification, Source, Upload
from pregon.importers.exports import Reading, Shape, read_export, sniff_export
from pregon.importers.tiktok_window import read_series
from pregon.records.organisation import Platform

_SHAPE: Final = Shape(
    program="TikTok Studio",
    platform=Platform.TIKTOK,
    aliases={
        "date": ("Date",),
        "total": ("Total Viewers",),
        "new": ("New Viewers",),
        "returning": ("Returning Viewers",),
    },
    required=("date", "total", "new"),
    metrics={"total": "viewers"},
    words=("date",),
)


def identify(upload: Upload) -> Identification | None:
    """Whether a file has the columns of TikTok's viewers by day."""
    if sniff_export(upload, _SHAPE) is None:
        return None
    return Identification(Confidence.CERTAIN, "tiene las columnas de los espectadores de TikTok por día")


def extract(upload: Upload, answers: Answers) -> Extract:
    """How many people saw the account's videos on each day."""
    return read_export(upload, _SHAPE, answers, _read)


def _read(reading: Reading, answers: Answers) -> Extract:
    return reading.finish(read_series(reading, answers, "valor del día"))


SOURCE = Source(
    code="tiktok-viewers",
    name="TikTok: espectadores por día",
    identify=identify,
    extract=extract,
    says="En TikTok Studio: Analytics, pestaña «Viewers», «Download data».",
)
