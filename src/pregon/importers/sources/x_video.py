"""X, the overview of the account's videos: a title line, then a row a day with how many times they were played."""

from __future__ import annotations

from typing import Final

from pregon.importers.base import Answers, Confidence, Extract, Identification, Source, Upload
from pregon.importers.exports import Reading, Shape, read_export, sniff_export
from pregon.importers.headers import clean_header
from pregon.importers.platform_days import read_days, read_worded_day
from pregon.records.organisation import Platform

_SHAPE: Final = Shape(
    program="X",
    platform=Platform.X,
    aliases={
        "date": ("Date",),
        "views": ("Views",),
        "watch_time": ("Watch Time (ms)",),
        "completion": ("Completion Rate",),
        "average_watch_time": ("Average Watch Time (ms)",),
        "revenue": ("Estimated Revenue",),
    },
    required=("date", "views", "watch_time"),
    metrics={"views": "video_views"},
    words=("date",),
)
_TITLE: Final = "video overview"
_ZONE: Final = (
    "Los días son los de UTC, como en las publicaciones de X: cada uno empieza a las 7:00 p. m. de la víspera"
)


def identify(upload: Upload) -> Identification | None:
    """Whether a file has the columns of X's video overview; its title line may have been lost."""
    headed = sniff_export(upload, _SHAPE)
    if headed is None:
        return None
    titled = any(clean_header(words) == _TITLE for row in headed.above for words in row.fields)
    if titled:
        return Identification(Confidence.CERTAIN, "su título es «Video overview» y tiene las columnas de X")
    return Identification(Confidence.LIKELY, "tiene las columnas del resumen de video de X")


def extract(upload: Upload, answers: Answers) -> Extract:
    """How many times the account's videos were played on each day."""
    return read_export(upload, _SHAPE, answers, _read, (_ZONE,))


def _read(reading: Reading, answers: Answers) -> Extract:
    texts = reading.headed.texts("date")
    days = read_days(texts, read_worded_day, answers, is_series=True)
    return reading.finish(reading.series(days, texts, "valor del día"))


SOURCE = Source(
    code="x-video",
    name="X: resumen de video",
    identify=identify,
    extract=extract,
    says="En X, con la cuenta Premium: Analytics, pestaña «Video», botón de descarga.",
)
