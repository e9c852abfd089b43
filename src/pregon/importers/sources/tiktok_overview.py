"""TikTok, the account's figures of each day: Overview.csv of Studio, and that of Business.

They differ in the day: Studio writes «September 25», in the language of the account and without the year; Business
writes «2025/10/31», and «NAN» or «--» where it has no figure. Studio's daily figures may be negative: what was taken
back that day, a like or a view, is taken off.
"""

from __future__ import annotations

from typing import Final

from pregon.importers.base import Answers, Confidence, Extract, Identification, Source, Upload
from pregon.importers.exports import Reading, Shape, read_export, sniff_export
from pregon.importers.platform_days import read_days, read_year_first
from pregon.importers.tiktok_window import ZONE, find_account, read_series
from pregon.records.organisation import Platform

_SHAPE: Final = Shape(
    program="TikTok",
    platform=Platform.TIKTOK,
    aliases={
        "date": ("Date",),
        "video_views": ("Video Views",),
        "profile_views": ("Profile Views",),
        "likes": ("Likes",),
        "comments": ("Comments",),
        "shares": ("Shares",),
        "reach": ("Reached audience",),
        "phone_clicks": ("Phone number clicks",),
        "leads": ("Leads submission",),
        "net_growth": ("Net growth",),
        "new_followers": ("New followers",),
        "lost_followers": ("Lost followers",),
    },
    required=("date", "video_views", "profile_views"),
    metrics={
        "video_views": "views",
        "profile_views": "visits",
        "likes": "likes",
        "comments": "comments",
        "shares": "shares",
        "reach": "reach",
        "new_followers": "followers_gained",
        "lost_followers": "followers_lost",
    },
    words=("date",),
)
_OF_BUSINESS: Final = ("reach", "net_growth", "new_followers", "lost_followers")
_RULE: Final = "valor del día"


def identify(upload: Upload) -> Identification | None:
    """Whether a file has the columns of TikTok's overview by day."""
    if sniff_export(upload, _SHAPE) is None:
        return None
    return Identification(
        Confidence.CERTAIN, "tiene las columnas del resumen de TikTok, «Video Views» y «Profile Views»"
    )


def extract(upload: Upload, answers: Answers) -> Extract:
    """The account's figures of each day."""
    return read_export(upload, _SHAPE, answers, _read)


def _read(reading: Reading, answers: Answers) -> Extract:
    texts = reading.headed.texts("date")
    is_business = any(key in reading.headed.columns for key in _OF_BUSINESS)
    if not is_business and not any(read_year_first(text) for text in texts):
        return reading.finish(read_series(reading, answers, _RULE))
    reading.account, reading.assumed = find_account(reading.upload), (ZONE,)
    days = read_days(texts, read_year_first, answers, is_series=True)
    return reading.finish(reading.series(days, texts, _RULE))


SOURCE = Source(
    code="tiktok-overview",
    name="TikTok: resumen por día",
    identify=identify,
    extract=extract,
    says="En TikTok Studio: Analytics, pestaña «Overview», «Download data», formato CSV.",
)
