"""Captures of screens: evidence by channel and month, shown as references to the index of evidence."""

from __future__ import annotations

from collections.abc import Sequence

from pregon.document.model import Cell, Table
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel
from pregon.report.setting import cell, cited, missing_cell, month_title, named
from pregon.report.tables import plain_table


def capture_table(dossier: Dossier, slug: str, caption: str, channels: Sequence[Channel]) -> Table:
    """A section's captures, a row a channel and a column a month; «sin captura» where there is none."""
    head = ("Red", *(month_title(month) for month in dossier.period.months))
    rows = [
        (
            named("channel", channel.name),
            *(_captures(dossier, slug, channel, month) for month in dossier.period.months),
        )
        for channel in channels
    ]
    return plain_table(caption, head, rows)


def _captures(dossier: Dossier, slug: str, channel: Channel, month: Period) -> Cell:
    found = [
        evidence.reference
        for evidence in dossier.evidence
        if (evidence.section, evidence.channel, evidence.month) == (slug, channel.code, month)
    ]
    key = f"{slug}.{channel.code}.{month}.captures"
    return cell(cited(key, ", ".join(found))) if found else missing_cell("sin captura", key)
