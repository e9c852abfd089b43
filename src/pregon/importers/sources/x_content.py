"""X, the list of posts with their figures: the header of 2026 and that of early 2025.

The identifier of a post carries its instant, so the day that counts is told by it and not by «Date», which is the day
of UTC. Replies are rows too and no publications. The figures are those of the day of the export.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pregon.figures.spanish import count_of
from pregon.importers.base import Answers, Confidence, Extract, Identification, ImportedPublication, Source, Upload
from pregon.importers.delimited import Row
from pregon.importers.exports import Reading, Shape, read_export, sniff_export
from pregon.importers.fields import is_rounded, is_scientific
from pregon.importers.placing import OFFICE_ZONE
from pregon.importers.platform_days import DayColumn, at_day, read_days, read_worded_day
from pregon.records.instants import prove_instant, x_instant
from pregon.records.organisation import Platform
from pregon.records.publishing import PublicationKind

_SHAPE: Final = Shape(
    program="X",
    platform=Platform.X,
    aliases={
        "id": ("Post id",),
        "date": ("Date",),
        "text": ("Post text",),
        "link": ("Post Link", "Link"),
        "impressions": ("Impressions",),
        "likes": ("Likes",),
        "engagements": ("Engagements",),
        "bookmarks": ("Bookmarks",),
        "shares": ("Shares", "Share"),
        "new_follows": ("New follows",),
        "replies": ("Replies",),
        "reposts": ("Reposts",),
        "profile_visits": ("Profile visits",),
        "detail_expands": ("Detail expands",),
        "url_clicks": ("URL clicks",),
        "hashtag_clicks": ("Hashtag clicks",),
        "permalink_clicks": ("Permalink clicks",),
    },
    required=("id", "date", "text"),
    metrics={
        "impressions": "views",
        "likes": "likes",
        "engagements": "interactions",
        "bookmarks": "saves",
        "shares": "shares",
        "new_follows": "followers_gained",
        "replies": "comments",
        "reposts": "reposts",
        "profile_visits": "visits",
    },
    words=("id", "date", "text", "link"),
)
_IDENTIFIER: Final = re.compile(r"[0-9]{1,19}$")
_ACCOUNT: Final = re.compile(r"//(?:www\.|mobile\.)?(?:x|twitter)\.com/(?P<account>\w{1,15})/status/", re.IGNORECASE)
_PROVED: Final = "una publicación por fila; el instante es el de su identificador"
_BY_DAY: Final = "una publicación por fila; el día es el de la columna «Date»"
_UTC_DAY: Final = "El día es el de UTC: lo publicado después de las 7:00 p. m. en Colombia cae en el día siguiente"


def identify(upload: Upload) -> Identification | None:
    """Whether a file has the columns of X's list of posts."""
    if sniff_export(upload, _SHAPE) is None:
        return None
    return Identification(
        Confidence.CERTAIN, "tiene las columnas de la lista de publicaciones de X, «Post id» y «Post text»"
    )


def extract(upload: Upload, answers: Answers) -> Extract:
    """The posts, without the replies."""
    return read_export(upload, _SHAPE, answers, _read)


@dataclass(frozen=True, slots=True)
class _Identity:
    """What tells a post: its identifier, "" where it was lost, its link, and the instant that either proves."""

    reference: str
    link: str
    at: datetime | None
    is_spoiled: bool
    """Whether a spreadsheet wrote the identifier another way than X."""


def _identify_post(row: Row, reading: Reading) -> _Identity:
    columns = reading.headed.columns
    written, link = columns.text("id", row.fields), columns.text("link", row.fields)
    proved = prove_instant(link)
    if proved is not None and proved.platform is Platform.X:
        return _Identity(proved.reference, link, proved.at, is_spoiled=written != proved.reference)
    if is_scientific(written) or not _IDENTIFIER.match(written):
        return _Identity("", link, None, is_spoiled=bool(written))
    # A spreadsheet keeps fifteen digits and fills up with zeros: the instant is still right, the identifier is not.
    is_spoiled = is_rounded(written)
    return _Identity("" if is_spoiled else written, link, x_instant(written), is_spoiled=is_spoiled)


def _read(reading: Reading, answers: Answers) -> Extract:
    headed = reading.headed
    posts = [_identify_post(row, reading) for row in headed.rows]
    texts = headed.texts("date")
    if all(post.at is not None for post in posts):
        days = DayColumn(tuple(read_worded_day(text) for text in texts))
    else:
        days = read_days(texts, read_worded_day, answers)
    found: list[ImportedPublication] = []
    known: set[str] = set()
    seen: Counter[str] = Counter()
    for row, post, day, text in zip(headed.rows, posts, days.days, texts, strict=True):
        if headed.columns.text("text", row.fields).startswith("@"):
            seen["replies"] += 1
        elif post.reference and post.reference in known:
            seen["repeated"] += 1
        elif (at := post.at or (None if day is None else at_day(day))) is not None:
            known.add(post.reference)
            seen["spoiled"] += post.is_spoiled
            seen["unlike"] += post.at is not None and day is not None and post.at.astimezone(UTC).date() != day
            found.append(_publish(reading, row, post, at))
        elif days.question is None:
            reading.leave_undated(row, text)
        else:
            seen["undecided"] += 1
    if days.question is not None and seen["undecided"]:
        reading.questions.append(days.question)
    if any(not each.has_hour for each in found):
        reading.repairs += days.repairs
    _tell(reading, seen)
    return reading.finish(publications=found)


def _publish(reading: Reading, row: Row, post: _Identity, at: datetime) -> ImportedPublication:
    account = _ACCOUNT.search(post.link)
    birth = reading.birth(row, _BY_DAY, (_UTC_DAY,)) if post.at is None else reading.birth(row, _PROVED)
    return ImportedPublication(
        platform=Platform.X,
        kind=PublicationKind.POST,
        published_at=at.astimezone(OFFICE_ZONE),
        birth=birth,
        reference=post.reference,
        title=reading.headed.columns.text("text", row.fields),
        link=post.link,
        account=account["account"] if account and account["account"].casefold() != "i" else "",
        is_proved=post.at is not None,
        has_hour=post.at is not None,
        lifetime=reading.snapshot(row),
    )


def _tell(reading: Reading, seen: Counter[str]) -> None:
    if many := seen["spoiled"]:
        reading.repairs.append(
            f"Un programa cambió el identificador de {count_of(many, 'publicación', 'publicaciones')}: "
            "se tomó del enlace donde lo había."
        )
    if many := seen["replies"]:
        one = "1 fila empieza por @: es una respuesta, no una publicación, y se dejó fuera."
        several = f"{many} filas empiezan por @: son respuestas, no publicaciones, y se dejaron fuera."
        reading.remarks.append(one if many == 1 else several)
    if many := seen["repeated"]:
        reading.remarks.append(f"{count_of(many, 'fila repite', 'filas repiten')} una publicación que ya estaba.")
    if many := seen["unlike"]:
        reading.remarks.append(
            f"En {count_of(many, 'fila', 'filas')} la columna «Date» no es el día del identificador: "
            "vale el identificador."
        )


SOURCE = Source(
    code="x-content",
    name="X: publicaciones",
    identify=identify,
    extract=extract,
    says="En X, con la cuenta Premium: Analytics, pestaña «Content», botón de descarga.",
)
