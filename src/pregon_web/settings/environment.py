"""What the settings read from outside: the data folder, the secret key, addresses. No Django here."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SECRET_KEY_FILE = "secret-key"  # noqa: S105 - the name of a file


class BadEnvironment(Exception):  # noqa: N818 - what happened, not a suffix
    """A variable or a file of the environment cannot be used; the message says which one and what to do."""


def data_folder() -> Path:
    """The folder of everything that is kept: database, uploads, key. `PREGON_DATA`, or the person's own data folder."""
    named = os.environ.get("PREGON_DATA")
    if named:
        return Path(named).expanduser().absolute()
    own = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(own) / "pregon"


def read_secret_key(folder: Path) -> str | None:
    """The key of this installation, or None where nobody has set one yet."""
    named = os.environ.get("PREGON_SECRET_KEY")
    if named:
        return named
    try:
        return (folder / SECRET_KEY_FILE).read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def prepare_data_folder(folder: Path) -> None:
    """Make the folder and, once, its secret key. Only its owner can read either."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if read_secret_key(folder) is None:
        write_private(folder / SECRET_KEY_FILE, secrets.token_urlsafe(64) + "\n")


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read; it is never readable by others, not even for an instant."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def listed(name: str) -> list[str]:
    """The values of a comma-separated variable, without blanks."""
    return [value for part in os.environ.get(name, "").split(",") if (value := part.strip())]


def postgresql_database(url: str) -> dict[str, Any]:
    """Django's settings for the PostgreSQL database of a `DATABASE_URL`. Raises BadEnvironment where it names none.

    What stands behind the question mark goes to the driver: `?sslmode=require`, `?host=/run/postgresql`.
    """
    example = "postgres://usuario:clave@servidor:5432/pregon"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadEnvironment(f"DATABASE_URL no se entiende: escriba {example}.") from error
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise BadEnvironment(f"DATABASE_URL tiene que ser de PostgreSQL y nombrar la base: {example}.")
    return {
        "ENGINE": "pregon_web.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Each process keeps a few connections; its threads take turns with them.
            "pool": {"min_size": 1, "max_size": 8, "timeout": 20},
            **dict(parse_qsl(parts.query)),
        },
    }
