"""The guide for the office names every source, in its own words, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from pregon.importers.registry import load_sources

GUIDE = Path(__file__).parents[3] / "docs" / "guia" / "importar.md"


def test_the_guide_says_where_each_file_is_downloaded() -> None:
    rows = re.findall(r"^\| (.+) \| `([a-z0-9-]+)` \| (.+) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    sources = sorted(load_sources(), key=lambda source: source.name.casefold())
    assert rows == [(source.name, source.code, source.says) for source in sources]


def test_every_source_says_where_its_file_comes_from() -> None:
    assert [source.code for source in load_sources() if not source.says.endswith(".")] == []
