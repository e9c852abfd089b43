"""What the child process of `child` does: bound itself, know and read one file, and print its receipt as JSON."""

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
    """Read the file that the words name: path, its owner's name, what else is known of it, seconds, megabytes."""
    path, name, told, seconds, megabytes = arguments
    set_limits(int(seconds), int(megabytes))
    os.environ["POLARS_MAX_THREADS"] = _THREADS
    try:
        answer = _receive(Path(path), json.loads(told))
    except UnreadableFile as error:
        answer = tell_refusal(error)
    except MemoryError:
        answer = tell_refusal(refusals.too_much_memory(name))
    sys.stdout.write(answer)
    sys.stdout.flush()
    return 0


def _receive(path: Path, told: dict[str, Any]) -> str:
    from pregon.importers.base import HEAD_BYTES, Upload
    from pregon.importers.intake import receive
    from pregon.importers.serial import receipt_to_values

    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    upload = Upload(told["name"], told["folder"], path, told["sha256"], told["size"], head)
    (receipt,) = receive([upload], told["answers"], source=told["source"])
    return json.dumps({"receipt": receipt_to_values(receipt)})


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
