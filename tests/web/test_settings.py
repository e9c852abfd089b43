"""What the settings promise: the database keeps every write, browsers do little, keys are private."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.urls import reverse

from pregon_web.database import check_sqlite_connection
from pregon_web.settings import environment

needs_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="it is about SQLite's pragmas")


@needs_sqlite
@pytest.mark.django_db
def test_sqlite_keeps_every_write_and_waits_its_turn() -> None:
    with connection.cursor() as cursor:
        answers = {}
        for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            cursor.execute(f"PRAGMA {pragma}")
            answers[pragma] = cursor.fetchone()[0]
    assert answers == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20000}


@needs_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("pragma", "answer"), [("synchronous", "NORMAL"), ("foreign_keys", "OFF"), ("busy_timeout", "5")]
)
def test_a_connection_with_less_is_refused(pragma: str, answer: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {pragma}={answer}")
        with pytest.raises(ImproperlyConfigured, match=f"La base de datos no está como debe: {pragma}"):
            check_sqlite_connection(connection)
    finally:
        connection.close()


@needs_sqlite
@pytest.mark.django_db(transaction=True)
def test_every_new_connection_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "init_command", "PRAGMA synchronous=OFF;")
    try:
        with pytest.raises(ImproperlyConfigured, match="synchronous es 0 y tiene que ser 2"):
            connection.ensure_connection()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (
            "postgres://ana:cl%40ve@db.example:5433/oficina?sslmode=require",
            ("oficina", "ana", "cl@ve", "db.example", "5433", "require"),
        ),
        ("postgresql://pregon@/pregon?host=/run/postgresql", ("pregon", "pregon", "", "", "", None)),
    ],
)
def test_a_postgresql_database_is_read_from_its_url(url: str, named: tuple[str | None, ...]) -> None:
    read = environment.postgresql_database(url)
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert (*(read[key] for key in keys), read["OPTIONS"].get("sslmode")) == named
    assert read["ENGINE"] == "pregon_web.postgresql"


@pytest.mark.parametrize("url", ["mysql://ana@db.example/oficina", "postgres://ana@db.example/", "postgres://a:b:c/d"])
def test_another_database_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(environment.BadEnvironment, match=r"postgres://usuario:clave@servidor:5432/pregon\."):
        environment.postgresql_database(url)


def test_pages_may_run_nothing_but_our_own_files(client: Client, db: None) -> None:
    del db
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "media-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_headers_and_cookies_of_every_page(client: Client, db: None) -> None:
    del db
    response = client.get(reverse("account_login"))
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {name: response.headers[name] for name in expected} == expected
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "no-" in response.headers["Cache-Control"]
    cookie = response.cookies["csrftoken"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_no_page_of_ours_holds_style_or_script_inside() -> None:
    package = Path(environment.__file__).resolve().parents[1]
    guilty = [
        path.name
        for path in package.rglob("*.html")
        if any(word in path.read_text(encoding="utf-8") for word in (" style=", "<style", " onclick=", "<script>"))
    ]
    assert guilty == []


def test_files_of_the_pages_are_served_without_debug(client: Client, db: None) -> None:
    del db
    types = {
        "/static/pregon/tokens.css": "text/css",
        "/static/pregon/drop.js": "text/javascript",
        "/static/pregon/fonts/public-sans.woff2": "font/woff2",
    }
    for path, expected in types.items():
        response = client.get(path)
        assert b"".join(response)
        assert (response.status_code, response.headers["Content-Type"].split(";")[0]) == (200, expected)


def test_the_key_is_made_once_and_nobody_else_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREGON_SECRET_KEY")
    folder = tmp_path / "datos"
    assert environment.read_secret_key(folder) is None
    environment.prepare_data_folder(folder)
    key = environment.read_secret_key(folder)
    assert key is not None
    assert len(key) >= 64
    environment.prepare_data_folder(folder)
    assert environment.read_secret_key(folder) == key
    modes = [(folder / name).stat().st_mode & 0o777 for name in ("", environment.SECRET_KEY_FILE)]
    assert modes == [0o700, 0o600]


def load_settings(module: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREGON_")}
    return subprocess.run(
        [sys.executable, "-c", f"import {module} as s; print(s.SESSION_COOKIE_SECURE, s.DEBUG, s.ALLOWED_HOSTS)"],
        env=environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_server_needs_its_key_and_its_hosts(tmp_path: Path) -> None:
    module = "pregon_web.settings.production"
    without_key = load_settings(module, PREGON_DATA=str(tmp_path))
    assert without_key.stderr.splitlines()[-1].endswith(
        "Falta la clave secreta: defina PREGON_SECRET_KEY o ejecute «pregon serve» una vez."
    )
    without_hosts = load_settings(module, PREGON_DATA=str(tmp_path), PREGON_SECRET_KEY="x" * 50)
    assert "Falta PREGON_ALLOWED_HOSTS" in without_hosts.stderr
    whole = load_settings(
        module,
        PREGON_DATA=str(tmp_path),
        PREGON_SECRET_KEY="x" * 50,
        PREGON_ALLOWED_HOSTS="pregon.example, otra.example",
    )
    assert whole.stdout.strip() == "True False ['pregon.example', 'otra.example']"


def test_a_laptop_is_never_in_debug(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREGON_")}
    shown = subprocess.run(
        [sys.executable, "-c", "import pregon_web.settings.base as s; print(s.DEBUG)"],
        env=environ | {"PREGON_DATA": str(tmp_path / "nada")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "False"
    assert not (tmp_path / "nada").exists()
