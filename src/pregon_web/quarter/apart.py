"""The child process that parses a registro: small, limited, without Django. Run as a module by `reading`.

It takes a path and answers on its output, pickled, one of: the dossier, the mistakes, or why it cannot be read.
"""

from __future__ import annotations

import io
import pickle
import resource
import sys
from enum import Enum
from pathlib import Path
from typing import Any

from pregon.document.unreadable import UnreadableFile
from pregon.readers.refusals import too_much_memory

MEGABYTE = 1024 * 1024


class _PlainEnums(pickle.Pickler):
    """Writes a member of an enumeration as its class and value; Python 3.11.2 would ask its reader for `getattr`."""

    def reducer_override(self, obj: object) -> Any:  # noqa: ANN401 - as in pickle
        """How an object is written; everything but enumerations as pickle does."""
        return (type(obj), (obj.value,)) if isinstance(obj, Enum) else NotImplemented


def pickle_values(values: object) -> bytes:
    """Records, figures and mistakes as the parent reads them."""
    written = io.BytesIO()
    _PlainEnums(written).dump(values)
    return written.getvalue()


def limit_this_process(seconds: int, memory_mb: int) -> None:
    """No more memory and processor time than this, no files written, no core left behind."""
    memory = memory_mb * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer_for(path: Path) -> tuple[str, Any]:
    """The dossier of the workbook, or what its owner has to be told."""
    from pregon.registro.mistake import RegistroError
    from pregon.registro.read import read_registro

    try:
        return "dossier", read_registro(path)
    except RegistroError as error:
        return "mistakes", error.mistakes
    except UnreadableFile as error:
        return "unreadable", (error.kind.value, str(error))
    except MemoryError:
        refusal = too_much_memory(path.name)
        return "unreadable", (refusal.kind.value, str(refusal))


def main() -> int:
    """Read the path named first, within the seconds and megabytes named next."""
    path, seconds, memory_mb = sys.argv[1:4]
    limit_this_process(int(seconds), int(memory_mb))
    sys.stdout.buffer.write(pickle_values(answer_for(Path(path))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
