"""Answers that hold for every file of one shape, kept from one import to the next in the person's data folder.

A file that cannot be read or written costs nothing but being asked again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_FILE: Final = "import-answers.json"
_MOST: Final = 500


def kept_answers() -> dict[str, str]:
    """The answers that were kept, by key."""
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {str(key): value for key, value in kept.items() if isinstance(value, str)}


def keep_answers(answers: Iterable[tuple[str, str]]) -> None:
    """Keep some more; the oldest give way after some hundreds."""
    known = kept_answers()
    fresh = dict(answers)
    if not fresh or all(known.get(key) == value for key, value in fresh.items()):
        return
    rest = {key: value for key, value in known.items() if key not in fresh}
    whole = dict(list({**rest, **fresh}.items())[-_MOST:])
    path = _path()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.nuevo")
        partial.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
        partial.replace(path)
    except OSError:
        return


def _path() -> Path:
    named = os.environ.get("PREGON_DATA")
    if named:
        return Path(named).expanduser() / _FILE
    own = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(own) / "pregon" / _FILE
