"""The calendar's file: read back with a reader of its own, line by line, as RFC 5545 says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from pregon_web.icalendar import CalendarEntry, escape, fold_line, write_calendar

BOGOTA = timezone(timedelta(hours=-5))
WRITTEN = datetime(2026, 1, 7, 19, 30, tzinfo=BOGOTA)


def unfold(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def test_a_day_is_written_whole() -> None:
    entry = CalendarEntry(
        uid="efemeride-1-2-3@pregon",
        day=date(2025, 12, 31),
        title="Derechos, deberes; y paz",
        description="Publicada: «Hoy»\nCampaña: ddhh",
        category="Derechos humanos",
        link="https://x.example/1",
        revision=4,
        is_confirmed=True,
    )
    content = write_calendar("Efemérides del cuarto trimestre", [entry], written=WRITTEN)
    assert unfold(content) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pregon//Calendario//ES",
        "CALSCALE:GREGORIAN",
        "NAME:Efemérides del cuarto trimestre",
        "X-WR-CALNAME:Efemérides del cuarto trimestre",
        "BEGIN:VEVENT",
        "UID:efemeride-1-2-3@pregon",
        "DTSTAMP:20260108T003000Z",
        "DTSTART;VALUE=DATE:20251231",
        "DTEND;VALUE=DATE:20260101",
        "SUMMARY:Derechos\\, deberes\\; y paz",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "SEQUENCE:4",
        "DESCRIPTION:Publicada: «Hoy»\\nCampaña: ddhh",
        "CATEGORIES:Derechos humanos",
        "URL:https://x.example/1",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_lines_end_in_crlf_and_hold_75_octets_and_no_letter_is_cut() -> None:
    title = "ñ" * 200 + "a" + "𝄞" * 60
    entry = CalendarEntry("u", date(2026, 2, 28), title, description="x" * 75)
    content = write_calendar("C", [entry], written=datetime(2026, 1, 1, tzinfo=UTC))
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) == 75
    assert [line.decode() for line in lines][-1] == ""
    assert f"SUMMARY:{title}" in unfold(content)
    assert f"DESCRIPTION:{'x' * 75}" in unfold(content)


@pytest.mark.parametrize(
    ("length", "pieces"), [(0, [0]), (74, [74]), (75, [75]), (76, [75, 2]), (149, [75, 75]), (150, [75, 75, 2])]
)
def test_a_line_is_folded_at_75(length: int, pieces: list[int]) -> None:
    assert [len(piece) for piece in fold_line("a" * length).split("\r\n")] == pieces


def test_what_a_person_typed_ends_no_line_and_begins_no_property() -> None:
    assert escape("a\r\nEND:VEVENT\rb\x00\x07c\\d\te") == "a\\nEND:VEVENT\\nbc\\\\d\te"
    hostile = CalendarEntry("u", date(2026, 1, 1), "T", link="https://x.example/\r\nATTENDEE:mailto:a@b.example")
    lines = unfold(write_calendar("C", [hostile], written=WRITTEN))
    assert [line for line in lines if line.startswith("ATTENDEE")] == []
