"""A link is looked at from outside only: never the institution's own network, not even by a redirection."""

from __future__ import annotations

import ipaddress
import socket
import time

import pytest

from pregon_web.ledger.links import is_public, look_at_link


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "Responde"),
        ("/va", "Responde"),
        ("/solo-get", "Responde"),
        ("/ñandú?q=á b", "Responde"),
        ("/nada", "No está: el sitio respondió 404"),
        ("/cerrado", "El sitio no deja revisarlo desde aquí (respondió 403): ábralo usted"),
        ("/falla", "El sitio respondió 500"),
        ("/vueltas", "Manda de una dirección a otra sin llegar a ninguna"),
        ("/adentro", "Es una dirección interna: no se revisa"),
        ("/nubes", "Es una dirección interna: no se revisa"),
        ("/archivo", "No es una dirección de la web (http o https)"),
    ],
)
def test_what_a_link_answers_is_told(site: tuple[str, list[str]], path: str, told: str) -> None:
    assert look_at_link(site[0] + path, allow_loopback=True) == told


def test_only_heads_are_asked_for_where_they_are_given(site: tuple[str, list[str]]) -> None:
    look_at_link(f"{site[0]}/va", allow_loopback=True)
    assert site[1] == ["HEAD /va", "HEAD /"]


def test_this_machine_is_not_reached_unless_a_test_says_so(site: tuple[str, list[str]]) -> None:
    port = site[0].rsplit(":", 1)[1]
    for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1"):  # noqa: S104 - to be refused
        assert look_at_link(f"http://{host}:{port}/") == "Es una dirección interna: no se revisa"
    assert site[1] == []


def test_one_that_answers_too_slowly_is_left(site: tuple[str, list[str]]) -> None:
    began = time.monotonic()
    assert look_at_link(f"{site[0]}/lento", allow_loopback=True, seconds=1) == "No contestó en 1 segundo"
    assert time.monotonic() - began < 3


def test_one_that_never_answers_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert look_at_link(address, allow_loopback=True, seconds=0.3).startswith("No contestó en ")
    assert look_at_link(address, allow_loopback=True) == "El sitio no contesta"


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("ftp://example.com/x", "No es una dirección de la web (http o https)"),
        ("http://", "Está mal escrito"),
        ("http://x:99999999/", "Está mal escrito"),
        ("http://alguien:clave@127.0.0.1/", "Está mal escrito"),
        ("http://no-existe.invalid/", "No existe un sitio con ese nombre"),
    ],
)
def test_what_is_no_link_is_said(link: str, told: str) -> None:
    assert look_at_link(link) == told


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("190.24.1.1", True),
        ("2800:e0::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.2.6", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - to be refused
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::1", False),
    ],
)
def test_only_public_addresses_are_reached(place: str, expected: bool) -> None:
    assert is_public(ipaddress.ip_address(place)) is expected
