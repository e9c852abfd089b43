"""Whether a link still answers: one look from the server, that never reaches into the institution's own network.

Where a name leads is worked out first, and the connection goes to that very address: a name that changes its answer
between the check and the connection gains nothing. Every redirection is judged again. Nothing of the page is kept.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from pregon.figures.spanish import count_of

SECONDS: Final = 5
_REDIRECTIONS: Final = 5
_PORTS: Final = frozenset({80, 443, 8080, 8443})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_NO_HEAD: Final = frozenset({400, 403, 404, 405, 501})
_AGENT: Final = "Pregon (revisa si un enlace responde)"
_EMBEDDING: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class _NotReached(Exception):  # noqa: N818 - what happened, not a suffix
    """The link was not reached; the message is what is told of it."""


@dataclass
class _Look:
    """A look under way: what it saw, and the connection to be cut when its time is over."""

    told: str = ""
    connection: http.client.HTTPConnection | None = None
    is_over: bool = field(default=False)


def look_at_link(link: str, *, allow_loopback: bool = False, seconds: float = SECONDS) -> str:
    """What a link answers now, in a few words: «Responde», «No está: el sitio respondió 404».

    At most `seconds` in all, names and redirections included. `allow_loopback` is for trying it on one's own machine:
    addresses of this machine, and only those, are then reached as well.
    """
    look = _Look()

    def run() -> None:
        try:
            look.told = _follow(look, link, allow_loopback, seconds)
        except _NotReached as error:
            look.told = str(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        look.is_over = True
        if look.connection is not None and look.connection.sock is not None:
            look.connection.sock.close()
        return _tell_silence(seconds)
    return look.told


def _follow(look: _Look, link: str, allow_loopback: bool, seconds: float) -> str:
    address = link
    for _ in range(_REDIRECTIONS + 1):
        if look.is_over:
            break
        parts = _judge(address)
        status, location = _ask(look, "HEAD", parts, allow_loopback, seconds)
        if status in _NO_HEAD:
            status, location = _ask(look, "GET", parts, allow_loopback, seconds)
        if status not in _MOVED or not location:
            return _tell(status)
        address = urljoin(address, location)
    raise _NotReached("Manda de una dirección a otra sin llegar a ninguna")


def _judge(address: str) -> SplitResult:
    """The parts of an address that may be reached, as far as its words tell."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        _ = parts.port
    except ValueError as error:
        raise _NotReached("Está mal escrito") from error
    if parts.scheme not in {"http", "https"}:
        raise _NotReached("No es una dirección de la web (http o https)")
    if not parts.hostname or parts.username is not None:
        raise _NotReached("Está mal escrito")
    return parts


def _ask(look: _Look, method: str, parts: SplitResult, allow_loopback: bool, seconds: float) -> tuple[int, str]:
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = _resolve(host, port, allow_loopback)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    connection = _Pinned(host.encode("idna").decode(), port, place, is_secure=parts.scheme == "https", seconds=seconds)
    look.connection = connection
    try:
        connection.request(method, path + query, headers={"User-Agent": _AGENT, "Accept": "*/*"})
        # Only the head is read: whatever the page holds stays where it is.
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    except ssl.SSLCertVerificationError as error:
        raise _NotReached("Su certificado de seguridad no es válido") from error
    except TimeoutError as error:
        raise _NotReached(_tell_silence(seconds)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _NotReached("El sitio no contesta") from error
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to one address that was judged, in the name of the host that led there."""

    def __init__(self, host: str, port: int, place: str, *, is_secure: bool, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._place = place
        self._is_secure = is_secure
        if is_secure:
            self.default_port = 443

    def connect(self) -> None:
        """Connect to the judged address; the certificate has to be the host's."""
        sock = socket.create_connection((self._place, self.port), self.timeout)
        self.sock = (
            ssl.create_default_context().wrap_socket(sock, server_hostname=self.host) if self._is_secure else sock
        )


def _resolve(host: str, port: int, allow_loopback: bool) -> str:
    """The address of a host that may be reached. One private address among several refuses them all."""
    try:
        found = socket.getaddrinfo(host.encode("idna").decode(), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _NotReached("No existe un sitio con ese nombre") from error
    places = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if allow_loopback and places and all(place.is_loopback for place in places):
        return str(places[0])
    if not places or not all(is_public(place) for place in places) or port not in _PORTS:
        raise _NotReached("Es una dirección interna: no se revisa")
    return str(places[0])


def is_public(place: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is of the public network: no private one, nor one that carries another address inside."""
    if not place.is_global or place.is_multicast or place.is_reserved:
        return False
    if isinstance(place, ipaddress.IPv4Address):
        return True
    carries = place.ipv4_mapped or place.sixtofour or place.teredo
    return not carries and not any(place in network for network in _EMBEDDING)


def _tell_silence(seconds: float) -> str:
    return f"No contestó en {count_of(max(round(seconds), 1), 'segundo', 'segundos')}"


def _tell(status: int) -> str:
    if 200 <= status < 300:
        return "Responde"
    if status in {401, 403, 429, 999}:
        return f"El sitio no deja revisarlo desde aquí (respondió {status}): ábralo usted"
    if status in {404, 410}:
        return f"No está: el sitio respondió {status}"
    return f"El sitio respondió {status}"
