"""X, the overview of the account: a row a day, newest first, with the account's figures of that day.

The days are UTC's: each one begins at 7:00 p. m. of the day before in Colombia, and the file has no hours by which
they could be cut again. A month made of them says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pregon.importers.base import Answers, Confidence, Extract, Identification, ImportedObservation, Source, Upload
from pregon.importers.exports import Reading, Shape, read_export, sniff_export
from pregon.importers.platform_days import read_days, read_worded_day
from pregon.records.organisation import Platform

_ALIASES: Final = {
    "date": ("Date",),
    "impressions": ("Impressions",),
    "likes": ("Likes",),
    "engagements": ("Engagements",),
    "bookmarks": ("Bookmarks",),
    "shares": ("Shares", "Share"),
    "new_follows": ("New follows",),
    "unfollows": ("Unfollows",),
    "replies": ("Replies",),
    "reposts": ("Reposts",),
    "profile_visits": ("Profile visits",),
    "create_post": ("Create Post",),
    "video_views": ("Video views",),
    "media_views": ("Media views",),
}
_SHAPE: Final = Shape(
    program="X",
    platform=Platform.X,
    aliases=_ALIASES,
    required=("date", "impressions", "engagements"),
    metrics={
        "impressions": "views",
        "likes": "likes",
        "engagements": "interactions",
        "bookmarks": "saves",
        "shares": "shares",
        "new_follows": "followers_gained",
        "unfollows": "followers_lost",
        "replies": "comments",
        "reposts": "reposts",
        "profile_visits": "visits",
        "create_post": "posts",
        "video_views": "video_views",
    },
    words=("date",),
    foreign=("Post id", "Post text"),
)
_OWN: Final = ("unfollows", "create_post", "profile_visits")
"""Columns that with the required ones make a header that only X writes."""
_ZONE: Final = (
    "Los días son los de UTC, como en las publicaciones de X: cada uno empieza a las 7:00 p. m. de la víspera"
)
_EDGES: Final = (
    "X cuenta los días en UTC: su mes va, en hora de Colombia, de las 7:00 p. m. de la víspera del día 1 a las "
    "7:00 p. m. del último día. El archivo no permite cortarlo de otro modo."
)
_CREATED: Final = "X no dice si «Create Post» cuenta también las respuestas"


def identify(upload: Upload) -> Identification | None:
    """Whether a file has the columns of X's overview by day."""
    headed = sniff_export(upload, _SHAPE)
    if headed is None or not any(key in headed.columns for key in _OWN):
        return None
    return Identification(
        Confidence.CERTAIN, "tiene las columnas del resumen por día de X, «Impressions» y «Engagements» entre ellas"
    )


def extract(upload: Upload, answers: Answers) -> Extract:
    """The account's figures of each day."""
    return read_export(upload, _SHAPE, answers, _read, (_ZONE,))


def _read(reading: Reading, answers: Answers) -> Extract:
    texts = reading.headed.texts("date")
    days = read_days(texts, read_worded_day, answers, is_series=True)
    observations = [_with_doubt(each) for each in reading.series(days, texts, "valor del día")]
    reading.remarks.append(_EDGES)
    if any(each.metric == "posts" for each in observations):
        reading.remarks.append(f"{_CREATED}: compárelo con la lista de publicaciones.")
    return reading.finish(observations)


def _with_doubt(each: ImportedObservation) -> ImportedObservation:
    """A count of posts says what X does not say of it."""
    if each.metric != "posts":
        return each
    return replace(each, birth=replace(each.birth, assumed=(*each.birth.assumed, _CREATED)))


SOURCE = Source(
    code="x-overview",
    name="X: resumen por día",
    identify=identify,
    extract=extract,
    says="En X, con la cuenta Premium: Analytics, pestaña «Overview», botón de descarga.",
)
