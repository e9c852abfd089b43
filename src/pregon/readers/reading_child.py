"""What the child process of `child` does: bound itself, read one file, and print what it read or why it could not.

It loads what reading needs and no more: every file that is audited waits for it.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pregon.document.unreadable import UnreadableFile
from pregon.readers import refusals

if TYPE_CHECKING:
    from pregon.document.anchors import Anchors, PageAnchors

_MEGABYTE: Final = 1024 * 1024
_OPEN_FILES: Final = 64


def main(arguments: list[str]) -> int:
    """Read the file that the words name: path, its owner's name, «read» or «anchored», seconds, megabytes."""
    path, name, what = Path(arguments[0]), arguments[1], arguments[2]
    set_limits(int(arguments[3]), int(arguments[4]))
    try:
        answer = _read_anchored(path, name) if what == "anchored" else _read(path, name)
    except UnreadableFile as error:
        answer = tell_refusal(error)
    except MemoryError:
        answer = tell_refusal(refusals.too_much_memory(name))
    sys.stdout.write(answer)
    sys.stdout.flush()
    return 0


def _read(path: Path, name: str) -> str:
    from pregon.document.serial import document_to_values
    from pregon.readers import read_document

    return json.dumps({"document": document_to_values(read_document(path, name=name))})


def _read_anchored(path: Path, name: str) -> str:
    from pregon.document.serial import document_to_values
    from pregon.readers.file_anchors import read_anchored

    document, anchors = read_anchored(path.read_bytes(), name)
    return json.dumps({"document": document_to_values(document), **_tell_anchors(anchors)})


def _tell_anchors(anchors: Anchors | PageAnchors) -> dict[str, object]:
    from dataclasses import astuple

    from pregon.document.anchors import PageAnchor

    told = [[astuple(place) for place in passage] for passage in anchors]
    return {"anchors": told, "has_pages": any(isinstance(place, PageAnchor) for each in anchors for place in each)}


def tell_refusal(error: UnreadableFile) -> str:
    """A refusal as the parent reads it."""
    return json.dumps({"kind": error.kind.value, "sentence": str(error)})


def set_limits(seconds: int, memory_mb: int) -> None:
    """Bound this process; where the system knows no such limits, its parent's clock still stands."""
    try:
        import resource
    except ImportError:
        return
    memory = memory_mb * _MEGABYTE
    for which, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (bound, bound))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
