"""Matomo's columns, raw and in the languages that offices use, and how it names periods.

The raw names are those of its Reporting API; the translated ones are those of its own language files (Spanish,
English, German) for `translateColumnNames=1`, which is also what the export button of its panel writes.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from pregon.figures.period import Period
from pregon.importers.fields import read_iso_day

TAKEN: Final = {"nb_visits": "visits", "nb_uniq_visitors": "unique_visitors", "nb_pageviews": "views"}
"""The columns that go to the records, and the metric of each."""
PERIOD: Final = "date"
LABEL: Final = "label"

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    PERIOD: ("date", "Fecha", "Datum"),
    LABEL: ("label", "Etiqueta", "Label", "Bezeichnung"),
    "nb_uniq_visitors": ("nb_uniq_visitors", "Unique visitors", "Visitantes únicos", "Eindeutige Besucher"),
    "nb_users": ("nb_users", "Users", "Usuarios", "Benutzer"),
    "nb_visits": ("nb_visits", "Visits", "Visitas", "Besuche"),
    "nb_actions": ("nb_actions", "Actions", "Acciones", "Aktionen"),
    "nb_visits_converted": (
        "nb_visits_converted",
        "Visits with Conversions",
        "Visitas con conversiones",
        "Besuche mit Konversionen",
    ),
    "bounce_count": ("bounce_count", "Bounces", "Rebotes", "Absprünge"),
    "sum_visit_length": (
        "sum_visit_length",
        "Total time spent by visitors (in seconds)",
        "Tiempo total de los visitantes en el sitio (en segundos)",
        "Gesamtzeit der Besucher (in Sekunden)",
    ),
    "max_actions": (
        "max_actions",
        "Maximum actions in one visit",
        "Acciones máximas en una visita",
        "Maximalanzahl Aktionen pro Besuch",
    ),
    "bounce_rate": ("bounce_rate", "Bounce Rate", "Porcentaje de rebote", "Absprungrate"),
    "nb_actions_per_visit": (
        "nb_actions_per_visit",
        "Actions per Visit",
        "Acciones por visita",
        "Aktionen pro Besuch",
    ),
    "avg_time_on_site": (
        "avg_time_on_site",
        "Avg. Time on Website",
        "Avg. Visit Duration (in seconds)",
        "Promedio de tiempo en el sitio",
        "Durchschnittszeit auf der Website",
    ),
    "nb_pageviews": ("nb_pageviews", "Pageviews", "Páginas vistas", "Seitenansichten"),
    "nb_uniq_pageviews": ("nb_uniq_pageviews", "Unique Pageviews", "Vistas de páginas únicas"),
    "nb_downloads": ("nb_downloads",),
    "nb_uniq_downloads": ("nb_uniq_downloads",),
    "nb_outlinks": ("nb_outlinks",),
    "nb_uniq_outlinks": ("nb_uniq_outlinks",),
    "nb_searches": ("nb_searches",),
    "nb_keywords": ("nb_keywords",),
    "hits": ("hits",),
}
RAW: Final = frozenset(ALIASES) - {PERIOD, LABEL, "hits"}
"""Names that only Matomo writes."""
PECULIAR: Final = frozenset({"max_actions", "nb_actions_per_visit", "nb_visits_converted", "sum_visit_length"})
"""What only Matomo measures, whatever the language."""

_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})$")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}$")
_RANGE: Final = re.compile(r"(?:[^\W\d]+ )?([0-9]{4}-[0-9]{2}-[0-9]{2})(?:,| [^\W\d]+ )([0-9]{4}-[0-9]{2}-[0-9]{2})$")


def read_period(text: str) -> Period | None:
    """The period of Matomo's name for it: a day, a month, a year, or «2025-09-29,2025-10-05»; None where it is none.

    >>> str(read_period("2025-10")), str(read_period("From 2025-09-29 to 2025-10-05"))
    ('2025-10', '2025-09-29/2025-10-05')
    """
    text = text.strip()
    if found := _MONTH.match(text):
        return Period.month(int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 and int(found[1]) else None
    if _YEAR.match(text):
        return Period.year(int(text))
    if found := _RANGE.match(text):
        return _make_span(read_iso_day(found[1]), read_iso_day(found[2]))
    day = read_iso_day(text)
    return _make_span(day, day)


def _make_span(first: date | None, last: date | None) -> Period | None:
    return Period.span(first, last) if first is not None and last is not None and first <= last else None
