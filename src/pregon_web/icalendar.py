"""Days as an iCalendar file (RFC 5545): what a phone's or Outlook's calendar imports, or subscribes to. Pure.

Lines end in CRLF and are folded at 75 octets, never inside a letter; text is escaped; a day is a whole day, without an
hour. A day keeps its UID for ever, so that importing the file again changes it and does not repeat it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
_WIDTH: Final = 75
"""The most octets of a line, its CRLF apart (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day in a calendar. `revision` grows with each change of it; `is_confirmed` says planned or done."""

    uid: str
    day: date
    title: str
    description: str = ""
    category: str = ""
    link: str = ""
    revision: int = 0
    is_confirmed: bool = False


def write_calendar(name: str, entries: Iterable[CalendarEntry], *, written: datetime) -> bytes:
    """The calendar's file. `written` is the instant it is made at, with its zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pregon//Calendario//ES",
        "CALSCALE:GREGORIAN",
        f"NAME:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
    ]
    stamp = f"{written.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for entry in entries:
        lines += _write_entry(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold_line(line)}\r\n" for line in lines).encode()


def _write_entry(entry: CalendarEntry, stamp: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(entry.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(entry.title)}",
        f"STATUS:{'CONFIRMED' if entry.is_confirmed else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        f"SEQUENCE:{entry.revision}",
    ]
    if entry.description:
        lines.append(f"DESCRIPTION:{escape(entry.description)}")
    if entry.category:
        lines.append(f"CATEGORIES:{escape(entry.category)}")
    if entry.link:
        # A URI is not text: nothing in it is escaped, and nothing that could end the line is in it.
        lines.append(f"URL:{''.join(entry.link.split())}")
    lines.append("END:VEVENT")
    return lines


def escape(text: str) -> str:
    """Text as a value (3.3.11): backslash, semicolon, comma and line ends escaped, other control characters dropped."""
    kept = "".join(
        letter for letter in text.replace("\r\n", "\n").replace("\r", "\n") if letter >= " " or letter in "\n\t"
    )
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold_line(line: str) -> str:
    """The line cut into pieces of 75 octets at most; each after the first begins with the space that is dropped."""
    pieces, piece, width = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if width + octets > _WIDTH:
            pieces.append(piece)
            piece, width = " ", 1
        piece += letter
        width += octets
    pieces.append(piece)
    return "\r\n".join(pieces)
