"""Word of before 2007 (.doc, .dot) and rich text (.rtf) → Document, through LibreOffice where it is installed.

LibreOffice only saves the file as .docx: in a private profile that is thrown away, without macros, links or network,
with limits of time, memory and size. Where it is not installed, one sentence says how to save the file oneself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import struct
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pregon.document.model import Document
from pregon.readers import refusals
from pregon.readers.compound import Compound
from pregon.readers.signatures import Content, recognise

NAME: Final = "Word"
SUFFIXES: Final = (".doc", ".dot", ".rtf")

MAXIMUM_SECONDS: Final = 60
_REMARK: Final = "El archivo es de un formato antiguo; se leyó con LibreOffice."
_MEGABYTE: Final = 1024 * 1024
_MAXIMUM_MEMORY: Final = 6 * 1024 * _MEGABYTE
"""Of addresses, not of memory used: LibreOffice maps far more than it fills."""
_MAXIMUM_FILE: Final = 100 * _MEGABYTE
_KINDS: Final = {Content.WORD_97: ("un Word antiguo (.doc)", ".doc"), Content.RICH_TEXT: ("texto enriquecido", ".rtf")}

# What a profile says over LibreOffice's own settings: macros off, links never updated, every address behind a closed
# door (port 9 of this machine), nothing from outside the file.
_SETTINGS: Final = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Common/Misc", "UseSystemFileDialog", "false"),
    ("Common/Load", "UpdateDocMode", "0"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "2"),
)
_PROXY: Final = (("ooInetProxyType", "2"), ("ooInetHTTPProxyName", "127.0.0.1"), ("ooInetHTTPProxyPort", "9"))


def identify(content: bytes, name: str) -> bool:  # noqa: ARG001 -- every reader has the same two arguments
    """Whether the bytes are a Word file of before 2007, or rich text."""
    return recognise(content) in _KINDS


def read(content: bytes, name: str) -> Document:
    """The document that LibreOffice finds in the file.

    Raises:
        UnreadableFile: LibreOffice is not there, takes too long, or cannot read it either.
    """
    from pregon.readers import word

    return add_remark(word.read(convert(content, name), name))


def add_remark(document: Document) -> Document:
    """The document with a word on how it was read."""
    return replace(document, remarks=(*document.remarks, _REMARK))


def convert(content: bytes, name: str, *, seconds: int = MAXIMUM_SECONDS) -> bytes:
    """The same file as .docx.

    Raises:
        UnreadableFile: LibreOffice is not there, takes longer than `seconds`, or cannot read it either.
    """
    label, suffix = _KINDS.get(recognise(content), _KINDS[Content.WORD_97])
    if _has_password(content):
        raise refusals.protected(name)
    office = find_office()
    if office is None:
        raise refusals.too_old(name, label, "Word", ".docx")
    # Under a name of our own: the owner's could be read as an option.
    with TemporaryDirectory(prefix="pregon-") as folder:
        home = Path(folder)
        (home / f"informe{suffix}").write_bytes(content)
        _write_profile(home / "profile")
        try:
            finished = _run(office, home, suffix, seconds)
        except OSError as error:  # this process may start no other: the child that reads has such limits
            raise refusals.too_old(name, label, "Word", ".docx") from error
        if not finished:
            raise refusals.too_slow(name, seconds)
        made = home / "out" / "informe.docx"
        if not made.is_file() or not made.stat().st_size:
            raise refusals.damaged(name)
        return made.read_bytes()


def _has_password(content: bytes) -> bool:
    """Whether a Word file of 97 to 2003 says that it is encrypted: a bit of its first block."""
    try:
        stream = Compound(content).stream("WordDocument") or b""
    except (ValueError, struct.error):
        return False
    return len(stream) > 12 and bool(stream[11] & 1)


@cache
def find_office() -> str | None:
    """The LibreOffice of this machine, or None."""
    places = os.pathsep.join((os.defpath, "/usr/local/bin", "/usr/bin", "/opt/libreoffice/program", "/snap/bin"))
    return next((found for name in ("soffice", "libreoffice") if (found := shutil.which(name, path=places))), None)


def _write_profile(profile: Path) -> None:
    lines = [
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    ]
    lines += [
        f'<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for name, value in _PROXY
    ]
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' + "".join(lines) + "</oor:items>",
        encoding="utf-8",
    )


def _run(office: str, home: Path, suffix: str, seconds: int) -> bool:
    """Let LibreOffice save `informe` as .docx in `out`; whether it ended in time."""
    command = [
        *_without_network(),
        office,
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"), str(home / f"informe{suffix}")),
    ]
    # Nothing of our own environment: it may hold passwords.
    environment = {"HOME": str(home), "TMPDIR": str(home), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 -- a program of the machine, with a file named by us; no shell reads it
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=home,
        start_new_session=True,
    ) as process:
        _bound(process.pid, seconds)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return False
        finally:
            # LibreOffice starts a second process, which must end with the first.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    return True


def _bound(process: int, seconds: int) -> None:
    """Set the limits of a process that has just begun, where the system can; the clock stands everywhere."""
    if sys.platform != "linux":
        return
    import resource

    for which, most in (
        (resource.RLIMIT_AS, _MAXIMUM_MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _MAXIMUM_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.prlimit(process, which, (most, most))


@cache
def _without_network() -> tuple[str, ...]:
    """What starts a program without any network, where this user may do so; otherwise the profile alone closes it."""
    unshare = shutil.which("unshare", path=os.defpath)
    if unshare is None:
        return ()
    prefix = (unshare, "--user", "--map-root-user", "--net")
    try:
        done = subprocess.run([*prefix, "true"], capture_output=True, timeout=5, check=False)  # noqa: S603 -- as above
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return prefix if done.returncode == 0 else ()
