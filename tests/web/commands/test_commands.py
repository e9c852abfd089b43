"""`pregon serve` and `pregon demo`: prepared once, private, and repeated without harm."""

from __future__ import annotations

import argparse
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from pregon_web.commands import demo, serve, starting
from tests.web.commands.calling import PROGRAM, call, environment
from tests.web.records import write_workbook

NAME = "Personería Municipal de Peñaclara"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sign_in_lines(output: str) -> list[tuple[str, str]]:
    return re.findall(r"^  (\S+@\S+)\s+([0-9a-f]{4}(?:-[0-9a-f]{4}){3}) ", output, re.MULTILINE)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    write_workbook(folder, NAME)
    return folder


def test_the_demo_is_made_once_and_its_passwords_stay_private(tmp_path: Path, examples: Path) -> None:
    data = tmp_path / "datos"
    arguments = ("demo", "--no-serve", "--data", str(data), "--examples", str(examples))
    first, second = call(*arguments), call(*arguments)
    assert (first.returncode, second.returncode, first.stderr) == (0, 0, "")
    people = sign_in_lines(first.stdout)
    assert len(people) == 8
    assert len({password for _, password in people}) == 8
    assert sign_in_lines(second.stdout) == people
    (data / "personas-de-muestra.txt").unlink()
    anew = sign_in_lines(call(*arguments).stdout)
    assert [email for email, _ in anew] == [email for email, _ in people]
    assert not {password for _, password in anew} & {password for _, password in people}
    modes = {name: (data / name).stat().st_mode & 0o777 for name in ("personas-de-muestra.txt", "secret-key", ".")}
    assert modes == {"personas-de-muestra.txt": 0o600, "secret-key": 0o600, ".": 0o700}


def test_the_demo_never_uses_the_folder_of_a_real_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PREGON_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert demo.default_folder() == tmp_path / "pregon-muestra"
    monkeypatch.setenv("PREGON_DATA", str(tmp_path / "elegida"))
    assert demo.default_folder() == tmp_path / "elegida"


@pytest.mark.parametrize(
    ("named", "variable", "port"), [(None, None, 8000), (None, "9001", 9001), (9002, "9001", 9002)]
)
def test_the_port_is_the_one_asked_for(
    monkeypatch: pytest.MonkeyPatch, named: int | None, variable: str | None, port: int
) -> None:
    monkeypatch.delenv("PORT", raising=False)
    if variable:
        monkeypatch.setenv("PORT", variable)
    assert starting.chosen_port(named) == port


@pytest.mark.parametrize(("port", "said"), [("0", "«0»"), ("70000", "«70000»")])
def test_a_port_that_is_none_is_refused_in_one_sentence(tmp_path: Path, port: str, said: str) -> None:
    done = call("serve", "--port", port, "--data", str(tmp_path / "datos"))
    assert (done.returncode, done.stderr) == (
        2,
        f"pregon: {said} no es un puerto. Escriba un número de 1 a 65535.\n",
    )
    assert not (tmp_path / "datos").exists()


def test_a_taken_port_is_told_with_another_to_try(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = call("serve", "--port", str(port), "--data", str(tmp_path))
    assert (done.returncode, done.stderr) == (
        2,
        f"pregon: El puerto {port} está ocupado. Elija otro: --port {port + 1}.\n",
    )


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "archivo").write_text("x", encoding="utf-8")
    done = call("serve", "--data", str(tmp_path / "archivo"))
    assert done.returncode == 2
    assert (
        done.stderr == f"pregon: No se puede escribir en «{tmp_path / 'archivo'}». Indique otra carpeta con --data.\n"
    )


def test_a_database_of_another_kind_is_told(tmp_path: Path) -> None:
    done = call("serve", "--data", str(tmp_path), DATABASE_URL="mysql://pregon@localhost/pregon")
    assert (done.returncode, done.stderr) == (
        2,
        (
            "pregon: DATABASE_URL tiene que ser de PostgreSQL y nombrar la base: "
            "postgres://usuario:clave@servidor:5432/pregon.\n"
        ),
    )


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    url = f"postgres://pregon:secreta@127.0.0.1:{free_port()}/pregon"
    done = call("serve", "--data", str(tmp_path), DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (
        2,
        (
            "pregon: No se pudo entrar a la base de datos de DATABASE_URL. "
            "Revise que el servidor esté encendido y que el usuario y la clave sean los suyos.\n"
        ),
    )


def test_both_verbs_explain_themselves_in_spanish() -> None:
    for verb in (demo, serve):
        parser = argparse.ArgumentParser()
        verb.configure(parser)
        assert verb.HELP.startswith("abre ")
        assert "puerto" in parser.format_help()


def test_the_office_answers_and_closes(tmp_path: Path) -> None:
    port = free_port()
    served = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", "--data", str(tmp_path / "datos")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(PORT=str(port)),
    )
    try:
        page = _wait_for(f"http://127.0.0.1:{port}/entrar/", served)
        assert "Entre a su oficina" in page
    finally:
        served.send_signal(signal.SIGINT)
        output, _ = served.communicate(timeout=30)
    assert served.returncode == 0
    assert f"Pregón está en http://127.0.0.1:{port}/" in output
    assert "Traceback" not in output


def _wait_for(address: str, served: subprocess.Popen[str]) -> str:
    for _ in range(240):
        if served.poll() is not None:
            raise AssertionError(served.communicate()[0])
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own loopback address
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    raise AssertionError("the office never answered")
