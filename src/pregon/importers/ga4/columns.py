"""The columns of Google Analytics 4 that go to the records, its axes of time, and how it writes days.

English is what its exports say even to Spanish-speaking offices; the Spanish words are those of its own panel.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from pregon.figures.period import Period

METRICS: Final[dict[str, tuple[str, ...]]] = {
    "visits": ("Sessions", "Sesiones"),
    "unique_visitors": ("Active users", "Usuarios activos", "activeUsers"),
    "views": ("Views", "Vistas", "screenPageViews"),
}
"""The names of each metric, in exports and in the API."""
OTHERS: Final = (
    "New users",
    "Total users",
    "Returning users",
    "Event count",
    "Key events",
    "Engaged sessions",
    "Engagement rate",
    "Bounce rate",
    "Average engagement time per active user",
    "Average engagement time per session",
    "Views per active user",
    "Event count per user",
    "Total revenue",
    "newUsers",
    "totalUsers",
    "eventCount",
    "keyEvents",
    "engagedSessions",
    "bounceRate",
)
"""Measures that are known and do not go to the records."""
AXES: Final[dict[str, tuple[str, ...]]] = {
    "date": ("Date", "Fecha"),
    "nth_day": ("Nth day", "nthDay"),
    "nth_week": ("Nth week", "nthWeek"),
    "nth_month": ("Nth month", "nthMonth"),
    "nth_hour": ("Nth hour", "nthHour"),
    "year_month": ("yearMonth", "Year month"),
}
"""The names of each axis of time."""
RULES: Final = {
    "visits": "sesiones de Google Analytics",
    "unique_visitors": "usuarios activos de Google Analytics en el periodo",
    "views": "vistas de Google Analytics",
}
OWN_ZONE: Final = "Los días son los de la zona horaria de la propiedad en Google Analytics"
NO_FILTER: Final = "El archivo no dice si la exploración tenía filtros: se tomó como de todo el sitio"
_DAY: Final = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})$")
_MONTH: Final = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])$")


def read_day(text: str) -> date | None:
    """The day of «20251001»; None where it is none."""
    found = _DAY.match(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def read_month(text: str) -> Period | None:
    """The month of «202510»; None where it is none."""
    found = _MONTH.match(text.strip())
    return Period.month(int(found[1]), int(found[2])) if found else None
