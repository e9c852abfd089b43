"""The instant of publication that a link proves: Instagram, X and TikTok write it inside the identifier.

An identifier of theirs is a number whose high bits are the clock of the machine that made it: Instagram counts
milliseconds since 2011-08-24 21:07:01.721 UTC above 23 bits, X since 2010-11-04 01:42:54.657 UTC above 22 bits
(«snowflake»), TikTok counts seconds of Unix above 32 bits. No licence, no network, no panel: whoever has the link has
the proof. Facebook's identifiers say nothing of the kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pregon.records.organisation import Platform

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LETTERS: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_INSTAGRAM_EPOCH_MS: Final = 1_314_220_021_721
_X_EPOCH_MS: Final = 1_288_834_974_657
_X_FIRST: Final = 30_000_000_000
"""Identifiers of X below this one are of before November 2010, when they were handed out one after another."""
_TIKTOK_FIRST: Final = datetime(2014, 1, 1, tzinfo=UTC)

_INSTAGRAM: Final = re.compile(
    r"(?:^|//|\.)instagram\.com/(?:[\w.]+/)?(?:p|reel|reels|tv)/(?P<code>[\w-]{5,14})(?![\w-])",
    re.IGNORECASE | re.ASCII,
)
_X: Final = re.compile(
    r"(?:^|//|\.)(?:x|twitter)\.com/(?:\w+|i/web)/status(?:es)?/(?P<code>\d{1,19})(?!\d)", re.IGNORECASE | re.ASCII
)
_TIKTOK: Final = re.compile(
    r"(?:^|//|\.)tiktok\.com/(?:@[\w.-]+/(?:video|photo)|v)/(?P<code>\d{15,20})(?!\d)", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class ProvedInstant:
    """When something was published, as its own identifier says: the platform, the identifier, the instant in UTC."""

    platform: Platform
    reference: str
    at: datetime


def prove_instant(link: str) -> ProvedInstant | None:
    """The instant inside a link's identifier; None where the link carries none.

    >>> str(prove_instant("https://x.com/persopenaclara/status/1976000000000000000").at)
    '2025-10-08 19:01:26.961000+00:00'
    """
    link = link.strip()
    if found := _INSTAGRAM.search(link):
        return _proved(Platform.INSTAGRAM, found["code"], instagram_instant(found["code"]))
    if found := _X.search(link):
        return _proved(Platform.X, found["code"], x_instant(found["code"]))
    if found := _TIKTOK.search(link):
        return _proved(Platform.TIKTOK, found["code"], tiktok_instant(found["code"]))
    return None


def _proved(platform: Platform, reference: str, at: datetime | None) -> ProvedInstant | None:
    return None if at is None else ProvedInstant(platform, reference, at)


def instagram_instant(shortcode: str) -> datetime | None:
    """The instant inside the code of an Instagram link; the first eleven letters are the identifier."""
    number = 0
    for letter in shortcode[:11]:
        value = _LETTERS.get(letter)
        if value is None:
            return None
        number = number * 64 + value
    return _after(_INSTAGRAM_EPOCH_MS + (number >> 23)) if number >> 23 else None


def x_instant(reference: str) -> datetime | None:
    """The instant inside the identifier of a post of X; None for those of before November 2010."""
    number = int(reference)
    return _after(_X_EPOCH_MS + (number >> 22)) if number >= _X_FIRST else None


def tiktok_instant(reference: str) -> datetime | None:
    """The instant inside the identifier of a TikTok video."""
    at = _after((int(reference) >> 32) * 1000)
    return at if at is not None and at >= _TIKTOK_FIRST else None


def _after(milliseconds: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
