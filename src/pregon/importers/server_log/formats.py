"""The lines of a web server's register: common, combined, combined with the site before it, IIS's and nginx's JSON.

A format reads a line into a request; a line that is none gives None. Times without a zone are told apart: IIS always
writes UTC, a JSON line may not say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_COMMON: Final = (
    r"(?P<address>\S+) \S+ (?:\S+|.{0,200}?) \[(?P<clock>\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\] "
    r'"(?P<request>[^"\\]*(?:\\.[^"\\]*)*)" (?P<status>\d{3}) (?:\d+|-)'
)
_AGENT: Final = r' "[^"\\]*(?:\\.[^"\\]*)*" "(?P<agent>[^"\\]*(?:\\.[^"\\]*)*)"'
_LINES: Final = {
    "common": re.compile(_COMMON + "$"),
    "combined": re.compile(_COMMON + _AGENT),
    # The address may not be «-», or else «1.2.3.4 - ana pérez [» would be of a site called 1.2.3.4.
    "vhost": re.compile(r"(?P<site>[A-Za-z0-9.*_-]{1,253})(?::\d{1,5})? (?!- )" + _COMMON + _AGENT),
}
NAMES: Final = {
    "common": "formato común",
    "combined": "formato combinado",
    "vhost": "formato combinado con el sitio delante",
    "iis": "formato W3C de IIS",
    "json": "JSON de nginx",
}
"""The formats, as people are told them."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a line tells it.

    Attributes:
        at: when, with its zone; without one where the line does not say it.
        address, visitor: what tells an address, and an address with its agent, from others: numbers that mean nothing
            outside.
        agent: what the program that asks calls itself; None where the format does not tell it.
        site: which of several sites, where the format says it.
    """

    at: datetime
    address: int
    visitor: int
    agent: str | None
    method: str
    path: str
    status: int
    site: str = ""


Reader = Callable[[str], Request | None]


def recognise(lines: list[str]) -> str:
    """The format in which most of some lines are; "" where fewer than four in five are of one."""
    told = [line for line in lines if line.strip()]
    if any(line.startswith("#Fields:") and "cs-uri-stem" in line for line in told):
        return "iis"
    for name, reader in (("vhost", _read_text("vhost")), ("combined", _read_text("combined")), ("json", _read_json)):
        if told and sum(reader(line) is not None for line in told) * 5 >= len(told) * 4:
            return name
    reader = _read_text("common")
    read = [line for line in told if reader(line) is not None or _LINES["combined"].match(line)]
    return "common" if told and len(read) * 5 >= len(told) * 4 else ""


def make_reader(name: str) -> Reader:
    """The reader of a format; it may keep what earlier lines said (`#Fields:`)."""
    if name == "iis":
        return _ReadIis()
    return _read_json if name == "json" else _read_text(name)


def _read_text(name: str) -> Reader:
    pattern = _LINES[name]
    has_agent, has_site = "agent" in pattern.groupindex, "site" in pattern.groupindex

    def read(line: str) -> Request | None:
        found = pattern.match(line)
        if found is None:
            return None
        at = _read_clock(found["clock"])
        if at is None:
            return None
        method, path = _part_request(found["request"])
        agent = found["agent"] if has_agent else None
        site = found["site"].lower() if has_site else ""
        address = hash(found["address"])
        return Request(at, address, hash((address, agent)), agent, method, path, int(found["status"]), site)

    return read


def _read_clock(text: str) -> datetime | None:
    """The instant of «01/Oct/2025:23:59:59 -0500»."""
    minute = _read_minute(text[:17], text[21:])
    # A leap second is written «60».
    return None if minute is None else minute.replace(second=min(int(text[18:20]), 59))


@lru_cache(maxsize=256)
def _read_minute(text: str, zone: str) -> datetime | None:
    """The minute of «01/Oct/2025:23:59» in «-0500»; kept for the lines that follow."""
    minutes = int(zone[1:3]) * 60 + int(zone[3:])
    if minutes >= 24 * 60 or text[3:6] not in _MONTHS:
        return None
    there = timezone(timedelta(minutes=minutes if zone[0] == "+" else -minutes))
    day, month, year = int(text[:2]), _MONTHS[text[3:6]], int(text[7:11])
    try:
        return datetime(year, month, day, int(text[12:14]), int(text[15:17]), tzinfo=there)
    except ValueError:
        return None


def _part_request(request: str) -> tuple[str, str]:
    """The method and the path of «GET /tramites?x=1 HTTP/1.1»; path "" of what is no request."""
    method, _, rest = request.partition(" ")
    path, _, protocol = rest.rpartition(" ")
    return (method, path) if protocol.startswith("HTTP/") else (method, rest)


class _ReadIis:
    """IIS's W3C format: «#Fields:» says which columns follow, and may say it again with others."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._width = 0

    def __call__(self, line: str) -> Request | None:
        if line.startswith("#Fields:"):
            names = line.split()[1:]
            self._places = {name.casefold(): place for place, name in enumerate(names)}
            self._width = len(names)
            return None
        fields = line.split()
        if len(fields) != self._width:
            return None
        try:
            at = datetime.fromisoformat(f"{self._of('date', fields)}T{self._of('time', fields)}").replace(tzinfo=UTC)
            status = int(self._of("sc-status", fields))
        except ValueError:
            return None
        if not self._of("c-ip", fields):
            return None
        address = hash(self._of("c-ip", fields))
        agent = self._of("cs(user-agent)", fields) if "cs(user-agent)" in self._places else None
        query = self._of("cs-uri-query", fields)
        path = self._of("cs-uri-stem", fields) + (f"?{query}" if query not in ("", "-") else "")
        site = self._of("cs-host", fields).partition(":")[0].lower()
        method, site = self._of("cs-method", fields), "" if site == "-" else site
        return Request(at, address, hash((address, agent)), agent, method, path, status, site)

    def _of(self, name: str, fields: list[str]) -> str:
        place = self._places.get(name)
        return fields[place] if place is not None else ""


_JSON_TIMES: Final = ("time_iso8601", "time_local", "msec", "@timestamp", "timestamp", "time")
_JSON_ADDRESSES: Final = ("remote_addr", "http_x_forwarded_for", "client_ip", "remote_ip", "clientip", "ip")
_JSON_AGENTS: Final = ("http_user_agent", "user_agent", "agent")
_JSON_PATHS: Final = ("request_uri", "uri", "path", "url")
_JSON_METHODS: Final = ("request_method", "method", "verb")
_JSON_SITES: Final = ("server_name", "vhost")
"""What the server calls its sites: what a client asks for («http_host») may be anything."""


def _read_json(line: str) -> Request | None:
    """A line of nginx's `log_format … escape=json`, whose keys each server names; these are the usual ones."""
    if not line.startswith("{"):
        return None
    try:
        values = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None
    at = _read_instant(_first(values, _JSON_TIMES))
    told = _first(values, _JSON_ADDRESSES)
    status = _first(values, ("status", "status_code"))
    if at is None or not told or not status.isdecimal() or len(status) != 3:
        return None
    method, path = _first(values, _JSON_METHODS), _first(values, _JSON_PATHS)
    if not method or not path:
        method, path = _part_request(_first(values, ("request",)))
    has_agent = any(name in values for name in _JSON_AGENTS)
    agent = _first(values, _JSON_AGENTS) if has_agent else None
    site = _first(values, _JSON_SITES).partition(":")[0].lower()
    address, site = hash(told), "" if site in ("-", "_") else site
    return Request(at, address, hash((address, agent)), agent, method, path, int(status), site)


def _first(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """What the first of some keys says, as text; "" where there is none of them."""
    for name in names:
        value = values.get(name)
        if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool) and str(value):
            return str(value)
    return ""


def _read_instant(text: str) -> datetime | None:
    """The instant of nginx's three ways to write one, without a zone where the text has none."""
    if _LOCAL_TIME.match(text):
        return _read_clock(text)
    if _SECONDS.match(text):
        try:
            return datetime.fromtimestamp(float(Decimal(text)), UTC)
        except (ValueError, OverflowError, OSError, InvalidOperation):
            return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


_LOCAL_TIME: Final = re.compile(r"\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}$")
_SECONDS: Final = re.compile(r"\d{9,10}(?:\.\d{1,6})?$")
