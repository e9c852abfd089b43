"""Where each thing that a report lacks is mended: the page of the office that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import NoReverseMatch, reverse

_PAGES: Final[Mapping[str, tuple[str, str]]] = {
    "control": ("control", "Control del documento"),
    "website": ("metrics", "Métricas"),
    "internal_messages": ("metrics", "Métricas"),
    "social_posts": ("publications", "Publicaciones"),
    "campaigns": ("campaigns", "Campañas"),
    "audience": ("metrics", "Métricas"),
    "platform_statistics": ("evidence", "Evidencias"),
    "stories": ("publications", "Publicaciones"),
    "events": ("events", "Eventos"),
    "risks": ("risk_follow_ups", "Riesgos"),
    "surveys": ("surveys", "Encuestas"),
    "plan": ("plan_follow_up", "Seguimiento del plan"),
    "evidence": ("evidence", "Evidencias"),
}


def where_to_mend(section: str, period: str) -> tuple[str, str]:
    """The address and the name of the page where a section's gap is filled; the workbook where none keeps it yet."""
    page, name = _PAGES.get(section, ("", ""))
    try:
        if page:
            return reverse(page, args=[period]), name
    except NoReverseMatch:
        pass
    return f"{reverse('quarter', args=[period])}#registro", "el registro de Excel"
