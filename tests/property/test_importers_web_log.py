"""Web servers' registers, counted again by a simple counter that knows nothing of streams; no address leaves them."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.exports import read, records

OFFICE = timezone(timedelta(hours=-5))


@dataclass(frozen=True)
class Hit:
    """A request: when it was made, how late its line was written, and the rest."""

    at: datetime
    late: int
    address: str
    agent: str
    method: str
    path: str
    status: int


BROWSERS = ("Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0", "Mozilla/5.0 (Linux; CUBOT) Chrome/128.0 Mobile")
ROBOTS = ("Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.5.0", "-", "python-requests/2.32")
PAGES = ("/", "/tramites", "/noticias?id=3", "/buscar?q=a.css", "/a/b/")
FILES = ("/a.css", "/img/x.PNG", "/informe.pdf?v=2", "/favicon.ico")


def make_hits(seed: int, most: int) -> list[Hit]:
    """Some days of requests, in the order in which a server writes them: mostly one visitor who comes and goes.

    Made of a seed: a list that Hypothesis draws has few visits of one visitor near the limits of the rule.
    """
    chance = Random(seed)  # noqa: S311 - no secret
    at = datetime(2025, 1, 1, tzinfo=OFFICE) + timedelta(seconds=chance.randrange(400 * 86_400))
    made = []
    for _ in range(most):
        at += timedelta(seconds=chance.choice([0, 1, 60, 600, 900, 1799, 1800, 1801, 2000, 3600, 40_000]))
        made.append(
            Hit(
                at,
                chance.choice([0, 0, 0, 1, 30, 1500, 3600]),
                chance.choice([*["192.0.2.1"] * 4, "198.51.100.2", "2001:db8::3"]),
                chance.choice([*BROWSERS[:1] * 8, *BROWSERS, *ROBOTS]),
                chance.choice([*["GET"] * 8, "POST", "HEAD"]),
                chance.choice([*PAGES, *PAGES, *FILES]),
                chance.choice([*[200] * 8, 206, 304, 301, 404, 500]),
            )
        )
    return sorted(made, key=lambda hit: hit.at + timedelta(seconds=hit.late))


hits = st.builds(make_hits, st.integers(0, 2**32), st.integers(1, 150))


def count_simply(found: Sequence[Hit], *, agents: bool = True) -> tuple[Counter[date], Counter[date]]:
    """Page views and visits by day, from all the requests at once and in the order of time."""
    views: Counter[date] = Counter()
    visits: Counter[date] = Counter()
    seen: dict[tuple[str, str], datetime] = {}
    for hit in sorted(found, key=lambda each: each.at):
        if (agents and hit.agent in ROBOTS) or hit.path in FILES or hit.method != "GET":
            continue
        if hit.status not in (200, 206, 304):
            continue
        visitor = (hit.address, hit.agent if agents else "")
        views[hit.at.date()] += 1
        if visitor not in seen or hit.at - seen[visitor] > timedelta(minutes=30):
            visits[hit.at.date()] += 1
        seen[visitor] = hit.at
    return views, visits


def write_common(hit: Hit) -> str:
    return f'{hit.address} - - [{hit.at:%d/%b/%Y:%H:%M:%S %z}] "{hit.method} {hit.path} HTTP/1.1" {hit.status} 512'


def write_combined(hit: Hit) -> str:
    return f'{write_common(hit)} "https://buscador.example/?q=\\"x\\"" "{hit.agent}"'


def write_json(hit: Hit) -> str:
    told = {"remote_addr": hit.address, "request_method": hit.method, "request_uri": hit.path, "status": hit.status}
    return json.dumps({"time_iso8601": hit.at.isoformat(), **told, "http_user_agent": hit.agent})


def write_iis(found: Sequence[Hit]) -> str:
    lines = ["#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status"]
    for hit in found:
        stem, _, query = hit.path.partition("?")
        agent = hit.agent.replace(" ", "+")
        told = f"{hit.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} {hit.method} {stem} {query or '-'} {hit.address} {agent}"
        lines.append(f"{told} {hit.status}")
    return "\r\n".join(lines) + "\r\n"


LOGS: dict[str, Callable[[Sequence[Hit]], bytes]] = {
    "common": lambda found: "\n".join(map(write_common, found)).encode(),
    "combined": lambda found: ("\n".join(map(write_combined, found)) + "\n").encode(),
    "gzip": lambda found: gzip.compress("\n".join(map(write_combined, found)).encode()),
    "vhost": lambda found: "\n".join("sede.pc.gov.co:443 " + write_combined(hit) for hit in found).encode(),
    "json": lambda found: "\n".join(map(write_json, found)).encode(),
    "iis": lambda found: write_iis(found).encode(),
    "utc": lambda found: "\n".join(write_combined(replace(hit, at=hit.at.astimezone(UTC))) for hit in found).encode(),
}


@pytest.mark.parametrize("variant", LOGS)
@settings(max_examples=60, deadline=None)
@given(found=hits)
def test_a_register_is_counted_as_a_simple_counter_does(variant: str, found: list[Hit]) -> None:
    receipt = read(LOGS[variant](found), {"whole_days": "yes"})
    assert receipt.source == "web-log"
    assert receipt.extract.refused is None
    views, visits = count_simply(found, agents=variant != "common")
    told = {(metric, period[:10]): value for metric, period, value in records(receipt)}
    covered = {day for _, day in told}
    assert told == {
        **{("log_page_views", day): views[date.fromisoformat(day)] for day in covered},
        **{("log_visits", day): visits[date.fromisoformat(day)] for day in covered},
    }
    every_day = {hit.at.date().isoformat() for hit in found}
    scraps = {day for day in every_day - covered if day in (min(every_day), max(every_day))}
    assert covered == every_day - scraps
    assert len(scraps) < 3


@settings(max_examples=80, deadline=None)
@given(found=hits, data=st.data())
def test_no_address_leaves_a_register(found: list[Hit], data: st.DataObject) -> None:
    variant = data.draw(st.sampled_from([*LOGS]))
    receipt = read(LOGS[variant](found))
    told = repr(receipt.extract)
    assert not any(hit.address in told or "Mozilla" in told or "tramites" in told for hit in found)
