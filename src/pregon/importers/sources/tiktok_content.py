"""TikTok, the list of videos with their figures: Content.csv of Studio, and that of Business.

The link of a video carries its instant, which tells the year that Studio does not write and the zone that Business
does not name (its «Post time» is UTC). The figures are those of the day of the export.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from pregon.figures.spanish import count_of
from pregon.importers.base import Answers, Confidence, Extract, Identification, ImportedPublication, Source, Upload
from pregon.importers.delimited import Row
from pregon.importers.exports import Reading, Shape, read_export, sniff_export
from pregon.importers.placing import OFFICE_ZONE
from pregon.importers.platform_days import DayColumn, at_day, read_days, read_year_first, read_yearless
from pregon.importers.tiktok_window import date_rows
from pregon.records.instants import ProvedInstant, prove_instant
from pregon.records.organisation import Platform
from pregon.records.publishing import PublicationKind

_SHAPE: Final = Shape(
    program="TikTok",
    platform=Platform.TIKTOK,
    aliases={
        "time": ("Time",),
        "title": ("Video title",),
        "link": ("Video link",),
        "post_time": ("Post time",),
        "views": ("Total views", "Video views"),
        "likes": ("Total likes", "Likes"),
        "comments": ("Total comments", "Comments"),
        "shares": ("Total shares", "Shares"),
        "saves": ("Add to Favorites",),
    },
    required=("title", "link", "post_time"),
    metrics={"views": "views", "likes": "likes", "comments": "comments", "shares": "shares", "saves": "saves"},
    words=("time", "title", "link", "post_time"),
)
_WRITTEN: Final = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?$")
_ACCOUNT: Final = re.compile(r"tiktok\.com/@(?P<account>[\w.-]+)/", re.IGNORECASE)
_PHOTO: Final = re.compile(r"tiktok\.com/@[\w.-]+/photo/", re.IGNORECASE)
_NEAR: Final = timedelta(minutes=2)
_PROVED: Final = "una publicación por fila; el instante es el de su enlace"
_BY_HOUR: Final = "una publicación por fila; el instante es el de la columna «Post time»"
_BY_DAY: Final = "una publicación por fila; el día es el de la columna «Post time»"
_UTC: Final = "La hora es la de UTC, como en los archivos de TikTok Business que se han comprobado"


def identify(upload: Upload) -> Identification | None:
    """Whether a file has the columns of TikTok's list of videos."""
    if sniff_export(upload, _SHAPE) is None:
        return None
    return Identification(
        Confidence.CERTAIN, "tiene las columnas de la lista de videos de TikTok, «Video link» y «Post time»"
    )


def extract(upload: Upload, answers: Answers) -> Extract:
    """The videos and photos published."""
    return read_export(upload, _SHAPE, answers, _read)


@dataclass(frozen=True, slots=True)
class _Moment:
    """When a row says that its video was published: an instant, or the day alone."""

    at: datetime
    has_hour: bool
    assumed: tuple[str, ...] = ()


def _read(reading: Reading, answers: Answers) -> Extract:
    headed = reading.headed
    proofs = [_prove(row, reading) for row in headed.rows]
    texts = headed.texts("post_time")
    days, assumed = _read_days(reading, proofs, texts, answers)
    found: list[ImportedPublication] = []
    seen: Counter[str] = Counter()
    known: set[str] = set()
    for row, proof, text, day in zip(headed.rows, proofs, texts, days.days, strict=True):
        moment = _tell_moment(text, day, assumed)
        if proof is not None and proof.reference in known:
            seen["repeated"] += 1
        elif proof is not None:
            known.add(proof.reference)
            unlike = moment is not None and moment.has_hour and abs(moment.at - proof.at) > _NEAR
            seen["unlike"] += unlike
            found.append(_publish(reading, row, proof, _Moment(proof.at, has_hour=True)))
        elif moment is not None:
            found.append(_publish(reading, row, None, moment))
        elif days.question is None:
            reading.leave_undated(row, text)
    _tell(reading, seen)
    return reading.finish(publications=found)


def _prove(row: Row, reading: Reading) -> ProvedInstant | None:
    found = prove_instant(reading.headed.columns.text("link", row.fields))
    return found if found is not None and found.platform is Platform.TIKTOK else None


def _read_days(
    reading: Reading, proofs: Sequence[ProvedInstant | None], texts: Sequence[str], answers: Answers
) -> tuple[DayColumn, tuple[str, ...]]:
    """The days of the rows that no link proves; nothing is asked of those that one does."""
    open_rows = [place for place, proof in enumerate(proofs) if proof is None and not _WRITTEN.match(texts[place])]
    if not open_rows:
        return DayColumn((None,) * len(texts)), ()
    told = [texts[place] for place in open_rows]
    if any(sign.isalpha() for text in told for sign in text):
        dated = date_rows(reading.upload, read_yearless(told, answers), answers, is_series=False)
        found, assumed, repairs, questions = dated.days, dated.assumed, dated.repairs, dated.questions
    else:
        column = read_days(told, read_year_first, answers)
        found, assumed, repairs = column.days, ("El día es el de UTC",), column.repairs
        questions = () if column.question is None else (column.question,)
    reading.repairs += repairs
    reading.questions += questions
    days: list[date | None] = [None] * len(texts)
    for place, day in zip(open_rows, found, strict=True):
        days[place] = day
    return DayColumn(tuple(days), question=next(iter(questions), None)), assumed


def _tell_moment(text: str, day: date | None, assumed: tuple[str, ...]) -> _Moment | None:
    if found := _WRITTEN.match(text):
        year, month, number, hour, minute, second = (int(each or 0) for each in found.groups())
        try:
            at = datetime(year, month, number, hour, minute, second, tzinfo=UTC)
        except ValueError:
            return None
        return _Moment(at, has_hour=True, assumed=(_UTC,))
    return None if day is None else _Moment(at_day(day), has_hour=False, assumed=assumed)


def _publish(reading: Reading, row: Row, proof: ProvedInstant | None, moment: _Moment) -> ImportedPublication:
    columns = reading.headed.columns
    link = columns.text("link", row.fields)
    account = _ACCOUNT.search(link)
    rule = _PROVED if proof is not None else _BY_HOUR if moment.has_hour else _BY_DAY
    return ImportedPublication(
        platform=Platform.TIKTOK,
        kind=PublicationKind.POST if _PHOTO.search(link) else PublicationKind.VIDEO,
        published_at=moment.at.astimezone(OFFICE_ZONE),
        birth=reading.birth(row, rule, moment.assumed),
        reference="" if proof is None else proof.reference,
        title=columns.text("title", row.fields),
        link=link,
        account=account["account"] if account else "",
        is_proved=proof is not None,
        has_hour=moment.has_hour,
        lifetime=reading.snapshot(row),
    )


def _tell(reading: Reading, seen: Counter[str]) -> None:
    if many := seen["repeated"]:
        reading.remarks.append(f"{count_of(many, 'fila repite', 'filas repiten')} una publicación que ya estaba.")
    if many := seen["unlike"]:
        reading.remarks.append(
            f"En {count_of(many, 'fila', 'filas')} la columna «Post time» no es la hora del enlace: vale el enlace."
        )


SOURCE = Source(
    code="tiktok-content",
    name="TikTok: publicaciones",
    identify=identify,
    extract=extract,
    says="En TikTok Studio: Analytics, pestaña «Content», «Download data», formato CSV.",
)
