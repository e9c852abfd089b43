"""LinkedIn, the content of a page: a workbook with its figures of each day (Metrics) and its posts (All posts).

Days are written month first. Of each daily figure there is the organic part, the sponsored one and the total, which is
what is recorded. Posts have their day alone, and no reach. The figures of a post are those of the day of the export.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from pregon.figures.spanish import count_of, join_words
from pregon.importers.base import Answers, Confidence, Extract, Identification, ImportedPublication, Source, Upload
from pregon.importers.day_order import DayOrder
from pregon.importers.delimited import Row
from pregon.importers.exports import Breakdown, Reading, Shape, explain_lacking, join_extracts
from pregon.importers.fields import read_whole
from pregon.importers.headers import clean_header
from pregon.importers.platform_days import MixedDaysError, at_day, read_days, read_worded_day
from pregon.importers.tables import Headed, RefusedFileError, Table, find_header, read_tables, sniff_tables
from pregon.records.organisation import Platform
from pregon.records.publishing import PublicationKind

_DAILY: Final = {
    "impressions": ("Impressions",),
    "clicks": ("Clicks",),
    "reactions": ("Reactions",),
    "comments": ("Comments",),
    "reposts": ("Reposts", "Shares"),
    "rate": ("Engagement rate",),
}
_PARTS: Final = ("organic", "sponsored")
_METRICS: Final = {
    "impressions": "views",
    "reactions": "likes",
    "comments": "comments",
    "reposts": "reposts",
}
_SHAPE_OF_DAYS: Final = Shape(
    program="LinkedIn",
    platform=Platform.LINKEDIN,
    aliases={
        "date": ("Date",),
        "unique_impressions": ("Unique impressions (organic)",),
        **{
            f"{key}_{part}": tuple(f"{name} ({part})" for name in names)
            for key, names in _DAILY.items()
            for part in (*_PARTS, "total")
        },
    },
    required=("date", "impressions_total"),
    metrics={f"{key}_total": code for key, code in _METRICS.items()},
    words=("date", *(f"{key}_{part}" for key in _METRICS for part in _PARTS)),
)
_SHAPE_OF_POSTS: Final = Shape(
    program="LinkedIn",
    platform=Platform.LINKEDIN,
    aliases={
        "title": ("Post title",),
        "link": ("Post link",),
        "post_type": ("Post type",),
        "campaign": ("Campaign name",),
        "author": ("Posted by",),
        "created": ("Created date",),
        "campaign_start": ("Campaign start date",),
        "campaign_end": ("Campaign end date",),
        "audience": ("Audience",),
        "impressions": ("Impressions",),
        "views": ("Views", "Views (Excluding offsite video views)"),
        "offsite_views": ("Offsite Views",),
        "clicks": ("Clicks",),
        "click_through": ("Click through rate (CTR)",),
        "likes": ("Likes",),
        "comments": ("Comments",),
        "reposts": ("Reposts",),
        "follows": ("Follows",),
        "rate": ("Engagement rate",),
        "content_type": ("Content Type",),
    },
    required=("title", "link", "created"),
    metrics={
        "impressions": "views",
        "views": "video_views",
        "likes": "likes",
        "comments": "comments",
        "reposts": "reposts",
        "follows": "followers_gained",
    },
    words=(
        *("title", "link", "post_type", "campaign", "author", "created"),
        *("campaign_start", "campaign_end", "audience", "content_type"),
    ),
)
_URN: Final = re.compile(r"urn:li:(?:activity|share|ugcPost):(?P<number>[0-9]{15,20})(?![0-9])")
_MONTH_FIRST: Final = "LinkedIn escribe primero el mes y luego el día"
_ZONE: Final = "LinkedIn no dice en qué hora cuenta los días: se tomaron como están"


def identify(upload: Upload) -> Identification | None:
    """Whether a file holds a page's figures by day or its posts, as LinkedIn names their columns."""
    shapes = (_SHAPE_OF_DAYS, _SHAPE_OF_POSTS)
    if not any(_find(table, shape) for table in sniff_tables(upload) for shape in shapes):
        return None
    return Identification(Confidence.CERTAIN, "tiene las columnas del contenido de una página de LinkedIn")


def _find(table: Table, shape: Shape, answers: Answers | None = None) -> Headed | None:
    headed = find_header((table,), shape.aliases, shape.required, answers)
    return None if headed is None or headed.lacking else headed


def extract(upload: Upload, answers: Answers) -> Extract:
    """The page's figures of each day and its posts."""
    try:
        tables = read_tables(upload)
        parts: list[Extract] = []
        unread: list[str] = []
        for table in tables:
            if days := _find(table, _SHAPE_OF_DAYS, answers):
                parts.append(_read_days(Reading(upload, _SHAPE_OF_DAYS, days, (_MONTH_FIRST, _ZONE)), answers))
            elif posts := _find(table, _SHAPE_OF_POSTS, answers):
                parts.append(_read_posts(Reading(upload, _SHAPE_OF_POSTS, posts, (_MONTH_FIRST,)), answers))
            elif table.rows and table.sheet:
                unread.append(f"«{table.sheet}»")
        if not parts:
            headed = find_header(tables, _SHAPE_OF_POSTS.aliases, _SHAPE_OF_POSTS.required, answers)
            lacking = explain_lacking(upload, _SHAPE_OF_POSTS, headed) if headed is not None else None
            return lacking or Extract(
                refused=f"En «{upload.name}» no hay ninguna tabla: descárguelo otra vez de LinkedIn."
            )
        if unread:
            parts.append(Extract(remarks=(f"No se registra lo que dicen estas hojas: {join_words(unread)}.",)))
        return join_extracts(parts)
    except RefusedFileError as error:
        return Extract(refused=str(error))
    except MixedDaysError as error:
        return Extract(refused=f"«{upload.name}» {error}")


def _read_days(reading: Reading, answers: Answers) -> Extract:
    texts = reading.headed.texts("date")
    days = read_days(texts, read_worded_day, answers, usual=DayOrder.MDY, is_series=True)
    unlike: list[str] = []

    def parts_of(row: Row, code: str) -> Breakdown:
        key = next(key for key, metric in _METRICS.items() if metric == code)
        columns = reading.headed.columns
        organic, sponsored, total = (
            read_whole(columns.text(f"{key}_{part}", row.fields)) for part in (*_PARTS, "total")
        )
        if organic is None or sponsored is None or total is None:
            return ()
        if organic.value + sponsored.value != total.value:
            unlike.append(f"{reading.headed.table.place(row)}, columna «{reading.headed.name(f'{key}_total')}»")
            return ()
        return (("orgánicas", int(organic.value)), ("patrocinadas", int(sponsored.value)))

    observations = reading.series(days, texts, "total del día", parts_of)
    if unlike:
        reading.remarks.append(
            f"En {count_of(len(unlike), 'lugar', 'lugares')} lo orgánico y lo patrocinado no suman el total "
            f"({unlike[0]}, el primero): se tomó el total."
        )
    return reading.finish(observations)


def _read_posts(reading: Reading, answers: Answers) -> Extract:
    headed = reading.headed
    texts = headed.texts("created")
    days = read_days(texts, read_worded_day, answers, usual=DayOrder.MDY)
    reading.repairs += days.repairs
    if days.question is not None:
        reading.questions.append(days.question)
    found: list[ImportedPublication] = []
    seen: Counter[str] = Counter()
    known: set[str] = set()
    for row, day, text in zip(headed.rows, days.days, texts, strict=True):
        link = headed.columns.text("link", row.fields)
        if link and link in known:
            seen["repeated"] += 1
            continue
        known.add(link)
        if day is None:
            if days.question is None:
                reading.leave_undated(row, text)
            continue
        seen["sponsored"] += clean_header(headed.columns.text("post_type", row.fields)) == "sponsored"
        number = _URN.search(link)
        is_video = clean_header(headed.columns.text("content_type", row.fields)) == "video"
        found.append(
            ImportedPublication(
                platform=Platform.LINKEDIN,
                kind=PublicationKind.VIDEO if is_video else PublicationKind.POST,
                published_at=at_day(day),
                birth=reading.birth(row, "una publicación por fila"),
                reference=number["number"] if number else "",
                title=headed.columns.text("title", row.fields),
                link=link,
                has_hour=False,
                lifetime=reading.snapshot(row),
            )
        )
    _tell(reading, seen)
    return reading.finish(publications=found)


def _tell(reading: Reading, seen: Counter[str]) -> None:
    if many := seen["repeated"]:
        reading.remarks.append(f"{count_of(many, 'fila repite', 'filas repiten')} una publicación que ya estaba.")
    if many := seen["sponsored"]:
        told = count_of(many, "publicación es patrocinada", "publicaciones son patrocinadas")
        reading.remarks.append(f"{told}; se {'cuenta' if many == 1 else 'cuentan'} como las demás.")


SOURCE = Source(
    code="linkedin-content",
    name="LinkedIn: contenido de la página",
    identify=identify,
    extract=extract,
    says="En LinkedIn, como administrador de la página: Analytics, «Content», «Export».",
)
