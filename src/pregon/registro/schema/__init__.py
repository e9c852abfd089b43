"""The registro, declared once: every sheet, header, list and sample. Reading and writing both follow from here."""

from __future__ import annotations

from pregon.registro.schema.organisation import (
    CHANNELS,
    CLOSURES,
    DECLARATIONS,
    INSTITUTION,
    OFFICES,
    PENDING,
    SIGNATURES,
    STEPS,
)
from pregon.registro.schema.programme import ACTIVITIES, CAMPAIGNS, COMMEMORATIONS, EVENTS, PRODUCTS
from pregon.registro.schema.publishing import EVIDENCE, OBSERVATIONS, PUBLICATIONS
from pregon.registro.schema.risk import FOLLOW_UPS, INCIDENTS, RISKS
from pregon.registro.schema.satisfaction import SATISFACTION
from pregon.registro.schema.service import REQUESTS
from pregon.registro.shape import Form, Sheet

__all__ = ["ALL", "INSTITUTION", "SHEETS"]

SHEETS: tuple[Sheet, ...] = (
    STEPS,
    SIGNATURES,
    OFFICES,
    CHANNELS,
    PUBLICATIONS,
    OBSERVATIONS,
    CAMPAIGNS,
    PRODUCTS,
    COMMEMORATIONS,
    EVENTS,
    REQUESTS,
    SATISFACTION,
    RISKS,
    FOLLOW_UPS,
    INCIDENTS,
    ACTIVITIES,
    EVIDENCE,
    PENDING,
    DECLARATIONS,
    CLOSURES,
)
"""Every sheet of records, in the order of the book."""
ALL: tuple[Form | Sheet, ...] = (INSTITUTION, *SHEETS)
"""The form, and the sheets after it."""
