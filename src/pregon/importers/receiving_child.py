"""What the child process of `child` does: bound itself, know and read some files, and print their receipts as JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, Final

from pregon.document.unreadable import UnreadableFile
from pregon.readers import refusals
from pregon.readers.reading_child import set_limits, tell_refusal

_THREADS: Final = "2"
"""Every thread takes room of its own out of the memory that the child is given."""


def main(arguments: list[str]) -> int:
    """Read what the words name: the first path, its owner's name, all the files with what is known, the limits."""
    _path, name, told, seconds, megabytes = arguments
    set_limits(int(seconds), int(megabytes))
    os.environ["POLARS_MAX_THREADS"] = _THREADS
    try:
        answer = json.dumps({"answers": [_receive(each) for each in json.loads(told)]})
    except MemoryError:
        answer = tell_refusal(refusals.too_much_memory(name))
    sys.stdout.write(answer)
    sys.stdout.flush()
    return 0


def _receive(told: dict[str, Any]) -> dict[str, Any]:
    """The receipt of one file, or why it cannot be opened at all."""
    from pregon.importers.base import HEAD_BYTES, Upload
    from pregon.importers.intake import receive
    from pregon.importers.serial import receipt_to_values

    path = Path(told["path"])
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    upload = Upload(told["name"], told["folder"], path, told["sha256"], told["size"], head)
    try:
        (receipt,) = receive([upload], told["answers"], source=told["source"])
    except UnreadableFile as error:
        return dict(json.loads(tell_refusal(error)))
    return {"receipt": receipt_to_values(receipt)}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
