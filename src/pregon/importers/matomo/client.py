"""Matomo asked over HTTP: the months of a site, each answer kept as the file that the source of the same name reads.

The address is https, except on this same machine. The token goes in the body of a POST, never in an address that a
server writes down. One request at a time, with a pause between them; what fails in passing (5xx, 429, a timeout) is
tried again, waiting longer each time or as long as the server says. No redirect is followed, answers are bounded, and
certificates are checked by the system's own list.

Asked, for each month and of the site's own days: `VisitsSummary.get` (visits, unique visitors of the month) and
`Actions.get` (page views).
"""

from __future__ import annotations

import http.client
import ipaddress
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from pregon.figures.period import Period
from pregon.figures.words import join_words, quote
from pregon.importers.base import Upload, open_upload
from pregon.importers.intake import Receipt, receive
from pregon.importers.json_document import DamagedJsonError, read_json
from pregon.importers.matomo.reporting import OVER_KEY, is_error
from pregon.records.publishing import Method

MAXIMUM_ANSWER_BYTES: Final = 4 * 1024 * 1024
"""A month's summary has under a kilobyte."""
_CHUNK: Final = 64 * 1024
_PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST_MESSAGE: Final = 200
_ASKED: Final = (("VisitsSummary.get", "visitas"), ("Actions.get", "paginas"))
_AGENT: Final = "Pregon (importador de Matomo)"


class MatomoError(Exception):
    """Matomo could not be asked, or answered something else; the text is one Spanish sentence without the token."""


class _PassingError(Exception):
    """What may go well the next time; `wait` is how many seconds the server asks for, where it does."""

    def __init__(self, sentence: str, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Manners:
    """How patiently and how politely a server is asked; times in seconds.

    Attributes:
        timeout: for the server to say something; a whole answer may take four times as long.
        attempts: how often a request is tried in all.
        pause: between one request and the next.
        backoff: before the second attempt; it doubles from there.
        longest_wait: what a server may ask for with `Retry-After`; where it asks for more, the person is told.
    """

    timeout: float = 30
    attempts: int = 4
    pause: float = 0.5
    backoff: float = 1
    longest_wait: float = 120


@dataclass(frozen=True, slots=True)
class MatomoSite:
    """A site of a Matomo server and the token to read it. Made by `open_site`."""

    address: str
    site: str
    token: str = field(repr=False)

    @property
    def host(self) -> str:
        """The server's name, for sentences."""
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answers, kept as files, and what a person should know: months not asked for, one sentence each."""

    uploads: tuple[Upload, ...]
    remarks: tuple[str, ...] = ()


def open_site(url: str, site: str, token: str) -> MatomoSite:
    """Check an address, a site's number and a token before anything is sent.

    Raises:
        MatomoError: the address is not https (nor this same machine), carries a password or a question, the site is no
            number, or there is no token.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = SplitResult("", "", "", "", ""), None
    if not host or parts.scheme not in ("http", "https"):
        raise MatomoError(
            f"{quote(url)} no es una dirección: escriba la de su Matomo, como https://matomo.entidad.gov.co."
        )
    if parts.username is not None or parts.query or parts.fragment:
        raise MatomoError("La dirección de Matomo va sin usuario, clave ni «?»: escriba solo https://servidor/carpeta.")
    if parts.scheme == "http" and not _is_loopback(host):
        raise MatomoError(
            f"«{host}» va sin cifrar (http): escriba la dirección con https, para que nadie lea el token."
        )
    if not site.isascii() or not site.isdecimal() or int(site) < 1:
        raise MatomoError(f"{quote(site)} no es el número de un sitio: mírelo en Matomo, Administración → Sitios web.")
    if not token.strip() or not token.isascii() or not token.strip().isprintable():
        raise MatomoError("Falta el token de Matomo o no está entero: créelo en Administración → Seguridad.")
    path = parts.path.removesuffix("index.php").rstrip("/") + "/index.php"
    return MatomoSite(urlunsplit((parts.scheme, parts.netloc, path, "", "")), str(int(site)), token.strip())


def fetch_months(
    site: MatomoSite,
    months: Sequence[Period],
    workshop: Path,
    *,
    today: date,
    manners: Manners | None = None,
    sleep: Callable[[float], object] = time.sleep,
) -> Fetched:
    """Ask for each month that is over by `today`, and keep the answers in the folder `workshop`.

    Raises:
        MatomoError: one of them could not be had, or none is over yet. Nothing is half done: the caller has no files.
    """
    over = [month for month in months if month.end < today]
    early = [month.title for month in months if month.end >= today]
    if not over:
        raise MatomoError(f"Todavía no termina {join_words(early)}: pídalo cuando el mes esté completo.")
    client = _Client(site, manners or Manners(), sleep)
    uploads = [upload for month in over for upload in client.fetch_month(month, workshop)]
    remarks = (f"No se pidió {join_words(early)}: el mes no ha terminado.",) if early else ()
    return Fetched(tuple(uploads), remarks)


def receive_fetched(fetched: Fetched) -> tuple[Receipt, ...]:
    """The answers read as the files that they are: of months that were over, by API and not by an export."""
    return tuple(
        replace(
            receipt,
            extract=replace(
                receipt.extract,
                observations=tuple(replace(each, method=Method.API) for each in receipt.extract.observations),
            ),
        )
        for receipt in receive(fetched.uploads, {OVER_KEY: "yes"})
    )


class _Client:
    """One conversation with a server."""

    def __init__(self, site: MatomoSite, manners: Manners, sleep: Callable[[float], object]) -> None:
        self._site = site
        self._manners = manners
        self._sleep = sleep
        self._opener = _make_opener(is_loopback=_is_loopback(site.host))
        self._has_asked = False

    def fetch_month(self, month: Period, workshop: Path) -> list[Upload]:
        """The answers for a month; page views that Matomo did not count are no file."""
        uploads = []
        for method, name in _ASKED:
            content = self._ask(method, month)
            if self._check(content, month) in ([], {}) and method != _ASKED[0][0]:
                continue  # without a figure nothing in the answer says that it is of page views
            path = workshop / f"matomo-sitio-{self._site.site}-{month}-{name}.json"
            path.write_bytes(content)
            uploads.append(open_upload(path))
        return uploads

    def _ask(self, method: str, month: Period) -> bytes:
        wait = self._manners.backoff
        for attempt in range(1, self._manners.attempts + 1):
            if self._has_asked:
                self._sleep(self._manners.pause if attempt == 1 else wait)
            self._has_asked = True
            try:
                return self._send(method, month)
            except _PassingError as error:
                if attempt == self._manners.attempts:
                    raise MatomoError(f"{error} Se intentó {attempt} veces: pruebe más tarde.") from error
                if error.wait is not None and error.wait > self._manners.longest_wait:
                    raise MatomoError(
                        f"{error} Pide esperar {round(error.wait / 60)} minutos: pruebe entonces."
                    ) from error
                doubled = self._manners.backoff * 2 ** (attempt - 1)
                wait = doubled if error.wait is None else max(error.wait, self._manners.pause)
        raise AssertionError  # the last attempt returns or raises

    def _send(self, method: str, month: Period) -> bytes:
        asked = {
            "module": "API",
            "method": method,
            "idSite": self._site.site,
            "period": "month",
            "date": f"{month.start},{month.end}",
            "format": "JSON",
        }
        request = Request(  # noqa: S310 - `open_site` let only http and https through
            f"{self._site.address}?{urlencode(asked)}",
            data=urlencode({"token_auth": self._site.token}).encode("ascii"),
            headers={"User-Agent": _AGENT, "Accept": "application/json"},
            method="POST",
        )
        host = self._site.host
        try:
            with self._opener.open(request, timeout=self._manners.timeout) as response:
                return self._read(response)
        except HTTPError as error:
            with error:
                raise _explain_status(error, host) from error
        except URLError as error:
            raise _explain_failure(error.reason, host) from error
        except (TimeoutError, ConnectionError, http.client.HTTPException) as error:
            raise _explain_failure(error, host) from error

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        """The whole answer within its bounds of size and time: a server may send a byte a second for ever."""
        until = time.monotonic() + self._manners.timeout * 4
        content = b""
        while chunk := response.read1(_CHUNK):
            content += chunk
            if len(content) > MAXIMUM_ANSWER_BYTES:
                raise MatomoError(f"«{self._site.host}» contestó demasiado para un mes: revise la dirección.")
            if time.monotonic() > until:
                raise TimeoutError
        if response.length:  # `read1` says nothing of a connection that was cut
            raise http.client.IncompleteRead(content, response.length)
        return content

    def _check(self, content: bytes, month: Period) -> object:
        """What an answer says of the month; anything else is told."""
        host = self._site.host
        if content.lstrip()[:1] == b"<":
            raise MatomoError(f"«{host}» contestó una página y no datos: revise que la dirección sea la de Matomo.")
        try:
            values, _ = read_json(content)
        except DamagedJsonError as error:
            raise MatomoError(f"«{host}» contestó algo que no son datos de Matomo: revise la dirección.") from error
        if is_error(values):
            told = " ".join(str(values["message"]).replace(self._site.token, "…").split())[:_LONGEST_MESSAGE]
            raise MatomoError(f"Matomo no dio los datos: «{told}». Revise el token y el número del sitio.")
        if not isinstance(values, dict) or list(values) != [str(month)]:
            raise MatomoError(f"«{host}» no contestó por {month.title}: revise la dirección y el número del sitio.")
        return values[str(month)]


class _NoRedirects(HTTPRedirectHandler):
    """A token must not follow wherever a server points."""

    def redirect_request(self, *_: object) -> None:
        """Follow none: urllib then raises the status as an error."""


def _make_opener(*, is_loopback: bool) -> OpenerDirector:
    handlers = [_NoRedirects(), HTTPSHandler(context=ssl.create_default_context())]
    # What is asked of this same machine goes through no proxy, which would see it unencrypted.
    return build_opener(*handlers, ProxyHandler({})) if is_loopback else build_opener(*handlers)


def _is_loopback(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _explain_status(error: HTTPError, host: str) -> Exception:
    code = error.code
    if code in _PASSING:
        return _PassingError(
            f"«{host}» contestó que ahora no puede ({code}).", _read_wait(error.headers.get("Retry-After"))
        )
    if 300 <= code < 400:
        other = urlsplit(error.headers.get("Location", "")).hostname or host
        return MatomoError(f"«{host}» envía a otra dirección, en «{other}»: si es la suya, escríbala completa.")
    if code in (401, 403):
        return MatomoError(f"«{host}» no aceptó el token ({code}): revise que sea de quien puede ver el sitio.")
    return MatomoError(f"«{host}» contestó con el error {code}: revise que la dirección sea la de Matomo.")


def _explain_failure(reason: object, host: str) -> Exception:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return MatomoError(f"El certificado de «{host}» no es de confianza: no se envió el token. Avise a sistemas.")
    if isinstance(reason, TimeoutError):
        return _PassingError(f"«{host}» tarda demasiado en contestar.")
    if isinstance(reason, (ConnectionError, http.client.HTTPException, ssl.SSLError)):
        return _PassingError(f"La conexión con «{host}» se cortó.")
    return MatomoError(f"No se pudo llegar a «{host}»: revise la dirección y la conexión.")


def _read_wait(said: str | None) -> float | None:
    """The seconds of a `Retry-After`, which is a number of them or an instant; None where it says neither."""
    if said is None:
        return None
    if said.strip().isdecimal():
        return float(said)
    try:
        instant = parsedate_to_datetime(said)
    except ValueError:
        return None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
