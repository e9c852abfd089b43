"""What the child of `pregon audit` does: bound itself, read a report, audit it, and print the answer as JSON.

The audit too runs within limits: a report made to take for ever takes no longer than it may.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pregon.document.unreadable import UnreadableFile
from pregon.readers import refusals
from pregon.readers.reading_child import set_limits, tell_refusal


def main(arguments: list[str]) -> int:
    """Audit the file that the words name: path, its owner's name, format, registro, earlier report, limits."""
    path, name, form, against, previous, seconds, megabytes = arguments
    set_limits(int(seconds), int(megabytes))
    try:
        answer = _audit(Path(path), name, form, against, previous)
    except UnreadableFile as error:
        answer = tell_refusal(error)
    except MemoryError:
        answer = tell_refusal(refusals.too_much_memory(name))
    sys.stdout.write(answer)
    sys.stdout.flush()
    return 0


def _audit(path: Path, name: str, form: str, against: str, previous: str) -> str:
    from pregon.audit.runner import audit_document
    from pregon.cli._auditing import CompanionError, load_companions, print_result
    from pregon.readers import read_document

    document = read_document(path, name=name)
    try:
        dossier, earlier = load_companions(against, previous, trusts=True)  # within the limits of this very child
        result = audit_document(document, against=dossier, previous=earlier)
        text = print_result(document, result, name, form)
    except (UnreadableFile, MemoryError):
        raise
    except CompanionError as error:
        return json.dumps({"failure": str(error)})
    except Exception as error:  # noqa: BLE001 -- a fault of ours in one report of hundreds must not stop the others
        fault = type(error).__name__
        return json.dumps(
            {
                "failure": f"Algo falló de nuestro lado al revisar «{name}» ({fault}); el archivo está como antes. "
                "Con --trust se ve el detalle, para contarlo."
            }
        )
    return json.dumps({"text": text, "counts": result.counts})


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
