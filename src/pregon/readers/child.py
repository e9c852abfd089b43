"""Reading a stranger's file in a process of its own, with limits on its time, its memory and its output.

A file that is made to harm can then harm nothing but the child: it has no environment to leak, no input, it cannot
write a file, and it is killed when it takes too long. What it read comes back as plain JSON. What the child does is in
`reading_child`.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import refusals

if TYPE_CHECKING:
    from pregon.document.anchors import Anchors, PageAnchors
    from pregon.document.model import Document

MAXIMUM_OUTPUT: Final = 128 * 1024 * 1024
_LONGEST_NAME: Final = 180
_OLD_STARTS: Final = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
_ROOT: Final = Path(__file__).resolve().parents[2]


def read_limited(path: Path, *, name: str | None = None, seconds: int = 60, memory_mb: int = 1024) -> Document:
    """Read a file of any supported kind in a child process.

    `name` is what its owner calls the file, for the sentence they are told; `seconds` and `memory_mb` are the most that
    reading may take.

    Raises:
        UnreadableFile: it cannot be read, or takes more time or memory than it may. One Spanish sentence.
    """
    shown = clean_name(path.name if name is None else name)
    old = _take_old_word(path) if is_of_old_office(path) else None
    if old is None:
        return _unpack(_ask(path, shown, "read", seconds, memory_mb), shown)
    # The child may start no program, so LibreOffice makes a new file of an old one first, within limits of its own.
    from tempfile import TemporaryDirectory

    from pregon.readers import word97

    with TemporaryDirectory(prefix="pregon-") as folder:
        made = Path(folder) / "informe.docx"
        made.write_bytes(word97.convert(old, shown, seconds=seconds))
        return word97.add_remark(_unpack(_ask(made, shown, "read", seconds, memory_mb), shown))


def is_of_old_office(path: Path) -> bool:
    """Whether a file begins as those of Office before 2007 and rich text do: some are read through LibreOffice."""
    try:
        if not path.is_file():  # a pipe would keep us waiting
            return False
        with path.open("rb") as stream:
            return stream.read(8).startswith(_OLD_STARTS)
    except OSError:  # whoever reads it says why
        return False


def _take_old_word(path: Path) -> bytes | None:
    """The bytes of a Word file of before 2007 or of rich text; None for any other, which the child reads itself."""
    from pregon.readers import MAXIMUM_BYTES
    from pregon.readers.word97 import identify

    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            return None
        content = path.read_bytes()
    except OSError:  # the child says why
        return None
    return content if identify(content, path.name) else None


def read_anchored_limited(
    path: Path, *, name: str | None = None, seconds: int = 60, memory_mb: int = 1024
) -> tuple[Document, Anchors | PageAnchors]:
    """As `read_limited` for a Word file or a PDF, and where each of its texts stands in it (`file_anchors`)."""
    from pregon.document.anchors import Anchor, PageAnchor

    shown = clean_name(path.name if name is None else name)
    answer = _ask(path, shown, "anchored", seconds, memory_mb)
    document = _unpack(answer, shown)
    places = answer["anchors"]
    if answer["has_pages"]:
        return document, tuple(tuple(PageAnchor(*place) for place in passage) for passage in places)
    return document, tuple(tuple(Anchor(*place) for place in passage) for passage in places)


def _ask(path: Path, shown: str, what: str, seconds: int, memory_mb: int) -> dict[str, Any]:
    return ask_child("pregon.readers.reading_child", path, [shown, what], seconds=seconds, memory_mb=memory_mb)


def ask_child(module: str, path: Path, words: list[str], *, seconds: int, memory_mb: int) -> dict[str, Any]:
    """What a module says of a file when it runs in a child: one JSON object.

    The module is handed the path, `words` (what its owner calls the file comes first), seconds and megabytes, and sets
    its own limits.

    Raises:
        UnreadableFile: it ended before its time, or took more time or memory than it may.
    """
    shown = words[0]
    output, status = _run(module, path, words, seconds, memory_mb)
    if output is None:
        raise refusals.too_slow(shown, seconds) if status is None else refusals.too_much_memory(shown)
    try:
        return dict(json.loads(output))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        if status == -getattr(signal, "SIGXCPU", 0):
            raise refusals.too_slow(shown, seconds) from error
        if status == -getattr(signal, "SIGKILL", 9):  # the machine itself had no memory left
            raise refusals.too_much_memory(shown) from error
        raise refusals.damaged(shown) from error


def _unpack(answer: dict[str, Any], shown: str) -> Document:
    from pregon.document.serial import document_from_values

    if "document" in answer:
        try:
            return document_from_values(answer["document"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise refusals.damaged(shown) from error
    raise UnreadableFile(Why(answer["kind"]), str(answer["sentence"]))


def _run(module: str, path: Path, words: list[str], seconds: int, memory_mb: int) -> tuple[bytes | None, int | None]:
    """The child's output and exit status; no output where it was killed: for its time (no status) or its length."""
    command = [sys.executable, "-P", "-m", module, str(path.resolve()), *words]
    # Nothing of our own environment: it may hold passwords. The packages are found by the interpreter itself.
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
    with subprocess.Popen(  # noqa: S603 -- our own interpreter and module; the arguments are not read by a shell
        [*command, str(seconds), str(memory_mb)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=os.sep,
        close_fds=True,
        start_new_session=True,
    ) as child:
        deadline = time.monotonic() + seconds
        output, finished = _collect(cast("IO[bytes]", child.stdout), deadline)
        if output is None or not finished:
            _kill(child)
            return None, None if not finished else -1
        try:
            return output, child.wait(timeout=max(deadline - time.monotonic(), 1))
        except subprocess.TimeoutExpired:
            _kill(child)
            return None, None


def _collect(stream: IO[bytes], deadline: float) -> tuple[bytes | None, bool]:
    """Everything that comes before the deadline, and whether the stream ended or overflowed before it."""
    pieces: list[bytes] = []
    length = 0
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(timeout=left):
                break
            piece = os.read(stream.fileno(), 1 << 20)
            if not piece:
                return b"".join(pieces), True
            length += len(piece)
            if length > MAXIMUM_OUTPUT:
                return None, True
            pieces.append(piece)
    return None, False


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.wait()


def clean_name(name: str) -> str:
    """A name that can be handed to a process and printed in a sentence; a long one keeps its end, with its kind."""
    readable = "".join(letter for letter in name if letter.isprintable()).encode("utf-8", "replace").decode("utf-8")
    shown = readable if len(readable) <= _LONGEST_NAME else "…" + readable[-_LONGEST_NAME:]
    return shown or "archivo"
