"""The files that Meta, X, Matomo and WhatsApp would have given in the last quarter of 2025, to the byte in their forms.

They say the figures of the quarter and nothing else of it: what no platform gives (the people reached in a month,
which only its panel shows, the news, the wallpapers) stands in tables such as an office makes by hand. Nothing depends
on the day, the machine or chance.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from penaclara.office import NATALIA, published_at
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.publishing import Publication

OFFICE_IN_CHAT: Final = "Comunicaciones Peñaclara"
CHAT: Final = "Chat de WhatsApp con Comunicación Interna.txt"
PANEL: Final = "Panel de Meta.csv"
NEWS: Final = "Noticias.csv"
WALLPAPERS: Final = "Fondos de pantalla.csv"
ANSWERS: Final[Mapping[str, Mapping[str, str]]] = {
    CHAT: {"office": OFFICE_IN_CHAT},
    PANEL: {"mapping": "yes"},
    NEWS: {"mapping": "yes", "network": "website"},
    WALLPAPERS: {"mapping": "yes", "network": "wallpaper", "date_order": "dmy"},
}
"""What the office answers of each file, by its name."""

_PACIFIC: Final = ZoneInfo("America/Los_Angeles")
"""The clock of Meta's content files, whatever the language."""
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FACEBOOK_HEADER: Final = (
    "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,Permalink,Is crosspost,"
    "Is share,Post type,Languages,Custom labels,Funded content status,Data comment,Date,Views,Reach,"
    '"Reactions, Comments and Shares",Reactions,Comments,Shares,Total clicks,Link Clicks,Other Clicks,'
    "Matched Audience Targeting Consumption (Photo Click),Seconds viewed,Average Seconds viewed,"
    "Estimated earnings (USD),Ad impressions"
)
_INSTAGRAM_HEADER: Final = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,"
    "Data comment,Date,Views,Reach,Likes,Shares,Comments,Saves,Follows"
)
_X_CONTENT_HEADER: Final = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,"
    "Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks"
)
_X_OVERVIEW_HEADER: Final = (
    "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,"
    "Create Post,Video views,Media views"
)
_MATOMO_HEADER: Final = (
    "date,nb_uniq_visitors,nb_users,nb_visits,nb_actions,nb_visits_converted,bounce_count,sum_visit_length,"
    "max_actions,bounce_rate,nb_actions_per_visit,avg_time_on_site"
)
_DAILY: Final = (
    ("facebook", "views", "Views"),
    ("facebook", "visits", "Facebook visits"),
    ("facebook", "followers_gained", "Facebook follows"),
    ("instagram", "views", "Views"),
    ("instagram", "visits", "Instagram profile visits"),
    ("instagram", "followers_gained", "Instagram follows"),
)
_DAILY_FILES: Final = {"views": "Views.csv", "visits": "Visits.csv", "followers_gained": "Follows.csv"}
_FOLDERS: Final = {"facebook": "Facebook", "instagram": "Instagram"}


def make_exports(dossier: Dossier) -> dict[str, bytes]:
    """The files of a quarter by their place in the folder that an office hands in: «Facebook/Views.csv»."""
    files: dict[str, bytes] = {}
    for channel, metric, title in _DAILY:
        files[f"{_FOLDERS[channel]}/{_DAILY_FILES[metric]}"] = _meta_daily(dossier, channel, metric, title)
    for month in dossier.period.months:
        span = "_".join(f"{_MONTHS[day.month - 1]}-{day:%d-%Y}" for day in (month.start, month.end))
        files[f"Facebook/{span}_1208812345678901.csv"] = _facebook_content(_listed(dossier, "facebook", month))
        files[f"Instagram/{span}_1208812345678902.csv"] = _instagram_content(_listed(dossier, "instagram", month))
    files["X/account_analytics_content_2025-10-01_2025-12-31.csv"] = _x_content(_listed(dossier, "x"))
    files["X/account_overview_analytics.csv"] = _x_overview(dossier)
    files["Matomo/Export _ Main metrics _ 2025-10-01,2025-12-31.csv"] = _matomo(dossier)
    files[f"WhatsApp/{CHAT}"] = _chat(_listed(dossier, "whatsapp"))
    files[f"Oficina/{PANEL}"] = _panel(dossier)
    files[f"Oficina/{NEWS}"] = _list_of(_listed(dossier, "sede"))
    files[f"Oficina/{WALLPAPERS}"] = _list_of(_listed(dossier, "fondos"))
    return files


def _listed(dossier: Dossier, channel: str, month: Period | None = None) -> list[Publication]:
    within = month or dossier.period
    return [each for each in dossier.publications if each.channel == channel and within.contains(each.published_on)]


def _figures(dossier: Dossier, channel: str, metric: str) -> dict[Period, int]:
    """What the quarter records of a metric, by month; a month without a figure is not there."""
    return {
        each.period: int(each.amount.value)
        for each in dossier.observations
        if (each.channel, each.metric) == (channel, metric) and each.amount is not None
    }


def _weight(*words: object) -> int:
    """A number from 1 to 97 that is always the same for the same words."""
    return 1 + int(sha256("/".join(map(str, words)).encode()).hexdigest()[:8], 16) % 97


def spread_over_days(total: int, month: Period, key: str) -> dict[date, int]:
    """A month's figure parted among its days, more on some than on others; the parts add up to it."""
    days = [month.start + timedelta(days=place) for place in range(month.days)]
    weights = [_weight(key, day) for day in days]
    parted: dict[date, int] = {}
    before = heavy = 0
    for day, weight in zip(days, weights, strict=True):
        heavy += weight
        upto = total * heavy // sum(weights)
        parted[day], before = upto - before, upto
    return parted


def _table(header: str, rows: Iterable[Sequence[object]], *, line_end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=line_end).writerows(rows)
    return f"{header}{line_end}{out.getvalue()}"


def _meta_daily(dossier: Dossier, channel: str, metric: str, title: str) -> bytes:
    """UTF-16LE with its mark; «sep=,», the title, the header, and a quoted row for each day, zeros included."""
    lines = ["sep=,", f'"{title}"', '"Date","Primary"']
    for month, total in _figures(dossier, channel, metric).items():
        for day, value in spread_over_days(total, month, f"{channel}/{metric}").items():
            lines.append(f'"{day}T00:00:00","{value}"')
    return b"\xff\xfe" + "".join(f"{line}\n" for line in lines).encode("utf-16-le")


def _pacific(publication: Publication) -> str:
    at = published_at(publication.channel, publication.reference, publication.published_on)
    return f"{at.astimezone(_PACIFIC):%m/%d/%Y %H:%M}"


def _facebook_content(publications: Iterable[Publication]) -> bytes:
    rows = []
    for each in publications:
        identifier = each.link.rsplit("/", 1)[1].rjust(15, "1")
        reactions, comments, shares = (_weight(each.reference, what) for what in ("reactions", "comments", "shares"))
        views = 20 * _weight(each.reference, "views")
        rows.append(
            (identifier, "100064000000001", "Personería de Peñaclara", "", each.title, "", _pacific(each), "", each.link,
             0, 0, "Photos", "", "", "", "", "Lifetime", views, views * 3 // 4, reactions + comments + shares,
             reactions, comments, shares, 12, 3, 9, "", "", "", "", "")
        )  # fmt: skip
    return b"\xef\xbb\xbf" + _table(_FACEBOOK_HEADER, rows).encode()


def _instagram_content(publications: Iterable[Publication]) -> bytes:
    rows = []
    for each in publications:
        likes, shares, saves = (_weight(each.reference, what) for what in ("likes", "shares", "saves"))
        views = 15 * _weight(each.reference, "views")
        identifier = 18_000_000_000_000_000 + int(sha256(each.link.encode()).hexdigest()[:12], 16)
        rows.append(
            (identifier, "17841400000000001", "personeriapenaclara", "Personería de Peñaclara", each.title, 0,
             _pacific(each), each.link, "IG image", "", "Lifetime", views, views * 2 // 3, likes, shares, 2, saves, 0)
        )  # fmt: skip
    return b"\xef\xbb\xbf" + _table(_INSTAGRAM_HEADER, rows).encode()


def _x_day(day: date) -> str:
    return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _utc_day(publication: Publication) -> date:
    return published_at(publication.channel, publication.reference, publication.published_on).astimezone(UTC).date()


def _x_content(publications: Sequence[Publication]) -> bytes:
    """Newest first; an answer to somebody is a row too, and begins with @."""
    rows: list[tuple[object, ...]] = []
    for each in reversed(publications):
        likes, views = _weight(each.reference, "likes") // 9, 3 * _weight(each.reference, "views")
        identifier = each.link.rsplit("/", 1)[1]
        rows.append(
            (identifier, _x_day(_utc_day(each)), each.title, each.link, views, likes, likes + 4, 0, 1, 0, 0, 1, 2, 1,
             0, 0, 0)
        )  # fmt: skip
    answered = str((int(publications[0].link.rsplit("/", 1)[1]) >> 22) + 3_600_000 << 22 | 77)
    rows.append(
        (answered, _x_day(_utc_day(publications[0])), "@vecina_clara Con gusto le ayudamos.",
         f"https://x.com/persopenaclara/status/{answered}", 9, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0)
    )  # fmt: skip
    return _table(_X_CONTENT_HEADER, rows, line_end="\n").encode()


def _x_overview(dossier: Dossier) -> bytes:
    """Newest first, a row for each day in UTC."""
    created = Counter(_utc_day(each) for each in _listed(dossier, "x"))
    rows = []
    for month, total in _figures(dossier, "x", "views").items():
        for day, views in spread_over_days(total, month, "x/views").items():
            rows.append((day, (_x_day(day), views, 1, 3, 0, 0, 0, 0, 0, 0, 2, created[day], 0, 0)))
    return _table(_X_OVERVIEW_HEADER, [row for _, row in sorted(rows, reverse=True)], line_end="\n").encode()


def _matomo(dossier: Dossier) -> bytes:
    """The summary of visits by month: UTF-16LE with its mark, raw names."""
    rows = []
    for month, visits in _figures(dossier, "sede", "visits").items():
        actions = visits * 3
        rows.append((month, visits * 7 // 10, 0, visits, actions, 0, visits // 2, visits * 95, 41, "50%", 3, 95))
    return b"\xff\xfe" + _table(_MATOMO_HEADER, rows, line_end="\n").encode("utf-16-le")


def _chat(publications: Sequence[Publication]) -> bytes:
    """Android in Spanish: U+202F before «a. m.», U+00A0 inside; others write too, and an old chat is pasted in one."""
    said: list[tuple[datetime, str]] = []
    for number, each in enumerate(publications):
        at = published_at(each.channel, each.reference, each.published_on)
        body = (
            each.title
            if number % 3
            else f"IMG-{each.published_on:%Y%m%d}-WA{number:04}.jpg (archivo adjunto)\n{each.title}"
        )
        said.append((at, f"{OFFICE_IN_CHAT}: {body}"))
        if number % 4 == 0:
            said.append((at + timedelta(minutes=9), f"{NATALIA}: Recibido, gracias"))
    first, last = min(at for at, _ in said), max(at for at, _ in said)
    opening = first.replace(day=1, hour=7, minute=0, second=0)
    said.append((last.replace(day=31, hour=16), f"{OFFICE_IN_CHAT}: Se eliminó este mensaje."))
    pasted = f"{_stamp(first)}{OFFICE_IN_CHAT}: ¿Quién tiene el acta?"
    said.append((last.replace(day=31, hour=17), f"{NATALIA}: Me escribieron esto:\n{pasted}"))
    notice = (
        "Los mensajes y las llamadas están cifrados de extremo a extremo. Solo las personas en este chat pueden leerlos, "
        "escucharlos o compartirlos. Obtén más información."
    )
    lines = [f"{_stamp(opening)}{notice}", f'{_stamp(opening)}{NATALIA} creó el grupo "Comunicación Interna"']
    lines += [f"{_stamp(at)}{body}" for at, body in sorted(said)]
    return "".join(f"{line}\n" for line in lines).encode()


def _stamp(at: datetime) -> str:
    half = "a" if at.hour < 12 else "p"
    return f"{at.day}/{at.month}/{at:%y}, {at.hour % 12 or 12}:{at.minute:02}\u202f{half}.\u00a0m. - "


def _panel(dossier: Dossier) -> bytes:
    """What somebody copied from the panel, rounded as it shows it: no export gives the people of a month."""
    viewers, reach = _figures(dossier, "facebook", "viewers"), _figures(dossier, "instagram", "reach")
    lines = ["Mes;Espectadores de Facebook;Alcance de Instagram"]
    lines += [f"{month.title};{_in_thousands(viewers[month])};{_in_thousands(reach[month])}" for month in viewers]
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def _in_thousands(value: int) -> str:
    return f"{value // 1000},{value % 1000 // 100} mil"


def _list_of(publications: Iterable[Publication]) -> bytes:
    """A list such as a spreadsheet saves in Colombia: semicolons, days first, Windows-1252."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("Fecha", "Título", "Enlace"))
    writer.writerows((f"{each.published_on:%d/%m/%Y}", each.title, each.link) for each in publications)
    return out.getvalue().encode("cp1252")
