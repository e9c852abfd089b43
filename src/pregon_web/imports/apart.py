"""The child that reads files of strangers: limits first, then the library, then receipts as JSON on standard output."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path

from pregon.importers.base import Upload
from pregon.importers.intake import receive
from pregon.importers.packages import NotTaken, open_package
from pregon.importers.serial import receipt_to_values


def main() -> int:
    """Read what standard input asks for. Exit status 0 with a JSON list; anything else is a refusal."""
    seconds, memory_mb = (int(argument) for argument in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024, memory_mb * 1024 * 1024))
    asked = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(prefix="pregon-hijo-") as workshop:
        uploads: list[Upload | NotTaken] = []
        for number, path in enumerate(asked["paths"]):
            place = Path(workshop) / str(number)
            place.mkdir()
            uploads += open_package([Path(path)], place)
        receipts = receive(uploads, asked["answers"], by_place=asked["by_place"])
    json.dump([receipt_to_values(receipt) for receipt in receipts], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
