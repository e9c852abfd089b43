"""Turns pieces into publications: a day for each, a row for each channel that carried it, a number and an address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from penaclara.office import NETWORKS, permalink
from penaclara.pieces_2025_t4 import Piece
from pregon.figures.period import Period
from pregon.records.calendar import add_business_days, business_days_between
from pregon.records.publishing import Publication, PublicationKind


def days_of(pieces: Sequence[Piece], month: Period) -> list[tuple[date, Piece]]:
    """The day of each piece: its own, or one of the month's business days, spread evenly. In order of date."""
    before = date.fromordinal(month.start.toordinal() - 1)
    workdays = business_days_between(before, month.end)
    loose = [piece for piece in pieces if not piece.day]
    step = max(1, len(loose))
    dated = [(month.start.replace(day=piece.day), piece) for piece in pieces if piece.day]
    for place, piece in enumerate(loose):
        dated.append((add_business_days(before, 1 + place * workdays // step), piece))
    return sorted(dated, key=lambda pair: pair[0])


def publish_posts(pieces: Sequence[Piece], month: Period, first: int) -> Iterator[Publication]:
    """A post in each network for each piece, but where it did not go."""
    number = first
    for day, piece in days_of(pieces, month):
        for channel in NETWORKS:
            if channel not in piece.not_in:
                yield _publication(number, channel, PublicationKind.POST, day, piece)
                number += 1


def publish_in(
    channel: str, kind: PublicationKind, pieces: Sequence[Piece], month: Period, first: int
) -> Iterator[Publication]:
    """One publication for each piece, in one channel."""
    for number, (day, piece) in enumerate(days_of(pieces, month), start=first):
        yield _publication(number, channel, kind, day, piece)


def _publication(number: int, channel: str, kind: PublicationKind, day: date, piece: Piece) -> Publication:
    reference = f"PUB-{day.year}-{number:04}"
    link = permalink(channel, reference, piece.title, day)
    return Publication(reference, channel, kind, day, piece.title, link, piece.campaign)
